"""The bank's file at the end of the story: what officers had recorded, a payment made twice of which the second is
returned, and two rows that somebody has to look at."""

from pishkhan.language.jalali import jalali
from pishkhan.payments.importing import import_bank_file
from pishkhan.payments.models import BankRow, Payment
from pishkhan.payments.repaying import repay
from pishkhan.payments.resolving import resolve

from .stage.setting import Scene

BANK, LATEST = "melli", 12
TWICE, ORDER, PAID_TWICE = "809000003", "۱۴۰۱/م/۳۱۸", "حق امتیاز دو بار واریز شده است."
STRANGE = ("809000001,15000000,{day},D-15-1400-9999", "809000002,250000,{day},")  # no such note; no note at all


def take_in_the_bank_file(scene: Scene) -> None:
    """Let the accountant take in a file that tells of the latest payments again."""
    paid = list(Payment.objects.select_related("note").order_by("-paid_on", "-pk")[:LATEST])
    rows = [f"{each.reference},{each.amount},{jalali(each.paid_on)},{each.note.number}" for each in paid]
    rows += [f"{TWICE},{each.amount},{jalali(scene.watch.day)},{each.note.number}" for each in paid[:1]]
    rows += [each.format(day=jalali(scene.watch.day)) for each in STRANGE]
    content = "\n".join(["reference,amount,date,payer_reference", *rows]).encode()
    file = scene.do(import_bank_file, content, bank=BANK, division=scene.cast.province, by=scene.cast.accountant)
    for twice in file.rows.filter(reference=TWICE):  # none, where nobody has paid anything
        scene.do(resolve, twice, BankRow.Resolution.RETURN, reason=PAID_TWICE, by=scene.cast.accountant)
        scene.do(repay, twice, amount=twice.overpaid, repaid_on=scene.watch.day, paper=ORDER, by=scene.cast.accountant)
