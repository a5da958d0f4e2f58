from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "yiwang.indicators"
    verbose_name = "indicators: how it stands"
    default_auto_field = "django.db.models.BigAutoField"
