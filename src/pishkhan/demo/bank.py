"""The bank's file at the end of the story: what officers had recorded, and two rows that somebody has to look at."""

from pishkhan.language.jalali import jalali
from pishkhan.payments.importing import import_bank_file
from pishkhan.payments.models import Payment

from .scene import Scene

BANK, LATEST = "melli", 12
STRANGE = ("809000001,15000000,{day},D-15-1400-9999", "809000002,250000,{day},")  # no such note; no note at all


def take_in_the_bank_file(scene: Scene) -> None:
    """Let the accountant take in a file that tells of the latest payments again."""
    paid = Payment.objects.select_related("note").order_by("-paid_on", "-pk")[:LATEST]
    rows = [f"{each.reference},{each.amount},{jalali(each.paid_on)},{each.note.number}" for each in paid]
    rows += [each.format(day=jalali(scene.watch.day)) for each in STRANGE]
    content = "\n".join(["reference,amount,date,payer_reference", *rows]).encode()
    scene.do(import_bank_file, content, bank=BANK, division=scene.cast.province, by=scene.cast.accountant)
