"""The number of the law that appointments reckon with."""

from pishkhan.regulation.keys import Key

TERM = Key(
    "appointment.term_days", "day", "مهلت تأیید پیشنهاد سمت", "Term within which a proposed appointment is confirmed"
)
