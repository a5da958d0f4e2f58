from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "yiwang.files"
    verbose_name = "files: photos and documents"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import taken_back

        taken_back.listen()
