from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Accounts and their links."""

    name = "yiwang.people"
    default_auto_field = "django.db.models.BigAutoField"
