"""The roles of the house, and what each is called."""

from django.db import models

from pishkhan.language.text import Text


class Role(models.TextChoices):
    APPLICANT = "applicant"
    OTHER_SIDE = "other_side"
    REPRESENTATIVE = "representative"
    EXPERT = "expert"
    INSPECTOR = "inspector"
    COMMITTEE = "committee"
    SECRETARY = "secretary"
    ACCOUNTANT = "accountant"
    REGION = "region"
    DIRECTOR = "director"
    ADMINISTRATOR = "administrator"
    MEMBER = "member"
    CLOCK = "clock"
    SYSTEM = "system"
    IMPORTER = "importer"

    @property
    def text(self) -> Text:
        return NAMES[self]


NAMES = {
    Role.APPLICANT: Text("متقاضی", "Applicant"),
    Role.OTHER_SIDE: Text("طرف دیگر", "Other side"),
    Role.REPRESENTATIVE: Text("نمایندهٔ شخص حقوقی", "Representative of an organisation"),
    Role.EXPERT: Text("کارشناس صدور پروانه", "Licensing expert"),
    Role.INSPECTOR: Text("بازرس", "Inspector"),
    Role.COMMITTEE: Text("کمیتهٔ فنی", "Technical committee"),
    Role.SECRETARY: Text("دبیر کارگروه", "Secretary of the working group"),
    Role.ACCOUNTANT: Text("امور مالی", "Accountant"),
    Role.REGION: Text("منطقهٔ سازمان تنظیم مقررات", "CRA region"),
    Role.DIRECTOR: Text("مدیرکل", "Director-general"),
    Role.ADMINISTRATOR: Text("راهبر سامانه", "Administrator"),
    Role.MEMBER: Text("عضو", "Member"),
    Role.CLOCK: Text("ساعت سامانه", "The clock"),
    Role.SYSTEM: Text("سامانه", "The system"),
    Role.IMPORTER: Text("ورود داده", "The importer"),
}
# Held by what one is to the row at hand (its applicant, a member of the body), never by assignment.
BY_NATURE = (Role.APPLICANT, Role.OTHER_SIDE, Role.MEMBER, Role.CLOCK, Role.SYSTEM, Role.IMPORTER)
# Whoever holds another role decides, signs, or rules: two persons grant it (people/appointments), never one alone.
DECIDING = tuple(role for role in Role if role not in (*BY_NATURE, Role.INSPECTOR, Role.REPRESENTATIVE))
COUNTRY = ""  # the place of a national administrator: the beginning of every SCI code
