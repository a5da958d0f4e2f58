"""The roles of the demo pack, as values."""

from __future__ import annotations

import yaml

from tests.support.district import DEMO_PACK
from yiwang.org.roles import roles_from

ROLES = roles_from(yaml.safe_load((DEMO_PACK / "roles.yaml").read_text("utf-8"))["roles"])
