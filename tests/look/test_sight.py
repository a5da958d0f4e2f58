"""Whoever opens a receipt sees of it what they may open: a goal's clerk reads the figure, not other units' tickets."""

from __future__ import annotations

from typing import Any

import pytest

from tests.indicators.casework import Casework
from tests.look.rendered import Words, render
from tests.support.clients import client
from yiwang.why import Receipt, say

PLAN = "试验区2026年重点工作安排\n\n1.办好诉求。12345热线实际解决率不低于85%。（责任单位：区绿化市容局）\n"
SECRET = "桥东灯杆 K7731 漏电"


@pytest.fixture
def work(database: str) -> Casework:
    from tests.support.district import make_district

    work = Casework(make_district())
    work.handled(SECRET)  # led by the water bureau, in the north
    return work


@pytest.fixture
def goal(work: Casework) -> int:
    """A goal of the greening bureau that the whole district's tickets measure."""
    from yiwang.goals import queries, store
    from yiwang.org.session import acting_as

    with acting_as(work.district.as_("supervisor")) as asker:
        plan = store.import_plan(asker, PLAN.encode(), "plan.txt")
        store.confirm_all(asker, plan.pk)
        store.adopt(asker, plan.pk)
        (one,) = queries.lamps(asker, year=2026).goals
        store.bind(asker, one.goal.pk, "hotline_solved")
        return int(one.goal.pk)


READERS = [
    # post, sees the ticket behind the figure
    ("head", True),
    ("supervisor", True),
    ("green-1", False),
]


@pytest.mark.parametrize(("post", "sees"), READERS)
@pytest.mark.parametrize("what", ["lamp", "value", "sentence"])
def test_a_goals_receipts_show_a_reader_his_own_matters_only(
    work: Casework, goal: int, post: str, sees: bool, what: str
) -> None:
    answer = client(work.district, post).get(f"/board/goals/{goal}/why/{what}/", headers={"HX-Request": "true"})
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "100" in html  # the figure itself is everybody's who sees the goal
    assert ("K7731" in html) == (sees and what == "sentence")
    assert ("不在您的查看范围内" in html) == (not sees and what == "sentence")


@pytest.mark.parametrize(("post", "sees"), READERS)
def test_the_same_in_the_terminal(work: Casework, goal: int, post: str, sees: bool, capsys: Any) -> None:
    from yiwang.commands.line import main

    for text in ("indicator:hotline_solved@2026-03", f"goal:{goal}=alarm", f"goal:{goal}#2026-03-02=alarm"):
        main(["why", text, "--district", work.district.code, "--lang", "zh", "--as", work.district.username(post)])
        assert "K7731" not in capsys.readouterr().out or (sees and text.startswith("indicator"))


def test_what_is_no_reference_of_ours_is_opened_to_nobody(work: Casework) -> None:
    from yiwang.nouns.sight import as_seen
    from yiwang.org.session import acting_as

    hidden = [f"{noun}:{rest}" for noun in ("matter", "goal", "plan", "report") for rest in ("0", "9" * 30, "x", "１")]
    shown = ["indicator:hotline_solved?part=against", "series:air", "GB/T 33358-2016"]
    receipt = Receipt("a", 1, [Receipt(SECRET, source=one) for one in [*hidden, "matter:-1", "person:1", *shown]])
    with acting_as(work.district.as_("head")):
        seen = as_seen(receipt)
    assert [one.source for one in seen.because if one.claim == SECRET] == shown


def test_what_is_masked_leads_nowhere(work: Casework) -> None:
    html = render("{% receipt r %}", r=Receipt("a", 1, [Receipt(say("why.not_yours"), source="matter:12")]))
    assert "不在您的查看范围内" in Words(html).text
    assert "matter" not in html


@pytest.mark.parametrize(
    "source", ["//evil.example/a", "/\\evil.example", "javascript:alert(1)", "https://evil.example"]
)
def test_a_source_leads_to_pages_of_this_site_only(work: Casework, source: str) -> None:
    html = render("{% receipt r %}", r=Receipt("a", 1, [Receipt("b", 2, source=source)], source=source))
    assert "evil" not in "".join(html.split('href="')[1:]).split('"')[0]
    assert 'href="javascript' not in html
    assert f'href="{source}' not in html


def test_marks_that_turn_the_writing_stay_in_their_place(work: Casework) -> None:
    html = render("{% receipt r %}", r=Receipt("井盖\u202e", "84.8%"))
    assert '<bdi>井盖\u202e</bdi> <bdi class="receipt-value">84.8%</bdi>' in html


def test_a_tree_of_ten_thousand_reasons_is_a_page(work: Casework) -> None:
    deep = Receipt("leaf")
    for level in range(10_000):
        deep = Receipt("reason", level, [deep])
    assert render("{% receipt r %}", r=deep).count("<tr") == 10_000
