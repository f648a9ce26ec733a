// One window holds a visit: only there it is written in. The browser gives the hold back when the window is closed, killed
// or thrown out. A browser without the Web Locks API keeps windows apart by the revisions of records (store.js): who
// writes second is told, and overwrites nothing.
const held = new Map(); // by visit: what lets it go
const busy = new Set(); // visits on which something works that is on no screen
const awaited = new Map(); // by visit: what ends the waiting

export const isHeld = (visit) => held.has(visit) || !navigator.locks;

// Take a visit: "had" it already, "taken" now, or null: another window has it.
export function take(visit) {
  if (isHeld(visit)) return Promise.resolve("had");
  return new Promise((resolve) => {
    navigator.locks.request(nameOf(visit), { ifAvailable: true }, (lock) => {
      if (held.has(visit)) return resolve("had"); // taken meanwhile by this window, which had asked twice
      if (!lock) return resolve(null);
      return keptUntilReleased(visit, () => resolve("taken"));
    });
  });
}

// Take a visit as soon as no other window has it, and then act; once, however often it is asked.
export function takeWhenFree(visit, act) {
  if (isHeld(visit) || awaited.has(visit)) return;
  const waiting = new AbortController();
  awaited.set(visit, waiting);
  navigator.locks.request(nameOf(visit), { signal: waiting.signal }, () => {
    awaited.delete(visit);
    return keptUntilReleased(visit, act);
  }).catch((error) => { if (error.name !== "AbortError") throw error; });
}

// Hold a visit for as long as some work on it lasts; its answer, or null if another window has it.
export async function during(visit, work) {
  const how = await take(visit);
  if (!how) return null;
  busy.add(visit);
  try {
    return await work(how);
  } finally {
    busy.delete(visit);
    if (how === "taken") release(visit);
  }
}

export function release(visit) {
  held.get(visit)?.();
  held.delete(visit);
}

// Of all that is held or waited for, only what `keeps` names stays so, and that on which something works.
export function releaseAllBut(keeps) {
  for (const visit of [...held.keys()]) if (!busy.has(visit) && !keeps(visit)) release(visit);
  for (const [visit, waiting] of [...awaited]) {
    if (keeps(visit)) continue;
    waiting.abort();
    awaited.delete(visit);
  }
}

function keptUntilReleased(visit, act) {
  return new Promise((letGo) => {
    held.set(visit, letGo);
    act();
  });
}

const nameOf = (visit) => `pishkhan-field-visit:${visit}`;
