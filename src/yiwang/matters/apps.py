from django.apps import AppConfig


class MattersConfig(AppConfig):
    name = "yiwang.matters"
    verbose_name = "matters: what must be done"
    default_auto_field = "django.db.models.BigAutoField"
