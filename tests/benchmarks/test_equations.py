"""Formulas and differential equations: known answers, and rows that are kept and compared."""

import csv
import math
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from click.testing import CliRunner
from scipy.interpolate import BarycentricInterpolator

from benchmarks.equations import course, study
from benchmarks.equations.chebyshev import differentiate
from benchmarks.equations.models import CANDIDATES
from benchmarks.equations.problems import (
    ALLEN_CAHN,
    BURGERS,
    HELMHOLTZ,
    POISSON,
    PROBLEMS,
    evaluate,
    residual,
    residual_of,
)
from benchmarks.equations.solutions import march_allen_cahn, solve_burgers
from benchmarks.equations.tasks import FORMULAS, TASKS, prepare_formula
from benchmarks.networks import count
from edgewise.datasets import feynman


def draw(problem, count, seed=3):
    return problem.draw(count, torch.Generator().manual_seed(seed)).double()


@pytest.mark.parametrize("problem", [POISSON, HELMHOLTZ, BURGERS], ids=lambda p: p.name)
def test_a_solution_leaves_no_residual(problem):
    x = draw(problem, 200)
    assert residual_of(problem, problem.solution, x).abs().max() < 1e-10
    wrong = residual_of(problem, lambda at: 1.001 * problem.solution(at), x)
    assert wrong.abs().max() > 1e-4


def test_allen_cahn_moves_as_the_equation_says():
    times = (0.299, 0.3, 0.301)
    nodes, values = march_allen_cahn(times, degree=192)
    _, slope = differentiate(192)
    u, rate = values[1], (values[2] - values[0]) / 0.002
    x = torch.from_numpy(np.stack([nodes, np.full_like(nodes, 0.3)], 1))
    parts = (u, np.stack([slope @ u, rate], 1), slope @ slope @ u)
    value, slopes, second = (torch.from_numpy(part) for part in parts)
    left = ALLEN_CAHN.residual(x, value, slopes, [second])[1:-1]
    assert left.abs().max() < 1e-4 * np.abs(rate).max()
    finer, more = march_allen_cahn((0.3,), degree=256, tolerance=1e-10)
    assert np.abs(BarycentricInterpolator(finer, more[0])(nodes) - u).max() < 1e-6


def test_burgers_begins_as_a_sine_and_is_odd():
    x = torch.linspace(-1, 1, 41, dtype=torch.float64)
    first = solve_burgers(torch.stack([x, torch.zeros_like(x)], 1))
    assert torch.allclose(first, -torch.sin(math.pi * x), atol=1e-12)
    later = solve_burgers(torch.stack([x, torch.ones_like(x)], 1))
    assert torch.allclose(later, -later.flip(0), atol=1e-9)


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda p: p.name)
def test_given_values_hold_whatever_the_network_says(problem):
    generator = torch.Generator().manual_seed(0)
    model = torch.nn.Linear(2, 1, dtype=torch.float64)
    x = draw(problem, 20)
    (left, right), (start, end) = problem.box
    in_time = problem.name in ("Burgers", "Allen-Cahn")
    for axis, at in [(0, left), (0, right), (1, start), *([] if in_time else [(1, end)])]:
        border = x.clone()
        border[:, axis] = at
        gap = evaluate(problem, model, border) - problem.solution(border)
        assert gap.abs().max() < 1e-9
    inside = problem.draw(20, generator).double()
    assert (evaluate(problem, model, inside) - problem.start(inside)).abs().max() > 1e-3


def test_the_residual_reaches_every_parameter():
    model = CANDIDATES["B-spline, variance"].build(2, 0)
    residual(BURGERS, model, draw(BURGERS, 16).float()).square().mean().backward()
    assert all(p.grad is not None and p.grad.abs().sum() > 0 for p in model.parameters())


def test_twenty_formulas_and_rows_that_are_scaled():
    assert len(set(FORMULAS)) == 20
    assert set(FORMULAS) <= set(feynman.names())
    lesson = prepare_formula("I.12.1", 5)
    constant = torch.nn.Linear(2, 1)
    torch.nn.init.zeros_(constant.weight)
    torch.nn.init.zeros_(constant.bias)
    assert lesson.loss(constant).item() == pytest.approx(1, abs=0.01)
    assert lesson.error(constant) == pytest.approx(1)


def test_networks_are_as_large_as_each_other():
    for inputs in (2, 6):
        sizes = [count(c.build(inputs, 0)) for c in CANDIDATES.values()]
        assert max(sizes) / min(sizes) < 1.1
        assert (
            len({s for c, s in zip(CANDIDATES.values(), sizes, strict=True) if not c.is_mlp}) == 1
        )


def test_seeds_decide_the_weights_and_leave_the_random_state_alone():
    before = torch.get_rng_state()
    a, b, c = (CANDIDATES["Gaussian, power"].build(2, seed) for seed in (1, 1, 2))
    x = torch.rand(5, 2, generator=torch.Generator().manual_seed(0))
    assert torch.equal(a(x), b(x))
    assert not torch.equal(a(x), c(x))
    assert torch.equal(torch.get_rng_state(), before)


@pytest.fixture
def small(monkeypatch):
    """Few steps of one formula."""
    form = course.Form("quick", {"formula": 12, "equation": 2}, most=3)
    monkeypatch.setattr(study, "QUICK", form)
    for name, value in (
        ("tasks", ["I.12.1"]),
        ("models", ["B-spline, variance", "MLP tanh, torch"]),
    ):
        monkeypatch.setitem(study.STUDY.quick, name, value)
    monkeypatch.setitem(
        TASKS, "I.12.1", TASKS["I.12.11"].__class__("I.12.1", "formula", 2, lambda seed:
                                                    prepare_formula("I.12.1", seed))
    )  # fmt: skip


