"""`flask --app app` in an environment without settings: commands on files work, everything else says what is missing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def run(*words: str) -> subprocess.CompletedProcess[str]:
    bare = {name: value for name, value in os.environ.items() if not name.startswith("WEBCARE_")}
    return subprocess.run([sys.executable, *words], cwd=ROOT, env=bare, capture_output=True, text=True, check=False, timeout=60)


def test_commands_on_files_are_there() -> None:
    result = run("-m", "flask", "--app", "app", "rota", "--help")
    assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.parametrize("words", [
    ("-m", "flask", "--app", "app", "who"), ("-m", "flask", "--app", "app", "rota", "import", "x.json"),
    ("-m", "flask", "--app", "app", "run", "--port", "0"), ("-c", "import app"),
])  # fmt: skip
def test_everything_else_says_what_is_missing(words: tuple[str, ...]) -> None:
    result = run(*words)
    assert result.returncode == 1
    assert "WEBCARE_SECRET_KEY is missing" in result.stderr
