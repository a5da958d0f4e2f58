"""`yiwang demo simulate|live|sign-ins`: the demo's simulated year, its live part, its sign-ins."""

from __future__ import annotations

import argparse
import json
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from yiwang.commands.frame.command import command
from yiwang.commands.frame.failures import refusal
from yiwang.demo import accounts, promises, sign_ins, year
from yiwang.demo.arrivals import now
from yiwang.demo.live import Live
from yiwang.org import session
from yiwang.org.asker import Asker
from yiwang.org.definition import Pack
from yiwang.org.installed import district_of_code
from yiwang.org.pack_file import PackFile

from .demo_map import pack_of


@contextmanager
def of_the_pack(args: argparse.Namespace) -> Iterator[Asker]:
    """The platform in the pack's district; refused when that is not loaded, or is no demo."""
    pack = pack_of(args)
    code = PackFile(pack / "pack.yaml", root=pack).as_a(Pack).district.code
    loaded = district_of_code(code)
    if loaded is None:
        raise refusal(f"District {code} is not loaded: run `yiwang pack load {pack}` first.")
    if not loaded.demo:
        raise refusal(f"District {code} is no demo: nothing is simulated among real matters.")
    yield session.system(loaded.id)


@command("demo simulate", asker=of_the_pack)
def simulate(args: argparse.Namespace, platform: Asker) -> None:
    pack, district = pack_of(args), platform.district
    until = args.until.astimezone() if args.until else now()
    with session.acting_as(platform) as asker:
        before = year.simulated(asker)
    if before >= args.matters * 0.9:
        print(f"  {before:,} simulated matters are there already")
    else:
        wanted = year.Year(pack, district, args.matters, args.seed, until)
        written = year.simulate(wanted, args.processes, lambda line: print(f"  {line}", flush=True))
        print(f"  {written.new:,} matters in {written.seconds:.1f} s: {written.rate:,.0f} matters/s", flush=True)
    print("  the plan of the year, on the board", flush=True)
    goals, reports = promises.promise(pack, session.system(district), args.seed, until)
    lamps = promises.lamps(session.system(district), until)
    said = ", ".join(f"{n} {lamp}" for lamp, n in sorted(lamps.items()))
    print(f"  {goals} new goals, {reports} new reports; lamps: {said}", flush=True)
    accounts.open_accounts(pack)


@command("demo live", asker=of_the_pack)
def live(args: argparse.Namespace, platform: Asker) -> None:
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with session.acting_as(platform) as asker:
        stage = year.stage_of(year.Year(pack_of(args), platform.district, 0, args.seed, now()), asker)
        company = year.company_of(stage, asker, now())
    live = Live(company, asker, pace=args.pace)
    print("  the simulation goes on; stop it with Ctrl-C", flush=True)
    live.run(stop)
    print(f"  {live.opened} new matters, {live.acted} acts, {live.refused} overtaken by others, {live.read} readings")


@command("demo sign-ins")
def print_sign_ins(args: argparse.Namespace) -> Iterator[str]:
    pack = pack_of(args)
    if args.close or args.open:
        changed = accounts.close_accounts(pack) if args.close else accounts.open_accounts(pack)
        yield f"  demo sign-ins {'closed' if args.close else 'opened'}: {changed}"
    elif args.json:
        password, found = sign_ins.read(pack)
        people = [{"username": one.username, "name": one.name, "face": one.face, "who": one.who} for one in found]
        yield json.dumps({"password": password, "sign_ins": people}, ensure_ascii=False, indent=1)
    else:
        yield from sign_ins.table(pack, args.lang)
