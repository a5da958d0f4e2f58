from django.apps import AppConfig


class SystemsConfig(AppConfig):
    name = "yiwang.systems"
    verbose_name = "systems: the directory of a district"
    default_auto_field = "django.db.models.BigAutoField"
