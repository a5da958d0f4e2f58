from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "yiwang.files"
    verbose_name = "files: photos and documents"
    default_auto_field = "django.db.models.BigAutoField"
