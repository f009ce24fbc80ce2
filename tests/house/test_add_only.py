"""A migration after the first only adds in its upgrade: a process of the previous release can run beside the new one."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from webcare_pwa import schema

LATER = sorted((schema.MIGRATIONS / "versions").glob("*.py"))[1:]
TAKES_AWAY = {"drop_table", "drop_column", "drop_constraint", "drop_index", "rename_table"}
NARROWS = {"type_", "new_column_name"}  # of alter_column; `nullable=True` widens


@pytest.mark.parametrize("path", LATER, ids=lambda path: path.stem)
def test_the_upgrade_only_adds(path: Path) -> None:
    assert list(_faults(_upgrade(path))) == []


def test_a_taking_away_is_found() -> None:
    bad = ast.parse("op.drop_column('a', 'b')\nop.alter_column('a', 'b', nullable=False)\nop.execute('DROP TABLE x')\n"
                    "op.add_column('a', sa.Column('b', sa.Integer(), nullable=False))")
    assert len(list(_faults(bad))) == 4


def _upgrade(path: Path) -> ast.AST:
    return next(each for each in ast.parse(path.read_text()).body
                if isinstance(each, ast.FunctionDef) and each.name == "upgrade")


def _faults(tree: ast.AST) -> list[str]:
    found = []
    for call in (each for each in ast.walk(tree) if isinstance(each, ast.Call) and isinstance(each.func, ast.Attribute)):
        assert isinstance(call.func, ast.Attribute)
        given = {each.arg: each.value for each in call.keywords}
        text = ast.unparse(call)
        if (call.func.attr in TAKES_AWAY
                or (call.func.attr == "alter_column" and (given.keys() & NARROWS or _is(given.get("nullable"), False)))
                or (call.func.attr == "add_column" and "nullable=False" in text and "server_default" not in text)
                or (call.func.attr == "execute" and any(word in text.upper() for word in ("DROP ", "RENAME ", "DELETE ")))):
            found.append(text)
    return found


def _is(node: ast.expr | None, value: object) -> bool:
    return isinstance(node, ast.Constant) and node.value is value
