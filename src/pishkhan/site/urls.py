"""The addresses of the house."""

from typing import Any

from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from pishkhan.casework import pages as cases
from pishkhan.offices import pages as offices

from . import pages
from .api import api

handler400 = "pishkhan.site.api.unreadable"
handler404 = "pishkhan.site.pages.not_found"
handler500 = "pishkhan.site.api.broken"
urlpatterns: list[URLPattern | URLResolver | Any] = [
    path("", offices.find, name="home"),
    path("offices/<str:code>/", offices.office, name="office"),
    path("track/", cases.track, name="track"),
    path("figures/", pages.figures, name="figures"),
    path("law/", pages.law, name="law"),
    path("language/", set_language, name="set_language"),
    path("api/", api.urls),
    path("_allauth/", include("pishkhan.people.urls")),
]
