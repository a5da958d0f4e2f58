"""Who took a list out of the house stands in the ledger (R9.1), without the personal data that was searched for."""

from __future__ import annotations

from tests.support.clients import client


def test_an_export_is_written_down_before_it_begins(district, monkeypatch):
    from yiwang.ledger.models import Entry
    from yiwang.org.session import as_owner

    monkeypatch.setenv("YIWANG_DISTRICT", district.code)
    answer = client(district, "dispatcher-1").get("/desk/matters/export.csv?q=电话13800138000&state=open", follow=True)
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content)
    answer = client(district, "supervisor").get("/board/2026/table.xlsx")
    assert answer.status_code == 200
    with as_owner():
        rows = list(Entry.objects.filter(district=district.id, stream="exports").order_by("id"))
    assert [(one.action, one.data["what"]) for one in rows] == [("export", "matters"), ("export", "goals")]
    assert rows[0].person_id == district.as_("dispatcher-1").person
    assert rows[0].data["wanted"]["state"] == "open"
    assert "13800138000" not in str(rows[0].data)
