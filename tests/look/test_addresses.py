"""No number in an address is larger than what a column holds: a longer one is no address, behind every door."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve
from django.urls.converters import IntConverter

from tests.support.clients import client
from tests.support.district import make_district
from yiwang.look.addresses import Key, Year

LARGEST = 2**63 - 1


def patterns(found: URLResolver) -> Iterator[URLPattern]:
    for one in found.url_patterns:
        if isinstance(one, URLResolver):
            yield from patterns(one)
        else:
            yield one


def test_every_number_of_an_address_is_bounded() -> None:
    numbers = [
        (str(one.pattern), converter)
        for one in patterns(get_resolver())
        for converter in one.pattern.converters.values()
        if isinstance(converter, IntConverter)
    ]
    assert len(numbers) > 20
    assert [route for route, converter in numbers if not isinstance(converter, Key | Year)] == []


@pytest.mark.parametrize("number", ["9" * 19, str(LARGEST + 1), str(LARGEST), "１２", "-1", "1e3"])
def test_what_no_key_is_is_no_address(number: str) -> None:
    for address in ("/desk/delegations/{}/act/", "/board/goals/{}/", "/wall/matter/{}/", "/board/plans/{}/adopt/"):
        with pytest.raises(Resolver404):
            resolve(address.format(number))


def test_the_largest_that_is_one_is_answered(database: str) -> None:
    """Also where a function of the database is asked, which takes a bigint and nothing else."""
    district = make_district()
    clerk: Client = client(district, "water-1")
    assert clerk.post(f"/desk/delegations/{'9' * 18}/act/").status_code in (404, 409)
    assert clerk.post(f"/desk/delegations/{'9' * 18}/end/").status_code in (404, 409)
    assert clerk.get(f"/board/goals/{'9' * 18}/").status_code == 404
