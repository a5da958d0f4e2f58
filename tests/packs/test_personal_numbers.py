"""What leads to a person is recognised in the forms of each district, its pack's beside the Chinese ones (R9.3)."""

from __future__ import annotations

import logging
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.packs.checking import problems
from tests.support.clients import client
from tests.support.district import make_district, write_pack
from tests.support.vale import VALE
from yiwang.org.personal import digits_in, forms, latin, masked
from yiwang.org.personal.forms import Forms, everywhere, using
from yiwang.org.titles import convert

SAID = yaml.safe_load((VALE / "personal.yaml").read_text("utf-8"))
VALE_FORMS = convert({"numbers": SAID["numbers"], "tells": SAID["names_after"]}, Forms)
MASKED = [
    # what somebody in Vale writes            what everybody sees
    ("telemóvel 912 345 678", "telemóvel 91*****78"),
    ("ligue +351 912 345 678", "ligue 91*****78"),
    ("00351912345678", "91*****78"),
    ("tel. 296-123-456", "tel. 29*****56"),
    ("NIF 123 456 789", "NIF 12*****89"),
    ("o contribuinte n.º 123456788", "o contribuinte n.º 12*****88"),  # called so: whatever its last digit
    ("123456789", "12*****89"),
    ("cartão de cidadão 12345678 9 ZZ0", "cartão de cidadão 123******ZZ0"),
    ("Chamo-me Tomé de Salgueiro, moro no cais", "Chamo-me T*** d* S********, moro no cais"),
    ("电话13800138000", "电话138****8000"),
]
STAYS = [
    "VR-20260212-0163",
    "123456788",  # its last digit is wrong
    "2026-10-12 09:10 e 2026-10-12 9:10",
    "custou 912345678 元",
    "encomenda 12345678 0 ZZ",
    "ligue 115 ou 296 000",
    "sou o morador da rua",
    "37.228412, -30.482123",
]


@pytest.fixture
def in_vale() -> Any:
    with using(-7, VALE_FORMS):
        yield


@pytest.mark.parametrize(("said", "shown"), MASKED)
def test_what_is_masked(in_vale: None, said: str, shown: str) -> None:
    assert masked(said) == shown
    assert masked(shown) == shown
    with everywhere():
        assert masked(said) == shown


@pytest.mark.parametrize("said", STAYS)
def test_what_stays(in_vale: None, said: str) -> None:
    assert masked(said) == said


def test_elsewhere_it_is_just_a_number() -> None:
    assert masked("编号912345678、123456789") == "编号912345678、123456789"


def test_a_number_is_one_in_every_spelling(in_vale: None) -> None:
    assert digits_in("+351 912-345-678, telemóvel 912 345 678") == ["912345678", "912345678"]


@given(
    st.from_regex(r"9[1236][0-9]{7}", fullmatch=True),
    st.sampled_from(["", " ", "-", ".", "\u00a0", "/"]),
    st.sampled_from(["", "+351 ", "00351", "(+351) ", "+351-"]),
    st.sampled_from(["ligue ", "telemóvel: ", "", "(", "e o ", "。"]),
    st.sampled_from([".", "", ", obrigada", ")", " ou então", "\n"]),
)
def test_a_planted_number_never_survives(number: str, gap: str, country: str, before: str, after: str) -> None:
    with using(-7, VALE_FORMS):
        said = f"{before}{country}{gap.join([number[:3], number[3:6], number[6:]])}{after}"
        shown = masked(said)
    assert number not in re.sub(r"\D", "", shown.replace("*", ""))
    assert len(shown) <= len(said)
    with using(-7, VALE_FORMS):
        assert masked(shown) == shown


def test_the_examples_in_the_docstrings_hold() -> None:
    import doctest

    assert [doctest.testmod(module).failed for module in (forms, latin)] == [0, 0]


# --- through every page ---------------------------------------------------------------------------------------------

PLANTED = {
    "relato": (
        "Chamo-me Otília Vasconcelos, telemóvel {}, NIF {}, há um buraco na rua",
        ("912 345 678", "123456789"),
        "Otília Vasconcelos",
    ),
    "hotline": ("我叫欧阳守拙，电话{}，身份证{}，弄口路灯不亮", ("138 0013 8000", "11010519491231002X"), "欧阳守拙"),
}


@pytest.fixture(scope="module")
def vale_district(database: str) -> int:
    from yiwang.packs import loading

    return loading.load(VALE)


