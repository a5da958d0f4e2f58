"""Personal data by what it is (R9.3): what is masked, how, and what stays."""

from __future__ import annotations

import base64
import csv
import doctest
import random
import string
import uuid
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from yiwang.matters.plain import part
from yiwang.org import personal
from yiwang.org.personal import continued, folded, masked, names, numbers, parted, span, spans

PACK = Path(__file__).resolve().parents[2] / "packs" / "demo"


@pytest.mark.parametrize("module", [personal, continued, folded, names, numbers, parted, span])
def test_the_examples_in_the_docstrings_hold(module):
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        # telephones, as people write them
        ("电话13800138000", "电话138****8000"),
        ("打138-0013-8000", "打138****8000"),
        ("打 +86 21 5555 1234", "打 021****1234"),
        ("电话+86 21 5555 1234", "电话021****1234"),
        ("0086-755-2555 1234找我", "0755****1234找我"),
        ("邮箱是张三@qq.com", "邮箱是张*@qq.com"),
        ("发到李建国@例子.中国", "发到李**@例子.中国"),
        ("写给zhang.san@例子.公司", "写给z********@例子.公司"),
        ("打138 0013 8000吧", "打138****8000吧"),
        ("+86 138 0013 8000", "138****8000"),
        ("0086-13800138000", "138****8000"),
        ("8613800138000", "138****8000"),
        ("１３８００１３８０００", "138****8000"),
        ("1 3 8 0 0 1 3 8 0 0 0", "138****8000"),
        ("138\u200b0013\u200b8000", "138****8000"),
        ("138.0013.8000", "138****8000"),
        ("手机一三八零零一三八零零零", "手机138****8000"),
        ("手机幺三八〇〇幺三八〇〇〇", "手机138****8000"),
        ("tel13800138000", "tel138****8000"),
        ("联系人13800138000zhang", "联系人138****8000zhang"),
        ("13800138000或13900139000", "138****8000或139****9000"),
        ("电话138\u202d0013\u202c8000", "电话138****8000"),
        ("\u2066138\u206900138000", "\u2066138****8000"),
        ("\ufe0f\u20e3".join("13800138000"), "138****8000"),
        ("①③⑧⓪⓪①③⑧⓪⓪⓪", "138****8000"),
        ("138/0013/8000、(138)0013-8000", "138****8000、138****8000"),
        ("138，0013，8000", "138****8000"),
        ("电话138 0013\n8000", "电话138****8000"),
        ("一三八 零零一三 八零零零", "138****8000"),
        ("138零零138零零零", "138****8000"),
        ("壹叁捌零零壹叁捌零零零", "138****8000"),
        ("电　话：5555 1234", "电　话：****1234"),
        ("座机021-5555 1234转801", "座机021****1234"),
        ("(021)55551234", "021****1234"),
        ("电话55551234", "电话****1234"),
        ("138~0013~8000，138*0013*8000", "138****8000，138****8000"),
        ("1,3,8,0,0,1,3,8,0,0,0", "138****8000"),
        ("一三八，零零一三，八零零零", "138****8000"),
        ("1380013800013900139000", "138****8000139****9000"),
        ("zhangsan13800138000.jpg，IMG13800138000", "zhangsan138****8000.jpg，IMG138****8000"),
        ("13800138000zhang", "138****8000zhang"),
        ("+852 9123 4567，00853 6612 3456", "+852****4567，00853****3456"),
        ("+1 (415) 555-2671", "+1****2671"),
        ("11010519491231002×", "110***********002X"),
        # identity numbers: check digit, X, old ones of fifteen digits, with blanks
        ("身份证11010519491231002X", "身份证110***********002X"),
        ("11010519491231002x", "110***********002X"),
        ("310109 19900101 0013", "310***********0013"),
        ("310109850101001", "310********1001"),
        # bank cards, permits
        ("6222 0212 3456 7890 128", "***************0128"),
        ("银行卡号：6222021234567890", "银行卡号：************7890"),
        ("护照E12345678", "护照E*****678"),
        ("台胞证12345678", "台胞证*****678"),
        ("港澳通行证H12345678", "港澳通行证H*****678"),
        ("港澳通行证C12345678", "港澳通行证C*****678"),
        ("军官证 南字第12345678号", "军官证 南字第*****678号"),
        ("医保卡号：1234567890", "医保卡号：*******890"),
        ("邮箱 zhang.san @ example . com", "邮箱 z******** @ example . com"),
        ("邮箱zhangsan@qq。com，zhangsan#163.com", "邮箱z*******@qq。com，z*******#163.com"),
        ("加wx：zhangsan66，薇信 zhangsan66", "加wx：z*********，薇信 z*********"),
        ("抖音号：zhangsan66", "抖音号：z*********"),
        ("我的车沪a12345被刮了", "我的车沪a***45被刮了"),
        # mail, chat, plates that are told to be somebody's
        ("写信到zhang.san@example.com", "写信到z********@example.com"),
        ("微信号：zhangsan66", "微信号：z*********"),
        ("我的车沪A12345被刮了", "我的车沪A***45被刮了"),
        # names where the sentence tells one
        ("我叫王小明，弄口灯不亮", "我叫王**，弄口灯不亮"),
        ("姓名：欧阳修远 电话无", "姓名：欧阳** 电话无"),
        ("联系人张三，请回电", "联系人张*，请回电"),
        ("本人李建国，家住南街", "本人李**，家住南街"),
        ("业主王小明反映", "业主王**反映"),
        ("姓名：阿依古丽", "姓名：阿***"),
        ("姓　名：王小明", "姓　名：王**"),
        ("联 系 人：王小明", "联 系 人：王**"),
        ("联系人：王　明", "联系人：王*"),
        ("姓名：王 小 明 男", "姓名：王** 男"),
        ("投诉人：王小明、李建国", "投诉人：王**、李**"),
        ("姓名／电话：王小明／13800138000", "姓名／电话：王**／138****8000"),
        ("王小明，男，45岁", "王**，男，45岁"),
        ("王小明，住南街", "王**，住南街"),
        ("姓名：WANG XIAOMING", "姓名：W*** X*******"),
        ("My name is John Smith.", "My name is J*** S****."),
        ("陈芳 13800138000", "陈* 138****8000"),
        ("联系人 王小明 请回电", "联系人 王** 请回电"),
        ("13800138000（王小明）", "138****8000（王**）"),
        ("13800138000 王小明。", "138****8000 王**。"),
        # doors: down to the estate, the lane, the road
        ("阳光苑3号楼2单元501室漏水", "阳光苑****漏水"),
        ("霜桥路99弄5号302室", "霜桥路99弄****"),
        ("霜桥路99号302室", "霜桥路99号****"),
        ("阳光苑3-2-501", "阳光苑****"),
        ("阳光苑12栋1203", "阳光苑****"),
        ("住在霜桥路99弄12号", "住在霜桥路99弄***"),
        ("flat 5B", "flat **"),
        ("阳光苑5号楼 2 门 301", "阳光苑****"),
    ],
)
def test_what_is_masked(said, shown):
    assert masked(said) == shown


