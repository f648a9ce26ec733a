"""What the inspector's phone installs besides its page: its worker, its manifest. Neither names anybody."""

import json
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from pishkhan.language.text import Text
from pishkhan.people.access import everybody
from pishkhan.people.web.request_context import language

HERE = Path(__file__).parents[1] / "static"
OWN = "inspections/field"
BORROWED = ("site/pishkhan.css", "site/vazirmatn.woff2", "site/mark.svg", "register/verifier.js")
WORKER = f"{OWN}/worker.js"
SIZES = (192, 512)
NAME, SHORT = Text("گوشی بازرس پیشخوان", "Pishkhan, inspector's phone"), Text("بازرس", "Inspector")
JAVASCRIPT = "text/javascript; charset=utf-8"


@everybody
@require_safe
@never_cache
def worker(request: HttpRequest) -> HttpResponse:
    """The worker that keeps the shell; another text, and so another version, whenever a file of it is."""
    shell = [reverse("field"), *(static(name) for name in shell_files())]
    told = f"const VERSION = {json.dumps(_version())};\nconst SHELL = {json.dumps(shell)};\n"
    return HttpResponse(told + (HERE / WORKER).read_text(), content_type=JAVASCRIPT)


@everybody
@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """What a phone needs to install the page."""
    icons = [
        {
            "src": static(f"{OWN}/icon-{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": "any maskable",
        }
        for size in SIZES
    ]
    return JsonResponse(
        {
            "name": NAME.to(language()),
            "short_name": SHORT.to(language()),
            "lang": language(),
            "dir": "rtl" if language() == "fa" else "ltr",
            "id": reverse("field"),
            "start_url": reverse("field"),
            "scope": reverse("field"),
            "display": "standalone",
            "background_color": "#f5f7f5",
            "theme_color": "#0b6e6e",
            "icons": icons,
        },
        json_dumps_params={"ensure_ascii": False},
        content_type="application/manifest+json",
    )


@cache
def shell_files() -> tuple[str, ...]:
    """The files of the page, as they are found among the static ones."""
    own = (path.relative_to(HERE).as_posix() for path in sorted((HERE / OWN).rglob("*.*")))
    return (*(name for name in own if name != WORKER), *BORROWED)


@cache
def _version() -> str:
    """A digest of every file of the page."""
    digest = sha256()
    for path in [
        *sorted((HERE / OWN).rglob("*.*")),
        Path(__file__).parents[1] / "templates" / "inspections" / "field.html",
        *(Path(str(finders.find(name))) for name in BORROWED),
    ]:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
