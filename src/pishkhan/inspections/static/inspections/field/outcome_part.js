// What became of a report: what is safe with the house, what waits, what was refused and why; and what can be done then.
import * as drafts from "./drafts.js";
import { h, sign, SIGNS } from "./element.js";
import { HAPPENED, isHindered } from "./hindered_part.js";
import { Offline } from "./network.js";
import { handIn, status } from "./sending.js";
import { ANSWERS, digits, hour, say, told } from "./words.js";

const { STATES } = drafts;

export function outcomePart(draft, { again, sendNow }) {
  const parts = { [STATES.WAITING]: waiting, [STATES.TAKEN]: takenIn, [STATES.REFUSED]: refused, [STATES.HANDED_IN]: handedIn };
  return h("div", {}, ...parts[draft.state](draft, { again, sendNow }), photosPart(draft), answersPart(draft));
}

// What sending waits for, and what to do about it.
export function whyWaiting() {
  if (status.who === "nobody") return say("برای ادامهٔ ارسال دوباره وارد شوید؛ همه‌چیز روی گوشی می‌ماند.", "Sign in to go on sending; everything stays on the phone.");
  if (status.who === "another") return say("کسی جز بازرس این گوشی وارد سامانه شده است؛ با نام خود وارد شوید. چیزی به نام او فرستاده نمی‌شود.", "Somebody other than this phone's inspector is signed in: sign in as yourself. Nothing is sent in their name.");
  if (status.sending) return say("در حال ارسال…", "Sending…");
  if (!status.online) return say("شبکه نیست؛ با نخستین شبکه خودکار فرستاده می‌شود.", "There is no network: it is sent by itself with the next.");
  return say("خودکار دوباره کوشیده می‌شود.", "It is tried again by itself.");
}

// What moves it on: signing in, or trying now.
export function sendingAct(sendNow) {
  if (status.who === "nobody") return h("a", { class: "btn wide", href: "/sign-in/?next=/field/" }, say("ورود به سامانه", "Sign in"));
  if (status.who === "another") return h("a", { class: "btn wide", href: "/sign-out/" }, say("خروج او از سامانه", "Sign them out"));
  return h("button", { class: "btn wide", disabled: status.sending, onclick: sendNow }, sign(SIGNS.send), say("ارسال اکنون", "Send now"));
}

function waiting(draft, { sendNow }) {
  return [h("section", { class: "verdict wait", role: "status" }, h("p", { class: "sign" }, "↑"), h("h2", {}, say("در انتظار ارسال", "Waits to be sent")),
    h("p", {}, say("گزارش، رمزشده، روی گوشی ذخیره شده است.", "The report is saved on the phone, encrypted.")), h("p", {}, whyWaiting())), sendingAct(sendNow)];
}

function takenIn(draft, { sendNow }) {
  const safe = drafts.isSafe(draft);
  const { answer } = draft;
  return [h("section", { class: `verdict ${safe ? "" : "wait"}`, role: "status" }, h("p", { class: "sign" }, safe ? "✓" : "↑"),
    h("h2", {}, safe ? say("همه‌اش نزد سامانه است", "All of it is safe") : say("گزارش رسید؛ عکس‌ها در راه است", "The report is safe; photos are on their way")),
    h("p", {}, say(`دریافت ${digits(hour(answer.received_at))}`, `Received ${hour(answer.received_at)}`), " · ", answer.passed ? say("نتیجه: قبول", "Result: passed") : say("نتیجه: رد", "Result: failed")),
    draft.trouble && h("p", { role: "alert" }, digits(draft.trouble)), !safe && h("p", {}, whyWaiting()),
    safe && h("p", { class: "small" }, say("رونوشت گوشی سه روز دیگر پاک می‌شود.", "The copy on the phone goes in three days."))),
  !safe && sendingAct(sendNow),
  answer.flags.length > 0 && h("section", { class: "card" }, h("h2", {}, say("نشانه‌های غیرعادی", "Unusual")),
    h("ul", {}, answer.flags.map((flag) => h("li", {}, digits(flag)))),
    h("p", { class: "small" }, say("این نشانه‌ها چیزی را رد نمی‌کند؛ کارشناس آنها را می‌بیند.", "These refuse nothing; the expert sees them.")))].filter(Boolean);
}

