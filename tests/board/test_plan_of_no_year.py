"""A plan whose text does not say its year is read only with one: every date hangs on it."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.support.clients import client
from yiwang.goals import queries
from yiwang.goals.models import Plan, Statement
from yiwang.org.session import acting_as

TEXT = "重点工作安排\n\n一、改善居住条件\n1.加装电梯。6月底前完成加装电梯240台。（责任单位：区水务局）\n"


def sent(district: Any, year: str) -> Any:
    file = SimpleUploadedFile("plan.txt", TEXT.encode(), "text/plain")
    return client(district, "supervisor").post("/board/plans/", {"file": file, "kind": "plan", "year": year})


@pytest.mark.parametrize(("year", "says"), [("", "请填写年度"), ("abc", "1990 到 2100"), ("20260", "1990 到 2100")])
def test_without_its_year_nothing_is_kept_and_the_form_says_so(district: Any, year: str, says: str) -> None:
    answer = sent(district, year)
    assert (answer.status_code, says in answer.content.decode()) == (422, True)
    with acting_as(district.system):
        assert not Plan.objects.filter(district=district.id, filename="plan.txt").exists()


def test_with_its_year_it_is_read_and_its_days_are_of_that_year(district: Any) -> None:
    assert sent(district, "2031").status_code == 302
    with acting_as(district.system) as asker:
        plan = Plan.objects.get(district=district.id, year=2031)
        dues = [str(row.due) for row in queries.statements(asker, plan.pk) if row.due]
        assert dues == ["2031-06-30"]
        assert Statement.objects.filter(plan=plan).exists()
