"""In a Portuguese district everybody reads Portuguese: no sentence of the platform in English, none in Chinese."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.support.vale import VALE
from yiwang.packs import loading
from yiwang.portal import public
from yiwang.why import Catalogue, words

HAN = re.compile(r"[\u4e00-\u9fff\uff00-\uffef\u3001-\u303f]")


@pytest.fixture(scope="module")
def vale(database: str) -> str:
    loading.load(VALE)
    return "VALE07"


@pytest.fixture
def english(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The keys of all sentences that were said in English because the pack does not say them."""
    said: set[str] = set()
    whole = Catalogue.text

    def text(self: Catalogue, key: str, language: str) -> str:
        if language == "pt" and "pt" not in (words._own.get() or {}).get(key, {}):
            said.add(key)
        return whole(self, key, language)

    monkeypatch.setattr(Catalogue, "text", text)
    return said


@pytest.fixture
def resident(vale: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("YIWANG_DISTRICT", vale)
    public._kept.clear()
    return Client(SERVER_NAME="127.0.0.1", headers={"Accept-Language": "pt-PT,pt;q=0.9"})


@pytest.fixture
def staff(vale: str, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Any]:
    """username -> a client that is signed in as them."""
    monkeypatch.setenv("YIWANG_DISTRICT", vale)

    def signed_in(username: str) -> Any:
        made = Client(SERVER_NAME="127.0.0.1", headers={"Accept-Language": "pt"})
        made.force_login(User.objects.get(username=username), "django.contrib.auth.backends.ModelBackend")
        return made

    return signed_in


def read(answer: Any) -> str:
    """What a page says; no sign of it is Chinese."""
    text: str = answer.content.decode()
    assert answer.status_code < 500, answer.request["PATH_INFO"]
    said = re.sub(r"<(script|style|meta|link)\b.*?>", "", text)
    assert not HAN.search(said), (answer.request["PATH_INFO"], HAN.findall(said))
    return text


REPORT = {"text": "Há um buraco fundo na calçada junto à fonte", "lon": "-30.482", "lat": "37.228", "key": "um"}


def test_a_residents_pages_speak_portuguese(resident: Any, english: set[str]) -> None:
    assert "Relatar um problema" in read(resident.get("/portal/"))
    read(resident.get("/portal/report/"))
    wrong = read(resident.post("/portal/report/", {"text": "curto", "phone": "nada", "lon": "0", "lat": "0"}))
    assert "Ainda não foi enviado" in wrong
    sent = resident.post("/portal/report/", REPORT, follow=True)
    assert sent.status_code == 200
    (number,) = re.findall(r"data-number>([^<]+)<", read(sent))
    (code,) = re.findall(r"data-code>([^<]+)<", sent.content.decode())
    read(resident.post("/portal/report/", REPORT, follow=True))
    assert "Em que ponto está" in read(resident.get(f"/portal/track/{number}/"))
    another = type(resident)(SERVER_NAME="127.0.0.1", headers={"Accept-Language": "pt"})
    read(another.post("/portal/report/", REPORT, follow=True))
    read(another.get("/portal/track/"))
    assert "não está certo" in read(another.post("/portal/track/", {"number": number, "code": "errado"}))
    read(another.post("/portal/track/", {"number": number, "code": code}, follow=True))
    assert english == set()


def test_public_figures_and_their_reasons_speak_portuguese(resident: Any, english: set[str]) -> None:
    shown = read(resident.get("/portal/"))
    for indicator in re.findall(r'href="/portal/why/(\w+)/"', shown) or ["relatos_entrados"]:
        read(resident.get(f"/portal/why/{indicator}/"))
    assert english == set()


def test_the_doors_of_staff_and_errors_speak_portuguese(resident: Any, english: set[str]) -> None:
    assert "Entrada dos serviços" in read(resident.get("/sign-in/"))
    assert "Preencha este campo." in read(resident.post("/sign-in/", {"username": ""}))
    read(resident.post("/sign-in/", {"username": "ninguem", "password": "errada"}))
    assert "Esta página não existe" in read(resident.get("/nada/aqui/"))
    read(resident.get("/account/nada/"))
    read(resident.post("/portal/track/VR-1/opinar/", follow=True))
    assert english == set()


def test_the_pages_of_staff_speak_portuguese(staff: Callable[[str], Any], resident: Any, english: set[str]) -> None:
    sent = read(resident.post("/portal/report/", {**REPORT, "key": "dois"}, follow=True))
    (number,) = re.findall(r"data-number>([^<]+)<", sent)
    page, part = f"/desk/matters/{number}/", {"HX-Request": "true"}
    desk, divisions = staff("tome"), staff("vasco")
    assert "A tratar" in read(desk.get("/desk/"))
    for address in ("/desk/matters/", "/desk/matters/?q=nada", "/desk/new/", "/desk/find/", page):
        read(desk.get(address))
    read(desk.post("/desk/new/", {"title": "", "text": "x"}))
    read(desk.post("/desk/bulk/", {"number": number}, follow=True))
    read(desk.post("/desk/find/", {"number": "1", "purpose": "", "reason": ""}))
    read(desk.get(f"{page}preview/", headers=part))
    read(desk.post(f"{page}do/encaminhar/", {"unit": ""}))
    assert "entrada" in read(desk.post(f"{page}do/encaminhar/", {"unit": "obras.vias"}, follow=True))
    read(divisions.get("/desk/"))
    assert "O que pode fazer agora" in read(divisions.get(page))
    for clock in set(re.findall(rf"{page}why/([a-z_]+)/", divisions.get(page).content.decode())):
        read(divisions.get(f"{page}why/{clock}/"))
    read(divisions.post(f"{page}do/concluir/", {"desfecho": ""}))
    for asked in ("", "?at=5", "?at=9", "?q=nada", "?only=main"):
        read(desk.get(f"/desk/systems/{asked}"))
    assert "Índice do vale" in read(desk.get("/desk/systems/"))
    read(staff("rui").get("/desk/readings/"))
    _the_board(staff)
    for address in ("/wall/", "/wall/cases/open/", "/wall/why/open/", "/account/password/"):
        read(staff("beatriz").get(address))
    assert english == set()


def _the_board(staff: Callable[[str], Any]) -> None:
    """Plans, the reading page, goals with their reasons, orders, for the office and for a unit."""
    office, unit = staff("ines"), staff("otilia")
    text = (VALE / "compromissos.txt").read_bytes()
    read(office.get("/board/plans/"))
    plan = office.post("/board/plans/", {"file": SimpleUploadedFile("compromissos.txt", text), "year": "2026"})[
        "Location"
    ]
    assert "O texto" in read(office.get(plan))
    for row in set(re.findall(r'id="s(\d+)"', office.get(plan).content.decode())):
        typed = {
            "do": "confirm",
            "indicator": "Degraus",
            "comparator": "≥",
            "value": "40",
            "unit": "degraus",
            "lead": "",
        }
        read(office.post(f"{plan.partition('?')[0]}statements/{row}/", typed, follow=True))
    for address in ("/board/", "/board/orders/", "/board/2026/report/"):
        read(office.get(address))
        read(unit.get(address))
