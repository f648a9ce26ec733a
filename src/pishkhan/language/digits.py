"""Digits: Persian ones for the eye, ASCII ones for everything else."""

PERSIAN = "۰۱۲۳۴۵۶۷۸۹"
ARABIC_INDIC = "٠١٢٣٤٥٦٧٨٩"
ASCII = "0123456789"
_TO_PERSIAN = str.maketrans(ASCII, PERSIAN)
_TO_ASCII = str.maketrans(PERSIAN + ARABIC_INDIC, ASCII * 2)


def persian(text: object) -> str:
    """The text with ASCII digits as Persian ones, for display."""
    return str(text).translate(_TO_PERSIAN)


def ascii_digits(text: str) -> str:
    """The text with Persian and Arabic-Indic digits as ASCII ones."""
    return text.translate(_TO_ASCII)
