"""The machine doors, under /api/. The description for programs lies at /api/v1/openapi.json."""

from django.urls import URLPattern, path

from yiwang.look.doors import MB, door

from . import uploads  # noqa: F401 (it adds its door to the others)
from .rest import api

urlpatterns = [path("v1/", api.urls)]

for one in api.urls[0]:
    if isinstance(one, URLPattern) and one.name == "upload":
        door(one.callback, most_bytes=41 * MB)
