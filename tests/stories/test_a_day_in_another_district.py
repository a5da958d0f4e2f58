"""A day in Vale Sereno, a district that shares no word with the demo's: its residents, its desk, its wall, its goals.

In the morning somebody reports a hole without an account; the desk gives it to a division, which sends it back; another
takes it, mends it, and the keeper of the zone, who finds it undone at first, verifies it. The resident is not content,
it is done again. Keepers open rounds of their own, a machine and a list bring requests for tables on the square, the
ombudsman's office puts the year's promises on the board and writes to the division that breaks one, and at noon every
figure of the wall still opens the list that agrees with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from tests.support.forms import fill_in
from tests.support.passwords import environment_of, give
from tests.support.vale import VALE, command
from tests.support.vale_day import PASSWORD, Day, changes, file_of, opened
from tests.support.widths import too_wide, walked

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.support.site import Site

pytestmark = pytest.mark.browser

AZORES = ZoneInfo("Atlantic/Azores")  # its day is not that of this machine
FEWEST = 10  # matters over which a figure is public
PEOPLE = ("beatriz", "tome", "lia", "ines", "otilia", "vasco", "marta", "zita", "caio", "moira", "rui")
KEEPERS = {"Zona Alta": "zita", "Zona do Cais": "caio", "Zona dos Moinhos": "moira"}
ZONES = {"zita": "zona.alta", "caio": "zona.cais", "moira": "zona.moinhos"}
GUIDES = """Guia;Entrada;Assunto;Pedido;Mesas;Lugar;Longitude;Latitude
G-1;{day} 09:10;Quatro mesas à porta;Quatro mesas e um guarda-sol;4;junto à fonte;-30.482;37.228
G-2;{day} 09:40;Vinte mesas no largo;Vinte mesas aos domingos;20;largo do cais;-30.486;37.224
G-3;{day} 10:05;Mesas;Três mesas;três;;-30.486;37.224
"""


@pytest.fixture(scope="module")
def vale(postgres_server: str) -> Iterator[Site]:
    """The district of `tests/packs/vale`, served as an installation for real work: no demo, no simulated year."""
    from tests.conftest import as_application, empty_database
    from tests.support.site import served

    arguments = ("--no-demo", "--pack", str(VALE), "--workers", "1")
    with empty_database(postgres_server) as owner, served(owner, as_application(owner), *arguments) as site:
        give(site, PASSWORD, *PEOPLE)
        yield site


@pytest.fixture(scope="module")
def day(browser: Any, vale: Site) -> Iterator[Day]:
    began = Day(browser, vale)
    yield began
    assert began.errors == []


def test_a_day_in_another_district(day: Day, vale: Site, tmp_path: Path) -> None:
    number, code, wall = _reported(day)
    keeper = _done_by_those_whose_turn_it_is(day, number)
    _not_content(day, number, code, keeper)
    _rounds(day, keeper)
    _by_machine(day, vale)
    _by_list(day, vale, tmp_path)
    _promises(day)
    _figures_open_their_lists(day, wall)
    _published(day)
    _why(vale, number)


def _reported(day: Day) -> tuple[str, str, Page]:
    """A resident reports on a telephone; the wall, which nobody touches, counts it."""
    wall = day.at("beatriz", 1920)
    said = day.look(wall, "/wall/")
    assert "Vale Sereno" in said
    assert not re.search("Vital signs|Sinais vitais", said)  # the pack has none
    assert wall.evaluate("document.documentElement.scrollWidth <= innerWidth")
    opened = "[href*=opened_today]"
    before = wall.locator(opened).first.inner_text()
    phone = day.at(width=390)
    day.look(phone, "/portal/report/")
    assert not phone.locator("[name=address]").count()  # what the kind does not take is not asked
    phone.fill("[name=text]", "Cova funda na calçada ao pé da fonte. Já caíram duas pessoas, liguem 912 345 678")
    phone.fill("[name=horario]", "ao fim da tarde")
    phone.select_option("[name=category]", "10")
    phone.fill("[name=name]", "Amélia Cordovil")
    phone.locator("svg[data-pin]").click(position={"x": 150, "y": 110})
    phone.click(".report-send button")
    phone.wait_for_url("**/report/done/")
    day.look(phone)
    changes(wall, opened, before)
    number = phone.locator("[data-number]").inner_text()
    assert number.startswith("VR-")
    return number, phone.locator("[data-code]").inner_text(), wall


def _done_by_those_whose_turn_it_is(day: Day, number: str) -> str:
    """The desk, a division that sends it back, another that does it, and the keeper of the zone who verifies."""
    page = day.at("tome")
    said = day.look(page, f"/desk/matters/{number}/")
    assert all(words in said for words in ("Divisão de Vias", "Chão e calçadas"))
    assert "Sítio dos moradores" in said  # the channel by its name
    assert "Amélia Cordovil" not in said
    keeper = next(name for zone, name in KEEPERS.items() if zone in said)
    day.does("tome", number, "encaminhar", unit="obras.aguas")
    assert "pegar" in day.may("marta", number)
    assert "pegar" not in day.may("tome", number)
    day.does("marta", number, "devolver", motivo="não é um cano, é a calçada")
    day.does("lia", number, "encaminhar", unit="obras.vias", category="10.1", urgency="grave")
    day.does("vasco", number, "pegar")
    day.does("vasco", number, "concluir", desfecho="Calçada refeita com pedra nova")
    assert not {"conferir", "refazer"} & day.may("vasco", number)
    assert "Cova funda na calçada ao pé da fonte" in day.look(day.at(keeper), "/desk/")
    day.does(keeper, number, "conferir", conferido_no_local="false")
    assert "Contestado" in day.look(day.at(keeper), f"/desk/matters/{number}/")  # what was found undone is not filed
    day.does("lia", number, "voltar_a_obra", motivo="a pedra ainda abana")
    day.does("vasco", number, "concluir", desfecho="Calçada refeita com pedra nova")
    day.does(keeper, number, "conferir", conferido_no_local="true")
    return keeper


def _not_content(day: Day, number: str, code: str, keeper: str) -> None:
    """With number and code on another telephone the resident says that it is bad; it is done again."""
    phone = day.at(width=390)
    day.look(phone, "/portal/track/")
    phone.fill("[name=number]", number)
    phone.fill("[name=code]", code.lower())
    phone.click(".track button")
    phone.wait_for_url(f"**/track/{number}/")
    assert "Calçada refeita" in day.look(phone)
    _says(phone, "mau")
    assert "Contestado" in day.look(phone)
    day.does("tome", number, "voltar_a_obra", motivo="falta nivelar")
    day.does("vasco", number, "concluir", desfecho="Nivelada")
    day.does(keeper, number, "conferir", conferido_no_local="true")
    assert "Arquivado" in day.look(phone, f"/portal/track/{number}/")
    assert phone.locator("[name=sorriso]").count() == 0, "what was said once stands"


def _says(phone: Page, smile: str) -> None:
    phone.check(f"[name=sorriso][value={smile}]")
    phone.click(".rating button")
    phone.wait_for_load_state()
    assert phone.locator(".notice.success").is_visible()


def _rounds(day: Day, keeper: str) -> None:
    """A kind of two stages that keepers alone open, on the desk alone."""
    page = day.at(keeper)
    day.look(page, "/desk/new/?kind=ronda")
    assert page.locator("a.chip").all_inner_texts() == ["Poda", "Ronda do zelador"]
    page.fill("[name=title]", "Ronda das escadinhas")
    page.fill("[name=text]", "degraus e corrimãos")
    page.select_option("[name=percurso]", "a_pe")
    page.select_option("[name=street]", ZONES[keeper])
    page.click("form.new-form button.btn.pri")
    page.wait_for_url("**/desk/")
    number = re.search(r"RZ-\d+-\d+", page.locator(".notice.success").inner_text())
    assert number is not None
    assert number[0] in day.look(page)
    day.does(keeper, number[0], "cumprir", achado="dois degraus soltos")
    kinds = day.at("tome")
    day.look(kinds, "/desk/new/")
    assert set(kinds.locator("a.chip").all_inner_texts()) == {"Relato de morador", "Pedido de esplanada", "Empreitada"}


def _by_machine(day: Day, vale: Site) -> None:
    """The API takes reports, as many as make a figure public, and a request."""
    page = day.at("tome")
    token = next(one["value"] for one in page.context.cookies() if "csrf" in one["name"])
    headers = {"X-CSRFToken": token, "Referer": vale.url}
    reports = [{"title": f"Fonte {n}", "text": "Sem água desde ontem", "category": "20.1"} for n in range(FEWEST - 1)]
    request = {"title": "Duas mesas", "text": "Duas mesas", "mesas": "2", "category": "40.1"}
    for kind, data in (*(("relato", one) for one in reports), ("esplanada", request)):
        made = page.request.post("/api/v1/matters", data={"kind": kind, "data": data}, headers=headers)
        assert made.ok, made.text()
    number = made.json()["number"]
    assert "Duas mesas" in day.look(page, f"/desk/matters/{number}/")


def _by_list(day: Day, vale: Site, folder: Path) -> None:
    """A list of requests is imported; what cannot be read is kept apart, and what may not be granted says why."""
    page, file = day.at("tome"), folder / "guias.csv"
    file.write_text(GUIDES.format(day=datetime.now(AZORES).strftime("%d/%m/%Y")), "utf-8")
    words = ("signals", "import", str(file), "--map", str(VALE / "maps" / "guias.yaml"), "--kind", "esplanada")
    came = command(*words, "--as", "tome", "--lang", "en", **environment_of(vale))
    assert "3 rows read = 2 opened + 0 already there + 1 quarantined" in came.stdout, came.stdout + came.stderr
    assert day.look(page, "/desk/matters/?kind=esplanada").count("PE-") == 3
    number = re.search(r"PE-\d+-\d+", page.locator("[data-row]", has_text="Vinte mesas no largo").inner_text())
    assert number is not None
    day.does("tome", number[0], "pedir_parecer", unit="obras")
    day.does("otilia", number[0], "emitir_parecer", parecer_escrito="Cabem doze, não vinte")
    assert "com mais de 12 mesas, só o Conselho decide" in day.look(page, f"/desk/matters/{number[0]}/")
    day.does("tome", number[0], "indeferir", fundamento="O largo fica sem passagem")


def _promises(day: Day) -> None:
    """The year's text is brought in, promises of it are taken up, adopted, reported on and verified; one is broken."""
    year, page = datetime.now(AZORES).year, day.at("ines")
    text = (VALE / "compromissos.txt").read_text("utf-8").replace("2026", str(year))
    day.look(page, "/board/plans/")
    page.set_input_files("input[type=file]", file_of("compromissos.txt", text))
    page.fill("[name=year]", str(year))
    page.locator("form[enctype] button.btn.pri").click()
    page.wait_for_url("**/board/plans/*/")
    steps = {"indicator": "Degraus reparados", "value": "40", "unit": "degraus", "lead": "Obras"}
    answers = {"indicator": "Relatos atendidos a tempo", "comparator": "≥", "value": "90", "unit": "%", "lead": "Mesa"}
    _taken_up(day, page, "40 degraus", {**steps, "due": f"{year}-12-31"})
    closed = {"indicator": "Fontes fechadas", "comparator": "≤", "value": "2", "unit": "fontes", "lead": "Obras"}
    _taken_up(day, page, "90 %", answers)
    _taken_up(day, page, "mais de 2 fontes", {**closed, "due": f"{year}-12-31"})
    page.locator("form[action$='/adopt/'] button").click()
    page.wait_for_url("**/board/")
    assert "Degraus reparados" in day.look(page)
    goal = _reported_on(day, page, "Degraus reparados", "12")
    day.look(page, goal)
    opened(page.locator("form[action$='/verify/']").first).locator("button.btn.pri").click()
    page.wait_for_load_state()
    assert "12" in day.look(page, goal)
    _letter(day, page)


