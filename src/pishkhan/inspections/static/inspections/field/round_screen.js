// The round: visits by day, each with where its report stands; what waits to be sent, what is safe.
import * as drafts from "./drafts.js";
import { code, h, sign, SIGNS } from "./element.js";
import { here, metres } from "./place.js";
import { round, today } from "./round.js";
import { status } from "./sending.js";
import { KINDS, day, digits, say, told } from "./words.js";

const { STATES } = drafts;

export function roundScreen({ refresh, sendNow, leave }) {
  const { visits, inspector } = round();
  const others = drafts.all().filter((draft) => !visits.some((visit) => visit.id === draft.visit));
  const days = [...new Set(visits.map((visit) => visit.planned_on ?? ""))].sort();
  return [
    h("div", { class: "head" }, h("div", {}, h("h1", { tabindex: -1 }, say("برنامهٔ من", "My round")), h("p", { class: "sub" }, h("bdi", {}, inspector.name), say("، ", ", "), day(today())))),
    sendingCard(sendNow),
    ...days.map((each) => h("section", { class: "day" }, h("h2", {}, headingOf(each)),
      h("ul", { class: "visits" }, visits.filter((visit) => (visit.planned_on ?? "") === each).map(visitCard)))),
    !visits.length && h("div", { class: "empty card" }, h("p", {}, say("بازدیدی به شما سپرده نشده است.", "No visit is given to you."))),
    others.length > 0 && h("section", { class: "day" }, h("h2", {}, say("بازدیدهای دیگر روی این گوشی", "Other visits on this phone")),
      h("ul", { class: "visits" }, others.map((draft) => visitCard({ id: draft.visit, kind: draft.kind, about: draft.about })))),
    h("nav", { class: "tiles", "aria-label": say("کارهای دیگر", "More") },
      tile("#/check", SIGNS.qr, say("سنجش پروانه", "Check a licence")), tile("#/spot", SIGNS.plus, say("بازدید بی‌برنامه", "Unplanned visit")),
      tileButton(refresh, SIGNS.fresh, say("تازه کردن برنامه", "Refresh the round")), tileButton(leave, SIGNS.lock, say("قفل کردن گوشی", "Lock the phone"))),
  ].filter(Boolean);
}

function headingOf(iso) {
  if (!iso) return say("بی روز معین", "Without a day");
  if (iso === today()) return say("امروز", "Today");
  return iso < today() ? `${day(iso)} · ${say("گذشته", "past")}` : day(iso);
}

function visitCard(visit) {
  const draft = drafts.of(visit.id);
  return h("li", {}, h("a", { class: "card visit", href: `#/visit/${visit.id}` },
    h("span", { class: "visit-top" }, h("strong", {}, visit.about.name || told(visit.about.place)), badge(draft)),
    h("span", { class: "small" }, code(digits(visit.about.code)), ` · ${KINDS[visit.kind]}`, visit.about.name && ` · ${told(visit.about.place)}`),
    visit.about.address && h("span", { class: "small" }, visit.about.address),
    away(visit.about.point), draft?.arrived && draft.state === STATES.WRITING && progress(draft)));
}

// How far it is, once the phone knows.
function away(point) {
  const text = h("span", { class: "small away" });
  if (point) {
    here().then((position) => {
      if (!position) return;
      const far = metres([position.lat, position.lon], point);
      text.append(sign(SIGNS.pin), far < 1000 ? say(`${digits(Math.round(far / 10) * 10)} متر`, `${Math.round(far / 10) * 10} m`)
        : say(`${digits((far / 1000).toFixed(1)).replace(".", "٫")} کیلومتر`, `${(far / 1000).toFixed(1)} km`));
    });
  }
  return text;
}

export function progress(draft) {
  const items = drafts.items(draft);
  const answered = items.filter((item) => draft.answers[item.code]).length;
  return h("progress", { value: answered, max: items.length, "aria-label": say("پیشرفت", "Progress") });
}

export function badge(draft) {
  const [look, words] = standing(draft);
  return h("span", { class: `badge ${look}` }, words);
}

export function standing(draft) {
  if (!draft) return ["info", say("در پیش", "to do")];
  if (drafts.isSafe(draft)) return ["good", say("✓ نزد سامانه", "✓ safe")];
  if (draft.state === STATES.TAKEN) return ["warn", photosLeft(draft)];
  return {
    [STATES.WRITING]: ["warn", draft.arrived ? say("در دست نوشتن", "being written") : say("در پیش", "to do")],
    [STATES.WAITING]: ["warn", say("در انتظار ارسال", "waits to be sent")],
    [STATES.REFUSED]: ["bad", say("پذیرفته نشد", "refused")],
    [STATES.HANDED_IN]: ["info", say("سپرده به اداره", "handed in")],
  }[draft.state];
}

function photosLeft(draft) {
  const safe = draft.answer.photos.filter((each) => each.safe).length;
  return say(`گزارش رسید · عکس ${digits(safe)} از ${digits(draft.photos.length)}`, `report safe · photo ${safe} of ${draft.photos.length}`);
}

function sendingCard(sendNow) {
  const waiting = drafts.waiting().length;
  if (!waiting && !status.signedOut) return null;
  const words = status.signedOut ? say("برای ارسال دوباره وارد شوید؛ همه‌چیز روی گوشی می‌ماند.", "Sign in again to send; everything stays on the phone.")
    : status.sending ? say("در حال ارسال…", "Sending…")
      : status.online ? say(`${digits(waiting)} گزارش در انتظار ارسال است.`, `${waiting} reports wait to be sent.`)
        : say(`شبکه نیست؛ ${digits(waiting)} گزارش در انتظار است و خودکار فرستاده می‌شود.`, `No network: ${waiting} reports wait, and are sent by themselves.`);
  return h("section", { class: "card sending", role: "status" }, h("p", {}, words),
    status.signedOut ? h("a", { class: "btn wide", href: "/sign-in/?next=/field/" }, say("ورود به سامانه", "Sign in"))
      : h("button", { class: "btn wide", disabled: status.sending, onclick: sendNow }, sign(SIGNS.send), say("ارسال اکنون", "Send now")));
}

const tile = (href, path, words) => h("a", { class: "tile", href }, sign(path), words);
const tileButton = (act, path, words) => h("button", { type: "button", class: "tile", onclick: act }, sign(path), words);
