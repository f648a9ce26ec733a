// Keeping what is on the screen. Every draft has one queue and one state: kept, being kept, not kept and why. What is not
// kept stays in memory and on the screen, and is tried again at every touch, every few seconds, and when somebody asks.
import * as store from "./store.js";

export const STATES = { KEPT: "kept", KEEPING: "keeping", NOT_KEPT: "not_kept" };
const AGAIN = 5_000; // milliseconds between attempts of its own
const listeners = new Set();
const queues = new Map(); // by visit
const pending = new Map(); // contents of photos that are not on the disk yet, by the photo's identifier

export const watch = (listener) => { listeners.add(listener); };
export const start = () => { setInterval(retry, AGAIN); };
export const standing = (visit) => queues.get(visit) ?? { state: STATES.KEPT };
export const isPending = (photo) => pending.has(photo);
export const unkept = () => [...queues.values()].filter((queue) => queue.state !== STATES.KEPT);
export const bytesOf = async (photo) => pending.get(photo) ?? store.bytesOf(nameOfPhoto(photo));

// A draft lies on the disk in this revision (null: it does not yet).
export function known(visit, revision) {
  queueOf(visit).revision = revision;
}

// What is not kept of a draft is given up, for what another window kept.
export function settle(visit) {
  stands(queueOf(visit), STATES.KEPT);
}

export function forget(visit) {
  queues.delete(visit);
}

export function forgetAll() {
  queues.clear();
  pending.clear();
}

// Keep a draft as it stands; with `changes`, as it stands with them, and it takes them on once they are kept.
// Whether it is kept, with all its photos. It never fails, and nothing that fails hinders what comes after it.
export function keep(draft, changes = null) {
  const queue = queueOf(draft.visit);
  queue.draft = draft;
  queue.asked += 1;
  const mine = queue.asked;
  if (queue.state === STATES.KEPT) stands(queue, STATES.KEEPING);
  queue.turn = queue.turn.then(() => {
    if (!changes && queue.kept >= mine) return true; // a later state of it is kept already
    if (!changes && queue.failed >= mine) return false;
    return attempt(queue, draft, changes);
  });
  return queue.turn;
}

// A photo belongs to a draft from now on; whether it is kept.
export function keepPhoto(draft, photo, bytes) {
  pending.set(photo.id, bytes);
  draft.photos.push(photo);
  return keep(draft);
}

export function dropPhoto(draft, photo) {
  draft.photos = draft.photos.filter((other) => other.id !== photo.id);
  if (!pending.delete(photo.id)) queueOf(draft.visit).dropped.push(photo.id);
  return keep(draft);
}

// Remove a draft with its photos.
export async function remove(draft) {
  await store.write([{ name: nameOf(draft.visit) }, ...draft.photos.map((photo) => ({ name: nameOfPhoto(photo.id) }))]);
  forget(draft.visit);
}

// Try again what is not kept. Whether all of it is kept now.
export async function retry() {
  const failed = unkept().filter((queue) => queue.state === STATES.NOT_KEPT && queue.why !== "elsewhere");
  return (await Promise.all(failed.map((queue) => keep(queue.draft)))).every(Boolean);
}

// Nothing lies on the disk any more, the browser threw it away.
export function allGone() {
  for (const queue of queues.values()) queue.revision = null;
}

async function attempt(queue, draft, changes) {
  const upTo = queue.asked;
  try {
    await written(queue, draft, changes);
    if (changes) Object.assign(draft, changes);
    queue.kept = upTo;
    if (queue.asked === upTo) stands(queue, STATES.KEPT);
    return true;
  } catch (error) {
    if (!(error instanceof store.NotKept)) console.error(error); // a fault of ours: what was typed stays all the same
    queue.failed = upTo;
    stands(queue, STATES.NOT_KEPT, error.why ?? "broken", Math.max(error.needed ?? 0, sizeOf(draft)));
    return false;
  }
}

// First what was typed, for which there may be room where there is none for photos; then each photo together with the
// draft that names it, so that a draft on the disk never names what is not there.
async function written(queue, draft, changes) {
  const dropped = [...queue.dropped];
  const photos = () => draft.photos.filter((photo) => !pending.has(photo.id));
  const lacking = draft.photos.filter((photo) => pending.has(photo.id));
  const as = lacking.length ? null : changes; // what is closed has all its photos
  await put(queue, { ...draft, ...as, photos: photos() }, dropped.map((id) => ({ name: nameOfPhoto(id) })));
  queue.dropped = queue.dropped.filter((id) => !dropped.includes(id));
  for (const photo of lacking) {
    if (!draft.photos.includes(photo)) continue; // it was taken away meanwhile
    const [last] = lacking.slice(-1);
    const whole = photo === last ? changes : null;
    await put(queue, { ...draft, ...whole, photos: [...photos(), photo] }, [{ name: nameOfPhoto(photo.id), bytes: pending.get(photo.id) }]);
    pending.delete(photo.id);
  }
}

async function put(queue, draft, others) {
  const waits = draft.state === "waiting" || (draft.state === "taken" && !draft.safe_at);
  [queue.revision] = await store.write([{ name: nameOf(draft.visit), value: draft, after: queue.revision, waits }, ...others]);
}

function queueOf(visit) {
  if (!queues.has(visit)) {
    queues.set(visit, { state: STATES.KEPT, why: null, needed: 0, draft: null, turn: Promise.resolve(), asked: 0, kept: 0, failed: 0, revision: null, dropped: [] });
  }
  return queues.get(visit);
}

function stands(queue, state, why = null, needed = 0) {
  Object.assign(queue, { state, why, needed });
  for (const listener of listeners) listener();
}

const sizeOf = (draft) => draft.photos.filter((photo) => pending.has(photo.id)).reduce((sum, photo) => sum + photo.size, 0);
const nameOf = (visit) => `draft:${visit}`;
const nameOfPhoto = (id) => `photo:${id}`;
