// Asking the house. Nothing of what it answers is kept by the browser's cache.
import { language } from "./words.js";

export class Offline extends Error {}

// The answer to a request: its status, and what was told. Offline if nobody answered.
export async function ask(path, { method = "GET", json, bytes } = {}) {
  const headers = { "Accept-Language": language, "X-CSRFToken": csrf() };
  if (json) headers["Content-Type"] = "application/json";
  if (bytes) headers["Content-Type"] = "application/octet-stream";
  let answer;
  try {
    answer = await fetch(path, { method, headers, cache: "no-store", body: json ? JSON.stringify(json) : bytes, signal: AbortSignal.timeout(60_000) });
  } catch {
    throw new Offline();
  }
  const text = await answer.text().catch(() => { throw new Offline(); });
  let told = {};
  try {
    told = JSON.parse(text);
  } catch {
    // something between us and the house answered in its stead
  }
  return { status: answer.status, told };
}

export async function fetched(path) {
  try {
    const answer = await fetch(path, { cache: "no-store", signal: AbortSignal.timeout(60_000) });
    return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : null;
  } catch {
    throw new Offline();
  }
}

function csrf() {
  return document.cookie.split("; ").find((each) => each.startsWith("csrftoken="))?.slice("csrftoken=".length) ?? "";
}

// Who is signed in: an identifier; null if nobody is, undefined if the house does not say now.
export async function whoIsSignedIn() {
  const { status, told } = await ask("/api/me");
  return status === 200 ? told.id : status === 401 ? null : undefined;
}
