"""What searches are made of, function by function: weights, subsets, terms, grids, left sides,
polishing; limits from both sides."""

from __future__ import annotations

import math
from dataclasses import replace
from inspect import signature
from itertools import combinations, permutations
from types import SimpleNamespace

import numpy as np
import pytest
import torch

from edgewise.discovery.groups import Groups
from edgewise.formula.data import Data, Fit
from edgewise.formula.expression import (
    Input,
    Power,
    Product,
    Sum,
    add,
    exact,
    free,
    multiply,
    power,
)
from edgewise.formula.library import LIBRARY, Library
from edgewise.formula.program import Program
from edgewise.formula.signs import call
from edgewise.search import evidence
from edgewise.search.angles import _is_below, _solve_scale, _split, angle_terms, knows_angles
from edgewise.search.branches import BRANCHES, _extrapolate
from edgewise.search.budget import RATE, Budget, check_budget
from edgewise.search.evidence import explained_fraction
from edgewise.search.explore import (
    Pool,
    _find_neutral,
    _most_promising,
    _repair,
    explore,
    free_exponents,
    last_function,
    refit_variants,
    shuffle_rows,
)
from edgewise.search.finish import _dependent, use_freedom
from edgewise.search.left_sides import _factors, _follow, _mark, _span, identity_side, left_sides
from edgewise.search.links import LINKS
from edgewise.search.parametric_terms import (
    ScaledTerm,
    _products,
    _single_terms,
    _terms,
    argument_tree,
    grid_arguments,
    inner_columns,
    make_affine,
    product_terms,
)
from edgewise.search.polish import (
    _add_factor,
    _affine,
    _soften,
    _without_number,
    drop_parts,
    reductions,
    replace_node,
)
from edgewise.search.rationals import (
    _null,
    _polynomial,
    _sparse_null,
    count_monomials,
    monomials,
    multiply_monomials,
)
from edgewise.search.search import (
    Effort,
    _subsets,
    join_weights,
    multiply_powers,
    search_ratios,
    solve_terms,
    term_bits,
    weights_of,
)
from edgewise.search.search_schedule import LEVELS
from edgewise.search.single_index import (
    combine_terms,
    estimate_coarsely,
    estimate_fvu,
    pick_terms,
    select_indices,
    sum_terms,
)
from edgewise.search.subsets import (
    Columns,
    _exchange,
    _grow,
    _grow_states,
    _score,
    _states,
    all_small_subsets,
    best_subsets,
    centre_target,
)
from edgewise.search.subtree_repair import Parts, list_corrections, regress_each
from edgewise.search.terms import (
    Terms,
    are_usable,
    enumerate_terms,
    pick_distinct,
    redundant_steps,
    unaries,
)

X, Y = Input(0), Input(1)
G = np.random.default_rng(0)
ROWS = G.uniform(0.4, 2, (40, 2))
BY_NAME = {link.function: link for link in LINKS}


# ---- weights ----------------------------------------------------------------------------------


def test_weights_are_clipped_to_a_factor_of_their_median():
    w = weights_of(np.array([1.0, 1.0, 1.0, 1e-3, 1e3]))
    np.testing.assert_allclose(w / w[0], [1, 1, 1, 1e4, 1e-4])
    assert w.mean() == pytest.approx(1)
    inner = weights_of(np.array([1.0, 1.0, 1.0, 0.011, 99.0]))
    np.testing.assert_allclose(inner / inner[0], [1, 1, 1, 0.011**-2, 99.0**-2])


def test_weights_of_rows_are_a_factor_and_may_cancel_slopes():
    slope, weight = np.array([1.0, 2.0, 4.0]), np.array([1.0, 3.0, 2.0])
    made = weights_of(slope, weight)
    wanted = weight / slope**2
    np.testing.assert_allclose(made, wanted / wanted.mean())
    assert weights_of(slope, 5 * slope**2) is None
    none = np.zeros(3)
    assert weights_of(slope, none) is none
    assert weights_of(np.full(3, 1e200)) is None
    small = weights_of(np.ones(4), np.array([1.0, 1.0, 1e-9, 1.0]))
    assert small[2] / small[0] == pytest.approx(1e-9)  # a row that hardly counts stays so


def test_weights_are_joined_and_terms_have_bits():
    a, b = np.array([1.0, 3.0]), np.array([2.0, 4.0])
    np.testing.assert_allclose(join_weights(a, b), np.array([2, 12]) / 7)
    assert join_weights(a, None) is a
    assert join_weights(None, b) is b
    assert join_weights(None, None) is None
    np.testing.assert_allclose(np.diff(term_bits(np.array([2, 3, 5]))), [1.5, 3])


def test_coefficients_are_those_of_weighted_least_squares():
    target, weight = G.normal(size=40), G.uniform(0.5, 2, 40)
    columns = [1e6 * ROWS[:, 0], 1e-6 * ROWS[:, 1]]
    root = np.sqrt(weight)[:, None]
    a = np.column_stack([*columns, np.ones(40)]) * root
    wanted = np.linalg.lstsq(a / [1e6, 1e-6, 1], target * root[:, 0], rcond=None)[0]
    np.testing.assert_allclose(solve_terms(columns, target, weight), wanted / [1e6, 1e-6, 1])


# ---- subsets ----------------------------------------------------------------------------------

VALUES = G.normal(size=(12, 50))
BITS = G.uniform(5, 12, 12)
TARGET = centre_target(VALUES[2] - 0.7 * VALUES[9] + 0.5 * G.normal(size=50))
COLUMNS = Columns.of(VALUES, BITS)


def fvu_of(chosen):
    a = COLUMNS.unit[list(chosen)].T
    left = TARGET - a @ np.linalg.lstsq(a, TARGET, rcond=None)[0]
    return float(left @ left)


def length_of(chosen, rows=50):
    return 0.5 * rows * math.log2(max(fvu_of(chosen), 1e-16)) + BITS[list(chosen)].sum()


def test_columns_are_centred_and_of_length_1():
    weight = G.uniform(0.5, 2, 50)
    for w in (None, weight):
        unit = Columns.of(VALUES, BITS, w).unit
        np.testing.assert_allclose(np.square(unit).sum(1), 1)
        root = np.ones(50) if w is None else np.sqrt(w)
        np.testing.assert_allclose(unit @ root, 0, atol=1e-10)
        made = centre_target(VALUES[0], w)
        np.testing.assert_allclose(made, unit[0])
    assert not Columns.of(np.ones((1, 5)), BITS[:1]).unit.any()
    assert not centre_target(np.ones(5)).any()


