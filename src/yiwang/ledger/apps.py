from django.apps import AppConfig
from django.db.models.signals import post_migrate


class LedgerConfig(AppConfig):
    name = "yiwang.ledger"
    verbose_name = "ledger: the history of everything, chained"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import sign_ins
        from .beginning import begin_everywhere

        post_migrate.connect(begin_everywhere, sender=self)
        sign_ins.listen()
