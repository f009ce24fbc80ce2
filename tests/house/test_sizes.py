"""Small files, small functions: what keeps a house readable. The hard caps hold for each, the others for nine in ten."""

from __future__ import annotations

import ast
import statistics
from pathlib import Path

import pytest

HOME = Path(__file__).resolve().parents[2] / "webcare_pwa"
FILES = sorted(HOME.rglob("*.py"))
FILE_CAP, FILE_P90 = 250, 120
FUNCTION_CAP, FUNCTION_P90 = 40, 20


def length(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def functions(path: Path) -> dict[str, int]:
    """Lines of each function, without its decorators and docstring."""
    found = {}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            words = node.body[0] if ast.get_docstring(node) else None
            told = (words.end_lineno or 0) - words.lineno + 1 if words else 0
            found[f"{path.relative_to(HOME)}:{node.name}:{node.lineno}"] = (node.end_lineno or 0) - node.lineno + 1 - told
    return found


def nine_in_ten(sizes: list[int]) -> float:
    return statistics.quantiles(sizes, n=10, method="inclusive")[8]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(HOME)))
def test_no_file_and_no_function_is_too_long(path: Path) -> None:
    assert length(path) <= FILE_CAP
    assert {name: size for name, size in functions(path).items() if size > FUNCTION_CAP} == {}


def test_nine_files_in_ten_are_small() -> None:
    sizes = [length(path) for path in FILES if length(path)]
    assert nine_in_ten(sizes) <= FILE_P90, sorted(((length(path), path.name) for path in FILES), reverse=True)[:30]


def test_nine_functions_in_ten_are_small() -> None:
    sizes = {name: size for path in FILES for name, size in functions(path).items()}
    assert nine_in_ten(list(sizes.values())) <= FUNCTION_P90, sorted(sizes, key=lambda name: -sizes[name])[:30]


def test_every_module_says_what_it_is() -> None:
    silent = [str(path) for path in FILES if path.read_text().strip() and not ast.get_docstring(ast.parse(path.read_text()))]
    assert silent == []
