from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "pishkhan.site"
