"""The machine doors, under /api/. The description for programs lies at /api/v1/openapi.json."""

from django.urls import path

from .rest import api

urlpatterns = [path("v1/", api.urls)]
