"""The board's addresses."""

from django.urls import path

from yiwang.look.doors import HEAVY, MB, door

from . import because, goals, look_back, plans, reading, reviewing, tables, work

app_name = "board"
urlpatterns = [
    path("", door(goals.board, lane=HEAVY), name="goals"),
    path("why/<str:colour>/", because.count_why, name="count-why"),
    path("goals/<key:number>/", goals.goal, name="goal"),
    path("goals/<key:number>/why/<str:what>/", because.why, name="why"),
    path("goals/<key:number>/assign/", work.assign, name="assign"),
    path("goals/<key:number>/parts/", work.break_down, name="parts"),
    path("goals/<key:number>/report/", door(work.report, most_bytes=201 * MB), name="report"),
    path("reports/<key:report>/", work.page_of_report, name="report-told"),
    path("reports/<key:report>/verify/", work.verify, name="verify"),
    path("evidence/<key:number>/", work.evidence, name="evidence"),
    path("orders/", door(work.orders, lane=HEAVY), name="orders"),
    path("orders/open/", work.supervise, name="supervise"),
    path("<year:year>/report/", door(look_back.look_back, lane=HEAVY), name="report-draft"),
    path("<year:year>/table.xlsx", door(tables.export, lane=HEAVY), name="table"),
    path("<year:year>/table/compare/", door(tables.compare, lane=HEAVY, most_bytes=6 * MB), name="compare"),
    path("<year:year>/table/take/", door(tables.take, lane=HEAVY, most_bytes=5 * MB), name="take"),
    path("plans/", door(plans.plans, lane=HEAVY, most_bytes=31 * MB), name="plans"),
    path("plans/<key:plan>/", reading.page, name="plan"),
    path("plans/<key:plan>/file/", reading.document, name="document"),
    path("plans/<key:plan>/judgeable/", reading.judgeable, name="judgeable"),
    path("plans/<key:plan>/undo/", reviewing.undo, name="undo"),
    path("plans/<key:plan>/confirm/", reviewing.confirm_sure, name="confirm-sure"),
    path("plans/<key:plan>/add/", reviewing.add, name="add"),
    path("plans/<key:plan>/merge/", reviewing.merge, name="merge"),
    path("plans/<key:plan>/adopt/", reviewing.adopt, name="adopt"),
    path("plans/<key:plan>/statements/<key:statement>/", reviewing.act, name="act"),
    path("plans/<key:plan>/statements/<key:statement>/why/", reading.why, name="why-read"),
]
