// One visit: what is known of the place, arriving, the checklist, photos, signatures, what is missing, finishing.
import { answered, itemPart } from "./checklist.js";
import * as drafts from "./drafts.js";
import { code, h, sign, SIGNS } from "./element.js";
import { photoPart } from "./photo_part.js";
import { hinderedPart, isHindered } from "./hindered_part.js";
import { follow, here } from "./place.js";
import { round } from "./round.js";
import { badge } from "./round_screen.js";
import * as holds from "./holds.js";
import { keptPart } from "./kept_part.js";
import { answersPart, outcomePart } from "./outcome_part.js";
import { signingPart } from "./signing.js";
import { KINDS, day, digits, hour, say, told } from "./words.js";

const { STATES } = drafts;

export async function visitScreen(id, { again, sendNow }) {
  const isMine = await held(id, again);
  const visit = round().visits.find((each) => each.id === id);
  const draft = drafts.of(id);
  if (!visit && !draft) return [h("h1", { tabindex: -1 }, say("این بازدید روی گوشی نیست.", "This visit is not on the phone.")), back()];
  const { about, kind } = draft ?? visit;
  const past = about.past ?? visit?.past ?? [];
  const parts = [back(), h("div", { class: "head" }, h("div", {}, h("h1", { tabindex: -1 }, about.name || told(about.place)),
    h("p", { class: "sub" }, code(digits(about.code)), ` · ${KINDS[kind]} · ${told(about.place)}`)), badge(draft))];
  if (!isMine) return [...parts, elsewherePart(), draft?.arrived && answersPart(draft, true), factsPart(about, false), pastPart(past, false)];
  if (!draft?.arrived) return [...parts, factsPart(about, true), pastPart(past, true), arriving(visit, draft, again)];
  follow();
  if (draft.state !== STATES.WRITING) return [...parts, outcomePart(draft, { again, sendNow }), factsPart(about, false)];
  return [...parts, factsPart(about, false), pastPart(past, false), ...writing(draft, { again, sendNow })];
}

const asked = new Map(); // by visit: whether it is held, until that is known

// Whether this window may write in the visit. A screen that is drawn twice at once asks once.
function held(id, again) {
  if (!asked.has(id)) asked.set(id, taken(id, again).finally(() => asked.delete(id)));
  return asked.get(id);
}

// If another window holds the visit, this one takes it as soon as the other lets it go.
async function taken(id, again) {
  const draft = drafts.of(id);
  if (draft && draft.state !== STATES.WRITING) return true; // nobody writes in it any more
  const how = await holds.take(id);
  if (how === "taken") await drafts.reread(id);
  if (!how) holds.takeWhenFree(id, () => drafts.reread(id).then(again));
  return Boolean(how);
}

function elsewherePart() {
  return h("section", { class: "verdict wait", role: "status" }, h("p", { class: "sign" }, "!"), h("h2", {}, say("در پنجرهٔ دیگری باز است", "Open in another window")),
    h("p", {}, say("این بازدید همان‌جا نوشته می‌شود. آن پنجره را ببندید یا از این بازدید بیرون بیاورید تا کار همین‌جا ادامه یابد.",
      "This visit is being written there. Close that window, or leave the visit in it, and the work goes on here.")));
}

const back = () => h("p", { class: "crumbs" }, h("a", { href: "#/" }, say("→ برنامهٔ من", "← My round")));

function factsPart(about, open) {
  const { licence } = about;
  const rows = [[say("نشانی", "Address"), about.address], [say("دارنده", "Holder"), about.holder], [say("مدیر", "Manager"), about.manager],
    [say("پروانه", "Licence"), licence && [code(digits(licence.number)), " ", licence.status && h("span", { class: `badge ${licence.open ? "good" : "bad"}` }, told(licence.status))]],
    [say("اعتبار تا", "Valid until"), licence && day(licence.until)]].filter(([, value]) => value);
  return h("details", { class: "card", open }, h("summary", {}, say("آنچه ثبت است", "What the register says")),
    h("dl", { class: "facts" }, rows.map(([name, value]) => [h("dt", {}, name), h("dd", {}, value)])),
    about.point && h("p", {}, h("a", { class: "btn ghost", href: `geo:${about.point.join(",")}?q=${about.point.join(",")}` }, sign(SIGNS.pin), say("مسیریابی", "Directions"))),
    h("p", {}, h("a", { class: "btn ghost", href: `#/check/${encodeURIComponent(about.code)}` }, sign(SIGNS.qr), say("سنجش پروانهٔ روی دیوار", "Check the licence on the wall"))));
}

function pastPart(past, open) {
  if (!past.length) return h("p", { class: "card small" }, say("پیش از این بازدیدی نشده است.", "Nobody visited before."));
  return h("details", { class: "card", open }, h("summary", {}, say(`بازدیدهای پیشین (${digits(past.length)})`, `Past visits (${past.length})`)),
    h("ul", { class: "plain" }, past.map((each) => h("li", {}, h("strong", {}, day(each.on)), " ",
      h("span", { class: `badge ${each.passed ? "good" : "bad"}` }, each.passed ? say("قبول", "passed") : say("رد", "failed")),
      each.faults.length > 0 && h("ul", {}, each.faults.map((fault) => h("li", {}, digits(told(fault)))))))));
}

