"""Which of those opened before a new one repeats: filed by what must be the same, and as if all were asked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from yiwang.matters import same_again
from yiwang.matters.clock_state import State
from yiwang.matters.joined import Repeats
from yiwang.matters.opening import Opening
from yiwang.matters.reported import Reported
from yiwang.matters.same_again import Before, is_again

AT = datetime(2026, 5, 4, 9, tzinfo=UTC)
WORDS = ("category", "place", "reporter", "form.papers")
words = st.lists(st.sampled_from(WORDS), unique=True, max_size=3)
rules = st.builds(Repeats, within=st.sampled_from(["2 days", "90 minutes"]), same=words, or_=words, metres=st.just(50))
rules = rules.filter(lambda how: how.named)


@st.composite
def matters(draw: st.DrawFn) -> tuple[Opening, State]:
    at = AT + timedelta(hours=draw(st.integers(0, 60)))
    state = State(category=draw(st.sampled_from(["A", "B", None])))
    state["form.papers"] = draw(st.sampled_from([None, [], ["deed"], ["deed", "plan"]]))
    if draw(st.booleans()):  # a few steps of some thirty metres, so that many are just near and just not
        state |= {"lon": 121 + draw(st.integers(-3, 3)) * 0.0003, "lat": 31 + draw(st.integers(-3, 3)) * 0.00027}
    return Opening({}, at, reporter=Reported("", draw(st.sampled_from(["", "13800000001", "13800000002"])))), state


@given(rules, st.lists(matters(), max_size=12), matters())
def test_it_finds_what_asking_all_would_find(
    how: Repeats, there: list[tuple[Opening, State]], new: tuple[Opening, State]
) -> None:
    before = Before(how)
    for number, (opening, first) in enumerate(there):
        before.add(opening, first, f"{number}")
    repeated = [number for _, number in before.repeated(*new)]
    assert repeated == [f"{n}" for n in reversed(range(len(there))) if is_again(how, *there[n], *new)]


def test_of_a_thousand_few_are_compared(monkeypatch) -> None:
    """A table of a day's calls took the square of its length."""
    compared: list[Opening] = []
    whole = same_again.is_again

    def counted(how: Repeats, earlier: Opening, state: State, new: Opening, first: State) -> bool:
        compared.append(earlier)
        return whole(how, earlier, state, new, first)

    monkeypatch.setattr(same_again, "is_again", counted)
    before = Before(Repeats("30 days", ["category"], ["reporter", "place"]))
    for number in range(1000):
        opening = Opening({}, AT, reporter=Reported("", f"138{number % 500:08}"))
        first = State(category="A", lon=121.0 + number * 1e-3, lat=31.0 + number * 1e-3)
        list(before.repeated(opening, first))
        before.add(opening, first, f"{number}")
    assert len(compared) == 500
