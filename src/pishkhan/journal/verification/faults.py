"""What may be found wrong with the journal and with the rows it tells of, a sentence each."""

from pishkhan.language.text import Text

BROKEN = Text(
    "ثبت {entry} از ثبت پیش از خود نتیجه نمی‌شود: تغییر یافته یا ثبتی پیش از آن برداشته شده است.",
    "{entry} does not follow from the entry before it: it was changed, or one before it was removed.",
)
RESEALED = Text(
    "ثبت {entry} همانی نیست که نقطهٔ مهر {checkpoint} مهر کرده است.",
    "{entry} is not the entry that checkpoint {checkpoint} sealed.",
)
SEALED_AND_GONE = Text(
    "ثبت {entry} را نقطهٔ مهر {checkpoint} مهر کرده و اکنون نیست.",
    "{entry} was sealed by checkpoint {checkpoint} and is gone.",
)
UNLIKE_ITS_ROW = Text(
    "سطر {subject} با آخرین ثبت خود نمی‌خواند (ثبت {number}).",
    "{subject} does not agree with its last entry (number {number}).",
)
ALTERED = Text(
    "{subject} یا آنچه از آنِ اوست دیگر چنان نیست که ثبت {number} آن را بر جا گذاشت.",
    "{subject}, or a row that belongs to it, is not as entry {number} left it.",
)
ALTERED_BEFORE = Text(
    "{subject} یا آنچه از آنِ اوست پیش از ثبت {number} بیرون از هر عملی تغییر یافته بود.",
    "{subject}, or a row that belongs to it, had been changed outside any act before entry {number}.",
)
WITHOUT_ROW = Text("{subject} ثبت دارد ولی سطری ندارد.", "{subject} has entries but no row.")
WITHOUT_OWNER = Text(
    "{count} سطر از «{label}» از آنِ هیچ موضوعی نیست.",
    "{count} {count:row|rows} of '{label}' {count:belongs|belong} to no subject.",
)
CAUSE_GONE = Text("ثبت {cause} که سبب {entry} بوده است اکنون نیست.", "{cause}, which caused {entry}, is gone.")
CHECKPOINT_ALTERED = Text(
    "مهرهای نقطهٔ مهر {number} با ریشهٔ آن نمی‌خوانند.", "The seals of checkpoint {number} do not agree with its root."
)
PUBLISHED_GONE = Text("نقطهٔ مهر منتشرشدهٔ {digest} در دفتر نیست.", "The published checkpoint {digest} is gone.")
NO_GUARD = Text(
    "نگهبان {name} در پایگاه داده نیست یا دست‌خورده است.", "The guard {name} of the database is missing, or was changed."
)
WORDS_ALTERED = Text(
    "نوشتهٔ «{field}» از ثبت {entry} دست‌خورده یا جابه‌جا شده است.",
    "The words '{field}' of {entry} were changed or moved.",
)
WORDS_GONE = Text(
    "نوشتهٔ «{field}» از ثبت {entry} نیست و هیچ ثبتی از پاک‌کردن آن نمی‌گوید.",
    "The words '{field}' of {entry} are gone, and no entry says that they were erased.",
)
WORDS_UNKNOWN = Text(
    "نوشته‌هایی هست که هیچ ثبتی از آن‌ها نمی‌گوید: {count}.",
    "{count} {count:text|texts} {count:is|are} stored that no entry tells of.",
)
SECRET_ALTERED = Text(
    "کلید «{whose}» باز نمی‌شود: دست‌خورده است یا از آنِ کلید اصلی دیگری است.",
    "The secret of '{whose}' cannot be opened: it was changed, or belongs to another master key.",
)
SECRET_GONE = Text(
    "کلید «{whose}» نیست و هیچ ثبتی از نابودکردن آن نمی‌گوید.",
    "The secret of '{whose}' is gone, and no entry says that it was destroyed.",
)
SERIES_ALTERED = Text(
    "رشتهٔ شمارهٔ {series} به {last} رسیده است، ولی ثبت‌ها شماره‌های دیگری داده‌اند.",
    "The series {series} stands at {last}, but the entries gave other numbers.",
)
BOUND_ALTERED = Text("«{name}» دیگر چنان نیست که ثبت {entry} آن را نوشت.", "'{name}' is not as {entry} wrote it.")
BOUND_UNKNOWN = Text(
    "{count} سطر از «{label}» را هیچ ثبتی ننوشته است.", "No entry wrote {count} {count:row|rows} of '{label}'."
)
ACCESS_ALTERED = Text(
    "دفتر دسترسی از سطر {since} تا {upto} دیگر چنان نیست که مهر شد.",
    "The access log from line {since} to {upto} is not as it was sealed.",
)
UNREADABLE = Text(
    "«{name}» خوانده نمی‌شود، زیرا چیزی در آن ایستاده که جایش آنجا نیست: {why}",
    "'{name}' cannot be read, for something stands there that does not belong there: {why}",
)
NEVER_SEALED = Text(
    "{subject} ثبتی دارد که باید مهر می‌شد و هیچ نقطهٔ مهری آن را مهر نکرده است.",
    "{subject} has an entry that ought to be sealed, and no checkpoint sealed it.",
)
STRANGE = Text(
    "«{name}» در پایگاه داده از آنِ سامانه نیست: می‌تواند آنچه نوشته یا خوانده می‌شود دگرگون کند.",
    "'{name}' of the database is none of the house's: it can alter what is written or read.",
)
