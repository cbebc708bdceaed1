"""Every way of looking for a formula, on rows of any kind: what says nothing changes nothing.

Whatever the rows are, a search ends without a warning (which is an error here), and no formula of
it is undefined on all rows. Guards of constants, overflows and equal columns decide here.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from edgewise.formula.data import Data
from edgewise.formula.expression import (
    Input,
    Product,
    Sum,
    add,
    apply,
    exact,
    free,
    multiply,
    power,
)
from edgewise.formula.library import LIBRARY, Library
from edgewise.search import wave_spectra
from edgewise.search.angles import search_angles
from edgewise.search.budget import Budget
from edgewise.search.curve_formulas import CurveRows
from edgewise.search.curve_openings import (
    Linear,
    _open_parts,
    linearise,
    list_arguments,
    open_best,
)
from edgewise.search.explore import Pool, free_exponents, rationals_under_links, tidy
from edgewise.search.finish import _order_by_simplicity
from edgewise.search.left_sides import left_sides, search_left_sides, search_spans
from edgewise.search.links import LINKS
from edgewise.search.one_function import SIMPLE, fit_one_function, list_functions, list_powers
from edgewise.search.parametric_terms import BROKEN, _single_terms, inner_columns, pair_columns
from edgewise.search.polish import _without_number
from edgewise.search.rationals import fit_rationals, search_rationals
from edgewise.search.search import (
    Effort,
    search_multiples,
    search_products,
    search_ratios,
    search_sums,
)
from edgewise.search.subtree_repair import list_corrections
from edgewise.search.terms import enumerate_terms
from edgewise.search.wave_spectra import find_peaks, find_waves

EFFORT = Effort(3, 12, 60, 3)
T = np.linspace(0.3, 2.1, 48)
X, Y = Input(0), Input(1)
EXACT = Library(LIBRARY[n] for n in ("1/x", "log", "sqrt"))


def terms_of(data):
    return enumerate_terms(data.x, LIBRARY, most=60)


def sides_of(data, terms):
    return left_sides(data.y, terms, LIBRARY, 4)


SEARCHES = {
    "sums": lambda d, t: search_sums(t, d.y, LIBRARY, EFFORT, weight=d.weight, links=LINKS),
    "products": lambda d, t: search_products(
        t, d.y, LIBRARY, EFFORT, weight=d.weight, whole=(), links=LINKS[:1]
    ),
    "ratios": lambda d, t: search_ratios(t, d.y, LIBRARY, EFFORT, weight=d.weight),
    "multiples": lambda d, t: search_multiples(t, d.y, EFFORT, range(min(2, len(t))), weight=None),
    "left sides": lambda d, t: search_left_sides(sides_of(d, t), t, most=9, work=1.0, weight=None),
    "spans": lambda d, t: search_spans(sides_of(d, t), t, d.x, work=1.0),
    "exact ratios": lambda d, t: map(d.measure, search_rationals(d)),
    "ratios under links": lambda d, t: map(d.measure, rationals_under_links(d, EXACT)),
    "fitted ratios": lambda d, t: map(d.measure, fit_rationals(d)),
    "angles": lambda d, t: map(d.measure, search_angles(d, LIBRARY)),
    "waves": lambda d, t: find_waves(d, LIBRARY, most=1, reach=16.0),
}


def rows(x, y, weight=None):
    return Data.of(np.asarray(x, dtype=float).reshape(len(y), -1), np.asarray(y, float), weight)


HOSTILE = {
    "zeros": rows(0 * T, 0 * T),
    "a constant y": rows(T, np.full_like(T, 3.0)),
    "y of zeros": rows(T, 0 * T),
    "a constant x": rows(np.full_like(T, 2.0), T),
    "a column of zeros": rows(np.stack([T, 0 * T], 1), T * T + 1),
    "equal columns": rows(np.stack([T, T], 1), 1 / T),
    "huge": rows(1e12 * T, 1e12 * np.exp(T)),
    "tiny": rows(1e-12 * T, 1e-12 * np.exp(T)),
    "beyond the exponential": rows(np.stack([400 * T, T], 1), T),
    "one row that differs": rows(T, np.eye(1, len(T), 7)[0]),
    "negative": rows(-T, -np.exp(T)),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_searches_end_on_any_rows(kind):
    data = HOSTILE[kind]
    terms = terms_of(data)
    for search in SEARCHES.values():
        found = [data.measure(one.tree).fvu for one in search(data, terms)]
        assert not found or min(found) < np.inf


@pytest.mark.parametrize("name", ["spans"])
def test_a_column_of_zeros_changes_no_formula(name):
    more = HOSTILE["a column of zeros"]
    alone = replace(more, x=more.x[:, :1])
    first, second = (
        [one.tree.key for one in SEARCHES[name](data, terms_of(alone))] for data in (alone, more)
    )
    assert first
    assert first[0] == second[0]


@pytest.mark.parametrize(
    "tree",
    [
        power(Product((free(0.0), X)), exact(1, 2)),  # a derivative by a number is infinite
        apply(LIBRARY["log"], Product((free(0.0), X))),  # so is a value
    ],
)
def test_a_formula_has_no_first_order_where_anything_is_infinite(tree):
    data = rows(T, T)
    assert Linear.of(tree, data) is None
    assert open_best(data.measure(tree), data, list_arguments(data), np.inf) == []
    found = list_corrections(data.measure(tree), data)
    assert [part.key for part, *_ in found if part is not tree] == []


@pytest.mark.parametrize(
    ("tree", "curve"), [(power(Y, exact(1, 2)), 0 * T), (Product((free(0.0), Y)), T)]
)
def test_a_curve_is_followed_where_its_slope_is_finite_and_not_0(tree, curve):
    data = rows(T, T)
    assert linearise(tree, data, curve) is None
    assert linearise(add(tree, Y), data, 1 + T) is not None


def test_arguments_vary_and_are_finite():
    def names(x):
        return {one.tree.key for one in list_arguments(rows(x, T))}

    whole = np.arange(1.0, 49)
    several = names(np.stack([whole, 50 - whole], 1))
    assert len(several) == 5  # the sum of the two is constant
    assert names(np.stack([T, np.full_like(T, 2.0)], 1)) == names(np.stack([T, T], 1)) - {Y.key} | {
        add(X, multiply(exact(-1), Y)).key,
        multiply(X, power(Y, -1)).key,
    }
    assert names(np.stack([T, np.where(T > 1, 0.0, T)], 1)) == several - {
        multiply(X, power(Y, -1)).key
    } | {add(X, Y).key}


def test_places_of_a_curve_are_parts_of_its_inputs():
    data = rows(np.random.default_rng(0).uniform(1, 2, (40, 3)), np.ones(40))
    z = Input(2)
    tree = add(X, apply(LIBRARY["sin"], X), multiply(Y, z), exact(2))
    at, hole = Linear.of(tree, data), Input(3)

    def places(*inputs):
        return [place.tree for place in _open_parts(tree, at, frozenset(inputs), hole)]

    # In the place of x0, sin(x0), its argument, and both terms of x0; beside and as a factor of
    # the whole, y z, y and z.
    assert len(places(0)) == 3 + 1 + 2 * 4
    # In the place of y z; beside and as a factor of the whole, x0, sin(x0) and its argument.
    assert len(places(1, 2)) == 1 + 2 * 4
    # Beside and as a factor of the whole, y z and z: no terms have x0 and y, and nothing else.
    assert len(places(0, 1)) == 2 * 3


def test_the_corrections_of_parts_that_say_nothing_are_left():
    data = rows(np.stack([T, T[::-1]], 1), T)
    tree = add(multiply(free(0.0), apply(LIBRARY["sin"], X)), Y)
    parts = [part.key for part, *_ in list_corrections(data.measure(tree), data)]
    assert apply(LIBRARY["sin"], X).key not in parts
    assert tree.key in parts


def test_left_out_constants_are_the_last_of_a_sum():
    assert _without_number(add(X, free(2.0))) == X
    both = add(X, Y)
    assert _without_number(both) is both
    assert _without_number(X) is X


def test_numbers_of_0_come_last_and_without_a_warning():
    tree = Sum((multiply(free(2.0), X), Product((free(0.0), Y)), free(4.0)))
    order = _order_by_simplicity(tree, [0, 1, 2])
    assert [tree.numbers()[k].value for k in order] == [2, 4, 0]


def test_a_pool_offers_what_no_shorter_formula_does_as_well():
    data = rows(T, T + 0.1 * np.sin(40 * T))
    pool = Pool()
    assert pool.offer(data.fit(multiply(free(1.0), X)))
    assert not pool.offer(data.fit(multiply(free(1.0), X)))  # known
    long = add(free(1.0), multiply(free(1.0), apply(LIBRARY["tanh"], apply(LIBRARY["exp"], X))))
    assert not pool.offer(data.fit(long))  # longer and worse


def test_exponents_of_positive_inputs_alone_become_free():
    x = np.stack([T, T - 1], 1)

    def change(tree):
        return free_exponents(tree, x)

    assert change(power(X, 2)).free_count == 1
    assert change(power(Y, 2)) is None  # not positive
    assert change(power(add(X, exact(1)), 2)) is None  # of no input
    assert change(multiply(power(X, 2), power(Y, 3))).free_count == 1
    three = add(power(X, 2), multiply(Y, power(X, 3)), power(X, 4))
    assert change(three) is None  # too many
    assert change(add(power(X, 2), multiply(Y, power(X, 3)))).free_count == 2


def test_exact_numbers_stay_when_a_fit_is_tidied():
    y = 3 * T + np.random.default_rng(0).normal(size=48)
    data = rows(T, y)
    fit = data.fit(add(multiply(free(3.0), X), free(0.0), multiply(exact(2), power(X, 2))))
    made = tidy(fit, data)
    assert 2.0 in [n.value for n in made.tree.numbers() if n.exact is not None]


def test_terms_come_from_functions_that_the_library_has():
    plain = Library(f for n, f in LIBRARY.items() if n in ("log", "1/x"))

    def powers(column, library):
        found = _single_terms(column, X, library, 16.0)
        return [term.kind for term in found].count("power")

    assert powers(T, LIBRARY) == len(BROKEN)
    assert powers(T, plain) == 0
    assert powers(T - T[0], LIBRARY) == 0  # a power of 0
    assert _single_terms(np.ones(48), X, LIBRARY, 16.0) == []


def test_columns_of_moderate_size_alone_are_kept():
    x = np.stack([T, 1e7 * T, 1 + 1e-9 * T], 1)
    values, trees = pair_columns(x)
    assert (np.abs(values) < 1e6).all()
    assert len(trees) == values.shape[1]
    assert {add(X, Input(2)).key} <= {tree.key for tree in trees}
    values, trees = inner_columns(x, LIBRARY, 5)
    spans = np.ptp(values, axis=0)
    assert ((spans > 1e-7) & (spans < 1e7)).all()
    zero, _ = pair_columns(np.stack([T, np.append(0.0, T[1:])], 1))
    assert np.isfinite(zero).all()


def test_simple_functions_are_those_of_low_complexity_without_a_power():
    names = {tree.function.name for tree in list_functions(T[:, None], LIBRARY).trees}
    for name, f in LIBRARY.items():
        simple = f.power is None and f.free in ("", "shift") and f.complexity <= SIMPLE
        with np.errstate(all="ignore"):
            values = f.evaluate(T)
        assert (name in names) == bool(simple and np.isfinite(values).all()), name
    assert not any(LIBRARY[name].power for name in names)


@pytest.mark.parametrize("size", [0.0, 1e-7, 1.0, 1e30])
def test_the_exponential_of_an_input_does_not_overflow(size):
    leaves = list_powers(size * T[:, None], LIBRARY)
    assert np.isfinite(leaves.values).all()
    assert np.ptp(leaves.values[-1]) > 0.05 or size == 0.0


@pytest.mark.parametrize(("largest", "most"), [(1700, 8), (1699, 7), (700, 3), (699, 3), (1, 3)])
def test_fewer_frequencies_are_tried_where_tables_would_be_large(monkeypatch, largest, most):
    monkeypatch.setattr(wave_spectra, "LARGEST", largest)
    t = np.linspace(-1, 1, 100)
    table = np.exp(-1j * wave_spectra.STEP * t[:, None] * np.arange(-8, 9))
    wave = np.cos(8 * wave_spectra.STEP * t)
    steps, _, tried = find_peaks(wave, [table], np.ones((1, 100, 17), dtype=complex))
    assert steps[0, 0] == most
    assert tried == (most + 1) * (2 * most + 1)


def test_rows_of_a_curve_that_says_nothing_have_no_weight():
    made = CurveRows.of(T, 0 * T, T, np.ones(48), 1.0)
    assert (made.floor, made.weight.any()) == (1.0, False)
    assert made.name(T, LIBRARY, Budget(9.0)) == []


def test_one_function_of_rows_that_are_0_is_none():
    assert fit_one_function(HOSTILE["zeros"], LIBRARY, Budget(9.0, 10), factors=(), links=1) == []
