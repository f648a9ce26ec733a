"""What the rows of the register are called where steps say which of them they change."""

from pishkhan.language.text import Text

OFFICE = Text("دفتر", "office")
LICENCE = Text("پروانه", "licence")
STATUS = Text("وضعیت پروانه", "status of the licence")
HOLDER = Text("دارنده", "holder")
PREMISES = Text("محل", "premises")
PEOPLE = Text("مدیر و جانشین", "manager and deputy")
NAME = Text("نام دفتر", "name of the office")
BOOTH = Text("باجه", "booth")
UNDERTAKINGS = Text("تعهدات", "undertakings")
