from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "yiwang.pages"
    verbose_name = "pages: what a district chooses of its pages"
    default_auto_field = "django.db.models.BigAutoField"
