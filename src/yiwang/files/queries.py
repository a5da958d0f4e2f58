"""The files that the asker may see. Call inside `acting_as`: the database hides the rest."""

from __future__ import annotations

from collections.abc import Iterable

from yiwang.org.asker import Asker

from .models import File

FileRow = File  # as faces name what they are given


def one(asker: Asker, number: int) -> File | None:
    """A file; None when there is none that the asker may see."""
    return File.objects.filter(district=asker.district, pk=number).first()


def belonging_to(asker: Asker, noun: str, subject: int) -> list[File]:
    """The files of one thing, the oldest first."""
    return list(File.objects.filter(district=asker.district, noun=noun, subject=subject).order_by("at", "pk"))


def by_subject(asker: Asker, noun: str, subjects: Iterable[int]) -> dict[int, list[File]]:
    """subject -> its files, the oldest first, for several things at once."""
    files: dict[int, list[File]] = {}
    rows = File.objects.filter(district=asker.district, noun=noun, subject__in=list(subjects)).order_by("at", "pk")
    for row in rows:
        files.setdefault(row.subject or 0, []).append(row)
    return files


def loose(asker: Asker, numbers: Iterable[int]) -> list[File]:
    """Those of `numbers` that the asker has uploaded and that belong to nothing yet."""
    return list(File.objects.filter(district=asker.district, noun="", pk__in=list(numbers)).order_by("pk"))


def digests_of(asker: Asker, numbers: Iterable[int]) -> dict[int, str]:
    """number -> SHA-256 of what is in the file, in hex; of those that the asker may see."""
    return dict(File.objects.filter(district=asker.district, pk__in=list(numbers)).values_list("pk", "sha256"))
