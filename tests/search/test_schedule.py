"""The rounds of the search: their dictionaries, what stands where, and in which order."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from edgewise.formula.data import Data
from edgewise.formula.expression import Input, Sum, apply
from edgewise.formula.library import LIBRARY
from edgewise.formula.program import Program
from edgewise.search import search_schedule
from edgewise.search.angles import make_angle
from edgewise.search.composite_search import Leaves
from edgewise.search.left_sides import left_sides
from edgewise.search.search import Effort, Guess
from edgewise.search.search_schedule import (
    Level,
    below_the_line,
    cheap_leaves,
    cheapest,
    composed_leaves,
    guess_by_left_sides,
    level_terms,
    make_guesses,
    projection_leaves,
)
from edgewise.search.terms import Terms, enumerate_terms, pick_distinct

ROWS = np.random.default_rng(0).uniform(0.4, 2.3, (40, 5))
SMALL = Level(
    terms=40, scaled=0, links=2, effort=Effort(2, 4, 20, 2, 6), aside=Effort(1, 4, 10, 1),
    multiples=0, improved=2,
)  # fmt: skip


def keys(terms):
    return {terms.tree(k).key for k in range(len(terms))}


def sources(level, y=None, inputs=2):
    x = ROWS[:, :inputs]
    y = np.exp(x[:, 0] * 0.3) + 0.1 * x[:, -1] if y is None else y
    data = Data.of(x, y)
    terms = level_terms(data, LIBRARY, 4.0, level)
    return [g.source for g in make_guesses(data, terms, LIBRARY, level, 4.0)]


@pytest.mark.parametrize("inputs", [1, 2, 4, 5])
def test_angles_are_terms_of_two_to_four_inputs(inputs):
    x = ROWS[:, :inputs] - 1
    terms = level_terms(Data.of(x, x[:, 0]), LIBRARY, 4.0, SMALL)
    angles = {make_angle(Input(0), Input(1), LIBRARY).key} if inputs > 1 else {"none"}
    assert (angles <= keys(terms)) == (1 < inputs <= 4)


@pytest.mark.parametrize(("inputs", "paired"), [(1, False), (2, True), (4, True), (5, False)])
def test_pairs_of_inputs_are_arguments_of_scaled_terms_of_few_inputs(inputs, paired):
    x = ROWS[:, :inputs]
    data = Data.of(x, x[:, 0])
    level = replace(SMALL, scaled=4000)
    plain = level_terms(data, LIBRARY, 2.0, SMALL)
    terms = level_terms(data, LIBRARY, 2.0, level)
    assert len(terms) > len(plain)
    np.testing.assert_array_equal(terms.values[: len(plain)], plain.values)
    new = [terms.tree(k) for k in range(len(plain), len(terms))]
    assert all(tree.free_count > 0 for tree in new)
    assert any(len(tree.inputs) == 2 for tree in new) == paired
    for k in range(len(plain), len(terms), 97):
        np.testing.assert_allclose(
            Program(terms.tree(k)).values(x), terms.values[k], rtol=1e-9, atol=1e-12
        )


def test_a_single_input_has_many_scaled_terms_and_products_with_them():
    x = ROWS[:, :1]
    terms = level_terms(Data.of(x, x[:, 0]), LIBRARY, 8.0, replace(SMALL, scaled=10))
    plain = level_terms(Data.of(x, x[:, 0]), LIBRARY, 8.0, SMALL)
    assert len(terms) - len(plain) > 500
    two = ROWS[:, :2]
    few = level_terms(Data.of(two, two[:, 0]), LIBRARY, 8.0, replace(SMALL, scaled=10))
    assert len(few) == len(level_terms(Data.of(two, two[:, 0]), LIBRARY, 8.0, SMALL)) + 10


def test_inner_terms_are_compositions_of_smooth_functions():
    x = ROWS[:, :2]
    data = Data.of(x, x[:, 0])
    plain = level_terms(data, LIBRARY, 2.0, SMALL)
    terms = level_terms(data, LIBRARY, 2.0, replace(SMALL, inner=4000))
    new = [terms.tree(k).key for k in range(len(plain), len(terms))]
    assert 0 < len(new) <= 4000
    assert not any("abs" in key or "arctan" in key or "cosh" in key for key in new)
    fewer = level_terms(data, LIBRARY, 2.0, replace(SMALL, inner=30))
    assert len(fewer) == len(plain) + 30


def test_the_cheapest_terms_are_no_zeros_and_those_below_a_line_are_no_sums():
    x = ROWS[:, :2].copy()
    x[0, 0] = 0.0
    terms = enumerate_terms(x, LIBRARY, most=150)
    chosen = cheapest(terms, 20)
    good = [k for k in np.argsort(terms.costs, kind="stable") if (terms.values[k] != 0).all()]
    assert chosen == good[:20]
    below = below_the_line(terms)
    assert below
    assert set(below) <= set(good)
    assert not any(isinstance(terms.tree(k), Sum) for k in below)
    assert len(pick_distinct(terms.values[below], terms.costs[below])) == len(below)
    most_alike = np.abs(np.corrcoef(terms.values[below]) - np.eye(len(below))).max()
    assert most_alike < 1 - 1e-9


def test_no_more_terms_stand_below_the_line_than_are_useful():
    many = enumerate_terms(ROWS[:, :3], LIBRARY, most=400)
    few = enumerate_terms(ROWS[:, :1], LIBRARY.only("x", "x^2"), most=3)
    assert len(below_the_line(many)) > len(below_the_line(few)) > 0


def test_cheap_leaves_are_distinct_terms_with_their_trees():
    terms = enumerate_terms(ROWS[:, :2], LIBRARY, most=60)
    leaves = cheap_leaves(terms, 7)
    np.testing.assert_array_equal(leaves.values, terms.values[terms.distinct[:7]])
    assert [t.key for t in leaves.trees] == [terms.tree(int(k)).key for k in terms.distinct[:7]]


@pytest.mark.parametrize("inputs", [1, 2, 5])
def test_leaves_of_a_projection_have_the_values_of_their_trees(inputs):
    x = ROWS[:, :inputs]
    terms = enumerate_terms(x, LIBRARY, most=100)
    inner, around = projection_leaves(x, terms, LIBRARY)
    for leaves in (inner, around):
        assert len(leaves.values) == len(leaves.trees)
        for values, tree in zip(leaves.values, leaves.trees, strict=True):
            np.testing.assert_allclose(Program(tree).values(x), values)
    assert [t.key for t in inner.trees[:inputs]] == [Input(i).key for i in range(inputs)]
    if inputs == 1:
        assert len(inner.trees) > 10
        assert len(around.trees) > 10
        assert any(t.key == apply(LIBRARY["arctan"], Input(0)).key for t in inner.trees)
    else:
        assert len(inner.trees) <= 14
        assert len(around.trees) == 6
    paired = any(len(t.inputs) == 2 for t in inner.trees)
    assert paired == (inputs == 2)


@pytest.mark.parametrize("inputs", [1, 2])
def test_compositions_are_joined_by_pairs_for_one_input(inputs):
    x = ROWS[:, :inputs]
    inner, _ = projection_leaves(x, enumerate_terms(x, LIBRARY, most=60), LIBRARY)
    leaves = composed_leaves(x, LIBRARY, inner)
    alone = cheap_leaves(enumerate_terms(x, LIBRARY, most=100), 100)
    assert (len(leaves.trees) > len(alone.trees)) == (inputs == 1)
    for values, tree in zip(leaves.values[::9], leaves.trees[::9], strict=True):
        np.testing.assert_allclose(Program(tree).values(x), values, rtol=1e-9)
    assert len(pick_distinct(leaves.values, np.arange(len(leaves.values)))) == len(leaves.trees)


# ---- the order of the guesses -----------------------------------------------------------------


def first_places(names):
    return {name: names.index(name) for name in dict.fromkeys(names)}


def test_sums_come_before_products_before_ratios_and_quick_left_sides_last():
    names = sources(replace(SMALL, sides=10, right=30))
    place = first_places(names)
    assert place["sum under x"] < place["product under x"] < place["sum under exp"]
    assert place["sum under exp"] < place["ratio under x"] < place["ratio under exp"]
    assert max(place, key=place.__getitem__) in ("left side", "sum under a left side")
    assert "multiple of a sum" not in names
    assert "sum under 1/x" not in names  # the level has two links


def test_multiples_are_guessed_where_the_level_says_so():
    names = sources(replace(SMALL, multiples=2))
    assert names.count("multiple of a sum") > 0
    last = len(names) - 1 - names[::-1].index("multiple of a sum")
    assert all(name == "ratio under x" for name in names[last + 1 :])


@pytest.fixture
def projections(monkeypatch):
    """What variable projection is asked for; its answer is one guess."""
    asked = []

    def record(inner, around, **settings):
        asked.append({"inner": inner, "around": around, **settings})
        yield Guess(Input(0), 0.5, 1, f"projected under {settings['link'].function}")

    monkeypatch.setattr(search_schedule, "search_by_projection", record)
    return asked


def test_projections_come_first_and_left_sides_before_them(projections):
    level = replace(SMALL, projected=1, sides=10, right=30, price=4)
    names = sources(level)
    place = first_places(names)
    assert place["left side"] < place["projected under x"] < place["sum under x"]
    assert "left side" not in names[place["sum under x"] :]
    assert len(projections) == 2
    compositions, with_factors = projections
    assert len(compositions["around"].trees) == 0
    assert len(compositions["inner"].trees) > len(with_factors["inner"].trees)
    assert len(with_factors["around"].trees) > 0
    assert not with_factors["pairs"]


def test_later_levels_try_pairs_instead_of_compositions_and_further_links(projections):
    sources(replace(SMALL, projected=2))
    assert [(p["link"].function, p.get("pairs")) for p in projections] == [
        ("x", True),
        ("exp", None),
        ("exp", False),
    ]
    assert {p["reach"] for p in projections} == {4.0}


def test_links_that_do_not_fit_are_passed_over(projections):
    sources(replace(SMALL, projected=2, links=3), y=np.sin(9 * ROWS[:, 0]))
    assert {p["link"].function for p in projections} == {"x"}


def test_the_first_left_sides_are_unfolded(projections):
    data = Data.of(ROWS[:, :1], np.exp(0.3 * ROWS[:, 0]), np.arange(1.0, 41.0))
    level = replace(SMALL, sides=10, right=30, unfolded=3, price=4)
    names = [g.source for g in guess_by_left_sides(data, LIBRARY, level, 4.0)]
    assert names.count("projected under left side") == len(projections) == 3
    assert names[-3:] == ["projected under left side"] * 3
    along = level_terms(data, LIBRARY, 4.0, replace(level, terms=30))
    sides = left_sides(data.y, along, LIBRARY, 10, x=data.x[:, 0])
    for asked, side in zip(projections, sides, strict=False):
        np.testing.assert_allclose(asked["link"].inverse(data.y), side.values)
        assert asked["weight"] is data.weight
        assert len(asked["around"].trees) == 0
        assert [t.key for t in asked["inner"].trees[:1]] == ["x0"]
    list(guess_by_left_sides(data, LIBRARY, replace(level, unfolded=0), 4.0))
    assert len(projections) == 3


def test_without_sides_there_are_no_left_sides():
    data = Data.of(ROWS[:, :2], ROWS[:, 0])
    assert list(guess_by_left_sides(data, LIBRARY, SMALL, 4.0)) == []


@pytest.mark.parametrize("price", [4, 8])
def test_a_guess_of_a_left_side_costs_the_same_at_every_level(price):
    """The work is in units of the level's mean guess."""
    x = ROWS[:, :2]
    data = Data.of(x, np.exp(0.3 * x[:, 0] + 0.1 * np.sin(5 * x[:, 1])))
    level = replace(SMALL, sides=30, right=40, price=price)
    found = list(guess_by_left_sides(data, LIBRARY, level, 4.0))
    assert found
    assert {g.work * price for g in found} == {4.0}


