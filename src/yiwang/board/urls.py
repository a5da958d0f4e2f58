"""The board's addresses."""

from django.urls import path

from yiwang.look.doors import HEAVY, MB, door

from . import because, goals, look_back, plans, reading, reviewing, tables, work

app_name = "board"
urlpatterns = [
    path("", door(goals.board, lane=HEAVY), name="goals"),
    path("why/<str:colour>/", because.count_why, name="count-why"),
    path("goals/<int:number>/", goals.goal, name="goal"),
    path("goals/<int:number>/why/<str:what>/", because.why, name="why"),
    path("goals/<int:number>/assign/", work.assign, name="assign"),
    path("goals/<int:number>/parts/", work.break_down, name="parts"),
    path("goals/<int:number>/report/", door(work.report, most_bytes=201 * MB), name="report"),
    path("reports/<int:report>/", work.told, name="report-told"),
    path("reports/<int:report>/verify/", work.verify, name="verify"),
    path("evidence/<int:number>/", work.evidence, name="evidence"),
    path("orders/", door(work.orders, lane=HEAVY), name="orders"),
    path("orders/open/", work.supervise, name="supervise"),
    path("<int:year>/report/", door(look_back.look_back, lane=HEAVY), name="report-draft"),
    path("<int:year>/table.xlsx", door(tables.export, lane=HEAVY), name="table"),
    path("<int:year>/table/compare/", door(tables.compare, lane=HEAVY, most_bytes=6 * MB), name="compare"),
    path("<int:year>/table/take/", door(tables.take, lane=HEAVY, most_bytes=5 * MB), name="take"),
    path("plans/", door(plans.plans, lane=HEAVY, most_bytes=31 * MB), name="plans"),
    path("plans/<int:plan>/", reading.page, name="plan"),
    path("plans/<int:plan>/file/", reading.document, name="document"),
    path("plans/<int:plan>/judgeable/", reading.judgeable, name="judgeable"),
    path("plans/<int:plan>/undo/", reviewing.undo, name="undo"),
    path("plans/<int:plan>/confirm/", reviewing.confirm_sure, name="confirm-sure"),
    path("plans/<int:plan>/add/", reviewing.add, name="add"),
    path("plans/<int:plan>/merge/", reviewing.merge, name="merge"),
    path("plans/<int:plan>/adopt/", reviewing.adopt, name="adopt"),
    path("plans/<int:plan>/statements/<int:statement>/", reviewing.act, name="act"),
    path("plans/<int:plan>/statements/<int:statement>/why/", reading.why, name="why-read"),
]
