from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "yiwang.ledger"
    verbose_name = "ledger: the history of everything, chained"
    default_auto_field = "django.db.models.BigAutoField"
