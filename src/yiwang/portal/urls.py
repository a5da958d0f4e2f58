"""The portal's addresses. A tracking code never stands in one."""

from django.urls import path

from yiwang.look.doors import MB, door

from . import home, report, track

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("why/<str:indicator>/", home.why, name="why"),
    path("report/", door(report.report, most_bytes=161 * MB), name="report"),
    path("report/received/", report.received, name="received"),
    path("report/done/", report.done, name="reported"),
    path("track/", track.track, name="track"),
    path("track/<str:number>/", track.matter, name="matter"),
    path("track/<str:number>/photos/<key:pk>/", track.photo, name="photo"),
    path("track/<str:number>/<slug:action>/", door(track.act, most_bytes=81 * MB), name="act"),
]
