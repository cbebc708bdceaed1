"""Figures that stand in several texts come from one row: they are read from the CSVs, and sought.

Sentences of the report are quoted where a comment marks them (`benchmarks/report/quotes.py`); this
is about figures within sentences of their own.
"""

import csv
import re
from collections import Counter
from functools import cache
from pathlib import Path
from statistics import fmean

import pandas as pd
import pytest
from scipy.stats import gmean

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


def thousandths(number):
    """0.8817 as texts write it: .882"""
    return f"{number:.3f}".removeprefix("0")


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
    alone = []
    for kind in ("one input", "two to five inputs"):
        *shared, runs, found = find(
            "discovery",
            rf"{kind}: edgewise (\d+ of \d+), operon (\d+ of \d+), gplearn (\d+ of \d+). Of all "
            r"(\d+) .* edgewise finds (\d+)",
        )
        alone.append(f"{found} of {runs}")
        row = f"| random formulas of {kind} | {' | '.join(shared)} |"
        assert row in words("docs/discovery.md")
    assert f"{alone[0]} in one variable and {alone[1]} in two to five" in words("README.md")
    assert f"finds {alone[0]} of one input and {alone[1]} of several" in words("docs/discovery.md")


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
    for name in ("discovery_feynman", "discovery_formulas"):
        of = [sum(row["csv"] == name for row in some) for some in (wrong, laws)]
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


def test_losses_on_tables_that_nobody_chose():
    rows = pd.read_csv(ROOT / "benchmarks" / "results" / "tables_drawn.csv")

    def compare(folds):
        some = rows[rows.judged == folds]
        loss = some.pivot_table(index=["seed", "table"], columns="model", values="loss")
        return loss, (loss.kan / loss[["boosting", "linear"]].min(axis=1)).sort_values()

    whole, ratio = compare(5)
    first, of_first = compare(1)
    over_ebm = (first.kan / first.ebm).dropna()
    text = words("docs/tables-measured.md")
    for each in (
        f"draws {len(ratio)} of the 2,293 tables",
        f"the estimator's loss is {thousandths(gmean(ratio))} of that of the better of boosting",
        f"{thousandths(gmean(ratio[4:-4]))} without the four best and the four worst tables",
        f"the median is {thousandths(ratio.median())}). It is ahead on {(ratio < 1).sum()}",
        f"of LightGBM on {(whole.kan < whole.lightgbm).sum()}. Farthest behind are "
        f"edcT ({ratio.iloc[-1]:.2f}), Catsup ({ratio.iloc[-2]:.2f}) and "
        f"adult_services ({ratio.iloc[-3]:.2f})",
        f"with {len(of_first) - len(ratio)} more tables of seed 1000, the ratio is "
        f"{thousandths(gmean(of_first))}.",
        f"EBM was measured there on {len(over_ebm)} tables: "
        f"ours has {thousandths(gmean(over_ebm))}",
        f"(median {thousandths(over_ebm.median())}) and is ahead on {(over_ebm < 1).sum()}",
    ):
        assert each in text


def test_the_verdicts_on_poissons_equation_are_those_of_the_rows():
    said = words("docs/are-kans-good.md")
    found = pd.read_csv(ROOT / "benchmarks" / "results" / "drop_in.csv").query("task == 'poisson'")
    assert (found.groupby(["network", "lr"]).seed.nunique() == 3).all()
    told = []
    for networks in (["kan"], ["mlp-silu", "mlp-tanh"]):
        rates = found[found.network.isin(networks)].groupby(["network", "lr"])
        best = rates.get_group(rates.loss.mean().idxmin())
        told.append((best.loss.mean(), best.loss.std(), best.set_index("seed").seconds))
    (kan, spread, ours), (mlp, mlp_spread, theirs) = told
    losses = f"{kan:.3f} ± {spread:.3f} | {mlp:.3f} ± {mlp_spread:.3f}"
    assert f"three seeds, test loss) | {losses} | {(ours / theirs).median():.1f} times |" in said
    at_end, mlp_end, timed, mlp_timed, longer = find(
        "recipes",
        r"Poisson's equation .*: kan ([\d.]+ ± [\d.]+), mlp-\w+ ([\d.]+ ± [\d.]+) with .*; "
        r"([\d.]+ ± [\d.]+) against ([\d.]+ ± [\d.]+) in .* takes ([\d.]+) times",
    )
    assert f"relative error) | {at_end} | {mlp_end} | {longer} times |" in said
    assert f"| the same in the same time | {timed} | {mlp_timed} | the same |" in said
    for way in ("L-BFGS", "Gauss-Newton"):
        ours, theirs = find("equations", rf"{way}.*\(poisson (\S+) against ([^\s,)]+)")
        assert f"| {way}, relative error | {ours} | {theirs} | the same |" in said


def test_the_comparison_of_2024_is_measured_again():
    with (RESULTS / "accuracy_recipe.csv").open(newline="") as file:
        own = list(csv.DictReader(file))
    fast, mlp, repaired = (
        100 * fmean(float(r["accuracy"]) for r in own if r["variant"] == variant)
        for variant in (
            "the thread's FastKAN on test images",
            "the thread's MLP on test images",
            "that MLP without its sigmoid",
        )
    )
    said = words("docs/are-kans-good.md")
    assert f"it is {fast:.2f} % against {mlp:.2f} %" in said
    assert f"the same MLP, trained alike, has {repaired:.2f} %" in said


def test_times_of_layers_on_both_machines():
    """README's picture is of one machine; the sentence beside it has the other one, too."""
    said = words("README.md")
    for machine in ("Intel", "AMD"):
        some, every, low, high = find(
            "speed",
            rf"(\d+) of (\d+) layers .* at batch 1024 on 1 thread: from ([\d.]+) .* to ([\d.]+) of "
            rf"its time .*{machine}",
        )
        (date,) = find("speed", rf"1024 on 1 thread: from {low} .*{machine}.*, (\S+), commit")
        assert date in said, machine
        assert f"{short(low)} to {short(high)} times" in said, machine
        assert f"{some} of {every} layers" in said, machine


@pytest.mark.parametrize("path", ["README.md", "docs/index.md"])
def test_the_first_pages_promise_nothing_that_a_chart_denies(path):
    assert "as fast as an MLP" not in words(path)


def test_questions_without_rows_are_named():
    assert {name for name in STUDIES if not rows(name)} == {"jets"}
    said = words("docs/are-kans-good.md")
    assert "One of the report's questions has no rows yet: equations step by step." in said


def test_how_few_runs_other_programs_had_under_noise_is_said():
    noisy = Counter(
        (row["program"], row["condition"])
        for row in rows("noise")
        if row["condition"].startswith("noise") and row["program"] != "edgewise"
    )
    assert noisy == {(program, "noise 0.01"): 5 for program in ("operon", "gplearn")}
    assert "ran five of them with 1 % of noise, too few to tell" in words("docs/are-kans-good.md")


def test_what_is_not_on_an_index_is_not_installed_from_one():
    assert 'pip install "edgewise' not in words("docs/index.md")
    assert "isn't on PyPI yet" in words("docs/index.md")


def test_who_comes_from_pykan_learns_that_grids_stay():
    said = words("docs/from-pykan.md")
    assert "**Grids stay where they are.**" in said
    assert "update_grid=True" in said
