from django.apps import AppConfig


class WallConfig(AppConfig):
    name = "yiwang.wall"
    verbose_name = "wall: the district on one screen"
