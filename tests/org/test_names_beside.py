"""Names that no word announces are recognised by what stands beside or in them; ordinary words are not (R9.3)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiwang.org.personal import masked


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        # a whole name before a form of address
        ("王小明女士来电，弄口灯不亮", "王**女士来电，弄口灯不亮"),
        ("请联系李建国老师傅", "请联系李**老师傅"),
        ("昨天陈秀英阿姨摔倒了", "昨天陈**阿姨摔倒了"),
        ("欧阳修远先生", "欧阳**先生"),
        ("和王芳女士、张伟先生都说过", "和王*女士、张*先生都说过"),
        ("司马玉兰大妈", "司马**大妈"),
        ("诸葛亮先生", "诸葛*先生"),
        ("感谢赵志强师傅", "感谢赵**师傅"),
        # names of other languages
        ("阿不都·热合曼反映", "阿******反映"),
        ("邻居买买提·吐尔逊家漏水", "邻居买******家漏水"),
        ("次仁•卓玛说", "次****说"),
        ("约翰·史密斯先生", "约*****先生"),
        ("阿依古丽·买买提", "阿*******"),
        ("Mr John Smith called", "Mr J*** S**** called"),
        ("Mrs. Anna-Marie O'Brien", "Mrs. A***-M**** O'B****"),
        ("请找Ms Brown", "请找Ms B****"),
        ("Smith先生说", "S****先生说"),
        ("John Smith女士", "J*** S****女士"),
        ("Dona Otília de Vasconcelos", "Dona O***** d* V**********"),
        ("Dr. Müller", "Dr. M*****"),
    ],
)
def test_what_is_masked(said: str, shown: str) -> None:
    assert masked(said) == shown
    assert masked(shown) == shown


@pytest.mark.parametrize(
    "said",
    [
        "王女士来电，李先生和张阿姨也在，陈老师、王师傅",
        "欧阳女士、司马先生",
        "东门口阿姨们、西门外大爷",
        "单元女士们的活动室",
        "水电师傅、电梯师傅、开锁师傅没来",
        "高中老师、语文老师、班主任老师",
        "安保同志、全体同志、党员同志",
        "于是先生们走了，可以和先生商量",
        "请王小姐回电，让李大爷先走",
        "万科·海上传奇、仁恒·河滨花园、中海·紫御豪庭",
        "京·津·冀",
        "米兰·马可花园门口积水",
        "Mr, Mrs and Ms are titles; Dr is one too",
        "Monsieur, the DR of the block",
        "每天有老师傅下棋，阿姨跳舞",
        "方便先生女士停车",
        "管理老师、施工师傅、路人先生",
    ],
)
def test_what_stays(said: str) -> None:
    assert masked(said) == said


@given(
    st.sampled_from(["王", "李", "欧阳", "张", "诸葛", "赵"]),
    st.sampled_from(["小明", "芳", "建国", "伟", "佳怡", "淑珍", "秀兰"]),
    st.sampled_from("先生 女士 小姐 太太 老师傅 师傅 阿姨 大爷 大妈 奶奶 爷爷 叔叔".split()),
    st.sampled_from(["", "请联系了", "，", "感谢", "昨天和"]),
    st.sampled_from(["", "来电", "，家里漏水", "说"]),
)
def test_a_whole_name_before_a_title_never_survives(
    family: str, given_: str, title: str, before: str, after: str
) -> None:
    assert masked(f"{before}{family}{given_}{title}{after}") == f"{before}{family}{'*' * len(given_)}{title}{after}"