def test_scores_are_description_lengths():
    explained = np.array([0.0, 0.75, 1.0])
    found = _score(explained, np.array([1.0, 2.0, 3.0]), 10)
    np.testing.assert_allclose(found, [-1, 10 - 2, 0.5 * 10 * math.log2(1e16) - 3])


def test_states_know_the_residual_and_what_is_left_of_each_column():
    subsets = [(2,), (2, 9), (0, 5, 7)]
    for state, chosen in zip(_states(COLUMNS.unit, TARGET, subsets), subsets, strict=True):
        assert state.fvu == pytest.approx(fvu_of(chosen))
        assert state.length(BITS, 50) == pytest.approx(length_of(chosen))
        q = np.linalg.qr(COLUMNS.unit[list(chosen)].T)[0]
        rest = COLUMNS.unit - (COLUMNS.unit @ q) @ q.T
        np.testing.assert_allclose(state.left, np.square(rest).sum(1), atol=1e-12)
        np.testing.assert_allclose(state.residual, TARGET - q @ (q.T @ TARGET), atol=1e-12)
    twice = COLUMNS.unit.copy()
    twice[1] = twice[0]
    assert _states(twice, TARGET, [(0, 1)]) == []
    assert _states(twice, TARGET, []) == []


def test_states_grow_by_the_columns_that_shorten_the_description_most():
    (state,) = _states(COLUMNS.unit, TARGET, [(2,)])
    (more,) = _grow_states(COLUMNS.unit, [state], [(0, 9)])
    assert more.columns == (2, 9)
    assert more.fvu == pytest.approx(fvu_of((2, 9)))
    np.testing.assert_allclose(
        more.left, _states(COLUMNS.unit, TARGET, [(2, 9)])[0].left, atol=1e-12
    )
    grown = _grow(COLUMNS.unit, BITS, [state], 3, 50)
    best = sorted((k for k in range(12) if k != 2), key=lambda k: length_of((2, k)))
    assert {s.columns[1] for s in grown} == set(best[:3])
    assert _grow_states(COLUMNS.unit, [state], [(0, 2)]) == []


def test_exchanged_columns_are_better_ones():
    states = _states(COLUMNS.unit, TARGET, [(0, 9)])
    found = _exchange(COLUMNS.unit, TARGET, BITS, states, 50)
    lengths = [s.length(BITS, 50) for s in found]
    assert lengths == sorted(lengths)
    wanted = {
        frozenset(
            (kept, min(set(range(12)) - {kept}, key=lambda k, kept=kept: length_of((kept, k))))
        )
        for kept in (0, 9)
    }
    known = {frozenset((0, 9))}
    assert {frozenset(s.columns) for s in found} == wanted | known
    assert frozenset((2, 9)) in wanted


def test_no_more_subsets_than_asked_for_and_until_the_goal():
    found = best_subsets(COLUMNS, TARGET, most=3, beam=6, keep=2, pairs=12)
    sizes = [len(f.columns) for f in found]
    assert sizes == sorted(sizes)
    assert sizes.count(1) == 8  # singles may be four times as many
    assert sizes.count(2) == sizes.count(3) == 2
    goal = [
        f
        for f in best_subsets(COLUMNS, TARGET, most=4, keep=2, goal=0.9, beam=48, pairs=1500)
        if f.fvu <= 0.9
    ]
    assert max(len(f.columns) for f in goal) == min(len(f.columns) for f in goal)
    one = best_subsets(COLUMNS, TARGET, most=1, keep=2, beam=48, pairs=1500)
    assert len(one) == 8
    for f in one:
        assert f.fvu == pytest.approx(fvu_of(f.columns))


@pytest.mark.parametrize("keep", [1, 3])
def test_small_subsets_are_ranked_by_their_description(keep):
    found = all_small_subsets(COLUMNS, TARGET, triples=7, quadruples=6, keep=keep)
    for size, count in ((3, 7), (4, 6)):
        cheap = np.argsort(BITS, kind="stable")[:count]
        best = min(combinations(sorted(cheap.tolist()), size), key=length_of)
        mine = [f for f in found if len(f.columns) == size]
        assert len(mine) == keep
        assert set(mine[0].columns) == set(best)
        lengths = [length_of(f.columns) for f in mine]
        assert lengths == sorted(lengths)
    assert all_small_subsets(COLUMNS, TARGET, triples=2, quadruples=3, keep=1) == []


def test_a_constant_target_has_no_subsets():
    effort = Effort(4, 32, 800, 4)
    assert _subsets(VALUES, BITS, np.ones(50), None, effort) == []
    assert _subsets(VALUES, BITS, VALUES[0], None, replace(effort, most=0)) == []
    assert _subsets(VALUES, BITS, VALUES[0], None, replace(effort, most=0, triples=5))


# ---- forms ------------------------------------------------------------------------------------


def terms_of(*trees, costs=None):
    values = np.stack([Program(t).values(ROWS) for t in trees])
    cost = np.array([2] * len(trees) if costs is None else costs)
    return Terms(values, cost, [("input", t) for t in trees])


@pytest.mark.parametrize(
    ("p", "exponent", "is_exact"),
    [(2.09, 2, True), (1.45, 1.5, True), (0.3, 0.3, False), (-0.95, -1, True), (0.03, 0.03, False)],
)
def test_exponents_near_halves_are_rounded(p, exponent, is_exact):
    y = 3 * ROWS[:, 0] ** exponent
    tree = multiply_powers([(X, ROWS[:, 0])], np.array([p]), y, None)
    found = Program(tree).values(ROWS)
    raised = ROWS[:, 0] ** (exponent if is_exact else p)
    np.testing.assert_allclose(found, raised * (raised @ y) / (raised @ raised))


def test_products_that_are_undefined_or_nothing_are_none():
    negative = [(add(X, exact(-1)), ROWS[:, 0] - 1)]
    y = np.ones(40)
    assert multiply_powers(negative, np.array([0.5]), y, None) is None
    assert multiply_powers(negative, np.array([0.3]), y, None) is None
    assert multiply_powers(negative, np.array([2.0]), y, None) is not None
    assert multiply_powers([(X, ROWS[:, 0])], np.array([0.01]), y, None) is None


