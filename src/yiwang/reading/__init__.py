"""From the words of a plan to statements that can be checked. Pure: text in, statements out."""

from .item import Item
from .reading import Reading, read
from .sources import UnreadableDocument
from .statement import Statement

__all__ = ["Item", "Reading", "Statement", "UnreadableDocument", "read"]
