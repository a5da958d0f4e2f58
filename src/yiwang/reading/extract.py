"""From the sentences of a paragraph to its statements."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from .clause import Clause, Found
from .compare import is_stretch
from .dictionary import Dictionary
from .frames import Frame
from .milestones import milestones
from .naming import Topic
from .number_words import describe
from .periods import before, period_of
from .place import Place
from .quantities import Quantity, in_quotes, quantities
from .ranks import ranks
from .statement import Statement
from .wordless import wordless

SENTENCE = re.compile(r"[^。!?;]+[。!?;]?")
_NESTED = re.compile(r"\([^()]{0,120}\)|“[^”]{0,60}”|《[^》]{0,80}》")
_CUT = re.compile(r"[,:]")
LONGEST_CLAUSE = 300  # characters; the longest clause of a real report is about half of that


def own_name(title: str) -> re.Pattern[str] | None:
    """The name of the place that the plan is of, which goes without saying in the names of its indicators."""
    match = re.match(
        r"(?:20\d\d年?)?(?:[一-龥]{2,3}[省市])?([一-龥]{2,6}?(?:新区|开发区|区|县|市|镇|乡|街道))(?=20|政府|人民|关于|国民|重点|十件)",
        title,
    )
    return re.compile(f"^(?:{match[1]}|{match[1][:-1]}全?[区县市])(?=.{{2}})") if match else None


def _edges(masked: str, start: int, end: int) -> Iterator[int]:
    """Where the clauses of a sentence end; one that never ends is cut, so that reading takes linear time."""
    at = start
    for edge in [found.start() for found in _CUT.finditer(masked, start, end)] + [end]:
        while edge - at > LONGEST_CLAUSE:
            at += LONGEST_CLAUSE
            yield at
        yield edge
        at = edge


def _start(quantity: Quantity) -> int:
    return quantity.start


def mask(text: str) -> str:
    """The text with what stands in brackets and quotation marks blanked, so that it is not cut there."""
    return _NESTED.sub(lambda found: found[0][0] + "\x01" * (len(found[0]) - 2) + found[0][-1], text)


class Extractor:
    """Reads paragraphs of one document; `raw` is the original text, `year` the year of the plan."""

    def __init__(self, raw: str, year: int | None, title: str, dictionary: Dictionary) -> None:
        self.raw = raw
        self.year = year
        self.title = title
        self.dictionary = dictionary
        self.own_name = own_name(title)
        self.not_a_district = bool(self.own_name and "区" not in self.own_name.pattern.split("|")[0])

    def statements(self, place: Place) -> list[Statement]:
        if place.silent or place.heading:
            return []
        text = place.block.text
        masked = mask(text)
        quoted = list(in_quotes(text))
        numbers = [q for q in quantities(text) if q.named or not any(a <= q.start and q.end <= b for a, b in quoted)]
        out: list[Statement] = []
        body = place.body
        for sentence in SENTENCE.finditer(masked, body):
            clauses = self._clauses(masked, sentence, numbers)
            titled = place.starts_item and sentence.start() <= body
            read = [one for one in self._sentence(place, text, masked, clauses) if not (titled and one.rule == "trend")]
            read.sort(key=lambda f: (f.quantity.start if f.quantity else f.start, f.kind == "milestone"))
            out.extend(self._written(place, one) for one in read)
        return out

    def _clauses(self, masked: str, sentence: re.Match[str], numbers: list[Quantity]) -> list[Clause]:
        clauses: list[Clause] = []
        at = sentence.start()
        for edge in _edges(masked, sentence.start(), sentence.end()):
            end = edge
            while end > at and masked[end - 1] in "。!?;,:":
                end -= 1
            first = bisect_left(numbers, at, key=_start)
            clauses.append(Clause(at, end, numbers[first : bisect_left(numbers, edge, key=_start)]))
            at = edge + 1 if masked[edge : edge + 1] in (",", ":") else edge
        return clauses

    def _sentence(self, place: Place, text: str, masked: str, clauses: list[Clause]) -> Iterator[Found]:
        topic = Topic()
        frame = place.frame
        for clause in clauses:
            yield from describe(text, masked, clause, topic, place)
            yield from ranks(text, clause, topic)
            yield from wordless(text, masked, clause, topic, place)
        if frame not in ("last_year", "five_years"):
            yield from milestones(text, masked, clauses, place)

    def _written(self, place: Place, clause_found: Found) -> Statement:
        block = place.block
        text = block.text
        period = clause_found.period or period_of(
            text, clause_found.start, clause_found.end, place.frame, self.year, clause_found.measure
        )
        if clause_found.earlier and clause_found.quantity is not None:
            period = before(text, clause_found.quantity.start, period)
        frame: Frame = period.frame
        known = self.dictionary.canonical(
            self.own_name.sub("", clause_found.name) if self.own_name else clause_found.name
        )
        if self.not_a_district:
            known = replace(known, name=known.name.replace("区级一般公共预算", "一般公共预算"))
        kind = clause_found.kind or ("result" if frame in ("last_year", "five_years") else "target")
        a, b = block.span(clause_found.start, clause_found.end)
        q = clause_found.quantity
        number = number_offset = None
        if q is not None and not q.implied:
            n0, n1 = block.span(q.start, q.number_end)
            number, number_offset = self.raw[n0:n1], n0
        return Statement(
            kind=kind,  # type: ignore[arg-type]
            section=place.section,
            item_no=place.item_no,
            quote=self.raw[a:b],
            quote_offset=a,
            number=number,
            number_offset=number_offset,
            indicator=known.name,
            comparator=clause_found.compared.sign,
            value=clause_found.value,
            value2=q.value2 if q else None,
            unit=known.unit if clause_found.unit is None else clause_found.unit,
            measure=known.measure or clause_found.measure,
            period=period.text,
            due=period.due if kind != "result" else None,
            approx=clause_found.compared.approx,
            stretch=is_stretch(text, clause_found.start, clause_found.end),
            scope=clause_found.scope,
            time_frame=frame,
            rule=clause_found.rule,
            confidence=round(max(clause_found.confidence, 0.95 if known.known else 0.0), 2),
            value_text=q.value_text if q else None,
            implied=clause_found.implied,
            named=bool(q and q.named),
            recurring=period.recurring and kind != "result",
            verb=clause_found.verb,
            basis=clause_found.basis,
        )
