// Judges a licence's token as credentials/verifier.py does: no server, no library. docs/methods/credentials.md says how.
const SIZE = 65536;
const OURS = -65537;
const LIST_TYPE = "application/statuslist+cwt";
const STANDINGS = { 0: "valid", 1: "revoked", 2: "suspended", 12: "transferred", 13: "expired", 14: "closed" };

export class Unsupported extends Error {}
class Malformed extends Error {}

// The verdict on a token. `list(number)` gives the bytes of a status list, or null; `at` is in seconds since 1970.
export async function judge(token, keys, list, at) {
  let claim;
  try {
    const parts = takenApart(bytesOf(token.trim().split("#").pop()), "");
    const key = keyOf(keys, parts.kid);
    if (!key || !isBelieved(key, at)) return { verdict: "unknown_key" };
    if (!await isSigned(parts, key)) return { verdict: "altered" };
    claim = claimIn(parts.payload);
  } catch (error) {
    if (error instanceof Malformed) return { verdict: "altered" };
    throw error;
  }
  const number = Math.floor(claim.index / SIZE);
  return { verdict: verdictOn(claim, standing(await opened(await list(number), keys), claim.index, at), at), claim };
}

function verdictOn(claim, standing, at) {
  if (standing === "revoked" || standing === "transferred") return standing;
  if (at < claim.begins) return "not_yet";
  return at >= claim.ends ? "expired" : standing ?? "status_too_old";
}

function standing(list, index, at) {
  if (!list || at >= list.until || index < list.first || index >= list.first + SIZE) return null;
  const place = index - list.first;
  return STANDINGS[(list.nibbles[place >> 1] >> (place % 2 ? 4 : 0)) & 0xf] ?? null;
}

async function opened(bytes, keys) {
  if (!bytes) return null;
  try {
    const parts = takenApart(bytes, LIST_TYPE);
    const key = keyOf(keys, parts.kid);
    if (!key || !await isSigned(parts, key)) return null;
    const told = cbor(parts.payload);
    if (!isBelieved(key, told.get(6)) || told.get(65533).get("bits") !== 4) return null;
    return { first: told.get(OURS), until: told.get(4), nibbles: await inflated(told.get(65533).get("lst")) };
  } catch (error) {
    if (error instanceof Malformed) return null;
    throw error;
  }
}

function claimIn(payload) {
  const told = cbor(payload);
  const [version, kind, place, form, index] = told.get(OURS) ?? [];
  if (version !== 1 || typeof told.get(2) !== "string") throw new Malformed();
  return { number: told.get(2), kind, place, form, index, begins: told.get(5), ends: told.get(4) };
}

async function isSigned(parts, key) {
  const message = new Uint8Array([0x84, 0x6a, ...new TextEncoder().encode("Signature1"), ...head(0x40, parts.protected.length),
    ...parts.protected, 0x40, ...head(0x40, parts.payload.length), ...parts.payload]);
  if (!globalThis.crypto?.subtle) throw new Unsupported();
  let imported;
  try {
    imported = await crypto.subtle.importKey("raw", bytesOf(key.x), { name: "Ed25519" }, false, ["verify"]);
  } catch {
    throw new Unsupported();
  }
  return crypto.subtle.verify({ name: "Ed25519" }, imported, parts.signature, message);
}

// A message has one spelling: tag 18, four elements, these headers, no unprotected ones, shortest lengths, nothing after.
function takenApart(bytes, type) {
  const reader = { bytes, at: 0 };
  expect(reader, [0xd2, 0x84]);
  const headers = byteString(reader);
  expect(reader, [0xa0]);
  const payload = byteString(reader);
  const signature = byteString(reader);
  const kid = headers.slice(5, 9);
  const named = new TextEncoder().encode(type);
  const wanted = [type ? 0xa3 : 0xa2, 1, 0x27, 4, 0x44, ...kid, ...(type ? [0x10, ...head(0x60, named.length), ...named] : [])];
  if (reader.at !== bytes.length || signature.length !== 64 || kid.length !== 4 || hex(headers) !== hex(wanted)) throw new Malformed();
  return { kid: hex(kid), protected: headers, payload, signature };
}

function expect(reader, wanted) {
  for (const byte of wanted) if (reader.bytes[reader.at++] !== byte) throw new Malformed();
}

function byteString(reader) {
  const from = reader.at;
  if (from >= reader.bytes.length || reader.bytes[from] >> 5 !== 2) throw new Malformed();
  const length = lengthAt(reader);
  if (hex(head(0x40, length)) !== hex(reader.bytes.slice(from, reader.at))) throw new Malformed();
  if (reader.at + length > reader.bytes.length) throw new Malformed();
  return reader.bytes.slice(reader.at, reader.at += length);
}

function lengthAt(reader) {
  const short = reader.bytes[reader.at++] & 0x1f;
  if (short < 24) return short;
  if (short > 27) throw new Malformed();
  let value = 0;
  for (let left = 1 << (short - 24); left > 0; left -= 1) value = value * 256 + (reader.bytes[reader.at++] ?? 0);
  return value;
}

function head(major, length) {
  if (length < 24) return [major + length];
  if (length < 256) return [major + 24, length];
  return length < 65536 ? [major + 25, length >> 8, length & 255]
    : [major + 26, length >>> 24, (length >> 16) & 255, (length >> 8) & 255, length & 255];
}

// What a signed payload says: whole numbers, bytes, texts, arrays and maps.
function cbor(bytes) {
  const reader = { bytes, at: 0 };
  const told = item(reader);
  if (!(told instanceof Map) || reader.at !== bytes.length) throw new Malformed();
  return told;
}

function item(reader) {
  if (reader.at >= reader.bytes.length) throw new Malformed();
  const major = reader.bytes[reader.at] >> 5;
  const value = lengthAt(reader);
  const some = () => Array.from({ length: value }, () => item(reader));
  switch (major) {
    case 0: return value;
    case 1: return -1 - value;
    case 2: return reader.bytes.slice(reader.at, reader.at += value);
    case 3: return new TextDecoder().decode(reader.bytes.slice(reader.at, reader.at += value));
    case 4: return some();
    case 5: return new Map(Array.from({ length: value }, () => [item(reader), item(reader)]));
    default: throw new Malformed();
  }
}

async function inflated(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function bytesOf(text) {
  if (!/^[A-Za-z0-9_-]+$/.test(text) || text.length % 4 === 1 || text.length > 1000) throw new Malformed();
  const bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (each) => each.charCodeAt(0));
  const again = btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  if (again !== text) throw new Malformed();
  return bytes;
}

const hex = (bytes) => Array.from(bytes, (each) => each.toString(16).padStart(2, "0")).join("");
const keyOf = (keys, kid) => keys.keys.find((each) => each.kid === kid);
const dayOf = (seconds) => new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Tehran", year: "numeric", month: "2-digit", day: "2-digit" })
  .format(new Date(seconds * 1000));
const isBelieved = (key, at) => key.valid_from <= dayOf(at) && (!key.valid_until || dayOf(at) <= key.valid_until);
