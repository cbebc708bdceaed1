"""Exponents, pairs of inputs and the numeric model, function by function."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import product

import numpy as np
import pytest

from edgewise.discovery import pairs
from edgewise.discovery.integer_exponents import (
    MOST_PIVOTS,
    NICE,
    _fit,
    _length,
    _make_primitive,
    _nearest,
    _pivots,
    _reduce,
    _round,
    _whole,
    find_lattices,
    shorten_basis,
)
from edgewise.discovery.pairs import (
    PARTS,
    _constants,
    _inverse,
    _join,
    _noise,
    _scan,
    find_merges,
)
from edgewise.formula.expression import Input, Number, add, apply, exact, multiply, power
from edgewise.formula.library import LIBRARY
from edgewise.formula.program import Program

BY_NAME = {part.name: part for part in PARTS}
HALF, THIRD = Fraction(1, 2), Fraction(1, 3)


# ---- exponents --------------------------------------------------------------------------------


def test_allowed_entries_are_integers_halves_and_small_thirds():
    assert set(NICE) == {Fraction(n, 2) for n in range(-8, 9)} | {
        Fraction(n, 3) for n in (-2, -1, 1, 2)
    }
    assert list(NICE) == sorted(NICE)


@pytest.mark.parametrize(
    ("row", "primitive"),
    [
        ((2, -4, 6), (1, -2, 3)),
        ((-2, 4, 0), (1, -2, 0)),
        ((0, -3, 6), (0, 1, -2)),
        ((0, 0), (0, 0)),
        ((5,), (1,)),
        ((0, 3, 5), (0, 3, 5)),
    ],
)
def test_primitive_rows(row, primitive):
    assert _make_primitive(row) == primitive


def test_rows_of_fractions_become_whole():
    assert _whole([HALF, -THIRD, Fraction(0)]) == (3, -2, 0)
    assert _whole([Fraction(-2), Fraction(4)]) == (1, -2)


def test_monomials_are_measured_by_powers_and_then_divisions():
    assert _length((1, -2, 0)) == (3, 1)
    assert _length((1, 2, 0)) == (3, 0)
    assert _length(()) == (0, 0)


@pytest.mark.parametrize(
    ("value", "nearest", "off"),
    [
        (0.97, Fraction(1), 0.03),
        (0.32, THIRD, 1 / 75),
        (0.42, HALF, 0.08),  # a third is not much nearer
        (-0.34, -THIRD, 1 / 150),
        (4.3, Fraction(4), 0.3),
        (0.02, Fraction(0), 0.02),
        (1.28, Fraction(3, 2), 0.22),
        (1.24, Fraction(1), 0.24),
    ],
)
def test_the_nearest_allowed_number(value, nearest, off):
    (row,), worst = _nearest(np.array([[value]]))
    assert row == (nearest,)
    assert worst == pytest.approx(off)


def test_the_greatest_distance_is_told_and_no_rows_have_none():
    rows, worst = _nearest(np.array([[0.9, 2.0], [1.3, -1.0]]))
    assert rows == [(1, 2), (Fraction(3, 2), -1)]
    assert worst == pytest.approx(0.2)
    assert _nearest(np.empty((0, 2))) == ([], 0.0)


def test_all_pivots_are_tried_and_of_many_those_of_large_volume():
    few = np.random.default_rng(0).normal(size=(2, 4))
    assert set(_pivots(few)) == {(a, b) for a in range(4) for b in range(a + 1, 4)}
    g = np.random.default_rng(1)
    many = g.normal(size=(2, 20))
    many[:, 7] = 1e-3 * many[:, 8]
    found = list(_pivots(many))
    assert math.comb(20, 2) > MOST_PIVOTS
    assert [p[0] for p in found] == list(range(20))
    for first, second in found:  # of all second columns this one spans the largest area
        areas = [abs(np.linalg.det(many[:, [first, k]])) for k in range(20)]
        assert areas[second] == pytest.approx(max(areas))
    three = list(_pivots(g.normal(size=(3, 20))))
    assert all(len(set(p)) == 3 for p in three)


def test_short_bases_have_no_shorter_sums_or_differences():
    rows = [(1, 1, 0), (0, 1, 1), (2, 3, 1)]
    found = shorten_basis(rows[:2])
    assert found == ((0, 1, 1), (1, 1, 0))
    assert shorten_basis([(1, 2, 0), (0, 1, 0)]) == ((0, 1, 0), (1, 0, 0))
    assert shorten_basis([(1, 0), (3, 1)]) == ((0, 1), (1, 0))
    assert shorten_basis([(0, 1, 2), (1, 0, 0)]) == ((1, 0, 0), (0, 1, 2))  # the shortest first
    assert shorten_basis([]) == ()


def test_the_simplest_prefactor_differs_by_powers_of_groups():
    """x0 of prefactor times h(x0 x1) is x1^-1 h: the shortest of all t + n/2 g is taken."""
    for row in product(range(-2, 3), repeat=2):
        found = _reduce([Fraction(v) for v in row], [(1, 1)])
        offers = [tuple(Fraction(v) + Fraction(n, 2) for v in row) for n in range(-12, 13)]
        least = min(_length([int(6 * v) for v in t]) for t in offers)
        assert _length([int(6 * v) for v in found]) == least
        assert found[0] - row[0] == found[1] - row[1]
    assert _reduce([HALF, Fraction(1)], []) == (HALF, Fraction(1))


def exponents_of(rows, seed=0):
    """Features of rows in a subspace: random combinations of these exponents."""
    g = np.random.default_rng(seed)
    return g.normal(size=(80, len(rows))) @ np.array(rows, dtype=float)


@pytest.mark.parametrize(
    "groups", [((1, -1, 2),), ((1, 0, 0), (0, 1, -1)), ((2, 1, 1),), ((1, 1, 1, 0), (0, 0, 0, 1))]
)
def test_subspaces_of_exponents_are_found(groups):
    features = exponents_of(groups)
    tolerance = np.full(features.shape[1], 1e-6)
    found = list(find_lattices(features, None, tolerance))
    spans = [np.linalg.matrix_rank(np.array([*found[0].groups, *groups]))]
    assert spans == [len(groups)]
    assert len(found[0].groups) == len(groups)
    assert found[0].prefactor is None


def test_a_prefactor_is_found_beside_the_groups():
    g = np.random.default_rng(2)
    t = g.uniform(1, 2, 80)
    features = exponents_of([(1, -1, 0)]) + t[:, None] * [0.0, 0.0, 1.5]
    found = next(find_lattices(features, t, np.full(3, 1e-6)))
    assert (found.groups, found.prefactor) == (((1, -1, 0),), (0, 0, Fraction(3, 2)))
    alone = next(find_lattices(t[:, None] * [2.0, -1.0], t, np.full(2, 1e-6)))
    assert (alone.groups, alone.prefactor) == ((), (2, -1))


@pytest.mark.parametrize(("factor", "found"), [(0.8, False), (1.25, True)])
def test_residuals_up_to_the_tolerance_of_a_column_are_allowed(factor, found):
    g = np.random.default_rng(3)
    features = exponents_of([(1.0, -1.0)]) + 0.05 * g.normal(size=(80, 2))
    directions = np.array([1.0, -1.0]) / math.sqrt(2)
    residual = np.abs(features - np.outer(features @ directions, directions))
    typical = np.sort(residual, axis=0)[:72].mean(0)  # without the worst tenth of the rows
    assert (_fit(features, None, 1, factor * typical) is not None) == found


def test_one_wrong_row_in_ten_does_not_matter():
    features = exponents_of([(1.0, -2.0)])
    features[:7] += 0.5
    directions, base = _fit(features, None, 1, np.full(2, 1e-6))
    assert base is None
    assert directions[0, 1] / directions[0, 0] == pytest.approx(-2)
    assert _fit(np.c_[features, np.zeros(80)], None, 1, np.full(3, 9.0)) is None


def test_directions_are_rounded_to_the_nearest_subspace():
    (first, *_) = _round(np.array([[0.98, -2.05, 0.03]]), None)
    assert first.groups == ((1, -2, 0),)
    big = next(_round(np.array([[1.0, 4.0]]), None))
    assert big.groups == ((1, 4),)
    highest = next(_round(np.array([[1.0, 3.0, 0.5, 0.0]]), None))
    assert highest.groups == ((2, 6, 1, 0),)
    (lower,) = _round(np.array([[1.0, 3.5, 0.0]]), None)  # 7 is too high
    assert lower.groups == ((1, 3, 0),)
    (nothing,) = _round(np.empty((0, 2)), np.array([1.02, -0.49]))
    assert (nothing.groups, nothing.prefactor) == ((), (Fraction(1), -HALF))


# ---- pairs of inputs --------------------------------------------------------------------------


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_slopes_belong_to_the_trees(part):
    x = np.linspace(0.3, 1.2, 9)
    step = 1e-6
    up, down = (Program(part.tree(Input(0))).values((x + s)[:, None]) for s in (step, -step))
    slope = (np.log(up) - np.log(down) if part.logarithm else up - down) / (2 * step)
    np.testing.assert_allclose(part.slope(x), slope, rtol=1e-6)


def slopes_of(f, x):
    """∂y/∂x of h(f(x0, x1)) for some varying h."""
    step = 1e-6 * np.eye(2)
    made = [(f(*(x + s).T) - f(*(x - s).T)) / 2e-6 for s in step]
    h = np.random.default_rng(1).uniform(0.5, 2, len(x))
    return np.stack(made, 1) * h[:, None]


MERGES = {
    "a difference": (lambda a, b: a - b, add(Input(0), multiply(exact(-1), Input(1)))),
    "a sum of squares": (
        lambda a, b: a**2 + b**2,
        add(power(Input(0), 2), power(Input(1), 2)),
    ),
    "a product": (lambda a, b: a * b**2, multiply(Input(0), power(Input(1), 2))),
    "an odd ratio": (
        lambda a, b: a + 2.4 * b,
        add(Input(0), multiply(Number(2.4), Input(1))),
    ),
    "a factor under exp": (
        lambda a, b: a * np.exp(-2 * b),
        multiply(Input(0), apply(LIBRARY["exp"], multiply(exact(-2), Input(1)))),
    ),
}


@pytest.mark.parametrize("name", MERGES)
def test_the_best_merge_has_the_values_of_the_combination(name):
    f, want = MERGES[name]
    x = np.random.default_rng(0).uniform(0.4, 1.4, (60, 2))
    found = next(find_merges(Input(0), Input(1), x, slopes_of(f, x), np.zeros(2)))
    values, wanted = Program(found.tree).values(x), Program(want).values(x)
    alike = np.corrcoef(np.log(np.abs(values)), np.log(np.abs(wanted)))[0, 1]
    assert abs(alike) > 1 - 1e-6
    assert found.violation < 0.5


def test_pairs_are_ranked_by_misfit_in_units_of_the_noise_and_by_price():
    x = np.random.default_rng(0).uniform(0.4, 1.4, (60, 2))
    slopes = slopes_of(lambda a, b: a + 2 * b, x)
    left = np.stack([p.slope(x[:, 0]) for p in PARTS])
    right = np.stack([p.slope(x[:, 1]) for p in PARTS])
    found = _scan(left, right, slopes, np.zeros(2))
    assert found == sorted(found)
    price, i, j, ratio = found[0]
    assert (PARTS[i].name, PARTS[j].name) == ("x^1", "x^1")
    assert ratio == pytest.approx(2, rel=1e-5)
    assert price == pytest.approx(0, abs=1e-4)
    more = _scan(left, right, slopes, np.full(2, 0.2))
    assert len(more) > len(found)  # errors excuse further pairs
    slopes[5] = np.nan
    assert _scan(left, right, slopes, np.zeros(2))[0][1:3] == (i, j)


def test_the_misfit_to_expect_follows_from_the_errors_of_slopes():
    slopes = np.array([[2.0, -4.0], [-2.0, 4.0]])
    assert _noise(slopes, np.array([0.2, 0.0])) == pytest.approx(0.75 * 0.1)
    assert _noise(slopes, np.array([0.0, 0.2])) == pytest.approx(0.75 * 0.05)
    assert _noise(slopes, np.array([0.3, 0.8])) == pytest.approx(0.75 * math.hypot(0.15, 0.2))


@pytest.mark.parametrize(
    ("ratio", "products", "values"),
    [
        (2.0, False, [2.0]),
        (2.015, False, [2.0]),
        (2.05, False, [2.0, 2.05]),
        (2.05, True, [2.0]),
        (-0.5, False, [-0.5]),
        (-0.52, False, [-0.5, -0.52]),
        (2.4, False, [2.4]),
        (2.4, True, []),
        (0.0, False, []),
        (math.inf, False, []),
    ],
)
def test_ratios_are_simple_where_a_simple_one_is_near(ratio, products, values):
    assert [n.value for n in _constants(ratio, products)] == values


def test_combinations_are_written_without_logarithms():
    a, b = Input(0), Input(1)
    log, line, exp = BY_NAME["log"], BY_NAME["x^1"], BY_NAME["exp"]
    x = np.random.default_rng(0).uniform(0.5, 2, (5, 2))
    u, v = x.T

    def values(tree):
        return Program(tree).values(x)

    np.testing.assert_allclose(values(_join(log, log, a, b, exact(2, 3))), u**3 * v**2)
    np.testing.assert_allclose(values(_join(log, log, a, b, exact(-1))), u / v)
    assert _join(log, log, a, b, Number(1.7)) is None
    np.testing.assert_allclose(values(_join(log, line, a, b, exact(-2))), u * np.exp(-2 * v))
    np.testing.assert_allclose(values(_join(line, log, a, b, exact(2))), v * np.exp(u / 2))
    np.testing.assert_allclose(values(_join(line, exp, a, b, exact(3))), u + 3 * np.exp(v))
    np.testing.assert_allclose(values(_join(line, line, a, b, Number(1.7))), u + 1.7 * v)


@pytest.mark.parametrize(
    ("number", "inverse"),
    [(exact(2, 3), 1.5), (exact(-2, 3), -1.5), (Number(4.0), 0.25), (exact(-1), -1.0)],
)
def test_inverses_of_ratios(number, inverse):
    made = _inverse(number)
    assert made.value == inverse
    assert (made.exact is None) == (number.exact is None)
    assert made.exact is None or made.exact.denominator > 0


def test_no_more_pairs_are_returned_than_asked_for(monkeypatch):
    x = np.random.default_rng(0).uniform(0.4, 1.4, (60, 2))
    slopes = slopes_of(lambda a, b: a + 1.7 * b, x)
    given = (Input(0), Input(1), x, slopes, np.full(2, 0.3))
    every = list(find_merges(*given))
    monkeypatch.setattr(pairs, "MERGED", 1)
    first = list(find_merges(*given))
    assert 0 < len(first) < len(every)
    assert [m.tree.key for m in every[: len(first)]] == [m.tree.key for m in first]
