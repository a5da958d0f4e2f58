"""The facts of a matter, as the tests of this room use them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal as Exactly
from typing import Any
from zoneinfo import ZoneInfo

from yiwang.expr import Bool, Date, Decimal, Enum, Field, Instant, Schema, Text, Whole

from .strategies import CHINA

SHANGHAI = ZoneInfo("Asia/Shanghai")

MATTER = Schema(
    {
        "category": Field(Text, {"zh": "类别", "en": "category"}),
        "age": Field(Whole(3), {"zh": "年龄", "en": "age"}),
        "count": Whole(6),
        "amount": Field(Decimal(12, 2), {"zh": "金额", "en": "amount"}),
        "rate": Decimal(7, 4),
        "closed": Field(Bool, {"zh": "已办结", "en": "closed"}),
        "urgent": Bool,
        "birth": Field(Date, {"zh": "出生日期", "en": "date of birth"}),
        "day": Date,
        "created_at": Instant,
        "clock.handling.due": Field(
            Instant, {"zh": "办理期限", "en": "due"}, {"postgres": "(clocks->'handling'->>'due')::timestamptz"}
        ),
        "form.urgency": Field(Enum("normal", "urgent"), {"zh": "紧急程度", "en": "urgency"}),
        "order": Text,
        "cell": Text,
        "big": Whole(18),
        "wide": Decimal(18, 6),
    },
    calendar=CHINA,
)

ROW: dict[str, Any] = {
    "category": "暴露垃圾",
    "age": 61,
    "count": 7,
    "amount": Exactly("1250.50"),
    "rate": Exactly("0.9320"),
    "closed": False,
    "urgent": None,
    "birth": date(1964, 2, 29),
    "day": date(2026, 1, 31),
    "created_at": datetime(2026, 2, 13, 23, 30, tzinfo=SHANGHAI),
    "clock.handling.due": datetime(2026, 2, 27, 17, 0, tzinfo=SHANGHAI),
    "form.urgency": "urgent",
    "order": "a_b%",
    "cell": "990106001002003",
    "big": 999_999_999_999_999_999,
    "wide": Exactly("-0.000001"),
    "now": datetime(2026, 3, 1, 9, 0, tzinfo=SHANGHAI),
}