def _reported_on(day: Day, page: Page, promise: str, value: str) -> str:
    """The unit in charge says how far it is, with evidence; returns the address of the goal."""
    day.look(page, "/board/")
    goal = page.get_by_role("link", name=promise).first.get_attribute("href")
    assert goal is not None
    unit = day.at("otilia")
    day.look(unit, goal)
    form = opened(unit.locator("form[action$='/report/']"))
    form.locator("[name=value]").fill(value)
    form.locator("input[type=file]").set_input_files(file_of("auto.txt", f"{promise}: {value}"))
    form.locator("button.btn.pri").click()
    unit.wait_for_load_state()
    assert unit.locator(".notice.success").is_visible(), day.look(unit)[:800]
    return goal


def _letter(day: Day, page: Page) -> None:
    """A promise is broken, on whatever day: its lamp is red, the office writes, the division answers in time."""
    goal = _reported_on(day, page, "Fontes fechadas", "5")
    day.look(page, "/board/orders/")
    assert "Fontes fechadas" in page.locator(".notice.error").inner_text()  # a red goal without a letter
    number = _written(day, page, goal)
    row = page.locator("[data-row]", has_text=number)
    day.look(page, "/board/orders/")
    assert all(words in row.inner_text() for words in ("Com a direção", "Fontes fechadas", "Aviso")), row.inner_text()
    assert "Fontes fechadas" in day.look(day.at("otilia"), "/desk/")
    assert "responder" in day.may("otilia", number)
    assert "responder" not in day.may("vasco", number)
    day.does("otilia", number, "responder", remedio="Abrem-se três fontes até sexta-feira")
    day.look(page, "/board/orders/")
    assert "Respondida" in row.inner_text()
    assert _written(day, page, goal) == number  # one letter a month


