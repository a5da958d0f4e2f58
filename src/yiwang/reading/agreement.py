"""Whether one line of a reading says what another says: field by field, and by how alike the names are."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from itertools import pairwise
from typing import Any

Row = dict[str, Any]

FIELDS = ("kind", "comparator", "value", "unit", "period")
_SAME_UNIT = {"件": "个", "项": "个", "户": "家", "套(间)": "套", "个百分点": "百分点"}
_SAME_SIGN = {
    **dict.fromkeys(("", "==", "eq", "＝"), "="),
    **dict.fromkeys(("<=", "le"), "≤"),
    **dict.fromkeys((">=", "ge"), "≥"),
    **dict.fromkeys(("~", "≃", "about", "approx"), "≈"),
    **dict.fromkeys(("gt", "＞"), ">"),
    **dict.fromkeys(("lt", "＜"), "<"),
    "between": "range",
}
_MULTIPLE = {"万亿": 1e12, "千万": 1e7, "百万": 1e6, "亿": 1e8, "万": 1e4}


def _unit(unit: Any) -> tuple[float, str]:
    """(multiple, class): 万平方米 -> (10000, 平方米)."""
    name = unicodedata.normalize("NFKC", str(unit or "")).replace(" ", "").replace("人民币", "")
    multiple = 1.0
    found = re.match(r"(万亿|百万|千万|亿|万)(?=.)", name)
    if found:
        multiple, name = _MULTIPLE[found[1]], name[found.end() :]
    return multiple, _SAME_UNIT.get(name, name)


def _number(value: Any) -> float | None:
    if value is None or isinstance(value, bool):
        return None
    try:
        return float(str(value).replace(",", "").rstrip("%％"))
    except ValueError:
        return float("nan")


def _same_value(g: Row, p: Row) -> bool:
    g_times, p_times = _unit(g.get("unit"))[0], _unit(p.get("unit"))[0]
    for key in ("value", "value2"):
        a, b = _number(g.get(key)), _number(p.get(key))
        if key == "value2" and a is None:
            continue
        if a is None or b is None:
            if a is not b:
                return False
        elif not abs(a * g_times - b * p_times) <= 1e-6 * max(1.0, abs(a * g_times), abs(b * p_times)):
            return False
    return True


def _sign(value: Any) -> str:
    sign = str(value if value is not None else "").strip().lower()
    return _SAME_SIGN.get(sign, sign)


def agreement(g: Row, p: Row) -> dict[str, bool]:
    """Field by field: is the prediction right?"""

    def years(row: Row) -> list[str]:
        return re.findall(r"\d{4}", str(row.get("period") or ""))

    return {
        "kind": str(g.get("kind")).lower() == str(p.get("kind")).lower(),
        "comparator": _sign(g.get("comparator")) == _sign(p.get("comparator")),
        "value": _same_value(g, p),
        "unit": _unit(g.get("unit"))[1] == _unit(p.get("unit"))[1],
        "period": years(g) == years(p),
    }


def name_similarity(a: Any, b: Any) -> float:
    """Dice coefficient of the pairs of neighbouring characters of two names, 0 to 1.

    >>> name_similarity("养老床位数", "养老床位数"), name_similarity("养老床位", "停车泊位")
    (1.0, 0.0)
    """

    def pairs(name: Any) -> list[str]:
        bare = re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", str(name or "")))
        return [x + y for x, y in pairwise(bare)] or [bare]

    one, two = pairs(a), pairs(b)
    shared = sum((Counter(one) & Counter(two)).values())
    return 2 * shared / (len(one) + len(two))
