// Judges the token in the address of this page in the browser, so that no server is told which licence is looked at
// before there is a verdict. A browser that cannot asks the server, by the form of the page.
import { judge, Unsupported } from "./verifier.js";

const shown = document.getElementById("verdict");
const form = document.getElementById("ask");
const language = document.documentElement.lang;

addEventListener("hashchange", begin);
begin();

async function begin() {
  const token = location.hash.slice(1);
  if (!token || token === "main") return;
  try {
    const keys = await (await fetched(shown.dataset.keys)).json();
    const list = async (number) => {
      const answer = await fetched(shown.dataset.lists.replace("{number}", number)).catch(() => null);
      return answer?.ok ? new Uint8Array(await answer.arrayBuffer()) : null;
    };
    tell(await judge(token, keys, list, Number(shown.dataset.at)), keys);
  } catch (error) {
    if (!(error instanceof Unsupported) && !(error instanceof TypeError)) throw error;
    form.elements.licence.value = token;
    form.requestSubmit();
  }
}

function fetched(address) {
  return fetch(address, { cache: "no-cache" });
}

function tell({ verdict, claim }, keys) {
  const told = document.querySelector(`template[data-verdict="${verdict}"]`).content.cloneNode(true);
  if (claim) {
    const facts = {
      number: claim.number, kind: keys.kinds?.[claim.kind]?.[language] ?? claim.kind, place: claim.place,
      first_day: spoken(claim.begins), last_day: spoken(claim.ends - 1),
      form: told.querySelector("[data-fact=form]").dataset[claim.form === 1 ? "licence" : "extract"],
    };
    for (const [name, value] of Object.entries(facts)) {
      const place = told.querySelector(`[data-fact=${name}]`);
      (place.querySelector("bdi") ?? place).textContent = value;
    }
  } else {
    told.querySelector("dl").parentElement.remove();
  }
  document.getElementById("intro")?.remove();
  shown.replaceChildren(told);
  scrollTo(0, 0);
  if (claim) complete(claim.number);
}

// What the register says beside: the place by its name, the address, the office's own page.
async function complete(number) {
  const answer = await fetch(`${form.action}?number=${encodeURIComponent(number)}`).catch(() => null);
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const record = page.getElementById("record");
  document.getElementById("record").replaceWith(record);
  if (record.dataset.place) shown.querySelector("[data-fact=place]").textContent = record.dataset.place;
}

// «۲۵ شهریور ۱۴۰۱»: part by part, for browsers differ in how they put a Persian date together.
function spoken(seconds) {
  const format = new Intl.DateTimeFormat(`${language}-u-ca-persian`, { timeZone: "Asia/Tehran", day: "numeric", month: "long", year: "numeric" });
  const parts = Object.fromEntries(format.formatToParts(new Date(seconds * 1000)).map(({ type, value }) => [type, value]));
  return `${parts.day} ${parts.month} ${parts.year}`;
}
