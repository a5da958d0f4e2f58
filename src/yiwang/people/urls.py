"""Addresses of accounts."""

from django.urls import path

from yiwang.look.doors import SIGN_IN, door

from . import views

app_name = "people"
urlpatterns = [
    path("password/", door(views.password, lane=SIGN_IN), name="password"),
    path("<str:secret>/", door(views.link, lane=SIGN_IN), name="link"),
]