def test_no_leaves_are_no_terms():
    empty = Terms(np.empty((0, 5)), np.empty(0, dtype=np.int64), [])
    assert isinstance(cheap_leaves(empty, 3), Leaves)
    assert cheapest(empty, 3) == []


def test_all_forms_are_searched_with_the_weights_and_links_of_the_level(monkeypatch):
    asked = []
    for name in ("search_sums", "search_products", "search_ratios", "search_multiples"):

        def record(*args, name=name, **settings):
            asked.append((name, settings.get("links"), settings["weight"], settings.get("whole")))
            return iter(())

        monkeypatch.setattr(search_schedule, name, record)
    weight = np.linspace(0.5, 1.5, 40)
    data = Data.of(ROWS[:, :2], ROWS[:, 0] ** 2, weight)
    terms = enumerate_terms(data.x, LIBRARY, most=40)
    level = replace(SMALL, multiples=2, links=5)
    assert list(make_guesses(data, terms, LIBRARY, level, 4.0)) == []
    assert all(w is data.weight for _, _, w, _ in asked)
    assert all(whole == range(2) for name, _, _, whole in asked if name == "search_products")
    links = {
        name: [len(some) for n, some, *_ in asked if n == name and some is not None]
        for name in ("search_sums", "search_products", "search_ratios")
    }
    assert links == {
        "search_sums": [1, 4, 1],
        "search_products": [1, 1, 3],
        "search_ratios": [1, 4],
    }
    assert [name for name, *_ in asked].count("search_multiples") == 2
