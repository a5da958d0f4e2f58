"""Ways in which a YAML file of a pack is broken, one at a time: each gives the text or the bytes of the broken file."""

from __future__ import annotations

import re
from collections.abc import Callable

Breaking = Callable[[str], str | bytes]
_KEY = re.compile(r"^(\s*(?:- )?)([\w.]+):(?= |$)", re.MULTILINE)
_VALUE = re.compile(r"^(\s*[a-z_]+: )([^\n{\[#|>][^\n#]*)$", re.MULTILINE)
_LIST = re.compile(r"^(\s*[a-z_]+: )\[([^\]\n]+)\]", re.MULTILINE)
_LAUGHS = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 12)
)


def _middle(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The match in the middle of a text, so that not every breaking meets the first line."""
    every = list(pattern.finditer(text))
    return every[len(every) // 2] if every else None


def _with_value(value: str) -> Breaking:
    def broken(text: str) -> str:
        found = _middle(_VALUE, text)
        return text + f"\nversion: {value}\n" if found is None else text[: found.start(2)] + value + text[found.end() :]

    return broken


def _without_a_key(text: str) -> str:
    found = _middle(_KEY, text)
    assert found is not None
    end = text.find("\n", found.end())
    return text[: found.start()] + text[len(text) if end < 0 else end + 1 :]


def _of_wrong_type(text: str) -> str:
    """A mapping where a list or a value stands."""
    found = _middle(_LIST, text) or _middle(_VALUE, text)
    return f"[{text!r}]" if found is None else text[: found.end(1)] + "{nested: {deeper: 1}}" + text[found.end() :]


def _with_an_unknown_name(text: str) -> str:
    found = _middle(_KEY, text)
    assert found is not None
    return text[: found.start(2)] + f"{found[2]}_nobody_knows" + text[found.end(2) :]


def _with_a_key_twice(text: str) -> str:
    top = re.search(r"^[a-z_]+:.*$", text, re.MULTILINE)
    return text + f"\n{top[0] if top else 'a: 1'}\n"


def _with_a_merge(text: str) -> str:
    return f"base: &base {{version: 2026-01-01}}\n<<: *base\n{text}"


def _with_an_anchor(text: str) -> str:
    found = _middle(_VALUE, text)
    return text if found is None else text[: found.start(2)] + f"&x {found[2]}" + text[found.end() :] + "\nagain: *x\n"


BREAKINGS: dict[str, Breaking] = {
    "wrong type": _of_wrong_type,
    "a key missing": _without_a_key,
    "unknown name": _with_an_unknown_name,
    "unknown value": _with_value("nobody_knows_this"),
    "a key twice": _with_a_key_twice,
    "in a circle": lambda text: f"{text}\nloop: &loop\n  again: *loop\n",
    "huge number": _with_value("9" * 400),
    "huge float": _with_value("1e999"),
    "huge text": _with_value('"' + "长" * 300_000 + '"'),
    "not UTF-8": lambda text: text.encode("utf-8") + b"\n# \xff\xfe\xc3\x28\n",
    "another encoding": lambda text: text.encode("utf-16-le"),
    "tabs": lambda text: text.replace("  ", "\t") if "  " in text else f"\t{text}",
    "an anchor": _with_an_anchor,
    "an alias of nothing": lambda text: f"{text}\nagain: *nothing\n",
    "empty": lambda text: "",
    "blank": lambda text: "\n \n# nothing\n",
    "a merge key": _with_a_merge,
    "a merge of no mapping": lambda text: f"<<: [1, 2]\n{text}",
    "a billion laughs": lambda text: f"{text}\n{_LAUGHS}",
    "a date as a key": lambda text: f"{text}\n2026-02-30: 1\n2026-01-01: 2\n",
    "a list as a key": lambda text: f"{text}\n? [a, b]\n: 1\n",
    "null as a key": lambda text: f"{text}\n~: 1\n",
    "control characters": _with_value('"a\\0b\\x07c"'),
    "a bare control character": lambda text: f"{text}\n# \x07\n",
    "half a character": _with_value('"\\ud800"'),
    "a list at the top": lambda text: "- a\n- b\n",
    "a text at the top": lambda text: "nothing but words\n",
    "two documents": lambda text: f"{text}\n---\nversion: 2026-01-01\n",
    "a tag of a program": _with_value("!!python/object/apply:os.system ['true']"),
    "no such day": _with_value("2026-02-30"),
    "very deep": lambda text: f"{text}\ndeep: {'[' * 3000}{']' * 3000}\n",
    "broken off": lambda text: text[: len(text) * 2 // 3] + '"',
    "null": _with_value("null"),
    "negative": _with_value("-1"),
    "true": _with_value("true"),
}
