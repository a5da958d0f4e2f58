"""In a Portuguese district a resident reads Portuguese: no sentence of the platform in English, none in Chinese."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.support.vale import VALE
from yiwang.why import Catalogue, words

HAN = re.compile(r"[\u4e00-\u9fff\uff00-\uffef\u3001-\u303f]")


@pytest.fixture(scope="module")
def vale(database: str) -> str:
    from yiwang.packs import loading

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
    from django.test import Client

    from yiwang.portal import public

    monkeypatch.setenv("YIWANG_DISTRICT", vale)
    public._kept.clear()
    return Client(SERVER_NAME="127.0.0.1", headers={"Accept-Language": "pt-PT,pt;q=0.9"})


def read(answer: Any) -> str:
    """What a page says; no sign of it is Chinese."""
    text: str = answer.content.decode()
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
