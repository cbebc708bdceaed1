"""Strategies, curves of forms, moves of groups and the end of a search, function by function."""

from __future__ import annotations

import math
from contextlib import nullcontext
from dataclasses import replace
from fractions import Fraction
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from test_selection import X, Y, call, problem, scored

from edgewise.bases import BSpline, Gaussian
from edgewise.discovery import group_moves, search, stopping
from edgewise.discovery.conclusion import (
    _accuracy,
    _conclude_classes,
    finish_winner,
    keep_front,
    numeric_accuracy,
)
from edgewise.discovery.front import Front, Scored
from edgewise.discovery.group_joint import standard_errors
from edgewise.discovery.group_moves import (
    _Common,
    distinct_forms,
    estimate_tied,
    scatter,
    unexplained,
)
from edgewise.discovery.groups import Groups, make_form, predict
from edgewise.discovery.likely_reductions import _choose, _find_ratio, _merge, weigh_reduction
from edgewise.discovery.numeric import fit_gaussian_process
from edgewise.discovery.penalised_spline import PenalisedSpline
from edgewise.discovery.posterior import FormClass, Posterior
from edgewise.discovery.problem import Problem
from edgewise.discovery.reduction import Reduction
from edgewise.discovery.report_charts import _choose_named, draw_classes, lift_zeros
from edgewise.discovery.report_data import PredictedRows, _spread, trace_curve
from edgewise.discovery.search import (
    MOST_INPUTS,
    Plan,
    _widen,
    make_plan,
    restrict,
    screen_inputs,
    search_short,
)
from edgewise.discovery.semiparametric import FormState, Semiparametric
from edgewise.discovery.separable import (
    CurveProblem,
    SeparableFit,
    SeparableForm,
    _balance,
    _least_squares,
    basis_rows,
    compute_fvu,
    prune,
    start,
    sweep,
)
from edgewise.discovery.stopping import StoppingRule, _is_alike
from edgewise.discovery.strategies import (
    Candidate,
    Composed,
    Named,
    Networks,
    Powers,
    Waves,
    network,
    templates,
)
from edgewise.discovery.strategies.network import BENDS, SplitRows, _index, list_widths, rows_of
from edgewise.discovery.strategies.powers import _Factor, _line
from edgewise.discovery.strategies.reduced import _exponents, move_prefactor
from edgewise.discovery.strategies.separated import (
    LARGE,
    Separated,
    assemble,
    curve_problem,
    finer_basis,
)
from edgewise.discovery.template import read_template
from edgewise.discovery.unknown_functions import _left_over, fit_unknowns
from edgewise.formula.constants import Constant
from edgewise.formula.data import Data, Fit
from edgewise.formula.expression import (
    Input,
    Product,
    Sum,
    add,
    exact,
    free,
    free_each,
    multiply,
    power,
)
from edgewise.formula.library import LIBRARY
from edgewise.formula.program import Program
from edgewise.laws.errors import Errors
from edgewise.search.budget import Budget
from edgewise.search.links import LINKS
from edgewise.search.one_function import list_monomials
from edgewise.search.polish import admit_all

G = np.random.default_rng(0)
ROWS = G.uniform(0.5, 2, (40, 2))
BY_NAME = {link.function: link for link in LINKS}


# ---- products of powers -----------------------------------------------------------------------


def test_a_line_is_fitted_with_the_share_of_each_column():
    columns, target, weight = [ROWS[:, 0], ROWS[:, 1]], G.normal(size=40), G.uniform(0.5, 2, 40)
    left, c, gains = _line(columns, target, weight)
    root = np.sqrt(weight / weight.mean())
    a = np.column_stack([*columns, np.ones(40)]) * root[:, None]
    wanted, missed, *_ = np.linalg.lstsq(a, target * root, rcond=None)
    np.testing.assert_allclose(c, wanted)
    assert left == pytest.approx(missed[0])
    for k in range(2):
        without = np.linalg.lstsq(np.delete(a, k, 1), target * root, rcond=None)[1][0]
        assert gains[k] == pytest.approx(without - left)


@pytest.mark.parametrize("kind", ["log", "x", "1/x"])
def test_factors_are_powers_and_exponentials(kind):
    factor = _Factor(1, kind)
    values = np.exp(0.7 * factor.values(ROWS))
    np.testing.assert_allclose(Program(factor.tree(0.7)).values(ROWS), values)


@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_powers_and_exponentials_are_read_off_logarithms(sign):
    y = sign * 2.5 * ROWS[:, 0] ** 1.7 * np.exp(-0.6 * ROWS[:, 1])
    budget = Budget(10.0)
    found = list(Powers().propose(Problem(ROWS, y), budget))
    best = min(found, key=lambda c: np.abs(Program(c.tree).values(ROWS) - y).max())
    np.testing.assert_allclose(Program(best.tree).values(ROWS), y, rtol=1e-8)
    plain = next(c for c in found if not any("exp" in str(n) for n in c.tree.walk()))
    assert best.prior_bits == pytest.approx(plain.prior_bits + 2)
    assert {c.source for c in found} == {"power laws"}
    sizes = [len(c.tree.inputs) for c in found]
    assert sizes == sorted(sizes)
    assert budget.spent == 2 * 2 * 9
    few = list(Powers().propose(Problem(ROWS, y, library=LIBRARY.only("x")), budget))
    assert not any("exp" in c.tree.key for c in few)


def test_without_positive_inputs_or_a_sign_there_are_no_powers():
    def offers(x, y, **settings):
        return list(Powers().propose(Problem(x, y, **settings), Budget(9.0)))

    y = ROWS[:, 0] ** 2
    assert offers(ROWS, y)
    assert not offers(ROWS - 1.2, y)
    assert not offers(np.ones((40, 2)), y)
    assert not offers(ROWS, y, threshold=1.0)
    turned = y.copy()
    turned[0] = -2.0
    assert not offers(ROWS, turned)
    turned[0] = -1e-3
    assert offers(ROWS, turned)
    assert not offers(ROWS[:3], y[:3])
    assert offers(ROWS[:4], y[:4])


