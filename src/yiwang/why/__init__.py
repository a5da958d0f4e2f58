"""Receipts: every number, deadline, decision and refusal can answer "why?"."""

from .receipt import Receipt
from .words import Catalogue, Words, catalogue, say

__all__ = ["Catalogue", "Receipt", "Words", "catalogue", "say"]
