from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "pishkhan.meetings"
