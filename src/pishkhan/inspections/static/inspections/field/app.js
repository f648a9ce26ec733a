// The inspector's phone: opens, shows one screen after another, sends what waits. docs/methods/field.md says how.
import { checkScreen, stopLooking } from "./check_screen.js";
import * as drafts from "./drafts.js";
import { h } from "./element.js";
import { lockScreen, wipe } from "./lock_screen.js";
import { Offline } from "./network.js";
import { leave } from "./place.js";
import * as round from "./round.js";
import { roundScreen } from "./round_screen.js";
import * as sending from "./sending.js";
import { spotScreen } from "./spot_screen.js";
import * as store from "./store.js";
import { visitScreen } from "./visit_screen.js";
import { choose, digits, language, say } from "./words.js";

const main = document.getElementById("main");
const told = document.getElementById("told");
const FRESH = {
  200: say("برنامه تازه شد.", "The round is fresh."),
  401: say("دوباره وارد شوید؛ همه‌چیز روی گوشی می‌ماند.", "Sign in again; everything stays on the phone."),
  403: say("دسترسی شما برداشته شده است؛ برنامه از گوشی پاک شد.", "Your permission was withdrawn: the round is gone from the phone."),
};
let shown = "";

addEventListener("hashchange", () => show(true));
sending.watch(() => { tellStanding(); if (store.isOpen() && !isWriting()) show(false); });
sending.start();
document.getElementById("language").addEventListener("click", () => choose(language === "fa" ? "en" : "fa"));
document.getElementById("wipe").addEventListener("click", () => wipe(store.isOpen() ? drafts.unsent().length : null));
if ("serviceWorker" in navigator) navigator.serviceWorker.register("/field/sw.js", { scope: "/field/" });
navigator.storage?.persist?.();
show(true);

// Show the screen that the address names; with the focus on its heading, if it is another than before.
async function show(moved) {
  const screen = store.isOpen() ? screenOf(location.hash) : await lockScreen(entered);
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

function screenOf(hash) {
  const [, name, key] = hash.split("/");
  stopLooking();
  if (name !== "visit") leave();
  const acts = { again: () => show(false), sendNow, refresh: () => refresh(false), leave: lockUp };
  switch (name) {
    case "visit": return visitScreen(key, acts);
    case "check": return checkScreen(key && decodeURIComponent(key));
    case "spot": return spotScreen();
    default: return roundScreen(acts);
  }
}

// A screen on which somebody writes is not drawn anew beneath their fingers.
function isWriting() {
  const [, name, key] = location.hash.split("/");
  return name === "check" || name === "spot" || (name === "visit" && (drafts.of(key)?.state ?? "writing") === "writing");
}

async function entered() {
  await drafts.recall();
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
async function refresh(byItself) {
  let words = "";
  try {
    const status = await round.refresh();
    sending.status.signedOut = status === 401;
    words = FRESH[status] ?? say("سامانه برنامه را نداد.", "The house did not give the round.");
    if (byItself && status !== 403) words = "";
  } catch (error) {
    if (!(error instanceof Offline)) throw error;
    if (!byItself) words = say("شبکه نیست؛ برنامه همان است که بود.", "No network: the round is as it was.");
  }
  told.textContent = words;
  if (store.isOpen() && !isWriting()) await show(false);
}

function lockUp() {
  round.lockUp();
  drafts.forgetAll();
  location.hash = "#/";
  show(true);
}

function tellStanding() {
  const chip = document.getElementById("standing");
  const waiting = store.isOpen() ? drafts.waiting().length : 0;
  const words = sending.status.online ? say("برخط", "online") : say("بی‌شبکه", "offline");
  chip.className = `badge ${sending.status.online ? "good" : "warn"}`;
  chip.replaceChildren(words, waiting > 0 && h("b", {}, ` · ${digits(waiting)} ↑`) || "");
}
