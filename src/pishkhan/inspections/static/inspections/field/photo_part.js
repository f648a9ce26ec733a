// The photos of an item, or of the whole: taken with the camera, shown small, taken away again.
import { STATES, save, timeOf } from "./drafts.js";
import { h, sign, SIGNS } from "./element.js";
import { dropPhoto, isPending, keepPhoto } from "./keeping.js";
import { NoPhoto, drawn, taken } from "./photos.js";
import { here } from "./place.js";
import { digits, say } from "./words.js";

const SMALL = 160; // pixels of a side
const MOST = 40; // of a report
const WORKING = say("عکس آماده می‌شود…", "Preparing the photo…");
const TOO_MANY = say("عکس‌های این گزارش بیش از اندازه شد.", "This report has too many photos.");
const NO_PHOTO = say("این پرونده عکس نیست یا خوانده نمی‌شود.", "This file is no photo, or cannot be read.");
const NO_MEMORY = say("گوشی نتوانست این عکس را آماده کند (حافظهٔ آزاد کم است). برنامه‌های دیگر را ببندید و دوباره بگیرید.",
  "The phone could not prepare this photo (too little free memory). Close other apps, and take it again.");
const CLOSED = say("بازدید در این میان پایان یافت؛ این عکس افزوده نشد.", "The visit was finished meanwhile: this photo was not added.");

export function photoPart(draft, item, changed) {
  const shown = h("div", { class: "photos" });
  const told = h("p", { class: "error", role: "alert" });
  const working = h("p", { class: "small", role: "status" });
  const input = h("input", { type: "file", accept: "image/*", capture: "environment", class: "hidden", autocomplete: "off", onchange: () => take() });
  const show = () => shown.replaceChildren(...draft.photos.filter((photo) => photo.item === item).map(small));
  const small = (photo, place) => smallPhoto(photo, place, () => {
    dropPhoto(draft, photo);
    changed();
    show();
  });
  const take = async () => {
    const [file] = input.files;
    if (!file) return;
    told.textContent = "";
    working.textContent = WORKING;
    try {
      told.textContent = await added(draft, file, item);
      changed();
      show();
    } finally {
      working.textContent = "";
      input.value = "";
    }
  };
  show();
  return h("div", { class: "photo-part" }, shown, h("label", { class: "btn ghost camera" }, input, sign(SIGNS.camera), say("عکس", "Photo")), working, told);
}

// Add a photo to a draft: it is shown whether it is kept already or not. Why it was not added, if it was not.
async function added(draft, file, item) {
  if (draft.photos.length >= MOST) return TOO_MANY;
  try {
    const { photo, bytes } = await taken(file, item, (moment) => timeOf(draft, moment));
    if (draft.state !== STATES.WRITING) return CLOSED;
    draft.lost = Math.max(0, (draft.lost ?? 0) - 1);
    keepPhoto(draft, photo, bytes);
    here().then((position) => placed(draft, photo, position));
    return "";
  } catch (error) {
    if (error instanceof NoPhoto) return NO_PHOTO;
    console.error(error);
    return NO_MEMORY;
  }
}

// A photo does not wait for its place: the phone may need a while to know it.
function placed(draft, photo, position) {
  if (!position || draft.state !== STATES.WRITING) return;
  photo.position = position;
  save(draft);
}

// `data-photo` is how the part that says what is kept finds it.
function smallPhoto(photo, place, takeAway) {
  const canvas = h("canvas", { width: SMALL, height: SMALL, role: "img", "aria-label": say(`عکس ${digits(place + 1)}`, `Photo ${place + 1}`) });
  const unkept = h("span", { class: "photo-unkept", hidden: !isPending(photo.id) }, say("ذخیره نشده", "Not saved"));
  drawn(photo.id, canvas);
  return h("span", { class: "photo", "data-photo": photo.id }, canvas, unkept,
    h("button", { type: "button", class: "take-away", "aria-label": say(`برداشتن عکس ${digits(place + 1)}`, `Remove photo ${place + 1}`), onclick: takeAway }, "✕"));
}
