// The reports on the phone: each begun with a visit, saved at every touch, kept until the house has all of it.
import { uuid7 } from "./identifiers.js";
import * as holds from "./holds.js";
import * as keeping from "./keeping.js";
import { dayOf, houseAhead, houseTime, round, today } from "./round.js";
import * as store from "./store.js";

export const STATES = { WRITING: "writing", WAITING: "waiting", TAKEN: "taken", REFUSED: "refused", HANDED_IN: "handed_in" };
const KEPT = 3 * 24 * 3_600_000; // milliseconds for which what is safe stays on the phone
const PREFIX = "draft:";
const open = new Map(); // by visit: the one copy that screens and sending share
let reading = Promise.resolve();
let unreadable = 0; // records that do not open: they stay where they are

// Read every draft; forget those that have been safe for a while. One that does not open hinders no other.
export async function recall() {
  forgetAll();
  for (const name of await store.names(PREFIX)) await reread(name.slice(PREFIX.length));
  for (const draft of all()) {
    if (isSafe(draft) && Date.now() - draft.safe_at > KEPT) await discard(draft).catch(notKept);
  }
}

// Read a draft again, as another window or this one left it on the disk. One after the other, so that the last read stands.
export function reread(visit) {
  const read = reading.then(() => readNow(visit, () => false));
  reading = read.catch(() => {}); // who asked hears of it
  return read;
}

// Another window changed a draft: read it again, unless this window holds it by then, and so knows better.
export function heardOf(visit) {
  const read = reading.then(() => readNow(visit, () => holds.isHeld(visit)));
  reading = read.catch(() => {});
  return read;
}

async function readNow(visit, isKnownBetter) {
  try {
    const { value, revision } = await store.read(`${PREFIX}${visit}`);
    if (isKnownBetter()) return of(visit);
    keeping.known(visit, revision);
    if (value) open.set(visit, value);
    else open.delete(visit);
    return value;
  } catch (error) {
    if (error.name !== "OperationError" && error.name !== "SyntaxError") throw error;
    unreadable += 1; // altered, or torn by a disk
    return null;
  }
}

export const all = () => [...open.values()];
export const of = (visit) => open.get(visit);
export const unsent = () => all().filter((draft) => draft.arrived && !isSafe(draft) && draft.state !== STATES.HANDED_IN);
export const waiting = () => all().filter(isWaiting);
export const isWaiting = (draft) => draft.state === STATES.WAITING || (draft.state === STATES.TAKEN && !isSafe(draft));
export const isSafe = (draft) => Boolean(draft.safe_at);
export const safe = () => all().filter(isSafe);
export const howManyUnreadable = () => unreadable;

export function forgetAll() {
  open.clear();
  unreadable = 0;
  keeping.forgetAll();
}

// Begin a visit, which this window holds. It is kept when it is saved.
export function begin(visit) {
  const draft = { id: uuid7(), visit: visit.id, device: store.device(), edition: visit.edition,
    items: round().checklists[visit.checklist], about: visit.about, kind: visit.kind, begun: visit.begun ?? null, state: STATES.WRITING, arrived: null, left: null, answers: {},
    notes: {}, photos: [], ahead: houseAhead(), inspector: { how: "drawn" }, office: { how: "drawn", name: "" } };
  open.set(visit.id, draft);
  return draft;
}

// A visit that nobody planned, begun here at an office.
export async function onTheSpot(office, kind) {
  const { spot: own } = round();
  const spot = own.provinces?.[office.province] ?? own; // an inspector of several provinces has the checklist of each
  const id = uuid7();
  await holds.take(id);
  return begin({ id, edition: spot.edition, kind, about: office, checklist: spot.checklists[`${kind}/${office.kind}`],
    begun: { office: office.code, kind, purpose: "performance" } });
}

// Keep a draft as it stands. Whether it is kept.
export const save = (draft) => keeping.keep(draft);

// The time of a draft: the house's as it was known when the visit began, so that a clock set meanwhile is noticed.
export const timeOf = (draft, moment = Date.now()) => houseTime(moment, draft.ahead);

// Give up what is in memory of a draft, for what another window kept.
export async function settle(draft) {
  await reread(draft.visit);
  keeping.settle(draft.visit);
}

