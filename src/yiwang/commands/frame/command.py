"""`@command("people invite", asker=…)`: a handler, by the words that call it.

`does` stands in a noun's file and ties a parser to the words; the handler is imported when the words have been typed.
"""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from importlib import import_module
from typing import TypeAlias, TypeVar, overload

from yiwang.why import Words

from .ready import django_ready

Nouns: TypeAlias = "_SubParsersAction[ArgumentParser]"
Answer: TypeAlias = "int | Iterable[Words | str] | None"  # an exit code, or the lines to print
Whose = TypeVar("Whose")
Handler: TypeAlias = Callable[[Namespace], Answer]
HandlerFor: TypeAlias = Callable[[Namespace, Whose], Answer]

_HANDLERS: dict[str, Handler] = {}


@overload
def command(words: str) -> Callable[[Handler], Handler]: ...


@overload
def command(
    words: str, *, asker: Callable[[Namespace], AbstractContextManager[Whose]]
) -> Callable[[HandlerFor[Whose]], HandlerFor[Whose]]: ...


def command(words: str, *, asker: Callable[[Namespace], AbstractContextManager[Whose]] | None = None) -> object:
    """Declare the handler of a command.

    asker    opens for whom it is done, from the arguments (askers.py); the handler gets it beside them
    handler  answers an exit code, or lines that are spoken when all is done and kept
    """

    def declare(handler: Callable[..., Answer]) -> Callable[..., Answer]:
        def run(args: Namespace) -> Answer:
            if asker is None:
                return _whole(handler(args))
            with asker(args) as whose:
                return _whole(handler(args, whose))

        _HANDLERS[words] = run
        return handler

    return declare


def _whole(answer: Answer) -> Answer:
    return answer if answer is None or isinstance(answer, int) else list(answer)


def does(
    parser: ArgumentParser,
    words: str,
    *,
    by: str = "",
    django: bool = True,
    check: Callable[[Namespace], object] = lambda _: None,
) -> None:
    """Let what the parser understands be done by the handler of these words.

    by      the file in `handlers`; that of the noun when left out
    django  whether its file imports models
    check   what can be refused before anything heavy is imported
    """

    def run(args: Namespace) -> int:
        check(args)
        if django:
            django_ready()
        import_module(f"yiwang.commands.handlers.{by or words.split()[0]}")
        answer = _HANDLERS[words](args)
        if answer is None or isinstance(answer, int):
            return answer or 0
        for line in answer:
            print(line.speak(language_of(args)) if isinstance(line, Words) else line)
        return 0

    parser.set_defaults(run=run)


def language_of(args: Namespace) -> str:
    """The language in which a command answers."""
    return str(getattr(args, "lang", None) or getattr(args, "language", None) or "zh")


def terminals_language() -> str:
    """The language of the terminal, where a command answers in it when nobody says otherwise."""
    return "zh" if os.environ.get("LC_ALL", os.environ.get("LANG", "")).startswith("zh") else "en"
