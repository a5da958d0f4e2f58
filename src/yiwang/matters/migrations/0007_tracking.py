"""Tracking codes come under the installation's secret: what is kept of one cannot be tried out any more.

The plain hash of each code given until now is sealed where it stands, so the codes keep working. A district whose
ledger has noted its rows already keeps them as they were noted; `matters.tracking` finds those by the plain hash.
"""

import hmac
from base64 import urlsafe_b64encode
from typing import Any

from django.conf import settings
from django.db import migrations

AT_ONCE = 2_000
NOTED = "SELECT EXISTS (SELECT FROM ledger_entry WHERE subject = 'ledger')"
PLAIN = "SELECT id, tracking FROM matters_matter WHERE length(tracking) = 64 AND id > %s ORDER BY id LIMIT %s"
SEAL = (
    "UPDATE matters_matter m SET tracking = one.tracking"
    " FROM unnest(%s::bigint[], %s::text[]) AS one(id, tracking) WHERE m.id = one.id"
)


def sealed(digest: str) -> str:
    key = hmac.digest(settings.SECRET_KEY.encode(), b"yiwang tracking", "sha256")
    return "k1." + urlsafe_b64encode(hmac.digest(key, digest.encode(), "sha256")).decode().rstrip("=")


def seal_all(apps: object, schema_editor: Any) -> None:
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(NOTED)
        if cursor.fetchone()[0]:
            return
        last = 0
        while True:
            cursor.execute(PLAIN, [last, AT_ONCE])
            rows = cursor.fetchall()
            if not rows:
                return
            last = rows[-1][0]
            cursor.execute(SEAL, [[pk for pk, _ in rows], [sealed(digest) for _, digest in rows]])


class Migration(migrations.Migration):
    dependencies = [("matters", "0006_said"), ("ledger", "0002_checkpoints")]

    operations = [migrations.RunPython(seal_all, migrations.RunPython.noop)]
