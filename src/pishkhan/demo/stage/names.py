"""Names that the demo draws from: invented persons and companies; no name here is a record of anybody."""

from random import Random

WOMEN = (
    "مریم",
    "زهرا",
    "فاطمه",
    "سمیه",
    "لیلا",
    "نرگس",
    "الهام",
    "پروین",
    "شیرین",
    "مهناز",
    "نسرین",
    "آرزو",
    "معصومه",
    "طاهره",
    "اعظم",
    "سپیده",
    "ندا",
    "هانیه",
    "ریحانه",
    "سارا",
)
MEN = (
    "علی",
    "رضا",
    "حسین",
    "محمد",
    "مهدی",
    "حسن",
    "امیر",
    "احمد",
    "سعید",
    "حمید",
    "ناصر",
    "بهرام",
    "کیانوش",
    "آرش",
    "یوسف",
    "منصور",
    "فرهاد",
    "صادق",
    "جواد",
    "رسول",
)
FAMILIES = (
    "کریمی",
    "احمدی",
    "محمدی",
    "رحیمی",
    "مرادی",
    "بیرانوند",
    "سپهوند",
    "حسنوند",
    "ساکی",
    "پاپی",
    "دریکوند",
    "کوشکی",
    "نظری",
    "موسوی",
    "طالبی",
    "قاسمی",
    "میرزایی",
    "یوسفی",
    "ملکی",
    "شریفی",
    "رستمی",
    "صادقی",
    "گودرزی",
    "فتحی",
    "نوروزی",
    "امیری",
    "بهاروند",
    "عزیزی",
    "جودکی",
    "چراغی",
    "زارعی",
    "خسروی",
)
COMPANIES = (
    "پیشگامان",
    "راهیان",
    "مهر",
    "آوای",
    "نوید",
    "سپهر",
    "افق",
    "دانا",
    "همراه",
    "پیوند",
    "یاران",
    "طلوع",
    "ستاره",
    "امید",
    "باران",
    "فردا",
    "ایده",
    "کاوش",
    "رایان",
    "پارس",
)
TRADES = ("خدمات الکترونیک", "ارتباط", "فناوری", "خدمات اداری", "داده‌پردازی", "پیشخوان", "اطلاعات", "رایانه")
STREETS = (
    "خیابان شهدا",
    "خیابان امام خمینی",
    "بلوار ولی‌عصر",
    "میدان آزادی",
    "خیابان علوی",
    "خیابان انقلاب",
    "خیابان مطهری",
    "خیابان طالقانی",
    "بلوار شریعتی",
    "خیابان کاشانی",
    "خیابان سعدی",
    "خیابان حافظ",
)
ALLEYS = ("کوچهٔ بهار", "کوچهٔ گلستان", "کوچهٔ لاله", "کوچهٔ نسترن", "کوچهٔ یاس", "کوچهٔ سرو", "نبش میدان")


def a_person(draw: Random) -> dict[str, str]:
    """Given, family and father's name of somebody invented."""
    return {
        "given_name": draw.choice(WOMEN + MEN),
        "family_name": draw.choice(FAMILIES),
        "father_name": draw.choice(MEN),
    }


def a_company(draw: Random) -> str:
    return f"شرکت {draw.choice(TRADES)} {draw.choice(COMPANIES)} {draw.choice(FAMILIES)}"


def an_address(draw: Random, place: str) -> str:
    return f"{place}، {draw.choice(STREETS)}، {draw.choice(ALLEYS)}، پلاک {draw.randint(1, 240)}"


def a_postal_code(draw: Random) -> str:
    """A postal code of the province's range: without 0 and 2 among the first five digits, nor four zeros at its end."""
    head, number = "".join(draw.choices("13456789", k=3)), draw.randint(11111, 99999)
    return f"68{head}{number + (number % 10_000 == 0)}"
