"""Taking in a file by itself, so that a page can show how far it is: what the script beside a form asks."""

from typing import Any, cast

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST

from pishkhan.files.services import store
from pishkhan.journal.refusals import Refusal
from pishkhan.language.text import Text
from pishkhan.people.web.quotas import ask_upload
from pishkhan.people.web.request_context import asker, language

NO_FILE = Text("پرونده‌ای نیامد.", "No file came.")


@require_POST
def upload(request: HttpRequest) -> JsonResponse:
    """Store a file of whoever asks; its identifier, or why not."""
    person, file = asker(request), request.FILES.get("file")
    if file is None:
        return JsonResponse({"refusal": NO_FILE.to(language())}, status=422)
    try:
        ask_upload(request, file)
        stored = store(cast("Any", file), by=person, division=person.division)
    except Refusal as refusal:
        return JsonResponse({"refusal": refusal.text.to(language())}, status=refusal.status)
    return JsonResponse({"id": str(stored.pk)}, status=201)
