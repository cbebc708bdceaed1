"""Exported models beside their own: rows that are kept as they are measured, what they say."""

import csv
import shutil

import pytest
from click.testing import CliRunner

from benchmarks import export
from benchmarks.machine import PROVENANCE
from benchmarks.records import RESULTS


def certificates(folder, *args):
    args = ["certificates", "--starts", "3", "--results", str(folder), *args]
    return CliRunner().invoke(export.main, args, catch_exceptions=False).stdout


def rows(folder, name="certificates"):
    with (folder / f"export-{name}.csv").open(newline="", encoding="utf-8") as file:
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
    assert [r["seed"] for r in rows(tmp_path)] == ["1000", "1001", "1002"]


def test_an_attack_that_leaves_the_proven_range_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(export, "_attack", lambda *_: (-1e9, 1e9))
    assert "1 models, 1 bounds violated" in certificates(tmp_path, "--models", "1")
    assert pytest.approx(0, abs=1e-6) == float(rows(tmp_path)[0]["width_over_found"])


def ask(question, folder, *args):
    args = [question, "--results", str(folder), *args]
    return CliRunner().invoke(export.main, args, catch_exceptions=False).stdout


def test_every_language_is_compared_once_and_within_its_bound(tmp_path, monkeypatch):
    said = ask("agreement", tmp_path, "--rows", "40")
    found = rows(tmp_path, "agreement")
    targets = {t for t in export.TARGETS if t not in export.NEEDS or shutil.which(export.NEEDS[t])}
    assert {row["target"] for row in found} == targets >= {"Python", "SQL"}
    assert len(found) == 3 * len(targets)
    assert all(row["exceeded"] == "0" and float(row["measured"]) > 0 for row in found)
    assert all(float(row["measured"]) <= float(row["bound"]) for row in found)
    assert all(row[column] for row in found for column in PROVENANCE)
    assert said.count("\n| ") == len(found) + 1
    monkeypatch.setattr(export, "_compare", lambda *_: pytest.fail("measured again"))
    assert ask("agreement", tmp_path, "--rows", "40") == said


def test_a_language_that_is_off_is_told(tmp_path, monkeypatch):
    answer = export.TARGETS["Python"]
    wrong = lambda *a: (answer(*a)[0] + 1, 1.0)  # noqa: E731
    monkeypatch.setattr(export, "TARGETS", {"Python": wrong})
    ask("agreement", tmp_path, "--rows", "40")
    found = rows(tmp_path, "agreement")
    assert [row["exceeded"] for row in found] == ["1"] * 3
    (sentence,) = export.STUDY.findings([row | {"csv": "export-agreement"} for row in found])
    assert "was off by more than its proven bound in 3 of 3 comparisons on 40 inputs" in sentence


def test_times_are_of_each_program_once(tmp_path, monkeypatch):
    times = {"C": iter([20.0, 5.0]), "MLP": iter([30.0, 7.0])}
    monkeypatch.setattr(export, "_time_c", lambda *_: {"us_per_row": next(times["C"])})
    monkeypatch.setattr(export, "_time_mlp", lambda *_: {"us_per_row": next(times["MLP"])})
    said = ask("speed", tmp_path, "--rows", "64")
    assert said == ask("speed", tmp_path, "--rows", "64")
    found = [row | {"csv": "export-speed"} for row in rows(tmp_path, "speed")]
    assert [float(row["us_per_row"]) for row in found] == [20, 5, 30, 7]
    (sentence,) = export.STUDY.findings(found)
    assert "a row in 5.0 µs" in sentence
    assert "in 30.0 and 7.0 µs" in sentence


@pytest.mark.skipif(shutil.which("gcc") is None, reason="needs gcc")
def test_the_programs_that_are_timed_compute_what_they_should():
    model = export.ew.KAN([6, 3, 2], basis="gaussian", norm=None, base=None)
    x = export.np.random.default_rng(0).uniform(0, 1, (64, 6)).astype("float32")
    timed = export._time_c(model, 1, 16, x)
    assert 0 < float(timed["measured"]) <= float(timed["bound"])
    assert timed["us_per_row"] > 0


def test_the_committed_rows_are_complete():
    found = [
        row | {"csv": f"export-{name}"}
        for name in ("agreement", "speed", "certificates")
        for row in rows(RESULTS, name)
    ]
    assert len(export.STUDY.findings(found)) == 3
    assert all(row[column] for row in found for column in PROVENANCE)
    pictures = export.STUDY.charts(found)
    assert set(pictures) == {"agreement", "certificates"}
    lines = pictures["certificates"].axes[0].get_yticklabels()
    norms = {row["norm"] for row in found if row["csv"] == "export-certificates"}
    assert {f"norm {norm}" for norm in norms} == {line.get_text() for line in lines}
    assert export.STUDY.findings([]) == []
    assert export.STUDY.charts([]) == {}
