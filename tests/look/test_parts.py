"""The parts as a reader without colours, without a mouse or without scripts meets them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.utils import translation

from tests.look.rendered import Words, render
from yiwang.look.shapes import LAMPS, lamp_shape
from yiwang.look.speech import speaking
from yiwang.why import Receipt, say

SOURCE = Path(__file__).resolve().parents[2] / "src" / "yiwang"


def test_a_number_says_what_it_is_and_opens_without_scripts_too(database: str) -> None:
    html = render('{% number 84.78 "/why/" "%" name="实际解决率" digits=1 %}')
    (link,) = Words(html).links
    assert link["aria-label"] == "实际解决率 84.8%，查看依据"
    assert link["href"] == link["hx-get"] == "/why/"


def test_a_rate_always_shows_its_base(database: str) -> None:
    assert "986 / 1,163" in re.sub(r"\s+", " ", Words(render("{% rate 986 1163 %}")).text)
    none = Words(render("{% rate 0 0 %}")).text
    assert "—" in none
    assert "%" not in none


@pytest.mark.parametrize("kind", ["ok", "watch", "alarm", "stale", "unknown", "done", "no", "never heard of"])
def test_a_lamp_has_a_shape_and_a_word_even_where_the_word_is_not_shown(database: str, kind: str) -> None:
    for html in (render("{% lamp kind %}", kind=kind), render('{% lamp kind "" %}', kind=kind)):
        assert "<svg" in html
        assert Words(html).text.strip()


def test_no_two_lamps_share_a_shape(database: str) -> None:
    assert len({lamp_shape(kind) for kind in LAMPS}) == len(LAMPS)


def test_an_order_shows_one_two_or_three_bars(database: str) -> None:
    filled = [render("{% order c %}", c=c).count("<rect x") for c in ("blue", "orange", "red")]
    assert filled == [1, 2, 3]


def test_what_people_write_never_becomes_markup(database: str) -> None:
    nasty = '<img src=x onerror="alert(1)">'
    receipt = Receipt(nasty, nasty, [Receipt(nasty, nasty, source=nasty)])
    for html in (
        render("{% receipt r note=x foot=x %}", r=receipt, x=nasty),
        render("{% number x x x name=x %}", x=nasty),
        render("{% lamp 'ok' x %}{% title x %}{% empty x x %}{% problem x x %}", x=nasty),
        render("{% stepper s %}", s=[{"title": nasty, "state": "now", "note": nasty}]),
        render("{% clock_chip c %}", c={"title": nasty, "paused": nasty}),
    ):
        assert "<img" not in html


def test_a_receipt_shows_the_whole_tree_in_order_and_leads_to_its_cases(database: str) -> None:
    receipt = Receipt(
        "实际解决率",
        "84.8%",
        [Receipt("分母", 1163, [Receipt("已回访", 1214), Receipt("剔除", -51)]), Receipt("分子", 986)],
    )
    html = render('{% receipt r cases="/list/" n=177 %}', r=receipt)
    text = Words(html).text
    places = [
        text.index(words)
        for words in ("实际解决率", "84.8%", "分母", "已回访", "剔除", "−51", "分子", "986", "看 177 件")
    ]
    assert places == sorted(places)


def test_a_yes_or_no_in_a_receipt_is_a_shape_with_a_word(database: str) -> None:
    html = render(
        "{% receipt r %}", r=Receipt("能否核查", False, [Receipt("不是办理人", False), Receipt("在待核查", True)])
    )
    rows = re.findall(r"<tr.*?</tr>", html, re.DOTALL)
    assert [Words(row).text.split() for row in rows] == [["否", "不是办理人"], ["是", "在待核查"]]


def test_titles_follow_the_language(database: str) -> None:
    with translation.override("en"):
        assert render("{% title t %}", t={"zh": "澄江区", "en": "Chengjiang"}) == "Chengjiang"
        assert render("{% title t %}", t=say("why.yes")) == "yes"
    assert render("{% title t %}", t={"zh": "澄江区", "en": "Chengjiang"}) == "澄江区"


def test_no_page_needs_an_inline_script_or_style() -> None:
    templates = list(SOURCE.glob("*/templates/**/*.html"))
    assert templates
    found = []
    for file in templates:
        text = file.read_text("utf-8")
        if re.search(r"\sstyle=|<style|\son[a-z]+=['\"]|javascript:|<script(?![^>]*\ssrc=)|hx-on", text):
            found.append(file.relative_to(SOURCE))
    assert found == []


def test_no_page_or_style_names_another_host() -> None:
    files = [f for kind in ("html", "css", "svg") for f in SOURCE.glob(f"*/**/*.{kind}")]
    allowed = "http://www.w3.org/"  # the name of a namespace, never fetched
    assert [f for f in files if re.search(r"https?://", f.read_text("utf-8").replace(allowed, ""))] == []


def test_the_built_part_is_left_out_where_nothing_is_built(database: str) -> None:
    assert render('{% island "no such part" %}') == ""


def test_sentences_follow_each_other_as_their_language_writes_them() -> None:
    said = {}
    for language in ("zh", "en"):
        with speaking(language):
            said[language] = render("甲。{% gap %}乙。")
    assert said == {"zh": "甲。乙。", "en": "甲。 乙。"}
