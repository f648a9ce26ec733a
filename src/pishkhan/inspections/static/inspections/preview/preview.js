// The items of a checklist as the phone draws them, with answers that go nowhere.
import { itemPart } from "../field/checklist.js";

const items = JSON.parse(document.getElementById("items").textContent);
const draft = { state: "preview", answers: {}, notes: {}, photos: [] };

for (const place of document.querySelectorAll("[data-preview]")) {
  place.replaceChildren(...items.map((item, number) => itemPart(draft, item, number, () => {})));
  for (const input of place.querySelectorAll("input[type=file]")) input.disabled = true; // nothing is kept here
}
