"""Pages of the administrator about the house itself: its health, the journal's wholeness, who looked at what."""

from typing import Any

from django.contrib import messages
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from pishkhan.journal.models import Entry
from pishkhan.journal.verification.checkpoints import CHECKPOINT, JOURNAL
from pishkhan.journal.verification.verify import problems
from pishkhan.language.text import Text
from pishkhan.people.access import everybody, open_to
from pishkhan.people.models import Person
from pishkhan.people.roles import Role
from pishkhan.people.selectors import within
from pishkhan.people.web.paging import paged
from pishkhan.people.web.request_context import asker, language
from pishkhan.site.operations.access_lines import lines_read_by
from pishkhan.site.operations.deployment import deployment
from pishkhan.site.operations.health import quickly_said, watched, what_is_wrong

HEALTH, HEALTH_SECONDS = "health", 5  # whoever asks more often is answered the same
WHOLE = Text("دفتر درست است: هیچ حلقه‌ای گم یا دگرگون نشده است.", "The journal is whole: no link is missing or changed.")


@open_to(Role.ADMINISTRATOR)
def system(request: HttpRequest) -> HttpResponse:
    """What there is to look after: what is wrong at this moment, the last checkpoints, and where to check the rest."""
    wrong = [answer.to(language()) for answer in quickly_said()]
    return render(request, "site/system.html", _looked_after(wrong))


@everybody
@require_safe
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """For a program that watches the deployment: 200 while it works, 503 while nobody can work; names, no secrets."""
    cache = caches["process"]
    works, wrong = cache.get(HEALTH) or watched()
    cache.set(HEALTH, (works, wrong), HEALTH_SECONDS)
    return JsonResponse({"works": works, "wrong": wrong}, status=200 if works else 503)


@open_to(Role.ADMINISTRATOR)
@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """Ask the house what is wrong with it: now, all of it. Nothing is changed."""
    wrong = [text.to(language()) for text in what_is_wrong()]
    return render(request, "site/system.html", _looked_after(wrong) | {"asked": True})


def _looked_after(wrong: list[str]) -> dict[str, Any]:
    checkpoints = Entry.objects.filter(subject=JOURNAL, act=CHECKPOINT).order_by("-number")[:10]
    return {"checkpoints": checkpoints, "deployment": deployment(), "wrong": wrong}


@open_to(Role.ADMINISTRATOR)
@require_POST
def verify(request: HttpRequest) -> HttpResponse:
    """Prove that the journal is whole, or say where it is not."""
    texts = [problem.to(language()) for problem in problems()]
    for text in texts[:50]:
        messages.error(request, text)
    if not texts:
        messages.success(request, WHOLE.to(language()))
    return redirect("system")


@open_to(Role.ADMINISTRATOR)
def access_log(request: HttpRequest) -> HttpResponse:
    """Who looked at personal data of one's region, and what was refused, the latest first. Only people of it are
    named."""
    seen = within(Person.objects.all(), asker(request), [Role.ADMINISTRATOR])
    rows = lines_read_by(asker(request)).order_by("-at", "-pk")
    if request.GET.get("refused"):
        rows = rows.filter(refused=True)
    if subject := request.GET.get("subject", "").strip()[:80]:
        rows = rows.filter(subject=subject)
    page = paged(request, rows, size=50)
    keys = [int(row.actor.partition(":")[2]) for row in page.rows if row.actor.startswith("person:")]
    names = {person.ref: person.full_name for person in seen.filter(pk__in=keys)}
    return render(
        request,
        "site/access_log.html",
        {
            "page": page,
            "rows": [{"row": row, "who": names.get(row.actor, "—")} for row in page.rows],
            "subject": subject,
            "refused": bool(request.GET.get("refused")),
        },
    )
