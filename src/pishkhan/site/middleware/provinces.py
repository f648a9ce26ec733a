"""Which province public pages show: one that is chosen by the address, or was before; else that of the deployment."""

from collections.abc import Callable
from functools import cache

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from pishkhan.people.web.request_context import province_of_request
from pishkhan.site.provinces.served_provinces import served_provinces

FIELD = COOKIE = "province"
A_YEAR = 365 * 24 * 60 * 60


class ChosenProvince:
    """Middleware: who chose a province is shown it from then on. The database is asked when a page asks."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        wanted, remembered = request.GET.get(FIELD, ""), request.COOKIES.get(COOKIE, "")

        @cache
        def province() -> str:
            codes = [row.code for row in served_provinces()]
            return next((code for code in (wanted, remembered) if code in codes), codes[0] if codes else "")

        token = province_of_request.set(province)
        try:
            answer = self._answer(request)
            if province.cache_info().currsize:  # the page hangs on what was chosen: no cache gives it to somebody else
                patch_vary_headers(answer, ["Cookie"])
            if wanted and wanted != remembered and province() == wanted:
                answer.set_cookie(
                    COOKIE, wanted, max_age=A_YEAR, samesite="Lax", httponly=True, secure=request.is_secure()
                )
        finally:
            province_of_request.reset(token)
        return answer
