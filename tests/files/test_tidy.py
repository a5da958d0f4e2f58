"""What nobody needs goes, and nothing else: also while somebody is just handing it in or over."""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from typing import Any

import pytest

from tests.files.pictures import jpeg
from tests.files.shelved import acting, age, kept, opened_for_water


def lies(row: Any) -> bool:
    from yiwang.files.shelf import path_of

    return path_of(row.sha256).exists()


def there(district: Any, row: Any) -> bool:
    from yiwang.files import queries

    with acting(district) as asker:
        return queries.one(asker, row.pk) is not None


def test_what_belongs_to_nothing_for_a_day_goes_with_its_bytes(district: Any) -> None:
    from yiwang.files.tidy import tidy

    old, young = kept(district, 1, days=1.1), kept(district, 2, days=0.9)
    matter = opened_for_water(district)
    attached = kept(district, 3, days=400, noun="matter", subject=matter)
    assert tidy().rows >= 1
    assert [(there(district, row), lies(row)) for row in (old, young, attached)] == [
        (False, False),
        (True, True),
        (True, True),
    ]


def test_bytes_that_another_matter_or_district_needs_stay(district: Any) -> None:
    from tests.support.district import make_district
    from yiwang.files.tidy import tidy

    matter, other = opened_for_water(district), make_district()
    elsewhere = opened_for_water(other)
    loose, one = kept(district, 10, days=3), kept(district, 10, days=3, noun="matter", subject=matter)
    loose_2, far = kept(district, 11, days=3), kept(other, 11, days=3, noun="matter", subject=elsewhere)
    assert (loose.sha256, loose_2.sha256) == (one.sha256, far.sha256)
    tidy()
    assert [there(district, loose), there(district, loose_2)] == [False, False]
    assert [there(district, one), lies(one), there(other, far), lies(far)] == [True] * 4


def test_bytes_without_a_row_and_half_written_files_go(district: Any) -> None:
    from yiwang.files import shelf
    from yiwang.files.tidy import tidy

    digests = ["ab" * 32, "cd" * 32]
    for digest, days in zip(digests, (2, 0.5), strict=True):
        shelf.put(digest, b"an upload whose transaction came to nothing")
        age(shelf.path_of(digest), days)
    partial = [shelf.path_of(digests[0]).with_name(f"{digests[0]}.{name}.part") for name in ("old", "new")]
    for path, days in zip(partial, (2, 0.1), strict=True):
        path.write_bytes(b"half")
        age(path, days)
    strange = shelf.root() / "ab" / "README"
    strange.write_text("not ours")
    age(strange, 99)
    found = tidy()
    assert (found.bytes_, found.partial) == (1, 1)
    assert [shelf.path_of(digest).exists() for digest in digests] == [False, True]
    assert [path.exists() for path in (*partial, strange)] == [False, True, True]
    partial[1].unlink()
    strange.unlink()


def test_a_file_that_is_just_handed_over_stays(district: Any) -> None:
    """The removal comes while the row is held: it waits, and then the file belongs to something."""
    from yiwang.files import store
    from yiwang.files.tidy import tidy

    matter, row = opened_for_water(district), kept(district, 20, days=2)
    held, go = threading.Event(), threading.Event()

    def hand_over() -> None:
        from django.db import connection

        with acting(district) as asker:
            store.attach(asker, "matter", matter, [row.pk])
            held.set()
            go.wait(30)
        connection.close()

    def clear() -> None:
        from django.db import connection

        tidy()
        connection.close()

    handing, clearing = threading.Thread(target=hand_over), threading.Thread(target=clear)
    handing.start()
    assert held.wait(30)
    clearing.start()
    clearing.join(1.0)
    go.set()
    handing.join(30)
    clearing.join(30)
    assert (there(district, row), lies(row)) == (True, True)


def test_a_file_that_was_just_removed_cannot_be_handed_over(district: Any) -> None:
    from yiwang.files import store
    from yiwang.files.definition import NotKept
    from yiwang.files.tidy import tidy

    matter, row = opened_for_water(district), kept(district, 21, days=2)
    tidy()
    with acting(district) as asker, pytest.raises(NotKept) as refused:
        store.attach(asker, "matter", matter, [row.pk])
    assert refused.value.status == 422


def test_bytes_that_come_in_anew_while_old_ones_are_cleared_stay(district: Any) -> None:
    """The same photo is uploaded, its row not committed yet, while the removal looks at the old bytes."""
    from django.db import connection

    from yiwang.files import tidy as module
    from yiwang.files.shelf import path_of

    inside, go, done = threading.Event(), threading.Event(), []

    def upload() -> None:
        from yiwang.files import store
        from yiwang.files.cleaning import clean
        from yiwang.files.definition import BUDGET, EVIDENCE

        with acting(district) as asker:
            row = store.keep(asker, clean("b.jpg", jpeg(31), EVIDENCE.takes, BUDGET))
            age(path_of(row.sha256), 2)  # as if the clock of the disk were behind
            done.append(row)
            inside.set()
            go.wait(30)
        connection.close()

    thread = threading.Thread(target=upload)
    thread.start()
    assert inside.wait(30)
    module.tidy()
    go.set()
    thread.join(30)
    assert (there(district, done[0]), lies(done[0])) == (True, True)


