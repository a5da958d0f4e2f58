"""The life of a definition: what a load would change is said before, somebody adopts it, a kind is retired."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from tests.support.district import TestDistrict, make_district
from tests.support.foreign import LEAK
from yiwang.commands.handlers.pack import LEFT
from yiwang.commands.line import main
from yiwang.ledger.queries import Done, done_to
from yiwang.matters import kinds, store
from yiwang.matters.models import KindVersion, Matter
from yiwang.org.asker import Asker
from yiwang.org.pack_text import PackError
from yiwang.org.session import acting_as, as_owner
from yiwang.packs import adopting, loading
from yiwang.run import up
from yiwang.why import Refusal


def written(folder: Path, text: str) -> Path:
    path = folder / "matters" / "leak.yaml"
    path.write_text(text, "utf-8")
    return path


def adopted_by(role: str) -> Callable[[Path], object]:
    """The small district with the kind, where holders of a role adopt what changes."""

    def change(folder: Path) -> None:
        written(folder, LEAK)
        roles = folder / "roles.yaml"
        text = roles.read_text("utf-8")
        before = f"  {role}: {{"
        assert text.count(before) == 1
        roles.write_text(text.replace(before, f"  {role}: {{adopts: true, "), "utf-8")

    return change


@pytest.fixture
def free(database: str) -> TestDistrict:
    """A district in which a load needs nobody's word."""
    return make_district(lambda folder: written(folder, LEAK))


@pytest.fixture
def guarded(database: str) -> TestDistrict:
    return make_district(adopted_by("supervisor"))


NEXT = LEAK.replace("version: 2026-02-02", "version: 2026-03-03")


def load(district: TestDistrict, **said: str) -> list[Any]:
    found: list[Any] = []
    assert loading.load(district.folder, adoption=adopting.Adoption(**said), differs=found) == district.id
    return found


def diff(district: TestDistrict, capsys: pytest.CaptureFixture[str], language: str = "en") -> tuple[int, str]:
    capsys.readouterr()
    code = main(["pack", "diff", str(district.folder), "--lang", language])
    return code, capsys.readouterr().out


def opened(district: TestDistrict) -> Any:
    with acting_as(district.system) as asker:
        return store.open_matter(asker, "leak", {"title": "漏", "text": "一直漏水", "size": "drip"}, door="desk")


def running_version(asker: Asker, one: Any) -> date:
    return Matter.objects.get(pk=one.id).kind_version


def entries(district: TestDistrict) -> list[Done]:
    with acting_as(district.system) as asker:
        return done_to(asker, "kind:leak", "adopt")


