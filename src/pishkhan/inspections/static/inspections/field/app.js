// The inspector's phone: opens, shows one screen after another, sends what waits. docs/methods/field.md says how.
import { checkScreen, stopLooking } from "./check_screen.js";
import * as drafts from "./drafts.js";
import { h } from "./element.js";
import * as holds from "./holds.js";
import * as keeping from "./keeping.js";
import { leaveKeptPart } from "./kept_part.js";
import { lockScreen, wipe } from "./lock_screen.js";
import { Offline } from "./network.js";
import { leave } from "./place.js";
import { askToLast } from "./room.js";
import * as round from "./round.js";
import { roundScreen } from "./round_screen.js";
import * as sending from "./sending.js";
import { spotScreen } from "./spot_screen.js";
import * as store from "./store.js";
import { visitScreen } from "./visit_screen.js";
import { choose, digits, language, say } from "./words.js";

const main = document.getElementById("main");
const told = document.getElementById("told");
let refreshes = 0; // how many were begun
const FRESH = {
  200: say("برنامه تازه شد.", "The round is fresh."),
  401: say("دوباره وارد شوید؛ همه‌چیز روی گوشی می‌ماند.", "Sign in again; everything stays on the phone."),
  another: say("کسی جز بازرس این گوشی وارد سامانه شده است؛ برنامه همان است که بود.", "Somebody other than this phone's inspector is signed in: the round is as it was."),
  403: say("دسترسی شما برداشته شده است؛ برنامه از گوشی پاک شد.", "Your permission was withdrawn: the round is gone from the phone."),
};
const WHO = { 200: "me", 401: "nobody", another: "another" };
let shown = "";
let turn = 0; // of drawing: the last that was asked for is the one that is shown

addEventListener("hashchange", () => show(true));
addEventListener("beforeunload", (event) => { if (keeping.unkept().length) event.preventDefault(); });
sending.watch(changed);
keeping.watch(releaseUnshown);
store.watch(heardOf);
sending.start();
keeping.start();
document.getElementById("language").addEventListener("click", () => choose(language === "fa" ? "en" : "fa"));
document.getElementById("wipe").addEventListener("click", () => wipe(store.isOpen() ? drafts.unsent().length : null));
stayNew();
askToLast();
show(true);

// Show the screen that the address names; with the focus on its heading, if it is another than before.
async function show(moved) {
  const mine = ++turn;
  leaveKeptPart();
  releaseUnshown();
  const screen = await (store.isOpen() ? screenOf(location.hash) : lockScreen(entered));
  if (mine !== turn) return;
  keepFocus(() => main.replaceChildren(...screen.flat().filter(Boolean)));
  if (moved && shown !== (shown = location.hash || "#/")) scrollTo(0, 0);
  if (moved) main.querySelector("h1")?.focus({ preventScroll: true });
  document.getElementById("language").textContent = language === "fa" ? "English" : "فارسی";
  document.getElementById("language").lang = language === "fa" ? "en" : "fa";
  document.getElementById("wipe").hidden = !store.isOpen();
  tellStanding();
}

// What has the focus has it still when its screen was drawn anew.
function keepFocus(draw) {
  const all = () => [...main.querySelectorAll("h1, a[href], button, input, select, textarea, summary")];
  const place = all().indexOf(document.activeElement);
  const href = document.activeElement?.getAttribute("href");
  draw();
  if (place < 0) return;
  const same = all().find((each) => href && each.getAttribute("href") === href);
  (same ?? all()[place])?.focus({ preventScroll: true });
}

async function screenOf(hash) {
  try {
    return await namedScreen(hash);
  } catch (error) {
    if (!(error instanceof store.NotKept)) throw error;
    return [h("h1", { tabindex: -1 }, say("گوشی این را نخواند.", "The phone did not read this.")),
      h("button", { class: "btn", onclick: () => show(true) }, say("دوباره بکوش", "Try again"))];
  }
}

function namedScreen(hash) {
  const [, name, key] = hash.split("/");
  stopLooking();
  if (name !== "visit") leave();
  const acts = { again: () => show(false), sendNow, refresh: () => refresh(false), leave: leavePhone };
  switch (name) {
    case "visit": return visitScreen(key, acts);
    case "check": return checkScreen(key && decodeURIComponent(key));
    case "spot": return spotScreen();
    default: return roundScreen(acts);
  }
}