@pytest.mark.parametrize(
    "said",
    [
        "RX-20261012-0163，霜桥路99弄弄口，弄口有积水",
        "拨打12345、110、119、120都没人来，物业热线962121，客服400-820-8820",
        "订单号202411200000012345，运单号6222021234567890128，流水号310106202411200001",
        "罚款13800138000元，用电1380013800度，面积12000000平方米",
        "2026-10-12 08:15:30，20261012，2026年10月12日",
        "经度121.47370012，纬度31.23040123，135.12345678,138.00138000",
        "编号2026、1126、1300，共138，2026，1126件，宽138/2026/1126米",
        "①路灯②井盖③护栏",
        "居民，住在三楼；业主，男，反映",
        "网格990106001001001，部件编码310106001001001234",
        "3号楼电梯坏了，2单元门禁坏了，影响302户居民，12栋1400套",
        "三室一厅改成两间，2室1厅，办公室、会议室",
        "霜桥路99弄、清河路218号门口",
        "王女士来电，李先生和张阿姨也在，陈老师、王师傅",
        "我是高中生，我是房东，我是业主，我是党员，我叫车来了",
        "影响居民安全，业主方同意，本人常年在外，居民常年反映",
        "沪A12345占道停车",
        "微信公众号chengjiang，用微信小程序",
        "区绿化市容局、区水务局、北街道办事处",
        "灯杆编号H12345678",
        "物业办公室电话021-63212345，可拨打0512-63212345咨询",
        "编号SN13800138000，比例138:2026:1126，共138+1300+2600",
        "比去年+1234567890，人民币+100000000，+122.1400000, +31.1200000",
        "1、3、5、7、9、11号楼，1,2,3,4,5,6,7,8,9,10,11",
        "医保办电话63212345，医保局咨询63212345，医保报销123456元，驾驶证扣12分",
        "请到2号门302窗口，3号门301路公交站",
        "138****8000，凌晨。",
        "look at gmail.com，微信公众号chengjiang，抖音 12345",
        "@城江发布 今天，王师傅@物业 来修，见@街道.值班表",
        "1月1日到12月31日，第3季度完成100.5%",
        "",
    ],
)
def test_what_stays(said):
    assert masked(said) == said


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("*13800138000", "138****8000"),
        ("13800138000*302", "138****0302"),
        ("１３８００１３８０００", "138****8000"),
        ("138****8000", "138****8000"),
        ("王小明13800138000", "138****8000"),
    ],
)
def test_a_telephone_is_masked_whatever_stars_it_comes_with(said, shown):
    from yiwang.org import masking

    assert masking.phone(said) == shown
    assert masking.phone(shown) == shown