# ---- reduced problems -------------------------------------------------------------------------


def test_exponents_of_monomials_and_prefactors_that_cancel_them():
    tree = multiply(power(X, exact(3, 2)), power(Y, -2))
    assert _exponents(tree, ROWS[:3]) == [Fraction(3, 2), -2]
    assert _exponents(add(X, Y), ROWS[:3]) == [0, 0]
    reduction = Reduction((multiply(X, power(Y, -1)),), Y, None, 0.0, 0.0)
    assert move_prefactor(reduction, ROWS[:3]) == {(1, 1)}
    both = replace(reduction, prefactor=multiply(power(X, 2), Y))
    assert move_prefactor(both, ROWS[:3]) == {(1, 1), (-2, 1)}
    assert move_prefactor(replace(reduction, prefactor=None), ROWS[:3]) == set()


def test_powers_of_one_input_that_are_finite():
    x = np.array([[-1.0], [0.5], [2.0]])
    leaves = list_monomials(x, ((1, 1), (2, 1), (-1, 1)), log=LIBRARY["log"])
    np.testing.assert_allclose(leaves.values, [x[:, 0], x[:, 0] ** 2, 1 / x[:, 0]])
    assert [t.key for t in leaves.trees] == [X.key, power(X, 2).key, power(X, -1).key]
    positive = list_monomials(np.abs(x), ((1, 1),), log=LIBRARY["log"])
    np.testing.assert_allclose(positive.values[1], np.log(np.abs(x[:, 0])))
    assert list_monomials(x, ()).values.shape == (0, 3)


@pytest.mark.parametrize(
    ("p", "found"),
    [(2.0, 2), (-0.5, Fraction(-1, 2)), (1.45, Fraction(3, 2)), (1.2, 0), (1.75, 0), (0.0, 0)],
)
def test_ratios_of_slopes_are_halves_or_none(p, found):
    of = G.uniform(0.5, 2, 50)
    assert _find_ratio(p * of + 1e-9, of) == found
    noisy = 2 * of + G.normal(size=50)
    assert _find_ratio(noisy, of) == 0


def test_two_inputs_become_one_with_a_factor():
    made = list(_merge(X, Y))
    values = [Program(new).values(ROWS) for new, _ in made[:4]]
    u, v = ROWS.T
    for got, want in zip(values, (u * v, u / v, u + v, u - v), strict=True):
        np.testing.assert_allclose(got, want)
    assert all(factor is None for _, factor in made[:4])
    factors = [Program(f).values(ROWS) for _, f in made[4:]]
    for got, want in zip(factors, (u, 1 / u, u**2, u**-2.0, u, v), strict=True):
        np.testing.assert_allclose(got, want)
    assert len({new.key for new, _ in made[4:8]}) == 1


def test_a_reduction_without_inputs_has_the_evidence_of_a_constant():
    """∫ N(y | m f, σ² f²) over m and σ, as of y / f."""
    data = Data.of(ROWS, 3 * ROWS[:, 0] * (1 + 0.1 * G.normal(size=40)))
    whole = Reduction((X, Y), None, None, 0.0, 0.0)
    bare = Reduction((), X, None, 0.0, 0.0)
    nothing = Reduction((), None, None, 0.0, 0.0)
    assert weigh_reduction(data, bare) > weigh_reduction(data, nothing)
    process = fit_gaussian_process(
        ROWS[(o := np.random.default_rng([0, 40]).permutation(40))], data.y[o], np.ones(40),
        rows=150, noise=0.05,
    )  # fmt: skip
    size = sum(t.size for t in whole.trees)
    assert weigh_reduction(data, whole) == pytest.approx(process.log_evidence - 0.7 * size)
    free_number = replace(bare, prefactor=multiply(free(1.0), X))
    price = 0.7 * (free_number.size - bare.size) + 4.0
    assert weigh_reduction(data, free_number) == pytest.approx(weigh_reduction(data, bare) - price)
    undefined = Reduction((call("log", add(X, exact(-1))),), None, None, 0.0, 0.0)
    assert weigh_reduction(data, undefined) == -math.inf


def test_half_of_the_moves_come_from_the_likeliest_state(monkeypatch):
    from edgewise.discovery import likely_reductions as room

    kind = object()
    monkeypatch.setattr(room, "WEIGHED", {kind: 4})

    def moves(*ranks):
        return [
            room.Move(kind, SimpleNamespace(rank=r, fingerprint=f"{r // 1}"), None) for r in ranks
        ]

    first, second = moves(3.0, 1.0, 2.0, 4.0), moves(9.0, 8.0, 7.0)
    assert [s.rank for s, _ in _choose([first, second])] == [1, 2, 7, 8]
    assert [s.rank for s, _ in _choose([first])] == [1, 2, 3, 4]
    alike = moves(1.0, 1.5, 2.0, 3.0, 4.0, 5.0)  # 1.5 is a spelling of 1
    assert [s.rank for s, _ in _choose([alike])] == [1, 1.5, 2, 3, 4]


# ---- sums and products of curves --------------------------------------------------------------

PHI = basis_rows(BSpline(grid=4), torch.from_numpy(ROWS))
SIZE = PHI.shape[2]


def curves(y, weight=None, train=32):
    w = torch.ones(40, dtype=torch.float64) if weight is None else torch.from_numpy(weight)
    return CurveProblem(PHI, torch.from_numpy(y), w, train)


def test_basis_rows_cover_the_range_of_each_input():
    assert PHI.shape[:2] == (2, 40)
    np.testing.assert_allclose(PHI.sum(2), 1, atol=1e-9)
    moved = basis_rows(BSpline(grid=4), torch.from_numpy(3 * ROWS - 7))
    np.testing.assert_allclose(moved, PHI, atol=1e-9)
    bells = basis_rows(Gaussian(5, -1, 1), torch.tensor([[0.0], [1.0]]).double())
    inner = Gaussian(5, -1, 1)
    grid = inner.init_grid(1, dtype=torch.float64)
    z = torch.tensor([[-0.8], [0.8]]).double()
    np.testing.assert_allclose(bells[0], inner.evaluate(z, grid)[:, 0], atol=1e-9)