def test_exponents_of_positive_values_may_stay_and_those_of_others_are_rounded():
    powers = [(X, ROWS[:, 0]), (add(X, exact(-1)), ROWS[:, 0] - 1)]
    exponents = np.array([1.05, 2.05])
    tree = multiply_powers(powers, exponents, ROWS[:, 0], None, slack=0.0)
    value = ROWS[:, 0] ** 1.05 * (ROWS[:, 0] - 1) ** 2
    scale = value @ ROWS[:, 0] / (value @ value)
    np.testing.assert_allclose(Program(tree).values(ROWS), scale * value)


def test_numerator_and_denominator_of_a_ratio():
    terms = terms_of(X, Y, multiply(X, Y), power(Y, 2))
    u, v = ROWS.T
    y = (1.5 * u + 2) / (1 + 0.7 * v)
    found = list(search_ratios(terms, y, LIBRARY, Effort(2, 8, 20, 3), weight=None))
    best = min(found, key=lambda g: g.fvu)
    np.testing.assert_allclose(Program(best.tree).values(ROWS), y, rtol=1e-8)
    assert best.size == 2
    assert all(any("-1" in n.key for n in g.tree.walk()) for g in found)


# ---- terms ------------------------------------------------------------------------------------


def test_usable_terms_are_finite_vary_and_are_of_moderate_size():
    values = np.array(
        [[1.0, 2.0], [1.0, np.nan], [1.0, np.inf], [1.0, 1 + 0.9e-7], [1.0, 1 + 1.2e-7],
         [0, 1.1e9], [0, 0.9e9], [0, 1e-10], [0.0, 0.0]]
    )  # fmt: skip
    assert are_usable(values).tolist() == [
        True, False, False, False, True, False, True, True, False,
    ]  # fmt: skip
    assert are_usable(values, 1e-9)[7] == np.False_


def test_steps_are_functions_and_simple_arithmetic():
    steps = {s.name: s for s in unaries(LIBRARY)}
    u = np.array([0.5, 1.5])
    for name, value in {
        "+1": u + 1, "-1": u - 1, "neg": -u, "2*": 2 * u, "/2": u / 2, "3*": 3 * u,
        "pi*": math.pi * u, "sin": np.sin(u), "x^2": u**2,
    }.items():  # fmt: skip
        np.testing.assert_allclose(steps[name].values(u), value)
        np.testing.assert_allclose(Program(steps[name].tree(X)).values(u[:, None]), value)
    assert steps["sin"].nests
    assert not steps["x^2"].nests
    assert "x" not in steps
    skipped = redundant_steps(LIBRARY)
    assert {("exp", "log"), ("log", "exp"), ("neg", "sin"), ("neg", "cos"), ("+1", "-1")} <= skipped
    assert ("neg", "exp") not in skipped


def test_a_term_costs_its_steps_and_more_for_functions_within_functions():
    terms = enumerate_terms(ROWS, LIBRARY, most=3000)

    def nests(k):
        return terms.origin[k][0] == "unary" and terms.origin[k][1].nests

    for k, (kind, *rest) in enumerate(terms.origin):
        if kind == "unary":
            step, inner = rest
            cost = terms.costs[inner] + step.cost + 2 * (step.nests and nests(inner))
        else:
            cost = 2 if kind == "input" else 1 + terms.costs[rest].sum()
        assert terms.costs[k] == cost


def test_triples_are_looked_for_where_they_are_asked_for_and_needed():
    def sizes(y, triples):
        effort = Effort(2, 4, 9, 2, triples=triples)
        return {len(f.columns) for f in _subsets(VALUES, BITS, y, None, effort)}

    whole = VALUES[0] + VALUES[1] + VALUES[2]
    assert sizes(whole, 0) == {1, 2}
    assert sizes(whole, 5) == {1, 2, 3}
    assert sizes(VALUES[0], 5) == {1, 2}  # found already


class Paid(Budget):
    """Notes refits and what is spent in the order in which they come."""

    def __init__(self, monkeypatch):
        super().__init__(1e9)
        self.events = []
        refit = Data.fit

        def fit(data, tree, steps=20):
            self.events.append(("fit", steps))
            return refit(data, tree, steps)

        monkeypatch.setattr(Data, "fit", fit)
        monkeypatch.setattr("edgewise.search.explore.drop_parts", lambda fit, *_, **__: fit)
        monkeypatch.setattr("edgewise.search.explore.tidy", lambda fit, _: fit)

    def spend(self, evaluations):
        super().spend(evaluations)
        self.events.append(("spend", evaluations))


REFITTED = {
    "better with free numbers": (
        multiply(exact(2), power(X, exact(1, 2))),
        3.3 * ROWS[:, 0] ** 0.5,
    ),
    "a better exponent": (multiply(free(1.0), power(X, exact(2))), 1.2 * ROWS[:, 0] ** 1.7),
    "poor": (multiply(free(1.0), Y), ROWS[:, 0]),
}


@pytest.mark.parametrize("case", REFITTED)
def test_every_refit_is_paid_for_by_its_steps(case, monkeypatch):
    tree, y = REFITTED[case]
    data, budget = Data.of(ROWS, y + 1e-3 * np.cos(40 * ROWS[:, 1])), Paid(monkeypatch)
    list(refit_variants(tree, data, budget))
    terms = terms_of(X, Y, multiply(X, Y))
    list(_repair(data.measure(tree), data, Parts.of(terms, terms.distinct), budget))
    refits, prices = budget.events[::2], budget.events[1::2]
    assert len(refits) == len(prices) > 5
    for (kind, steps), (other, price) in zip(refits, prices, strict=True):
        assert (kind, other) == ("fit", "spend")
        assert steps < price <= 3 * steps


def test_functions_within_functions_cost_more():
    terms = enumerate_terms(ROWS[:, :1], LIBRARY.only("x", "sin", "exp"), most=300)
    cost = {terms.tree(k).key: int(terms.costs[k]) for k in range(len(terms))}
    sine = cost[call("sin", X).key]
    assert sine == 2 + LIBRARY["sin"].price
    both = cost[call("sin", call("exp", X)).key]
    assert both == 2 + LIBRARY["exp"].price + LIBRARY["sin"].price + 2
    assert cost[multiply(X, call("sin", X)).key] == 2 + sine + 1
    limited = enumerate_terms(ROWS, LIBRARY, most=10**4, highest=5)
    assert limited.costs.max() == 5


