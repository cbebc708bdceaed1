"""Small parts of the search, where a fault would only cost a formula now and then."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch
from made_up_bases import Waves
from made_up_discoveries import made_up
from test_separable import SMALL, problem, rows

from edgewise.bases import RSWAF, BSpline, Gaussian, Legendre
from edgewise.data.targets import read_targets
from edgewise.discovery import invariance, search
from edgewise.discovery.discover import discover
from edgewise.discovery.lasso import Path
from edgewise.discovery.pairs import PARTS, CatalogueFunction
from edgewise.discovery.problem import Problem
from edgewise.discovery.separable import start, sweep
from edgewise.discovery.strategies.separated import finer_basis
from edgewise.discovery.strategies.strategy import Candidate, Strategy
from edgewise.discovery.units import MOST_SETS, _first_independent, _sets
from edgewise.formula.data import Data
from edgewise.formula.expression import Input, Number, add, exact, multiply
from edgewise.formula.forms import form_of
from edgewise.formula.parse import parse_formula
from edgewise.formula.program import Program
from edgewise.ode.choose import SURE, _keep_significant
from edgewise.search.budget import Budget
from edgewise.search.explore import shuffle_rows


@pytest.mark.parametrize("weighted", [False, True])
def test_the_variance_is_weighted_and_so_is_its_mean(weighted: bool) -> None:
    g = np.random.default_rng(0)
    y, weight = g.normal(size=50), g.uniform(0.1, 3, 50)
    problem = Problem(g.normal(size=(50, 1)), y, weight / weight.mean() if weighted else None)
    w = weight if weighted else np.ones(50)
    mean = np.sum(w * y) / w.sum()
    assert problem.variance == pytest.approx(np.sum(w * (y - mean) ** 2) / w.sum())
    assert Problem(g.normal(size=(50, 1)), np.full(50, 3.0)).variance == 1


def test_a_path_is_straight_between_its_steps() -> None:
    """The lasso's coefficients are, in the penalty; from one step to the very last."""
    penalties = np.array([4.0, 2.0, 1.0, 0.5])
    g = np.random.default_rng(1)
    path = Path(np.zeros(3), 0.0, penalties, g.normal(size=(4, 3)), g.normal(size=(4, 3)))
    for k in range(3):
        for share in (0.0, 0.3, 0.9):
            at = penalties[k] + share * (penalties[k + 1] - penalties[k])
            (shrunk,) = path.at(np.array([at]), 1.0)
            wanted = (1 - share) * path.coefs[k] + share * path.coefs[k + 1]
            np.testing.assert_allclose(shrunk, wanted)
            (refit,) = path.at(np.array([at]), 0.0)
            np.testing.assert_allclose(refit, path.refits[k])
    np.testing.assert_allclose(path.at(np.array([0.1]), 1.0)[0], path.coefs[3])
    np.testing.assert_allclose(path.at(np.array([9.0]), 0.0)[0], 0)


@pytest.mark.parametrize("basis", [Gaussian(6, width=0.5), RSWAF(5), BSpline(4), Legendre(3)])
def test_a_finer_basis_has_more_and_narrower_functions(basis: Gaussian) -> None:
    assert finer_basis(basis, 1) is basis
    fine = finer_basis(basis, 3)
    assert getattr(fine, basis.size_name) == 3 * getattr(basis, basis.size_name)
    if isinstance(basis, Gaussian):
        assert fine.width == pytest.approx(basis.width / 3)
    if isinstance(basis, RSWAF):
        assert fine.inv_denominator == pytest.approx(3 * basis.inv_denominator)


def test_a_basis_of_one_size_stays_as_it_is() -> None:
    assert finer_basis(Waves(), 3) == Waves()


def test_a_fit_that_is_good_enough_is_not_swept_again() -> None:
    x = rows(80)
    at = problem(x, x[:, 0] * x[:, 1] + 1.0)
    begun = start(at, SMALL[1], torch.Generator().manual_seed(0))
    assert sweep(at, begun, 9, enough=np.inf).sweeps == begun.sweeps + 1
    assert sweep(at, begun, 9, enough=0.0).sweeps > begun.sweeps + 1