def test_separable_models_compute_sums_of_products():
    factors, additive = G.normal(size=(2, 2, SIZE)), G.normal(size=(2, SIZE))
    active = torch.tensor([[True, True], [True, False]])
    fit = SeparableFit(
        torch.from_numpy(factors), active, torch.from_numpy(additive),
        torch.tensor([True, False]), 0.7,
    )  # fmt: skip
    p = PHI.numpy()
    f = np.einsum("ink,rik->rin", p, factors)
    wanted = 0.7 + f[0, 0] * f[0, 1] + f[1, 0] + p[0] @ additive[0]
    np.testing.assert_allclose(fit.predict(PHI), wanted)
    y, weight = wanted + G.normal(size=40), G.uniform(0.5, 2, 40)
    at = curves(y, weight)
    w2 = weight[:10] ** 2
    mean = np.average(y[:10], weights=w2)
    fvu = np.sum(w2 * (y - wanted)[:10] ** 2) / np.sum(w2 * (y[:10] - mean) ** 2)
    assert compute_fvu(at, fit, slice(0, 10)) == pytest.approx(fvu)


@pytest.mark.parametrize(
    ("products", "additive", "pitfalls"),
    [(0, True, False), (1, False, False), (1, True, True), (2, False, True)],
)
def test_starts_are_random_only_where_there_are_local_minima(products, additive, pitfalls):
    structure = SeparableForm(products, additive)
    assert structure.has_pitfalls == pitfalls
    begun = start(curves(ROWS[:, 0]), structure, torch.Generator().manual_seed(0))
    assert begun.factors.shape == (products, 2, SIZE)
    assert bool((begun.factors == 1).all()) != pitfalls
    assert bool(begun.added.all()) == additive
    assert bool(begun.active.all())
    assert not begun.additive.any()


def test_starts_are_lines_through_1_with_noise_of_a_third():
    at = CurveProblem(torch.zeros(2, 40, 500).double(), PHI[0, :, 0], PHI[0, :, 0], 32)
    begun = start(at, SeparableForm(2, False), torch.Generator().manual_seed(0))
    x = np.linspace(-1, 1, 500)
    slopes = []
    for factor in begun.factors.reshape(4, 500).numpy():
        slope, level = np.polyfit(x, factor, 1)
        slopes.append(slope)
        assert level == pytest.approx(1, abs=0.06)
        assert np.std(factor - level - slope * x) == pytest.approx(0.3, rel=0.15)
    assert 0.1 < np.std(slopes) < 2


def test_sweeps_of_an_additive_model_are_weighted_least_squares():
    y, weight = np.sin(3 * ROWS[:, 0]) + ROWS[:, 1] ** 2 + G.normal(size=40), G.uniform(1, 2, 40)
    at = curves(y, weight, train=40)
    begun = start(at, SeparableForm(0, True), torch.Generator())
    done = sweep(at, begun, 5)
    assert done.sweeps == 1
    a = np.concatenate([*PHI.numpy(), np.ones((40, 1))], 1)
    best = a @ np.linalg.lstsq(a * weight[:, None], y * weight, rcond=None)[0]
    np.testing.assert_allclose(done.predict(PHI), best, atol=1e-3)
    assert done.fvu == pytest.approx(compute_fvu(at, done, slice(0, 40)))


def test_a_product_of_curves_is_found_and_validated_on_other_rows():
    y = np.exp(ROWS[:, 0]) * (2 + np.sin(2 * ROWS[:, 1]))
    at = curves(y)
    done = sweep(at, start(at, SeparableForm(1, False), torch.Generator()), 40)
    assert done.fvu < 1e-3
    assert done.fvu == pytest.approx(compute_fvu(at, done, slice(32, None)))
    more = sweep(at, done, 3)
    assert done.sweeps < more.sweeps <= done.sweeps + 3


def test_scales_are_moved_to_the_next_factor():
    values = torch.from_numpy(G.uniform(1, 2, (1, 3, 5)))
    factors = torch.ones(1, 3, 4, dtype=torch.float64)
    active = torch.tensor([[True, False, True]])
    before = values.prod(1)
    size = float(values[0, 2].square().mean().sqrt())
    _balance(factors, values, active, 2)
    np.testing.assert_allclose(values.prod(1), before)
    assert float(values[0, 2].square().mean()) == pytest.approx(1)
    np.testing.assert_allclose(factors[0, 0], size)
    np.testing.assert_allclose(factors[0, 2], 1 / size)
    np.testing.assert_allclose(factors[0, 1], 1)
    alone = values.clone()
    _balance(factors, alone, torch.tensor([[True, False, False]]), 0)
    np.testing.assert_array_equal(alone, values)


def test_least_squares_of_nearly_dependent_columns():
    a = torch.from_numpy(G.normal(size=(30, 3)) * [1, 1e6, 1e-6])
    t = torch.from_numpy(G.normal(size=30))
    wanted = torch.linalg.lstsq(a, t[:, None], driver="gelsd").solution[:, 0]
    np.testing.assert_allclose(_least_squares(a, t), wanted, rtol=1e-6)
    twice = torch.cat([a, a[:, :1]], 1)
    found = _least_squares(twice, t)
    np.testing.assert_allclose(twice @ found, a @ wanted, atol=1e-4)
    zeros = torch.cat([a, 0 * a[:, :1]], 1)
    assert torch.isfinite(_least_squares(zeros, t)).all()


def test_constant_factors_and_vanishing_curves_are_dropped():
    y = np.exp(ROWS[:, 0])
    at = curves(y, train=40)
    ones = torch.ones(1, 2, SIZE, dtype=torch.float64)
    one = sweep(
        at,
        SeparableFit(
            ones,
            torch.ones(1, 2, dtype=torch.bool),
            torch.zeros(2, SIZE).double(),
            torch.tensor([False, False]),
        ),
        20,
    )
    short = prune(at, one)  # fmt: skip
    assert short.active.shape[0] == 0
    assert short.added.tolist() == [True, False]
    assert short.fvu < 1e-3
    both = sweep(at, start(at, SeparableForm(0, True), torch.Generator()), 3)
    assert prune(at, both).added.tolist() == [True, False]


