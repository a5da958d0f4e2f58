"""A district, and work in it that figures are counted from: new ones for each test, which tamper with them."""

from __future__ import annotations

import pytest

from tests.indicators.casework import Casework
from tests.support.district import TestDistrict, make_district


@pytest.fixture
def district(database: str) -> TestDistrict:
    return make_district()


@pytest.fixture
def work(district: TestDistrict) -> Casework:
    work = Casework(district)
    work.handled("井盖松动")
    work.handled("污水冒溢", answer=12.0)
    return work
