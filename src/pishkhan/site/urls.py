"""The addresses of the house."""

from typing import Any

from django.urls import URLPattern, URLResolver, include, path

from .api import api, home

handler404 = "pishkhan.site.api.not_found"
handler500 = "pishkhan.site.api.broken"
urlpatterns: list[URLPattern | URLResolver | Any] = [
    path("", home),
    path("api/", api.urls),
    path("_allauth/", include("pishkhan.people.urls")),
]
