"""One address for every face; each keeps its own addresses in its `urls.py`. `/live/` and `/healthz`: run.web."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("yiwang.look.urls")),
    path("language/", include("django.conf.urls.i18n")),
    path("wall/", include("yiwang.wall.urls")),
    path("desk/", include("yiwang.desk.urls")),
    path("board/", include("yiwang.board.urls")),
    path("account/", include("yiwang.people.urls")),
    path("portal/", include("yiwang.portal.urls")),
    path("api/", include("yiwang.api.urls")),
]

handler400 = "yiwang.look.errors.bad_request"
handler403 = "yiwang.look.errors.forbidden"
handler404 = "yiwang.look.errors.not_found"
handler500 = "yiwang.look.errors.server_error"