def _pages(asker: Any, kind: str, post: Any, place: tuple[float, float], category: str) -> tuple[list[str], list[str]]:
    """(every page that shows it, the plain numbers) of a matter that holds them in title, text and address."""
    from yiwang.matters import store
    from yiwang.org.session import acting_as

    words, numbers, name = PLANTED[kind]
    said = words.format(*numbers)
    with acting_as(asker):
        opened = store.open_matter(
            asker,
            kind,
            {"title": said[:90], "text": said, "category": category},
            at=datetime.fromisoformat("2026-02-12T10:00:00+00:00"),
            place=place,
        )
    digits = [re.sub(r"\W", "", one) for one in numbers]
    asked = [
        *("/desk/", "/desk/list/", "/desk/matters/", "/desk/matters/export.csv", "/desk/matters/export.xlsx"),
        *(f"/desk/matters/{opened.number}/", f"/desk/matters/{opened.number}/preview/"),
        *(f"/desk/matters/?q={one}" for one in (*digits, name.split()[0])),
        *(f"/api/v1/matters{rest}" for rest in ("", f"/{opened.number}", f"?q={digits[0]}")),
    ]
    bodies = []
    for address in asked:
        answer = post.get(address, follow=True)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        if address.endswith(".xlsx"):
            content = _unpacked(content)
        assert answer.status_code < 500, address
        bodies.append(content.decode("utf-8", "replace"))
    return bodies, digits


def _unpacked(content: bytes) -> bytes:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return b"\n".join(parts.read(name) for name in parts.namelist())


def _nowhere(bodies: list[str], digits: list[str], name: str) -> None:
    for at, body in enumerate(bodies):
        # what somebody typed into the address stays in the field that they typed it into
        shown = re.sub(r'value="[^"]*"|href="[^"]*"|action="[^"]*"', "", body)
        for number in digits:
            spelled = r"[\s.\-]{0,3}".join(map(re.escape, number))
            assert re.search(spelled, shown) is None, (at, number)
        assert name not in shown, at


def test_planted_in_vale_it_shows_nowhere(database: str, vale_district: int) -> None:
    from django.contrib.auth.models import User
    from django.test import Client

    from yiwang.org.session import system

    post = Client(SERVER_NAME="127.0.0.1")
    post.force_login(User.objects.get(username="tome"), "django.contrib.auth.backends.ModelBackend")
    category = (VALE / "categories.csv").read_text("utf-8").splitlines()[-1].split(",")[0]
    bodies, digits = _pages(system(vale_district), "relato", post, (-30.482, 37.228), category)
    assert any("91*****78" in body for body in bodies)
    _nowhere(bodies, digits, "Vasconcelos")


def test_planted_in_a_chinese_district_it_shows_nowhere(database: str, vale_district: int) -> None:
    district = make_district()
    post = client(district, "dispatcher-1")
    bodies, digits = _pages(district.system, "hotline", post, (121.91, 31.03), "drain.blocked")
    assert any("138****8000" in body for body in bodies)
    _nowhere(bodies, digits, "守拙")


def test_a_line_of_a_log_holds_no_number_of_any_district(database: str, vale_district: int) -> None:
    from yiwang.org.session import acting_as, system
    from yiwang.run.logs import Careful

    with acting_as(system(vale_district)):
        pass
    record = logging.LogRecord("yiwang", logging.ERROR, __file__, 1, "telemóvel 912 345 678，电话13800138000", (), None)
    assert Careful("{message}", style="{").format(record) == "telemóvel 91*****78，电话138****8000"


# --- what a pack may say ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ("numbers: [{what: mobile, shape: '(9+)+'}]", "no form of a number"),
        ("numbers: [{what: mobile, shape: '###'}]", "no form of a number"),
        ("numbers: [{what: mobile, shape: '######'}]", "cannot be recognised by itself"),
        ("numbers: [{what: mobile, shape: '#########', country: '351'}]", 'like "+351"'),
        ("numbers: [{what: mobile, shape: '#########', alone: false}]", "never be recognised"),
        ("numbers: [{what: passport, shape: '#########'}]", "passport"),
        ("numbers: [{what: mobile, shape: '#########', called: ['']}]", "each word needs text"),
        ("names_after: [' nome']", "each word needs text"),
        ("numbers: {a: 1}", "numbers"),
    ],
)
def test_a_form_that_cannot_be_meant_is_told_with_its_line(database: str, tmp_path: Path, said: str, says: str) -> None:
    pack = write_pack(tmp_path / "pack", "990011")
    file = pack / "personal.yaml"
    file.write_text(f"{file.read_text('utf-8').rstrip()}\n{said}\n", "utf-8")
    found = problems(pack)
    assert any(says in one and re.match(r"personal\.yaml:\d+: ", one) for one in found), found