def test_terms_are_joined_by_four_operations():
    one, other = terms_of(X), terms_of(Y, add(X, Y), costs=[2, 5])
    made = combine_terms(one, other)
    u, v = ROWS.T
    wanted = [u + v, u + (u + v), u - v, -v, u * v, u * (u + v), u / v, u / (u + v)]
    np.testing.assert_allclose(made.values, wanted)
    assert made.costs.tolist() == [5, 8] * 4
    for k, values in enumerate(wanted):
        np.testing.assert_allclose(Program(made.tree(k)).values(ROWS), values)
    some = pick_terms(made, [4, 0])
    np.testing.assert_allclose(some.values, made.values[[4, 0]])
    assert some.tree(0).key == made.tree(4).key


def test_sums_of_two_terms_have_ratios_on_a_grid():
    made = sum_terms(terms_of(X, Y, costs=[2, 3]))
    assert len(made) == 26
    assert set(made.costs) == {2 + 3 + 8}
    u, v = ROWS.T
    ratios = [(row - u)[0] / v[0] * v.std() / u.std() for row in made.values]
    np.testing.assert_allclose(sorted(np.abs(ratios))[::2], np.geomspace(1 / 8, 8, 13))
    assert sum(r > 0 for r in ratios) == 13
    np.testing.assert_allclose(Program(made.tree(3)).values(ROWS), made.values[3])
    assert len(sum_terms(terms_of(X))) == 0


# ---- indices ----------------------------------------------------------------------------------


def test_pseudo_residuals_by_hand():
    u, y = np.array([0.0, 1.0, 3.0, 4.0]), np.array([0.0, 2.0, 1.0, 5.0])
    data = Data.of(u[:, None], y, np.array([1.0, 2.0, 3.0, 4.0]))
    variances, total = 1 / data.weight, 0.0
    for k in (1, 2):
        w = (u[k + 1] - u[k]) / (u[k + 1] - u[k - 1])
        error = y[k] - w * y[k - 1] - (1 - w) * y[k + 1]
        shares = np.array([w, 1, 1 - w])
        total += error**2 / (shares**2 @ variances[k - 1 : k + 2]) / 2 / data.weight.mean()
    mean = np.average(y, weights=data.weight)
    variance = np.average((y - mean) ** 2, weights=data.weight)
    assert estimate_fvu(u[None], data)[0] == pytest.approx(total / variance)
    assert estimate_fvu(-3 * u[None], data)[0] == pytest.approx(total / variance)
    half = Data.of(ROWS[np.argsort(ROWS[:, 0])[::2]], np.sort(ROWS[:, 0])[::2] ** 2)
    whole = Data.of(ROWS, ROWS[:, 0] ** 2)
    assert estimate_coarsely(ROWS[:, 0], whole) == pytest.approx(
        estimate_fvu(half.x[:, 0][None], half)[0]
    )


def test_each_order_of_the_rows_is_kept_once_and_costs_count():
    data = Data.of(ROWS, np.sin(4 * ROWS[:, 0]))
    trees = [Y, X, power(X, 3), multiply(exact(-1), X)]
    kept = select_indices(data, terms_of(*trees, costs=[2, 4, 2, 6]))
    assert [kept.tree(k).key for k in range(len(kept))] == [power(X, 3).key, Y.key]


# ---- grids ------------------------------------------------------------------------------------


def test_arguments_have_the_numbers_that_are_not_redundant():
    for name, count in (("exp", 1), ("log", 1), ("tanh", 2), ("sin", 2)):
        tree = argument_tree(LIBRARY[name], X, 2.0, 0.5)
        assert tree.free_count == count, name
    assert Program(argument_tree(LIBRARY["log"], X, -1.0, 3.0)).values(ROWS)[0] == pytest.approx(
        3 - ROWS[0, 0]
    )
    np.testing.assert_allclose(Program(make_affine(X, 2.0, 0.5)).values(ROWS), 2 * ROWS[:, 0] + 0.5)


def test_waves_have_turns_and_phases():
    pairs = list(grid_arguments(LIBRARY["sin"], 1.0, 5.0, 6.0))
    turns = sorted({a * 2 for a, _ in pairs})
    np.testing.assert_allclose(turns, [0.5, 1, 1.5, 2.25, 3, 3.75, 4.5, 5.25, 6])
    phases = {round(b + 3 * a, 9) for a, b in pairs}
    np.testing.assert_allclose(sorted(phases), np.arange(4) * math.pi / 4, atol=1e-8)
    assert len(pairs) == 36


def test_exponentials_poles_and_steps_are_measured_by_the_range():
    growth = [a * 2 for a, b in grid_arguments(LIBRARY["exp"], 1.0, 5.0, 6.0)]
    assert sorted(growth) == sorted(-a for a in growth)
    assert (min(map(abs, growth)), max(growth)) == (0.2, 9)
    roots = list(grid_arguments(LIBRARY["log"], 1.0, 5.0, 6.0))
    for a, b in roots:  # the argument is positive on the whole range
        assert min(a * 1 + b, a * 5 + b) > 0
    least = sorted(min(a * 1 + b, a * 5 + b) / 2 for a, b in roots)
    np.testing.assert_allclose(least[::2], [0.02, 0.1, 0.3, 1, 3, 10])
    squares = list(grid_arguments(LIBRARY["x^3"], 1.0, 5.0, 6.0))
    assert len(squares) == 12 + 9
    inner = [-b for a, b in squares[12:]]
    np.testing.assert_allclose(inner, 3 + 2 * np.linspace(-0.8, 0.8, 9))
    steps = list(grid_arguments(LIBRARY["tanh"], 1.0, 5.0, 6.0))
    assert len(steps) == 35
    centres = {round(-b / a, 9) for a, b in steps}
    np.testing.assert_allclose(sorted(centres), np.linspace(1, 5, 7))
    bounded = list(grid_arguments(LIBRARY["arcsin"], 1.0, 5.0, 6.0))
    ends = [(a * 1 + b, a * 5 + b) for a, b in bounded]
    np.testing.assert_allclose(ends, list(combinations([-0.95, -0.5, 0, 0.5, 0.95], 2)), atol=1e-9)


