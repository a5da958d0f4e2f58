"""How personal data looks by default: everywhere, to everybody (R9.3)."""

from __future__ import annotations

_COMPOUND = frozenset(
    [
        "欧阳",
        "司马",
        "上官",
        "诸葛",
        "东方",
        "皇甫",
        "尉迟",
        "公孙",
        "慕容",
        "司徒",
        "令狐",
        "夏侯",
        "端木",
        "南宫",
        "独孤",
        "长孙",
    ]
)


def name(value: str) -> str:
    """The family name and stars.

    >>> name("张三丰"), name("欧阳修"), name("李"), name("John Smith"), name("")
    ('张**', '欧阳*', '李', 'J*********', '')
    """
    kept = 2 if len(value) > 2 and value[:2] in _COMPOUND else 1
    return value[:kept] + "*" * (len(value) - kept)


def phone(value: str) -> str:
    """The first three and last four digits; of a short number the last two.

    >>> phone("13800138000"), phone("021-5555 1234"), phone("12345"), phone("")
    ('138****8000', '021****1234', '***45', '')
    """
    digits = "".join(one for one in value if one.isdigit())
    if len(digits) >= 10:
        return f"{digits[:3]}****{digits[-4:]}"
    return "*" * max(len(digits) - 2, 0) + digits[-2:]


def identity(value: str) -> str:
    """First three and last four characters of an identity number.

    >>> identity("310109199001010013")
    '310***********0013'
    """
    return value[:3] + "*" * max(len(value) - 7, 0) + value[-4:] if len(value) > 7 else "*" * len(value)


def address(value: str) -> str:
    """Up to the street or estate: what follows the first number is hidden.

    >>> address("清河路218弄5号302室")
    '清河路218弄****'
    """
    for at, one in enumerate(value):
        if one in "弄号村苑" and at + 1 < len(value):
            return value[: at + 1] + "****"
    return value
