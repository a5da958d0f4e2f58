"""Many cases: the count first, pages when somebody looks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiwang.why import Cases, Receipt


class Table:
    """Cases that remember what was read of them."""

    def __init__(self, total: int, query: str = "") -> None:
        self.total, self.asked = total, list[tuple[int, int]]()
        self.cases = Cases(total, self.read, query)

    def read(self, page: int, size: int) -> list[Receipt]:
        self.asked.append((page, size))
        return [Receipt(str(n)) for n in range((page - 1) * size, min(page * size, self.total))]


def test_counting_reads_nothing() -> None:
    table = Table(100_000, "SELECT 1")
    counted = table.cases.counted("late")
    assert (counted.value, counted.because[0].value, len(table.cases)) == (100_000, "SELECT 1", 100_000)
    assert Table(3).cases.counted("late").because == ()
    assert table.asked == []


@pytest.mark.parametrize(
    ("total", "at_most", "sentences"),
    [
        (0, 5, []),
        (3, 5, ["0", "1", "2"]),
        (5, 5, ["0", "1", "2", "3", "4"]),
        (7, 2, ["0", "1", "5 more"]),
        (7, 0, ["7 more"]),
    ],
)
def test_the_first_cases_stand_under_a_receipt(total: int, at_most: int, sentences: list[str]) -> None:
    head = Receipt("late", total, [Receipt("a reason")], source="GB/T 33358")
    found = Table(total).cases.under(head, at_most)
    assert [one.sentence("en") for one in found.because] == ["a reason", *sentences]
    assert (found.claim, found.value, found.source) == (head.claim, head.value, head.source)


@given(st.integers(0, 400), st.integers(1, 90))
def test_pages_put_together_are_all_cases_each_once(total: int, size: int) -> None:
    table = Table(total)
    pages = [table.cases.page(n, size) for n in range(1, total // size + 2)]
    assert [one.sentence() for page in pages for one in page] == [str(n) for n in range(total)]
    assert list(table.cases) == [one for page in pages for one in page]
    assert table.cases.page(total // size + 2, size) == table.cases.page(0, size) == ()