def test_inner_functions_are_finite_and_vary():
    columns, trees = inner_columns(ROWS, LIBRARY, 4)
    assert len(trees) == columns.shape[1] == 10
    for column, tree in zip(columns.T, trees, strict=True):
        np.testing.assert_allclose(Program(tree).values(ROWS), column)
    assert call("exp", multiply(exact(-1), X)).key in {t.key for t in trees}
    negative, _ = inner_columns(ROWS - 3, LIBRARY, 3)
    assert negative.shape[1] == 2  # squares alone: no roots, no logarithms
    none, empty = inner_columns(np.ones((5, 1)), LIBRARY, 4)
    assert none.shape == (5, 0)
    assert empty == []


def test_products_of_two_and_of_three_inputs():
    x = G.uniform(0.5, 2, (30, 3))
    terms = product_terms(x, LIBRARY.only("x", "x^2", "sin"), most=200)
    keys = {terms.tree(k).key for k in range(len(terms))}
    assert multiply(X, Y).key in keys
    assert multiply(call("sin", X), power(Y, 2)).key in keys
    assert multiply(X, Y, Input(2)).key in keys
    assert (np.diff(terms.costs) >= 0).all()
    assert all(len(terms.tree(k).inputs) > 1 for k in range(len(terms)))
    alone = product_terms(x[:, :1], LIBRARY.only("x", "x^2", "sin"), most=200)
    assert {alone.tree(k).key for k in range(len(alone))} == {
        multiply(X, power(X, 2)).key, multiply(X, call("sin", X)).key,
        multiply(power(X, 2), call("sin", X)).key,
    }  # fmt: skip
    few = product_terms(x, LIBRARY, most=4)
    assert len(few) <= 8


def test_scaled_terms_are_kept_if_they_are_usable_and_cheap():
    def term(values, cost):
        return ScaledTerm(np.array(values, dtype=float), cost, lambda: X, "sin")

    made = [term([1, 2], 5), term([1, np.nan], 1), term([1, 1], 1), term([0, 1e-10], 1),
            term([0, 1e10], 1), term([2, 3], 3)]  # fmt: skip
    kept = _terms(made, 2, 9)
    assert kept.costs.tolist() == [3, 5]
    assert len(_terms(made, 2, 1)) == 1
    assert _terms([], 2, 9).values.shape == (0, 2)
    column = np.array([1.0, 2.0])
    waves = [ScaledTerm(np.array([0.5, 0.1]), 6, lambda: call("sin", X), "sin"),
             ScaledTerm(np.array([2.0, 3.0]), 6, lambda: call("exp", X), "exp"),
             ScaledTerm(np.array([2.0, 3.0]), 6, lambda: X, "arctan")]  # fmt: skip
    found = list(_products(column, X, waves))
    assert len(found) == 3 * 2 + 1
    np.testing.assert_allclose(found[0].values, [0.5, 0.2])
    np.testing.assert_allclose(found[-1].values, [1.0, 0.3])
    assert found[0].cost == 8
    assert found[-1].cost == 12


# ---- left sides -------------------------------------------------------------------------------


def test_fingerprints_do_not_depend_on_scale_and_offset():
    v = G.normal(size=50)
    assert _mark(v) == _mark(3 * v - 7) == _mark(-2 * v)
    assert _mark(v) != _mark(v**2)
    assert _mark(np.full(50, 3.0)) is None
    assert _mark(np.where(np.arange(50) < 1, np.nan, v)) is None
    assert _mark(1e12 + v * 1e-3) is None
    assert _mark(1e-120 * v) is None


def test_terms_to_divide_by_have_no_zeros():
    terms = terms_of(X, add(X, multiply(exact(-1), Y)), Y)
    terms.values[1, 0] = 0.0
    assert _factors(terms) == [0, 2]


def test_left_sides_cost_steps_and_factors():
    y = np.exp(0.3 * ROWS[:, 0])
    terms = enumerate_terms(ROWS, LIBRARY, most=30)
    sides = left_sides(y, terms, LIBRARY, 60)
    costs = [s.cost for s in sides]
    assert costs == sorted(costs)
    assert min(costs) == 2  # division by an input
    assert all(s.steps <= 3 for s in sides)
    whole = left_sides(y, terms, LIBRARY, 60, divide=False)
    assert not any(s.divided for s in whole)
    assert all(s.cost == 3 + 4 * (s.steps - 1) for s in whole)
    one = identity_side(y)
    assert one.values is y
    assert (one.slope == 1).all()
    link = one.link()
    assert link.inverse(y) is y


def test_spans_are_monomials_and_other_terms():
    terms = enumerate_terms(ROWS, LIBRARY, most=30)
    columns, trees = _span(terms, ROWS)
    assert len(trees) == columns.shape[1] == 10  # a quarter of the rows
    for column, tree in zip(columns.T, trees, strict=True):
        np.testing.assert_allclose(Program(tree).values(ROWS), column)


# ---- branches and angles ----------------------------------------------------------------------


def test_extrapolation_by_up_to_three_points():
    assert _extrapolate([1.0], [5.0], 2.0) == 5.0
    assert _extrapolate([1.0, 2.0], [5.0, 7.0], 4.0) == 11.0
    assert _extrapolate([1.0, 1.0], [5.0, 7.0], 4.0) == 7.0
    x = [1.0, 2.0, 4.0]
    assert _extrapolate(x, [v**2 - v for v in x], 5.0) == pytest.approx(20)
    assert _extrapolate([0.0, 0.01, 4.0], [0.0, 9.0, 4.0], 5.0) == pytest.approx(4 - 5 / 3.99)
    assert _extrapolate(x, [v**2 for v in x], 40.0) == pytest.approx(16 + 36 * 6)


@pytest.mark.parametrize("name", BRANCHES)
def test_branches_have_the_value_that_is_undone(name):
    f = {"x^2": lambda s: s**2, "sin": np.sin, "cos": np.cos}[name]
    principal = {"x^2": np.sqrt, "sin": np.arcsin, "cos": np.arccos}[name](0.3)
    for near in (-9.0, 0.2, 14.0):
        offers = BRANCHES[name](principal, near)
        np.testing.assert_allclose([f(s) for s in offers], 0.3)
        if name != "x^2":
            assert min(abs(s - near) for s in offers) <= math.pi


