"""`flask rota who` and `rota shifts` on a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from webcare_pwa.cli.rota import rota

DOCUMENT = {
    "people": [{"id": "samira"}, {"id": "tom"}],
    "lines": [
        {"id": "first_line", "rotations": [{"id": "week", "members": ["samira", "tom"], "first_handoff": "2026-11-23T08:00"}]},
        {"id": "backup"},
    ],
}


@pytest.fixture
def path(tmp_path: Path) -> str:
    file = tmp_path / "rota.json"
    file.write_text(json.dumps(DOCUMENT), encoding="utf-8")
    return str(file)


def run(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(rota, list(words), input=typed)


def test_who_at(path: str) -> None:
    result = run("who", path, "--at", "2026-11-28T02:10", "--at", "2026-11-30T07:00Z")
    assert result.exit_code == 0
    assert [json.loads(line) for line in result.stdout.splitlines()] == [
        {"at": "2026-11-28T01:10:00Z", "first_line": "samira", "backup": None},
        {"at": "2026-11-30T07:00:00Z", "first_line": "tom", "backup": None},
    ]


def test_many_moments_from_standard_input(path: str) -> None:
    days = [f"20{year:02}-{month:02}-28" for year in range(99) for month in (1, 6, 12)]
    moments = "".join(f"{day}T0{hour}:10\n\n" for day in days for hour in range(9))
    result = run("who", path, typed=moments)
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 99 * 3 * 9


def test_a_wrong_moment_ends_it_with_the_number_of_the_line(path: str) -> None:
    result = run("who", path, typed="2026-11-28T02:10\nnu\n")
    assert (result.exit_code, len(result.stdout.splitlines())) == (2, 1)
    assert "standard input, line 2: 'nu' is not a date and time" in result.stderr


def test_shifts(path: str) -> None:
    result = run("shifts", path, "--from", "2026-11-29", "--to", "2026-12-01", "--line", "first_line", "--person", "tom")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == [{
        "line": "first_line", "person": "tom", "planned": "tom", "source": "rotation", "starts": "2026-11-30T07:00:00Z",
        "ends": "2026-11-30T23:00:00Z", "minutes": 960, "rotation": "week", "turn": 1, "override": None,
    }]  # fmt: skip
    whole = json.loads(run("shifts", path, "--from", "2026-11-29", "--to", "2026-12-01").stdout)
    assert [(each["line"], each["person"]) for each in whole] == [
        ("first_line", "samira"), ("first_line", "tom"), ("backup", None),
    ]  # fmt: skip


@pytest.mark.parametrize(("words", "told"), [
    (["--from", "2026-11-29", "--to", "2026-11-29"], "--to must be later than --from"),
    (["--from", "2026-11-29", "--to", "2026-12-01", "--line", "x"], "--line: 'x' is not in the document"),
    (["--from", "2026-11-29", "--to", "2026-12-01", "--person", "x"], "--person: 'x' is not in the document"),
    (["--from", "gisteren", "--to", "2026-12-01"], "'gisteren' is not a date and time"),
])  # fmt: skip
def test_wrong_options(path: str, words: list[str], told: str) -> None:
    result = run("shifts", path, *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr


@pytest.mark.parametrize(("content", "told"), [
    (b"{", "not JSON"), (b"\xff", "not JSON"), (b"[" * 100_000, "not JSON"), (b"{}", "people: is missing"),
])  # fmt: skip
def test_a_file_that_is_no_rota(tmp_path: Path, content: bytes, told: str) -> None:
    file = tmp_path / "rota.json"
    file.write_bytes(content)
    result = run("who", str(file), "--at", "2026-11-28")
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr


def test_a_file_that_is_not_there() -> None:
    result = run("who", "no-such-file.json", "--at", "2026-11-28")
    assert result.exit_code == 2
    assert "no-such-file.json: No such file" in result.stderr
