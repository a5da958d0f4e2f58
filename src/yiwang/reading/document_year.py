"""Of which year a document is: what its title, its text and its name say."""

from __future__ import annotations

import re
from collections import Counter

from yiwang.typed.spoken import chinese_number

from .frames import YEAR
from .grammar import load

_ANCHOR = re.compile(
    r"(20\d\d)年?(?:度)?[^,。;:\d]{0,24}?(?:政府工作报告|工作安排|工作要点|重点工作|主要工作|工作任务|主要任务|任务分解|责任分解|分工方案|目标任务|实事项目|民生实事|工作计划)"
)
_MEETING = re.compile(r"(20\d\d)年\d{1,2}月\d{1,2}日[^。]{0,60}(?:会议|人民代表大会)")
_REVIEW = re.compile(r"(20\d\d)年(?:的)?(?:主要)?工作(?:回顾|总结|情况)")
_DATED = re.compile(r"(20\d\d)年(1[0-2]|\d)月(?:\d{1,2}日)?")


def document_year(text: str, title: str, filename: str | None) -> int | None:
    """The year whose work the plan is: from its title, its chapters, the meeting, events of public knowledge."""
    votes: Counter[int] = Counter()
    for match in _ANCHOR.finditer(title):
        votes[int(match[1])] += 8
    head = text[:1500]
    for match in _MEETING.finditer(head):
        votes[int(match[1])] += 5
    for match in _REVIEW.finditer(text):
        votes[int(match[1]) + 1] += 4
    for match in _ANCHOR.finditer(text):
        if not re.search("回顾|总结|完成情况", text[match.start() : match.end() + 6]):
            votes[int(match[1])] += 2
    for year in re.findall(r"(?<!\d)(20\d\d)(?=年|[-_.])", filename or ""):
        votes[int(year)] += 3
    if not votes:
        votes.update(_from_events(text))
    if not votes:
        for match in _DATED.finditer(head):
            votes[int(match[1]) + (match[2] == "12")] += 2
    if not votes:
        years = Counter(int(found[1]) for found in YEAR.finditer(text))
        if years:
            votes[max(year for year, n in years.items() if n * 3 >= max(years.values()))] = 1
    return max(votes, key=lambda year: (votes[year], year)) if votes else None


def _from_events(text: str) -> Counter[int]:
    votes: Counter[int] = Counter()
    frames = load("frames")
    for pattern, base in frames["counted_events"].items():
        for found in re.finditer(pattern.replace("(N)", r"(\d{1,3}|[一二三四五六七八九十百]{1,4})"), text):
            votes[base + int(chinese_number(found[1]))] += 1
    for pattern, year in frames["events"].items():
        votes[year] += 2 * len(re.findall(pattern, text))
    return +votes
