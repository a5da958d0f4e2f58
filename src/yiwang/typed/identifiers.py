"""Numbers by which the state knows firms, with the check that each carries; those of people: `identity_numbers`.

Sources: GB 32100-2015 (unified social credit code), GB 11714-1997 (organisation code inside it).
"""

from __future__ import annotations

import re
import unicodedata

_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # of a credit code: no I, O, S, V, Z
_USCC = re.compile(f"[{_SIGNS}]{{2}}[0-9]{{6}}[{_SIGNS}]{{10}}")
_WEIGHTS = [3**at % 31 for at in range(17)]
_ORGANISATION = (3, 7, 9, 10, 5, 8, 4, 2)
_ALL = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def written(text: str) -> str:
    """A number as it is kept: no blanks, narrow signs, capitals.

    >>> written(" 11010519491231002ｘ ")
    '11010519491231002X'
    """
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).upper()


def is_credit_code(code: str) -> bool:
    """Whether it is a unified social credit code whose last sign is right (R0.6).

    >>> is_credit_code("91350100M000100Y43"), is_credit_code("91350100M000100Y4Z"), is_credit_code("91512081MA62K0260E")
    (True, False, True)
    """
    return _USCC.fullmatch(code) is not None and _credit_check(code[:17]) == code[17]


def credit_code(sixteen: str) -> str:
    """The credit code that begins with these signs: registration, place, and the eight of the organisation (R0.6).

    >>> credit_code("91350100M000100Y")
    '91350100M000100Y43'
    """
    signs = sixteen + organisation_check(sixteen[8:])
    return signs + _credit_check(signs)


def _credit_check(signs: str) -> str:
    """The last sign that belongs to the seventeen before it."""
    total = sum(_SIGNS.index(sign) * weight for sign, weight in zip(signs, _WEIGHTS, strict=True))
    return _SIGNS[(31 - total % 31) % 31]


def organisation_check(code: str) -> str:
    """The check sign of an organisation code of eight signs: positions 9 to 16 of a credit code (R0.6).

    >>> organisation_check("M000100Y"), organisation_check("D2143569")
    ('4', 'X')
    """
    total = sum(_ALL.index(sign) * weight for sign, weight in zip(code, _ORGANISATION, strict=True))
    return "0123456789X0"[11 - total % 11]