// This window holds the visit it shows, and those of which something is not kept yet; other windows may have the others.
function releaseUnshown() {
  const [, name, key] = location.hash.split("/");
  holds.releaseAllBut((visit) => store.isOpen() && ((name === "visit" && visit === key) || keeping.standing(visit).state !== keeping.STATES.KEPT));
}

// A screen on which somebody writes is not drawn anew beneath their fingers.
function isWriting() {
  const [, name, key] = location.hash.split("/");
  return name === "check" || name === "spot" || (name === "visit" && holds.isHeld(key) && (drafts.of(key)?.state ?? "writing") === "writing");
}

function changed() {
  tellStanding();
  if (store.isOpen() && !isWriting()) show(false);
}

// What other windows did, or the browser.
async function heardOf({ changed: names = [], wiped, evicted }) {
  if (!store.isOpen()) return;
  if (wiped) return lockUp();
  if (evicted) return putBack();
  for (const name of names.filter((each) => each.startsWith("draft:"))) await drafts.heardOf(name.slice("draft:".length));
  if (names.includes("round")) await round.recall();
  return changed();
}

// The browser threw away what lay on the phone; what is in memory is kept anew.
async function putBack() {
  await drafts.keepAnew();
  told.textContent = say("مرورگر آنچه را روی گوشی بود پاک کرد؛ هر چه در حافظه بود دوباره ذخیره شد.", "The browser deleted what was on the phone; what was in memory is saved anew.");
  await show(false);
}

async function entered() {
  await drafts.recall();
  askToLast();
  sending.soon();
  await show(true);
  sending.send();
  await refresh(true);
}

function sendNow() {
  sending.soon();
  sending.send();
}

// Take the round along anew; by itself whenever the phone is opened, and then without a word if nothing came.
// Of two that are under way at once, the one begun last has the last word.
async function refresh(byItself) {
  const mine = refreshes += 1;
  const words = await refreshed(byItself);
  if (mine === refreshes) told.textContent = words;
  if (store.isOpen() && !isWriting()) await show(false);
}

async function refreshed(byItself) {
  try {
    const status = await round.refresh();
    if (WHO[status]) sending.status.who = WHO[status];
    if (byItself && status !== 403) return "";
    return FRESH[status] ?? say("سامانه برنامه را نداد.", "The house did not give the round.");
  } catch (error) {
    if (error instanceof store.NotKept) return say("برنامه آمد ولی ذخیره نشد: حافظهٔ گوشی پر است.", "The round came, but was not saved: the phone's storage is full.");
    if (!(error instanceof Offline)) throw error;
    return byItself ? "" : say("شبکه نیست؛ برنامه همان است که بود.", "No network: the round is as it was.");
  }
}

// Lock the phone; after asking, if something is not kept, for then it is lost.
function leavePhone() {
  if (keeping.unkept().length && !confirm(say("چیزهایی هنوز ذخیره نشده است و با قفل کردن از دست می‌رود. قفل شود؟", "Some things are not saved yet, and locking loses them. Lock it?"))) return;
  lockUp();
}

function lockUp() {
  round.lockUp();
  drafts.forgetAll();
  location.hash = "#/";
  show(true);
}

// A new version of the page comes when no window has a visit open: at the next opening, or now if this one is locked.
async function stayNew() {
  const workers = navigator.serviceWorker;
  if (!workers) return;
  const hadOne = Boolean(workers.controller);
  workers.addEventListener("controllerchange", () => {
    if (hadOne && !store.isOpen() && !document.getElementById("password")?.value) location.reload();
  });
  const registered = await workers.register("/field/sw.js", { scope: "/field/" }).catch(() => null); // no network, or nowhere to keep it
  const takeOver = () => { if (!store.isOpen()) registered?.waiting?.postMessage("take over"); };
  registered?.addEventListener("updatefound", () => registered.installing?.addEventListener("statechange", takeOver));
  addEventListener("visibilitychange", takeOver); // phones keep the page for days: whoever comes back to a locked one has the new
  takeOver();
}

function tellStanding() {
  const chip = document.getElementById("standing");
  const waiting = store.isOpen() ? drafts.waiting().length : 0;
  const signedIn = sending.status.who === "me";
  const words = !signedIn ? say("وارد نشده‌اید", "not signed in") : sending.status.online ? say("برخط", "online") : say("بی‌شبکه", "offline");
  chip.className = `badge ${sending.status.online && signedIn ? "good" : "warn"}`;
  chip.replaceChildren(words, waiting > 0 && h("b", {}, ` · ${digits(waiting)} ↑`) || "");
}
