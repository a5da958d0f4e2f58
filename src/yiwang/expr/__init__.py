"""One expression language for every rule: read once, it runs on a row and, as SQL, on whole tables (design §4)."""

from .errors import ExprError, FactError
from .expression import Expr, parse
from .functions import Function, Refused, register
from .schema import Field, Schema
from .types import Bool, Date, Decimal, Enum, Instant, Kind, Span, Text, Type, Whole
from .unknown import UNKNOWN, Unknown
from .workdays import Workdays

__all__ = [
    "UNKNOWN", "Bool", "Date", "Decimal", "Enum", "Expr", "ExprError", "FactError", "Field", "Function", "Instant",
    "Kind", "Refused", "Schema", "Span", "Text", "Type", "Unknown", "Whole", "Workdays", "parse", "register",
]  # fmt: skip
