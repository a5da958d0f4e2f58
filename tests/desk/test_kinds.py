"""The page of a kind shows it as it is in use: its drawing, clocks, parties and doors, and by whose word it came."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.clients import client
from tests.support.district import TestDistrict, make_district
from tests.support.foreign import LEAK
from yiwang.packs import adopting, loading

NEXT = LEAK.replace("version: 2026-02-02", "version: 2026-03-03")

GATE = """
gates:
  neighbourhood:
    reference: 准入清单
    kinds: {leak: {zh: 就地处置, en: On the spot}}
"""


@pytest.fixture(scope="module")
def town(database: str) -> TestDistrict:
    """A district whose kind was changed once, by the word of a supervisor."""

    def change(folder: Path) -> None:
        (folder / "matters" / "leak.yaml").write_text(LEAK, "utf-8")
        (folder / "gate.yaml").write_text(GATE, "utf-8")
        roles = (folder / "roles.yaml").read_text("utf-8")
        (folder / "roles.yaml").write_text(roles.replace("  supervisor: {", "  supervisor: {adopts: true, "), "utf-8")

    made = make_district(change)
    (made.folder / "matters" / "leak.yaml").write_text(NEXT, "utf-8")
    loading.load(made.folder, adoption=adopting.Adoption(made.username("supervisor"), "新规定", made.username("head")))
    return made


def shown(town: TestDistrict, address: str, language: str, post: str = "dispatcher-1") -> str:
    answer = client(town, post, headers={"Accept-Language": language}).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("language", "words"), [("zh-CN", ["漏损", "挖", "采纳人"]), ("en", ["Leak", "Dig", "Adopted by"])]
)
def test_a_kind_is_shown_with_who_adopted_it(town: TestDistrict, language: str, words: list[str]) -> None:
    page = shown(town, "/desk/kinds/leak/", language)
    for said in [*words, "2026-03-03", "2026-02-02", "新规定", town.username("supervisor"), town.username("head")]:
        assert said in page, said


@pytest.mark.parametrize(("language", "word"), [("zh-CN", "开挖"), ("en", "Digging")])
def test_its_drawing_speaks_the_language_of_the_page(town: TestDistrict, language: str, word: str) -> None:
    assert word in shown(town, "/desk/kinds/leak/drawing.svg", language)


@pytest.mark.parametrize(
    ("language", "words"), [("zh-CN", "可交居村（准入清单）"), ("en", "may be given to any neighbourhood (准入清单)")]
)
def test_its_drawing_says_which_units_it_may_reach(town: TestDistrict, language: str, words: str) -> None:
    assert words in shown(town, "/desk/kinds/leak/drawing.svg", language)


def test_all_that_a_role_sees_are_listed_and_nothing_else(town: TestDistrict) -> None:
    assert "/desk/kinds/leak/" in shown(town, "/desk/kinds/", "en")
    grid = client(town, "bei-grid")  # sees two kinds
    assert "/desk/kinds/leak/" not in grid.get("/desk/kinds/").content.decode()
    assert grid.get("/desk/kinds/leak/").status_code == 404
    assert grid.get("/desk/kinds/no_such/").status_code == 404


@pytest.mark.parametrize(("language", "door", "limit"), [("zh-CN", "工作台", "个工作日"), ("en", "Desk", "workday")])
def test_its_doors_and_limits_speak_the_language_of_the_page(
    town: TestDistrict, language: str, door: str, limit: str
) -> None:
    page = shown(town, "/desk/kinds/hotline/", language)
    assert (f'<td class="nw">{door}</td>' in page, limit in page, '<td class="nw">desk</td>' in page) == (
        True,
        True,
        False,
    )
    assert language == "en" or "workday" not in page.partition("<details")[0]


def test_the_doors_of_a_trial_do_so_too(town: TestDistrict) -> None:
    page = shown(town, "/desk/kinds/hotline/try/", "zh-CN")
    assert "工作台</a>" in page.replace("\n", "")
    assert ">desk<" not in "".join(page.split())
