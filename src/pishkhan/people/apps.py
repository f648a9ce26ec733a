from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "pishkhan.people"

    def ready(self) -> None:
        from .appointments import numbers  # noqa: F401  on the register
        from .web.form_messages import replace_messages

        replace_messages()
