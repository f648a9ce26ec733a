"""How requests come in: from which address, and whether by https, as the proxies in front say."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from pishkhan.limits.address import address_of
from pishkhan.site.configuration.addressing import Address, client_address

from .receiving import Receiving


class Transport:
    """Middleware before every other: `REMOTE_ADDR` is the client's from here on, and X-Forwarded-For is spent.

    Rates and limits count by `REMOTE_ADDR` alone. What was asked for by http, as the proxy says, is sent to the https
    address: a proxy that says nothing of it is taken to do so itself.
    """

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        told: Address = settings.ADDRESS
        forwarded = request.META.pop("HTTP_X_FORWARDED_FOR", "")
        request.META["REMOTE_ADDR"] = client_address(forwarded, request.META.get("REMOTE_ADDR", ""), told.proxies)
        if told.is_behind_tls and request.META.get("HTTP_X_FORWARDED_PROTO", "").lower() == "http":
            return HttpResponsePermanentRedirect(told.origin + request.get_full_path(), preserve_request=True)
        body = Receiving(request._stream, address_of(request))
        request._stream = body  # type: ignore[assignment]  # from which Django reads
        answer = self._answer(request)
        if told.proxies:
            body.take_the_rest()
        return answer
