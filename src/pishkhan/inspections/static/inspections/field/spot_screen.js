// Beginning a visit that nobody planned, at an office of the region.
import * as drafts from "./drafts.js";
import { code, h } from "./element.js";
import { here } from "./place.js";
import { round } from "./round.js";
import { KINDS, digits, latin, say, told } from "./words.js";

const SHOWN = 12;

export function spotScreen() {
  const { offices, spot } = round();
  if (!spot) return [h("h1", { tabindex: -1 }, say("برنامه هنوز روی گوشی نیست.", "The round is not on the phone yet.")), h("p", {}, h("a", { href: "#/" }, say("→ برنامهٔ من", "← My round")))];
  const results = h("ul", { class: "visits", "aria-live": "polite" });
  const kind = h("select", { autocomplete: "off" }, spot.kinds.map((each) => h("option", { value: each }, KINDS[each])));
  const sought = h("input", { type: "search", autocomplete: "off", oninput: () => show() });
  const show = () => {
    const words = latin(sought.value).trim().toLowerCase();
    const found = offices.filter((office) => `${office.code} ${office.place.fa} ${office.place.en}`.toLowerCase().includes(words));
    results.replaceChildren(...found.slice(0, SHOWN).map((office) => h("li", {}, h("button", { class: "card visit", type: "button", onclick: () => begin(office, kind.value) },
      h("strong", {}, code(digits(office.code))), h("span", { class: "small" }, told(office.place))))));
  };
  show();
  return [h("p", { class: "crumbs" }, h("a", { href: "#/" }, say("→ برنامهٔ من", "← My round"))),
    h("div", { class: "head" }, h("div", {}, h("h1", { tabindex: -1 }, say("بازدید بی‌برنامه", "Unplanned visit")),
      h("p", { class: "sub" }, say("در دفتری از محدودهٔ شما. سامانه می‌سنجد که بازرس پیشین نباشید.", "At an office of your region. The house checks that you did not make the visit before.")))),
    h("section", { class: "card" }, h("label", { class: "field" }, h("span", {}, say("نوع بازدید", "Kind of visit")), kind),
      h("label", { class: "field" }, h("span", {}, say("کد دفتر یا نام جا", "Code of the office, or place")), sought)), results];
}

let beginning = false; // two touches begin one visit

async function begin(office, kind) {
  if (beginning) return;
  beginning = true;
  try {
    const position = await here();
    const draft = await drafts.onTheSpot(office, kind);
    draft.arrived = { at: drafts.timeOf(draft), position };
    await drafts.save(draft);
    location.hash = `#/visit/${draft.visit}`;
  } finally {
    beginning = false;
  }
}
