"""Addresses that belong to no face."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from . import views
from .doors import SIGN_IN, door
from .gallery import gallery

urlpatterns = [
    path("", views.home, name="home"),
    path("sign-in/", door(views.SignIn.as_view(), lane=SIGN_IN), name="sign-in"),
    path("sign-out/", LogoutView.as_view(), name="sign-out"),
    path("size/", views.size, name="size"),
    path("look/", gallery, name="gallery"),
]
