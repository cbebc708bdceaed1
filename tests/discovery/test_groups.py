"""One form for several groups: fits, ties, the search and what is told of each group."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import edgewise as ew
from edgewise.discovery.calibration import GroupStatistics, calibrate
from edgewise.discovery.function_swaps import list_neighbours
from edgewise.discovery.group_joint import fit_joint, standard_errors
from edgewise.discovery.group_moves import align, simplify, sort_parts, tie
from edgewise.discovery.group_starts import fit_from_starts, linear_places, wave_places
from edgewise.discovery.group_sums import explain, list_sums
from edgewise.discovery.grouped import judge_forms, measure_lead
from edgewise.discovery.grouped_result import describe_groups
from edgewise.discovery.groups import Groups, fit_own
from edgewise.formula.data import Data
from edgewise.formula.expression import Product, Sum, add, exact, free, free_each, multiply
from edgewise.formula.forms import form_of
from edgewise.formula.library import LIBRARY
from edgewise.formula.parse import parse_formula
from edgewise.formula.program import refit
from edgewise.search.polish import drop_parts, soften
from edgewise.search.search_schedule import LEVELS, level_terms
from edgewise.search.subtree_repair import Parts, repairs
from markup import Page
from random_trees import random_tree

RATES = np.array([0.5, 1.1, 1.7, 2.4])


def decays(noise=0.0, rows=40):
    """Four groups y = a exp(-b t) + 2 with a and b of their own."""
    generator = np.random.default_rng(3)
    t = generator.uniform(0, 3, (4 * rows, 1))
    group = np.repeat(np.arange(4), rows)
    y = (1 + group) * np.exp(-RATES[group] * t[:, 0]) + 2
    return Groups.of(t, y + noise * generator.normal(size=len(y)), None, group)


def form_of_text(text, groups):
    return groups.form(sort_parts(parse_formula(text)[0]))


# ---- fits -------------------------------------------------------------------------------------


def test_own_numbers_are_those_of_a_fit_of_each_group():
    groups = decays(noise=0.05)
    form = fit_own(form_of_text("1.5*exp(-1.2*x0) + 1.9", groups), groups, 40)
    for data, tree in zip(groups.data, form.trees(), strict=True):
        alone = refit(parse_formula("1.5*exp(-1.2*x0) + 1.9")[0], data.x, data.y, steps=60)
        assert data.measure(tree).fvu * data.variance == pytest.approx(alone.mse, rel=1e-6)


def test_joint_fit_is_least_squares_where_groups_are_equally_noisy():
    # y = a_g x + b, one b: normal equations solved directly.
    generator = np.random.default_rng(0)
    x = generator.uniform(-1, 1, (90, 1))
    group = np.repeat([0, 1, 2], 30)
    y = np.array([1.0, 2.0, 3.0])[group] * x[:, 0] + 0.7
    noise = generator.normal(size=90)
    groups = Groups.of(x, y + 1e-3 * noise, None, group)
    form = form_of_text("1.5*x0 + 0.5", groups)
    constant = next(k for k, n in enumerate(form.tree.numbers()) if n.value == 0.5)
    form = fit_joint(replace(form, common=frozenset([constant])), groups, 50)
    design = np.zeros((90, 4))
    design[np.arange(90), group] = x[:, 0]
    design[:, 3] = 1
    residual = groups.y - design @ np.linalg.lstsq(design, groups.y, rcond=None)[0]
    weight = np.repeat(np.sqrt(30 / groups.sum(residual**2)), 30)
    solved = np.linalg.lstsq(design * weight[:, None], groups.y * weight, rcond=None)[0]
    slope = 1 - constant
    np.testing.assert_allclose(form.numbers[:, slope], solved[:3], atol=2e-6)
    np.testing.assert_allclose(form.numbers[:, constant], solved[3], atol=2e-6)


def test_standard_errors_of_own_numbers_are_those_of_linear_regression():
    generator = np.random.default_rng(1)
    x = generator.uniform(-1, 1, (60, 1))
    y = 2 * x[:, 0] + 1 + 0.1 * generator.normal(size=60)
    groups = Groups.of(x, y, None, np.repeat([0, 1], 30))
    form = fit_own(form_of_text("1.5*x0 + 0.5", groups), groups, 30)
    errors = standard_errors(form, groups)
    for g, data in enumerate(groups.data):
        design = np.stack([data.x[:, 0], np.ones(30)], 1)
        coef, rest, *_ = np.linalg.lstsq(design, data.y, rcond=None)
        expected = np.sqrt(np.diag(np.linalg.inv(design.T @ design)) * rest[0] / 28)
        values = form.numbers[g]
        order = [int(np.argmin(np.abs(values - c))) for c in coef]
        np.testing.assert_allclose(errors[g, order], expected, rtol=1e-6)


def test_descriptions_sum_over_groups():
    groups = decays(noise=0.05)
    own = fit_own(form_of_text("1.5*exp(-1.2*x0) + 1.9", groups), groups, 40)
    data = sum(
        d.measure(t).length - d.measure(t).bits
        for d, t in zip(groups.data, own.trees(), strict=True)
    )
    assert own.length - own.bits == pytest.approx(data, rel=1e-9)


def decays_of_few_rows(noise):
    """Decays from 3 to 1 of 100, 6, 5 and 4 rows."""
    rates, sizes = (0.4, 0.7, 1.1, 1.6), (100, 6, 5, 4)
    t = np.concatenate([np.linspace(0, 6, size) for size in sizes])
    group = np.repeat(np.arange(4), sizes)
    y = 3 * np.exp(-np.array(rates)[group] * t) + 1
    noise = noise * np.random.default_rng(0).normal(size=len(y))
    return Groups.of(t[:, None], y + noise, None, group)


def test_groups_of_as_many_rows_as_numbers_tell_nothing_of_the_noise():
    groups = decays_of_few_rows(noise=0.01)
    right = fit_own(form_of_text("3.1*exp(-0.9*x0) + 1.1", groups), groups, 40)
    text = "3.9 - 1.1*x0 + 0.2*x0**2 - 0.1*x0**3"
    wrong = fit_own(form_of_text(text, groups), groups, 60)
    assert wrong.fvu[-1] < 1e-20 < right.fvu[-1]
    assert right.length < wrong.length
    assert judge_forms([right, wrong], groups).kind == "law"
    errors = standard_errors(wrong, groups)
    assert (errors[-1, wrong.own] > 1e-3).all()
    assert "group 3 has 4 rows for 4 numbers" in judge_forms([wrong], groups).reason
    nothing = Groups.of(groups.x[-8:], groups.y[-8:], None, np.repeat([0, 1], 4))
    every = fit_own(form_of_text(text, nothing), nothing, 60)
    assert every.noise_in(nothing).pooled == 1.0
    assert every.length > 0


def test_only_the_number_that_is_common_is_tied_and_then_simple():
    groups = decays(noise=0.02)
    own = fit_own(form_of_text("1.5*exp(-1.2*x0) + 1.9", groups), groups, 40)
    tied = tie(own, groups)
    assert len(tied.common) == 1
    np.testing.assert_allclose(tied.numbers[:, sorted(tied.common)[0]], 2, atol=0.05)
    plain = simplify(tied, groups)
    assert not plain.common
    assert plain.length < tied.length < own.length
    assert 2.0 in [n.value for n in plain.tree.numbers() if n.exact is not None]


def test_groups_that_went_astray_find_their_frequency():
    generator = np.random.default_rng(4)
    t = generator.uniform(0, 8, (200, 1))
    group = np.repeat(np.arange(5), 40)
    omega = np.array([1.0, 2.3, 3.1, 5.0, 4.2])
    groups = Groups.of(t, np.sin(omega[group] * t[:, 0] + 0.3), None, group)
    form = fit_own(form_of_text("1.1*sin(1.05*x0 + 0.2)", groups), groups, 30)
    assert form.fvu.max() > 0.1
    assert fit_from_starts(form, groups, 0).fvu.max() < 1e-20


def test_places_of_numbers():
    tree = sort_parts(parse_formula("1.5*exp(-1.2*x0) + 1.9*x0*sin(2.5*x0) + 0.7")[0])
    values = [n.value for n in tree.numbers()]
    assert sorted(values[k] for k in linear_places(tree)) == [0.7, 1.5, 1.9]
    assert [(values[k], i) for k, i in wave_places(tree)] == [(2.5, 0)]


# ---- other forms ------------------------------------------------------------------------------


def test_trees_of_one_form_are_aligned_whatever_their_numbers():
    texts = ["2.5*x0 + 1.5*sin(0.3*x0)", "1.5*sin(7.5*x0) - 2.5*x0"]
    tree = align([parse_formula(t)[0] for t in texts])
    own = {n.value: n.each for n in tree.numbers() if n.each is not None}
    assert own.keys() == {2.5, 0.3}
    assert own[2.5].tolist() == [2.5, -2.5]
    assert own[0.3].tolist() == [0.3, 7.5]
    assert align([parse_formula("sin(x0)")[0], parse_formula("exp(x0)")[0]]) is None


def turn(tree):
    """The tree with the terms of every sum and the factors of every product in reverse order."""
    parts = [turn(part) for part in tree.parts]
    return tree.over(parts[::-1] if isinstance(tree, Sum | Product) else parts)


def test_sorted_parts_do_not_depend_on_the_order_in_which_they_stood():
    rng = np.random.default_rng(0)
    for _ in range(50):
        tree = random_tree(rng, 3)
        assert form_of(sort_parts(turn(tree)), "all") == form_of(sort_parts(tree), "all")


def test_verdicts_of_forms():
    def fitted(text, groups):
        return fit_own(form_of_text(text, groups), groups, 40)

    right, line = "1.5*exp(-1.2*x0) + 1.9", "1.5*x0 + 1.9"
    exact, noisy = decays(), decays(noise=0.05)
    assert judge_forms([fitted(right, exact)], exact).kind == "exact"
    law = judge_forms([fitted(right, noisy), fitted(line, noisy)], noisy)
    assert law.kind == "law"
    assert 0.95 < law.probability < 0.99
    assert judge_forms([fitted(line, noisy)], noisy).kind == "approximation"
    constant = judge_forms([fitted("1.9", noisy)], noisy)
    assert constant.kind == "approximation"
    assert "constant" in constant.reason


def test_a_readable_spelling_may_be_longer_in_the_prior():
    groups = decays(noise=0.05)
    form = fit_own(form_of_text("1.5*exp(x0)**-1.2 + 1.9", groups), groups, 40)
    spelled = simplify(form, groups)
    assert ")**" not in str(spelled.tree)
    np.testing.assert_allclose(np.sort(spelled.numbers), np.sort(form.numbers), rtol=1e-3)
    np.testing.assert_allclose(spelled.fvu, form.fvu, rtol=1e-6)


@pytest.mark.parametrize("change", [
    lambda tree: multiply(tree, tree.parts[0]),
    soften,
    lambda tree: next(list_neighbours(tree, {"sin": LIBRARY["sin"]})),
], ids=["product", "soften", "neighbour"])  # fmt: skip
def test_a_changed_tree_keeps_the_numbers_of_each_group(change):
    groups = decays()
    form = fit_own(form_of_text("1.5*exp(-1.2*x0) + 1.9", groups), groups, 40)
    changed = groups.form(change(form.tree))
    assert len(changed.tree.numbers()) == changed.numbers.shape[1]
    assert any(np.allclose(column, -RATES) for column in changed.numbers.T)


def test_numbers_that_are_folded_are_folded_in_each_group():
    own, other = free_each(np.array([1.5, 2.5])), free_each(np.array([3.0, -4.0]))
    for fold, expected in ((add, [4.5, -1.5]), (multiply, [4.5, -10.0])):
        assert fold(own, other).each.tolist() == expected
        assert fold(own, other).value == expected[0]
        assert fold(own, exact(1, 2)).each is not None
    assert add(own, free(1.0)).each.tolist() == [2.5, 3.5]
    assert add(free(2.0), free(1.0)).each is None
    assert free_each(np.array([2.0])).each is None


def test_needless_parts_go_and_missing_ones_come():
    groups = decays(noise=0.02)
    long = fit_own(form_of_text("1.5*exp(-1.2*x0) + 1.9 + 0.1*x0**2", groups), groups, 40)
    assert drop_parts(long, groups).tree.size < long.tree.size
    constant = fit_own(form_of_text("0.5*x0 + 1.9", groups), groups)
    data = Data(groups.x, groups.y)
    terms = level_terms(data, LIBRARY, 16.0, LEVELS[0])
    parts = Parts.of(terms, terms.distinct)
    fits = [groups.fit(tree, 3) for tree in repairs(constant, groups, parts)]
    assert min(f.length for f in fits) < constant.length - 200


def test_explained_variance_of_pairs_is_that_of_least_squares():
    generator = np.random.default_rng(7)
    values, target = generator.normal(size=(4, 50)), generator.normal(size=50)
    weight = generator.uniform(0.5, 2, 50)
    weight /= weight.sum()
    told = explain(values, target, weight)
    root = np.sqrt(weight)
    total = np.sum((root * (target - target @ weight)) ** 2)
    for chosen in ([0], [1, 3], [2, 0]):
        design = np.concatenate([values[chosen], np.ones((1, 50))]).T * root[:, None]
        left = target * root - design @ np.linalg.lstsq(design, target * root, rcond=None)[0]
        assert told[chosen[0], chosen[-1]] == pytest.approx(1 - left @ left / total, abs=1e-12)


def test_a_power_times_an_exponential_is_read_off_all_groups():
    generator = np.random.default_rng(8)
    x = generator.uniform(0.2, 6, (200, 1))
    group = np.repeat(np.arange(4), 50)
    y = (1.0 + group) * x[:, 0] ** 1.5 * np.exp(-RATES[group] * x[:, 0])
    spread = np.array([y[group == g].std() for g in range(4)])[group]
    groups = Groups.of(x, y + 0.02 * spread * generator.normal(size=200), None, group)
    terms = level_terms(Data(groups.x, groups.y), LIBRARY, 16.0, LEVELS[0])
    clean = Groups.of(x, y, None, group)
    fits = [clean.fit(tree, 20) for tree in list_sums(groups, terms, LIBRARY)]
    assert min(f.fvu.max() for f in fits) < 1e-20


# ---- the search -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def cooling():
    generator = np.random.default_rng(5)
    minutes = np.tile(np.linspace(0, 4, 30), 4)
    cup = np.repeat(["a", "b", "c", "d"], 30)
    own = {"a": 0.4, "b": 0.9, "c": 1.3, "d": 2.0}
    y = 3 * np.exp(-np.array([own[c] for c in cup]) * minutes)
    y = y + 0.02 * generator.normal(size=len(y))
    table = pd.DataFrame({"minutes": minutes, "cup": cup})
    found = ew.discover(
        table, y, group="cup", budget=1000, evaluations=6000, library=["x", "exp", "x^2"],
        progress=False,
    )  # fmt: skip
    return found, table, y, own


def test_one_form_with_a_number_of_each_group(cooling):
    found, table, y, own = cooling
    assert found.input_names == ["minutes"]
    assert list(found.groups.index) == ["a", "b", "c", "d"]
    assert len(found.parameters) == 1
    np.testing.assert_allclose(
        found.groups[found.parameters[0]].abs(), list(own.values()), atol=0.03
    )
    errors = found.groups[f"± {found.parameters[0]}"]
    assert ((errors > 1e-4) & (errors < 0.02)).all()
    assert found.verdict.kind == "law"
    told = found.predict(table[["minutes"]], table["cup"])
    assert float(np.mean((told - y) ** 2)) < 6e-4
    one = found.formula_of("c").predict([[0.0], [1.0]])
    np.testing.assert_allclose(one, found.predict([[0.0], [1.0]], "c"))


def test_the_page_has_a_curve_for_each_group(cooling):
    page = cooling[0].html()
    for label in "abcd":
        assert f"<h3>{label}</h3>" in page
    assert "group c" in page
    assert page.index("<h2>Groups</h2>") < page.index("<h2>Residuals</h2>")


def test_a_number_of_each_group_is_no_input_and_the_winner_no_rival(cooling):
    found, *_ = cooling
    (own,) = found.parameters
    page = Page(found.html())
    text = " ".join(page.words)
    assert f"from minutes; {own} has its own value in each group" in text
    assert "R² of predicting each group's mean" in text
    assert "The next measurement" not in text
    assert [f.brief(3) for f in found.whole.alternatives].count(found.winner.brief(3)) == 0
    line = repr(found)
    assert "\n" not in line
    assert line.endswith("4 groups>")
    assert found.winner.latex() in found._repr_latex_()
    assert "from minutes;" in found._repr_html_()


def test_groups_stand_in_the_order_of_the_numbers_in_their_names(cooling):
    found, *_ = cooling
    names = ["drug 20", "drug 5", "drug 100", "none"]
    told = replace(found, groups=found.groups.set_axis(names), group=np.repeat(names, 30))
    shown = [label for label, _ in describe_groups(told)["rows"]]
    assert shown == ["drug 5", "drug 20", "drug 100", "none"]


def test_unknown_groups_and_wrong_widths_are_refused(cooling):
    found = cooling[0]
    with pytest.raises(ValueError, match=r"expected groups among .* got 'e'"):
        found.predict([[1.0]], "e")
    with pytest.raises(ValueError, match=r"shape \(rows, 1\)"):
        found.predict([[1.0, 2.0]], ["a"])


@pytest.mark.parametrize(
    ("group", "options", "words"),
    [
        ("planet", {}, "group to be a column"),
        (np.zeros(40), {}, "at least 2 groups"),
        (np.arange(40), {}, "of 4 rows or more"),
        (np.zeros(39), {}, "a group for each of 40 rows"),
        (np.repeat([0, 1], 20), {"units": {"x0": "m"}}, "group without units"),
        (np.repeat([0, 1], 20), {"robust": True}, "group without robust"),
        (np.array([None] * 20 + [1] * 20, dtype=object), {}, "missing ones"),
        (pd.Series([pd.NA] * 20 + ["a"] * 20, dtype="string"), {}, "missing ones"),
        (np.array(["NaT", "2020-01-01"] * 20, "datetime64[ns]"), {}, "missing ones"),
        (np.array([1, "a"] * 20, dtype=object), {}, "one kind, such as texts .* got int and str"),
        (np.repeat([0, 1], 20), {"sample_weight": np.full(40, np.nan)}, "from nan"),
        (np.repeat([0, 1], 20), {"sample_weight": -np.ones(40)}, "from -1"),
        (np.repeat([0, 1], 20), {"sample_weight": ["1"] * 40}, "numbers, got text"),
    ],
)
def test_groups_that_are_none(group, options, words):
    x = np.linspace(0, 1, 40)[:, None]
    with pytest.raises(ValueError, match=words):
        ew.discover(x, x[:, 0], group=group, progress=False, **options)


@pytest.mark.parametrize("size", [1e300, 1e-300])
def test_groups_of_a_huge_or_tiny_y_are_refused(size):
    """Their squares leave float64, so that the search had neither an error nor an R²."""
    x = np.linspace(1, 2, 40)[:, None]
    with pytest.raises(ValueError, match=r"with group, got .* as the largest of y: divide"):
        ew.discover(x, size * x[:, 0], group=np.repeat([0, 1], 20), progress=False)


def test_groups_of_two_kinds_in_a_list_are_texts_in_predictions_too():
    x, group = np.tile(np.linspace(1, 2, 8), 2)[:, None], [1] * 8 + ["a"] * 8
    found = ew.discover(
        x,
        np.repeat([2.0, 5.0], 8) * x[:, 0],
        group=group,
        library=["x"],
        budget=0.2,
        progress=False,
    )
    np.testing.assert_allclose(found.predict(x, group), np.repeat([2.0, 5.0], 8) * x[:, 0])


def test_groups_of_several_outputs_are_refused():
    x = np.linspace(0, 1, 40)[:, None]
    with pytest.raises(ValueError, match="one column of numbers"):
        ew.discover(x, np.hstack([x, x]), group=np.repeat([0, 1], 20), progress=False)


@pytest.mark.parametrize("make", ["pandas", "polars", "pyarrow"])
def test_the_column_of_groups_in_frames_of_every_library(make):
    module = pytest.importorskip(make)
    t = np.tile(np.linspace(1, 3, 12), 2)
    rows = {"t": t, "dish": ["A"] * 12 + ["B"] * 12}
    table = module.table(rows) if make == "pyarrow" else module.DataFrame(rows)
    found = ew.discover(
        table, t * np.repeat([2.0, 5.0], 12), group="dish", library=["x"], budget=0.2,
        progress=False,
    )  # fmt: skip
    assert found.input_names == ["t"]
    assert found.groups.iloc[:, 0].round(6).tolist() == [2.0, 5.0]
    assert found.predict([[2.0]], group="B").round(6).tolist() == [10.0]


def test_a_form_is_the_likelier_the_farther_it_leads_and_the_shorter_it_is():
    def told(lead, prior, constant=3000.0):
        return calibrate(GroupStatistics(lead, prior, constant))

    assert told(20, 25) > told(5, 25) > told(5, 40) > told(5, 40, constant=100)
    assert told(30, 25) == told(3000, 25)
    assert told(7, 60) < 0.1 < 0.9 < told(30, 30)


def test_the_lead_is_over_forms_that_do_not_hold_the_winner():
    x, slope = np.linspace(0.5, 4, 40), np.repeat([1.0, 2.0, 3.0], 40)
    noise = np.random.default_rng(3).normal(size=120) * 0.05
    columns = np.tile(x, 3)[:, None]
    y = slope * columns[:, 0] + 1 + noise
    groups = Groups.of(columns, y, None, np.repeat(["a", "b", "c"], 40))
    line, longer, other = (
        groups.fit(parse_formula(text)[0])
        for text in ("2*x0 + 1.1", "2*x0 + 1.1 + 0.1*x0**2", "2*sin(x0) + 1.1")
    )
    told = measure_lead([line, longer, other], groups)
    assert told.lead == pytest.approx(other.length - line.length)
    assert told.constant == pytest.approx(groups.plain_length - line.length)
    assert measure_lead([line], groups).lead == math.inf