def test_angles_are_terms_where_rows_surround_an_axis():
    x = G.uniform(-1, 1, (30, 2))
    terms = angle_terms(x, LIBRARY)
    assert len(terms) == 4
    for k in range(4):
        got = Program(terms.tree(k)).values(x)
        np.testing.assert_allclose(got, terms.values[k], atol=1e-9)
    assert len(angle_terms(np.abs(x), LIBRARY)) == 0
    one_side = np.column_stack([np.abs(x[:, 0]), x[:, 1]])
    assert len(angle_terms(one_side, LIBRARY)) == 2
    assert not knows_angles(LIBRARY.only("x", "arctan"))
    assert len(angle_terms(x, LIBRARY.only("x", "arctan"))) == 0


def test_the_scale_of_an_angle_is_found():
    x = G.uniform(-1, 1, (60, 2))
    p, q = 0.3 + x[:, 0], 2 * x[:, 1] - 0.1
    y = 1.7 * np.arctan2(p, q)
    lines = np.column_stack([np.ones(60), x])
    weights, scale = _solve_scale(y, lines)
    assert scale == pytest.approx(1.7)
    weights = weights / weights[2].real
    np.testing.assert_allclose(weights.imag, [0.15, 0.5, 0], atol=1e-6)
    np.testing.assert_allclose(weights.real, [-0.05, 0, 1], atol=1e-6)
    assert _solve_scale(G.normal(size=60), lines) is None
    ratio = multiply(add(X, exact(1)), power(add(multiply(free(-2.0), Y), free(3.0)), -1))
    above, below = _split(ratio)
    np.testing.assert_allclose(Program(above).values(x), (x[:, 0] + 1) / 2)
    np.testing.assert_allclose(Program(below).values(x), 1.5 - x[:, 1])
    assert _is_below(power(X, -1))
    assert not _is_below(power(X, 2))
    assert not _is_below(X)
    assert not _is_below(Power(X, Y))


# ---- ratios of polynomials --------------------------------------------------------------------


def test_null_vectors_are_sparse():
    g = np.random.default_rng(3)
    a = g.normal(size=(30, 5))
    a[:, 4] = 2 * a[:, 0] - a[:, 2]
    found = _sparse_null(a, 3)
    np.testing.assert_allclose(found / found[4], [-2, 0, 1, 0, 1], atol=1e-9)
    assert found[4] == 1
    assert _sparse_null(g.normal(size=(30, 5)), 3) is None
    a[:, 1] = 0
    assert _sparse_null(a, 3) is None
    assert _null(np.eye(3)) is None
    np.testing.assert_allclose(np.abs(_null(np.diag([1.0, 0.0]))), [0, 1])


def test_monomials_are_counted_multiplied_and_written():
    for inputs, degree in ((1, 4), (2, 3), (4, 2)):
        assert count_monomials(inputs, degree) == len(monomials(inputs, degree))
    exponents = monomials(2, 3)
    made = multiply_monomials(ROWS, exponents)
    wanted = np.stack([np.prod(ROWS ** np.array(e), 1) for e in exponents], 1)
    np.testing.assert_allclose(made, wanted)
    size = np.array([2.0, 4.0])
    tree = _polynomial([(0, 0), (1, 0), (0, 2)], np.array([3.0, 0.0, 8.0]), size, [X, Y])
    np.testing.assert_allclose(Program(tree).values(ROWS), 3 + 8 * (ROWS[:, 1] / 4) ** 2)
    assert tree.inputs == {1}


# ---- polishing --------------------------------------------------------------------------------


def test_pieces_of_softening():
    assert _add_factor(X).key == Product((free(1.0), X)).key
    summed = Sum((X, Y))
    assert _add_factor(summed) is summed
    scaled = Product((free(2.0), X))
    assert _add_factor(scaled) is scaled
    assert _affine(summed, True) is summed
    assert _affine(X, False).key == Sum((X, free(0.0))).key
    assert _affine(X, True).key == Sum((Product((free(1.0), X)), free(0.0))).key
    assert _without_number(Sum((X, free(1.0)))) is X
    assert _without_number(Sum((X, Y, free(1.0)))).key == Sum((X, Y)).key
    assert _without_number(X) is X
    assert _soften(exact(3)).exact is None
    assert _soften(Product((exact(2), X, exact(3)))).key == Product((free(6.0), X)).key
    assert _soften(Product((exact(1), X))) is X


def test_a_node_is_replaced_by_identity():
    one, other = multiply(free(2.0), X), multiply(free(2.0), X)
    tree = Sum((call("sin", one), call("cos", other)))
    made = replace_node(tree, other, Y)
    assert made.key == add(call("sin", one), call("cos", Y)).key
    assert replace_node(tree, Y, X) is tree
    assert replace_node(tree, tree, Y) is Y


def test_reductions_of_products_and_functions():
    tree = multiply(free(2.0), X, call("sin", Y))
    keys = {t.key for t in reductions(tree)}
    assert {multiply(X, call("sin", Y)).key, multiply(free(2.0), X).key} <= keys
    assert multiply(free(2.0), call("sin", Y)).key in keys
    linear = Sum((Product((free(1.0), Y)), free(0.0)))
    assert replace_node(tree, tree.parts[-1] if tree.parts[-1].inputs == {1} else tree.parts[1],
                        linear).key in keys  # fmt: skip
    fixed = multiply(exact(2), X)
    assert X.key not in {t.key for t in reductions(fixed)}


def test_parts_are_dropped_only_if_they_are_admitted():
    y = 2 * ROWS[:, 0] + 0.01 * G.normal(size=40)
    data = Data.of(ROWS, y)
    fit = data.fit(add(multiply(free(1.0), X), multiply(free(0.01), Y)))
    assert drop_parts(fit, data).tree.inputs == {0}
    assert drop_parts(fit, data, admits=lambda t: 1 in t.inputs).tree.inputs == {0, 1}
    assert drop_parts(fit, data, rounds=0) is fit


def test_corrections_are_what_parts_would_have_to_be():
    tree = multiply(X, call("exp", Y))
    y = ROWS[:, 0] * np.exp(ROWS[:, 1]) * (1 + 1e-6 * G.normal(size=40))
    data = Data.of(ROWS, y)
    found = list(list_corrections(data.measure(tree), data))
    whole = [f for f in found if f[1]]
    assert len(whole) == 1
    np.testing.assert_allclose(whole[0][3], y)
    for node, _, value, wanted, slope in found:
        np.testing.assert_allclose(value, Program(node).values(ROWS))
        np.testing.assert_allclose(wanted, value + (y - Program(tree).values(ROWS)) / slope)
    groups = Groups.of(ROWS, y, None, np.repeat([0, 1], 20))
    assert len(list(list_corrections(groups.form(tree), groups))) == len(found)
    undefined = data.measure(call("log", add(X, exact(-9))))
    assert list(list_corrections(undefined, data)) == []