def test_the_name_of_the_reporter_is_known_from_the_form():
    assert masked("符金屏家门口的树倒了", ["符金屏"]) == "符**家门口的树倒了"
    assert masked("王女士家门口的树倒了", ["王女士"]) == "王女士家门口的树倒了"


# --- planted in any spelling, it never survives; without any, nothing changes ----------------------

MOBILES = st.builds(
    lambda second, rest: f"1{second}{rest}", st.sampled_from("3456789"), st.text("0123456789", min_size=9, max_size=9)
)
_WIDE = str.maketrans(string.digits, "０１２３４５６７８９")


@st.composite
def spelled_mobiles(draw):
    """(a mobile number, one of the ways in which people write it)."""
    plain = draw(MOBILES)
    gap = draw(st.sampled_from(["", " ", "-", "－", "\u3000", "\u2009", "—", "·", "\u200b", "\u202a", "\u2069", " - "]))
    cut = draw(st.sampled_from([(3, 7), (3,), (7,), tuple(range(1, 11)), (4, 7)] if gap else [()]))
    parts = [plain[a:b] for a, b in zip((0, *cut), (*cut, 11), strict=True)]
    said = draw(st.sampled_from(["", "+86", "+86 ", "0086-", "86 "])) + gap.join(parts)
    return plain, said.translate(_WIDE) if draw(st.booleans()) else said


@st.composite
def identities(draw):
    area = draw(st.sampled_from(["310109", "110105", "440300", "513022"]))
    day = draw(st.dates(min_value=date(1920, 1, 1), max_value=date(2025, 12, 31)))
    number = f"{area}{day:%Y%m%d}{draw(st.integers(0, 999)):03d}"
    return number + next(one for one in "0123456789X" if numbers.checks(number + one))


@st.composite
def cards(draw):
    body = "62" + draw(st.text("0123456789", min_size=13, max_size=16))
    return body + next(one for one in "0123456789" if numbers.luhn(body + one))


WORDS = st.sampled_from(
    [
        "弄口路灯三天不亮",
        "请快来看看",
        "，",
        "。",
        "电话",
        "联系",
        "手机：",
        "（",
        "在霜桥路99弄",
        "热线12345没人接",
        " ",
        "、",
        "我",
        "！",
        "\n",
        "和",
        "或",
    ]
)
AROUND = st.lists(WORDS, max_size=4).map("".join)


def _digits(text):
    return "".join(one for one in folded.fold(text) if one.isdigit())


@settings(max_examples=300)
@given(AROUND, spelled_mobiles(), AROUND)
def test_a_planted_mobile_never_survives(before, number, after):
    plain, said = number
    shown = masked(f"{before}{said}{after}")
    assert plain not in _digits(shown.replace("*", ""))
    assert f"{plain[:3]}****{plain[7:]}" in shown


@settings(max_examples=200)
@given(AROUND, st.one_of(identities(), cards()), st.sampled_from(["", "　", "号码", "。", "，谢谢"]), st.booleans())
def test_a_planted_identity_or_card_number_never_survives(before, number, after, wide):
    shown = masked(f"{before}{number.translate(_WIDE) if wide else number}{after}")
    assert number[3:-4] not in folded.fold(shown)
    assert shown.endswith(f"{number[-4:]}{after}")


NAMES = st.builds(
    lambda family, given: family + given,
    st.sampled_from(["王", "李", "欧阳", "张", "诸葛", "赵"]),
    st.sampled_from(["小明", "芳", "建国", "伟", "佳怡", "淑珍", "秀兰"]),
)
TELLS = st.sampled_from(["我叫", "姓名：", "姓名:", "联系人：", "联系人", "我是", "本人", "投诉人：", "名字叫"])


@given(TELLS, NAMES, st.sampled_from(["，电话见下", "。", "", " 住在南街", "（女）", "反映路灯不亮"]))
def test_a_name_that_is_told_never_survives(tell, name, after):
    family = 2 if name.startswith(("欧阳", "诸葛")) else 1
    assert masked(f"{tell}{name}{after}") == f"{tell}{name[:family]}{'*' * (len(name) - family)}{after}"


