# ruff: noqa: E501 (a kind is easier to read with an action on a line)
"""Draws by lot: seed, pool and result stand in the ledger, and drawing again gives the same (R8.1, R8.2)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.packs.checking import problems
from tests.support.district import make_district, write_pack
from tests.support.tickets import at
from tests.support.vale import command
from yiwang.matters import auditing, drawing_lots, draws, queries, store
from yiwang.matters.draws import Draw
from yiwang.matters.fields.spec import FieldSpec
from yiwang.matters.objects import ObjectFacts
from yiwang.org.session import acting_as
from yiwang.why import Refusal

SHOPS = "code,name_zh,name_en,unit,class\n" + "".join(f"S{n:02d},店{n},Shop {n},bei,{'AB'[n % 2]}\n" for n in range(20))
EYES = (
    "code,name_zh,name_en,class,avoids\nE1,甲,Ash,sworn,\nE2,乙,Birch,sworn,\nE3,丙,Cedar,sworn,\nE4,丁,Elm,new,\nE5,戊,Fir,sworn,"
    + ";".join(f"S{n:02d}" for n in range(20))
    + "\n"
)
LOT = """
matter: lot
title: {zh: 抽查, en: Lot}
version: 2026-01-01
reference: 试验规则
prefix: CQ
opens: {desk: {by: [dispatcher], fields: [title]}}
form: {text: {type: text, title: {zh: 内容, en: Text}}}
asks:
  words: {type: text, title: {zh: 种子, en: Seed}}
  shops: {type: objects, list: shops, title: {zh: 店, en: Shops}}
  eyes: {type: objects, list: eyes, title: {zh: 人, en: Eyes}}
  stepping_back: {type: objects, list: eyes, title: {zh: 回避, en: Stepping back}}
stages:
  got: {title: {zh: 待抽, en: Got}, owner: dispatcher}
  drawn: {title: {zh: 已抽, en: Drawn}, owner: dispatcher}
  over: {title: {zh: 结束, en: Over}, final: true}
actions:
  draw:
    title: {zh: 抽取, en: Draw}
    from: got
    to: drawn
    by: dispatcher
    needs: [words]
    draws:
      - {field: shops, of: {A: "10%", B: 2}, seed: words, not_within: 30 days}
      - {field: eyes, of: 2, only: [sworn], seed: words, avoids: shops}
  others: {title: {zh: 重抽, en: Others}, from: drawn, by: dispatcher, needs: [stepping_back], draws: [{field: eyes, of: 1, only: [sworn], avoids: shops, leaves_out: [stepping_back]}]}
  close: {title: {zh: 结束, en: Close}, from: [got, drawn], to: over, by: dispatcher}
clocks:
  drawing: {title: {zh: 抽取, en: Drawing}, starts: got, stops: over, limit: 9 workdays}
