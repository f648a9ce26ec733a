// Whether what is on the screen lies on the phone: a word while all is well; what is to be done while it is not.
import * as drafts from "./drafts.js";
import { h } from "./element.js";
import * as keeping from "./keeping.js";
import { megabytes } from "./room.js";
import { digits, say } from "./words.js";

const { STATES } = keeping;
const WORDS = { [STATES.KEPT]: say("✓ ذخیره شد", "✓ Saved"), [STATES.KEEPING]: say("در حال ذخیره…", "Saving…"), [STATES.NOT_KEPT]: say("! ذخیره نشده", "! Not saved") };
const STAYS = say("آنچه نوشته‌اید و عکس‌هایی که گرفته‌اید روی همین صفحه می‌ماند؛ تا ذخیره نشده است آن را نبندید.",
  "What you wrote and photographed stays on this screen; do not close it until it is saved.");
let onScreen = null; // what draws the part of the screen that is shown

keeping.watch(() => onScreen?.());

// The word for the bar, and the panel over it. `acts.again` draws the screen anew.
export function keptPart(draft, { again }) {
  const word = h("span", { class: "kept", role: "status" });
  const panel = h("div", { class: "unkept", role: "alert", hidden: true });
  let shown = "";
  onScreen = () => {
    const { state, why, needed } = keeping.standing(draft.visit);
    word.dataset.kept = state;
    word.textContent = WORDS[state];
    markPhotos();
    const now = [state, why, megabytes(needed ?? 0)].join(); // an alert is not said again at every letter
    if (shown === (shown = now)) return;
    panel.hidden = state !== STATES.NOT_KEPT;
    panel.replaceChildren(...(panel.hidden ? [] : troubleOf(draft, { why, needed }, again)));
  };
  onScreen();
  return { word, panel, fill: onScreen };
}

// Another screen is shown.
export function leaveKeptPart() {
  onScreen = null;
}

function markPhotos() {
  for (const photo of document.querySelectorAll("[data-photo]")) photo.querySelector(".photo-unkept").hidden = !keeping.isPending(photo.dataset.photo);
}

function troubleOf(draft, { why, needed }, again) {
  if (why === "elsewhere") return elsewhere(draft, again);
  const room = digits(megabytes(needed));
  const words = why === "full"
    ? say(`حافظهٔ گوشی پر است: برای ذخیره حدود ${room.replace(".", "٫")} مگابایت جا لازم است.`, `The phone's storage is full: saving needs room for about ${room} MB.`)
    : say("گوشی این را ذخیره نکرد.", "The phone did not save this.");
  return [h("p", {}, h("strong", {}, words)), h("p", { class: "small" }, STAYS), h("div", { class: "unkept-acts" }, clearing(), retrying())];
}

function retrying() {
  const button = h("button", { type: "button", class: "btn", onclick: () => trying(button, () => {}) }, say("دوباره بکوش", "Try again"));
  return button;
}

// What is safe with the house need not lie here too.
function clearing() {
  const safe = drafts.safe();
  if (!safe.length) return h("p", { class: "small" }, say("عکس‌ها یا برنامه‌هایی را که لازم ندارید از گوشی پاک کنید.", "Delete photos or apps that you do not need from the phone."));
  const room = digits(megabytes(safe.flatMap((draft) => draft.photos).reduce((sum, photo) => sum + photo.size, 0)));
  const button = h("button", { type: "button", class: "btn ghost", onclick: () => trying(button, drafts.discardSafe) },
    say(`پاک کردن ${digits(safe.length)} رونوشت که نزد سامانه است (${room.replace(".", "٫")} مگابایت)`, `Delete ${safe.length} copies that are safe with the house (${room} MB)`));
  return button;
}

async function trying(button, first) {
  button.disabled = true;
  await first();
  await keeping.retry();
  button.disabled = false;
}

function elsewhere(draft, again) {
  return [h("p", {}, h("strong", {}, say("این بازدید در پنجرهٔ دیگری نوشته شد؛ آنچه اینجا افزوده‌اید ذخیره نشد تا آن را نپوشاند.",
    "This visit was written in another window. What you added here was not saved, so as not to cover it."))),
  h("div", { class: "unkept-acts" }, h("button", { type: "button", class: "btn", onclick: async () => {
    await drafts.settle(draft);
    again();
  } }, say("نمایش آنچه آنجا ذخیره شد", "Show what was saved there")))];
}
