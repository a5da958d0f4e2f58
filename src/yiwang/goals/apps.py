from django.apps import AppConfig


class GoalsConfig(AppConfig):
    name = "yiwang.goals"
    verbose_name = "goals: what was promised"
    default_auto_field = "django.db.models.BigAutoField"