def _written(day: Day, page: Page, goal: str) -> str:
    """The office asks for the letter on a goal's page, which then names it and no other."""
    day.look(page, goal)
    form = page.locator("form[action$='/orders/open/']:has([name=goal])")
    if form.count():
        form.locator("button").click()
        page.wait_for_load_state()
    numbers = set(re.findall(r"CP-\d+-\d+", day.look(page, goal)))
    assert len(numbers) == 1, numbers
    return numbers.pop()


def _taken_up(day: Day, page: Page, passage: str, typed: dict[str, str]) -> None:
    """A line for a passage of the text, written and confirmed."""
    day.look(page)
    unread = page.locator("#add-from option", has_text=passage)
    if unread.count():
        page.select_option("#add-from", unread.get_attribute("value"))
        page.locator(".add-line button").click()
    else:
        read = page.locator("#paper mark", has_text=passage).first.get_attribute("data-of")
        page.goto(f"{page.url.partition('?')[0]}?row={read}")
    page.wait_for_load_state()
    row = page.url.rpartition("row=")[2].partition("#")[0]
    line = page.locator(f"#s{row}")
    fill_in(line, typed)
    line.locator("button[value=confirm]").click()
    page.wait_for_load_state()


def _figures_open_their_lists(day: Day, wall: Page) -> None:
    """Each count of the wall opens a list with as many matters, for whoever may see them."""
    page = wall.context.new_page()
    for _ in range(3):  # the platform may open a round between two looks
        day.look(wall, "/wall/")
        doors = wall.locator("a[href*='/wall/why/']").evaluate_all("all => all.map(one => [one.innerText, one.href])")
        assert len({address.partition("?")[0] for _, address in doors}) >= 4
        differ = [one for one in doors if not _opens_as_many(day, page, *one)]
        if not differ:
            break
    assert differ == []
    for address in wall.locator("a[href*='/wall/rates/']").evaluate_all("all => all.map(one => one.href)"):
        day.look(page, address)
    for address in ("/board/", "/desk/matters/", "/desk/"):
        day.look(page, address)
    page.close()