@pytest.mark.parametrize(("beyond", "refitted"), [(-1e-9, True), (1e-9, False)])
def test_parts_are_tried_without_unless_a_row_costs_a_tenth_of_a_bit(beyond, refitted):
    steps = []

    def fit(tree, most):
        steps.append(most)
        return SimpleNamespace(tree=tree, length=10.0 + 0.1 * 40 + beyond)

    best = SimpleNamespace(tree=add(X, free(1.0)), length=10.0)
    assert drop_parts(best, SimpleNamespace(fit=fit, y=ROWS[:, 0]), steps=9) is best
    assert steps == [3, *[9] * refitted]


# ---- rounds -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "window", "neutral"),
    [(0.1, 0.2, 0), (0.2, 0.2, 0), (1.1, 0.2, 1), (0.7, 0.2, None), (-0.1, 0.05, None)],
)
def test_numbers_within_their_errors_of_0_or_1(value, window, neutral):
    found = _find_neutral(value, window)
    assert (None if found is None else found.value) == neutral


def fit_of(key, length, fvu=0.1, tree=None):
    return Fit(Input(key) if tree is None else tree, fvu, length, length)


def test_the_pool_keeps_three_of_each_length():
    pool = Pool()
    for k, fvu in enumerate((0.5, 0.4, 0.3, 0.2)):
        pool.offer(fit_of(k, 20.0 + k / 10, fvu))
    assert [f.fvu for f in pool.bins[2]] == [0.2, 0.3, 0.4]
    near = Pool()
    near.offer(fit_of(0, 20.0, 0.1))
    assert near.offer(fit_of(1, 26.0, 0.2))  # a rival: at most six bits longer
    assert not near.offer(fit_of(2, 26.1, 0.3))
    assert not near.offer(fit_of(3, 5.0, math.inf))


