// What moves on a page that is watched is changed in its place: focus, and what somebody is writing, stay where they are.
// What the server states itself (a hidden field, the value of a choice) follows it.
const WRITTEN = "textarea, input:not([type]), input[type=text], input[type=search], input[type=password], input[type=number]";
const THEIRS = { value: WRITTEN, checked: "input", selected: "option", open: "details" };

Idiomorph.defaults.callbacks.beforeAttributeUpdated = (name, node) => !(name in THEIRS && node.matches(THEIRS[name]));
