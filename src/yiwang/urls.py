"""One address for every face; each keeps its own addresses in its `urls.py`. `/live/` and `/healthz`: serve.web."""

from pathlib import Path

from django.urls import URLPattern, URLResolver, include, path

FACES = ["wall", "desk", "field", "board", "portal", "api"]
BUILT = [face for face in FACES if (Path(__file__).parent / face / "urls.py").exists()]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("yiwang.look.urls")),
    path("language/", include("django.conf.urls.i18n")),
    *(path(f"{face}/", include(f"yiwang.{face}.urls")) for face in BUILT),
]

handler400 = "yiwang.look.errors.bad_request"
handler403 = "yiwang.look.errors.forbidden"
handler404 = "yiwang.look.errors.not_found"
handler500 = "yiwang.look.errors.server_error"
