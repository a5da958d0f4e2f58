"""`yiwang demo …`: the demo district's map, its simulated year, its live part, its sign-ins."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import datetime
from pathlib import Path

SEED = 990106


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the commands of the demo district."""
    demo = subparsers.add_parser("demo", help="the simulated district").add_subparsers(required=True)

    drawing = demo.add_parser("map", help="draw the map of the demo district into its pack")
    drawing.add_argument("--seed", type=int, default=SEED, help="another district of the same plan")
    drawing.set_defaults(run=draw_map)

    simulating = demo.add_parser("simulate", help="write a year of work, up to now")
    simulating.add_argument("--matters", type=int, default=50_000, help="how many (default 50000)")
    simulating.add_argument("--seed", type=int, default=SEED, help="the same seed and end give the same year")
    simulating.add_argument("--until", type=datetime.fromisoformat, help="where the year ends (default: now)")
    simulating.add_argument("--processes", type=int, help="writers (default 2)")
    simulating.set_defaults(run=run_simulate)

    living = demo.add_parser("live", help="go on in real time until stopped")
    living.add_argument("--seed", type=int, default=SEED, help="of the year that it goes on from")
    living.add_argument("--pace", type=float, default=2.5, help="times livelier than the simulated year")
    living.set_defaults(run=run_live)

    signing = demo.add_parser("sign-ins", help="who one can be in the demo")
    signing.add_argument("--lang", choices=("zh", "en"), default="zh")
    signing.add_argument("--json", action="store_true")
    doors = signing.add_mutually_exclusive_group()
    doors.add_argument("--close", action="store_true", help="take the demo's password from all accounts")
    doors.add_argument("--open", action="store_true", help="give it back to the accounts of the list")
    signing.set_defaults(run=print_sign_ins)
    for one in (drawing, simulating, living, signing):
        one.add_argument("--pack", type=Path, help="the demo pack (default packs/demo)")


def draw_map(args: argparse.Namespace) -> int:
    from . import map as land

    pack = _pack(args)
    layers = land.draw(pack, args.seed)
    land.write(pack / "geo", layers)
    for name, layer in layers.items():
        print(f"{pack / 'geo' / name}.geojson  {len(layer['features'])}")
    return 0


def run_simulate(args: argparse.Namespace) -> int:
    if args.matters < 1:
        print("A year has at least one matter: give --matters 1 or more.", file=sys.stderr)
        return 2
    from yiwang.serve.django import setup

    setup()
    from yiwang.org import session

    from . import promises, sign_ins, year
    from .arrivals import now

    pack = _pack(args)
    district = _district(pack)
    if district is None:
        return 2
    until = args.until.astimezone() if args.until else now()
    with session.acting_as(session.system(district)) as asker:
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
    sign_ins.open_accounts(pack)
    return 0


def run_live(args: argparse.Namespace) -> int:
    import signal
    import threading

    from yiwang.serve.django import setup

    setup()
    from yiwang.org import session

    from . import year
    from .arrivals import now
    from .live import Live

    pack = _pack(args)
    district = _district(pack)
    if district is None:
        return 2
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with session.acting_as(session.system(district)) as asker:
        stage = year.stage_of(year.Year(pack, district, 0, args.seed, now()), asker)
        company = year.company_of(stage, asker, now())
    live = Live(company, asker, pace=args.pace)
    print("  the simulation goes on; stop it with Ctrl-C", flush=True)
    live.run(stop)
    print(f"  {live.opened} new matters, {live.acted} acts, {live.refused} overtaken by others, {live.read} readings")
    return 0


def print_sign_ins(args: argparse.Namespace) -> int:
    from . import sign_ins

    pack = _pack(args)
    if args.close or args.open:
        from yiwang.serve.django import setup

        setup()
        changed = sign_ins.close_accounts(pack) if args.close else sign_ins.open_accounts(pack)
        print(f"  demo sign-ins {'closed' if args.close else 'opened'}: {changed}")
        return 0
    if args.json:
        password, found = sign_ins.read(pack)
        people = [{"username": one.username, "name": one.name, "face": one.face, "who": one.who} for one in found]
        print(json.dumps({"password": password, "sign_ins": people}, ensure_ascii=False, indent=1))
        return 0
    for line in sign_ins.table(pack, args.lang):
        print(line)
    return 0


def _pack(args: argparse.Namespace) -> Path:
    from yiwang.serve.places import home

    return args.pack or home() / "packs" / "demo"


def _district(pack: Path) -> int | None:
    """The district of the pack; says what to do when it is not loaded, or is no demo."""
    from yiwang.org.definition import Pack
    from yiwang.org.models import District
    from yiwang.org.pack_file import PackFile

    code = PackFile(pack / "pack.yaml", root=pack).as_a(Pack).district.code
    found = District.objects.filter(code=code).values_list("id", "demo").first()
    if found is None:
        print(f"District {code} is not loaded: run `yiwang pack load {pack}` first.", file=sys.stderr)
    elif not found[1]:
        print(f"District {code} is no demo: nothing is simulated among real matters.", file=sys.stderr)
    else:
        return int(found[0])
    return None
