"""Receipts: every number, deadline, decision and refusal can answer "why?"."""

from .cases import Cases
from .json_form import Unreadable
from .receipt import Receipt, is_reference
from .schema import SCHEMA
from .words import Catalogue, Words, catalogue, say

__all__ = ["SCHEMA", "Cases", "Catalogue", "Receipt", "Unreadable", "Words", "catalogue", "is_reference", "say"]