ROOMS = st.builds(
    lambda b, u, r, form: form.format(b=b, u=u, r=r),
    st.integers(1, 99),
    st.integers(1, 9),
    st.integers(101, 3301),
    st.sampled_from(
        ["{b}号楼{u}单元{r}室", "{b}号{r}室", "{b}幢{r}", "{b}栋{u}单元{r}", "{b}-{u}-{r}", "{b}号楼{r}室", "{r}室"]
    ),
)


@given(st.sampled_from(["阳光苑", "霜桥路99弄", "新村小区"]), ROOMS, AROUND)
def test_a_door_never_survives_and_its_estate_stays(estate, door, after):
    shown = masked(f"{estate}{door}，{after}")
    assert shown.startswith(f"{estate}****")
    assert door not in shown


@settings(max_examples=400)
@given(st.one_of(st.text(), st.text("0123456789 -*我叫王小明电话：室号楼@aA.X，", max_size=60)))
def test_masking_twice_is_masking_once_and_never_makes_a_text_longer(text):
    shown = masked(text)
    assert masked(shown) == shown
    assert len(shown) <= len(text)
    assert len(folded.fold(text)) == len(text)


@given(AROUND, spelled_mobiles(), AROUND)
def test_spans_say_where_in_the_text_it_stands(before, number, after):
    text = f"{before}{number[1]}{after}"
    found = spans(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert any(number[0] in _digits(text[one.start : one.end]) for one in found)


def test_no_text_of_the_demo_is_masked():
    """Every phrase of the pack, and five thousand generated messages, patrols and answers."""
    from yiwang.demo.voice import Voice, read_leaves

    said: list[str] = []

    def gather(value):
        if isinstance(value, dict | list):
            for one in value.values() if isinstance(value, dict) else value:
                gather(one)
        elif isinstance(value, str):
            said.append(value)

    for path in (PACK / "texts").glob("*.yaml"):
        gather(yaml.load(path.read_text("utf-8"), yaml.CSafeLoader))
    with (PACK / "categories.csv").open(encoding="utf-8") as lines:
        categories = {row["code"]: row for row in csv.DictReader(lines)}
    voice = Voice(yaml.load((PACK / "texts" / "phrases.yaml").read_text("utf-8"), yaml.CSafeLoader))
    rng = random.Random(7)
    leaves = read_leaves(PACK, categories)
    for _ in range(5000):
        leaf = rng.choice(leaves)
        at = f"霜桥路{rng.randint(1, 999)}弄{rng.randint(1, 99)}号楼"
        said += [
            *voice.message(rng, leaf, at, rng.random() < 0.3),
            *voice.patrol(rng, leaf, at),
            voice.answer(rng, leaf),
        ]
    said += [
        line
        for name in ("units.csv", "duties.csv", "plan_2026.txt")
        for line in (PACK / name).read_text("utf-8").splitlines()
    ]
    assert [(one, masked(one)) for one in said if masked(one) != one] == []


@pytest.mark.parametrize(
    "made",
    [
        lambda chance: base64.urlsafe_b64encode(chance.randbytes(32)).decode().rstrip("="),
        lambda chance: chance.randbytes(32).hex(),
        lambda chance: str(uuid.UUID(bytes=chance.randbytes(16), version=4)),
        lambda chance: f"/files/{chance.randbytes(16).hex()}/",
    ],
    ids=["secret", "hash", "uuid", "path"],
)
def test_a_code_that_a_machine_made_is_nobodys(made: Callable[[random.Random], str]) -> None:
    """One link in forty led nowhere, because its secret looked like a chat name in the middle."""
    chance = random.Random(7)
    for code in (made(chance) for _ in range(5_000)):
        assert masked(code) == code


@pytest.mark.parametrize(
    ("title", "text", "shown"),
    [
        ("我的电话是138", "00138000，请回电", ("我的电话是***", "********，请回电")),
        ("联系我1380013", "8000，路灯不亮", ("联系我*******", "****，路灯不亮")),
        ("电话１３８ 0013", "-8000", ("电话*** ****", "-****")),
        ("证件44052418", "8001010014", ("证件********", "**********")),
        ("路灯不亮12", "3天了", ("路灯不亮12", "3天了")),
        ("3号楼15", "202611 开工", ("3号楼15", "202611 开工")),
    ],
)
def test_a_number_that_goes_on_in_another_field_shows_in_neither(title: str, text: str, shown: tuple[str, str]) -> None:
    delta, _, plain = part({"form.text": text, "title": title}, {}, 1)
    assert (delta["title"], delta["form.text"]) == shown
    assert {one.field: one.text for one in plain} == ({"title": title, "text": text} if shown != (title, text) else {})
