"""The import contracts of pyproject.toml: imports run down only, rules are pure, steps know no HTTP and no network."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def test_the_contracts_are_kept() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("module", ["webcare_pwa.rules", "webcare_pwa.rules.triage", "webcare_pwa.rules.rota"])
def test_rules_load_without_flask_and_without_a_database(module: str) -> None:
    program = f"import sys, {module}; print([each for each in ('flask', 'sqlalchemy') if each in sys.modules])"
    result = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


def test_the_web_process_loads_no_sending_code() -> None:
    program = (
        "import sys, webcare_pwa.factory, webcare_pwa.web.auth; "
        "print([each for each in ('aiohttp', 'apprise', 'pywebpush', 'requests', 'smtplib') if each in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