function arriving(visit, draft, again) {
  const button = h("button", { class: "btn wide", onclick: async () => {
    button.disabled = true;
    button.replaceChildren(say("در حال یافتن جا…", "Finding the place…"));
    const position = await here();
    const begun = draft ?? drafts.begin(visit);
    begun.arrived = { at: drafts.timeOf(begun), position };
    await drafts.save(begun);
    again();
  } }, sign(SIGNS.pin), say("رسیدم؛ آغاز بازدید", "I am here: begin"));
  return h("div", { class: "bar" }, button);
}

function writing(draft, { again, sendNow }) {
  const kept = keptPart(draft, { again });
  const bar = h("div", { class: "bar" });
  const changed = () => { drafts.save(draft); fill(); };
  const hindered = isHindered(draft);
  const items = hindered ? [] : drafts.items(draft).map((item, place) => itemPart(draft, item, place, changed));
  const fill = () => { bar.replaceChildren(kept.panel, ...barOf(draft, kept.word, { again, sendNow })); kept.fill(); };
  fill();
  const { arrived } = draft;
  return [
    h("p", { class: "card small" }, say("ورود", "Arrived"), " ", digits(hour(arrived.at)), " · ", arrived.position
      ? say(`موقعیت با دقت ${digits(Math.round(arrived.position.accuracy))} متر`, `position within ${Math.round(arrived.position.accuracy)} m`)
      : say("گوشی جای خود را نگفت؛ در گزارش نشان می‌خورد.", "The phone gave no position: the report will say so.")),
    draft.lost > 0 && lostPart(draft),
    hinderedPart(draft, changed, again),
    ...(hindered ? [] : [h("h2", {}, say("برگهٔ بازدید", "Checklist")), ...items,
      h("section", { class: "card" }, h("h2", {}, say("عکس‌های دیگر", "Other photos")), photoPart(draft, "", changed)),
      signingPart("office", say("امضای کسی که از طرف دفتر بود", "Signature for the office"), draft.office, changed)]),
    signingPart("inspector", say("امضای بازرس", "Signature of the inspector"), draft.inspector, changed), bar];
}

function lostPart(draft) {
  return h("p", { class: "notice", role: "alert" }, say(`مرورگر آنچه را روی گوشی بود پاک کرد. نوشته‌ها دوباره ذخیره شد، اما ${digits(draft.lost)} عکس از دست رفت: دوباره بگیرید.`,
    `The browser deleted what was on the phone. What was written is saved anew, but ${draft.lost} ${draft.lost === 1 ? "photo was" : "photos were"} lost: take them again.`));
}

function barOf(draft, keptWord, { again, sendNow }) {
  const items = isHindered(draft) ? [] : drafts.items(draft);
  const missing = drafts.missing(draft);
  const first = missing[0];
  const words = isHindered(draft) ? say("گزارش کوتاه", "Short report") : say(`${digits(answered(draft, items))} از ${digits(items.length)}`, `${answered(draft, items)} of ${items.length}`);
  const done = h("progress", { value: answered(draft, items), max: Math.max(items.length, 1), "aria-label": say("پیشرفت", "Progress") });
  if (first) {
    return [h("span", { class: "bar-told" }, h("span", { role: "status" }, words), keptWord, done),
      h("button", { class: "btn", onclick: () => goTo(first) }, LACKS[first.what])];
  }
  const button = h("button", { class: "btn", onclick: () => finishing(draft, button, { again, sendNow }) }, say("پایان و ارسال", "Finish and send"));
  return [h("span", { class: "bar-told" }, h("span", { role: "status" }, words), keptWord, done), button];
}

// The report is closed once it lies on the phone, and only then this screen says so. Else the visit stays open, and the
// panel says what is in the way.
async function finishing(draft, button, { again, sendNow }) {
  button.disabled = true;
  const isClosed = await drafts.finish(draft, await here());
  button.disabled = false;
  if (!isClosed) return;
  holds.release(draft.visit);
  sendNow();
  again();
  scrollTo(0, 0);
}

const LACKS = { answer: say("بند بعدی", "Next item"), note: say("یادداشت ایراد", "Note the fault"), photo: say("عکس این بند", "Photo needed"), signature: say("امضا", "Sign"),
  seen: say("آنچه دیده شد", "What was seen"), shown: say("عکس محل", "Photo of the place") };

function goTo({ item, whose, what }) {
  const named = item ? `item-${item.code}` : whose ? "" : "hindered";
  const part = document.getElementById(named) ?? [...document.querySelectorAll(".signing")].at(whose === "office" ? 0 : -1);
  part.scrollIntoView({ block: "start", behavior: "smooth" });
  part.querySelector(what === "note" || what === "seen" ? "textarea" : "input")?.focus({ preventScroll: true });
}
