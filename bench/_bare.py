"""The addresses of a benchmark: those of the platform, and a view that does nothing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path

from yiwang.urls import urlpatterns as of_the_platform


def bare(request: HttpRequest) -> HttpResponse:
    """Nothing but what every request of somebody who is signed in costs."""
    return HttpResponse("ok")


urlpatterns = [path("bare/", bare), *of_the_platform]
