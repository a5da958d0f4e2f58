"""publiccode.yml says what the standard of that name asks for (core, version 0.4), in its keys, types and words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from yiwang.why.words import LANGUAGES

ROOT = Path(__file__).resolve().parents[1]
FILE = ROOT / "publiccode.yml"

STATUS = {"concept", "development", "beta", "stable", "obsolete"}
TYPES = {f"standalone/{one}" for one in ("mobile", "iot", "desktop", "web", "backend", "other")}
TYPES |= {"addon", "library", "configurationFiles"}
PLATFORMS = {"web", "windows", "mac", "linux", "ios", "android"}  # others are allowed; we need none
MAINTAINED = {"internal", "contract", "community", "none"}
CATEGORIES = set(  # of the standard's list, those under which such a platform could be looked for
    "business-intelligence business-process-management call-center-management customer-service-and-support"
    " data-analytics data-collection data-visualization digital-citizenship document-management"
    " feedback-and-reviews-management geographic-information-systems help-desk it-management knowledge-management"
    " project-management service-desk task-management workflow-management".split()
)
SCOPES = set(
    "agriculture culture defence education emergency-services employment energy environment"
    " finance-and-economic-development foreign-affairs government healthcare infrastructures justice local-authorities"
    " manufacturing research science-and-technology security society sport tourism transportation welfare".split()
)
# what the standard asks for and nobody can say yet: docs/public_code.md says so too
NOT_YET = {"url": "no public home of the code"}

Check = Callable[[Any], bool]


def text(least: int = 1, most: int = 10_000) -> Check:
    return lambda value: isinstance(value, str) and least <= len(value.strip()) <= most and value == value.strip("\n ")


def word(known: set[str]) -> Check:
    return lambda value: isinstance(value, str) and value in known


def list_of(each: Check, least: int = 0) -> Check:
    return lambda value: isinstance(value, list) and len(value) >= least and all(map(each, value))


def address(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(r"https?://\S+\.\S+", value) is not None


def day(value: Any) -> bool:
    """A date as YYYY-MM-DD, which YAML may read as one."""
    return isinstance(value, date) or (isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value) is not None)


def language(value: Any) -> bool:
    """A tag of BCP 47: the language first, then what narrows it."""
    return isinstance(value, str) and re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", value) is not None


def here(value: Any) -> bool:
    """A path of a file in this repository."""
    return isinstance(value, str) and (ROOT / value).is_file()


def yes_or_no(value: Any) -> bool:
    return isinstance(value, bool)


# section -> key -> (whether it must be there, what it must be)
DEPENDENCY: dict[str, tuple[bool, Check]] = {
    "name": (True, text()),
    "versionMin": (False, text()),
    "versionMax": (False, text()),
    "version": (False, text()),
    "optional": (False, yes_or_no),
}
CONTACT: dict[str, tuple[bool, Check]] = {
    "name": (True, text()),
    "email": (False, lambda value: isinstance(value, str) and re.fullmatch(r"[^@\s]+@[^@\s]+", value) is not None),
    "phone": (False, text()),
    "affiliation": (False, text()),
}
DESCRIPTION: dict[str, tuple[bool, Check]] = {
    "localisedName": (False, text()),
    "shortDescription": (True, lambda value: text(most=150)(value) and "\n" not in value),
    "longDescription": (True, lambda value: isinstance(value, str) and text(500)(value.strip())),
    "features": (True, list_of(text(most=100), least=5)),
    "documentation": (False, address),
    "apiDocumentation": (False, address),
    "screenshots": (False, list_of(here)),
    "videos": (False, list_of(address)),
    "awards": (False, list_of(text())),
}
WHOLE: dict[str, tuple[bool, Check]] = {
    "publiccodeYmlVersion": (True, word({"0.4"})),
    "name": (True, text()),
    "applicationSuite": (False, text()),
    "url": (True, address),
    "landingURL": (False, address),
    "isBasedOn": (False, lambda value: address(value) or list_of(address)(value)),
    "softwareVersion": (False, text()),
    "releaseDate": (False, day),
    "logo": (False, here),
    "platforms": (True, list_of(word(PLATFORMS), least=1)),
    "categories": (True, list_of(word(CATEGORIES), least=1)),
    "usedBy": (False, list_of(text())),
    "roadmap": (False, address),
    "developmentStatus": (True, word(STATUS)),
    "softwareType": (True, word(TYPES)),
    "intendedAudience": (False, lambda value: set(value) <= {"scope", "countries", "unsupportedCountries"}),
    "description": (True, lambda value: isinstance(value, dict) and bool(value) and all(map(language, value))),
    "legal": (True, lambda value: set(value) <= {"license", "mainCopyrightOwner", "repoOwner", "authorsFile"}),
    "maintenance": (True, lambda value: set(value) <= {"type", "contacts", "contractors"}),
    "localisation": (True, lambda value: set(value) == {"localisationReady", "availableLanguages"}),
    "dependsOn": (False, lambda value: set(value) <= {"open", "proprietary", "hardware"}),
}


def wrong_with(said: Any, asked: dict[str, tuple[bool, Check]], where: str = "") -> Iterator[str]:
    """Each key that is missing, unknown or not what it must be."""
    if not isinstance(said, dict):
        yield f"{where}: no mapping"
        return
    for name in said.keys() - asked.keys():
        yield f"{where}{name}: no key of the standard"
    for name, (must, fits) in asked.items():
        if name not in said:
            if must:
                yield f"{where}{name}: missing"
        elif not fits(said[name]):
            yield f"{where}{name}: {said[name]!r}"


def complaints(said: Any) -> list[str]:
    """Everything that is wrong with a publiccode.yml."""
    found = list(wrong_with(said, WHOLE))
    if found and any(not line.endswith("missing") for line in found):
        return found
    for tongue, words in said["description"].items():
        found += wrong_with(words, DESCRIPTION, f"description/{tongue}/")
    audience, legal = said.get("intendedAudience", {}), said["legal"]
    found += [f"scope: {one}" for one in audience.get("scope", []) if one not in SCOPES]
    found += [f"country: {one}" for one in audience.get("countries", []) if not re.fullmatch("[a-z]{2}", one)]
    if not re.fullmatch(r"[A-Za-z0-9.+-]+( (AND|OR|WITH) [A-Za-z0-9.+-]+)*", legal.get("license", "")):
        found.append("legal/license: no expression of SPDX")
    kept = said["maintenance"]
    if kept.get("type") not in MAINTAINED:
        found.append(f"maintenance/type: {kept.get('type')}")
    if kept.get("type") in ("internal", "community") and not kept.get("contacts"):
        found.append("maintenance/contacts: missing")
    for contact in kept.get("contacts", []):
        found += wrong_with(contact, CONTACT, "maintenance/contacts/")
    if not yes_or_no(said["localisation"]["localisationReady"]):
        found.append("localisation/localisationReady: neither yes nor no")
    if not list_of(language, least=1)(said["localisation"]["availableLanguages"]):
        found.append("localisation/availableLanguages")
    for sort, needed in said.get("dependsOn", {}).items():
        for one in needed:
            found += wrong_with(one, DEPENDENCY, f"dependsOn/{sort}/")
    return found


def said() -> Any:
    return yaml.safe_load(FILE.read_bytes().decode("utf-8"))


def test_it_says_what_the_standard_asks_for() -> None:
    assert complaints(said()) == [f"{name}: missing" for name in NOT_YET]


def test_it_says_what_is_so() -> None:
    """Beside the standard: the same as the package, the pages and what they speak."""
    ours, project = said(), tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert ours["legal"]["license"] == project["license"]
    assert sorted(ours["localisation"]["availableLanguages"]) == sorted(ours["description"]) == sorted(LANGUAGES)
    versions = {one["name"]: one["versionMin"] for one in ours["dependsOn"]["open"]}
    assert f">={versions['Python']}" == project["requires-python"]
    assert ("softwareVersion" in ours) == ("releaseDate" in ours)  # a version is the last that was published
    assert all(reason in (ROOT / "docs" / "public_code.md").read_text("utf-8") for reason in NOT_YET.values())


WRONG: list[tuple[str, Callable[[dict[str, Any]], Any]]] = [
    ("developmentStatus", lambda s: s.update(developmentStatus="nearly done")),
    ("softwareType", lambda s: s.update(softwareType="web")),
    ("categories", lambda s: s.update(categories=["city-management"])),
    ("platforms", lambda s: s.update(platforms="web")),
    ("madeWith", lambda s: s.update(madeWith="care")),
    ("url", lambda s: s.update(url="here")),
    ("description/en/shortDescription", lambda s: s["description"]["en"].update(shortDescription="x" * 151)),
    ("description/en/longDescription", lambda s: s["description"]["en"].update(longDescription="Too short.")),
    ("description/en/features", lambda s: s["description"]["en"].pop("features")),
    ("description", lambda s: s["description"].update(English={})),
    ("legal/license", lambda s: s["legal"].update(license="free for all!")),
    ("maintenance/type", lambda s: s["maintenance"].update(type="volunteers")),
    ("maintenance/contacts", lambda s: s["maintenance"].pop("contacts")),
    ("localisation/localisationReady", lambda s: s["localisation"].update(localisationReady="yes")),
    ("dependsOn/open/name", lambda s: s["dependsOn"]["open"].append({"versionMin": "1"})),
    ("scope", lambda s: s["intendedAudience"].update(scope=["cities"])),
]


@pytest.mark.parametrize(("where", "change"), WRONG)
def test_what_the_standard_does_not_know_is_named(where: str, change: Callable[[dict[str, Any]], Any]) -> None:
    broken = said()
    change(broken)
    assert [line for line in complaints(broken) if line.startswith(where) and not line.startswith("url: missing")]
