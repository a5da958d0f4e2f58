"""Suggestions (123), petitions (125) and homes without barriers (142): read, answered by law, followed to the end."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.test import Client

from .plain import Day, Loop, Town, measured

CENTRE, UNIT, UNIT_HEAD, CHECKER = (
    "csc-dispatcher-1",
    "bureau-market-clerk-1",
    "bureau-market-head",
    "office-supervision-1",
)
CIVIL = "bureau-civil-affairs-clerk-1"


def idea(day: Day, title: str) -> Loop:
    form = {"title": title, "text": "附近老人多，走一段没有地方歇脚，建议设座椅"}
    loop = day.opens("", "peoples_idea", reporter_name="周五", reporter_phone="13800002222", **form)
    day.does(loop, CENTRE, "send_to_study", unit="bureau-market")
    return loop


def test_an_idea_is_answered_and_followed_until_it_is_done(town: Town) -> None:
    day = town.at("2026-05-06 10:00")
    loop = idea(day, "增设座椅")
    answer = {"worth": "确有需求", "taken_up": "wholly", "reply_to_them": "已列入今年改造内容，进展会告知您"}
    assert day.wants(loop, UNIT, "answer_them", **answer) == {"carried_out_by"}
    day.does(loop, UNIT, "answer_them", carried_out_by="2026-08-01", **answer)
    assert loop.stage == "idea_carried_out"
    later = town.at("2026-07-20 10:00")
    later.does(loop, UNIT, "tell_carried_out", carried_out_how="六处座椅已安装")
    later.does(loop, CHECKER, "not_carried_out", reason="现场只看到两处")
    later.does(loop, UNIT, "tell_carried_out", carried_out_how="其余四处已安装")
    later.does(loop, CHECKER, "verify_carried_out")
    assert (loop.stage, loop.state["ended"]) == ("answered", "idea_taken_up")


def test_the_rate_of_what_was_taken_up(town: Town) -> None:
    day = town.at("2026-06-08 10:00")
    for n, taken_up in enumerate(("wholly", "in_part", "kept_on_file")):
        loop = idea(day, f"六月建议{n}")
        more = {} if taken_up == "kept_on_file" else {"carried_out_by": "2026-09-01"}
        reply = "您的建议已经研究，现将结果告知如下"
        day.does(loop, UNIT, "answer_them", worth="已经研究", taken_up=taken_up, reply_to_them=reply, **more)
    assert measured(town, "suggestions_taken_up", "2026-06", "2026-07-01 08:00") == (2, 3)


def petition(day: Day, **more: object) -> Loop:
    form = {
        "title": "补偿款发放",
        "text": "希望核实补偿标准并发放",
        "way_it_came": "came_in_person",
        "reporter_name": "吴六",
    }
    loop = day.opens(CENTRE, "petition", **{**form, **more})
    day.does(loop, CENTRE, "receive_petition", unit="bureau-market")
    return loop


def decided(day: Day, loop: Loop) -> None:
    day.does(loop, UNIT, "hear_them", talk_with_them="听取陈述并核对材料")
    text = "经核实情况属实，已责成单位一个月内付清并书面回告"
    day.does(loop, UNIT, "draft_opinion", opinion_given=text, supported="request_met")
    day.does(loop, UNIT_HEAD, "sign_opinion")


def test_a_petition_is_heard_decided_signed_and_called_on(town: Town) -> None:
    day = town.at("2026-03-02 10:00")
    loop = petition(day)
    assert loop.state["clock.deciding.due"].date().isoformat() == "2026-05-01"
    assert "先听取" in day.refuses(
        loop, UNIT, "draft_opinion", opinion_given="情况属实，已责成付清", supported="not_met"
    )
    decided(day, loop)
    day.does(loop, CHECKER, "visit_back", settled_now=True)
    assert (loop.stage, loop.state["ended"]) == ("rested", "settled_first")
    assert measured(town, "petitions_settled_first", "2026-03", "2026-04-01 08:00") == (1, 1)
    # who comes again is a repeat: settled then, it is no first one
    again = petition(town.at("2026-04-07 10:00"), title="补偿款仍未付清", earlier_visit=loop.number)
    decided(town.at("2026-04-08 10:00"), again)
    town.at("2026-04-09 10:00").does(again, CHECKER, "visit_back", settled_now=True)
    assert again.state["ended"] == "settled_later"
    assert measured(town, "petitions_settled_first", "2026-04", "2026-05-01 08:00") == (0, 0)


def test_sixty_days_are_made_longer_once_and_by_thirty_at_most(town: Town) -> None:
    day = town.at("2026-03-02 10:00")
    loop = petition(day)
    assert day.wants(loop, UNIT, "ask_longer", days_longer="31", reason="涉及多个部门") == {"days_longer"}
    day.does(loop, UNIT, "ask_longer", days_longer="30", reason="涉及多个部门")
    day.does(loop, CHECKER, "allow_longer")
    assert loop.state["clock.deciding.due"].date().isoformat() == "2026-05-31"
    assert day.refuses(loop, UNIT, "ask_longer", days_longer="5", reason="还需要")


def test_a_home_is_visited_built_and_accepted(town: Town) -> None:
    day = town.at("2026-04-07 10:00")
    form = {"title": "入户坡道", "text": "使用轮椅，门口有高差", "address": "青禾路 8 弄 3 号"}
    loop = day.opens("", "barrier_free", reporter_name="郑七", reporter_phone="13800003333", **form)
    day.does(loop, CENTRE, "take_wish", unit="bureau-civil-affairs")
    day.does(loop, CIVIL, "visit_home", visit_finding="门槛高差八厘米", entitled=True, to_be_built="坡道一处")
    day.does(loop, CIVIL, "report_built", built_how="坡道已完成", built_for="2600")
    day.does(loop, CHECKER, "accept_home", they_can_use_it=True)
    assert loop.stage == "home_free"
    other = day.opens("", "barrier_free", reporter_name="王八", reporter_phone="13800004444", **form)
    day.does(other, CENTRE, "take_wish", unit="bureau-civil-affairs")
    day.does(other, CIVIL, "visit_home", visit_finding="户籍不在本区", entitled=False)
    assert other.stage == "not_entitled"


def test_who_petitions_is_called_a_petitioner_on_the_form_and_on_the_page(town: Town) -> None:
    loop = petition(town.at("2026-05-11 10:00"))
    client = Client(HTTP_HOST="localhost")
    client.force_login(User.objects.get(username=town.username(CENTRE)), "django.contrib.auth.backends.ModelBackend")
    for address in ("/desk/new/?kind=petition", f"/desk/matters/{loop.number}/"):
        page = client.get(address).content.decode()
        assert ("信访人" in page, "诉求人</" in page, ">诉求人" in page) == (True, False, False), address
