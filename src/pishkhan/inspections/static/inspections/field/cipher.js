// What lies on the phone is encrypted under a random key. The key lies there only wrapped by one derived from the
// inspector's password, and in the clear only in memory, where no script can read it out.
const ROUNDS = 600_000; // of PBKDF2 with SHA-256 (OWASP, Password Storage Cheat Sheet)
const utf8 = new TextEncoder();
const random = (size) => crypto.getRandomValues(new Uint8Array(size));

// A new key, and the lock that opens it with the password.
export async function locked(password) {
  const fresh = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, true, ["encrypt", "decrypt"]);
  const lock = { salt: random(16), rounds: ROUNDS, iv: random(12) };
  const wrapping = await derived(password, lock);
  lock.wrapped = await crypto.subtle.wrapKey("raw", fresh, wrapping, { name: "AES-GCM", iv: lock.iv });
  return { lock, key: await opened(lock, password) };
}

// The key behind a lock; null if the password is another.
export async function opened(lock, password) {
  try {
    return await crypto.subtle.unwrapKey("raw", lock.wrapped, await derived(password, lock), { name: "AES-GCM", iv: lock.iv },
      { name: "AES-GCM" }, false, ["encrypt", "decrypt"]);
  } catch {
    return null;
  }
}

// Bytes sealed under a name: put in the place of another, they do not open.
export async function sealed(key, name, bytes) {
  const iv = random(12);
  return { iv, sealed: await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: utf8.encode(name) }, key, bytes) };
}

export async function unsealed(key, name, row) {
  return new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv: row.iv, additionalData: utf8.encode(name) }, key, row.sealed));
}

async function derived(password, { salt, rounds }) {
  const typed = await crypto.subtle.importKey("raw", utf8.encode(password.normalize("NFC")), "PBKDF2", false, ["deriveKey"]);
  return crypto.subtle.deriveKey({ name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds }, typed,
    { name: "AES-GCM", length: 256 }, false, ["wrapKey", "unwrapKey"]);
}