def test_parents_must_be_much_better_than_the_best_shorter_one():
    pool = Pool()
    for k, (bits, fvu) in enumerate(((10.0, 0.1), (20.0, 0.25), (30.0, 0.31), (40.0, 0.05))):
        pool.bins[int(bits // 8)] = [fit_of(k, bits, fvu)]
    assert [f.fvu for f in pool.parents(set())] == [0.1, 0.25, 0.05]


def test_guesses_to_refine_are_the_shortest_and_some_of_each_kind():
    level = replace(LEVELS[0], improved=2, each=1)
    sines = {str(k): fit_of(k, 10.0 + k) for k in range(5)}
    others = {"s": fit_of(9, 90.0, tree=call("exp", call("sin", X))), "t": fit_of(8, 91.0)}
    found = _most_promising({"sum under exp": sines, "ratio under x": others}, level, 2)
    assert [f.length for f in found] == sorted(f.length for f in found)
    assert {f.length for f in found} >= {10.0, 11.0, 90.0}
    single = _most_promising({"sum under x": {str(k): fit_of(k, 10.0 + k) for k in range(20)}},
                             level, 1)  # fmt: skip
    assert len(single) == 12
    assert last_function(call("exp", call("sin", X))) == "sin"
    assert last_function(add(call("log", X), Y)) == "log"


def test_exponents_are_freed_of_short_formulas_of_positive_inputs():
    two = add(power(X, 2), power(Y, -1))
    freed = free_exponents(two, ROWS)
    assert freed.free_count == 2
    np.testing.assert_allclose(Program(freed).values(ROWS), Program(two).values(ROWS))
    three = add(two, power(X, 3))
    assert free_exponents(three, ROWS) is None
    assert free_exponents(two, ROWS - [0, 3]).free_count == 1
    one = Sum((power(X, 2), call("sin", Y), call("cos", Y), call("exp", Y), call("tanh", Y)))
    long = Sum((*one.parts, call("log", Y), call("sin", multiply(free(2.0), X))))
    assert one.size <= 16 < long.size
    assert free_exponents(one, ROWS).free_count == 1
    assert free_exponents(long, ROWS) is None


def test_variants_are_the_fit_itself_and_with_all_numbers_free():
    y = 1.7 * np.sin(1.05 * ROWS[:, 0] + 0.05) + 0.4 + 0.01 * G.normal(size=40)
    data, budget = Data.of(ROWS, y), Budget(9.0)
    found = list(refit_variants(add(multiply(free(1.0), call("sin", X)), free(0.1)), data, budget))
    assert found[0].tree.free_count == 2
    assert found[-1].fvu < 0.5 * found[0].fvu
    assert budget.spent >= 60
    exact_data = Data.of(ROWS, 2 * ROWS[:, 0])
    (only,) = refit_variants(multiply(free(1.0), X), exact_data, Budget(9.0))
    assert exact_data.is_exact(only)
    noise = Data.of(ROWS, G.normal(size=40))
    assert list(refit_variants(multiply(free(1.0), Y), noise, Budget(9.0))) == []
    undefined = call("log", add(X, exact(-9)))
    assert list(refit_variants(undefined, data, Budget(9.0))) == []


def test_rows_are_shuffled_with_their_weights():
    data = Data.of(ROWS, ROWS[:, 0] * 2, ROWS[:, 0] / ROWS[:, 0].mean())
    made = shuffle_rows(data, np.random.default_rng(1))
    np.testing.assert_allclose(made.y, 2 * made.x[:, 0])
    np.testing.assert_allclose(made.weight, made.x[:, 0] / ROWS[:, 0].mean())
    assert sorted(made.y) == sorted(data.y)
    assert made.y.tolist() != data.y.tolist()


def test_numbers_that_depend_on_each_other_are_one_too_many():
    data = Data.of(ROWS, 2 * np.exp(ROWS[:, 0]))
    tree = multiply(free(1.5), call("exp", Sum((X, free(0.3)))))
    assert sorted(_dependent(tree, data)) == [0, 1]
    assert _dependent(multiply(free(1.5), X), data) == []
    made = use_freedom(data.fit(tree), data)
    assert made.tree.free_count == 1
    assert made.fvu < 1e-20
    none = Product((free(0.0), call("sin", Product((free(3.0), Y)))))
    dead = Sum((Product((free(2.0), X)), none))
    assert len(_dependent(dead, data)) == 1


# ---- budgets and evidence of structure --------------------------------------------------------


@pytest.mark.parametrize("budget", [0, -1, math.inf, math.nan, "1", None, True])
def test_budgets_are_finite_numbers_above_0(budget):
    with pytest.raises(ValueError, match="finite budget above 0"):
        check_budget("o", budget)
    check_budget("o", 0.5)


def test_work_is_what_is_left_of_evaluations_or_seconds():
    assert Budget(100.0, 50).work == 50
    assert Budget(100.0, 1e9).work == pytest.approx(100 * RATE, rel=0.1)
    spent = Budget(100.0, 50)
    spent.spend(60)
    assert spent.work == 0
    assert spent.over
    late = Budget(1.0)
    late.charge(2.0)
    assert late.over
    assert late.left == 0
    part = Budget(5.0, 100).part(seconds=9.0)
    assert part.seconds <= 5
    assert part.evaluations == 100


def test_the_explained_fraction_is_that_of_leave_one_out_ridge_regression(monkeypatch):
    monkeypatch.setattr(evidence, "WIDTHS", (0.4,))
    monkeypatch.setattr(evidence, "RIDGES", (0.5,))
    x = ROWS[:20]
    r = np.sin(4 * x[:, 0]) + 0.3 * np.random.default_rng(2).normal(size=20)
    found = explained_fraction(torch.from_numpy(x), torch.from_numpy(r[:, None]))
    z = (x - x.min(0)) / np.ptp(x, axis=0)
    kernel = np.prod(1 + np.exp(-((z[:, None] - z) ** 2) / 0.32) / 2, axis=-1)
    t = r - r.mean()
    t = np.clip(t, -10 * np.median(np.abs(t)), 10 * np.median(np.abs(t)))
    t = t - t.mean()
    missed = 0.0
    for k in range(20):
        rest = np.delete(np.arange(20), k)
        dual = np.linalg.solve(kernel[np.ix_(rest, rest)] + 0.5 * np.eye(19), t[rest])
        missed += (t[k] - kernel[k, rest] @ dual) ** 2
    assert found == pytest.approx(1 - missed / np.sum(t**2), abs=1e-8)
    noise = torch.from_numpy(np.random.default_rng(3).normal(size=(20, 1)))
    assert explained_fraction(torch.from_numpy(x), noise) >= 0
    constant = torch.cat([torch.from_numpy(x), torch.ones(20, 1).double()], 1)
    assert explained_fraction(constant, torch.from_numpy(r[:, None])) == pytest.approx(found)


def test_no_two_distinct_terms_are_alike():
    values = np.stack([ROWS[:, 0], 2 - ROWS[:, 0], ROWS[:, 1]])
    for order in permutations(range(3)):
        kept = pick_distinct(values, np.array(order))
        assert len(kept) == 2
        assert 2 in kept


def test_every_term_is_regressed_by_weighted_least_squares():
    values, target, weight = G.normal(size=(4, 40)), G.normal(size=40), G.uniform(0.5, 2, 40)
    values[3] = 5.0
    target = target + 3
    targets, weights = np.stack([target, ROWS[:40, 0]]), np.stack([weight, np.ones(40)])
    found = regress_each(values, values**2, targets, weights)
    slopes, ends, left = (each[:, 0] for each in found)
    mean = np.average(target, weights=weight)
    total = np.average((target - mean) ** 2, weights=weight)
    for k in range(3):
        a, b = np.polyfit(values[k], target, 1, w=np.sqrt(weight))
        assert (slopes[k], ends[k]) == pytest.approx((a, b))
        rest = np.average((target - a * values[k] - b) ** 2, weights=weight)
        assert left[k] == pytest.approx(rest / total)
    assert left[3] == 1


def test_a_negative_y_is_searched_with_the_same_settings(monkeypatch):
    """Each keyword of `explore` reaches the search of -y."""
    settings = {"reach": 3.0, "seed": 5, "levels": LEVELS[:1], "rounds": 2}
    assert settings.keys() == {
        name for name, p in signature(explore).parameters.items() if p.kind is p.KEYWORD_ONLY
    }
    assert all(settings[name] != signature(explore).parameters[name].default for name in settings)
    data, got, search = Data.of(ROWS, -np.exp(ROWS[:, 0])), [], explore

    def note(*arguments, **keywords):
        got.append((arguments, keywords))
        return iter([])

    monkeypatch.setattr("edgewise.search.explore.explore", note)
    assert list(search(data, LIBRARY, Budget(100), **settings)) == []
    ((mirrored, *_), keywords) = got[0]
    assert keywords == settings
    np.testing.assert_array_equal(mirrored.y, -data.y)


@pytest.mark.parametrize("name", ["x^2", "sin", "cos"])
def test_branches_are_followed_where_the_values_touch_the_end_of_a_known_function(name):
    x = np.linspace(-1, 1, 101)
    touching = x**2 if name == "x^2" else np.cos(4 * x)
    away = touching + 1 if name == "x^2" else 0.5 * touching
    library = Library.of([name])
    with np.errstate(all="ignore"):  # the slope is infinite where a value touches
        count = [len(list(_follow(identity_side(y), library, x))) for y in (touching, away)]
    assert count == [1, 0]
    assert not list(_follow(identity_side(touching), Library.of(["exp"]), x))


def test_single_terms_have_every_function_with_a_grid_of_arguments():
    column = np.linspace(0.5, 2, 30)
    kinds = {t.kind for t in _single_terms(column, X, LIBRARY, 4.0)}
    left_out = {"x^2", "sign", "x^4", "x^5"}
    known = {f.name for f in LIBRARY.distinct() if f.free != "both"} - left_out
    assert kinds == known | {"power"}
    assert not _single_terms(np.ones(30), X, LIBRARY, 4.0)


def test_a_users_own_function_is_tried_from_0_and_from_the_middle_of_the_range():
    own = replace(LIBRARY["sin"], name="own")
    pairs = list(grid_arguments(own, 1.0, 5.0, 6.0))
    moved = [(a, b) for a, b in pairs if b]
    assert [a for a, _ in moved] == pytest.approx(np.arange(0.5, 6.1, 0.5) / 2)
    assert all(a * 3 + b == pytest.approx(0, abs=1e-12) for a, b in moved)
    assert {a for a, _ in moved} | {1.0, 2.0, 3.0} == {a for a, b in pairs if not b}
