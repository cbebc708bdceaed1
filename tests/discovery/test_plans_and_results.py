"""Reductions, plans of a search, searches of groups and results, function by function."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction
from types import SimpleNamespace

import numpy as np
import pytest
from made_up_discoveries import made_up
from test_front_parts import line
from test_group_parts import GROUPS, form_of_line
from test_selection import X, Y, call, problem

from edgewise.discovery import report
from edgewise.discovery.card import format_probability, head_of, make_card, stamp
from edgewise.discovery.formula import Formula
from edgewise.discovery.front import has_steep_power
from edgewise.discovery.function_swaps import list_neighbours
from edgewise.discovery.grouped_search import STEEP, BestForms, fit_everywhere, refit_freed
from edgewise.discovery.groups import fit_own, make_form
from edgewise.discovery.next_measurement import Measurement, propose_measurements
from edgewise.discovery.prior import formula_bits
from edgewise.discovery.reduction import (
    Gradients,
    Reduction,
    _evaluate,
    _is_idle,
    _project,
    make_state,
)
from edgewise.discovery.report import (
    NUMBERS_SHOWN,
    _choose_names,
    _describe_gain,
    _explain_choice,
    _fit,
    _index,
    _list_numbers,
    _row,
    describe,
)
from edgewise.discovery.report_data import compare_rows
from edgewise.discovery.result import BY_UNITS, Discoveries
from edgewise.discovery.strategies import Forms, Named, Started, named
from edgewise.discovery.strategies.alone import search_alone
from edgewise.discovery.strategies.baselines import (
    reduce_problem,
    restore_model,
    scale_rows,
)
from edgewise.discovery.strategies.named import is_of_science, uses_only, weight_of
from edgewise.discovery.strategies.strategy import Candidate
from edgewise.discovery.table import (
    Table,
    _check_sizes,
    _output_names,
    find_threshold,
    read_weights,
)
from edgewise.discovery.unit_text import Dimension, parse_unit
from edgewise.formula.data import Data
from edgewise.formula.expression import (
    Number,
    Product,
    Sum,
    add,
    exact,
    free,
    multiply,
    power,
)
from edgewise.formula.library import LIBRARY
from edgewise.formula.program import Program
from edgewise.formula.verdict import Verdict
from edgewise.laws.errors import Errors
from edgewise.laws.library import LAWS
from edgewise.laws.suggest import SuggestedLaw, framed, list_choices
from edgewise.search.budget import Budget

G = np.random.default_rng(0)
ROWS = G.uniform(0.5, 2, (60, 2))


# ---- reductions -------------------------------------------------------------------------------

REDUCTION = Reduction((multiply(X, Y),), power(X, 2), Y, 0.0, 0.0)


def test_a_reduction_subtracts_and_divides_and_comes_back():
    u, v = ROWS.T
    y = v + u**2 * np.sin(u * v)
    x, left = REDUCTION.apply(ROWS, y)
    np.testing.assert_allclose(x, (u * v)[:, None])
    np.testing.assert_allclose(left, np.sin(u * v))
    whole = REDUCTION.expand(call("sin", X))
    np.testing.assert_allclose(Program(whole).values(ROWS), y)
    plain = Reduction((X,), None, None, 0.0, 0.0)
    np.testing.assert_allclose(plain.apply(ROWS, y)[1], y)
    assert plain.expand(call("sin", X)).key == call("sin", X).key
    assert REDUCTION.size == sum(t.size for t in REDUCTION.trees)
    assert len(REDUCTION.trees) == 3
    assert REDUCTION.numbers == 0
    none = Reduction((), multiply(free(2.0), X), None, 0.0, 0.0)
    assert none.apply(ROWS, y)[0].shape == (60, 0)
    assert none.numbers == 1


def test_a_reduced_problem_has_the_weights_of_its_prefactor():
    weight = G.uniform(0.5, 2, 60)
    weight /= weight.mean()
    for w in (None, weight):
        reduced = REDUCTION.reduce(Data.of(ROWS, ROWS[:, 0], w))
        wanted = ROWS[:, 0] ** 4 * (1 if w is None else w)
        np.testing.assert_allclose(reduced.weight, wanted / wanted.mean())
    undefined = replace(REDUCTION, prefactor=call("log", add(X, exact(-1))))
    assert undefined.reduce(Data.of(ROWS, ROWS[:, 0])) is None
    tiny = ROWS.copy()
    tiny[0, 0] = 1e-9
    clipped = REDUCTION.reduce(Data.of(tiny, tiny[:, 0])).weight
    assert clipped[0] / np.median(clipped) == pytest.approx(1e-6, rel=1e-3)
    plain = Reduction((X,), None, None, 0.0, 0.0).reduce(Data.of(ROWS, ROWS[:, 0]))
    assert plain.weight is None


def test_gradients_are_projected_on_those_of_new_inputs():
    gradient = G.normal(size=(9, 3))
    jacobian = G.normal(size=(9, 2, 3)) * [[[1e3], [1e-2]]]
    error = np.array([0.1, 0.2, 0.3])
    slopes, spread, rest = _project(gradient, jacobian, error)
    for k in range(9):
        wanted = np.linalg.lstsq(jacobian[k].T, gradient[k], rcond=None)[0]
        np.testing.assert_allclose(slopes[k], wanted, rtol=1e-5)
        np.testing.assert_allclose(rest[k], gradient[k] - wanted @ jacobian[k], atol=1e-6)
        covariance = np.linalg.pinv(jacobian[k].T) * error
        np.testing.assert_allclose(spread[k], np.sqrt((covariance**2).sum(1)), rtol=1e-5)
    none = _project(gradient, np.empty((9, 0, 3)), error)
    assert none[0].shape == (9, 0)
    assert none[2] is gradient


def state_of(inputs, prefactor=None, offset=None, f=None, error=1e-3):
    u, v = ROWS.T
    y, gradient = f or (u * v, ROWS[:, ::-1])
    data = Gradients.of(ROWS, y, gradient, np.full(2, error))
    return make_state(data, inputs, prefactor, offset, np.ones(2, dtype=bool))


def test_states_of_right_and_wrong_forms():
    u, v = ROWS.T
    right = state_of([multiply(X, Y)])
    assert right.reduction.score < 1e-6
    np.testing.assert_allclose(right.slopes, 1, rtol=1e-5)
    np.testing.assert_allclose(right.x[:, 0], u * v)
    assert state_of([add(X, Y)]) is None
    scaled = state_of([Y], prefactor=power(X, 2), f=(u**2 * np.sin(v), np.stack(
        [2 * u * np.sin(v), u**2 * np.cos(v)], 1)))  # fmt: skip
    np.testing.assert_allclose(scaled.y, np.sin(v))
    assert scaled.reduction.score < 1e-6
    np.testing.assert_allclose(scaled.slopes[:, 0], np.cos(v), rtol=1e-5)
    np.testing.assert_allclose(scaled.error, np.sqrt(np.mean(1e-6 / u**4)), rtol=1e-3)
    shifted = state_of([Y], offset=power(X, 2), f=(u**2 + v**3, np.stack([2 * u, 3 * v**2], 1)))
    np.testing.assert_allclose(shifted.y, v**3)
    np.testing.assert_allclose(shifted.slopes[:, 0], 3 * v**2, rtol=1e-5)
    for state, inputs, extra in ((right, 1, 0.02 * 3), (shifted, 1, 0.02 * (1 + 3 + 5))):
        wanted = inputs + state.reduction.strain + extra
        assert state.rank == pytest.approx(wanted)
    assert right.fingerprint[0] == 1
    assert state_of([call("log", add(X, exact(-1)))]) is None
    values, slopes = _evaluate(None, ROWS, 3.0)
    assert (values == 3).all()
    assert not slopes.any()


def test_a_new_input_without_influence_is_idle():
    y = ROWS[:, 0]
    x = np.column_stack([ROWS[:, 0], ROWS[:, 1]])
    strong, weak = np.ones((60, 1)), np.full((60, 1), 1e-5)
    inputs = [add(X, Y), Y]
    error = np.full((60, 2), 1e-6)
    assert not _is_idle(inputs, x, y, np.hstack([strong, weak]), error.mean(0))
    assert _is_idle(inputs, x, y, np.hstack([weak, strong]), error.mean(0))
    assert _is_idle(inputs, x, y, np.hstack([strong, strong]), np.full(2, 1.0))
    assert not _is_idle(inputs, x, y, np.hstack([strong, strong]), np.full(2, 0.6))


def test_the_size_of_gradients_has_a_floor():
    data = Gradients.of(ROWS, ROWS[:, 0], np.column_stack([np.ones(60), np.zeros(60)]),
                        np.array([5.0, 1.0]))  # fmt: skip
    np.testing.assert_allclose(data.error, [1, 0])
    width = ROWS.std(0)
    np.testing.assert_allclose(data.size, [1, 1e-12 * width[0] / width[1]])


# ---- plans ------------------------------------------------------------------------------------


def test_given_formulas_are_fitted_as_they_are_and_with_all_numbers_free():
    at = problem(lambda a, b: 2.5 * a**2 + b, 0.01, rows=60)
    budget = Budget(9.0, 1e6)
    start = add(multiply(exact(2), power(X, 2)), Y)
    found = []
    for candidate in Started((start,)).propose(at, budget):
        assert len(found) > 1 or budget.spent == 20 * (len(found) + 1)
        found.append(candidate)
        if len(found) == 4:
            break
    given, loose = found[:2]
    assert given.source == loose.source == "start"
    assert Program(given.tree).values(np.array([[1.0, 1.0]]))[0] == pytest.approx(3)
    assert Program(loose.tree).values(np.array([[1.0, 1.0]]))[0] == pytest.approx(3.5, abs=0.05)
    assert budget.spent >= 40


def test_neighbours_of_a_start_are_proposed_until_the_budget_is_spent():
    at = problem(lambda a, b: np.tanh(a), 0.01, rows=40)
    tree = multiply(free(1.0), call("tanh", multiply(free(1.2), X)))
    every = list(Started((tree,)).propose(at, Budget(9.0, 1e6)))
    assert {c.source for c in every} == {"start", "neighbour of start"}
    brief = list(Started((tree,)).propose(at, Budget(9.0, 10)))
    assert 0 < len(brief) < len(every)


class Listed:
    def __init__(self, *trees):
        self.trees = trees

    def propose(self, problem, budget):
        for tree in self.trees:
            yield Candidate(tree, "t")
        yield Candidate(free(1.0), "mean", mse=1.0)


def test_a_search_alone_ends_with_an_exact_formula_or_lists_the_front():
    at = problem(lambda a, b: 2 * a, rows=40)
    late = Listed(call("exp", X), line(), call("sin", X))
    (only,) = search_alone(at, [late], Budget(9.0))
    assert only.inputs == {0}
    assert Program(only).values(np.array([[3.0, 0.0]]))[0] == pytest.approx(6)
    noisy = problem(lambda a, b: 2 * a, 0.1, rows=40)
    trees = [line(), Sum((line(), free(0.1))), multiply(free(1.0), call("exp", X))]
    found = list(search_alone(noisy, [Listed(*trees)], Budget(9.0)))
    assert len(found) == 3
    assert len(list(search_alone(noisy, [Listed(*trees)], Budget(9.0), most=1))) == 1
    spent = Budget(9.0, 15)
    assert len(list(search_alone(noisy, [Listed(*trees), Listed(*trees)], spent))) < 3


def test_laws_have_weights_by_their_names_and_numbers():
    law = next(w for w in LAWS.values() if is_of_science(w) and not w.same_as)
    same = [w for w in LAWS.values() if law.name in (w.name, w.same_as) and is_of_science(w)]
    assert weight_of(law) == sum(1 + len(w.also) for w in same) / 4 ** len(law.parameters)
    named = {w.same_as for w in LAWS.values()}
    shape = next(w for w in LAWS.values() if w.field == "steps" and w.name not in named)
    assert weight_of(shape) == 0
    assert not is_of_science(replace(law, name="no such law"))
    long = next(w for w in LAWS.values() if len(w.parameters) > 5)
    assert not is_of_science(long)


def test_laws_use_only_functions_of_the_library():
    decay, growth = LAWS["exponential"], LAWS["power_law"]
    some = LIBRARY.only("x", "exp")
    assert uses_only(decay, some)
    assert uses_only(growth, LIBRARY)
    assert not uses_only(growth, some)
    assert not uses_only(decay, LIBRARY.only("x", "sin"))
    assert not uses_only(LAWS["michaelis_menten"], some)
    assert uses_only(LAWS["michaelis_menten"], LIBRARY.only("x", "1/x"))


def test_classes_are_no_laws_and_work_is_limited():
    at = problem(lambda a, b: np.sign(a - 1.1), rows=40, threshold=0.0)
    assert list(Named().propose(at, Budget(9.0))) == []
    noisy = problem(lambda a, b: a * b, 0.1, rows=40)
    budget = Budget(9.0)
    list(Forms(work=200).propose(noisy, budget))
    assert budget.spent < 2000


def test_a_named_law_is_as_likely_as_its_share_of_all_laws(monkeypatch):
    """And any other shape has the prior of an ordinary formula."""
    laws = [LAWS["exponential"], LAWS["michaelis_menten"], framed("exponential", "times")]
    made = [SuggestedLaw(w, (0, 0), np.ones(len(w.parameters)), 0.1) for w in laws]
    monkeypatch.setattr(named, "suggest_laws", lambda *a: iter(made))
    choices = [law for law, _ in list_choices(1, sums_too=True)]
    whole = sum(map(weight_of, choices))
    shapes = 1 + sum(not weight_of(law) for law in choices)
    at = problem(lambda a: a, 0.1, rows=30, inputs=1)
    found = list(Named().propose(at, Budget(60.0)))
    assert [c.source for c in found] == [w.title for w in laws]
    for candidate, law in zip(found, laws, strict=True):
        if weight_of(law):
            wanted = math.log2(whole / weight_of(law)) + 1
        else:
            wanted = formula_bits(candidate.tree, 1) + math.log2(shapes)
        assert candidate.prior_bits == pytest.approx(wanted)
    assert weight_of(laws[0]) > 0
    assert weight_of(laws[2]) == 0


def test_plain_models_of_a_reduced_problem_come_back():
    at = problem(lambda a, b: a**2 * b, 0.1, rows=50)
    reduction = Reduction((Y,), power(X, 2), None, 0.0, 0.0)
    u, v = at.x.T
    np.testing.assert_allclose(scale_rows(at, reduction), u**2)
    np.testing.assert_allclose(scale_rows(at, replace(reduction, prefactor=None)), 1)
    reduced = reduce_problem(at, reduction)
    np.testing.assert_allclose(reduced.x[:, 0], v)
    np.testing.assert_allclose(reduced.y, at.y / u**2)
    np.testing.assert_allclose(reduced.weight, u**4 / (u**4).mean())
    weighed = reduce_problem(at.weighed(u), reduction)
    np.testing.assert_allclose(weighed.weight, u**5 / (u**5).mean())
    model = SimpleNamespace(name="linear", tree=X, predictions=v, mse=0.0)
    made = restore_model(at, reduction, model)
    np.testing.assert_allclose(made.predictions, u**2 * v)
    assert made.mse == pytest.approx(np.mean((at.y - u**2 * v) ** 2))
    np.testing.assert_allclose(Program(made.tree).values(at.x), u**2 * v)
    broken = replace(reduction, prefactor=call("log", add(X, exact(-9))))
    assert reduce_problem(at, broken) is None


# ---- groups -----------------------------------------------------------------------------------


def form(tree, numbers):
    return make_form(tree, np.array(numbers), GROUPS, ())


def test_exponents_above_twelve_are_steep():
    def is_steep(tree, numbers):
        return has_steep_power(form(tree, numbers).tree, STEEP)

    tree = power(X, free(2.0))
    assert not is_steep(tree, [[12.0], [-12.0], [1.0]])
    assert is_steep(tree, [[1.0], [12.1], [1.0]])
    assert is_steep(tree, [[1.0], [1.0], [-12.1]])
    assert not is_steep(line(), [[99.0], [99.0], [99.0]])


def test_the_best_forms_are_sorted_and_not_steep():
    found = BestForms(GROUPS, 0, [], {})
    fitted = fit_own(form_of_line(), GROUPS)
    worse = fit_own(form(line(), [[1.0], [2.0], [-1.5]]), GROUPS)
    for each in (worse, fitted, replace(worse, length=math.nan)):
        found.offer(each)
    assert [f.length for f in found.forms] == sorted([fitted.length, worse.length])
    found.offer(form(power(X, free(2.0)), [[13.0], [1.0], [1.0]]))
    assert len(found.forms) == 2
    assert found.best(1)[0].tree.key == fitted.tree.key
    assert {f.kind for f in found.parents()} == {fitted.kind, worse.kind}
    found.known[fitted.kind] = fitted.length
    assert [f.kind for f in found.parents()] == [worse.kind]
    found.offer(replace(fitted, length=fitted.length - 0.9))
    assert [f.kind for f in found.parents()] == [worse.kind]
    found.offer(replace(fitted, length=fitted.length - 1.1))
    assert {f.kind for f in found.parents()} == {fitted.kind, worse.kind}
    for k in range(70):
        found.offer(replace(worse, length=1000.0 + k))
    assert len(found.forms) == 60


def test_a_form_is_fitted_in_every_group():
    tree = Sum((line(), Product((free(1.0), Y))))
    found = fit_everywhere(tree, GROUPS)
    own = fit_own(form_of_line(), GROUPS)
    np.testing.assert_allclose(found.fvu, own.fvu, rtol=1e-6)
    fixed = Sum((Product((exact(1), X)), Product((free(1.0), Y))))
    start = make_form(fixed, np.ones((3, len(fixed.numbers()))), GROUPS, ())
    freed = refit_freed(start, GROUPS)
    assert freed.tree.free_count > fixed.free_count
    assert freed.length < fit_own(start, GROUPS).length
    kept = refit_freed(own, GROUPS)
    assert kept.length <= own.length + 1e-6


# ---- results ----------------------------------------------------------------------------------


def test_a_formula_predicts_rows_of_its_inputs():
    made = Formula(Sum((line(2.0), Product((free(3.0), Y)))), ("a", "b"), 9.0, 0.1, 0.9, 0.1, "t")
    np.testing.assert_allclose(made.predict([[1, 2], [3, 4]]), [8, 18])
    one = Formula(line(2.0), ("a",), 9.0, 0.1, 0.9, 0.1, "t")
    np.testing.assert_allclose(one.predict([1.0, 2.0]), [2, 4])
    for bad in ([1.0, 2.0, 3.0], 3.0):
        with pytest.raises(ValueError, match=r"\(rows, 2\)"):
            made.predict(bad)
    errors = Sum((Product((Number(2.0, None, -0.1), X)), Number(1.0, None, 0.2), free(3.0)))
    told = replace(made, tree=errors)
    assert sorted(told.fitted_numbers) == [(1.0, 0.2), (2.0, 0.1)]
    two = Sum((Product((Number(2.0, None, -0.1), X)), Number(0.0, None, 0.2)))
    ((_, error, share), (_, _, none)) = _list_numbers(replace(told, tree=two))
    assert (error, share, none) == ("0.1", "5 %", "—")
    for count in (NUMBERS_SHOWN, NUMBERS_SHOWN + 1):
        terms = tuple(Product((Number(2.0, None, 0.1), power(X, k))) for k in range(count))
        shown = len(_list_numbers(replace(told, tree=Sum(terms))))
        assert shown == (count if count == NUMBERS_SHOWN else 0)
    long = Sum(tuple(Product((free(1.0), power(X, k))) for k in range(2, 40)))
    assert long.size > 120
    assert replace(made, tree=long).brief().startswith("[t of a: ")


def test_results_tell_their_objections_once():
    law = made_up(kind="law")
    assert law.objections() == []
    assert made_up(kind="approximation").objections() == ["it is <made> up"]
    told = made_up(kind="approximation", units={"x0": "m"}).objections()
    assert told == ["it is <made> up", BY_UNITS]
    assert law.found
    assert law.front_table()["winner"].tolist() == [False, True, False]
    lines = str(law).split("\n")
    assert lines[0].startswith("law: y = ")
    assert lines[1].startswith("fitted numbers: ")
    assert "R² 0.999996, RMSE 2.00e-03 on unseen rows" in lines[2]
    assert "accuracy 0.900 on unseen rows" in str(made_up(accuracy=0.9))
    assert str(made_up(tree=exact(3))).startswith("no formula found for y")
    assert repr(law).startswith("<Discovery: law: y = ")


def test_several_results_predict_values_or_classes():
    one, two = made_up(tree=line(1.0)), made_up(tree=Product((free(1.0), Y)))
    both = Discoveries([one, two])
    np.testing.assert_allclose(both.predict([[1.0, 2.0], [4.0, 3.0]]), [[1, 2], [4, 3]])
    named = Discoveries([one, two], ["left", "right"])
    assert named.predict([[1.0, 2.0], [4.0, 3.0]]).tolist() == ["right", "left"]
    assert len(both) == 2
    assert both[1] is two
    assert both.found
    assert not Discoveries([one, made_up(kind="approximation")]).found


@pytest.mark.parametrize(
    ("changes", "label", "style"),
    [
        ({"kind": "law"}, "Law", "law"),
        ({"kind": "exact"}, "Exact", "exact"),
        ({"kind": "approximation"}, "Approximation, not a law", "approximation"),
        ({"tree": exact(3)}, "No law", "nothing"),
        ({"kind": "approximation", "classes": ("a", "b")}, "Classifier", "approximation"),
    ],
)
def test_heads_of_results(changes, label, style):
    head = head_of(made_up(**changes))
    assert (head.label, head.style) == (label, style)


def test_stamps_of_laws_have_a_probability():
    assert stamp(made_up(kind="law", probability=0.96)) == "Law, 96 %"
    assert stamp(made_up(kind="approximation", probability=0.96)) == "Approximation, not a law"
    assert stamp(made_up(kind="law")) == "Law"
    assert [format_probability(v) for v in (0.0099, 0.01, 0.99, 0.9901)] == [
        "under 1 %", "1 %", "99 %", "over 99 %",
    ]  # fmt: skip


def test_the_next_measurement_is_where_two_formulas_differ_most():
    rival = made_up(tree=Sum((line(1.0), Product((free(0.1), power(X, 2)))))).winner
    found = made_up(tree=line(1.0), alternatives=[rival])
    inside, outside = propose_measurements(found)
    x = found.x[:, 0]
    assert inside.at["x0"] == pytest.approx(x.max())
    assert outside.at["x0"] == pytest.approx(x.max() + 0.5 * np.ptp(x))
    assert inside.is_inside
    assert not outside.is_inside
    assert set(inside.at) == {"x0"}
    assert inside.clarity == pytest.approx(0.1 * x.max() ** 2 / found.winner.rmse)
    assert inside.winner == pytest.approx(x.max())
    assert "within the range of the data" in str(inside)
    assert "outside the range" in str(outside)
    assert propose_measurements(made_up(tree=line())) == []
    assert propose_measurements(replace(found, own_numbers=())) == []
    assert propose_measurements(replace(found, x=np.empty((0, 2)), y=np.empty(0))) == []
    assert Measurement({}, 1.0, 4.0, rival, 1.5, True).clarity == 2


# ---- pages ------------------------------------------------------------------------------------


def test_why_a_winner_has_a_larger_error_than_others():
    def of(bits, rmse, source="terms"):
        return Formula(line(bits), ("x0", "x1"), bits, rmse, 0.9, rmse, source)

    winner = of(20.0, 1.0)
    longer, shorter, alike = of(30.0, 0.9), of(10.0, 0.8), of(40.0, 0.9995)
    found = made_up(front=[shorter, winner, longer, alike], winner=winner)
    told = _explain_choice(found)
    assert "Errors of longer formulas are up to 10 % smaller" in told
    assert "Number 1 is shorter and its error 20 % smaller, but chance explains" in told
    assert _explain_choice(replace(found, front=[winner, alike])) == ""
    assert _explain_choice(replace(found, front=[winner, longer])).startswith("Errors of longer")
    plain = of(20.0, 1.0, "linear model")
    told = _explain_choice(replace(found, front=[shorter, plain], winner=plain))
    assert "partly luck" in told
    assert _describe_gain([shorter, longer], winner) == "20 %"
    assert _index([shorter, winner], winner) == 1
    assert _index([shorter], winner) == -1
    assert _index([shorter, replace(winner, rmse=3.0)], winner) == 1
    assert _row(winner)["bits"] == "20"


def test_fits_are_words_where_all_residuals_are_rounding():
    made = made_up(tree=line(2.0))
    exact_y = replace(made, y=made.winner.predict(made.x))
    assert _fit(exact_y, compare_rows(exact_y)) == {"words": "All residuals are 0."}
    nearly = replace(made, y=made.winner.predict(made.x) * (1 + 1e-15))
    assert "rounding" in _fit(nearly, compare_rows(nearly))["words"]
    assert set(_fit(made, compare_rows(made))) == {"residuals"}
    assert _fit(made, None) == {}
    assert _fit(replace(made, accuracy=0.9), compare_rows(made)) == {}
    bad = made.y.copy()
    bad[3] = np.nan
    rows = compare_rows(replace(made, y=bad, outliers=np.array([4])))
    assert rows.undefined == 1
    assert len(rows.observed) == 59
    assert rows.outlying.sum() == 1
    assert rows.outlying[3]


def test_long_names_become_letters_in_a_drawing():
    shown, meanings = _choose_names(["a", "a long name of a column in words", "b"], "x")
    assert shown[0] == "a"
    assert shown[2] == "b"
    assert meanings == {1: "a long name of a column in words"}


# ---- tables -----------------------------------------------------------------------------------


def test_two_values_that_are_frequent_are_classes():
    assert find_threshold(np.repeat([1.0, 4.0], 5)) == 2.5
    assert find_threshold(np.repeat([1.0, 4.0], [5, 4])) is None
    assert find_threshold(np.repeat([1.0, 4.0, 5.0], 5)) is None


def test_weights_have_a_mean_of_1():
    np.testing.assert_allclose(read_weights([1, 3, 0], 3), [0.75, 2.25, 0])
    np.testing.assert_allclose(read_weights([1e308, 1e308], 2), [1, 1])
    assert read_weights(None, 3) is None
    for bad in ([1, 2], [1, -1, 2], [1, math.nan, 1], [0, 0, 0]):
        with pytest.raises(ValueError, match="weight"):
            read_weights(bad, 3)


def test_names_of_outputs():
    assert _output_names([1], None, 1, None) == ["y"]
    assert _output_names([1], None, 2, None) == ["y0", "y1"]
    assert _output_names([1], "z", 3, ["a", "b", "c"]) == ["z=a", "z=b", "z=c"]
    assert _output_names([1], "z", 1, ["a", "b"]) == ["z"]
    assert _output_names([1], ["p", "q"], 2, None) == ["p", "q"]
    assert _output_names(SimpleNamespace(name="w"), None, 1, None) == ["w"]
    with pytest.raises(ValueError, match="3 output names"):
        _output_names([1], ["p", "q"], 3, None)


def test_errors_are_neither_vanishing_nor_huge_beside_y():
    y = np.array([-2.0, 1.0])
    for sigma in (1.9e-100, 2.1e100):
        with pytest.raises(ValueError, match="expected sigma between"):
            _check_sizes(y, Errors("given", np.array([1.0, sigma])))
    _check_sizes(y, Errors("given", np.array([2.1e-100, 1.9e100])))
    _check_sizes(y, Errors())


def test_verdicts_are_found_unless_they_are_approximations():
    kinds = {k: made_up(kind=k).found for k in ("exact", "law", "approximation")}
    assert kinds == {"exact": True, "law": True, "approximation": False}
    assert Verdict("law", "r").probability is None


def test_facts_of_a_card_are_those_of_the_result():
    facts = make_card(made_up(outliers=np.array([3, 5]))).facts
    assert facts["rows far off, which hardly count"] == "2"
    assert facts["rows"] == "60"
    assert facts["R² of the best model without a formula"] == "0.990"
    assert "rows far off, which hardly count" not in make_card(made_up()).facts
    nothing = make_card(made_up(tree=exact(3))).facts
    assert nothing["inputs"] == "2"


@pytest.mark.parametrize(
    ("text", "exponents"),
    [("m^-2", {"m": -2}), ("m^+2", {"m": 2}), ("m^(1/2)", {"m": Fraction(1, 2)}),
     ("m/s^2", {"m": 1, "s": -2}), ("m**(-1/2)", {"m": Fraction(-1, 2)})],
)  # fmt: skip
def test_signs_and_fractions_of_exponents_of_units(text, exponents):
    assert parse_unit(text) == Dimension.of(exponents)


def test_a_page_shows_twelve_alternatives_and_counts_the_others(monkeypatch):
    monkeypatch.setattr(report, "_network", lambda *a: None)
    monkeypatch.setattr(report, "_fit", lambda *a: {})
    rivals = [replace(made_up().winner, bits=float(k)) for k in range(14)]
    for count, more in ((11, 0), (12, 0), (14, 2)):
        parts = describe(made_up(alternatives=rivals[:count]), "d")
        assert len(parts["alternatives"]) == min(count, 12)
        assert parts["more_alternatives"] == more
        assert parts["claims"]
    assert parts["settings"]["rows"] == "60"
    assert parts["settings"]["inputs"] == "2"
    assert parts["settings"]["evaluations"] == "12,345"
    assert not describe(made_up(kind="approximation", classes=("a", "b")), "d")["claims"]
    assert not describe(made_up(tree=exact(3)), "d")["claims"]


@pytest.mark.parametrize(("count", "told"), [(1, "fitted number: "), (2, "fitted numbers: "),
                                             (6, "fitted numbers: "), (7, None)])  # fmt: skip
def test_at_most_six_numbers_are_told_with_their_errors(count, told):
    numbers = [Number(k + 1.5, None, 0.1) for k in range(count)]
    tree = Sum(tuple(Product((n, power(X, k + 1))) for k, n in enumerate(numbers)))
    lines = str(made_up(tree=tree)).split("\n")
    assert lines[1].startswith(told or "R² ")


def test_pairs_of_classes():
    two = np.repeat([1.0, 4.0], 5)
    plain = Table(ROWS, [two, ROWS[:10, 0]], None, [], [], [], None)
    assert plain.class_pair(0) == (1.0, 4.0)
    assert plain.class_pair(1) is None
    assert replace(plain, classes=["a", "b"]).class_pair(0) == ("a", "b")
    assert replace(plain, classes=["a", "b", "c"]).class_pair(1) == ("others", "b")


def test_laws_of_five_numbers_may_be_of_science():
    five = [w for w in LAWS.values() if len(w.parameters) == 5]
    assert any(is_of_science(w) for w in five)


def test_neighbours_of_a_function_without_numbers_have_one_inside_or_none():
    some = LIBRARY.only("x", "sin", "tanh")
    inside = (X, multiply(free(1.0), X))
    wanted = {t.key for u in inside for t in (u, call("sin", u))}
    assert {t.key for t in list_neighbours(call("tanh", X), some)} == wanted
