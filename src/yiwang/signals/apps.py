from django.apps import AppConfig


class SignalsConfig(AppConfig):
    name = "yiwang.signals"
    verbose_name = "signals: what the city says"
    default_auto_field = "django.db.models.BigAutoField"
