"""From text to sqlglot's tree: the outer walls (length, depth, signs) and a dialect without functions or comments.

What the tree may contain is decided by the reader; here it is decided what may be handed to sqlglot at all.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any, ClassVar

from sqlglot import exp
from sqlglot.dialects.dialect import Dialect
from sqlglot.errors import ParseError, TokenError
from sqlglot.parsers.postgres import PostgresParser
from sqlglot.tokenizer_core import Token, TokenType
from sqlglot.tokens import Tokenizer as BaseTokenizer

from yiwang.why import Words, say

from .errors import ExprError

LENGTH_MAX = 4000  # characters
TOKENS_MAX = 1000
DEPTH_MAX = 32  # brackets, cases, signs and nots inside each other

_LITERAL = re.compile(r"'(?:[^']|'')*'")
_ODD_SIGNS = re.compile(r"[;\\`~#$?@:&^{}\[\]!]")


_KEYWORDS = frozenset({
    "AND", "BETWEEN", "CASE", "DATE", "DISTINCT", "ELSE", "END", "FALSE", "FROM", "IN", "INTERVAL", "IS", "LIKE",
    "NOT", "NULL", "OR", "THEN", "TIMESTAMP", "TIMESTAMPTZ", "TRUE", "WHEN",
})  # fmt: skip

_SIGNS = ("||", "<>", "!=", "<=", ">=", "/*", "*/")


class Rule(Dialect):
    """PostgreSQL's order of operators, a handful of its keywords, and every function call kept as it is written."""

    class Tokenizer(BaseTokenizer):
        KEYWORDS: ClassVar = {
            word: token for word, token in BaseTokenizer.KEYWORDS.items() if word in _KEYWORDS or word in _SIGNS
        }

    class Parser(PostgresParser):
        FUNCTIONS: ClassVar[dict[str, Any]] = {}
        FUNCTION_PARSERS: ClassVar[dict[str, Any]] = {}
        NO_PAREN_FUNCTIONS: ClassVar[dict[TokenType, Any]] = {}
        NO_PAREN_FUNCTION_PARSERS: ClassVar = {"CASE": PostgresParser.NO_PAREN_FUNCTION_PARSERS["CASE"]}


def tree(text: str) -> exp.Expr:
    """sqlglot's tree of `text`; raises ExprError, and nothing else, for whatever people or programs send."""
    if len(text) > LENGTH_MAX:
        raise ExprError(say("expr.too_long", length=len(text), most=LENGTH_MAX), text, LENGTH_MAX)
    _check_signs(text)
    try:
        tokens = Rule().tokenize(text)
    except TokenError as error:
        raise ExprError(say("expr.syntax", near=text[-20:]), text, len(text)) from error
    if not tokens:
        raise ExprError(say("expr.empty"), text, 0)
    _check_shape(tokens, text)
    try:
        trees = Rule().parser().parse(tokens, text)
    except ParseError as error:
        raise _syntax(error, text) from error
    if len(trees) != 1 or trees[0] is None:
        raise ExprError(say("expr.syntax", near=text[:20]), text, 0)
    _mark_places(trees[0], tokens)
    return trees[0]


_UNMARKED: tuple[tuple[type, set[TokenType]], ...] = (
    (exp.Null, {TokenType.NULL}),
    (exp.Boolean, {TokenType.TRUE, TokenType.FALSE}),
    (exp.Interval, {TokenType.INTERVAL}),
    (exp.Case, {TokenType.CASE}),
)


def _mark_places(tree: exp.Expr, tokens: list[Token]) -> None:
    """sqlglot forgets where some nodes stood; they come in the order of their tokens."""
    for kind, words in _UNMARKED:
        starts = [token.start for token in tokens if token.token_type in words]
        nodes: list[exp.Expr] = list(tree.find_all(kind, bfs=False))
        for node, start in zip(nodes, starts, strict=False):
            node.meta["start"] = start


