// A signature: drawn with a finger as strokes, or typed as a name and confirmed, or refused with a reason.
import { h } from "./element.js";
import { houseTime } from "./round.js";
import { say } from "./words.js";

const BOX = 1000; // steps of the wider side, as the house takes them
const RATIO = 0.4; // of height to width
const WAYS = { drawn: say("با انگشت", "Draw"), typed: say("نوشتن نام", "Type the name"), refused: say("امضا نمی‌کند", "Will not sign") };
const MOST = 4500; // points

// A part of the page in which somebody signs. `changed` is told after every touch.
export function signingPart(whose, title, signed, changed) {
  const ways = whose === "inspector" ? ["drawn", "typed"] : ["drawn", "typed", "refused"];
  const body = h("div", { class: "signing-body" });
  const show = () => body.replaceChildren(...PARTS[signed.how](whose, signed, touched));
  const touched = () => { signed.at = houseTime(); changed(); };
  show();
  return h("fieldset", { class: "card signing" }, h("legend", {}, title),
    h("div", { class: "choices" }, ways.map((how) => h("label", { class: "choice" },
      h("input", { type: "radio", name: `${whose}-how`, value: how, checked: signed.how === how, autocomplete: "off",
        onchange: () => { signed.how = how; touched(); show(); } }), h("span", {}, WAYS[how])))), body);
}

const PARTS = { drawn: drawing, typed: typing, refused: refusing };

function drawing(whose, signed, touched) {
  const canvas = h("canvas", { class: "pad", width: BOX, height: BOX * RATIO, role: "img",
    "aria-label": say("جای امضا با انگشت؛ بی آن، «نوشتن نام» را برگزینید", "Sign here with a finger; without one, choose Type the name") });
  signed.strokes ??= [];
  drawStrokes(canvas, signed.strokes);
  let stroke = null;
  const point = (event) => {
    const box = canvas.getBoundingClientRect();
    const step = (value, size) => Math.round(Math.min(Math.max(value / size, 0), 1) * BOX);
    return [step(event.clientX - box.left, box.width), Math.round(step(event.clientY - box.top, box.height) * RATIO)];
  };
  canvas.addEventListener("pointerdown", (event) => {
    if (signed.strokes.flat().length > MOST * 2) return;
    canvas.setPointerCapture(event.pointerId);
    stroke = point(event);
    signed.strokes.push(stroke);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!stroke || stroke.length > MOST) return;
    stroke.push(...point(event));
    drawStrokes(canvas, signed.strokes);
  });
  canvas.addEventListener("pointerup", () => { if (stroke) { stroke = null; touched(); } });
  const again = h("button", { type: "button", class: "btn ghost", onclick: () => { signed.strokes = []; drawStrokes(canvas, []); touched(); } },
    say("پاک کردن", "Clear"));
  return [canvas, again, whose === "office" && nameOf(signed, touched, false)].filter(Boolean);
}

function typing(whose, signed, touched) {
  const confirmed = h("input", { type: "checkbox", checked: Boolean(signed.confirmed), autocomplete: "off",
    onchange: () => { signed.confirmed = confirmed.checked; touched(); } });
  return [nameOf(signed, touched, true), h("label", { class: "tickbox" }, confirmed,
    say("آنچه در این گزارش آمده را دیده‌ام و با این نام امضا می‌کنم.", "I have seen this report, and sign it by this name."))];
}

function refusing(whose, signed, touched) {
  const reason = h("textarea", { rows: 2, maxlength: 500, autocomplete: "off", oninput: () => { signed.reason = reason.value; touched(); } });
  reason.value = signed.reason ?? "";
  return [nameOf(signed, touched, false), h("label", { class: "field" }, h("span", {}, say("دلیل", "Reason")), reason)];
}

function nameOf(signed, touched, isSignature) {
  const name = h("input", { type: "text", maxlength: 80, autocomplete: "off", oninput: () => { signed.name = name.value; touched(); } });
  name.value = signed.name ?? "";
  return h("label", { class: "field" }, h("span", {}, isSignature ? say("نام و نام خانوادگی", "Full name") : say("نام کسی که از طرف دفتر بود", "Who stood for the office")), name);
}

export function drawStrokes(canvas, strokes) {
  const pen = canvas.getContext("2d");
  pen.clearRect(0, 0, canvas.width, canvas.height);
  Object.assign(pen, { lineWidth: 6, lineCap: "round", lineJoin: "round", strokeStyle: getComputedStyle(canvas).color });
  for (const stroke of strokes) {
    pen.beginPath();
    pen.moveTo(stroke[0], stroke[1]);
    for (let place = 2; place < stroke.length; place += 2) pen.lineTo(stroke[place], stroke[place + 1]);
    if (stroke.length === 2) pen.lineTo(stroke[0] + 1, stroke[1]);
    pen.stroke();
  }
}
