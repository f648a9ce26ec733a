// Making the phone ready: what it takes along for the days to come, and the house's time.
import * as cipher from "./cipher.js";
import { uuid7 } from "./identifiers.js";
import { ask, fetched, whoIsSignedIn } from "./network.js";
import * as store from "./store.js";

const REAUTHENTICATE = "/_allauth/browser/v1/auth/reauthenticate";
const NOTHING = { visits: [], offices: [] };
const EMPTY = { ...NOTHING, inspector: { name: "" }, spot: null, checklists: {}, keys: {}, status_lists: [], offset: 0 }; // nothing came yet
let carried = null; // what was taken along, while the phone is open
let offset = 0; // milliseconds that the house's clock is ahead of the phone's

export const round = () => carried;
export const houseAhead = () => offset;
export const houseTime = (moment = Date.now(), ahead = offset) => new Date(moment + ahead).toISOString();
export const today = () => dayOf(houseTime());
// The day of a moment as the law sees it: in Tehran.
export const dayOf = (iso) => new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Tehran", year: "numeric", month: "2-digit", day: "2-digit" }).format(new Date(iso));

// Ask the house whether the password is right, then open or make the lock with it, and take the round along.
// "ready", or why not: "signed_out", "wrong", "too_many", "not_inspector", "another", "old_password". It fails with Offline
// where there is no network, and with NotKept where there is no room.
export async function makeReady(password) {
  const checked = await ask(REAUTHENTICATE, { method: "POST", json: { password } });
  if (checked.status === 401 || checked.status === 403) return "signed_out";
  if (checked.status === 429) return "too_many";
  if (checked.status !== 200) return "wrong";
  const lock = await store.lock();
  const key = lock ? await cipher.opened(lock, password) : null;
  if (lock && !key) return "old_password";
  const answer = await ask("/api/field/round");
  if (answer.status === 401) return "signed_out";
  if (answer.status !== 200) return "not_inspector";
  const who = answer.told.inspector.id;
  if (lock && lock.who !== who) return "another";
  if (lock) store.open(key, lock);
  else await makeLock(password, who);
  await takeAlong(answer.told);
  return "ready";
}

// Take the round along anew, while the phone is open; give it up, if the permission was withdrawn. The answer's status.
// Who asks must be the inspector whose phone this is: another's round does not come here, and takes nothing away.
export async function refresh() {
  const { status, told } = await ask("/api/field/round");
  if (!store.isOpen()) return status;
  if (status === 200 && told.inspector.id !== store.who()) return "another";
  if (status === 200) await takeAlong(told);
  if (status === 403) {
    if (await whoIsSignedIn() !== store.who()) return "another";
    await store.put("round", { ...carried, ...NOTHING });
    await recall();
  }
  return status;
}

// Open the phone with the password, without a network. False if it is another.
export async function unlock(password) {
  const lock = await store.lock();
  const key = lock && await cipher.opened(lock, password);
  if (!key) return false;
  store.open(key, lock);
  await recall();
  return true;
}

export function lockUp() {
  store.close();
  carried = null;
}

async function makeLock(password, who) {
  const { lock, key } = await cipher.locked(password);
  await store.setUp({ ...lock, who, device: uuid7() }, key);
}

async function takeAlong(told) {
  const taken = { ...told, offset: Date.parse(told.now) - Date.now() };
  carry(taken);
  await store.put("round", taken);
  for (const number of told.status_lists) {
    const list = await fetched(`/.well-known/pishkhan/status/${number}.cwt`);
    if (list) await store.putBytes(`list:${number}`, list);
  }
}

// Read the round again, as this window or another left it.
export async function recall() {
  carry(await store.get("round") ?? EMPTY);
}

function carry(round) {
  carried = round;
  offset = round.offset ?? 0;
}
