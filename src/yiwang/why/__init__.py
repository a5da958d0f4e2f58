"""Receipts: every number, deadline, decision and refusal can answer "why?"."""

from .cases import Cases
from .json_form import NotAReceipt
from .receipt import Receipt, is_reference
from .refusal import Conflict, Incomplete, NotAllowed, NotThere, Refusal, Unreadable, attempt
from .schema import SCHEMA
from .words import Catalogue, Words, catalogue, say

__all__ = [
    "SCHEMA",
    "Cases",
    "Catalogue",
    "Conflict",
    "Incomplete",
    "NotAReceipt",
    "NotAllowed",
    "NotThere",
    "Receipt",
    "Refusal",
    "Unreadable",
    "Words",
    "attempt",
    "catalogue",
    "is_reference",
    "say",
]
