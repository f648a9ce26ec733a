// An item of the checklist: what is looked at, the answer, a note, its photos. Big enough for a thumb.
import { wantsPhoto } from "./drafts.js";
import { h } from "./element.js";
import { photoPart } from "./photo_part.js";
import { ANSWERS, SEVERITIES, digits, say, told } from "./words.js";

const answersOf = (item) => Object.entries(ANSWERS).filter(([value]) => item.absent !== false || value !== "not_applicable");
const SIGNED = { ok: "✓", not_ok: "✕", not_applicable: "–" };

export const answered = (draft, items) => items.filter((item) => draft.answers[item.code]).length;

export function itemPart(draft, item, place, changed) {
  const note = h("textarea", { rows: 2, maxlength: 2000, autocomplete: "off", oninput: () => { draft.notes[item.code] = note.value; changed(); } });
  note.value = draft.notes[item.code] ?? "";
  const more = h("details", { class: "more", open: Boolean(note.value) || draft.answers[item.code] === "not_ok" },
    h("summary", {}, say("یادداشت و عکس", "Note and photo")), h("label", { class: "field" }, h("span", {}, say("یادداشت", "Note")), note),
    photoPart(draft, item.code, changed), item.article && h("p", { class: "small" }, digits(told(item.article))));
  const wanted = h("p", { class: "small wanted" });
  const show = () => {
    wanted.textContent = wantsPhoto(item, draft.answers[item.code]) ? say("این بند عکس می‌خواهد.", "This item asks for a photo.") : "";
    if (draft.answers[item.code] === "not_ok" || wanted.textContent) more.open = true;
  };
  show();
  return h("fieldset", { class: "card item", id: `item-${item.code}` },
    h("legend", {}, h("span", { class: "number" }, digits(place + 1)), digits(told(item.text)),
      item.severity === "critical" && h("span", { class: "badge bad" }, SEVERITIES.critical)),
    h("div", { class: "choices" }, answersOf(item).map(([value, words]) => h("label", { class: `choice ${value}` },
      h("input", { type: "radio", name: `answer-${item.code}`, value, checked: draft.answers[item.code] === value, autocomplete: "off",
        onchange: () => { draft.answers[item.code] = value; show(); changed(); } }),
      h("span", {}, h("b", {}, h("span", { "aria-hidden": "true" }, `${SIGNED[value]} `), words))))), wanted, more);
}
