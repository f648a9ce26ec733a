// Checking the licence on a wall without a network: by keys and status lists that came along.
import { judge, Unsupported } from "../../register/verifier.js";
import { code, h, sign, SIGNS } from "./element.js";
import { codeBeforeCamera, codeInFile } from "./qr.js";
import { houseTime, round } from "./round.js";
import * as store from "./store.js";
import { day, digits, say } from "./words.js";

const VERDICTS = {
  valid: ["", "✓", say("معتبر است", "It is valid")], suspended: ["stop", "✕", say("تعلیق شده است", "It is suspended")],
  revoked: ["stop", "✕", say("لغو شده است", "It is revoked")], transferred: ["stop", "✕", say("دیگر این پروانه نیست", "It was replaced or transferred")],
  closed: ["stop", "✕", say("دفتر بسته است", "The office is closed")], expired: ["stop", "✕", say("اعتبارش گذشته است", "It has expired")],
  not_yet: ["wait", "!", say("هنوز آغاز نشده است", "It has not begun yet")], altered: ["stop", "✕", say("دست‌خورده یا ساختگی است", "It is altered or forged")],
  unknown_key: ["stop", "✕", say("کلید آن شناخته نیست", "Its key is unknown")],
  status_too_old: ["wait", "!", say("امضا درست است؛ فهرست وضعیت کهنه است", "The signature is right; the status list is too old")],
  no_code: ["wait", "!", say("رمزینه‌ای دیده نشد", "No code was seen")],
  unsupported: ["wait", "!", say("این مرورگر نمی‌تواند امضا را بسنجد", "This browser cannot check the signature")],
  no_camera: ["wait", "!", say("دوربین در دسترس نیست؛ عکس بگیرید یا بچسبانید", "No camera: take a photo, or paste")],
};
let looking = 0; // through the camera: the last that was asked for

export const stopLooking = () => { looking += 1; };

export function checkScreen(office) {
  const shown = h("div", { "aria-live": "assertive" });
  const tell = async (text) => shown.replaceChildren(...(await verdictOn(text, office)));
  const video = h("video", { class: "finder", muted: true, playsinline: "", hidden: true, "aria-label": say("دوربین", "Camera") });
  const file = h("input", { type: "file", accept: "image/*", capture: "environment", class: "hidden", autocomplete: "off", onchange: async () => {
    if (file.files[0]) await tell((await codeInFile(file.files[0]).catch(() => null)) ?? "no_code");
    file.value = "";
  } });
  const typed = h("textarea", { rows: 2, dir: "ltr", autocomplete: "off", spellcheck: "false" });
  const scan = async () => {
    stopLooking();
    const mine = looking;
    video.hidden = false;
    const text = await codeBeforeCamera(video, () => mine !== looking);
    video.hidden = true;
    if (mine === looking) await tell(text ?? "no_camera");
  };
  return [h("p", { class: "crumbs" }, h("a", { href: "#/" }, say("→ برنامهٔ من", "← My round"))),
    h("div", { class: "head" }, h("div", {}, h("h1", { tabindex: -1 }, say("سنجش پروانه", "Check a licence")),
      h("p", { class: "sub" }, office ? code(digits(office)) : say("بی نیاز به شبکه، با کلیدها و فهرستی که روی گوشی است.", "Without a network, by the keys and the list on the phone.")))),
    shown, video,
    h("section", { class: "card stack" }, h("button", { class: "btn wide", onclick: scan }, sign(SIGNS.qr), say("خواندن با دوربین", "Scan with the camera")),
      h("label", { class: "btn ghost wide camera" }, file, sign(SIGNS.camera), say("از روی عکس", "From a photo")),
      h("label", { class: "field" }, h("span", {}, say("یا متن رمزینه را بچسبانید", "Or paste the text of the code")), typed),
      h("button", { class: "btn ghost wide", onclick: () => tell(typed.value.trim() || "no_code") }, say("سنجش", "Check")))];
}

async function verdictOn(text, office) {
  const { verdict, claim } = VERDICTS[text] ? { verdict: text } : await judged(text);
  const [look, mark, words] = VERDICTS[verdict] ?? VERDICTS.altered;
  const wanted = office && round().visits.find((visit) => visit.about.code === office)?.about.licence?.number;
  const other = claim && wanted && claim.number !== wanted;
  return [h("section", { class: `verdict ${other ? "stop" : look}`, "data-verdict": verdict }, h("p", { class: "sign" }, other ? "✕" : mark), h("h2", {}, words),
    claim && h("p", {}, code(digits(claim.number)), " · ", say("تا ", "until "), day(new Date((claim.ends - 1) * 1000).toISOString())),
    other && h("p", {}, say("این پروانهٔ این دفتر نیست: ", "It is not this office's licence: "), code(digits(wanted))),
    claim && wanted && !other && h("p", {}, say("پروانهٔ همین دفتر است.", "It is this office's licence.")))];
}

async function judged(text) {
  try {
    return await judge(text, round().keys, (number) => store.bytesOf(`list:${number}`), Date.parse(houseTime()) / 1000);
  } catch (error) {
    if (error instanceof Unsupported) return { verdict: "unsupported" };
    throw error;
  }
}