def _check_signs(text: str) -> None:
    """Outside of text literals only ASCII and Chinese characters have a meaning; look-alikes are named."""
    for literal in _LITERAL.finditer(text):
        for offset, sign in enumerate(literal[0], literal.start()):
            if unicodedata.category(sign) in ("Cc", "Cf", "Cs") and sign not in "\n\t":
                raise ExprError(say("expr.control", code=f"U+{ord(sign):04X}"), text, offset)
    bare = _LITERAL.sub(lambda literal: " " * len(literal[0]), text)
    if "'" in bare:
        raise ExprError(say("expr.quote"), text, bare.index("'"))
    for theirs, words in _OF_PROGRAMS.items():
        if theirs in bare:
            raise ExprError(words, text, bare.index(theirs))
    for offset, sign in enumerate(bare):
        if sign.isascii():
            odd = _ODD_SIGNS.match(sign) and bare[offset : offset + 2] != "!="
            if odd or not (sign.isprintable() or sign in "\n\t\r"):
                raise ExprError(say("expr.sign", sign=_shown(sign)), text, offset)
        elif not unicodedata.name(sign, "").startswith("CJK UNIFIED"):
            raise ExprError(_foreign(sign), text, offset)


def _foreign(sign: str) -> Words:
    """Why a sign that is neither ASCII nor Chinese is refused: an odd space, the look-alike of another, or unknown."""
    if unicodedata.category(sign) == "Zs":
        return say("expr.odd_space", code=f"U+{ord(sign):04X}")
    plain = _PLAIN.get(sign) or unicodedata.normalize("NFKC", sign)
    if plain.isascii() and plain.isprintable() and plain.strip():
        return say("expr.look_alike", sign=sign, plain=plain)
    return say("expr.sign", sign=_shown(sign))


_OF_PROGRAMS = {
    "--": say("expr.comment"),
    "/*": say("expr.comment"),
    "==": say("expr.of_programs", sign="==", plain="="),
    "&&": say("expr.of_programs", sign="&&", plain="and"),
}
_PLAIN = {"‘": "'", "’": "'", "“": "'", "”": "'", "、": ",", "。": ".", "−": "-", "–": "-", "—": "-", "×": "*",
          "÷": "/", "≤": "<=", "≥": ">=", "≠": "<>"}  # fmt: skip


def _shown(sign: str) -> str:
    name = unicodedata.name(sign, f"U+{ord(sign):04X}")
    return f"{sign} ({name})" if sign.isprintable() else name


def _check_shape(tokens: list[Token], text: str) -> None:
    if len(tokens) > TOKENS_MAX:
        raise ExprError(say("expr.too_long", length=len(tokens), most=TOKENS_MAX), text, tokens[TOKENS_MAX].start)
    depth = run = 0
    before = TokenType.L_PAREN
    for token in tokens:
        if before is TokenType.COMMA and token.token_type is TokenType.R_PAREN:  # sqlglot overlooks `(1, )`
            raise ExprError(say("expr.syntax", near=token.text), text, token.start)
        before = token.token_type
        if token.token_type in (TokenType.L_PAREN, TokenType.CASE):
            depth += 1
        elif token.token_type in (TokenType.R_PAREN, TokenType.END):
            depth -= 1
        run = run + 1 if token.token_type in (TokenType.NOT, TokenType.DASH, TokenType.PLUS) else 0
        if depth + run > DEPTH_MAX:
            raise ExprError(say("expr.too_deep", most=DEPTH_MAX), text, token.start)


def _syntax(error: ParseError, text: str) -> ExprError:
    first = error.errors[0] if error.errors else {}
    start = len(first.get("start_context") or "")
    context = first.get("start_context") or ""
    near = first.get("highlight") or text[:20]
    at = text.find(context + near) + start if context else text.find(near)
    return ExprError(say("expr.syntax", near=near), text, at)
