// A calendar beside each field for a day. The field stays one in which people write; without scripts there is only it.
// Days are reckoned by the browser's own Persian calendar; everything is at noon UTC, where no day changes its date.
const DAY = 86_400_000;
const persian = document.documentElement.lang !== "en";
const numbers = new Intl.DateTimeFormat("en-u-ca-persian-nu-latn", { year: "numeric", month: "numeric", day: "numeric", timeZone: "UTC" });
const names = new Intl.DateTimeFormat(persian ? "fa-u-ca-persian" : "en-u-ca-persian", { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const WEEK = persian ? ["ش", "ی", "د", "س", "چ", "پ", "ج"] : ["Sa", "Su", "Mo", "Tu", "We", "Th", "Fr"];
const WORDS = persian
  ? { before: "ماه پیش", after: "ماه بعد", yearBefore: "سال پیش", yearAfter: "سال بعد", today: "امروز" }
  : { before: "Month before", after: "Month after", yearBefore: "Year before", yearAfter: "Year after", today: "Today" };
const MOVES = { ArrowUp: -7, ArrowDown: 7, ArrowLeft: persian ? 1 : -1, ArrowRight: persian ? -1 : 1 };

const partsOf = day => Object.fromEntries(numbers.formatToParts(day).filter(({ type }) => type !== "literal").map(({ type, value }) => [type, parseInt(value, 10)]));
const named = (day, ...kinds) => kinds.map(kind => names.formatToParts(day).find(({ type }) => type === kind).value).join(" ");
const later = (day, days) => new Date(day.getTime() + days * DAY);
const beginning = day => later(day, 1 - partsOf(day).day);
const digits = text => persian ? String(text).replace(/\d/g, digit => "۰۱۲۳۴۵۶۷۸۹"[digit]) : String(text);
const ascii = text => text.replace(/[۰-۹]/g, digit => "۰۱۲۳۴۵۶۷۸۹".indexOf(digit)).replace(/[٠-٩]/g, digit => "٠١٢٣٤٥٦٧٨٩".indexOf(digit));

function thisDay() {
  const { year, month, day } = Object.fromEntries(new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Tehran", year: "numeric", month: "numeric", day: "numeric" })
    .formatToParts(new Date()).map(({ type, value }) => [type, Number(value)]));
  return new Date(Date.UTC(year, month - 1, day, 12));
}

function written(day) {
  const { year, month, day: number } = partsOf(day);
  return digits([year, String(month).padStart(2, "0"), String(number).padStart(2, "0")].join("/"));
}

function read(text) { // only to open the calendar where the field stands; what counts is what the server reads
  const [year, month, number] = ascii(text).match(/\d+/g)?.map(Number) ?? [];
  if (!(year >= 1200 && year < 1600 && month >= 1 && month <= 12 && number >= 1 && number <= 31)) { return null; }
  const near = new Date(Date.UTC(year + 621, 2, 21 + Math.round((month - 1) * 30.5) + number, 12));
  return [-3, -2, -1, 0, 1, 2, 3].map(days => later(near, days)).find(day => {
    const parts = partsOf(day);
    return parts.year === year && parts.month === month && parts.day === number;
  }) ?? null;
}

class DayPicker extends HTMLElement {
  connectedCallback() {
    if (this.button) { return; }
    this.box = this.querySelector("input");
    this.button = Object.assign(document.createElement("button"), { type: "button", className: "open-days", textContent: "▾" });
    this.button.setAttribute("aria-label", this.dataset.open);
    this.button.setAttribute("aria-expanded", "false");
    this.button.addEventListener("click", () => this.panel ? this.close() : this.open());
    this.addEventListener("focusout", ({ relatedTarget }) => { if (this.panel && relatedTarget && !this.contains(relatedTarget)) { this.close(); } });
    this.append(this.button);
  }

  open() {
    this.panel = Object.assign(document.createElement("div"), { className: "days" });
    this.panel.setAttribute("role", "dialog");
    this.panel.setAttribute("aria-label", this.dataset.open);
    this.panel.addEventListener("keydown", event => this.key(event));
    this.append(this.panel);
    this.button.setAttribute("aria-expanded", "true");
    this.show(read(this.box.value) ?? thisDay());
  }

  close() {
    this.panel?.remove();
    this.panel = null;
    this.button.setAttribute("aria-expanded", "false");
  }

  choose(day) {
    this.box.value = written(day);
    this.box.dispatchEvent(new Event("input", { bubbles: true }));
    this.box.dispatchEvent(new Event("change", { bubbles: true }));
    this.close();
    this.button.focus();
  }

  key(event) {
    if (event.key === "Escape") {
      this.close();
      this.button.focus();
    } else if (event.key in MOVES && event.target.dataset.day) {
      this.show(later(this.at, MOVES[event.key]));
    } else if (event.key === "PageUp" || event.key === "PageDown") {
      this.turn(event.key === "PageUp" ? -1 : 1);
    } else {
      return;
    }
    event.preventDefault();
  }

  turn(months) { // to the same day of another month, or its last
    const { day } = partsOf(this.at);
    const step = months < 0 ? -1 : 1;
    let first = beginning(this.at);
    for (let left = Math.abs(months); left; left -= 1) { first = beginning(later(first, step < 0 ? -1 : 31)); }
    const last = partsOf(later(beginning(later(first, 31)), -1)).day;
    this.show(later(first, Math.min(day, last) - 1));
  }

  show(at) {
    this.at = at;
    const first = beginning(at);
    const number = partsOf(first).month;
    const head = document.createElement("div");
    head.className = "days-head";
    head.append(this.turner("«", WORDS.yearBefore, -12), this.turner("‹", WORDS.before, -1), element("b", named(first, "month", "year")), this.turner("›", WORDS.after, 1), this.turner("»", WORDS.yearAfter, 12));
    head.querySelector("b").setAttribute("aria-live", "polite");
    const grid = document.createElement("div");
    grid.className = "days-grid";
    WEEK.forEach(day => grid.append(element("span", day)));
    for (let day = first; partsOf(day).month === number; day = later(day, 1)) { grid.append(this.cell(day)); }
    grid.children[WEEK.length].style.gridColumnStart = (first.getUTCDay() + 1) % 7 + 1;
    const today = element("button", WORDS.today, { type: "button", className: "days-today" });
    today.addEventListener("click", () => this.choose(thisDay()));
    this.panel.replaceChildren(head, grid, today);
    this.panel.querySelector('[tabindex="0"]').focus();
  }

  cell(day) {
    const button = element("button", digits(partsOf(day).day), { type: "button", tabIndex: day.getTime() === this.at.getTime() ? 0 : -1 });
    button.dataset.day = written(day);
    button.setAttribute("aria-label", named(day, "weekday", "day", "month", "year"));
    if (written(day) === digits(ascii(this.box.value))) { button.setAttribute("aria-pressed", "true"); }
    if (day.getTime() === thisDay().getTime()) { button.setAttribute("aria-current", "date"); }
    button.addEventListener("click", () => this.choose(day));
    return button;
  }

  turner(sign, label, months) {
    const button = element("button", sign, { type: "button" });
    button.setAttribute("aria-label", label);
    button.addEventListener("click", () => this.turn(months));
    return button;
  }
}

function element(tag, text, more = {}) {
  return Object.assign(document.createElement(tag), { textContent: text }, more);
}

customElements.define("day-picker", DayPicker);
