"""Which language answers: pages are Persian until somebody chooses otherwise, the API answers as it is asked."""

from django.conf import settings
from django.http import HttpRequest
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

BY_HEADER = ("/api/", "/_allauth/")


class ChosenLanguage(LocaleMiddleware):
    """Persian first: a browser's own language does not decide about pages, a person's choice does."""

    def process_request(self, request: HttpRequest) -> None:
        if request.path.startswith(BY_HEADER):
            super().process_request(request)
            return
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        translation.activate(chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = translation.get_language()
