// Sentences in the language that was chosen on this phone, digits and days as they are read in it.
const root = document.documentElement;
const CHOSEN = "field.language";
const LTR = "ltr";

export const language = localStorage.getItem(CHOSEN) ?? root.lang;
root.lang = language;
root.dir = language === "fa" ? "rtl" : LTR;

export const say = (fa, en) => (language === "en" ? en : fa);
export const told = (both) => (both ? both[language] ?? both.fa : "");
export const digits = (text) => (language === "fa" ? String(text).replace(/[0-9]/g, (each) => "۰۱۲۳۴۵۶۷۸۹"[each]) : String(text));
export const latin = (text) => text.replace(/[۰-۹]/g, (each) => "۰۱۲۳۴۵۶۷۸۹".indexOf(each)).replace(/[٠-٩]/g, (each) => "٠١٢٣٤٥٦٧٨٩".indexOf(each));

export function choose(other) {
  localStorage.setItem(CHOSEN, other);
  location.reload();
}

// «۵ آذر ۱۴۰۵»: part by part, for browsers differ in how they put a Persian date together.
export function day(iso) {
  const moment = new Date(iso.length === 10 ? `${iso}T12:00:00+03:30` : iso);
  const format = new Intl.DateTimeFormat(`${language}-u-ca-persian`, { timeZone: "Asia/Tehran", day: "numeric", month: "long", year: "numeric", weekday: "long" });
  const parts = Object.fromEntries(format.formatToParts(moment).map(({ type, value }) => [type, value]));
  return `${parts.weekday} ${parts.day} ${parts.month} ${parts.year}`;
}

export function hour(iso) {
  return new Intl.DateTimeFormat(language, { timeZone: "Asia/Tehran", hour: "2-digit", minute: "2-digit", hour12: false }).format(new Date(iso));
}

export const KINDS = {
  initial: say("بازدید نخست", "Initial visit"), final: say("بازدید نهایی", "Final visit"),
  routine: say("بازدید ادواری", "Routine visit"), complaint: say("رسیدگی به شکایت", "After a complaint"),
  follow_up: say("پیگیری", "Follow-up"), closure_check: say("بررسی تعطیلی", "Closure check"),
};
export const PURPOSES = {
  performance: say("عملکرد", "Performance"), health: say("بهداشت", "Health"), establishment: say("ایجاد دفتر", "Establishment"),
  address_correction: say("اصلاح نشانی", "Correction of the address"), atm_booth: say("خودپرداز و باجه", "ATM and bank booth"),
};
export const ANSWERS = { ok: say("درست", "In order"), not_ok: say("نادرست", "Not in order"), not_applicable: say("ندارد", "None here") };
export const SEVERITIES = { minor: say("کم‌اهمیت", "minor"), major: say("مهم", "major"), critical: say("بحرانی", "critical") };
