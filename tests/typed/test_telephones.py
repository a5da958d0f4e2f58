"""A telephone is taken as people write it, and words in its field are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiwang.typed.telephones import is_not_given, is_telephone

TAKEN = [
    "13800138000", "138 0013 8000", "138-0013-8000", "138—0013—8000", "１３８ ００１３ ８０００",
    "\u202d13800138000\u202c",
    "+86 138 0013 8000", "+8613800138000", "0086 138 0013 8000", "86-13800138000", "(86)13800138000", "*13800138000",
    "021-55551234", "(021) 5555 1234", "021-5555-1234", "5555 1234", "0531-8899001", "021-55551234转802",
    "021-55551234-802", "021-5555 1234 ext. 802", "021-55551234 分机 802", "+1 (415) 555-2671 x12", "021-55551234#9",
    "110", "120", "12345", "95598", "400-820-8820", "8123",
    "+351 21 123 45 67", "+44 20 7946 0958", "+852 2345 6789", "+1.415.555.2671",
    "13800138000/13900139000", "13800138000、021-55551234转8", "13800138000 或 13900139000", "13800138000 13900139000",
    "13800138000，", "13800138000（女儿）", "13800138000 王女士", "电话：13800138000", "tel:13800138000", "138****8000",
]  # fmt: skip
REFUSED = [
    "abc", "见附件", "call me", "wx_20260101", "a@b.cn", "12", "1", "138O0138000", "1" * 16, "13800138000138001",
    "310101199001011237", "31010119900101123X", "6222021234567890123", "清河路218号", "一三八", "1-3",
]  # fmt: skip
NOT_GIVEN = ["", " ", "无", "—", "-", "/", "无。", "不详", "未留电话", "匿名", "N/A", "none", "（无）", "+", "()"]


@pytest.mark.parametrize("text", TAKEN)
def test_taken(text: str) -> None:
    assert is_telephone(text)
    assert not is_not_given(text)


@pytest.mark.parametrize("text", REFUSED)
def test_refused(text: str) -> None:
    assert not is_telephone(text)
    assert not is_not_given(text)


@pytest.mark.parametrize("text", NOT_GIVEN)
def test_not_given(text: str) -> None:
    assert is_not_given(text)
    assert not is_telephone(text)


def test_who_wants_to_be_called_back_gives_a_whole_one() -> None:
    assert not is_telephone("1234", 5)
    assert is_telephone("12345", 5)


@given(st.text(st.characters(codec=None, exclude_categories=())))
def test_whatever_is_sent_has_an_answer(raw: str) -> None:
    assert is_telephone(raw) in (True, False)
    assert not (is_telephone(raw) and is_not_given(raw))