@pytest.mark.parametrize("name", ["x", "exp"])
def test_errors_under_a_link_are_those_of_y(name):
    y = np.exp(ROWS[:, 0])
    data = Data.of(ROWS, y, np.linspace(0.5, 1.5, 40))
    at = curve_problem(data, *BY_NAME[name].undo(y, LIBRARY), PHI)
    slope = np.ones(40) if name == "x" else 1 / y
    weight = np.sqrt(data.weight) / slope
    np.testing.assert_allclose(at.weight, weight / weight.mean())
    np.testing.assert_allclose(at.target, y if name == "x" else ROWS[:, 0])
    assert at.train == 32


def test_finer_bases_have_more_and_narrower_functions():
    assert finer_basis(BSpline(grid=7), 1) == BSpline(grid=7)
    assert finer_basis(BSpline(grid=7), 4).grid == 28
    bells = finer_basis(Gaussian(5, -1, 1, 0.4), 2)
    assert bells.num == 10
    assert bells.width == pytest.approx(0.2)


def test_formulas_of_curves_are_put_together():
    named = [(0, 0, X), (0, 1, X), (None, 0, call("sin", X))]
    u, v = ROWS.T
    np.testing.assert_allclose(Program(assemble(named, 0.5)).values(ROWS), 0.5 + u * v + np.sin(u))


# ---- networks ---------------------------------------------------------------------------------


def test_rows_of_networks_are_shuffled_scaled_and_split():
    at = Problem(ROWS, 10 * ROWS[:, 0] + ROWS[:, 1])
    rows = rows_of(at, 10)
    assert rows.train == 32
    np.testing.assert_allclose(rows.y[:, 0] * rows.scale, 10 * rows.x[:, 0] + rows.x[:, 1])
    assert float(rows.y.var(correction=0)) == pytest.approx(1)
    assert sorted(rows.x[:, 0].tolist()) == sorted(ROWS[:, 0])
    assert rows.x[:, 0].tolist() != ROWS[:, 0].tolist()
    assert rows_of(at, 11).x.tolist() != rows.x.tolist()
    assert [len(t) for t in rows.training_rows()] == [32, 32]


def test_the_largest_errors_of_a_network_are_left_out():
    x = torch.arange(200.0).double()[:, None]
    rows = SplitRows(x, torch.zeros(200, 1).double(), 100, 1.0, torch.Generator())

    class Far(torch.nn.Module):
        def forward(self, x):
            y = torch.full_like(x, 0.5)
            y[:2] = 1e9
            return y

    assert rows.compute_fvu(Far()) == pytest.approx(0.25)
    broken = torch.nn.Module()
    broken.forward = lambda x: x * math.nan
    assert rows.compute_fvu(broken) == math.inf


def test_bends_are_usable_on_their_domains_and_standardised():
    line, log, square, inverse = BENDS
    x = torch.tensor([[1.0, 2.0], [3.0, 2.0]]).double()
    assert all(b.is_usable(x) for b in BENDS)
    assert [b.is_usable(x - 2) for b in BENDS] == [True, False, True, False]
    assert not square.is_usable(1e200 * x)
    np.testing.assert_allclose(line.scale(x), [1 / x[:, 0].std(), 0])
    np.testing.assert_allclose(log.scale(x), [1, 1])
    np.testing.assert_allclose(inverse.scale(x), [1, 1])


def test_the_index_of_an_oscillating_function_is_found():
    x = torch.from_numpy(np.random.default_rng(1).uniform(-1, 1, (200, 2)))
    y = torch.sin(6 * (x[:, 0] - 0.5 * x[:, 1] / 1.0))
    fvu, weights, shape = _index(x, y, BENDS[0])
    assert fvu < 0.05
    assert weights[1] / weights[0] == pytest.approx(-0.5, rel=0.1)
    assert shape is BENDS[0]


def test_widths_grow_and_few_rows_have_no_networks():
    widths = list_widths(3)
    assert widths[0] == (3, 1, 1)
    assert all(w[0] == 3 and w[-1] == 1 for w in widths)
    assert len(set(widths)) == len(widths)
    at = Problem(ROWS, ROWS[:, 0])
    assert list(Networks().propose(at, Budget(9.0))) == []
    assert list(Networks(most_inputs=1).propose(at, Budget(9.0))) == []


# ---- unknown functions ------------------------------------------------------------------------


def semiparametric(text, y):
    """The problem of a form, with splines over its arguments where all numbers are 1."""
    template = read_template(text, ["x0", "x1"], LIBRARY)
    rows = np.concatenate([ROWS, np.ones((40, len(template.numbers)))], 1)
    splines = [
        PenalisedSpline.over(np.stack([Program(a).values(rows) for a in u.arguments], 1), 40)
        for u in template.unknowns
    ]
    return Semiparametric(template, ROWS, y, np.ones(40), tuple(splines))


