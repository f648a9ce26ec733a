// What the phone keeps: the lock in the clear, everything else sealed. Names of records hold identifiers alone.
// Nothing else writes. A write is one transaction: all of it lies on the disk when its promise is kept, or none of it,
// and then the promise fails with NotKept, which says why. The next write begins afresh, whatever became of this one.
import { sealed, unsealed } from "./cipher.js";

const NAME = "pishkhan-field";
const STORES = ["lock", "sealed"];
const FULL = "QuotaExceededError";
const listeners = new Set();
const channel = globalThis.BroadcastChannel ? new BroadcastChannel(NAME) : null;
let opening = null; // the connection, or its promise
let key = null;
let owner = null; // the row of the lock, as it was when the phone was opened

// Why something is not kept: "full" (of `needed` bytes at least), "elsewhere" (another window wrote it meanwhile),
// "wiped", "another" (inspector's lock lies there now), "locked", or "broken" (whatever else the browser says).
export class NotKept extends Error {
  constructor(why, needed = 0, cause = null) {
    super(why, { cause });
    Object.assign(this, { why, needed });
  }
}

if (channel) channel.onmessage = ({ data }) => tell(data);

// Told of what other windows changed ({ changed: names }, { wiped: true }), and of { evicted: true }: see `written`.
export const watch = (listener) => { listeners.add(listener); };
export const isOpen = () => key !== null;
export const who = () => owner?.who;
export const device = () => owner?.device;

export function open(opened, lockRow) {
  key = opened;
  owner = lockRow;
}

export function close() {
  key = null;
  owner = null;
}

export const lock = () => transacted("readonly", (locks) => answer(locks.get("lock")));

// Make the phone an inspector's: from now on their records lie under this lock.
export async function setUp(lockRow, opened) {
  await transacted("readwrite", (locks) => {
    locks.put(lockRow, "lock");
    locks.delete("wiped");
  });
  open(opened, lockRow);
}

// Write records, all or none: { name, value } or { name, bytes }; of a record that goes, { name } alone. Where `after`
// stands, it is the revision which the writer knows (null: that there is none); if another lies there, nothing is written.
// `waits` is told to whoever has no key. The new revisions, in the same order.
export async function write(changes) {
  if (!key) throw new NotKept("locked");
  const rows = await Promise.all(changes.map(rowOf));
  const needed = rows.reduce((sum, row) => sum + (row?.sealed.byteLength ?? 0), 0);
  const wasEvicted = await transacted("readwrite", (locks, records) => written(locks, records, changes, rows), needed);
  if (wasEvicted) {
    tell({ evicted: true });
    channel?.postMessage({ evicted: true });
  }
  channel?.postMessage({ changed: changes.map(({ name }) => name) });
  return rows.map((row) => row?.revision ?? null);
}

export const put = (name, value) => write([{ name, value }]);
export const putBytes = (name, bytes) => write([{ name, bytes }]);

// A record and its revision; the value is null if there is none.
export async function read(name) {
  const row = await transacted("readonly", (locks, records) => answer(records.get(name)));
  if (!row) return { value: null, revision: null };
  return { value: JSON.parse(new TextDecoder().decode(await opened(name, row))), revision: row.revision ?? null };
}

export const get = async (name) => (await read(name)).value;

export async function bytesOf(name) {
  const row = await transacted("readonly", (locks, records) => answer(records.get(name)));
  return row ? opened(name, row) : null;
}

// The names of the records that begin so. They can be read without the key.
export const names = (prefix) => transacted("readonly", (locks, records) => answer(records.getAllKeys(within(prefix))));

// How many records wait to be sent, as far as it is known without the key.
export async function countWaiting() {
  const rows = await transacted("readonly", (locks, records) => answer(records.getAll(within("draft:"))));
  return rows.filter((row) => row.waits).length;
}

// Everything goes, and it is known that it was meant to: other windows that hold the key do not bring it back.
export async function wipe() {
  close();
  await transacted("readwrite", (locks, records) => {
    locks.clear();
    records.clear();
    locks.put(true, "wiped");
  });
  channel?.postMessage({ wiped: true });
}

// Inside a transaction: whose phone it is, whether each record is what the writer believes, and only then the writing.
// If the browser threw everything away, the lock too, the phone is made what it was: true, and others are told to write again.
async function written(locks, records, changes, rows) {
  const [there, wiped] = [await answer(locks.get("lock")), await answer(locks.get("wiped"))];
  if (wiped) throw new NotKept("wiped");
  if (there && there.device !== owner?.device) throw new NotKept("another");
  if (!there && !owner) throw new NotKept("locked");
  for (const { name, after } of changes) {
    if (!there || after === undefined) continue;
    if (((await answer(records.get(name)))?.revision ?? null) !== after) throw new NotKept("elsewhere");
  }
  if (!there) locks.put(owner, "lock");
  changes.forEach(({ name }, place) => (rows[place] ? records.put(rows[place], name) : records.delete(name)));
  return !there;
}

async function rowOf({ name, value, bytes, waits = false }) {
  if (value === undefined && bytes === undefined) return null;
  const plain = bytes ?? new TextEncoder().encode(JSON.stringify(value));
  return { ...await sealed(key, name, plain), revision: crypto.randomUUID(), waits };
}

async function opened(name, row) {
  if (!key) throw new NotKept("locked");
  return unsealed(key, name, row);
}

// Work in one transaction. What it answers, once the transaction is complete: of one that writes, once it is on the disk.
async function transacted(mode, work, needed = 0) {
  try {
    const transaction = await begun(mode);
    const ended = new Promise((resolve, reject) => {
      transaction.addEventListener("complete", resolve);
      transaction.addEventListener("abort", () => reject(transaction.error ?? new DOMException("aborted", "AbortError")));
    });
    const [result] = await Promise.all([worked(transaction, work), ended]);
    return result;
  } catch (error) {
    if (error instanceof NotKept) throw error;
    throw new NotKept(error.name === FULL ? "full" : "broken", needed, error);
  }
}

async function worked(transaction, work) {
  try {
    return await work(...STORES.map((name) => transaction.objectStore(name)));
  } catch (error) {
    try {
      transaction.abort();
    } catch {
      // it has ended already
    }
    throw error;
  }
}

// A transaction, on a new connection if the browser closed the old one.
async function begun(mode) {
  try {
    return (await connection()).transaction(STORES, mode, { durability: "strict" });
  } catch (error) {
    if (error.name !== "InvalidStateError") throw error;
    opening = null;
    return (await connection()).transaction(STORES, mode, { durability: "strict" });
  }
}

function connection() {
  opening ??= connected().catch((error) => {
    opening = null;
    throw error;
  });
  return opening;
}

function connected() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => STORES.forEach((name) => asked.result.createObjectStore(name));
    asked.onerror = () => reject(asked.error);
    asked.onsuccess = () => {
      const database = asked.result;
      database.onclose = () => { opening = null; };
      database.onversionchange = () => {
        database.close();
        opening = null;
      };
      resolve(database);
    };
  });
}

function answer(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function tell(what) {
  for (const listener of listeners) listener(what);
}

const within = (prefix) => IDBKeyRange.bound(prefix, `${prefix}\uffff`);
