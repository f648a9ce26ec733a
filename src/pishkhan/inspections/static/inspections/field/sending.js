// Sending what waits: each visit by itself, photos piece by piece, again after a while; the house decides.
import * as drafts from "./drafts.js";
import * as holds from "./holds.js";
import * as keeping from "./keeping.js";
import { Offline, ask, whoIsSignedIn } from "./network.js";
import * as store from "./store.js";
import { say } from "./words.js";

const { STATES } = drafts;
const PIECE = 262_144; // bytes, as the house takes them
const FIRST_WAIT = 5_000;
const LONGEST_WAIT = 300_000;
const LOOK = 2_000; // milliseconds between looks at whether it is time
const GONE = say("عکسی دیگر روی این گوشی نیست و فرستاده نمی‌شود؛ به کارشناس بگویید.", "A photo is no longer on this phone and cannot be sent: tell the expert.");
const listeners = new Set();
// `who`: "me", "nobody" (sign in), "another" (an inspector's reports are sent by nobody else).
export const status = { sending: false, online: navigator.onLine, who: "me", wait: FIRST_WAIT, next: 0 };
const now = () => performance.now(); // no clock that somebody sets

export const watch = (listener) => { listeners.add(listener); };

export function start() {
  addEventListener("online", () => { heard(true); hurry(); });
  addEventListener("offline", () => heard(false));
  addEventListener("pageshow", hurry);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) hurry(); });
  setInterval(() => { if (now() >= status.next) send(); }, LOOK);
}

export function soon() {
  status.next = 0;
  status.wait = FIRST_WAIT;
}

// Send everything that waits, one visit after the other. One that fails does not hinder the next.
export async function send() {
  if (status.sending || !store.isOpen() || !drafts.waiting().length) return;
  status.sending = true;
  tell();
  let failed = true;
  try {
    failed = !(await allSent());
    status.online = true;
  } catch (error) {
    heardOf(error);
  } finally {
    status.wait = failed ? Math.min(status.wait * 2, LONGEST_WAIT) : FIRST_WAIT;
    status.next = now() + (failed ? status.wait : 0);
    status.sending = false;
    tell();
  }
}

// Leave a report that was refused with the house, so that an expert sees it. Whether it is there.
export async function handIn(draft) {
  try {
    await askWho();
  } catch (error) {
    if (!(error instanceof NotMe)) throw error;
    heardOf(error);
    tell();
    return false;
  }
  const answer = await ask("/api/field/rejected", { method: "POST", json: { sent_at: drafts.timeOf(draft), report: draft.report } });
  if (answer.status === 200) await took(draft, answer.told);
  else if (answer.told.refusal) draft.refusal = answer.told;
  await drafts.save(draft);
  tell();
  return answer.status === 200;
}

// Who is signed in is not the inspector whose phone this is.
export class NotMe extends Error {}

// Make sure that what is asked of the house is asked by the inspector whose phone this is.
export async function askWho() {
  const found = await whoIsSignedIn();
  if (found === null) throw new NotMe("nobody");
  if (found !== undefined && found !== store.who()) throw new NotMe("another");
  if (found !== undefined) status.who = "me";
  return found !== undefined;
}

async function allSent() {
  if (!(await askWho())) return false;
  let all = true;
  for (const { visit } of drafts.waiting()) {
    all = (await sentByOne(visit)) && all;
    tell();
  }
  return all;
}

// Send a visit as it lies on the disk, if no other window is about to.
async function sentByOne(visit) {
  const isSent = await holds.during(visit, async (how) => {
    const draft = how === "taken" ? await drafts.reread(visit) : drafts.of(visit);
    try {
      return !draft || !drafts.isWaiting(draft) || await sent(draft);
    } finally {
      if (keeping.standing(visit).why === "elsewhere") await drafts.settle(draft); // without locks another window did it too
    }
  });
  if (isSent === null) status.wait = FIRST_WAIT / 2; // no failure: see soon what became of it
  return Boolean(isSent);
}

// Whether all of a visit is safe now, or the house said that it will never be.
async function sent(draft) {
  const answer = await ask("/api/field/reports", { method: "POST", json: { sent_at: drafts.timeOf(draft), report: draft.report } });
  if (answer.status === 401 || isNoToken(answer)) throw new NotMe("nobody");
  if (answer.status === 429 || answer.status >= 500) return false;
  if (answer.status !== 200 || answer.told.id !== draft.id) return refused(draft, answer);
  await took(draft, answer.told);
  if (draft.state !== STATES.TAKEN) return true;
  for (const photo of draft.report.photos) if (!(await photoSent(draft, photo))) return false;
  draft.safe_at = Date.now();
  draft.trouble = null;
  await drafts.save(draft);
  return true;
}

async function took(draft, told) {
  draft.state = told.outcome === "taken" ? STATES.TAKEN : STATES.HANDED_IN;
  draft.answer = told;
  await drafts.save(draft);
}

async function refused(draft, answer) {
  if (!answer.told.refusal) return false; // it was not the house that answered
  if (!(await askWho())) return false; // another signed in meanwhile: the refusal was theirs
  draft.state = STATES.REFUSED;
  draft.refusal = answer.told;
  await drafts.save(draft);
  return true;
}

// Send what is left of a photo, from where the house has it. True once the house says that it is safe, by its digest.
// How far it is need not be kept: the house says it whenever the report comes again.
async function photoSent(draft, photo) {
  let there = draft.answer.photos.find((row) => row.id === photo.id);
  const bytes = await keeping.bytesOf(photo.id);
  while (!isThere(there, photo)) {
    if (!bytes) return troubled(draft, GONE);
    const piece = bytes.slice(there.offset, there.offset + PIECE);
    const answer = await ask(`/api/field/photos/${photo.id}/content?offset=${there.offset}`, { method: "PUT", bytes: piece });
    if (answer.status === 401) throw new NotMe("nobody");
    if (answer.status !== 200) return troubled(draft, answer.told.refusal ?? null); // the house says anew where it stands, when it is asked again
    there = answer.told;
    Object.assign(draft.answer.photos.find((row) => row.id === photo.id), there);
    tell();
  }
  return true;
}

function troubled(draft, words) {
  draft.trouble = words;
  return false;
}

const isThere = (there, photo) => there.safe && there.digest === photo.digest && there.size === photo.size;
const isNoToken = ({ status: told, told: { fields } }) => told === 403 && !document.cookie.includes("csrftoken=") && !fields;

// What stops a round of sending, and is no fault: no network, not signed in, the phone was locked, a record not readable now.
function heardOf(error) {
  if (error instanceof NotMe) {
    status.who = error.message;
    status.online = true;
  } else if (error instanceof Offline) {
    status.online = false;
  } else if (!(error instanceof store.NotKept)) {
    throw error;
  }
}

function heard(online) {
  status.online = online;
  tell();
}

function hurry() {
  soon();
  send();
}

function tell() {
  for (const listener of listeners) listener();
}
