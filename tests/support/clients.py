"""Somebody of the small district who is signed in, without a browser."""

from __future__ import annotations


def client(district, post, **more):
    from django.contrib.auth.models import User
    from django.test import Client

    made = Client(SERVER_NAME="127.0.0.1", **more)
    made.force_login(User.objects.get(username=district.username(post)), "django.contrib.auth.backends.ModelBackend")
    return made
