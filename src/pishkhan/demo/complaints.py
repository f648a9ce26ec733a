"""The life of a complaint: told by somebody, sent to the office, answered, and ended with a word to who complained."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from pishkhan.complaints import filing
from pishkhan.complaints import services as complaints
from pishkhan.complaints.models import Complaint
from pishkhan.counter.models import Tariff
from pishkhan.offices.models import Office
from pishkhan.offices.selectors import holder_on
from pishkhan.people.roles import Role

from .acting import speaker_of
from .scripts.complaint_scripts import End, Grievance
from .stage.setting import Scene

Outcome = Complaint.Outcome
WORDS = {
    "closed": (
        "ساعت ده صبح رفتم و در بسته بود؛ کسی هم پاسخ تلفن را نداد.",
        "دو روز پشت هم بسته بود و روی در چیزی ننوشته بودند.",
    ),
    "overcharged": (
        "بیش از آنچه روی تابلو نوشته بود گرفتند و رسید ندادند.",
        "برای یک کپی ساده هم جداگانه پول خواستند.",
    ),
    "waiting": ("نزدیک دو ساعت نشستم و تنها یک باجه کار می‌کرد.", "نوبت من رد شد و باز باید می‌ایستادم."),
    "behaviour": ("متصدی با صدای بلند پاسخ داد و کار را نیمه رها کرد.", "با سالمندی که همراه من بود بدرفتاری شد."),
    "refused": (
        "گفتند این خدمت را نمی‌دهیم، با آنکه در فهرست دفتر هست.",
        "گفتند سامانه قطع است و فردا هم همین را گفتند.",
    ),
    "unlike": ("تابلوی دفتر نام دیگری دارد.", "کنار دفتر بنگاه املاک باز کرده‌اند."),
    "papers": ("رونوشت شناسنامه‌ام را نگه داشتند.", "کارت ملی مرا یک روز پیش خود نگه داشتند."),
    "other": ("جای پارک صندلی چرخ‌دار را بسته‌اند.", "رمز دستگاه را بلند خواندند."),
    "no_office": ("تا نزدیک‌ترین دفتر چهل کیلومتر راه است.", "روستای ما دفتری ندارد و باید به شهر برویم."),
    "unlicensed": ("مغازه‌ای بی‌تابلو همان کارها را می‌کند.", "کسی در خانه ثبت‌نام یارانه می‌کند و پول می‌گیرد."),
}
ASKED = "از این دفتر در این روز شکایتی رسیده است؛ بگویید چه شد و چه کردید."
ANSWERED = {
    End.REMEDIED: ("درست می‌گویند؛ رفع شد و از ایشان پوزش می‌خواهیم.", "وجه اضافه بازگردانده شد و به متصدی تذکر دادیم."),
    End.EXPLAINED: ("آن روز ارتباط قطع بود و روی در نوشته بودیم.", "آن خدمت به مدرکی نیاز داشت که همراهشان نبود."),
    End.UNFOUNDED: ("در آن ساعت باز بودیم؛ گزارش تراکنش‌ها پیوست است.", "مبلغ همان تعرفه است و رسید آن پیوست است."),
}
TOLD = {
    End.REMEDIED: "دفتر آن را پذیرفت و درست کرد.",
    End.EXPLAINED: "پاسخ دفتر بررسی شد و موضوع روشن است.",
    End.UNFOUNDED: "آنچه در دفتر ثبت است آن را نشان نمی‌دهد.",
}
NOT_OURS = "این دفتر پروانهٔ این اداره‌کل را ندارد و شکایت باید به دستگاه دیگری برود."
SILENT = "دفتر پاسخی نداد؛ موضوع در بازدید آینده دیده می‌شود."
PASSED_ON = "به نیازهای برنامهٔ سال آینده افزوده و به شهرستان گفته شد."
SAYS_SETTLED = 0.6  # how often who complained says whether it is settled


class Complained:
    """What is told of an office or a place, day by day. What yields, yields how many working days pass."""

    def __init__(self, grievance: Grievance, office: Office, scene: Scene, seed: int) -> None:
        self.grievance, self.office, self.scene = grievance, office, scene
        self._draw = Random(f"{seed}:grievance:{grievance.number}")  # noqa: S311
        self._expert = scene.cast.expert if grievance.number % 2 else scene.cast.second_expert

    def lived(self) -> Iterator[int]:
        """From the first word to the last that the story tells."""
        end, made = self.grievance.end, self._told()
        yield self._draw.randint(1, 3)
        if end == End.REFERRED:
            self.scene.do(complaints.close, made, Outcome.REFERRED, PASSED_ON, by=self._expert)
        elif end == End.DISMISSED:
            self.scene.do(complaints.dismiss, made, NOT_OURS, by=self._expert)
        elif end == End.AT_VISIT:
            self.scene.do(complaints.ask_visit, made, by=self._expert)
        elif end != End.AT_DESK and holder_on(self.office, self.scene.watch.day):
            yield from self._asked(made)

    def _asked(self, made: Complaint) -> Iterator[int]:
        self.scene.do(complaints.send, made, ASKED, by=self._expert)
        end = self.grievance.end
        if end == End.TOLD_TWICE:
            yield 1
            again = self._told()
            yield 1
            self.scene.do(complaints.join, again, made, by=self._expert)
            end = End.REMEDIED
        if end == End.AT_OFFICE:
            return
        yield self._draw.randint(2, 5) if end != End.UNANSWERED else 14
        if end == End.UNANSWERED:
            self.scene.do(complaints.close, made, Outcome.PURSUED, SILENT, by=self.scene.cast.director)
            return
        said = self._draw.choice(ANSWERED[end])
        self.scene.do(complaints.answer, made, said, by=speaker_of(self.office, self.scene))
        yield self._draw.randint(1, 3)
        self.scene.do(complaints.publish, made, said, by=self._expert)
        self.scene.do(complaints.close, made, Outcome(end.value), TOLD[end], by=self._expert)
        if self._draw.random() < SAYS_SETTLED:
            yield 1
            self.scene.do(filing.say_settled, made, end != End.UNFOUNDED)

    def _told(self) -> Complaint:
        """Somebody tells of it: by the web, or to an expert who notes it."""
        day, kind, door = self.scene.watch.day, self.grievance.kind, self.grievance.door
        stated: dict[str, Any] = {
            "kind": kind,
            "text": self._draw.choice(WORDS[kind]),
            "door": door,
            "happened_on": day - timedelta(days=self._draw.randint(0, 2)),
        }
        if self.grievance.end == End.REFERRED:
            stated |= {"place": self.office.division}
        else:
            stated |= {"office": self.office}
        if kind == "overcharged" and (tariff := self._tariff(stated["happened_on"])):
            stated |= {"service": tariff.service, "charged": tariff.amount * self._draw.choice((2, 3)) + 50_000}
        if door != Complaint.Door.WEB:
            stated |= {"by": self._expert, "role": Role.EXPERT, "reference": f"195/{self._draw.randint(1000, 9999)}"}
        return self.scene.do(filing.complain, **stated)

    def _tariff(self, day: date) -> Tariff | None:
        found = [
            each
            for each in Tariff.objects.select_related("service").order_by("pk")
            if each.valid_from <= day and (each.valid_to is None or day < each.valid_to)
        ]
        return self._draw.choice(found) if found else None
