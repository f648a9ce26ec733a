"""What months and days of the week are called, in both calendars."""

from .text import Text

MONTHS = (
    Text("فروردین", "Farvardin"),
    Text("اردیبهشت", "Ordibehesht"),
    Text("خرداد", "Khordad"),
    Text("تیر", "Tir"),
    Text("مرداد", "Mordad"),
    Text("شهریور", "Shahrivar"),
    Text("مهر", "Mehr"),
    Text("آبان", "Aban"),
    Text("آذر", "Azar"),
    Text("دی", "Dey"),
    Text("بهمن", "Bahman"),
    Text("اسفند", "Esfand"),
)
GREGORIAN_MONTHS = (
    Text("ژانویه", "January"),
    Text("فوریه", "February"),
    Text("مارس", "March"),
    Text("آوریل", "April"),
    Text("مه", "May"),
    Text("ژوئن", "June"),
    Text("ژوئیه", "July"),
    Text("اوت", "August"),
    Text("سپتامبر", "September"),
    Text("اکتبر", "October"),
    Text("نوامبر", "November"),
    Text("دسامبر", "December"),
)
WEEKDAYS = (  # as Python counts them
    Text("دوشنبه", "Monday"),
    Text("سه‌شنبه", "Tuesday"),
    Text("چهارشنبه", "Wednesday"),
    Text("پنجشنبه", "Thursday"),
    Text("جمعه", "Friday"),
    Text("شنبه", "Saturday"),
    Text("یکشنبه", "Sunday"),
)
WEEK = (*WEEKDAYS[5:], *WEEKDAYS[:5])  # as it goes in Iran: 0 is Saturday
