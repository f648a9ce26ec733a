from django.apps import AppConfig


class RegulationConfig(AppConfig):
    name = "pishkhan.regulation"
