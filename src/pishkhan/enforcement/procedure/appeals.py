"""Before whom one can object, and how: told in every letter that refuses or punishes."""

from pishkhan.language.text import Text
from pishkhan.regulation.selectors import cited

DISPUTES = cited("by-law-1388", "23")
APPEALS = (
    (
        Text("هیئت حل اختلاف", "The dispute body"),
        Text(
            f"({DISPUTES.fa})؛ اعتراض را به دبیرخانهٔ کارگروه در همین اداره‌کل بدهید و رسید بگیرید.",
            f"({DISPUTES.en}): hand the objection to the secretariat of the working group, and take a receipt.",
        ),
    ),
    (
        Text("سازمان تنظیم مقررات و ارتباطات رادیویی", "The Communications Regulatory Authority"),
        Text("سامانهٔ رسیدگی به شکایات ۱۹۵.", "by its complaints line, 195."),
    ),
    (
        Text("دیوان عدالت اداری", "The Court of Administrative Justice"),
        Text("پس از آن‌که اعتراض در مراجع بالا به نتیجه نرسید.", "where the objection to the bodies above has failed."),
    ),
)
