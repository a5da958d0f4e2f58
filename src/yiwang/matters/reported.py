"""Who reports a matter: kept apart from it, masked everywhere, and known to its ledger by a commitment. Pure."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field

from yiwang.ledger import chain
from yiwang.org import masking
from yiwang.org.personal import mask_name
from yiwang.typed.telephones import is_not_given
from yiwang.typed.text import seen

from .clock_state import Delta

KEPT_APART = ("reporter_name", "reporter_phone")  # the personal fields of a form that the platform keeps apart (R9.3)


def commitment_of(name: str, phone: str, address: str, salt: str) -> str:
    """SHA-256 over a salt of 128 bits and who reports; with the salt erased it says nothing of anybody."""
    return hashlib.sha256(chain.encode((salt, name, phone, address))).hexdigest()


@dataclass(frozen=True, slots=True)
class Reported:
    """Who reports: kept apart from the matter and masked everywhere (R9.3)."""

    name: str = ""
    phone: str = ""
    address: str = ""
    salt: str = field(default_factory=lambda: secrets.token_hex(16), compare=False, repr=False)

    @classmethod
    def typed(cls, name: str = "", phone: str = "", address: str = "") -> Reported:
        """As it was typed or pasted: without blanks at its ends, and without signs that nobody sees. A telephone that
        only says that none was given is none."""
        name, phone, address = (seen(part).strip() for part in (name, phone, address))
        return cls(name, "" if is_not_given(phone) else phone, address)

    def masked(self) -> Delta:
        """What everybody may see of it."""
        shown = {"reporter.name": mask_name(self.name), "reporter.phone": masking.phone(self.phone)}
        return {key: value for key, value in shown.items() if value}

    def plain(self) -> tuple[str, str, str, str]:
        """Name, phone, address as they are kept, and the salt of their commitment."""
        return self.name, self.phone, self.address, self.salt

    def commitment(self) -> str:
        """What the ledger knows of it: nothing that can be guessed back, and yet no other person fits (R9.3)."""
        return commitment_of(*self.plain()) if self else ""

    def called(self) -> str:
        """The telephone as a sentence tells it, so that its number is known for one."""
        return f"电话{self.phone}"

    def __bool__(self) -> bool:
        return bool(self.name or self.phone or self.address)
