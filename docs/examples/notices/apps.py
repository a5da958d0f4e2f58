from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "yiwang.notices"
    verbose_name = "notices: what a unit tells"
    default_auto_field = "django.db.models.BigAutoField"
