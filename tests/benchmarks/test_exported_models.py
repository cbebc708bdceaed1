"""The question whether bounds of exported models hold: rows that are kept as they are measured."""

import csv

import pytest
from click.testing import CliRunner

from benchmarks import export


def certificates(folder, *args):
    args = ["certificates", "--starts", "3", "--results", str(folder), *args]
    return CliRunner().invoke(export.main, args, catch_exceptions=False).output


def rows(folder):
    with (folder / "export-certificates.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_a_run_goes_on_where_the_last_one_ended(tmp_path, monkeypatch):
    assert "1 models, 0 bounds violated" in certificates(tmp_path, "--models", "1")
    (first,) = rows(tmp_path)
    assert first["seed"] == "1000"
    assert float(first["low"]) <= float(first["attacked_low"])
    assert float(first["attacked_high"]) <= float(first["high"])
    asked = []

    def certify(seed, starts):
        asked.append(seed)
        return {**first, "seed": seed, "violated": 1, "width_over_found": "9"}

    monkeypatch.setattr(export, "_certify_one", certify)
    said = certificates(tmp_path, "--models", "3")
    assert asked == [1001, 1002]
    assert "3 models, 2 bounds violated" in said
    assert "median 9.000, worst 9.000" in said
    certificates(tmp_path, "--models", "2", "--again")
    assert asked == [1001, 1002, 1000, 1001]
    assert len(rows(tmp_path)) == 2


def test_no_time_is_no_model(tmp_path):
    said = certificates(tmp_path, "--models", "5", "--seconds", "0")
    assert "0 models" in said


def test_an_attack_that_leaves_the_proven_range_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(export, "_attack", lambda *_: (-1e9, 1e9))
    assert "1 models, 1 bounds violated" in certificates(tmp_path, "--models", "1")
    assert pytest.approx(0, abs=1e-6) == float(rows(tmp_path)[0]["width_over_found"])
