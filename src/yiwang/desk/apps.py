from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "yiwang.desk"
    verbose_name = "desk: pages for dispatchers and clerks"
