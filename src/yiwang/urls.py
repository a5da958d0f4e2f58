"""One address for every face; each keeps its own addresses in its `urls.py`."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

FACES = ["wall", "desk", "field", "board", "portal", "api"]

urlpatterns: list[URLPattern | URLResolver] = [
    path("language/", include("django.conf.urls.i18n")),
    *(path(f"{face}/", include(f"yiwang.{face}.urls")) for face in FACES if find_spec(f"yiwang.{face}.urls")),
]
