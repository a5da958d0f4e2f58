"""Values of a load of a pack: made once, gone with the next load, bounded."""

from __future__ import annotations

from dataclasses import replace

import pytest

from yiwang.org import per_load
from yiwang.org.asker import Asker

ASKER = Asker(district=1, generation=3)


def test_a_value_is_made_once_a_load_and_forgotten_with_the_next() -> None:
    made: list[tuple[int, int, str]] = []

    @per_load.per_load
    def told(asker: Asker, code: str, day: str = "") -> str:
        made.append((asker.district, asker.generation, code))
        return f"{asker.generation} {code} {day}"

    later = replace(ASKER, generation=4)
    assert [told(ASKER, "a"), told(ASKER, "a"), told(ASKER, "a", day="x")] == ["3 a ", "3 a ", "3 a x"]
    assert [told(later, "a"), told(later, "a")] == ["4 a ", "4 a "]
    assert len(made) == 3
    assert told(ASKER, "a") == "3 a ", "who still works under the earlier load gets its value"
    assert told(later, "a") == "4 a "
    assert len(made) == 4, "and does not push the later one out"
    assert told(replace(ASKER, district=2), "a") == "3 a "


def test_districts_and_values_are_bounded(monkeypatch) -> None:
    monkeypatch.setattr(per_load, "DISTRICTS", 3)
    monkeypatch.setattr(per_load, "VALUES", 5)
    made: list[object] = []

    @per_load.per_load
    def told(asker: Asker, n: int) -> int:
        made.append((asker.district, n))
        return n

    for n in range(6):
        told(ASKER, n)
    assert told(ASKER, 5) == 5
    assert len(made) == 6
    told(ASKER, 0)
    assert len(made) == 7, "the sixth began anew"
    for district in range(2, 5):
        told(replace(ASKER, district=district), 0)
    told(ASKER, 5)
    assert len(made) == 11, "three other districts pushed this one out"


def test_what_is_refused_is_not_kept() -> None:
    answers = iter([LookupError, 7])

    @per_load.per_load
    def told(_: Asker) -> int:
        answer = next(answers)
        if isinstance(answer, int):
            return answer
        raise answer

    with pytest.raises(LookupError):
        told(ASKER)
    assert told(ASKER) == 7
