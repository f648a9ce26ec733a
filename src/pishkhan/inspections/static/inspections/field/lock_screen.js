// The first screen: making the phone ready, opening it again with the password, wiping it.
import { h, sign, SIGNS } from "./element.js";
import { Offline } from "./network.js";
import * as round from "./round.js";
import * as store from "./store.js";
import { digits, say } from "./words.js";

const WHY = {
  signed_out: say("نخست در سامانه وارد شوید. آنچه روی این گوشی است می‌ماند.", "Sign in first. What is on this phone stays."),
  wrong: say("گذرواژه درست نیست.", "The password is wrong."),
  too_many: say("کوشش‌ها بیش از اندازه بود؛ کمی بعد دوباره.", "Too many attempts: try again in a moment."),
  not_inspector: say("شما در این سامانه بازرس نیستید.", "You are no inspector here."),
  another: say("کارِ بازرس دیگری روی این گوشی است. نخست باید پاک شود.", "This phone holds another inspector's work. Wipe it first."),
  old_password: say("گوشی با گذرواژهٔ پیشین شما قفل شده است: با همان بازش کنید.", "The phone is locked with your former password: open it with that one."),
  full: say("حافظهٔ گوشی پر است؛ جایی برای برنامه نیست. چیزی از گوشی پاک کنید و دوباره بکوشید.", "The phone's storage is full: there is no room for the round. Delete something from the phone, and try again."),
  broken: say("این مرورگر چیزی نگه نداشت (پنجرهٔ خصوصی؟). در پنجرهٔ عادی باز کنید.", "This browser kept nothing (a private window?). Open it in a normal window."),
  offline: say("شبکه‌ای نیست. آماده کردن گوشی شبکه می‌خواهد.", "There is no network. Making the phone ready needs one."),
};

export async function lockScreen(entered) {
  try {
    return formOf(await store.lock(), await store.countWaiting(), entered);
  } catch (error) {
    if (!(error instanceof store.NotKept)) throw error;
    return [h("section", { class: "card narrow lock" }, h("p", { class: "emblem" }, sign(SIGNS.lock)),
      h("h1", { tabindex: -1 }, say("اینجا چیزی نگه داشته نمی‌شود", "Nothing can be kept here")), h("p", { role: "alert" }, WHY.broken))];
  }
}

function formOf(lock, waiting, entered) {
  const password = h("input", { type: "password", autocomplete: "off", required: true, id: "password" });
  const told = h("p", { class: "error", role: "alert" });
  const signIn = h("p", {}, h("a", { class: "btn ghost wide", href: "/sign-in/?next=/field/" }, say("ورود به سامانه", "Sign in")));
  signIn.hidden = true;
  const button = h("button", { class: "btn wide" }, lock ? say("باز کردن", "Open") : say("آماده کردن گوشی", "Make the phone ready"));
  const act = async (event) => {
    event.preventDefault();
    button.disabled = true;
    told.textContent = "";
    const outcome = lock ? await reopened(password.value) : await tried(password.value);
    button.disabled = false;
    password.value = "";
    if (outcome === "ready") return entered();
    told.textContent = WHY[outcome] ?? WHY.broken;
    signIn.hidden = outcome !== "signed_out";
    return password.focus();
  };
  return [h("form", { class: "card narrow lock", onsubmit: act, autocomplete: "off" },
    h("p", { class: "emblem" }, sign(SIGNS.lock)),
    h("h1", { tabindex: -1 }, lock ? say("گوشی قفل است", "The phone is locked") : say("آماده کردن گوشی", "Make the phone ready")),
    h("p", {}, lock
      ? say("گذرواژهٔ خود را بنویسید؛ شبکه نمی‌خواهد.", "Type your password: this needs no network.")
      : say("برنامهٔ روزهای پیش رو، پروانه‌ها و برگه‌ها روی گوشی می‌آید و با گذرواژهٔ شما رمز می‌شود.",
        "The days to come, licences and checklists come onto the phone, encrypted with your password.")),
    waiting > 0 && h("p", { class: "notice" }, say(`${digits(waiting)} گزارش در انتظار ارسال است؛ همین که گوشی باز شود خودکار فرستاده می‌شود.`,
      `${waiting} ${waiting === 1 ? "report waits" : "reports wait"} to be sent: as soon as the phone is open, by itself.`)),
    h("label", { class: "field" }, h("span", {}, say("گذرواژه", "Password")), password), told, button, signIn),
  h("section", { class: "card narrow small" },
    h("p", {}, say("به گوشیِ بی‌شبکه دسترس نیست: اگر دسترسی کسی برداشته شود، آنچه روی گوشی اوست تا نخستین بارِ شبکه با گذرواژه باز می‌شود.",
      "A phone without a network cannot be reached: if somebody's permission is withdrawn, what is on their phone opens with the password until it is next online.")),
    h("p", {}, say("جای گوشی هنگام ورود، خروج و هر عکس در گزارش می‌آید، پس از مدتی پاک می‌شود و خودبه‌خود مبنای هیچ توبیخی نیست.",
      "Where the phone is on arriving, leaving and with each photo goes into the report, is forgotten after a time, and by itself is no ground for discipline.")),
    lock && h("button", { type: "button", class: "btn quiet", onclick: () => wipe() }, say("پاک کردن این گوشی", "Wipe this phone")))];
}

// Wipe the phone, after asking; sternly, if something was not sent.
export async function wipe(unsent = null) {
  const kept = unsent ?? (await store.names("draft:")).length;
  const words = kept
    ? say("گزارش‌هایی روی این گوشی است که شاید فرستاده نشده باشد و با پاک کردن از دست می‌رود. پاک شود؟",
      "There are reports on this phone that may not have been sent; wiping loses them. Wipe it?")
    : say("همه‌چیزِ این گوشی پاک شود؟", "Wipe everything on this phone?");
  if (!confirm(words)) return;
  await store.wipe();
  location.replace("/field/");
}

// Opened with the password; if it is not the one, the house may know that it is the new one.
async function reopened(password) {
  if (await round.unlock(password)) return "ready";
  const why = await tried(password);
  return ["old_password", "another"].includes(why) ? why : "wrong";
}

// Made ready with the password, or why not.
async function tried(password) {
  try {
    return await round.makeReady(password);
  } catch (error) {
    if (error instanceof Offline) return "offline";
    if (error instanceof store.NotKept) return error.why;
    throw error;
  }
}
