"""One more web server on a site's database, with settings of its own; and nginx in front of it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.site import Site, free_port

SECONDS = 60.0


@dataclass(frozen=True)
class Web:
    """A running web server: its address and the file with its log."""

    url: str
    port: int
    log: Path

    def said(self) -> str:
        return self.log.read_text("utf-8", "replace")


@contextmanager
def web(site: Site, *, workers: int = 1, **environment: str) -> Iterator[Web]:
    """`yiwang.run.web` under granian as `up` starts it, on the database and secret of `site`."""
    port = free_port()
    log = Path(tempfile.mkdtemp(prefix="yiwang-web-")) / "web.log"
    given = {"DATABASE_URL": site.owner, "DATABASE_APP_URL": site.app, "YIWANG_VAR": str(site.var)}
    command = [sys.executable, "-m", "granian", "--interface", "asgi", "--no-ws", "--host", "127.0.0.1"]
    command += [
        "--port",
        str(port),
        "--workers",
        str(workers),
        "--log-level",
        "warning",
        "yiwang.run.web:application",
    ]
    with open(log, "wb") as output:
        process = subprocess.Popen(
            command, env={**os.environ, **given, **environment}, stdout=output, stderr=output, start_new_session=True
        )
    try:
        made = Web(f"http://127.0.0.1:{port}", port, log)
        wait_for(f"{made.url}/healthz", process, log)
        yield made
    finally:
        _end(process)
        shutil.rmtree(log.parent, ignore_errors=True)


@contextmanager
def nginx(locations: str, http: str = "") -> Iterator[str]:
    """Debian's nginx with these `location` blocks (and lines of `http`), unprivileged; yields its address."""
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/sbin")
    if found is None:
        pytest.skip("nginx is not installed: on Debian run `apt install nginx-light`")
    folder = Path(tempfile.mkdtemp(prefix="yiwang-nginx-"))
    folder.chmod(0o755)
    port = free_port()
    paths = "".join(
        f"{name}_temp_path {folder}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/log;\n"
        "events { worker_connections 256; }\n"
        f"http {{ access_log off; {paths} {http} server {{ listen 127.0.0.1:{port}; {locations} }} }}\n"
    )
    command = [found, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "log")]
    process = subprocess.Popen(command, start_new_session=True)
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz", process, folder / "log")
        yield f"http://127.0.0.1:{port}"
    finally:
        _end(process)
        shutil.rmtree(folder, ignore_errors=True)


def wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Until it answers; its log when it does not."""
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"{url} does not answer:\n{log.read_text('utf-8', 'replace')[-2000:]}", pytrace=False)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)
