"""Every search that takes weights: rows of weight 0 say nothing, whatever their y is."""

from __future__ import annotations

import numpy as np
import pytest

from edgewise.formula.data import Data
from edgewise.formula.library import LIBRARY
from edgewise.formula.program import Program
from edgewise.search.budget import Budget
from edgewise.search.composite_search import Leaves, search_by_projection
from edgewise.search.function_powers import search_powers
from edgewise.search.left_sides import left_sides, search_left_sides
from edgewise.search.links import LINKS
from edgewise.search.one_function import (
    FACTORS,
    OUTER,
    fit_one_function,
    list_monomials,
    list_powers,
)
from edgewise.search.rationals import fit_rationals
from edgewise.search.search import (
    Effort,
    search_multiples,
    search_products,
    search_ratios,
    search_sums,
)
from edgewise.search.terms import enumerate_terms
from edgewise.search.wave_spectra import find_waves

ROWS = np.random.default_rng(0).uniform(0.5, 3, (60, 2))
U, V = ROWS.T
WRONG = np.arange(60) % 5 == 2
EFFORT = Effort(2, 12, 60, 4)
BARE = Leaves(np.empty((0, 60)), ())


def by_projection(data, terms):
    inner = list_monomials(data.x[:, :1], FACTORS)
    return search_by_projection(
        inner, BARE, y=data.y, library=LIBRARY, link=LINKS[0], reach=8.0, weight=data.weight
    )


def by_powers(data, terms):
    inner, around = list_monomials(data.x[:, :1], FACTORS), list_powers(data.x[:, :1], LIBRARY)
    kind = {"library": LIBRARY, "reach": 8.0, "weight": data.weight, "keep": 8}
    return search_powers(inner, around, y=data.y, **kind)


def by_one_function(data, terms):
    alone = Data.of(data.x[:, :1], data.y, data.weight)
    return fit_one_function(alone, LIBRARY, Budget(9.0, 10_000), factors=FACTORS, links=OUTER)


def under_left_sides(data, terms):
    sides = left_sides(data.y, terms, LIBRARY, 8)
    return search_left_sides(sides, terms, most=40, work=1.0, weight=data.weight)


SEARCHES = {
    "sums": (
        lambda d, t: search_sums(t, d.y, LIBRARY, EFFORT, weight=d.weight, links=LINKS),
        np.exp(0.3 * U - 0.5 * V),
    ),
    "products": (
        lambda d, t: search_products(
            t, d.y, LIBRARY, EFFORT, weight=d.weight, whole=(), links=LINKS[:1]
        ),
        3 * U**2 / V,
    ),
    "ratios": (
        lambda d, t: search_ratios(t, d.y, LIBRARY, EFFORT, weight=d.weight),
        (2 * U + 1) / (1 + 0.6 * V),
    ),
    "multiples": (
        lambda d, t: search_multiples(t, d.y, EFFORT, [0, 1], weight=d.weight),
        U * (2 * V + 3),
    ),
    "left sides": (under_left_sides, np.log(2 * U + 3 * V)),
    "projection": (by_projection, 2 * np.sin(1.3 * U + 0.4) + 1),
    "powers": (by_powers, 2 * np.exp(-0.7 * U) * np.sin(0.4 * U + 0.3) ** 2),
    "one function": (by_one_function, 2 * np.tanh(1.3 * U + 0.4) / U + 1),
    "ratios of polynomials": (
        lambda d, t: map(d.measure, fit_rationals(d)),
        (2 * U + 1) / (1 + 0.6 * V),
    ),
    "waves": (lambda d, t: find_waves(d, LIBRARY, most=3, reach=16.0), 2 * np.sin(9 * U + 0.4) + V),
}


@pytest.mark.parametrize("name", SEARCHES)
def test_rows_of_no_weight_say_nothing(name):
    search, y = SEARCHES[name]
    wrong = np.where(WRONG, np.random.default_rng(1).uniform(0.3, 3, 60), y)
    data = Data.of(ROWS, wrong, np.where(WRONG, 0.0, 1.25))
    found = search(data, enumerate_terms(ROWS, LIBRARY, most=40))
    left = [np.square(Program(f.tree).values(ROWS[~WRONG]) - y[~WRONG]).mean() for f in found]
    assert min(left) < 1e-4 * np.var(y)
