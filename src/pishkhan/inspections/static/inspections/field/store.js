// What the phone keeps: the lock in the clear, everything else sealed. Names of records hold identifiers alone.
import { sealed, unsealed } from "./cipher.js";

const NAME = "pishkhan-field";
let database = null;
let key = null;

export const isOpen = () => key !== null;
export const open = (opened) => { key = opened; };
export const close = () => { key = null; };

export async function lock() {
  return done((await rows("lock", "readonly")).get("lock"));
}

export async function keepLock(row) {
  await done((await rows("lock", "readwrite")).put(row, "lock"));
}

export async function putBytes(name, bytes) {
  const row = await sealed(key, name, bytes);
  await done((await rows("sealed", "readwrite")).put(row, name));
}

export async function bytesOf(name) {
  const row = await done((await rows("sealed", "readonly")).get(name));
  return row ? unsealed(key, name, row) : null;
}

export async function put(name, value) {
  await putBytes(name, new TextEncoder().encode(JSON.stringify(value)));
}

export async function get(name) {
  const bytes = await bytesOf(name);
  return bytes ? JSON.parse(new TextDecoder().decode(bytes)) : null;
}

export async function remove(name) {
  await done((await rows("sealed", "readwrite")).delete(name));
}

// The names of the records that begin so. They can be read without the key.
export async function names(prefix) {
  return done((await rows("sealed", "readonly")).getAllKeys(IDBKeyRange.bound(prefix, `${prefix}\uffff`)));
}

export async function wipe() {
  close();
  for (const each of ["lock", "sealed"]) await done((await rows(each, "readwrite")).clear());
}

async function rows(name, mode) {
  database ??= await opening();
  return database.transaction(name, mode, { durability: "strict" }).objectStore(name);
}

function opening() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => ["lock", "sealed"].forEach((each) => asked.result.createObjectStore(each));
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

// The answer of a request; of one that writes, once it lies on the disk.
function done(request) {
  return new Promise((resolve, reject) => {
    const writes = request.transaction.mode === "readwrite";
    const settled = writes ? request.transaction : request;
    settled.addEventListener(writes ? "complete" : "success", () => resolve(request.result));
    request.transaction.addEventListener("abort", () => reject(request.transaction.error));
    request.addEventListener("error", () => reject(request.error));
  });
}
