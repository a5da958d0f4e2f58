"""The text with its marks: whole, in order, and each mark where it stands."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from yiwang.board.marked import Mark, lead_phrases, paragraphs, strip

TEXT = "一、改善居住条件\n1.加装电梯。完成加装电梯240台，开工300台。\n\n2.种树。新建绿地36公顷。"


def at(quote: str, number: str = "1", state: str = "review") -> Mark:
    start = TEXT.index(quote)
    return Mark(int(number), number, start, start + len(quote), state)


def test_a_marked_line_is_cut_where_marks_begin_and_end() -> None:
    lines = paragraphs(TEXT, [at("完成加装电梯240台"), at("开工300台", "2")], lead_phrases(TEXT, []))
    assert [line.heading for line in lines] == [True, False, False]
    texts = [(piece.text, piece.ids, [mark.number for mark in piece.ends]) for piece in lines[1].pieces]
    assert texts == [
        ("1.加装电梯。", "", []),
        ("完成加装电梯240台", "1", ["1"]),
        ("，", "", []),
        ("开工300台", "2", ["2"]),
        ("。", "", []),
    ]


def test_a_piece_under_several_marks_shows_what_asks_for_most() -> None:
    both = paragraphs(TEXT, [at("加装电梯240台", "1", "confirmed"), at("240台", "2", "missing")])[1]
    shared = next(piece for piece in both.pieces if len(piece.marks) == 2)
    assert (shared.text, shared.state, shared.first) == ("240台", "missing", 2)


def test_the_titles_of_items_are_bold() -> None:
    bold = lead_phrases(TEXT, [{"title": "加装电梯", "quote_offset": TEXT.index("1.")}])
    (piece,) = [piece for piece in paragraphs(TEXT, [], bold)[1].pieces if piece.bold]
    assert piece.text == "加装电梯"


def test_the_strip_is_a_map_of_the_whole_document() -> None:
    ticks = strip(TEXT, [at("完成加装电梯240台"), at("36公顷", "2")])
    assert 0 < ticks[0].at < ticks[1].at < 1000


spans = st.tuples(
    st.integers(-5, 60), st.integers(-5, 60), st.sampled_from(["review", "missing", "confirmed", "other"])
)


def places_shown(text: str) -> list[int]:
    """Where the signs of a text stand that a page shows: those of lines that are not blank."""
    found, start = [], 0
    for line in text.replace("\r", "\n").split("\n"):
        if line.strip():
            found += range(start, start + len(line))
        start += len(line) + 1
    return found


@example("1111 \r ", [(0, 7, "review")])
@given(st.text("甲乙丙12，。\n\r ", max_size=60), st.lists(spans, max_size=8))
def test_nothing_of_the_text_is_lost_or_doubled(text: str, marked: list[tuple[int, int, str]]) -> None:
    marks = [Mark(n, str(n), a, b, state) for n, (a, b, state) in enumerate(marked)]
    lines = paragraphs(text, marks)
    wanted = [line for line in text.replace("\r", "\n").split("\n") if line.strip()]
    assert ["".join(piece.text for piece in line.pieces) for line in lines] == wanted
    shown = places_shown(text)
    for mark in marks:
        if 0 <= mark.start < mark.end <= len(text):
            under = "".join(piece.text for line in lines for piece in line.pieces if mark in piece.marks)
            assert under == "".join(text[at] for at in shown if mark.start <= at < mark.end)
