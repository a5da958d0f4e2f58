"""The WSGI environment of a request (PEP 3333)."""

from __future__ import annotations

import contextlib
import sys
from typing import Any

from .asgi import Environ, Scope


def environ_of(scope: Scope, body: Any) -> Environ:
    """The WSGI environment of an ASGI scope (PEP 3333: texts carry bytes as latin-1)."""
    host, port = scope.get("server") or ("127.0.0.1", 80)
    environ: Environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode("utf-8", "surrogateescape").decode("latin-1"),
        "QUERY_STRING": scope.get("query_string", b"").decode("latin-1"),
        "SERVER_NAME": str(host),
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": f"HTTP/{scope.get('http_version', '1.1')}",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    if client := scope.get("client"):
        environ["REMOTE_ADDR"] = client[0]
        environ["REMOTE_PORT"] = str(client[1])
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1"), raw_value.decode("latin-1")
        if "_" in name:  # X_Forwarded_For must not pass for X-Forwarded-For
            continue
        key = name.upper().replace("-", "_")
        key = key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"
        environ[key] = f"{environ[key]},{value}" if key in environ and key != "HTTP_COOKIE" else value
    if "CONTENT_LENGTH" not in environ:  # a chunked body is whole by now, so its length is known
        with contextlib.suppress(OSError):
            environ["CONTENT_LENGTH"] = str(body.seek(0, 2))
            body.seek(0)
    return environ
