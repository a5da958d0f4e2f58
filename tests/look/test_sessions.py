"""A sign-in ends by itself; browsers keep nothing that staff saw; a passer-by learns nothing of the works."""

from __future__ import annotations

import time
from typing import Any

import pytest


@pytest.fixture
def clerk(district: Any) -> Any:
    from tests.support.clients import client

    return client(district, "water-1")


def passed(client: Any, *, idle: float = 0, began: float = 0) -> None:
    """So many seconds go by."""
    session = client.session
    session["seen"] -= idle
    session["began"] -= began
    session.save()


def test_half_an_hour_of_nothing_ends_it_and_the_page_says_so(clerk: Any) -> None:
    assert clerk.get("/desk/").status_code == 200
    passed(clerk, idle=29 * 60)
    assert clerk.get("/desk/").status_code == 200
    passed(clerk, idle=31 * 60)
    page = clerk.get("/desk/", follow=True)
    assert "30 分钟" in page.content.decode()
    assert clerk.get("/desk/").status_code == 302


def test_a_day_ends_it_however_busy(clerk: Any) -> None:
    clerk.get("/desk/")
    passed(clerk, began=12 * 3600 + 1)
    assert clerk.get("/desk/").status_code == 302


def test_what_a_page_fetches_by_itself_keeps_nobody_signed_in(clerk: Any) -> None:
    clerk.get("/desk/")
    for _ in range(2):
        passed(clerk, idle=16 * 60)
        answer = clerk.get("/desk/list/", HTTP_HX_REQUEST="true", HTTP_REFERER="http://127.0.0.1/desk/?kind=hotline")
    # to the sign-in, and back to the page whose part it was: what was written there waits on the device
    assert (answer.status_code, answer["HX-Redirect"]) == (401, "/sign-in/?next=/desk/%3Fkind%3Dhotline")


def test_a_wall_on_a_screen_goes_on(clerk: Any) -> None:
    clerk.get("/wall/")
    for _ in range(3):
        passed(clerk, idle=16 * 60)
        assert clerk.get("/wall/live/vitals/", HTTP_HX_REQUEST="true").status_code == 200


def test_the_stream_of_changes_ends_with_it_and_is_not_for_passers_by(clerk: Any) -> None:
    from yiwang.run.admission import district_of_session

    clerk.get("/desk/")
    assert district_of_session(clerk.session.session_key) is not None
    passed(clerk, idle=31 * 60)
    assert district_of_session(clerk.session.session_key) is None
    assert district_of_session(None) is None


@pytest.mark.parametrize("how", ["post ended", "account closed"])
def test_whose_post_ended_or_account_is_closed_is_out_at_every_door_at_once(database: str, how: str) -> None:
    from tests.support.clients import client
    from tests.support.district import make_district
    from yiwang.org.models import Person
    from yiwang.org.session import as_owner, system
    from yiwang.people import store
    from yiwang.run.admission import district_of_session

    district = make_district()
    clerk = client(district, "water-1")
    paths = ["/desk/", "/board/", "/desk/matters/export.csv", "/desk/find/", "/desk/readings/"]
    assert clerk.get("/desk/").status_code == clerk.get("/api/v1/matters").status_code == 200
    session = clerk.session.session_key
    assert district_of_session(session) == district.id
    with as_owner():
        asker = system(district.id)
        person = Person.objects.get(user_id=int(clerk.session["_auth_user_id"]))
        if how == "post ended":
            store.end_post(asker, person, "water-1", "已离任，交接完毕")
        else:
            store.close(asker, person, "已离任，交接完毕")
    assert district_of_session(session) is None
    assert {clerk.get(path).status_code for path in paths} == {403 if how == "post ended" else 302}
    assert clerk.get("/desk/list/", HTTP_HX_REQUEST="true").status_code in (401, 403)
    assert clerk.get("/api/v1/matters").status_code == clerk.post("/api/v1/files").status_code == 401


@pytest.mark.parametrize("path", ["/desk/", "/wall/", "/board/", "/api/v1/matters", "/portal/", "/desk/matters/none/"])
def test_what_staff_see_is_not_kept_by_the_browser(clerk: Any, path: str) -> None:
    assert clerk.get(path)["Cache-Control"] == "no-store"


def test_the_tokens_cookie_lives_no_longer_than_a_day(district: Any) -> None:
    from tests.support.clients import client

    desk = client(district, "dispatcher-1")
    assert desk.get("/desk/new/").status_code == 200
    assert 0 < int(desk.cookies["yiwang_csrf"]["max-age"]) <= 12 * 3600


def test_signing_in_begins_anew(district: Any, clerk: Any) -> None:
    assert abs(clerk.session.get("began", time.time()) - time.time()) < 60


def test_how_the_front_end_was_built_is_nobodys_business(site: Any) -> None:
    import urllib.error
    import urllib.request

    for path in ("/static/.built", "/static/.vite/manifest.json", "/api/v1/openapi.json", "/live/"):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(site.url + path, timeout=30)
        assert refused.value.code in (401, 404)
