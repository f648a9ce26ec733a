// The photos of an item, or of the whole: taken with the camera, shown small, taken away again.
import { timeOf } from "./drafts.js";
import { h, sign, SIGNS } from "./element.js";
import { drawn, forget, taken } from "./photos.js";
import { digits, say } from "./words.js";

const SMALL = 160; // pixels of a side
const MOST = 40; // of a report

export function photoPart(draft, item, changed) {
  const shown = h("div", { class: "photos" });
  const told = h("p", { class: "error", role: "alert" });
  const input = h("input", { type: "file", accept: "image/*", capture: "environment", class: "hidden", autocomplete: "off", onchange: () => take() });
  const show = () => shown.replaceChildren(...draft.photos.filter((photo) => photo.item === item).map(small));
  const small = (photo, place) => {
    const canvas = h("canvas", { width: SMALL, height: SMALL, role: "img", "aria-label": say(`عکس ${digits(place + 1)}`, `Photo ${place + 1}`) });
    drawn(photo.id, canvas);
    return h("span", { class: "photo" }, canvas, h("button", { type: "button", class: "take-away", "aria-label": say(`برداشتن عکس ${digits(place + 1)}`, `Remove photo ${place + 1}`),
      onclick: async () => {
        draft.photos = draft.photos.filter((each) => each !== photo);
        await forget(photo.id);
        changed();
        show();
      } }, "✕"));
  };
  const take = async () => {
    const [file] = input.files;
    if (!file) return;
    told.textContent = "";
    try {
      if (draft.photos.length >= MOST) throw new RangeError();
      draft.photos.push(await taken(file, item, (moment) => timeOf(draft, moment)));
      changed();
      show();
    } catch (error) {
      told.textContent = error instanceof RangeError ? say("عکس‌های این گزارش بیش از اندازه شد.", "This report has too many photos.")
        : say("این پرونده عکس نیست یا خوانده نمی‌شود.", "This file is no photo, or cannot be read.");
    } finally {
      input.value = "";
    }
  };
  show();
  return h("div", { class: "photo-part" }, shown, h("label", { class: "btn ghost camera" }, input, sign(SIGNS.camera), say("عکس", "Photo")), told);
}