def test_derivatives_of_a_form_are_those_of_finite_differences():
    root = np.linspace(0.5, 1.5, 40)
    at = replace(semiparametric("a*x0 + f(c*x1)*x0", ROWS[:, 1]), root=root)
    state = FormState(np.array([1.3, 0.97]), (G.normal(size=at.splines[0].size),), np.ones(1))
    jacobian = at.jacobian(state)
    assert jacobian.shape == (40, 2 + at.splines[0].size)
    rows = at.arguments_at(0, at.with_numbers(state.numbers))
    spline = at.splines[0]
    place = (rows[:, 0] - spline.low[0]) / spline.width[0]
    inner = (place > 1e-3) & (place < 1 - 1e-3)
    packed = at.pack(state)
    for k in (0, 1, 3, 6):
        step = np.zeros(len(packed))
        step[k] = 1e-6
        up, down = (at.values(at.unpack(state, s)) for s in (step, -step))
        wanted = (up - down) / 2e-6 * root
        np.testing.assert_allclose(jacobian[inner, k], wanted[inner], rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(at.residual(state), (at.y - at.values(state)) * root)


def test_penalties_pins_and_starts_of_functions():
    at = semiparametric("a*f(x0) + g(x1)", ROWS[:, 0] ** 2 + np.sin(ROWS[:, 1]))
    sizes = [s.size for s in at.splines]
    first = len(at.free)
    assert at.starts() == [first, first + sizes[0]]
    matrix = at.penalty(np.array([2.0, 3.0]))
    assert matrix.shape == (first + sum(sizes),) * 2
    block = matrix[first : first + sizes[0], first : first + sizes[0]]
    np.testing.assert_allclose(block, 2 * at.splines[0].penalty)
    assert not matrix[:first].any()
    pinned = replace(at, pins=((1, "mean"), (0, "size")))
    state = FormState(np.ones(1), tuple(G.normal(size=n) for n in sizes), np.ones(2))
    rows, left = pinned.pin_rows(state)
    means = [s.basis(ROWS[:, k : k + 1]).mean(0) for k, s in enumerate(at.splines)]
    weight = math.sqrt(40) * at.y.std()
    np.testing.assert_allclose(rows[0, first + sizes[0] :], weight * means[1])
    np.testing.assert_allclose(
        left, weight * np.array([-means[1] @ state.coef[1], 1 - means[0] @ state.coef[0]])
    )


def test_curves_have_the_errors_of_penalised_regression():
    template = read_template("f(x0)", ["x0", "x1"], LIBRARY)
    y = np.sin(3 * ROWS[:, 0]) + 0.1 * np.random.default_rng(4).normal(size=40)
    fitted = fit_unknowns(template, ROWS, y, None, 0)
    at, state = fitted.problem, fitted.state
    base = at.splines[0].basis(ROWS[:, :1])
    whole = base.T @ base + state.smooth[0] * at.splines[0].penalty
    coef = np.linalg.solve(whole, base.T @ y)
    np.testing.assert_allclose(base @ state.coef[0], base @ coef, atol=1e-4)
    freedom = np.trace(np.linalg.solve(whole, base.T @ base))
    assert fitted.freedom == pytest.approx(freedom, rel=1e-4)
    noise = np.sum((y - base @ state.coef[0]) ** 2) / (40 - freedom)
    assert fitted.noise == pytest.approx(noise, rel=1e-4)
    value, error = fitted.curve(0, ROWS[:3, :1])
    wanted = np.sqrt(noise * np.einsum("ri,ij,rj->r", base[:3], np.linalg.inv(whole), base[:3]))
    np.testing.assert_allclose(error, wanted, rtol=1e-3)
    np.testing.assert_allclose(value, base[:3] @ state.coef[0])


def test_what_other_columns_leave_of_one():
    others, column = G.normal(size=(20, 3)), G.normal(size=20)
    fit = others @ np.linalg.lstsq(others, column, rcond=None)[0]
    wanted = np.linalg.norm(column - fit) / np.linalg.norm(column)
    assert _left_over(others * [1, 1e6, 1e-6], column) == pytest.approx(wanted)
    assert _left_over(others, others @ [1.0, 2.0, 3.0]) < 1e-12
    assert _left_over(others, 0 * column) == 0
    assert _left_over(0 * others, column) == pytest.approx(1)


def test_a_template_is_filled_with_numbers_and_formulas():
    template = read_template("y = a*x0 + 0.5*f(b*x1)", ["x0", "x1"], LIBRARY)
    assert template.numbers == ("a", "b")
    assert template.first == 4
    tree = template.fill([2.0, 3.0], [power(X, 2)])
    u, v = ROWS.T
    np.testing.assert_allclose(Program(tree).values(ROWS), 2 * u + 0.5 * (3 * v) ** 2)
    assert tree.free_count == 2


# ---- moves of groups --------------------------------------------------------------------------

LABELS = np.repeat(["a", "b", "c"], [12, 13, 15])
LINE = Sum((Product((free(1.0), X)), Product((free(0.5), Y))))
SLOPES = np.repeat([1.0, 2.0, -1.5], [12, 13, 15])
GROUPS = Groups.of(
    ROWS, SLOPES * ROWS[:, 0] + 0.7 * ROWS[:, 1] + 0.05 * G.normal(size=40), None, LABELS
)


def fitted_line():
    numbers = []
    for part in GROUPS.parts:
        numbers.append(np.linalg.lstsq(GROUPS.x[part], GROUPS.y[part], rcond=None)[0])
    return make_form(LINE, np.array(numbers), GROUPS, common=())


def errors_of_line(form):
    found = []
    for k, part in enumerate(GROUPS.parts):
        left = GROUPS.y[part] - GROUPS.x[part] @ form.numbers[k]
        variance = left @ left / (len(left) - 2)
        inverse = np.linalg.inv(GROUPS.x[part].T @ GROUPS.x[part])
        found.append(np.sqrt(variance * np.diag(inverse)))
    return np.array(found)


def test_common_numbers_are_weighted_means_and_the_most_constant_come_first():
    form = fitted_line()
    errors = errors_of_line(form)
    means, away = scatter(form, GROUPS)
    for k in range(2):
        weight = 1 / errors[:, k] ** 2
        middle = np.average(form.numbers[:, k], weights=weight)
        assert means[k] == pytest.approx(middle)
        np.testing.assert_allclose(away[:, k], (form.numbers[:, k] - middle) / errors[:, k], 1e-5)
    assert np.square(away[:, 1]).sum() < np.square(away[:, 0]).sum()
    tied = group_moves.tie(form, GROUPS)
    assert tied.common == {1}
    assert tied.length < form.length
    assert estimate_tied(form, GROUPS) == pytest.approx(tied.length, abs=6)
    np.testing.assert_allclose(tied.numbers[:, 1], 0.7, atol=0.1)


def test_residuals_in_units_of_each_group():
    form = fitted_line()
    left = unexplained(form, GROUPS)
    raw = GROUPS.y - predict(form, GROUPS)
    for part in GROUPS.parts:
        np.testing.assert_allclose(left[part], raw[part] / np.sqrt(np.mean(raw[part] ** 2)))


def test_numbers_of_groups_are_read_from_a_tree():
    own = free_each(np.array([3.0, 7.0, 8.0]))
    form = GROUPS.form(Sum((own, exact(2), free(9.0))))
    assert form.numbers.T.tolist() == [[3, 7, 8], [2, 2, 2], [9, 9, 9]]
    assert form.own == [0, 2]
    assert GROUPS.form(X).numbers.shape == (3, 0)


def test_only_common_numbers_are_snapped_and_bits_are_those_of_all_groups():
    form = group_moves.tie(fitted_line(), GROUPS)
    at = _Common(form, GROUPS)
    (number,) = at.fitted_numbers()
    assert (number.place, number.value) == (1, form.numbers[0, 1])
    assert number.error == pytest.approx(standard_errors(form, GROUPS)[0, 1])
    bits = 0.5 * at.rows * math.log2(at.fvu)
    assert bits == pytest.approx(0.5 * GROUPS.rows @ np.log2(form.fvu))
    done = at.with_constant(1, Constant(7, 10))
    assert done.form.tree.numbers()[1].exact == Constant(7, 10)
    assert (done.form.own, done.form.common) == ([0], frozenset())


def test_of_one_form_the_shortest_description_stays():
    form = fitted_line()
    longer = replace(form, length=form.length + 1)
    other = make_form(X, np.empty((3, 0)), GROUPS, common=())
    found = distinct_forms([longer, form, other])
    assert {id(f) for f in found} == {id(form), id(other)}
    assert [f.length for f in found] == sorted(f.length for f in found)


# ---- the end of a search ----------------------------------------------------------------------


def made(key, bits, mse, tree=X, is_plain=False):
    return Scored(Fit(tree, 0.1, bits, bits), key, mse, is_plain)


def test_a_front_keeps_the_winner():
    a, b, c = made("a", 5.0, 3.0), made("b", 9.0, 2.0), made("c", 9.5, 2.5)
    constant = made("k", 1.0, 9.0, exact(3))
    assert keep_front([a, b, c, constant], b) == [constant, a, b]
    assert keep_front([a, b, c], c) == [a, b, c]
    assert keep_front([constant, made("l", 0.5, 9.5, exact(1)), a], constant)[-1] is not None
    winner = made("w", 2.0, 1.0, exact(2))
    kept = keep_front([winner, made("z", 1.0, 2.0, exact(4)), a], winner)
    assert [m.source for m in kept if not m.tree.inputs] == ["w"]


def test_winners_are_finished_by_their_kind():
    at = problem(lambda a, b: 1.5 * a + 0.3, 0.05, rows=60)
    plain = replace(scored(at, add(multiply(free(1.0), X), free(0.1)), "linear"), is_plain=True)
    done = finish_winner(plain, at.data, "approximation", admits=admit_all)
    assert all(n.error is not None for n in done.tree.numbers())
    formula = replace(plain, is_plain=False)
    assert finish_winner(formula, at.data, "approximation", admits=admit_all) is formula
    exact_at = problem(lambda a, b: np.pi * a, rows=60)
    law = finish_winner(
        scored(exact_at, multiply(free(3.0), X)), exact_at.data, "exact", admits=admit_all
    )
    assert str(law.tree.numbers()[0].exact) == "1/1*pi"


def test_classes_have_the_shortest_of_the_most_accurate():
    at = problem(lambda a, b: np.sign(a - 1.1), rows=120, threshold=0.0)
    line = scored(at, add(multiply(free(1.0), X), free(-1.0)), "line")
    long = scored(at, add(multiply(free(1.0), X), multiply(free(0.1), Y), free(-1.0)), "long")
    mean = scored(at, free(0.1), "mean")
    found = _conclude_classes(at, [long, line, mean], 0.0)
    assert found.winner is line
    assert found.accuracy == _accuracy(at, line, 0.0) > 0.9
    assert found.judgement.verdict.kind == "approximation"
    assert "its sign gives the right class" in found.judgement.verdict.reason
    assert "other formulas may draw the same boundary" in found.judgement.verdict.reason
    only = _conclude_classes(at, [mean], 0.0)
    assert "belong to the larger class" in only.judgement.verdict.reason
    assert 0.9 < numeric_accuracy(at, 0.0) <= 1
    assert found.baseline == pytest.approx(1 - min(m.mse for m in (line, long, mean)) / at.variance)


def rule_of(monkeypatch, posterior, explained=0.0, dependence=0.0, probability=0.99):
    at = problem(lambda a, b: a, 0.1, rows=60)
    monkeypatch.setattr(stopping, "weigh_classes", lambda *a: posterior)
    monkeypatch.setattr(stopping, "explain_by_smooth", lambda *a: explained)
    monkeypatch.setattr(stopping, "measure_dependence", lambda *a: dependence)
    evidence = SimpleNamespace(probability=probability)
    found = SimpleNamespace(judgement=SimpleNamespace(evidence=evidence))
    monkeypatch.setattr(stopping, "conclude", lambda *a: found)
    return StoppingRule(at), Front(at), found


def classes(lead, none=-100.0):
    one = FormClass(made("a", 1.0, 1.0, multiply(free(1.0), X)), 50.0, 0.0)
    other = FormClass(made("b", 1.0, 1.0, multiply(free(1.0), Y)), 50.0 - lead, 0.0)
    return Posterior((one, other), none, 0.0)


def test_a_search_ends_at_once_with_a_large_lead_and_else_after_two_looks(monkeypatch):
    rule, front, found = rule_of(monkeypatch, classes(31.0))
    assert rule._is_settled(front, 0.1)
    assert rule.conclusion is found
    rule, front, _ = rule_of(monkeypatch, classes(29.0))
    assert not rule._is_settled(front, 0.1)
    assert rule._is_settled(front, 0.1)


@pytest.mark.parametrize(
    "changes",
    [{"explained": 0.5}, {"dependence": 3.1}],
)
def test_structure_in_the_residuals_keeps_a_search_going(monkeypatch, changes):
    rule, front, _ = rule_of(monkeypatch, classes(99.0), **changes)
    assert not any(rule._is_settled(front, 0.1) for _ in range(6))


def test_none_of_these_keeps_a_search_going(monkeypatch):
    rule, front, _ = rule_of(monkeypatch, classes(99.0, none=60.0))
    assert not any(rule._is_settled(front, 0.1) for _ in range(6))
    rule, front, _ = rule_of(monkeypatch, Posterior((), 0.0, 0.0))
    assert not rule._is_settled(front, 0.1)


def test_patience_is_lost_after_three_looks_without_a_gain(monkeypatch):
    rule, front, _ = rule_of(monkeypatch, classes(0.5))
    assert [rule._is_settled(front, 0.1) for _ in range(5)] == [False, False, False, True, True]
    rule, front, _ = rule_of(monkeypatch, classes(0.5))
    rule.may_lose_patience = False
    assert not any(rule._is_settled(front, 0.1) for _ in range(9))


@pytest.mark.parametrize(
    ("probability", "used", "ends"),
    [
        (0.95, 0.19, False),
        (0.95, 0.21, True),
        (0.5, 0.49, False),
        (0.5, 0.51, True),
        (0.89, 0.1, False),
        (0.89, 0.12, True),
    ],
)
def test_a_doubtful_conclusion_needs_more_of_the_budget(monkeypatch, probability, used, ends):
    rule, front, _ = rule_of(monkeypatch, classes(99.0), probability=probability)
    assert rule._is_settled(front, used) == ends
    assert (rule.conclusion is not None) == ends
    if not ends:  # it isn't drawn again for the same formula, until enough is used
        monkeypatch.setattr(stopping, "conclude", None)
        assert not rule._is_settled(front, used)


def test_formulas_of_one_class_are_alike():
    one, other = (made("a", 1.0, 1.0, multiply(free(v), X)) for v in (1.0, 2.0))
    more = made("a", 1.0, 1.0, add(multiply(free(1.0), X), free(0.5)))
    assert _is_alike(one, other, ROWS)
    assert _is_alike(one, more, ROWS)
    assert _is_alike(more, one, ROWS)
    assert not _is_alike(one, made("b", 1.0, 1.0, multiply(free(1.0), Y)), ROWS)


# ---- what is searched -------------------------------------------------------------------------


def test_plans_for_one_input_several_and_a_form():
    one = make_plan(Problem(ROWS[:, :1], ROWS[:, 0]))
    assert one.structured == (Waves(1), Composed())
    many = make_plan(Problem(ROWS, ROWS[:, 0]))
    assert len(many.structured) == 7
    products = [s for s in many.structured if isinstance(s, Separated)]
    later = next(s for s in many.further if isinstance(s, Separated))
    assert {one for s in products for one in s.structures} == {*later.named, *LARGE[:2]}
    assert any(isinstance(s, Named) for s in many.first)
    assert isinstance(many.first[0], Powers)
    known = replace(Problem(ROWS, ROWS[:, 0]).known, start=(X,))
    begun = make_plan(Problem(ROWS, ROWS[:, 0], known=known))
    assert begun.first[0].trees == (X,)
    form = replace(known, template=object(), start=())
    only = make_plan(Problem(ROWS, ROWS[:, 0], known=form))
    assert only.first == only.structured == ()
    assert len(only.further) == 1
    rest = many.without(many.first)
    assert rest == Plan((), many.structured, many.further)


@pytest.mark.parametrize(
    ("changes", "searched"),
    [
        ({}, True),
        ({"weight": np.ones(40)}, False),
        ({"errors": Errors("constant")}, False),
        ({"robust": True}, False),
        ({"threshold": 1.0}, False),
        ({"y": np.ones(40)}, False),
        ({"x": np.tile(ROWS[:, :1], (1, MOST_INPUTS + 1))}, False),
    ],
)
def test_short_formulas_are_searched_first_where_nothing_is_known(changes, searched):
    at = replace(Problem(ROWS, 2 * ROWS[:, 0]), **changes)
    front = search_short(at, Budget(20.0))
    assert (front is not None) == searched
    if searched:
        assert front.is_solved


def test_inputs_of_no_influence_are_left_out():
    x = np.random.default_rng(2).normal(size=(80, 14))
    at = Problem(x, x[:, 3] + 0.5 * x[:, 12], names=tuple(f"n{k}" for k in range(15)))
    front = Front(at)
    tree = add(Input(3), multiply(exact(1, 2), Input(12)), multiply(exact(1, 100), Input(7)))
    front.offer(Candidate(tree, "linear", mse=0.1))
    front.offer(Candidate(Input(0), "sparse", mse=9.0))
    kept = screen_inputs(at, front)
    assert len(kept) == MOST_INPUTS
    assert {3, 7, 12} <= set(kept)
    assert kept == sorted(kept)
    narrow = restrict(at, [12, 3])
    np.testing.assert_array_equal(narrow.x, x[:, [12, 3]])
    assert narrow.names == ("n12", "n3", "n14")
    wide = _widen(Candidate(add(X, Y), "s"), [12, 3], at)
    assert wide.tree.inputs == {3, 12}
    same = Candidate(X, "s")
    assert _widen(same, range(14), at) is same
    assert restrict(at, range(14)) is at
    units = replace(at, dimensions=np.arange(15)[:, None])
    assert restrict(units, [12, 3]).dimensions[:, 0].tolist() == [12, 3, 14]


# ---- reports ----------------------------------------------------------------------------------


def test_partial_dependence_is_the_mean_over_the_rows():
    formula = SimpleNamespace(predict=lambda x: x[:, 0] * x[:, 1])
    curve = trace_curve(formula, ROWS, 0)
    assert (curve.at[0], curve.at[-1]) == (ROWS[:, 0].min(), ROWS[:, 0].max())
    np.testing.assert_allclose(curve.mean, curve.at * ROWS[:, 1].mean())
    low, high = np.quantile(ROWS[:, 1], [0.1, 0.9])
    np.testing.assert_allclose(curve.low, curve.at * low)
    np.testing.assert_allclose(curve.high, curve.at * high)
    np.testing.assert_array_equal(curve.rug, np.sort(ROWS[:, 0]))
    assert curve.undefined == 0
    holes = SimpleNamespace(predict=lambda x: np.where(x[:, 1] < 1, np.nan, x[:, 1]))
    part = trace_curve(holes, ROWS, 0)
    assert part.undefined == pytest.approx(np.mean(ROWS[:, 1] < 1))
    np.testing.assert_allclose(part.mean, ROWS[ROWS[:, 1] >= 1, 1].mean())
    np.testing.assert_allclose(np.diff(np.log(_spread(1e-4, 1e4))), np.log(1e8) / 80)
    assert np.isfinite(_spread(-1.7e308, 1.7e308)).all()


def test_errors_of_0_are_drawn_below_all_others():
    values, floor = lift_zeros([0.0, 1e-3, 1.0])
    assert floor == pytest.approx(1e-4)
    np.testing.assert_allclose(values, [1e-4, 1e-3, 1])
    assert lift_zeros([1e-12, 1.0])[1] is None
    assert lift_zeros([1e-14, 1.0])[1] == pytest.approx(0.1)
    every, floor = lift_zeros([0.0, 0.0])
    assert floor == 0.1
    np.testing.assert_allclose(every, 0.1)


def test_numbers_of_formulas_that_have_room():
    x, y = np.array([0.0, 0.01, 0.5, 1.0]), np.array([0.0, 0.02, 0.5, 1.0])
    assert _choose_named(x, y, 0) == {0, 2, 3}
    assert _choose_named(x, y, 1) == {1, 2, 3}
    assert _choose_named(x[:1], y[:1], 0) == {0}
    near = np.array([0.0, 0.069, 1.0])
    assert _choose_named(near, np.array([0.0, 0.0, 1.0]), 0) == {0, 2}
    assert _choose_named(np.array([0.0, 0.071, 1.0]), np.array([0.0, 0.0, 1.0]), 0) == {0, 1, 2}


def test_histograms_of_two_classes_have_the_border_between_them():
    rows = PredictedRows(np.array([1.0, 1, 3, 3]), np.array([0.5, 1, 2.5, 3]), 0)
    chart = draw_classes(rows, ("no", "yes"))
    assert [m.label for m in chart.marks[:2]] == ["no", "yes"]
    assert list(chart.marks[2].at) == [2.0]
    plain = draw_classes(rows, names=None)
    assert [m.label for m in plain.marks[:2]] == ["class 1", "class 3"]


@pytest.mark.parametrize(
    ("inputs", "rows", "asked"), [(10, 50, True), (11, 50, False), (10, 49, False)]
)
def test_networks_are_trained_with_at_most_ten_inputs_and_at_least_fifty_rows(
    inputs, rows, asked, monkeypatch
):
    class Trains(Exception):
        """Raised instead of training."""

    def train(*arguments):
        raise Trains

    monkeypatch.setattr(network, "rows_of", train)
    x = np.random.default_rng(0).uniform(size=(rows, inputs))
    problem = Problem(x=x, y=x.sum(1), library=LIBRARY)
    with pytest.raises(Trains) if asked else nullcontext():
        assert list(network.Networks().propose(problem, Budget(1.0))) == []


def test_patience_is_lost_from_the_first_unstructured_strategy_on(monkeypatch):
    """And not a strategy earlier. At the end near misses are repaired once more."""
    seen, rules = [], []

    class Rule:
        conclusion = None

        def __init__(self, problem):
            self.may_lose_patience = None
            rules.append(self)

        def is_over(self, front, budget):
            return False

    class Named:
        leaves_near_misses = False

        def __init__(self, name):
            self.name = name

        def propose(self, problem, budget):
            seen.append((self.name, rules[0].may_lose_patience))
            return iter(())

    class Repairer:
        def __init__(self, problem):
            pass

        def repair(self, front, budget, *, last):
            seen.append(("repair", last))

    monkeypatch.setattr(search, "StoppingRule", Rule)
    monkeypatch.setattr(search, "Repairer", Repairer)
    plan = search.Plan(*(tuple(map(Named, names)) for names in ("ab", "cde", "fg")))
    x = np.linspace(1, 2, 20)[:, None]
    front = SimpleNamespace(
        problem=Problem(x=x, y=x[:, 0], library=LIBRARY),
        least=None,
        nearest=None,
        is_solved=False,
    )
    report = lambda *arguments: None  # noqa: E731
    assert search._take_turns(front.problem, (0,), front, Budget(9.0), report, plan) is None
    names = [*((name, False) for name in "abcde"), *((name, True) for name in "fg")]
    assert seen == [*names, ("repair", True)]


def test_an_unknown_function_is_searched_on_its_own_curve_alone(monkeypatch):
    """Nothing of the whole problem's rows, units, names or form is left."""
    at, value, error = np.linspace(0, 1, 30)[:, None], np.arange(30.0), np.linspace(1, 2, 30)
    fitted = SimpleNamespace(arguments=lambda k: at, curve=lambda k, at: (value, error))
    seen = []
    monkeypatch.setattr(templates, "pick_arguments", lambda arguments, count: arguments)
    monkeypatch.setattr(templates, "search_alone", lambda one, *rest: seen.append(one) or [])
    whole = Problem(
        np.ones((9, 3)), np.ones(9), library=LIBRARY, names=("a", "b", "c", "y"),
        dimensions=np.ones((4, 1), int), weight=np.ones(9), seed=3,
    )  # fmt: skip
    templates.Templates(fitted)._name(0, whole, Budget(100))
    (alone,) = seen
    assert alone.x is at
    assert alone.y is value
    np.testing.assert_allclose(alone.weight * error**2, alone.weight[0] * error[0] ** 2)
    assert alone.weight.mean() == pytest.approx(1)
    assert (alone.dimensions, alone.names, alone.known.template) == (None, (), None)
    assert (alone.library, alone.seed) == (LIBRARY, 3)
