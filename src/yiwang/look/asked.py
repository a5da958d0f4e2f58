"""What an address or a form asks for, typed: one way to read each sort of value, with bounds (`yiwang.typed`).

form = Asked.of_form(request)
form.whole("goal"), form.choice("verdict", ("accept", "return")), form.written("note")

Nobody else reads what was sent (`tests/look/test_asked.py`). What comes here has passed the gate (`look/door.py`): it
holds no control characters. Of a name that was sent twice the last value counts, except where a list is asked for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime, tzinfo

from django.core.exceptions import BadRequest
from django.http import HttpRequest, QueryDict

from yiwang.typed import moments
from yiwang.typed.numbers import LARGEST, whole, wholes

TOKEN = "csrfmiddlewaretoken"  # stands in every form and says nothing


class Asked:
    """The fields of a query or a form. What cannot be read is as if it were not there (but for `version`)."""

    def __init__(self, given: QueryDict) -> None:
        self._given = given

    @classmethod
    def of_address(cls, request: HttpRequest) -> Asked:
        """What stands behind the question mark."""
        return cls(request.GET)

    @classmethod
    def of_form(cls, request: HttpRequest) -> Asked:
        """What a form has sent; nothing where the page was only asked for."""
        return cls(request.POST)

    def __contains__(self, name: str) -> bool:
        return name in self._given

    def __bool__(self) -> bool:
        """Whether anything was given at all."""
        return bool(self._given)

    def __iter__(self) -> Iterator[str]:
        """The names that were given."""
        return iter(self._given)

    def text(self, name: str, *, most: int = 200) -> str:
        """Without blanks around it; nothing when it is longer than `most`, for half a text means something else."""
        written = self.written(name).strip()
        return written if len(written) <= most else ""

    def written(self, name: str) -> str:
        """As it was written, however long: what becomes of it says whoever takes it, with a sentence of their own.
        Empty where nothing was given."""
        return str(self._given.get(name, ""))

    def fields(self, *names: str) -> dict[str, str]:
        """name -> what was written, of exactly these fields."""
        return {name: self.written(name) for name in names}

    def all_fields(self) -> dict[str, str]:
        """name -> what was written, of whatever was sent, the token of the form aside."""
        return {name: self.written(name) for name in self._given if name != TOKEN}

    def every(self, name: str) -> list[str]:
        """Every value under this name, in the order of the form."""
        return [str(value) for value in self._given.getlist(name)]

    def ticked(self, name: str) -> bool:
        """Whether a box is ticked, or the button pressed that has this name."""
        return bool(self.written(name))

    def whole(self, name: str, *, least: int = 0, most: int = LARGEST) -> int | None:
        return whole(self.written(name), least=least, most=most)

    def version(self) -> int | None:
        """What its writer last saw, where the form says so; BadRequest for what is no version.

        Read as absent it would switch off the check that nobody else wrote meanwhile.
        """
        number = self.whole("version", most=2**31 - 1)
        if number is None and "version" in self._given:
            raise BadRequest("no version")
        return number

    def wholes(self, name: str) -> list[int]:
        """Every whole number under this name."""
        return wholes(self.every(name))

    def year(self, name: str) -> int | None:
        return moments.year(self.written(name))

    def day(self, name: str) -> date | None:
        return moments.day(self.written(name))

    def moment(self, name: str, zone: tzinfo | None = None) -> datetime | None:
        """A moment with its offset (or in `zone`)."""
        return moments.moment(self.written(name), zone)

    def choice(self, name: str, among: Collection[str], otherwise: str = "") -> str:
        """One of `among`; `otherwise` for anything else."""
        written = self.written(name)
        return written if written in among else otherwise

    def retry(self, whose: str) -> str | None:
        """The key of this attempt, apart from all of others: a form that was sent twice is done once. None without
        one, and then every time counts.

        whose  who sends it or where, "web:7"
        """
        key = self.written("key")
        return f"{whose}:{key}" if key else None

    def query(self, **changed: str) -> str:
        """The same as a query string, with some fields changed; an empty one is left out."""
        fields = self._given.copy()
        for name, value in changed.items():
            if value:
                fields[name] = value
            else:
                fields.pop(name, None)
        return fields.urlencode()

    @property
    def everything(self) -> QueryDict:
        """All of it, for a reader that goes by a definition (the fields of a kind, a filter) and for a page that
        shows again what was sent."""
        return self._given
