# ruff: noqa: E501 (a kind is easier to read with an action on a line)
"""A kind that looks after wells, each on every working day."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.support.tickets import at
from yiwang.matters import going_round

WELLS = """code,name_zh,name_en,unit,lon,lat,class,checklist,since
W1,一号井,North Well,bei,121.91,31.03,deep,,2026-01-01
W2,二号井,South Well,nan,,,shallow,,2026-01-01
W3,三号井,East Well,bei,,,deep,,2026-01-01
"""
LOOK = """
matter: look
title: {zh: 看井, en: Look}
version: 2026-01-01
reference: 试验规则
prefix: KJ
opens: {desk: {by: [dispatcher], fields: [title, text, well]}}
round: {every: day, opens: first workday, each: well, title: {zh: "{object}{period}日巡", en: "{object}, {period}"}, fills: {text: 日巡}}
form:
  text: {type: text, title: {zh: 内容, en: Text}}
  well: {type: object, list: wells, title: {zh: 水井, en: Well}, required: true}
stages:
  got: {title: {zh: 待派, en: Got}, owner: dispatcher}
  held: {title: {zh: 待看, en: Held}, owner: unit}
  over: {title: {zh: 看过, en: Over}, final: true}
actions:
  give: {title: {zh: 交办, en: Give}, from: got, to: held, by: [dispatcher, system], needs: [unit]}
  tell: {title: {zh: 反馈, en: Tell}, from: held, to: over, by: unit}
  drop: {title: {zh: 不看, en: Drop}, from: [got, held], to: over, by: [dispatcher]}
  late: {title: {zh: 漏看, en: Late}, from: [got, held], by: system, does: {overdue: looking}, raises: [supervisor]}
clocks:
  giving: {title: {zh: 交办, en: Giving}, starts: got, stops: [held, over], limit: 1 workday, internal: true}
  looking: {title: {zh: 看, en: Looking}, starts: got, stops: over, limit: {until: round.until, default: 2 workdays}}
auto: give
routing: [{to: unit of well, because: {zh: 谁的井谁看, en: whose well it is}}]
"""


def pack_of(change: dict[str, str] | None = None) -> Any:
    def write(pack: Path) -> None:
        (pack / "lists").mkdir(exist_ok=True)
        text, wells = LOOK, WELLS
        for old, new in (change or {}).items():
            assert old in text + wells, old
            text, wells = text.replace(old, new), wells.replace(old, new)
        (pack / "lists" / "wells.csv").write_text(wells, "utf-8")
        (pack / "matters" / "look.yaml").write_text(text, "utf-8")

    return write


def go(district: Any, when: str) -> int:
    return going_round.go_round(district.system, now=at(when))
