"""Coverage-guided fuzzing of the reader: `python -m tests.expr.fuzz_atheris -max_total_time=60`.

It ends by itself after the given seconds; a crash is any exception but ExprError, and is printed with its input.
"""

from __future__ import annotations

import sys


def main() -> int:
    try:
        import atheris
    except ImportError:
        print("atheris is not installed: pip install atheris (Linux, CPython up to 3.13)", file=sys.stderr)
        return 0
    with atheris.instrument_imports(include=["yiwang.expr"]):
        from yiwang.expr import ExprError, FactError, parse

    from .district import MATTER, ROW

    def one_input(data: bytes) -> None:
        text = atheris.FuzzedDataProvider(data).ConsumeUnicodeNoSurrogates(4100)
        try:
            expr = parse(text, MATTER)
        except ExprError as error:
            error.speak("zh")
            error.speak("en")
            return
        for dialect in ("postgres", "duckdb", "spark"):
            expr.sql(dialect)
        try:
            expr.evaluate(ROW)
            expr.explain({})
            expr.simplify({"age": 61})
        except FactError as error:
            error.speak("zh")

    arguments = (
        sys.argv if any(one.startswith("-max_total_time") for one in sys.argv) else [*sys.argv, "-max_total_time=60"]
    )
    atheris.Setup(arguments, one_input)
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
