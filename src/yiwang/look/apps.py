from django.apps import AppConfig


class LookConfig(AppConfig):
    name = "yiwang.look"
    verbose_name = "look: the parts that every page is made of"

    def ready(self) -> None:
        from . import addresses, sessions

        addresses.register()
        sessions.listen()
