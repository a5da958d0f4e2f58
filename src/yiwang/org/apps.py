from django.apps import AppConfig
from django.db.models.signals import post_migrate


class OrgConfig(AppConfig):
    name = "yiwang.org"
    verbose_name = "org: districts, units, posts, people, cells, access"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import sign_in
        from .reconciling import after_migration

        post_migrate.connect(after_migration, sender=self)
        sign_in.listen()
