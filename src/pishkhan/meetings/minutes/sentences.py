"""The sentences of minutes."""

from pishkhan.language.text import Text
from pishkhan.meetings.models import AgendaItem, Ballot, Entitlement, Meeting, Recusal

TITLE = Text("صورت‌جلسهٔ {number}، {day}", "Minutes of {number}, {day}")
FACT = Text("{what}: {text}", "{what}: {text}")
DAY, CALLED_FOR, VENUE = Text("روز", "Day"), Text("ساعت دعوت", "Called for"), Text("جا", "Venue")
OPENED, ENDED, ENDED_AS = Text("آغاز", "Opened"), Text("پایان", "Ended"), Text("چگونگی پایان", "How it ended")
GOES_ON = Text("دنباله در جلسهٔ", "Goes on in")
COMBINED = Text("جلسهٔ مشترک با", "Combined sitting with")
BODY_AND_NUMBER = Text("{body}، {number}", "{body}, {number}")
PRESENT = Text("حاضران:", "Present:")
SAT = Text("   {organisation} {name} {note} {hours}", "   {organisation} {name} {note} {hours}")
HOURS = Text("(از {arrived} تا {left})", "(from {arrived} to {left})")
ON_ANOTHER_DAY = Text("{hour} {day}", "{hour} on {day}")
ABSENT = Text("غایبان: {names}", "Absent: {names}")
CHAIR, DEPUTY, NO_VOTE = Text("رئیس", "chair"), Text("جانشین", "deputy"), Text("بی حق رأی", "without a vote")
ITEM = Text("{position}. پروندهٔ {case}، {what}", "{position}. Case {case}, {what}")
INDENTED = Text("   {text}", "   {text}")
PLACE, ADDRESS = Text("محل: {place}", "place: {place}"), Text("نشانی: {text}", "address: {text}")
APPLICANT = Text("متقاضی یا دارنده: {text}", "applicant or holder: {text}")
ADDED = Text(
    "با رأی حاضران به دستور افزوده شد: {for_} موافق، {against} مخالف",
    "added by those present: {for_} for, {against} against",
)
RECUSED = Text("کناره‌گرفته: {name} ({why})", "recused: {name} ({why})")
BALLOT = Text(
    "رأی‌گیری {round} دربارهٔ «{motion}»: {for_} موافق، {against} مخالف، {abstain} ممتنع {result}",
    "ballot {round} on '{motion}': {for_} for, {against} against, {abstain} abstaining {result}",
)
CONDITIONS = Text("شرط: {text}", "condition: {text}")
BROKEN_OFF = Text("دلیل نیمه‌کاره ماندن: {text}", "broken off because: {text}")
VOTED = Text("{name}: {choice}", "{name}: {choice}")
VOTED_SO = Text("{name}: {choice}؛ {why}", "{name}: {choice}; {why}")
FELL = Text("از دستور افتاد: پرونده پیش رفته بود", "fell away: the case had moved on")
RESOLVED = Text("مصوبهٔ {number}: {outcome}", "resolution {number}: {outcome}")
BECAUSE = Text("{what}: {why}", "{what}: {why}")
NOT_TOLD, ERASED = Text("—", "—"), Text("(پاک شده است)", "(erased)")
STATES = {
    Meeting.State.CLOSED.value: Text("برگزار شد", "held"),
    Meeting.State.INQUORATE.value: Text("حد نصاب نیافت و برگزار نشد", "without a quorum: not held"),
}
SET_ASIDE = {
    AgendaItem.State.TAKEN_OFF.value: Text("از دستور برداشته شد", "taken off the agenda"),
    AgendaItem.State.RETURNED.value: Text("تصمیم نگرفته به نوبت بازگشت", "not decided: waits for another meeting"),
}
RESULTS = {
    Ballot.Result.CARRIED.value: Text("(رأی آورد)", "(carried)"),
    Ballot.Result.LOST.value: Text("(رأی نیاورد)", "(lost)"),
    Ballot.Result.NO_QUORUM.value: Text("(حد نصاب نبود)", "(no quorum)"),
    Ballot.Result.OVERTAKEN.value: Text("(پرونده پیش رفته بود)", "(overtaken)"),
    Ballot.Result.BROKEN_OFF.value: Text("(نیمه‌کاره ماند)", "(broken off)"),
}
CHOICES = {
    Entitlement.Choice.FOR.value: Text("موافق", "for"),
    Entitlement.Choice.AGAINST.value: Text("مخالف", "against"),
    Entitlement.Choice.ABSTAIN.value: Text("ممتنع", "abstaining"),
}
REASONS = {
    Recusal.Reason.DECLARED.value: Text("خود اعلام کرد", "declared it"),
    Recusal.Reason.PARTY.value: Text("ذی‌نفع پرونده است", "is a party"),
    Recusal.Reason.OWN_ORGANISATION.value: Text("پرونده از سازمان خود اوست", "the case is of their organisation"),
    Recusal.Reason.SAME_ADDRESS.value: Text("دفتری در همین نشانی دارد", "has an office at the same address"),
    Recusal.Reason.COMPETITOR.value: Text("دفتری در نزدیکی دارد", "has an office nearby"),
    Recusal.Reason.REPORTED_IT.value: Text("خود این تخلف را گزارش کرده است", "reported the violation"),
    Recusal.Reason.LICENSED_IT.value: Text("به پروانهٔ همین دفتر رأی داده است", "voted on this office's licence"),
}
