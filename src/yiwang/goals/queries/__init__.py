"""What may be asked of plans and goals, filtered to what the asker may see. Call inside `acting_as`."""

from .measures import known as indicators_to_bind
from .measures import months
from .orders import Order, closed_orders, orders, orders_of
from .past import since as changed_since
from .plans import (
    Counts,
    can_undo,
    corrections,
    counts,
    document_of,
    goals_of,
    is_commitment,
    lacks,
    not_reviewed,
    plan,
    plans,
    statement,
    statements,
    unread_passages,
)
from .reports import changes, evidence, report, reports, waiting_for_verification
from .sentence import Sentence, chapter, report_sentence
from .settings import rules_of, today_of
from .standing import (
    Lamps,
    Standing,
    goal,
    goals_without_a_lead_unit,
    lamps,
    parts,
    promise_of,
    years,
)

__all__ = [
    "Counts",
    "Lamps",
    "Order",
    "Sentence",
    "Standing",
    "can_undo",
    "changed_since",
    "changes",
    "chapter",
    "closed_orders",
    "corrections",
    "counts",
    "document_of",
    "evidence",
    "goal",
    "goals_of",
    "goals_without_a_lead_unit",
    "indicators_to_bind",
    "is_commitment",
    "lacks",
    "lamps",
    "months",
    "not_reviewed",
    "orders",
    "orders_of",
    "parts",
    "plan",
    "plans",
    "promise_of",
    "report",
    "report_sentence",
    "reports",
    "rules_of",
    "statement",
    "statements",
    "today_of",
    "unread_passages",
    "waiting_for_verification",
    "years",
]
