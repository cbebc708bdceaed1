"""Figures that stand in several texts come from one row: they are read from the CSVs, and sought.

Sentences of the report are quoted where a comment marks them (`benchmarks/report/quotes.py`); this
is about figures within sentences of their own.
"""

import re
from functools import cache
from pathlib import Path

import pytest

from benchmarks.records import RESULTS
from benchmarks.report.questions import QUESTIONS, read_rows

ROOT = Path(__file__).parents[2]
STUDIES = {question.name: question for question in QUESTIONS}


@cache
def rows(name):
    return read_rows(STUDIES[name], RESULTS)


@cache
def findings(name):
    return STUDIES[name].findings(rows(name))


def find(name, pattern):
    """The figures of the first finding that has this form."""
    return next(found.groups() for text in findings(name) if (found := re.search(pattern, text)))


@cache
def words(path):
    """A text in one line, without marks of quotations."""
    return " ".join((ROOT / path).read_text(encoding="utf-8").replace("\n> ", " ").split())


def short(number):
    """0.882 as texts write it: .88"""
    return f"{float(number):.2f}".removeprefix("0")


def test_formulas_found_without_noise():
    right, runs, operon, gplearn = find(
        "discovery", r"Feynman's equations: edgewise (\d+) of (\d+), operon (\d+) .*gplearn (\d+)"
    )
    exact = (
        f"{right} came out exactly in 30 s and one core each (operon {operon}, gplearn {gplearn})"
    )
    assert f"Of {runs} Feynman equations {exact}" in words("README.md")
    row = f"| Feynman equations | {right} of {runs} | {operon} of {runs} | {gplearn} of {runs} |"
    assert row in words("docs/discovery.md")
    one = find(
        "discovery",
        r"one input: edgewise (\d+ of \d+), operon (\d+ of \d+), gplearn (\d+ of \d+)",
    )
    (more,) = find("discovery", r"two to five inputs: edgewise (\d+ of \d+)")
    assert f"{one[0]} in one variable and {more} in two to five" in words("README.md")
    row = f"| random formulas of one input | {one[0]} | {one[1]} | {one[2]} |"
    assert row in words("docs/discovery.md")
    assert f"| random formulas of two to five inputs | {more} |" in words("docs/discovery.md")


def test_forms_found_under_noise():
    least, little, much = find(
        "noise", r"(\d+) of \d+ with 0.1 %, (\d+) of \d+ with 1 %, (\d+) of \d+ with 10 %"
    )
    assert f"with 1 % of noise {little} in the right form" in words("README.md")
    said = words("docs/discovery.md")
    for level, right in (("0.1", least), ("1", little), ("10", much)):
        assert f"| with {level} % noise | {right} of 120 |" in said


def test_wrong_laws_under_noise():
    ours = [row for row in rows("discovery") if row.get("program") == "edgewise"]
    laws = [row for row in ours if row["verdict"] == "law" and "noise" in row["condition"]]
    wrong = [row for row in laws if row["right"] == "False"]
    rate = round(len(laws) / len(wrong))
    assert f"of laws claimed under noise about one in {rate} was" in words("README.md")
    said = words("docs/discovery.md")
    counts = []
    for csv in ("discovery_feynman", "discovery_formulas"):
        of = [sum(row["csv"] == csv for row in some) for some in (wrong, laws)]
        counts.append(f"{of[0]} of {of[1]}")
    text = f"one in {rate}: {counts[0]} on the Feynman equations, {counts[1]} on random formulas"
    assert text in said


def test_losses_on_tables():
    count, mean = find("tables", r"of (\d+) tables .* ([\d.]+) in the geometric mean")
    assert f"On {count} tables the loss is {short(mean)} times that of gradient" in words(
        "README.md"
    )
    assert f"| geometric mean | 1.076 | 0.992 | {mean} |" in words("docs/tables-measured.md")
    ranks = re.search(
        r"mean rank on those \| [\d.]+ \| ([\d.]+) \| ([\d.]+) ",
        words("docs/tables-measured.md"),
    )
    text = f"first by mean rank ({ranks[2]}; EBM has {ranks[1]}, a difference within chance)"
    assert text in words("README.md")
    assert text in words("docs/tables.md")
    assert f"the loss is {short(mean)} times that of gradient boosting" in words("docs/tables.md")
    without = re.search(r"mean of 27 tables is ([\d.]*\d)", words("docs/tables-measured.md"))
    assert f"it is {short(without[1])} without Kakadu" in words("README.md")


def test_times_of_layers_on_both_machines():
    """README's picture is of one machine; the sentence beside it has the other one, too."""
    said = words("README.md")
    for machine in ("Intel", "AMD"):
        some, every, low, high = find(
            "speed",
            rf"(\d+) of (\d+) layers .* at batch 1024 on 1 thread: from ([\d.]+) .* to ([\d.]+) of "
            rf"its time .*{machine}",
        )
        assert f"{short(low)} to {short(high)} times" in said, machine
        assert f"{some} of {every} layers" in said, machine


@pytest.mark.parametrize("path", ["README.md", "docs/index.md"])
def test_the_first_pages_promise_nothing_that_a_chart_denies(path):
    assert "as fast as an MLP" not in words(path)


def test_what_is_not_on_an_index_is_not_installed_from_one():
    assert 'pip install "edgewise' not in words("docs/index.md")
    assert "isn't on PyPI yet" in words("docs/index.md")


def test_who_comes_from_pykan_learns_that_grids_stay():
    said = words("docs/from-pykan.md")
    assert "**Grids stay where they are.**" in said
    assert "update_grid=True" in said
