// Sending what waits: each visit by itself, photos piece by piece, again after a while; the house decides.
import * as drafts from "./drafts.js";
import { Offline, ask } from "./network.js";
import * as store from "./store.js";

const { STATES } = drafts;
const PIECE = 262_144; // bytes, as the house takes them
const FIRST_WAIT = 5_000;
const LONGEST_WAIT = 300_000;
const LOOK = 2_000; // milliseconds between looks at whether it is time
const listeners = new Set();
export const status = { sending: false, online: navigator.onLine, signedOut: false, wait: FIRST_WAIT, next: 0 };

export const watch = (listener) => { listeners.add(listener); };

export function start() {
  addEventListener("online", () => { heard(true); soon(); });
  addEventListener("offline", () => heard(false));
  document.addEventListener("visibilitychange", () => { if (!document.hidden) soon(); });
  setInterval(() => { if (Date.now() >= status.next) send(); }, LOOK);
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
  let failed = false;
  try {
    for (const draft of drafts.waiting()) {
      failed = !(await sent(draft)) || failed;
      tell();
    }
    status.online = true;
  } catch (error) {
    if (!(error instanceof Offline) && !(error instanceof SignedOut)) throw error;
    status.signedOut = error instanceof SignedOut;
    status.online = status.signedOut;
    failed = true;
  } finally {
    status.wait = failed ? Math.min(status.wait * 2, LONGEST_WAIT) : FIRST_WAIT;
    status.next = Date.now() + (failed ? status.wait : 0);
    status.sending = false;
    tell();
  }
}

// Leave a report that was refused with the house, so that an expert sees it.
export async function handIn(draft) {
  const answer = await ask("/api/field/rejected", { method: "POST", json: { sent_at: drafts.timeOf(draft), report: draft.report } });
  if (answer.status === 200) await took(draft, answer.told);
  else draft.refusal = answer.told;
  await drafts.save(draft);
  tell();
  return answer.status === 200;
}

class SignedOut extends Error {}

// Whether all of a visit is safe now, or the house said that it will never be.
async function sent(draft) {
  const answer = await ask("/api/field/reports", { method: "POST", json: { sent_at: drafts.timeOf(draft), report: draft.report } });
  if (answer.status === 401 || isNoToken(answer)) throw new SignedOut();
  status.signedOut = false;
  if (answer.status === 429 || answer.status >= 500) return false;
  if (answer.status !== 200 || answer.told.id !== draft.id) return refused(draft, answer);
  await took(draft, answer.told);
  if (draft.state !== STATES.TAKEN) return true;
  for (const photo of draft.photos) if (!(await photoSent(draft, photo))) return false;
  draft.safe_at = Date.now();
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
  draft.state = STATES.REFUSED;
  draft.refusal = answer.told;
  await drafts.save(draft);
  return true;
}

// Send what is left of a photo, from where the house has it. True once the house says that it is safe, by its digest.
async function photoSent(draft, photo) {
  let there = draft.answer.photos.find((each) => each.id === photo.id);
  const bytes = await store.bytesOf(`photo:${photo.id}`);
  while (!isThere(there, photo)) {
    if (!bytes) return false;
    const piece = bytes.slice(there.offset, there.offset + PIECE);
    const answer = await ask(`/api/field/photos/${photo.id}/content?offset=${there.offset}`, { method: "PUT", bytes: piece });
    if (answer.status === 401) throw new SignedOut();
    if (answer.status !== 200) {
      draft.trouble = answer.told.refusal ?? null;
      await drafts.save(draft);
      return false; // the house says anew where it stands, when it is asked again
    }
    there = answer.told;
    Object.assign(draft.answer.photos.find((each) => each.id === photo.id), there);
    await drafts.save(draft);
    tell();
  }
  return true;
}

const isThere = (there, photo) => there.safe && there.digest === photo.digest && there.size === photo.size;
const isNoToken = ({ status: told, told: { fields } }) => told === 403 && !document.cookie.includes("csrftoken=") && !fields;

function heard(online) {
  status.online = online;
  tell();
}

function tell() {
  for (const listener of listeners) listener();
}
