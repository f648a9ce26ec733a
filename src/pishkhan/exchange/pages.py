"""Pages of the exchange: what waits to be asked, packages that were sent and taken in, row by row."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from pishkhan.geography.models import Division
from pishkhan.journal import access
from pishkhan.journal.refusals import Missing
from pishkhan.language.text import Text
from pishkhan.people.access import open_to, roles_held
from pishkhan.people.models import Person
from pishkhan.people.roles import Role
from pishkhan.people.web.form_fields import done
from pishkhan.people.web.paging import paged
from pishkhan.people.web.request_context import asker, language

from .forms import Sent, TakenIn
from .models import Item, Package
from .package_list import PackageList, partner_name
from .packing import LARGEST
from .partners import partners
from .selectors import EXCHANGING, packages_within, waiting_by_partner
from .services import content_of, counts_of, go_on, partner_of, send, take_in

SENT = Text("بسته ساخته شد؛ آن را بردارید و بفرستید.", "The package is made: fetch it and send it.")
TAKEN = Text("بسته وارد شد.", "The package is taken in.")


@open_to(*EXCHANGING)
def exchange(request: HttpRequest) -> HttpResponse:
    """What can be asked of whom, and the packages of one's region; sending and taking in."""
    person, known, name = asker(request), partners(), request.POST.get("act", "")
    waiting = waiting_by_partner(person)
    enters = [each for each in known.values() if each.enters in roles_held(request)]
    sent = Sent(request.POST if name == "send" else None, divisions=_divisions(person), partners=list(known.values()))
    taken = TakenIn(request.POST if name == "take" else None, request.FILES or None, partners=enters)
    found: list[Package] = []
    if (name == "send" and done(sent, lambda **told: found.append(_send(person, **told)))) or (
        name == "take"
        and done(
            taken, lambda partner, file: found.append(take_in(file.read(LARGEST + 1), partner_of(partner), by=person))
        )
    ):
        messages.success(request, (SENT if name == "send" else TAKEN).to(language()))
        return redirect("package", key=found[0].pk)
    return PackageList.answer(
        request,
        status=422 if sent.errors or taken.errors else 200,
        sent=sent,
        taken=taken,
        waiting=[(known[code].label, count) for code, count in sorted(waiting.items()) if code in known],
        may_send=Role.EXPERT in roles_held(request),
        may_take=bool(enters),
    )


@open_to(*EXCHANGING)
def package(request: HttpRequest, key: int) -> HttpResponse:
    """A package: what it asked or answered, and what became of each row."""
    found = package_of(request, key)
    counts = counts_of(found)
    page = paged(request, found.items.select_related("case", "inquiry").order_by("number"))
    known = partners()
    return render(
        request,
        "exchange/package.html",
        {
            "package": found,
            "partner": partner_name(found),
            "sent_out": found.direction == Package.Direction.OUT,
            "page": page,
            "pending": counts.get(Item.Outcome.PENDING, 0),
            "may_enter": known[found.partner].enters in roles_held(request) if found.partner in known else False,
            "rows": [
                {
                    "item": each,
                    "outcome": Item.Outcome(each.outcome).text,
                    "refused": each.outcome not in (Item.Outcome.ASKED, Item.Outcome.TAKEN, Item.Outcome.PENDING),
                }
                for each in page.rows
            ],
            "counts": [(each.text, counts[each.value]) for each in Item.Outcome if counts.get(each.value)],
            "answers": found.answers.order_by("pk"),
        },
    )


@open_to(Role.EXPERT)
def content(request: HttpRequest, key: int) -> HttpResponse:
    """A package that was sent, as a file: the same bytes each time, or a refusal."""
    found = package_of(request, key)
    if found.direction != Package.Direction.OUT:
        raise Missing()
    packed = content_of(found)
    access.note(asker(request).ref, found.subject, "package of questions")
    return file_of(found, packed)


@open_to(*EXCHANGING)
@require_POST
def resume(request: HttpRequest, key: int) -> HttpResponse:
    """Go on with a package whose taking in was cut short."""
    found = package_of(request, key)
    if found.direction != Package.Direction.IN:
        raise Missing()
    go_on(found, by=asker(request))
    return redirect("package", key=key)


def package_of(request: HttpRequest, key: int) -> Package:
    """The package of a key in the region of whoever asks; Missing if there is none."""
    found = packages_within(asker(request)).select_related("division", "answers_to").filter(pk=key).first()
    if found is None:
        raise Missing()
    return found


def file_of(package: Package, content: bytes) -> HttpResponse:
    """A package as an answer that hands it over."""
    return HttpResponse(
        content,
        content_type="application/zip",
        headers={
            "Content-Disposition": f'attachment; filename="{package.reference}.zip"',
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )


def _send(person: Person, partner: str, division: str) -> Package:
    return send(partner_of(partner), Division.objects.get(code=division), by=person)


def _divisions(person: Person) -> list[Division]:
    places = {each.place for each in person.assignments_today if each.role == Role.EXPERT}
    return list(Division.objects.filter(code__in=places).order_by("code"))
