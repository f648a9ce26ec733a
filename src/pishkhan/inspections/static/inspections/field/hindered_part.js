// A visit that cannot be made: what happened, and what was seen, in place of the checklist.
import { h } from "./element.js";
import { photoPart } from "./photo_part.js";
import { say } from "./words.js";

export const HAPPENED = { closed: say("بسته بود", "It was closed"), refused_entry: say("راه ندادند", "Entry was refused"), not_found: say("در نشانی نبود", "It was not found there") };

export const isHindered = (draft) => Boolean(draft.hindered?.what);

// `again` draws the screen anew: the checklist goes, or comes back.
export function hinderedPart(draft, changed, again) {
  const choose = (what) => {
    draft.hindered = { what, note: draft.hindered?.note ?? "" };
    changed();
    again();
  };
  const choices = Object.entries(HAPPENED).map(([what, words]) => h("label", { class: "tickbox" },
    h("input", { type: "radio", name: "hindered", value: what, checked: draft.hindered?.what === what, onchange: () => choose(what) }), " ", words));
  if (!isHindered(draft)) {
    return h("details", { class: "card", id: "hindered" }, h("summary", {}, say("بازدید ممکن نشد؟", "Could it not be made?")), ...choices);
  }
  const note = h("textarea", { rows: 3, maxlength: 2000, autocomplete: "off", oninput: () => { draft.hindered.note = note.value; changed(); } });
  note.value = draft.hindered.note;
  return h("section", { class: "card", id: "hindered" }, h("h2", {}, say("بازدید ممکن نشد", "It could not be made")), ...choices,
    h("label", { class: "field" }, h("span", {}, say("آنچه دیده شد", "What was seen")), note),
    photoPart(draft, "", changed),
    h("button", { class: "btn ghost wide", onclick: () => choose("") }, say("بازگشت به برگهٔ بازدید", "Back to the checklist")));
}
