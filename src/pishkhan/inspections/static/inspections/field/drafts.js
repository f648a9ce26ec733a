// The reports on the phone: each begun with a visit, saved at every touch, kept until the house has all of it.
import { uuid7 } from "./identifiers.js";
import { forget } from "./photos.js";
import { dayOf, device, houseAhead, houseTime, round, today } from "./round.js";
import * as store from "./store.js";

export const STATES = { WRITING: "writing", WAITING: "waiting", TAKEN: "taken", REFUSED: "refused", HANDED_IN: "handed_in" };
const KEPT = 3 * 24 * 3_600_000; // milliseconds for which what is safe stays on the phone
const open = new Map(); // by visit: the one copy that screens and sending share
let saving = Promise.resolve();

// Read every draft; forget those that have been safe for a while.
export async function recall() {
  open.clear();
  for (const name of await store.names("draft:")) {
    const draft = await store.get(name);
    if (isSafe(draft) && Date.now() - draft.safe_at > KEPT) await discard(draft);
    else open.set(draft.visit, draft);
  }
}

export const all = () => [...open.values()];
export const of = (visit) => open.get(visit);
export const unsent = () => all().filter((draft) => draft.arrived && !isSafe(draft) && draft.state !== STATES.HANDED_IN);
export const waiting = () => all().filter((draft) => draft.state === STATES.WAITING || (draft.state === STATES.TAKEN && !isSafe(draft)));
export const isSafe = (draft) => Boolean(draft.safe_at);
export const forgetAll = () => open.clear();

export async function begin(visit) {
  const draft = { id: uuid7(), visit: visit.id, device: await device(), edition: visit.edition,
    items: round().checklists[visit.checklist], about: visit.about, kind: visit.kind, begun: visit.begun ?? null, state: STATES.WRITING, arrived: null, left: null, answers: {},
    notes: {}, photos: [], ahead: houseAhead(), inspector: { how: "drawn" }, office: { how: "drawn", name: "" } };
  open.set(visit.id, draft);
  await save(draft);
  return draft;
}

// A visit that nobody planned, begun here at an office.
export function onTheSpot(office, kind) {
  const { spot } = round();
  return begin({ id: uuid7(), edition: spot.edition, kind, about: office, checklist: spot.checklists[`${kind}/${office.kind}`],
    begun: { office: office.code, kind, purpose: "performance" } });
}

// Keep a draft as it stands; what is saved later is written later.
export function save(draft) {
  saving = saving.then(() => store.put(`draft:${draft.visit}`, draft));
  return saving;
}

// The time of a draft: the house's as it was known when the visit began, so that a clock set meanwhile is noticed.
export const timeOf = (draft, moment = Date.now()) => houseTime(moment, draft.ahead);

export async function discard(draft) {
  for (const photo of draft.photos) await forget(photo.id);
  open.delete(draft.visit);
  await store.remove(`draft:${draft.visit}`);
}

// The items of a draft as they are looked at on the day of the visit.
export function items(draft) {
  const on = draft.arrived ? dayOf(draft.arrived.at) : today();
  return draft.items.filter((item) => item.days.includes(on));
}

// What is missing before a draft can be sent: codes of items by what they lack, and who did not sign.
export function missing(draft) {
  const found = [];
  for (const item of items(draft)) {
    const answer = draft.answers[item.code];
    if (!answer) found.push({ item, what: "answer" });
    if (answer === "not_ok" && !draft.notes[item.code]?.trim()) found.push({ item, what: "note" });
    if (wantsPhoto(item, answer) && !draft.photos.some((photo) => photo.item === item.code)) found.push({ item, what: "photo" });
  }
  for (const whose of ["inspector", "office"]) if (!isSigned(draft[whose])) found.push({ whose, what: "signature" });
  return found;
}

export const wantsPhoto = (item, answer) => item.photo === "always" || (item.photo === "of_a_fault" && answer === "not_ok");

export function isSigned(signed) {
  return { drawn: signed.strokes?.length > 0, typed: Boolean(signed.name?.trim() && signed.confirmed), refused: Boolean(signed.reason?.trim()) }[signed.how];
}

// The report as the house takes it.
function reportOf(draft) {
  const codes = new Set(items(draft).map((item) => item.code));
  const here = (told) => Object.fromEntries(Object.entries(told).filter(([code, value]) => codes.has(code) && value));
  return { id: draft.id, visit: draft.visit, device: draft.device, edition: draft.edition, begun: draft.begun, arrived: draft.arrived,
    left: draft.left, answers: here(draft.answers), notes: here(draft.notes), photos: draft.photos,
    inspector: signature(draft.inspector, draft.left), office: signature(draft.office, draft.left) };
}

// Close a draft: it waits to be sent, and its report is the same however often it is.
export async function finish(draft, position) {
  draft.left ??= { at: timeOf(draft), position };
  draft.report = reportOf(draft);
  draft.state = STATES.WAITING;
  draft.refusal = null;
  await save(draft);
}

// Open a report again that the house refused: nothing of it was written there.
export async function reopen(draft) {
  draft.state = STATES.WRITING;
  await save(draft);
}

function signature({ how, name = "", strokes = [], reason = "", at }, left) {
  return { how, name: name.trim(), strokes: how === "drawn" ? strokes : [], reason: how === "refused" ? reason.trim() : "", at: at ?? left.at };
}