"""


def write(pack: Path) -> None:
    (pack / "lists").mkdir(exist_ok=True)
    (pack / "lists" / "shops.csv").write_text(SHOPS, "utf-8")
    (pack / "lists" / "eyes.csv").write_text(EYES, "utf-8")
    (pack / "matters" / "lot.yaml").write_text(LOT, "utf-8")


@pytest.fixture
def district(database: str) -> Any:
    return make_district(write)


def lot(district: Any, when: str = "2026-10-12T10:00") -> Any:
    with acting_as(district.as_("dispatcher-1")) as asker:
        return store.open_matter(asker, "lot", {"title": "抽查"}, at=at(when))


def do(district: Any, matter: int, action: str, when: str = "2026-10-12T11:00", **data: Any) -> Any:
    with acting_as(district.as_("dispatcher-1")) as asker:
        return store.act(asker, matter, action, data, at=at(when)).state


def test_the_entry_holds_all_that_it_takes_to_draw_again(district: Any) -> None:
    opened = lot(district)
    state = do(district, opened.id, "draw", words="三号球 七号球")
    assert [sum(code in state["form.shops"] for code in [f"S{n:02d}" for n in range(of, 20, 2)]) for of in (0, 1)] == [
        1,
        2,
    ]
    assert set(state["form.eyes"]) < {"E1", "E2", "E3"}  # E4 is not sworn, E5 avoids every shop
    assert len(state["form.eyes"]) == 2
    with acting_as(district.as_("dispatcher-1")) as asker:
        found = queries.one(asker, pk=opened.id)
        assert found is not None
        made = {name: said for _, name, said in drawing_lots.draws_of(found)}
        receipts = [receipt.text("en") for _, _, receipt in drawing_lots.receipts(asker, found)]
    assert made["shops"]["seed"] == "三号球 七号球"
    assert made["shops"]["drawn"] == state["form.shops"] == draws.again(made["shops"])
    assert made["eyes"]["left_out"] == {"E4": "class", "E5": "interest"}
    assert len(made["shops"]["pool"]) == 20
    assert all(any(one["hash"] in text for text in receipts) for one in made.values())
    assert all("drawn again it comes out the same" in text for text in receipts)
    assert auditing.verify(district.system, opened.number).whole


def test_redraw_says_the_same_and_finds_what_was_changed(district: Any) -> None:
    opened = lot(district)
    do(district, opened.id, "draw", words="任意的话")
    (district.folder / "lists" / "shops.csv").write_text(SHOPS.replace("S03", "S93"), "utf-8")  # lists go on changing

    def redrawn(number: str) -> Any:
        return command("matters", "redraw", number, "--district", district.code, "--lang", "en")

    said = redrawn(opened.number)
    assert (said.returncode, said.stdout.count("drawn again it is the same")) == (0, 2), said
    assert redrawn(lot(district).number).returncode == 1
    with acting_as(district.system) as asker:
        found = queries.one(asker, pk=opened.id)
        assert found is not None
        for _, _, made in drawing_lots.draws_of(found):
            other = sorted({code for code, _ in made["pool"]} - {*made["drawn"]})[0]
            assert draws.differences({**made, "drawn": [other, *made["drawn"][1:]]})
            assert draws.differences({**made, "seed": made["seed"] + "!", "drawn": []})
            assert draws.differences({**made, "pool": made["pool"][1:]})


def test_what_was_drawn_lately_is_not_drawn_again(district: Any) -> None:
    first = do(district, lot(district).id, "draw", words="一")
    second = do(district, lot(district, "2026-10-20T10:00").id, "draw", "2026-10-20T11:00", words="一")
    assert not {*first["form.shops"]} & {*second["form.shops"]}
    third = do(district, lot(district, "2027-03-01T10:00").id, "draw", "2027-03-01T11:00", words="一")
    assert third["form.shops"] == first["form.shops"]  # the same seed, pool and shares


def test_who_steps_back_is_not_drawn_and_the_seed_is_then_the_ledgers(district: Any) -> None:
    opened = lot(district)
    state = do(district, opened.id, "draw", words="二")
    gone = state["form.eyes"]
    after = do(district, opened.id, "others", "2026-10-12T12:00", stepping_back=gone)
    assert not {*gone} & {*after["form.eyes"]}
    with acting_as(district.system) as asker:
        found = queries.one(asker, pk=opened.id)
        assert found is not None
        made = [said for _, name, said in drawing_lots.draws_of(found) if name == "eyes"]
        assert made[1]["seed"] == bytes(found.entries[-2].hash).hex()
        assert {made[1]["left_out"][code] for code in gone} == {"named"}
    with pytest.raises(Refusal, match=r"0|Only"):
        do(district, opened.id, "others", "2026-10-12T13:00", stepping_back=["E1", "E2", "E3"])
    with acting_as(district.system) as asker:
        again = queries.one(asker, pk=opened.id)
        assert again is not None
        assert len(again.entries) == len(found.entries)  # what is refused has drawn nothing


LISTS = st.lists(st.sampled_from([f"O{n}" for n in range(60)]), min_size=5, max_size=60, unique=True)


@given(codes=LISTS, seed=st.text(max_size=20), percent=st.integers(1, 100))
def test_a_draw_takes_what_it_says_whatever_the_order_of_the_list(codes: list[str], seed: str, percent: int) -> None:
    fields = {"drawn": FieldSpec(type="objects", list_="all"), "seed": FieldSpec()}
    how = Draw("drawn", f"{percent}%", seed="seed")

    def made(order: list[str]) -> tuple[list[str], dict[str, Any]]:
        lists = {"all": {code: ObjectFacts(code, {}) for code in order}}
        return draws.drawn(how, fields, {"form.seed": seed}, lists, "")

    found, said = made(codes)
    assert made(codes[::-1]) == (found, said)
    assert len(found) == len(set(found)) == -(-len(codes) * percent // 100)
    assert {*found} <= {*codes}
    assert draws.differences(said) == []


def test_nobody_is_favoured() -> None:
    """Over many seeds each is drawn about as often."""
    pool = [[f"O{n}", ""] for n in range(10)]
    times = dict.fromkeys((code for code, _ in pool), 0)
    for number in range(2000):
        for code in draws.again({"seed": str(number), "hash": draws.hash_of(pool), "of": {"": 3}, "pool": pool}):
            times[code] += 1
    assert all(520 < n < 680 for n in times.values()), times


BROKEN = [
    ('of: {A: "10%"', 'of: {C: "10%"', "class is never C"),
    ('of: {A: "10%"', 'of: {A: "ten"', "of is a number or a share"),
    ("of: 2, only", "of: 9, only", "Only 4 can be drawn from; 9"),
    ("only: [sworn], seed", "only: [swore], seed", "class is never swore"),
    ("seed: words, not_within", "seed: text, not_within", "the seed text must be a text that this action asks for"),
    ("needs: [words]", "needs: [words, eyes]", "eyes is drawn, so nobody enters it"),
    ("{field: shops,", "{field: words,", "its type must be objects"),
    ("avoids: shops}", "avoids: words}", "words names nothing of what is drawn"),
    ("30 days", "soon", "soon"),
]


@pytest.mark.parametrize("number", range(len(BROKEN)))
def test_check_refuses_a_draw_that_cannot_be(tmp_path: Path, number: int) -> None:
    pack = write_pack(tmp_path / "pack", "990000")
    write(pack)
    assert problems(pack) == []
    old, new, said = BROKEN[number]
    file = pack / "matters" / "lot.yaml"
    assert old in LOT
    file.write_text(LOT.replace(old, new, 1), "utf-8")
    assert any(one.startswith("matters/lot.yaml:") and said in one for one in problems(pack)), problems(pack)
