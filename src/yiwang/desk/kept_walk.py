"""A walk of a trial as it travels in the forms of its page, signed: the server keeps nothing of it."""

from __future__ import annotations

from django.core import signing

from yiwang.matters import walk
from yiwang.matters.definition import Kind
from yiwang.matters.walk import Walk
from yiwang.org.asker import Asker
from yiwang.why import Refusal, say

LONGEST = 40_000  # signs of a walk as it is sent: each form of the page carries it
_SIGNER = signing.Signer(salt="yiwang.desk.kept_walk")


def signed(asker: Asker, walked: Walk) -> str:
    """The walk, signed for the asker alone. Raises Refusal where so much was written in it that it is too long."""
    text = _SIGNER.sign_object([asker.district, asker.person, walk.written(walked)], compress=True)
    if len(text) > LONGEST:
        raise Refusal(say("desk.try_too_much"))
    return text


def read(asker: Asker, kind: Kind, text: str) -> Walk | None:
    """The asker's own walk of a kind; None for what is none."""
    if not text or len(text) > LONGEST:
        return None
    try:
        district, person, written = _SIGNER.unsign_object(text)
    except (signing.BadSignature, ValueError):
        return None
    found = walk.read(written) if (district, person) == (asker.district, asker.person) else None
    return found if found and found.kind == kind.matter else None
