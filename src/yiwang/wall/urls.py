"""Addresses of the wall."""

from django.urls import path

from yiwang.look.doors import HEAVY, door

from . import views

app_name = "wall"
urlpatterns = [
    path("", door(views.wall, lane=HEAVY), name="wall"),
    path("live/<slug:part>/", door(views.live, lane=HEAVY), name="live"),
    path("mode/", views.switch_mode, name="mode"),
    path("street/<str:code>/", views.street, name="street"),
    path("street/<str:code>/inside/", views.inside, name="inside"),
    path("why/<slug:figure>/", views.why, name="why"),
    path("cases/<slug:selection>/", views.cases, name="cases"),
    path("rates/<slug:code>/", views.rate, name="rate"),
    path("rates/<slug:code>/<slug:part>/", views.rate_cases, name="rate_cases"),
    path("matter/<key:pk>/", views.matter, name="matter"),
    path("vitals/", views.vitals, name="vitals"),
    path("vitals/<slug:code>/", views.vital, name="vital"),
    path("goals/<key:number>/", views.goal, name="goal"),
]
