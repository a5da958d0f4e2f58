"""What a failure says to the person at the terminal: the one place where it becomes a sentence."""

from __future__ import annotations

from yiwang.why import Receipt, Refusal

UNDEFINED_TABLE = "42P01"  # SQLSTATE (ISO 9075): of what else does not exist the program is to blame


def sentences(trouble: Exception, language: str) -> list[str]:
    """What a user can put right, a line each; none for a fault of the program, which is shown in full.

    What is wrong with a pack carries its problems, every other refusal its receipt.
    """
    if isinstance(trouble, Refusal):
        return [trouble.sentence(language)]
    problems = getattr(trouble, "problems", None)
    if isinstance(problems, list) and all(hasattr(one, "speak") for one in problems):
        return [one.speak(language) for one in problems]
    if isinstance(trouble, OSError) and trouble.filename:
        return [f"{trouble.filename}: {(trouble.strerror or 'cannot be read').lower()}."]
    if type(trouble).__name__ == "OperationalError" and "connection" in str(trouble).lower():
        return ["The database does not answer: start it with `python3 run.py up`, or set DATABASE_URL."]
    if any(getattr(error, "sqlstate", None) == UNDEFINED_TABLE for error in (trouble, trouble.__cause__)):
        return ["The database is empty: `python3 run.py up` makes its tables."]
    return []


def refusal(sentence: str) -> Refusal:
    """A refusal in a sentence that is there in one language, or that was spoken already."""
    return Refusal(Receipt(sentence, False))