def test_a_run_is_resumed_and_told(small, tmp_path):
    def run():
        done = CliRunner().invoke(
            study.main, ["--quick", "--results", str(tmp_path)], catch_exceptions=False
        )
        assert done.exit_code == 0
        with (tmp_path / "equations.csv").open(newline="") as file:
            return done, list(csv.DictReader(file))

    done, rows = run()
    tests = [(r["model"], r["comparison"]) for r in rows]
    assert tests == [("B-spline", "steps"), ("MLP tanh", "steps"), ("MLP tanh", "time")]
    assert {r["error"] for r in rows} == {""}
    assert "about 0.0 min left" in done.stderr
    whole = (tmp_path / "equations.csv").read_text().splitlines(keepends=True)
    (tmp_path / "equations.csv").write_text("".join(whole[:-1]))
    again, same = run()
    assert "1/1 formula, I.12.1, MLP tanh, torch" in again.stderr
    figures = ("loss", "relative_l2", "steps")
    assert [[r[c] for c in figures] for r in same[:-1]] == [
        [r[c] for c in figures] for r in rows[:-1]
    ]
    assert len(same) == len(rows)


def row(model, init, comparison, error, task="Poisson", question="equation", **changes):
    """A row as the CSV gives it back."""
    about = {"commit": "abc", "machine": "a machine", "date": "2026-01-01 10:00"}
    case = {"form": "full", "question": question, "task": task, "comparison": comparison}
    case |= {"model": model, "init": init, "kind": "test", "number": "1000", "error": ""}
    figures = {"parameters": "10", "steps": "5", "seconds": "2", "loss": str(error)}
    return case | figures | {"relative_l2": str(error)} | about | changes


def test_kans_count_in_both_comparisons_and_full_rows_before_quick_ones():
    rows = [
        row("B-spline", "variance", "steps", 0.1),
        row("B-spline", "variance", "steps", 0.3, number="1001"),
        row("B-spline", "variance", "steps", 9.0, form="quick"),
        row("MLP tanh", "torch", "time", 0.4),
    ]
    found = {(s["model"], s["comparison"]): s for s in study.summarize(rows)}
    assert set(found) == {("B-spline", "steps"), ("B-spline", "time"), ("MLP tanh", "time")}
    both = found["B-spline", "time"]
    assert both.median("relative_l2") == 0.2
    assert both.values("relative_l2") == [0.1, 0.3]


def test_findings_say_what_the_numbers_say():
    rows = [
        row("B-spline", "variance", "steps", 0.1),
        row("MLP tanh", "torch", "steps", 0.4),
        row("MLP tanh", "torch", "time", 0.05),
        row("B-spline", "variance", "steps", 1e-2, "I.12.1", "formula"),
        row("B-spline", "power", "steps", 1e-4, "I.12.1", "formula"),
    ]
    said = study.findings(rows)
    assert said == [
        "Differential equations, with as many parameters and as much training time: the best KAN "
        "is ahead of the best MLP on 0 of 1; the MLP's error is only 0.50 times as large, in the "
        "geometric mean.",
        "Differential equations, with as many parameters and as many steps: the best KAN is ahead "
        "of the best MLP on 1 of 1; the MLP's error is 4.0 times as large, in the geometric mean.",
        "B-spline, formulas (1): the geometric mean of the final loss is 1.0e-02 by the default "
        "initialisation and 1.0e-04 by the power law, which is the better one on 1 of them.",
    ]
    text = study.describe(rows)
    assert "| B-spline | default | as many steps | 0.1 |" in text
    assert "| Burgers, median relative L2 | 0.07 | 0.029 |" in text
    assert set(study.charts(rows)) == {"equations_formulas", "equations_equations"}


def test_a_failure_is_a_row(monkeypatch):
    monkeypatch.setattr(course, "train", lambda *_: 1 / 0)
    rows = list(course.measure(course.Cell("Poisson", "MLP tanh, torch"), course.QUICK, 1, {}))
    assert [r["comparison"] for r in rows] == list(course.COMPARISONS)
    assert all(r["error"] == "ZeroDivisionError: division by zero" for r in rows)


def test_mlps_get_the_time_of_the_slowest_kan(monkeypatch):
    speeds = {"B-spline, variance": 6.0, "Gaussian, variance": 2.0, "Chebyshev, variance": 1.0}

    def time_all(calls, *_, **__):
        return {name: SimpleNamespace(median=speeds.get(name, 0.5)) for name in calls}

    monkeypatch.setattr(course, "time_in_turns", time_all)
    monkeypatch.setattr(course, "_RATIOS", {})
    ratio = course._count_steps_in_one(course.Cell("I.12.11", "MLP silu, torch"))
    assert ratio == pytest.approx(12, rel=0.03)


def test_training_takes_no_more_steps_than_it_is_given_and_gets_lower():
    lesson = prepare_formula("I.12.1", 1)
    model = CANDIDATES["Chebyshev, variance"].build(2, 1)
    before = lesson.loss(model).item()
    steps, _ = course.train(model, lesson, 40)
    assert 20 <= steps <= 41
    assert lesson.loss(model).item() < before / 100