def test_what_is_made_is_closed_to_other_accounts(district: Any) -> None:
    from yiwang.files import shelf

    row = kept(district, 40)
    path = shelf.path_of(row.sha256)
    assert path.stat().st_mode & 0o777 == 0o600
    assert {folder.stat().st_mode & 0o777 for folder in (path.parent, path.parents[1], path.parents[2])} == {0o700}


def test_a_full_disk_is_a_sentence_and_leaves_nothing_behind(district: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    import errno

    from yiwang.files import shelf
    from yiwang.files.definition import NotKept

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    beside = set(shelf.path_of("ef" * 32).parent.glob("*"))
    with pytest.raises(NotKept) as refused:
        shelf.put("ef" * 32, b"x")
    assert refused.value.status == 507
    assert set(shelf.path_of("ef" * 32).parent.glob("*")) == beside


def test_what_was_kept_before_there_were_rules_is_cleaned(district: Any, database: str) -> None:
    """A photo with a telephone number in it, and a document that cannot be cleaned: as the tables had them before."""
    import hashlib

    import psycopg

    from yiwang.files import queries, shelf
    from yiwang.files.again import clean_again
    from yiwang.files.cleaning import RULES
    from yiwang.files.tidy import tidy

    matter = opened_for_water(district)
    numbers = []
    for name, media_type, content in (
        ("现场.jpg", "image/jpeg", jpeg(50, comment=b"call 10012345678")),
        ("旧.doc", "application/msword", b"\xd0\xcf\x11\xe0 old office"),
    ):
        digest = hashlib.sha256(content).hexdigest()
        shelf.put(digest, content)
        age(shelf.path_of(digest), 3)
        with psycopg.connect(database) as owner:
            row = owner.execute(
                "INSERT INTO files_file (district_id, noun, subject, name, media_type, size, sha256, came, rules, at)"
                " VALUES (%s, 'matter', %s, %s, %s, %s, %s, %s, 0, now()) RETURNING id",
                [district.id, matter, name, media_type, len(content), digest, digest],
            ).fetchone()
        numbers.append((row[0], digest))
    assert clean_again() == 2
    assert clean_again() == 0
    tidy()
    with acting(district) as asker:
        photo, old = (queries.one(asker, number) for number, _ in numbers)
    assert (photo.rules, photo.media_type, photo.came) == (RULES, "image/jpeg", numbers[0][1])
    assert b"10012345678" not in shelf.path_of(photo.sha256).read_bytes()
    assert not shelf.path_of(numbers[0][1]).exists()
    assert (old.sha256, old.shown, old.media_type) == (numbers[1][1], False, "application/octet-stream")
    assert lies(old)


def test_what_is_taken_back_leaves_nothing_on_the_shelf(district: Any) -> None:
    from django.core.signals import request_finished

    from yiwang.files import shelf, store
    from yiwang.files.cleaning import clean
    from yiwang.files.definition import BUDGET, EVIDENCE

    kept_before = kept(district, 31)
    came = [clean("a.jpg", jpeg(seed), EVIDENCE.takes, BUDGET) for seed in (30, 31, 32)]
    with acting(district) as asker:
        stays = store.keep(asker, came[2])
        with suppress(RuntimeError), acting(district):
            digests = [store.keep(asker, one).sha256 for one in came[:2]]
            raise RuntimeError
    request_finished.send(sender=None)
    assert not shelf.path_of(digests[0]).exists()
    assert digests[1] == kept_before.sha256
    assert lies(kept_before)
    assert lies(stays)


def test_a_report_that_is_refused_after_its_first_photo_leaves_no_photo(
    district: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.test import Client

    from yiwang.files import shelf
    from yiwang.files.definition import NotKept
    from yiwang.why import say

    monkeypatch.setenv("YIWANG_DISTRICT", district.code)
    put, came = shelf.put, list[str]()

    def one_and_no_more(sha256: str, content: bytes) -> bool:
        if came:
            raise NotKept(say("files.no_room"), 507)
        came.append(sha256)
        return put(sha256, content)

    monkeypatch.setattr(shelf, "put", one_and_no_more)
    photos = [SimpleUploadedFile(f"{seed}.jpg", jpeg(seed), "image/jpeg") for seed in (71, 72)]
    said = {"text": "井盖松动，老人走不稳", "address": "南街", "key": "two-photos", "photo": photos}
    assert Client(SERVER_NAME="127.0.0.1").post("/portal/report/", said).status_code == 507
    assert not shelf.path_of(came[0]).exists()