function refused(draft, { again }) {
  const fields = Object.entries(draft.refusal.fields ?? {});
  const nameOf = (field) => draft.items.find((item) => item.code === field)?.text;
  const said = h("p", { class: "error", role: "alert" });
  return [h("section", { class: "verdict stop", role: "alert" }, h("p", { class: "sign" }, "✕"), h("h2", {}, say("سامانه نپذیرفت", "The house refused it")), h("p", {}, digits(draft.refusal.refusal))),
    h("section", { class: "card" }, fields.length > 0 && h("ul", {}, fields.map(([field, why]) => h("li", {}, nameOf(field) ? `${digits(told(nameOf(field)))} — ` : "", digits(why)))),
      h("p", {}, say("چیزی از دست نرفته است: گزارش روی گوشی می‌ماند.", "Nothing is lost: the report stays on the phone.")),
      h("div", { class: "stack" },
        h("button", { class: "btn wide", onclick: async () => {
          if (await drafts.reopen(draft)) again();
          else said.textContent = say("اکنون جایی برای آن روی گوشی نیست، یا در پنجرهٔ دیگری باز است.", "There is no room for it on the phone now, or it is open in another window.");
        } }, say("بازبینی و ارسال دوباره", "Go over it and send again")),
        h("button", { class: "btn ghost wide", onclick: async () => {
          try {
            if (!(await handIn(draft))) said.textContent = status.who === "me" ? draft.refusal.refusal ?? "" : whyWaiting();
          } catch (error) {
            if (!(error instanceof Offline)) throw error;
            said.textContent = say("شبکه نیست.", "There is no network.");
          }
          if (draft.state !== STATES.REFUSED) again();
        } }, say("سپردن به اداره، چنان‌که هست", "Hand in as it is")),
        h("button", { class: "btn ghost wide", onclick: () => exported(draft) }, say("رونوشت روی گوشی (بی رمز)", "Save a copy (not encrypted)"))), said)];
}

function handedIn() {
  return [h("section", { class: "verdict wait", role: "status" }, h("p", { class: "sign" }, "!"), h("h2", {}, say("به اداره سپرده شد", "Handed in")),
    h("p", {}, say("گزارش پذیرفته نشده است؛ کارشناس آن و دلیلش را می‌بیند.", "It was not taken as a report; an expert sees it and why.")))];
}

function photosPart(draft) {
  const photos = draft.report?.photos ?? draft.photos;
  if (!photos.length) return null;
  const there = (photo) => draft.answer?.photos?.find((each) => each.id === photo.id);
  return h("section", { class: "card" }, h("h2", {}, say("عکس‌ها", "Photos")), h("ul", { class: "plain" }, photos.map((photo, place) => {
    const at = there(photo);
    return h("li", { class: "split" }, h("span", {}, say(`عکس ${digits(place + 1)}`, `Photo ${place + 1}`)), at?.safe ? h("span", { class: "badge good" }, say("✓ نزد سامانه", "✓ safe"))
      : h("span", { class: "badge warn" }, say(`${digits(Math.floor(((at?.offset ?? 0) / photo.size) * 100))}٪ رسیده`, `${Math.floor(((at?.offset ?? 0) / photo.size) * 100)}% there`)));
  })));
}

export function answersPart(draft, open = false) {
  if (isHindered(draft)) return h("details", { class: "card", open }, h("summary", {}, say("آنچه نوشته‌ام", "What I wrote")), h("p", {}, h("strong", {}, HAPPENED[draft.hindered.what]), " ", draft.hindered.note));
  return h("details", { class: "card", open }, h("summary", {}, say("آنچه نوشته‌ام", "What I wrote")), h("dl", { class: "facts answers" }, drafts.items(draft).map((item) => [
    h("dt", {}, digits(told(item.text))), h("dd", {}, ANSWERS[draft.answers[item.code]] ?? "—", draft.notes[item.code] && h("span", { class: "small" }, ` ${draft.notes[item.code]}`))])));
}

// The report as a file, where the inspector wants one: it leaves the encryption, and the page says so.
function exported(draft) {
  if (!confirm(say("رونوشت بی رمز روی گوشی می‌نشیند و هر که گوشی را داشته باشد آن را می‌خواند. ذخیره شود؟", "The copy is not encrypted: whoever has the phone can read it. Save it?"))) return;
  const address = URL.createObjectURL(new Blob([JSON.stringify(draft.report, null, 1)], { type: "application/json" }));
  h("a", { href: address, download: `visit-${draft.visit}.json` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