def test_nothing_differs_from_what_was_just_loaded(free: TestDistrict, capsys: pytest.CaptureFixture[str]) -> None:
    assert diff(free, capsys) == (0, "No kind would change\n")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_would_change_is_said_with_what_runs(
    free: TestDistrict, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    opened(free)
    first = next(line for line in LEAK.splitlines() if "limit: " in line and "{title" in line)
    limit = first.rpartition("limit: ")[2].rstrip("}")
    written(free.folder, NEXT.replace(f"limit: {limit}", "limit: 9 workdays", 1))
    code, said = diff(free, capsys, language)
    assert code == 1
    assert ("~ 漏损" if language == "zh" else "~ Leak") in said
    assert "9 workdays" in said
    assert ("在办 1 件用 2026-02-02 的定义" if language == "zh" else "1 runs by the definition of 2026-02-02") in said


OTHER = LEAK.replace("en: Leak}", "en: Leaking pipe}")


def test_a_version_that_has_matters_says_what_it_said(free: TestDistrict, capsys: pytest.CaptureFixture[str]) -> None:
    """A change under the same version would move what runs at once: it is refused, where the version stands."""
    running = opened(free)
    written(free.folder, OTHER)
    code, said = diff(free, capsys)
    line = 1 + [one.startswith("version:") for one in OTHER.splitlines()].index(True)
    assert (code, f"leak.yaml:{line}: what version 2026-02-02 says was changed, but 1 matter began" in said) == (
        2,
        True,
    )
    with pytest.raises(PackError, match="1 件事项是按它开始的"):
        load(free)
    with acting_as(free.system) as asker:
        assert kinds.kind_of(asker, "leak", running_version(asker, running)).title["en"] == "Leak"


def test_a_version_is_kept_for_what_has_ended_too(free: TestDistrict) -> None:
    """Its page and its figures are read by what it began with."""
    ended = opened(free)
    with acting_as(free.system):
        Matter.objects.filter(pk=ended.id).update(closed_at=timezone.now())
    written(free.folder, OTHER)
    with pytest.raises(PackError):
        load(free)


def test_a_version_that_has_none_may_still_be_written(free: TestDistrict) -> None:
    written(free.folder, OTHER)
    assert [one.sign for one in load(free)] == ["~"]
    assert opened(free).number


def test_each_runs_by_the_version_that_it_began_with(free: TestDistrict) -> None:
    """Also after a change was taken back: the earlier version is in use again, and nothing has moved."""
    first = opened(free)
    written(free.folder, NEXT.replace("en: Leak}", "en: Leaking pipe}"))
    load(free)
    second = opened(free)
    written(free.folder, LEAK)
    assert [one.sign for one in load(free)] == ["~"]
    third = opened(free)
    with acting_as(free.system) as asker:
        titles = [
            kinds.kind_of(asker, "leak", running_version(asker, one)).title["en"] for one in (first, second, third)
        ]
    assert titles == ["Leak", "Leaking pipe", "Leak"]
    written(free.folder, NEXT)  # what the second began with, written over
    with pytest.raises(PackError):
        load(free)


def test_a_kind_that_says_so_is_retired(free: TestDistrict, capsys: pytest.CaptureFixture[str]) -> None:
    """Under the version that runs: nothing changes for what was opened."""
    running = opened(free)
    written(free.folder, f"{LEAK}\nretired: true\n")
    code, said = diff(free, capsys)
    assert (code, "- Leak" in said, "1 still runs" in said, "changed" in said) == (1, True, True, False)
    assert [one.sign for one in load(free)] == ["-"]
    with pytest.raises(Refusal, match="已停用"):
        opened(free)
    with acting_as(free.system) as asker:
        assert store.act(asker, running.id, "send", {"unit": "water"})
    assert load(free) == []
    written(free.folder, LEAK)
    assert [one.sign for one in load(free)] == ["~"]
    assert opened(free).number


def test_a_definition_that_can_be_read_no_more_does_not_stand_in_the_way(free: TestDistrict) -> None:
    """A load is what mends it."""
    with as_owner(), acting_as(free.system) as asker:
        KindVersion.objects.filter(district=asker.district, code="leak").update(definition='{"matter": "leak"}')
    load(free)
    assert opened(free).number


def test_a_broken_pack_cannot_be_compared(free: TestDistrict, capsys: pytest.CaptureFixture[str]) -> None:
    written(free.folder, LEAK.replace("public: true", "pubic: true"))
    assert diff(free, capsys)[0] == 2


def test_a_kind_that_the_pack_has_no_more_is_opened_no_more_and_goes_on(
    free: TestDistrict, capsys: pytest.CaptureFixture[str]
) -> None:
    running = opened(free)
    (free.folder / "matters" / "leak.yaml").unlink()
    code, said = diff(free, capsys)
    assert (code, "- Leak" in said, "1 still runs" in said) == (1, True, True)
    (retired,) = load(free)
    assert retired.sign == "-"
    with pytest.raises(Refusal, match="已停用"):
        opened(free)
    with acting_as(free.system) as asker:
        assert store.act(asker, running.id, "send", {"unit": "water"})  # what runs goes on
        assert "leak" in {kind.matter for kind in kinds.current_kinds(asker)}  # lists and figures keep it
    assert load(free) == []  # and it is retired once
    written(free.folder, NEXT)
    assert [one.sign for one in load(free)] == ["~"]
    assert opened(free).number


def test_a_changed_kind_is_adopted_by_whom_the_roles_name(guarded: TestDistrict) -> None:
    assert load(guarded) == []  # nothing changed: it needs nobody
    written(guarded.folder, NEXT)
    of, reason = guarded.username, "新规定"
    for said in (
        {},
        {"approved_by": of("supervisor")},  # without a reason
        {"approved_by": of("water-1"), "reason": reason},  # whose role does not adopt
        {"approved_by": "nobody", "reason": reason},
        {"approved_by": of("supervisor"), "proposed_by": of("supervisor"), "reason": reason},
    ):
        with pytest.raises(Refusal):
            load(guarded, **said)
    said = {"approved_by": of("supervisor"), "proposed_by": of("water-1"), "reason": reason}
    assert [one.sign for one in load(guarded, **said)] == ["~"]
    (entry,) = entries(guarded)
    assert {name: entry.data[name] for name in said} == said
    assert entry.data["version"] == "2026-03-03"


def test_somebody_of_another_district_adopts_nothing_here(guarded: TestDistrict, free: TestDistrict) -> None:
    written(guarded.folder, NEXT)
    with pytest.raises(Refusal):
        load(guarded, approved_by=free.username("supervisor"), reason="新规定")


def test_who_adopts_cannot_be_taken_out_without_their_word(guarded: TestDistrict) -> None:
    """Else the change after it would need nobody."""
    roles = guarded.folder / "roles.yaml"
    roles.write_text(roles.read_text("utf-8").replace("adopts: true, ", ""), "utf-8")
    with pytest.raises(Refusal, match=r"roles\.yaml"):
        load(guarded)
    assert load(guarded, approved_by=guarded.username("supervisor"), reason="新规定") == []


def started(district: TestDistrict, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """What a start loads of a pack, as `run.py up` does."""
    capsys.readouterr()
    code = main(["pack", "load", str(district.folder), "--at-start", "--lang", "en"])
    return code, capsys.readouterr().out


def test_a_start_takes_new_and_changed_kinds_into_use(free: TestDistrict, capsys: pytest.CaptureFixture[str]) -> None:
    written(free.folder, NEXT)
    assert started(free, capsys)[0] == 0
    with acting_as(free.system) as asker:
        assert kinds.kind_of(asker, "leak").version == date(2026, 3, 3)


def test_a_start_retires_nothing(free: TestDistrict, capsys: pytest.CaptureFixture[str]) -> None:
    """A pack that does not know a kind of another pack leaves it, and says so."""
    (free.folder / "matters" / "leak.yaml").unlink()
    code, said = started(free, capsys)
    assert code == LEFT == up.LEFT_AS_IT_IS
    assert "- Leak" in said
    assert "the district goes on as it is" in said
    assert opened(free).number


def test_a_start_adopts_nothing(guarded: TestDistrict, capsys: pytest.CaptureFixture[str]) -> None:
    written(guarded.folder, NEXT)
    code, said = started(guarded, capsys)
    assert (code, "~ Leak" in said) == (LEFT, True)
    with acting_as(guarded.system) as asker:
        assert kinds.kind_of(asker, "leak").version == date(2026, 2, 2)


def test_a_start_moves_nothing_that_runs(free: TestDistrict, capsys: pytest.CaptureFixture[str]) -> None:
    opened(free)
    written(free.folder, OTHER)
    code, said = started(free, capsys)
    assert (code, "1 matter began with it" in said) == (LEFT, True)
