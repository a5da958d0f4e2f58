from django.apps import AppConfig


class BoardConfig(AppConfig):
    name = "yiwang.board"
    verbose_name = "board: plans, goals, reports and orders for the supervision office"