// Remove a draft from the phone. It fails with NotKept if it cannot be.
export async function discard(draft) {
  await keeping.remove(draft);
  open.delete(draft.visit);
}

// The browser threw everything away while the phone was open: keep anew what is in memory, and say of each draft how many
// of its photos are lost. What another window holds, that window keeps.
export async function keepAnew() {
  keeping.allGone(); // at once, before anything is written again
  for (const draft of all()) await holds.during(draft.visit, () => keepOneAnew(draft));
}

async function keepOneAnew(draft) {
  const there = new Set(await store.names("photo:"));
  const lost = draft.photos.filter((photo) => !keeping.isPending(photo.id) && !there.has(`photo:${photo.id}`));
  draft.lost = (draft.lost ?? 0) + lost.length;
  if (draft.state === STATES.WRITING) draft.photos = draft.photos.filter((photo) => !lost.includes(photo));
  if (!(await keeping.keep(draft)) && keeping.standing(draft.visit).why === "elsewhere") await settle(draft); // another window did it
}

// Make room: remove the copies of what is safe with the house.
export async function discardSafe() {
  for (const draft of safe()) await discard(draft).catch(notKept);
}

// The items of a draft as they are looked at on the day of the visit.
export function items(draft) {
  const on = draft.arrived ? dayOf(draft.arrived.at) : today();
  return draft.items.filter((item) => item.days.includes(on));
}

// What is missing before a draft can be sent: codes of items by what they lack, and who did not sign.
export function missing(draft) {
  const found = [];
  if (draft.hindered?.what) return missingOfHindered(draft);
  for (const item of items(draft)) {
    const answer = draft.answers[item.code];
    if (!answer) found.push({ item, what: "answer" });
    if (answer === "not_ok" && !draft.notes[item.code]?.trim()) found.push({ item, what: "note" });
    if (wantsPhoto(item, answer) && !draft.photos.some((photo) => photo.item === item.code)) found.push({ item, what: "photo" });
  }
  for (const whose of ["inspector", "office"]) if (!isSigned(draft[whose])) found.push({ whose, what: "signature" });
  return found;
}

function missingOfHindered(draft) {
  const found = [];
  if (!draft.hindered.note?.trim()) found.push({ what: "seen" });
  if (draft.hindered.what !== "refused_entry" && !draft.photos.length) found.push({ what: "shown" });
  if (!isSigned(draft.inspector)) found.push({ whose: "inspector", what: "signature" });
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
  const { hindered } = draft;
  if (hindered?.what) {
    const seen = hindered.note.trim();
    return { id: draft.id, visit: draft.visit, device: draft.device, edition: draft.edition, begun: draft.begun, arrived: draft.arrived,
      left: draft.left, answers: {}, notes: {}, hindered: { what: hindered.what, note: seen }, photos: draft.photos,
      inspector: signature(draft.inspector, draft.left), office: signature({ how: "refused", reason: seen.slice(0, 500) }, draft.left) };
  }
  return { id: draft.id, visit: draft.visit, device: draft.device, edition: draft.edition, begun: draft.begun, arrived: draft.arrived,
    left: draft.left, answers: here(draft.answers), notes: here(draft.notes), photos: draft.photos,
    inspector: signature(draft.inspector, draft.left), office: signature(draft.office, draft.left) };
}

// Close a draft: it waits to be sent, and its report is the same however often it is. Whether it is closed: it is only
// once all of it is kept; until then it is open as before.
export async function finish(draft, position) {
  if (!(await keeping.keep(draft))) return false;
  const left = draft.left ?? { at: timeOf(draft), position };
  if (left.at < draft.arrived.at) left.at = draft.arrived.at; // the phone's clock was set back meanwhile
  const closed = { ...draft, left };
  return keeping.keep(draft, { left, report: reportOf(closed), state: STATES.WAITING, refusal: null, trouble: null });
}

// Open a report again that the house refused: nothing of it was written there. Whether it is open.
export const reopen = (draft) => keeping.keep(draft, { state: STATES.WRITING });

function signature({ how, name = "", strokes = [], reason = "", at }, left) {
  return { how, name: name.trim(), strokes: how === "drawn" ? strokes : [], reason: how === "refused" ? reason.trim() : "", at: at ?? left.at };
}

// What cannot be removed now is removed another time.
function notKept(error) {
  if (!(error instanceof store.NotKept)) throw error;
}
