"""Whether a commitment can be judged as it is worded, what is missing, and a wording that would put it right.

A promise can be judged when it has a number or an end state, a base to count from where it speaks of change, an
indicator that is defined, and a date. The owner is named too when it is missing, but does not stop the judging.
"""

from __future__ import annotations

import re

from yiwang.typed.numbers import plain

from .statement import Statement

_VAGUE_NAME = re.compile(r"(?:一批|若干|更多|有关|相关|等)")
_OPEN_CHANGE = re.compile(r"(?:缩减|压缩|压减|缩短|减少|降低)幅度$|同比变动$")
_STATED_BASE = re.compile(r"同比|环比|比上?去?年|较上?去?年|较20|比20|年均|以20\d\d年为")
_YEARLY = re.compile(r"增长率$|下降率$|涨幅$")
STOPS = frozenset({"number", "end_state", "base", "definition", "date"})


def judge(statement: Statement) -> None:
    """Set `missing`, `judgeable` and `mend` of a commitment; results are left as they are."""
    if statement.kind == "result":
        return
    missing: list[str] = []
    if statement.kind == "milestone":
        if not statement.verb:
            missing.append("end_state")
    elif statement.value is None:
        missing.append("number")
    if len(statement.indicator) < 2 or _VAGUE_NAME.search(statement.indicator[-2:]):
        missing.append("definition")
    if statement.measure == "growth" and not _has_base(statement):
        missing.append("base")
    if statement.due is None:
        missing.append("date")
    if statement.lead_unit is None:
        missing.append("owner")
    statement.missing = missing
    statement.judgeable = not STOPS.intersection(missing)
    if not statement.judgeable:
        statement.mend = _mend(statement)


def _has_base(statement: Statement) -> bool:
    """A yearly rate of a known kind is counted from the year before; any other change needs its base in words."""
    return bool(_STATED_BASE.search(statement.quote)) or bool(
        _YEARLY.search(statement.indicator) and not _OPEN_CHANGE.search(statement.indicator)
    )


def _mend(statement: Statement) -> str:
    """The commitment with places left open for what is missing: （2026年12月底前）社区食堂覆盖率达到__%."""
    missing = set(statement.missing)
    year = re.search(r"\d{4}$", statement.period)
    by = f"{year[0]}年__月底前" if "date" in missing and year else "__年__月底前" if "date" in missing else ""
    name = statement.indicator if "definition" not in missing else f"{statement.indicator}（指__，按__统计）"
    if statement.kind == "milestone":
        return f"{by}{name}，以__为完成标志" if "end_state" in missing else f"{by}{name}"
    unit = statement.unit or "__"
    value = "__" if statement.value is None else plain(abs(statement.value))
    if "base" in missing:
        change = "降低" if statement.value is not None and statement.value < 0 else "提高"
        name = re.sub(r"(?:同比变动|幅度)$", "", name)
        return f"{by}{name}比{_year_before(statement.period)}（__{unit}）{change}{value}{unit}"
    verb = "达到" if statement.comparator not in ("≤", "<") else "不超过"
    return f"{by}{name}{verb}{value}{unit}"


def _year_before(period: str) -> str:
    first = re.match(r"\d{4}", period)
    return f"{int(first[0]) - 1}年" if first else "上年"
