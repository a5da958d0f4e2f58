"""Documents of plans and reports move to the room of files: their bytes from a column to the shelf."""

import os
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import migrations

DISTRICT = "district_id = (SELECT nullif(current_setting('app.district', true), '')::bigint)"
UPLOADER = "coalesce(person_id, 0) = (SELECT nullif(current_setting('app.person', true), '')::bigint)"


def sight(noun: str, table: str) -> str:
    """Who sees the thing sees its files and may add own ones; nothing is ever taken away from it."""
    ours = f"{DISTRICT} AND noun = '{noun}' AND EXISTS (SELECT FROM {table} t WHERE t.id = files_file.subject)"
    return f"""
CREATE POLICY of_a_{noun} ON files_file FOR SELECT USING ({ours});
CREATE POLICY new_of_a_{noun} ON files_file FOR INSERT WITH CHECK ({ours} AND {UPLOADER});
"""


MOVE = """
INSERT INTO files_file (district_id, noun, subject, name, media_type, size, sha256, came, rules, at, person_id)
SELECT d.district_id, CASE WHEN d.report_id IS NULL THEN 'plan' ELSE 'report' END, coalesce(d.report_id, d.plan_id),
       d.name, d.media_type, d.size, d.sha256, d.sha256, 0, d.at, coalesce(r.person_id, p.person_id)
FROM goals_document d
LEFT JOIN goals_report r ON r.id = d.report_id
LEFT JOIN goals_plan p ON p.id = d.plan_id
WHERE coalesce(d.report_id, d.plan_id) IS NOT NULL
ORDER BY d.id
"""


def move(apps: Any, editor: Any) -> None:
    """Bytes first: when the disk is full, nothing has changed."""
    with editor.connection.cursor() as cursor:
        cursor.execute("SELECT id FROM goals_document ORDER BY id")
        for (number,) in cursor.fetchall():
            cursor.execute("SELECT sha256, content FROM goals_document WHERE id = %s", [number])
            sha256, content = cursor.fetchone()
            put(sha256, bytes(content))
        cursor.execute(MOVE)


def put(sha256: str, content: bytes) -> None:
    folder = Path(settings.MEDIA_ROOT) / "evidence" / sha256[:2]
    for one in (folder.parents[1], folder.parent, folder):
        one.mkdir(mode=0o700, parents=True, exist_ok=True)
    if (folder / sha256).exists() and (folder / sha256).stat().st_size == len(content):
        return
    partial = folder / f"{sha256}.{secrets.token_hex(6)}.part"
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    partial.replace(folder / sha256)


class Migration(migrations.Migration):
    dependencies = [("goals", "0002_sight"), ("matters", "0004_files")]

    operations = [
        migrations.RunSQL(sight("plan", "goals_plan") + sight("report", "goals_report"), migrations.RunSQL.noop),
        migrations.RunPython(move, migrations.RunPython.noop),
        migrations.DeleteModel("Document"),
    ]