def _opens_as_many(day: Day, page: Page, told: str, address: str) -> bool:
    """Whether the list behind a count has as many rows."""
    day.look(page, address.replace("/wall/why/", "/wall/cases/"))
    return bool(page.locator("[data-row], tbody tr").count() == min(int(re.sub(r"\D", "", told) or 0), 50))


def _published(day: Day) -> None:
    """What the pack publishes stands on the residents' first page."""
    phone = day.at(width=390)
    for _ in range(9):  # figures are counted anew after a minute, and a quick day is over before
        assert "Relatos entrados" in day.look(phone, "/portal/")
        if phone.locator(".public-figure a").count():
            break
        phone.wait_for_timeout(10_000)
    phone.locator(".public-figure a").first.click()
    phone.wait_for_selector("#receipt .receipt")
    day.look(phone)


def _why(vale: Site, number: str) -> None:
    """The clock that was promised is counted again, day by day, by the district's own week."""
    asked = ("why", f"clock:{number}/resposta", "--as", "rui", "--lang", "en")
    explained = command(*asked, **environment_of(vale))
    assert explained.returncode == 0, explained.stdout + explained.stderr
    assert "Resposta ao morador" in explained.stdout


def test_no_page_is_wider_than_its_window(day: Day) -> None:
    """Words of another language are longer; whatever the day has left is looked at, on a phone and on a wall."""
    wrong: list[str] = []
    seen: set[str] = set()
    walks = {
        "": ["/portal/", "/sign-in/"],
        "tome": ["/desk/", "/desk/new/"],
        "ines": ["/board/"],
        "beatriz": ["/wall/"],
    }
    for who, starts in walks.items():
        page = day.at(who).context.new_page()
        for start in starts:
            for _ in walked(page, start, seen):
                wrong += too_wide(page)
        page.close()
    assert len(seen) > 15, sorted(seen)
    assert wrong == []
