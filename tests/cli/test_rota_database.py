"""`flask rota import` and `rota export`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask import Flask

from tests.builders import World
from webcare_pwa.cli.rota import rota


def test_out_and_in_again(app: Flask, world: World, tmp_path: Path) -> None:
    runner = app.test_cli_runner()
    document = json.loads(runner.invoke(rota, ["export"]).stdout)
    assert [line["id"] for line in document["lines"]] == ["first_line", "backup", "day_line"]
    document["lines"][0]["rotations"][0] |= {"unit": "days", "windows": [{"from": "17:00", "to": "08:00"}]}
    file = tmp_path / "rota.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    words = ["import", str(file), "--desk", "Dienstgroep Waterveen", "--by", world.email("Carla")]
    refused = runner.invoke(rota, words)
    assert refused.exit_code == 2
    assert "--replace" in refused.stderr
    assert runner.invoke(rota, [*words, "--replace"]).exit_code == 0
    assert json.loads(runner.invoke(rota, ["export"]).stdout) == document


@pytest.mark.parametrize(("more", "told"), [
    (["--by", "niemand@corporatie.example"], "nobody has the e-mail address"),
    (["--by", "carla@corporatie.example", "--desk", "Andere"], "which one? There are: Dienstgroep Waterveen"),
])  # fmt: skip
def test_what_it_cannot_do(app: Flask, world: World, tmp_path: Path, more: list[str], told: str) -> None:
    file = tmp_path / "rota.json"
    file.write_text('{"people": [], "lines": []}', encoding="utf-8")
    result = app.test_cli_runner().invoke(rota, ["import", str(file), *more])
    assert result.exit_code == 2
    assert told in result.stderr
