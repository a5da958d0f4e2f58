"""The desk's addresses."""

from django.urls import path

from yiwang.look.doors import HEAVY, MB, door

from . import (
    acting,
    bulk,
    delegating,
    disclosing,
    evidence,
    exporting,
    gate,
    inbox,
    kinds,
    letters,
    linking,
    lists,
    matter,
    opening,
    party_doors,
    trying,
)

app_name = "desk"
urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("list/", inbox.rows, name="rows"),
    path("matters/", lists.matters, name="matters"),
    path("matters/export.csv", door(exporting.as_csv, lane=HEAVY), name="export"),
    path("matters/export.xlsx", door(exporting.as_xlsx, lane=HEAVY), name="export-xlsx"),
    path("bulk/", bulk.bulk, name="bulk"),
    path("new/", opening.new, name="new"),
    path("new/like/", opening.like, name="like"),
    path("matters/<str:number>/", matter.page, name="matter"),
    path("matters/<str:number>/preview/", matter.preview, name="preview"),
    path("matters/<str:number>/why/<str:clock>/", matter.why, name="why"),
    path("matters/<str:number>/letter/<key:seq>/<str:name>/", letters.named, name="letter"),
    path("matters/<str:number>/letter/<key:seq>/<str:name>/why/", letters.why, name="why-letter"),
    path("matters/<str:number>/draw/<key:seq>/<str:field>/", matter.why_drawn, name="why-drawn"),
    path("matters/<str:number>/queue/<str:queue>/", matter.why_queued, name="why-queued"),
    path("matters/<str:number>/why/", matter.why_end, name="why-end"),
    path("matters/<str:number>/do/<str:action>/", door(acting.do, most_bytes=201 * MB), name="do"),
    path("matters/<str:number>/merge/", linking.merge, name="merge"),
    path("matters/<str:number>/part/", linking.part, name="part"),
    path("matters/<str:number>/uncause/", linking.uncause, name="uncause"),
    path("matters/<str:number>/repeats/", linking.why_repeats, name="repeats"),
    path("matters/<str:number>/party/<slug:party>/", party_doors.give, name="party"),
    path("matters/<str:number>/reporter/", disclosing.unmask, name="unmask"),
    path("matters/<str:number>/masked/", disclosing.masked, name="masked"),
    path("kinds/", kinds.kinds, name="kinds"),
    path("kinds/<str:code>/", kinds.kind, name="kind"),
    path("kinds/<str:code>/drawing.svg", kinds.drawing, name="kind-drawing"),
    path("kinds/<str:code>/try/", trying.page, name="kind-try"),
    path("find/", disclosing.find, name="find"),
    path("readings/", disclosing.who_read, name="readings"),
    path("gate/", gate.page, name="gate"),
    path("delegations/", delegating.page, name="delegations"),
    path("delegations/<key:delegation>/end/", delegating.end, name="end-delegation"),
    path("delegations/<key:delegation>/act/", delegating.act_for, name="act-for"),
    path("oneself/", delegating.as_oneself, name="as-oneself"),
    path("evidence/<key:pk>/", evidence.show, name="evidence"),
]
