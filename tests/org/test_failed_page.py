"""What a page wrote before it failed does not stay (design §10.10)."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from tests.support.district import make_district
from tests.support.tickets import ticket


@pytest.mark.parametrize(("status", "version"), [(200, 2), (409, 2), (500, 1), (503, 1)])
def test_only_what_was_answered_stays(database: str, status: int, version: int) -> None:
    from django.contrib.auth.models import User

    from yiwang.matters import store
    from yiwang.matters.models import Matter
    from yiwang.org.middleware import AskerMiddleware
    from yiwang.org.session import acting_as

    town = make_district()
    one = ticket(town)

    def page(request: HttpRequest) -> HttpResponse:
        store.act(request.asker, one.id, "assign", {"unit": "water"})  # type: ignore[attr-defined]
        return HttpResponse(status=status)

    request = RequestFactory().get("/")
    request.user = User.objects.get(username=town.username("dispatcher-1"))
    assert AskerMiddleware(page)(request).status_code == status
    with acting_as(town.system):
        assert Matter.objects.get(pk=one.id).version == version
