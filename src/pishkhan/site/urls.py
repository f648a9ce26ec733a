"""The addresses of the house."""

from typing import Any

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver | Any] = [
    path("_allauth/", include("pishkhan.people.urls")),
]
