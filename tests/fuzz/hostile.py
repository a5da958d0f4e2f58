"""What no honest visitor sends: one list for paths, queries, forms, file names and JSON."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote_from_bytes

TEXTS = [
    "", " ", "\x00", "a\x00b", "\x0b\x0c\x1f", "\x85\u2028", "\ufffe\uffff", "\u202egpj.exe", "\U0001f6b0", "é" * 300,
    "²", "①", "١٢٣", "１２", "-1", "+1", "0", "00", "1.5", "1e999", "-0", "nan", "inf", "٪", "1,000",
    str(2**31), str(2**63), str(2**63 - 1), "9" * 18, "9" * 19, "9" * 400, "9" * 5000,
    "0001-01-01", "9999-12-31", "2026-02-30", "0000-00-00", "-2026-01-01", "12026-01-01", "2026-1-1", "2026-W01-1",
    "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "2026-10-12T09:00", "2026-10-12T09:00:00+99:99",
    "2026-13", "0000", "9999", "2026-00", "2026-10-12/2026-10-01", "0001-01-01/9999-12-31",
    "{}", "[]", "null", "true", "{% csrf %}", "%(x)s", "{0}", "'", '"', "\\", "';--", "$$", "%", "%00", "%s",
    "<script>", "=1+1", "＝1+1", "@SUM(A1)", "/", "//", "..", "../../etc/passwd", "http://[", "//evil.example",
    "x" * 201, "字" * 2000, "x" * 20_000, "x" * 100_000, "x " * 3000, "\n" * 500, "|" * 500, "(" * 500,
]  # fmt: skip
BYTES = [
    b"\xff",
    b"\xed\xa0\x80",
    b"\xc0\x80",
    b"\xf8\x88\x80\x80\x80",
    b"a%",
    b"%",
    b"%zz",
    b"%u0041",
    b"\xfe\xff\x00a",
]
QUOTED = [quote_from_bytes(raw, safe="") for raw in BYTES[:4]] + ["%", "%zz", "%u0041", "%C0%AF", "%2e%2e%2f", "%F0%9F"]

FILES = [
    b"", b"%PDF-1.4\n", b"PK\x03\x04", b"\x89PNG\r\n\x1a\n", b"a,b\n1,2\n", b"\xff\xd8\xff", b"9" * 5000,
    "1. 新增床位200个。".encode(), b"\x00" * 100, b"9" * 200_000,
]  # fmt: skip

JSON: list[Any] = [
    None, True, False, 0, -1, 1.5, 2**31, 2**63, 10**30, 1e308, [], {}, [[]], [{}], {"a": 1}, [None], ["x"] * 50,
    {"zh": "x"}, "\ud800", "a\x00b", *TEXTS[:40],
]  # fmt: skip


def deep(depth: int) -> Any:
    found: Any = []
    for _ in range(depth):
        found = [found]
    return found
