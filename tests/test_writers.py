"""Who writes into a table, and who asks it: a room's store writes its rows, and others ask the room (design §2).

Read from syntax trees. A list of exceptions may only become shorter: one that is no longer needed fails as well.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[1] / "src" / "yiwang"
FACES = ("wall", "desk", "board", "portal", "api", "look", "commands")
STORES = {
    # the writers of a room beside its `store`, and what each has to itself
    "files/functions.py": "what the database itself does with the room's rows, declared beside them",
    "ledger/accounts.py": "an account that is nobody's loses its password, of which no ledger tells",
    "ledger/checkpoints.py": "checkpoints are taken outside every other transaction",
    "ledger/functions.py": "what the database itself does with the room's rows, declared beside them",
    "matters/attempts.py": "what was refused at a gate, in a transaction of its own after the one that was refused",
    "matters/auditing.py": "who was noted before there were salts gets one when the ledger begins",
    "matters/bulk.py": "many new matters in one statement, for the store",
    "matters/erasing.py": "personal data is taken back out of rows that nothing else may change",
    "matters/functions.py": "what the database itself does with the room's rows, declared beside them",
    "matters/listing.py": "the lists of a pack, in the transaction of its load",
    "matters/loading.py": "what a pack says of matters, in the transaction of its load",
    "matters/rows.py": "row and entry of a matter in one statement, for the store",
    "matters/rows_linked.py": "links between matters, for the store and for merging",
    "matters/sight.py": "who sees a matter follows the tree of units",
    "org/appointing.py": "who holds which post from when to when",
    "org/limits.py": "tries are counted on a connection of their own, in no other transaction",
}
WRITES = ("create", "save", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create")
SQL = re.compile(r"\b(INSERT\s+INTO|DELETE\s+FROM|TRUNCATE\s+\w|MERGE\s+INTO|UPDATE\s+[\w{}.]+(\s+AS\s+\w+)?\s+SET)\b")


def writes(tree: ast.Module) -> Iterator[int]:
    """The lines that write into a table: by the ORM, or by an SQL text.

    A picture's or a workbook's `save` is given a place, and a mapping's `update` another mapping; a row's are not.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            name, by_name_only = node.func.attr, not node.args
            if (
                name in ("bulk_create", "bulk_update")
                or (name in WRITES and by_name_only)
                or (name == "update" and by_name_only and node.keywords)
            ):
                yield node.lineno
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.search(node.value):
            yield node.lineno


def trees() -> Iterator[tuple[str, ast.Module]]:
    """(path below `src/yiwang`, its tree) of every file that is no migration."""
    for file in sorted(SOURCE.rglob("*.py")):
        if "migrations" not in file.parts:
            yield file.relative_to(SOURCE).as_posix(), ast.parse(file.read_text("utf-8"))


def is_store(name: str) -> bool:
    """goals/store/plans.py, org/store.py"""
    return "store" in Path(name).with_suffix("").parts


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("Matter.objects.create(title='x')", True),
        ("row.save()", True),
        ("row.save(update_fields=['title'])", True),
        ("rows.filter(pk=1).delete()", True),
        ("Matter.objects.bulk_create(rows, batch_size=100)", True),
        ("rows.update(current=False)", True),
        ("cursor.execute('UPDATE matters_matter SET title = %s')", True),
        ("cursor.execute(f'DELETE FROM {table} WHERE id = %s')", True),
        ("picture.save(out, 'JPEG')", False),
        ("known.update({'a': 1})", False),
        ("cache.delete('key')", False),
        ("'Updates are set by hand'", False),
    ],
)
def test_what_writes_is_found(code: str, found: bool) -> None:
    assert bool(list(writes(ast.parse(code)))) is found


def test_only_a_store_writes() -> None:
    writing = {name: lines for name, tree in trees() if (lines := list(writes(tree))) and not is_store(name)}
    assert {name: lines for name, lines in writing.items() if name not in STORES} == {}
    assert STORES.keys() - writing.keys() == set()


def others_tables(name: str, tree: ast.Module) -> dict[str, str]:
    """name in the file -> the room, of every model that a file takes from another room."""
    room, found = name.split("/")[0], {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (parts := (node.module or "").split("."))[0] == "yiwang":
            named = [[*parts, one.name] for one in node.names]
            for path, one in zip(named, node.names, strict=True):
                if len(path) > 2 and path[1] != room and "models" in path[2:]:
                    found[one.asname or one.name] = path[1]
    return found


def test_a_room_is_asked_and_not_its_tables() -> None:
    """Rows of another room come from its `queries`; its models serve for foreign keys and as types alone."""
    asking = {}
    for name, tree in trees():
        tables = others_tables(name, tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in ("objects", "_default_manager", "_base_manager"):
                table = ast.unparse(node.value).split(".")
                if table[0] in tables:
                    asking[f"{name}:{node.lineno}"] = ".".join(table)
    assert asking == {}


def test_a_face_names_no_table() -> None:
    faces = ((name, tree) for name, tree in trees() if name.split("/")[0] in FACES)
    assert {name: tables for name, tree in faces if (tables := others_tables(name, tree))} == {}