@pytest.mark.parametrize(
    ("groups", "prefactor", "new"),
    [
        ([(1, 1)], None, True),
        ([(1, 1)], (1, 0), True),
        ([(1, 0), (0, 1)], (1, 0), True),
        ([(1, 0), (0, 1)], None, False),
    ],
)
def test_a_subspace_says_something_with_fewer_inputs_or_a_factor(
    groups: list[tuple[int, int]],
    prefactor: tuple[int, int] | None,
    new: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lattice = SimpleNamespace(groups=groups, prefactor=prefactor)
    monkeypatch.setattr(invariance, "find_lattices", lambda *_: [lattice])
    x = np.ones((5, 2))
    state: Any = SimpleNamespace(
        reduction=SimpleNamespace(inputs=[Input(0), Input(1)]),
        x=x, y=x[:, 0], slopes=x, error=0.1 * x,
    )  # fmt: skip
    assert bool(list(invariance._propose_scaling(state))) == new


@pytest.mark.parametrize("most", [2, 3, 4])
def test_sets_of_inputs_of_many_dimensions(most: int) -> None:
    """Too many for all sets: those of a basis, and of a basis with one other input."""
    g = np.random.default_rng(3)
    inputs = [tuple(map(int, row)) for row in g.integers(-4, 5, (60, 3)) if row.any()]
    inputs = list(dict.fromkeys(inputs))
    places = range(len(inputs))
    assert sum(1 for s in range(1, 5) for _ in combinations(range(len(inputs)), s)) > MOST_SETS
    found = list(_sets(inputs, most))
    if len(inputs) * (len(inputs) + 1) // 2 <= MOST_SETS and most == 2:
        assert set(found) == {c for s in (1, 2) for c in combinations(places, s)}
        return
    basis = [places[k] for k in _first_independent(inputs)]
    own = {c for size in range(1, len(basis) + 1) for c in combinations(basis, size)}
    with_one = {
        tuple(sorted((other, *chosen)))
        for other in places
        for size in range(1, most)
        for chosen in combinations(basis, size)
        if other not in chosen
    }
    assert set(found) == own | with_one


@pytest.mark.parametrize("weighted", [False, True])
def test_rows_stay_together_when_they_are_shuffled(weighted: bool) -> None:
    x = np.arange(20.0)[:, None]
    weight = x[:, 0] + 1 if weighted else None
    data = Data.of(x, 3 * x[:, 0], weight)
    mixed = shuffle_rows(data, np.random.default_rng(0))
    assert not np.array_equal(mixed.x, data.x)
    assert sorted(mixed.x[:, 0]) == sorted(data.x[:, 0])
    np.testing.assert_array_equal(mixed.y, 3 * mixed.x[:, 0])
    if weighted:
        shares = np.asarray(data.weight) / (x[:, 0] + 1)
        np.testing.assert_allclose(mixed.weight, (mixed.x[:, 0] + 1) * shares[0])


def test_terms_that_may_be_zero_go() -> None:
    x, y = Input(0), Input(1)
    sure, unsure = (multiply(Number(1.0, None, e / SURE), v) for e, v in ((0.9, x), (1.1, y)))
    constant = Number(0.5, None, 1.0)
    assert _keep_significant(add(sure, unsure)) == sure
    assert _keep_significant(add(sure, multiply(y, y), constant)) == add(sure, multiply(y, y))
    for whole in (add(sure, multiply(x, y)), sure):
        assert _keep_significant(whole) is whole
    for nothing in (add(unsure, constant), unsure):
        assert _keep_significant(nothing) == exact(0)


@pytest.mark.parametrize(
    ("values", "first"), [([10, 2], 2), (["b", "a"], "a"), ([-1, 10], -1), ([True, False], False)]
)
def test_the_lesser_of_two_classes_counts_as_minus_one(values: list, first: object) -> None:
    """As numbers where they are numbers: 2 is less than 10."""
    column = np.array([values[k % 2] for k in range(12)])
    codes, classes = read_targets("discover", column)
    assert classes is None or next(iter(classes)) == first
    assert set(codes[column == first].ravel()) == {-1.0}
    assert set(codes[column != first].ravel()) == {1.0}


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_the_slope_of_a_part_is_that_of_its_tree(part: CatalogueFunction) -> None:
    x, h = np.linspace(0.3, 1.2, 20), 1e-6

    def value(at: np.ndarray) -> np.ndarray:
        found = Program(part.tree(Input(0))).values(at[:, None])
        return np.log(found) if part.logarithm else found

    slope = (value(x + h) - value(x - h)) / (2 * h)
    np.testing.assert_allclose(part.slope(x), slope, rtol=1e-6)


def test_no_part_is_there_twice_and_powers_go_both_ways() -> None:
    names = [part.name for part in PARTS]
    assert len(set(names)) == len(names)
    powers = {"1", "2", "3", "4", "-1", "-2", "1/2", "-1/2", "3/2"}
    assert {f"x^{p}" for p in powers} <= set(names)
    (inverse,) = (part for part in PARTS if part.name == "x^-1")
    np.testing.assert_allclose(inverse.slope(np.array([1.0, 2.0])), [-1.0, -0.25])


def test_a_result_is_shown_without_its_data() -> None:
    found = made_up(output="thrust")
    assert found.found
    assert len(found.y) > 10
    assert "array(" not in repr(found)
    assert "thrust" in repr(found)


def test_a_short_formula_is_tried_before_a_named_law_of_many_numbers_is_claimed() -> None:
    """v/√(a f² + 1/f² + b) of a named law fits v sin(f) within the noise, but has three numbers."""
    g = np.random.default_rng(31)
    x = np.stack([g.uniform(1, 20, 300), g.uniform(0.1, 1.2, 300)], 1)
    y = 0.146 * x[:, 0] * np.sin(x[:, 1])
    y += 0.01 * y.std() * g.normal(size=300)
    found = discover(x, y, evaluations=9_000, budget=1e3, progress=False)
    assert form_of(found.winner.tree) == form_of(parse_formula("0.1*x0*sin(x1)")[0])


def test_no_strategy_is_asked_once_the_budget_is_spent(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that has no candidate to offer before it has looked for symmetries takes seconds."""
    asked = []

    class Silent(Strategy):
        def propose(self, problem: Problem, budget: Budget) -> Iterator[Candidate]:
            asked.append(budget.over)
            budget.spend(1000)
            yield from ()

    monkeypatch.setattr(
        search, "make_plan", lambda problem: search.Plan(tuple(Silent() for _ in range(9)))
    )
    random = np.random.default_rng(0)
    discover(random.normal(size=(30, 2)), random.normal(size=30), evaluations=2500, progress=False)
    assert asked
    assert not any(asked)
