"""The front, the winner, limits, evidence and verdicts on groups, function by function."""

from __future__ import annotations

import math
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import logsumexp
from scipy.stats import norm
from test_group_parts import GROUPS, LABELS, LINE, ROWS, TRUTH, form_of_line
from test_selection import X, Y, call, problem, scored

from edgewise.charts.marks import Text
from edgewise.charts.style import BLUE, ORANGE
from edgewise.discovery import conclusion, grouped, verdict
from edgewise.discovery import front as fronts
from edgewise.discovery.calibration import LEAST_LAW
from edgewise.discovery.conclusion import _conclude_classes
from edgewise.discovery.evidence import CHOICES, DistinctRows
from edgewise.discovery.formula import Formula
from edgewise.discovery.front import (
    LIKELY,
    Front,
    Scored,
    can_pass_through_any_rows,
    has_steep_power,
    prior_of,
)
from edgewise.discovery.function_swaps import list_neighbours
from edgewise.discovery.group_joint import fit_joint
from edgewise.discovery.grouped import (
    _choose_letters,
    _holds,
    _name_numbers,
    judge_forms,
    split_groups,
)
from edgewise.discovery.groups import Groups, make_form, predict
from edgewise.discovery.invariance import _mix, start_states, take_gradients
from edgewise.discovery.known import Known
from edgewise.discovery.limits import Checked, Limits, _towards
from edgewise.discovery.misfit import _list_residuals
from edgewise.discovery.posterior import Posterior
from edgewise.discovery.prior import formula_bits
from edgewise.discovery.problem import Problem
from edgewise.discovery.reduction import Gradients
from edgewise.discovery.report_charts import draw_front, find_common_ends
from edgewise.discovery.report_data import Dependence
from edgewise.discovery.selection import (
    BLEND,
    FAR_BEHIND,
    _average,
    _is_within_error,
    _spelled,
    beats_constant,
    choose,
    exact_bits,
    is_insignificant,
    pareto,
    respell,
    unbiased_length,
)
from edgewise.discovery.strategies import Candidate
from edgewise.formula.data import Data, Fit, data_bits, number_bits
from edgewise.formula.expression import (
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

G = np.random.default_rng(0)


def line(a=1.0):
    return Product((free(a), X))


def plane():
    return Sum((line(), Product((free(1.0), Y))))


# ---- what the front takes ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("exponent", "steep"), [(60, False), (61, True), (-60, False), (-61, True)]
)
def test_exponents_above_60_are_steep(exponent, steep):
    assert has_steep_power(add(Y, power(X, exponent))) == steep
    front = Front(problem(lambda a, b: a**2, rows=60, low=0.9, high=1.1))
    found = front.offer(Candidate(multiply(free(1.0), power(X, exponent)), "t"))
    assert (found is None) == steep


def test_no_more_numbers_than_a_fold_leaves_rows():
    at = problem(lambda a, b: a, rows=25)

    def of(numbers):
        return Sum(tuple(Product((free(0.1), call("sin", power(X, 2)))) for _ in range(numbers)))

    assert can_pass_through_any_rows(at, of(20))
    assert not can_pass_through_any_rows(at, of(19))
    small, odd = (Sum(tuple(Product((exact(n), X)) for _ in range(20))) for n in (3, 99991))
    assert not can_pass_through_any_rows(at, small)
    assert can_pass_through_any_rows(at, odd)


def test_a_formula_is_offered_once_and_a_plain_model_as_often_as_it_comes():
    front = Front(problem(lambda a, b: a, 0.1))
    assert front.offer(Candidate(line(), "t")) is not None
    assert front.offer(Candidate(line(2.0), "t")) is None
    plain = front.offer(Candidate(line(3.0), "p", mse=0.7))
    assert plain.is_plain
    assert plain.mse == 0.7
    assert plain.tree.numbers()[0].value == 3.0
    assert front.plain == [plain]
    assert plain not in front.members


def test_the_front_has_no_member_that_another_one_beats():
    front = Front(problem(lambda a, b: a + 0.3 * b, 0.05))
    first = front.offer(Candidate(Sum((line(), free(0.1))), "t"))
    second = front.offer(Candidate(plane(), "t"))
    assert front.members == sorted(front.members, key=lambda m: m.fit.bits)
    for one in front.members:
        for other in front.members:
            assert one is other or not (
                one.fit.bits <= other.fit.bits and one.fit.fvu <= other.fit.fvu
            )
    assert second in front.members
    assert (first in front.members) == (first.fit.bits < second.fit.bits)
    assert front.shortest is min(front.members, key=lambda m: m.fit.length)
    assert front.least == second.fit.fvu
    assert front.nearest is second.tree
    assert not front.is_solved
    empty = Front(front.problem)
    assert empty.least == 1.0
    assert empty.nearest is None
    exact_front = Front(problem(lambda a, b: 2 * a))
    exact_front.offer(Candidate(line(), "t"))
    assert exact_front.is_solved


def test_the_likeliest_formulas_are_kept_by_prior_numbers_and_residuals():
    front = Front(problem(lambda a, b: a + 0.3 * b, 0.05))
    trees = [
        line(), plane(), *(multiply(free(1.0), power(X, k)) for k in (2, 3, -1)),
        *(multiply(free(1.0), call(f, X)) for f in ("sin", "cos", "exp", "log", "tanh", "sqrt")),
        *(multiply(free(1.0), call(f, Y)) for f in ("sin", "exp")),
    ]  # fmt: skip
    for tree in trees:
        front.offer(Candidate(tree, "t"))
    bits = [b for b, _ in front.likely]
    assert len(bits) == LIKELY
    assert bits == sorted(bits)
    for b, m in front.likely:
        cost = formula_bits(m.tree, 2) + m.tree.free_count * (number_bits(200) + 1)
        assert b == pytest.approx(cost + data_bits(m.fit.fvu, 200, front.data.floor))
    assert front.likely[0][1].tree.inputs == {0, 1}


def test_a_law_has_the_prior_that_it_was_given_unless_its_nodes_are_likelier():
    made = scored(problem(lambda a, b: a, 0.1), line())
    own = formula_bits(made.tree, 2)
    assert prior_of(made, 2) == own
    assert prior_of(replace(made, prior_bits=own - 3), 2) == own - 3
    assert prior_of(replace(made, prior_bits=own + 3), 2) == own


def test_numbers_that_become_exact_are_paid_for():
    made = scored(problem(lambda a, b: a, 0.1), line())
    spelled = Fit(Product((exact(3), X)), 0.1, 1.0, 1.0)
    (three,) = spelled.tree.numbers()
    assert exact_bits(spelled.tree) == three.exact.bits + 1
    assert exact_bits(made.tree) == 0
    assert respell(made, spelled).prior_bits is None
    law = replace(made, prior_bits=5.0)
    assert respell(law, spelled).prior_bits == 5 + three.exact.bits + 1
    assert respell(replace(law, fit=spelled), made.fit).prior_bits == 5


def test_classes_are_counted_by_their_errors():
    at = problem(lambda a, b: np.sign(a + 0.2 * b - 1.3), rows=80, threshold=0.0)
    front = Front(at)
    found = front.offer(Candidate(Sum((line(), free(-1.0))), "t"))
    fit = at.data.fit(Sum((line(), free(-1.0))), steps=12)
    wrong = np.mean((Program(fit.tree).values(at.x) > 0) != (at.y > 0))
    assert wrong > 0
    assert found.fit.fvu == pytest.approx(wrong + 1e-3 * fit.fvu, rel=1e-6)
    assert found.fit.length == pytest.approx(fit.bits + 40 * math.log2(found.fit.fvu))
    right = Front(replace(at, y=np.sign(at.x[:, 0] - 1.1)))
    sure = right._with_error_rate(Fit(Sum((X, exact(-11, 10))), 3.0, 20.0, 9.0), 0.0)
    assert sure.fvu == pytest.approx(0.5 / 80 + 1e-3)


def limited(f, limits, sigma=0.0, rows=100):
    at = problem(f, sigma, rows=rows)
    checked = Checked.of(limits, at.x, at.y, ["a", "b"], "y", 0)
    return replace(at, known=Known(limits=checked))


def test_without_the_part_that_breaks_a_limit_a_formula_is_kept():
    at = limited(lambda a, b: a - 0.1 * b, Limits(slopes={"b": "increasing"}))
    front = Front(at)
    kept = front.offer(Candidate(plane(), "t"))
    assert kept.tree.inputs == {0}
    assert all(1 not in m.tree.inputs for m in front.members)
    assert Front(at).offer(Candidate(plane(), "t"), parts=False) is None
    assert Front(at).offer(Candidate(plane(), "t", mse=0.1)) is not None
    long = Sum((line(), *(Product((free(-0.1), call(f, Y))) for f in ("sin", "exp", "tanh", "log",
                                                                     "sqrt"))))  # fmt: skip
    assert long.size > 20
    assert Front(at).offer(Candidate(long, "t")) is None
    negative = limited(lambda a, b: -a, Limits(sign="positive"))
    assert Front(negative).offer(Candidate(free(1.0), "mean")) is not None
    assert Front(negative).offer(Candidate(line(), "t"), parts=False) is None


# ---- the choice of a winner -------------------------------------------------------------------


def taken(bits, mse, tree=X, source="terms", is_plain=False, length=None):
    fit = Fit(tree, 0.1, bits, bits if length is None else length)
    return Scored(fit, source, mse, is_plain)


@pytest.mark.parametrize("rows", [12, 92])
def test_a_gain_of_two_standard_errors_is_significant(rows):
    at = SimpleNamespace(variance=2.0, rows=rows)
    constant = taken(0, 3.0)
    border = 3 - 2 * 16 / (rows + 8)
    assert is_insignificant(at, taken(0, border + 1e-9), constant)
    assert not is_insignificant(at, taken(0, border - 1e-9), constant)


def test_a_standard_error_of_an_error_is_limited():
    at = SimpleNamespace(variance=2.0, rows=50)
    for error, most in ((0.01, 0.012), (1.0, 1.01)):
        assert _is_within_error(at, taken(0, 0.999 * most), taken(0, error))
        assert not _is_within_error(at, taken(0, 1.001 * most), taken(0, error))


def test_the_length_of_a_formula_pays_for_its_selection():
    at = SimpleNamespace(variance=2.0, rows=64)
    plain = unbiased_length(at, taken(30.0, 0.5, is_plain=True))
    assert plain == pytest.approx(32 * math.log2(0.25))
    made = unbiased_length(at, taken(30.0, 0.5, line()))
    assert made == pytest.approx(plain + 30 - 3 + 12)
    assert unbiased_length(at, taken(0, 0.0, is_plain=True)) == pytest.approx(32 * math.log2(1e-32))
    constant = taken(0, 2.0, free(1.0), is_plain=True)
    assert not beats_constant(at, taken(30.0, 2.0, line()), [constant])
    assert beats_constant(at, taken(30.0, 0.5, line()), [constant])
    assert beats_constant(at, taken(300.0, 2.0, line()), [])


def test_the_pareto_front_has_the_shortest_of_equal_errors():
    members = [taken(1, 3.0), taken(2, 3.0), taken(3, 2.0), taken(4, 2.5), taken(5, 1.0)]
    assert pareto(members, lambda m: (m.fit.bits, m.mse)) == [members[0], members[2], members[4]]
    worst = [taken(1, math.inf), taken(2, math.inf)]
    assert pareto(worst, lambda m: (m.fit.bits, m.mse)) == worst[:1]


def test_an_average_wins_within_two_percent():
    best = taken(1, 1.0, source="lasso", is_plain=True)
    near, far = (taken(2, mse, source=BLEND, is_plain=True) for mse in (1.019, 1.021))
    assert _average([best, near], best) is near
    assert _average([best, far], best) is best


def test_nothing_with_finite_errors_is_an_error():
    at = problem(lambda a, b: a, 0.1)
    with pytest.raises(ValueError, match="got none among 1"):
        choose(at, [taken(1, math.inf)], lambda m: 0.0)
    only = taken(1, 0.5, is_plain=False)
    hopeless = replace(only, mse=at.variance * 2)
    assert choose(at, [hopeless], lambda m: 0.0) is hopeless


def test_some_formulas_are_not_respelled(monkeypatch):
    monkeypatch.setattr(fronts, "spell", lambda fit, *a, **k: replace(fit, bits=-1.0))
    at = problem(lambda a, b: a, 0.1)
    front = Front(at)
    made = front.offer(Candidate(line(), "t"))
    assert _spelled(front, made).fit.bits == -1
    limit = made.fit.length + FAR_BEHIND
    near, far = (replace(made, fit=replace(made.fit, length=limit + d)) for d in (0, 0.1))
    assert _spelled(front, near).fit.bits == -1
    assert _spelled(front, far) is far
    rounding = replace(made, fit=replace(made.fit, fvu=1e-30))
    assert _spelled(front, rounding) is rounding
    finished = replace(
        made, fit=replace(made.fit, tree=Product((replace(free(1.0), error=0.1), X)))
    )
    assert _spelled(front, finished) is finished
    long = Sum(tuple(multiply(free(0.1), power(X, k)) for k in range(2, 16)))
    assert long.size > 60
    many = replace(made, fit=replace(made.fit, tree=long))
    assert _spelled(front, many) is many
    front.threshold = 0.0
    assert _spelled(front, made) is made


# ---- the verdict ------------------------------------------------------------------------------


def judged(monkeypatch, fvu=0.1, probability=0.5, winner=None, at=None):
    told = SimpleNamespace(fvu=fvu, probability=probability, rms="3 %", rivals=["r"])
    monkeypatch.setattr(verdict, "weigh", lambda *a: told)
    monkeypatch.setattr(verdict, "list_objections", lambda e: iter(["objected", "more"]))
    at = at or problem(lambda a, b: a, 0.1)
    nothing = Posterior((), -math.inf, 0.0)
    return verdict.judge(at, winner or scored(at, line()), nothing), told


def test_verdicts_follow_the_probability(monkeypatch):
    found, told = judged(monkeypatch, probability=verdict.LEAST_LAW)
    assert found.verdict.kind == "law"
    assert found.verdict.probability == verdict.LEAST_LAW
    assert "its residuals (3 %) look like noise" in found.verdict.reason
    assert found.evidence is told
    assert found.alternatives == ["r"]
    found, _ = judged(monkeypatch, probability=verdict.LEAST_LAW - 1e-6)
    assert (found.verdict.kind, found.verdict.reason) == ("approximation", "objected")
    assert found.verdict.probability == verdict.LEAST_LAW - 1e-6


@pytest.mark.parametrize(
    ("fvu", "share", "probability"),
    [(0.9, "10", 0.5), (1.5, "0", 0.3), (1 - verdict.LEAST_R2 + 1e-3, "9.9", 0.5)],
)
def test_what_explains_little_is_no_law(monkeypatch, fvu, share, probability):
    found, _ = judged(monkeypatch, fvu, 0.99 if probability == 0.5 else probability)
    assert found.verdict.kind == "approximation"
    assert found.verdict.probability == probability
    assert "of the variance" in found.verdict.reason
    assert f"explains only {share} % of" in found.verdict.reason
    enough, _ = judged(monkeypatch, 1 - verdict.LEAST_R2 - 1e-3, 0.99)
    assert enough.verdict.kind == "law"


def test_what_can_be_no_law(monkeypatch):
    at = problem(lambda a, b: 2 * a)
    found, _ = judged(monkeypatch, winner=scored(at, line()), at=at)
    assert (found.verdict.kind, found.verdict.probability) == ("exact", 1.0)
    found, _ = judged(monkeypatch, winner=scored(at, free(1.0)), at=at)
    assert "than a constant" in found.verdict.reason
    noisy = problem(lambda a, b: a, 0.1)
    monkeypatch.setattr(verdict, "weigh", lambda *a: None)
    for is_plain, words in ((True, "a spline fits any data"), (False, "too many numbers")):
        winner = replace(scored(noisy, line()), source="spline", is_plain=is_plain)
        found = verdict.judge(noisy, winner, None)
        assert words in found.verdict.reason
        assert found.evidence is None


def test_residuals_have_the_weights_of_their_rows():
    at = problem(lambda a, b: a, 0.1, rows=50)
    weighted = at.weighed(G.uniform(0.5, 2, 50))
    found = _list_residuals(weighted, X)
    np.testing.assert_allclose(found, (at.y - at.x[:, 0]) * np.sqrt(weighted.weights))


def test_accuracies_within_a_standard_error_are_alike(monkeypatch):
    at = problem(lambda a, b: np.sign(a - 1.1), rows=120, threshold=0.0)
    trees = [line(), plane(), free(0.1)]
    members = [scored(at, t) for t in trees]
    best = 0.9
    error = math.sqrt(best * (1 - best) / 120)
    right: dict[int, float] = {}
    monkeypatch.setattr(conclusion, "_accuracy", lambda p, m, t: right[id(m)])
    sure = 1 - 0.98 / 120
    for short, top, winner in (
        (best - 0.98 * error, best, 0), (best - 1.02 * error, best, 1), (sure, 1.0, 0),
    ):  # fmt: skip
        right.update(zip(map(id, members), (short, top, 0.5), strict=True))
        assert _conclude_classes(at, members, 0.0).winner is members[winner]


# ---- the evidence of a formula ----------------------------------------------------------------


@pytest.mark.parametrize("variance", [None, 0.09])
def test_evidence_is_the_integral_over_the_number_and_the_noise(variance):
    """Of y = θx: Jeffreys' prior of σ, and of θ the density 1/(choices·unit) at its value."""
    x, w = G.uniform(1, 2, 9), G.uniform(0.5, 2, 9)
    y = 1.4 * x + 0.3 * G.normal(size=9)
    theta = float((w * x) @ y / ((w * x) @ x))
    rows = DistinctRows(x[:, None], y, w, variance)

    grid = np.linspace(theta - 1.5, theta + 1.5, 301)
    logs = np.linspace(math.log(0.05), math.log(20), 300)
    sigma = np.exp(logs) if variance is None else np.array([variance**0.5])
    each = norm.logpdf(y, np.multiply.outer(grid, x), sigma[:, None, None] / np.sqrt(w))
    total = logsumexp(each.sum(-1)) + math.log(grid[1] - grid[0])
    total += math.log(logs[1] - logs[0]) if variance is None else 0.0
    spread = math.sqrt(np.average((y - np.average(y, weights=w)) ** 2, weights=w))
    unit = abs(theta) + spread / math.sqrt(np.average(x**2, weights=w) * w.mean())
    wanted = total - math.log(CHOICES * unit)
    assert rows.log_evidence(line(theta)) == pytest.approx(wanted, abs=0.01)


def test_evidence_without_numbers_is_that_of_the_noise():
    y = G.normal(size=9)
    rows = DistinctRows(np.zeros((9, 1)), y, np.ones(9), variance=None)
    value = quad(lambda s: np.exp(norm.logpdf(y, 0, s).sum()) / s, 0.1, 30)[0]
    assert rows.log_evidence(multiply(exact(1), X)) == pytest.approx(math.log(value), abs=1e-6)
    few = DistinctRows(np.ones((1, 1)), np.ones(1), np.ones(1), variance=None)
    assert few.log_evidence(line()) == -math.inf
    assert rows.log_evidence(call("log", X)) == -math.inf


# ---- limits -----------------------------------------------------------------------------------


def checks(**options):
    x = np.column_stack([np.linspace(0, 4, 40), np.linspace(-2, -1, 40)])
    return Checked.of(Limits(**options), x, np.linspace(0, 10, 40), ["a", "b"], "y", 0)


@pytest.mark.parametrize(
    ("low", "high", "least", "most"),
    [(0, 4, 0, 6), (-4, 0, -6, 0), (1e-9, 4, 0, 6), (-4, -1e-9, -6, 0), (-1, 3, -3, 5)],
)
def test_the_box_of_an_input_ends_at_0_if_the_input_does(low, high, least, most):
    x = np.linspace(low, high, 40)[:, None]
    box = Checked.of(Limits(beyond=0.5), x, x[:, 0], ["a"], "y", 0).box
    assert (box >= least - 1e-8).all()
    assert (box <= most + 1e-8).all()
    assert (box.min(), box.max()) == pytest.approx((least, most), abs=0.1)


def test_the_box_is_wider_than_the_rows_but_no_sign_changes():
    made = checks(beyond=0.5)
    assert made.box.shape == (300, 2)
    assert made.box.min(0) == pytest.approx([0, -2.5], abs=0.05)
    assert made.box.max(0) == pytest.approx([6, -0.5], abs=0.1)
    assert (made.box >= [0, -2.5]).all()
    assert (made.box <= [6, -0.5]).all()
    assert made.spread == 10
    assert checks(slopes={"a": "decreasing", "b": "increasing"}).slopes == {0: -1, 1: 1}
    assert checks(at=[{"a": 0, "y": "finite"}, {"b": 2, "y": 3}]).at == [
        ({0: 0.0}, None),
        ({1: 2.0}, 3.0),
    ]


@pytest.mark.parametrize(
    ("options", "tree", "broken"),
    [
        ({"exponents": (-1, 2)}, power(X, 2), False),
        ({"exponents": (-1, 2)}, power(X, 3), True),
        ({"exponents": (-1, 2)}, power(Y, -2), True),
        ({"exponents": (-1, 2)}, power(Y, -1), False),
        ({"exponent_step": 0.5}, power(X, free(1.5)), False),
        ({"exponent_step": 0.5}, power(X, free(1.6)), True),
        ({"exponent_step": 1}, power(X, free(1.5)), True),
        ({"exponent_step": 1}, power(X, free(2 + 1e-10)), False),
        ({"sign": "positive"}, X, False),
        ({"sign": "negative"}, X, True),
        ({"sign": "negative"}, Y, False),
        ({"sign": "positive"}, add(X, free(-9e-6)), False),
        ({"sign": "positive"}, add(X, free(-1.2e-5)), True),
        ({"slopes": {"a": "increasing"}}, multiply(X, Y), True),
        ({"slopes": {"a": "decreasing"}}, multiply(X, Y), False),
        ({"slopes": {"b": "decreasing"}}, multiply(X, Y), True),
        ({"at": [{"a": 0, "y": 3}]}, add(X, free(3.0)), False),
        ({"at": [{"a": 0, "y": 3}]}, add(X, free(3 + 2e-5)), True),
        ({"at": [{"a": 0, "y": 3}]}, add(X, free(3 + 0.9e-5)), False),
        ({"at": [{"a": 0, "y": "finite"}]}, power(X, -1), True),
        ({"at": [{"a": 0, "y": 1}]}, multiply(call("sin", X), power(X, -1)), False),
        ({"at": [{"a": 0, "y": 1.1}]}, multiply(call("sin", X), power(X, -1)), True),
        ({"at": [{"a": 0, "y": "finite"}]}, multiply(call("sin", X), power(X, -1)), False),
        ({"at": [{"a": math.inf, "y": 0}]}, power(add(X, free(1.0)), -1), False),
        ({"at": [{"a": math.inf, "y": 1}]}, power(add(X, free(1.0)), -1), True),
        ({"at": [{"a": -math.inf, "y": -1}]}, call("tanh", X), False),
        ({"at": [{"a": -math.inf, "y": 1}]}, call("tanh", X), True),
        ({"at": [{"a": math.inf, "y": "finite"}]}, call("log", X), True),
        ({"at": [{"a": math.inf, "y": "finite"}]}, call("tanh", X), False),
        ({"at": [{"a": math.inf, "y": "finite"}]}, X, True),
    ],
)  # fmt: skip
def test_limits_are_kept_or_broken(options, tree, broken):
    assert (checks(**options).broken(tree) is not None) == broken


def test_rows_are_moved_towards_the_middle():
    rows = np.array([[0.0, 1.0], [4.0, 2.0]])
    moved = _towards(rows, [0], np.array([2.0, 9.0]), 0.25)
    np.testing.assert_allclose(moved, [[0.5, 1], [3.5, 2]])
    assert rows[0, 0] == 0


# ---- groups -----------------------------------------------------------------------------------

CLEAN = Groups.of(ROWS, TRUTH, None, LABELS)


def fitted(groups):
    return fit_joint(form_of_line((), groups), groups, steps=10)


def test_forms_of_groups_are_judged():
    clean = fitted(CLEAN)
    told = judge_forms([clean], CLEAN)
    assert told.kind == "exact"
    assert told.reason.startswith("in each of 3 groups")
    noisy = fitted(GROUPS)
    told = judge_forms([noisy], GROUPS)
    assert told.kind == "law"
    assert LEAST_LAW <= told.probability < 1
    bad = replace(noisy, fvu=np.full(3, 0.95))
    told = judge_forms([bad], GROUPS)
    assert told.kind == "approximation"
    assert "explains only 5" in told.reason
    mean = make_form(free(1.0), np.ones((3, 1)), GROUPS, ())
    assert "than a constant" in judge_forms([mean], GROUPS).reason


def test_rivals_of_a_form_are_near_and_no_larger_forms_of_it():
    noisy = fitted(GROUPS)
    larger = fit_joint(
        make_form(Sum((*LINE.parts, free(0.1))), np.tile([1.0, 0.5, 0.1], (3, 1)), GROUPS, ()),
        GROUPS,
        steps=10,
    )
    assert _holds(noisy, noisy, GROUPS)
    assert _holds(larger, noisy, GROUPS)
    assert not _holds(noisy, larger, GROUPS)
    for more, asked in ((29.9, True), (30.1, False)):  # far behind it doesn't matter
        assert _holds(replace(larger, length=noisy.length + more), noisy, GROUPS) == asked


def test_groups_are_cross_validated_row_by_row():
    sizes = (10, 15)
    x = G.uniform(0.5, 2, (25, 2))
    labels = np.repeat(["a", "b"], sizes)
    y = x @ [1.5, 0.7] + 0.1 * G.normal(size=25)
    groups = Groups.of(x, y, None, labels)
    form = fit_joint(make_form(LINE, np.ones((2, 2)), groups, ()), groups, steps=10)
    missed = 0.0
    for name in "ab":
        u, v = x[labels == name], y[labels == name]
        part = np.arange(len(v)) % 5
        for fold in range(5):
            out = part == fold
            c = np.linalg.lstsq(u[~out], v[~out], rcond=None)[0]
            missed += float(np.sum((v[out] - u[out] @ c) ** 2))
    assert grouped._cross_validate(form, groups) == pytest.approx(missed / 25, rel=1e-6)
    few = fitted(GROUPS)
    squares = np.square(GROUPS.y - predict(few, GROUPS)) * np.square(GROUPS.root)
    assert grouped._cross_validate(few, GROUPS) == pytest.approx(float(squares.sum()) / 28)


def test_letters_for_numbers_and_their_signs():
    assert _choose_letters(["a", "c", "x"], 3) == ["b", "d", "f"]
    many = _choose_letters(["a", "p0"], 20)
    assert len(many) == len(set(many)) == 20
    assert many[-1] == "p4"
    form = make_form(LINE, np.array([[-1.0, 0.5], [-2.0, -0.5], [-3.0, 0.1]]), GROUPS, ())
    tree, own, signs = _name_numbers(form, np.full((3, 2), 0.1), 2)
    assert own == [0, 1]
    assert signs.tolist() == [-1, 1]
    x = np.column_stack([ROWS, np.full(28, 3.0), np.full(28, 0.1)])
    np.testing.assert_allclose(Program(tree).values(x), -3 * ROWS[:, 0] + 0.1 * ROWS[:, 1])


def test_labels_of_groups_are_read_and_checked():
    x = np.zeros((9, 2))
    labels = ["a"] * 5 + ["b"] * 4
    rest, found = split_groups(x, labels, None)
    assert rest is x
    assert found.tolist() == labels
    weight = np.ones(9)
    weight[0] = 0
    assert len(split_groups(x, labels, weight)[1]) == 8
    weight[1] = 0
    for bad, w, words in (
        (labels[:8], None, "a group for each of 9 rows"),
        (["a"] * 9, None, "at least 2 groups"),
        (labels, weight, "a has 3"),
        ("g", None, "a column of a DataFrame"),
        ([None, *labels[1:]], None, "missing"),
    ):
        with pytest.raises(ValueError, match=words):
            split_groups(x, bad, w)


# ---- gradients, neighbours and charts ---------------------------------------------------------


def test_inputs_without_influence_are_dropped_beside_all():
    x = G.uniform(1, 2, (60, 3))
    slopes = np.column_stack([np.ones(60), 2 * x[:, 1], np.full(60, 1e-6)])
    data = Gradients.of(x, x[:, 0] + x[:, 1] ** 2, slopes, np.full(3, 1e-4), 0.02)
    (every, mask), (useful, some) = start_states(data)
    assert mask.all()
    assert len(every.reduction.inputs) == 3
    assert some.tolist() == [True, True, False]
    assert [tree.key for tree in useful.reduction.inputs] == ["x0", "x1"]


def test_the_best_of_each_number_of_inputs_come_first():
    states = [SimpleNamespace(reduction=SimpleNamespace(inputs=range(n))) for n in (1, 1, 1, 1, 2)]
    assert _mix(states) == [*states[:3], states[4], states[3]]


def test_gradients_are_taken_at_200_rows():
    x = G.normal(size=(230, 2))
    model = SimpleNamespace(
        predict=lambda at: at.sum(1), gradient=lambda at: at, gradient_error=lambda at: np.ones(2)
    )
    found = take_gradients(x, model, seed=0)
    assert len(found.x) == 200
    places = [int(np.flatnonzero((x == row).all(1))[0]) for row in found.x]
    assert places == sorted(set(places))
    np.testing.assert_allclose(found.y, found.x.sum(1))


def test_neighbours_have_another_function_with_free_numbers():
    some = LIBRARY.only("x", "sin", "tanh", "exp")
    tree = add(multiply(free(2.0), call("tanh", multiply(free(0.5), X))), Y)
    found = {
        node.function.name for t in list_neighbours(tree, some) for node in t.walk()
        if hasattr(node, "function")
    }  # fmt: skip
    assert {"sin", "exp"} <= found
    assert list(list_neighbours(plane(), some)) == []
    powers = list(list_neighbours(multiply(free(1.0), power(X, 2)), some))
    assert powers
    keys = [t.key for t in powers]
    assert len(keys) == len(set(keys))


def formula_of(bits, rmse):
    return Formula(line(), ("a", "b"), bits, rmse, 0.5, rmse, "terms")


def test_the_winner_on_the_chart_of_the_front_is_large_and_orange():
    front = [formula_of(10.0, 1.0), formula_of(30.0, 0.1), formula_of(60.0, 0.0)]
    chart = draw_front(front, 1)
    path, *rest = chart.marks
    np.testing.assert_allclose(path.x, [10, 30, 60])
    np.testing.assert_allclose(path.y, [1, 0.1, 0.01])
    texts = {m.text: m for m in rest if isinstance(m, Text)}
    assert set(texts) == {"1", "2 ★", "3"}
    assert texts["2 ★"].colour == ORANGE
    assert texts["1"].colour == BLUE
    assert [(m.x, m.y) for m in texts.values()] == [(10, 1), (30, 0.1), (60, 0.01)]


def test_curves_have_common_ends_with_room():
    made = [
        Dependence(
            np.arange(2.0), np.zeros(2), np.array([-1.0, 0]), np.array([1.0, 3.0]), np.zeros(1), 0
        ),
        Dependence(
            np.arange(2.0), np.zeros(2), np.array([-2.0, 0]), np.array([1.0, 8.0]), np.zeros(1), 0
        ),
    ]
    low, high = find_common_ends(made)
    assert low == pytest.approx(-2 - 0.8)
    assert high == pytest.approx(8 + 0.8)


def test_problems_have_folds_weights_and_distinct_rows():
    at = problem(lambda a, b: a, 0.1, rows=19)
    assert np.bincount(at.folds).tolist() == [1] * 19
    more = problem(lambda a, b: a, 0.1, rows=20)
    assert np.bincount(more.folds).tolist() == [4] * 5
    twice = Problem(np.repeat(at.x, 2, 0), np.repeat(at.y, 2))
    assert twice.distinct.rows == 19
    assert twice.distinct_rows == 19
    np.testing.assert_array_equal(twice.distinct.y, at.y)
    assert at.distinct is at
    weighed = replace(at, noise_variance=3.0).weighed(np.linspace(1, 3, 19))
    np.testing.assert_allclose(weighed.noise_variance / weighed.weight, 3 / np.linspace(1, 3, 19))
    assert weighed.weight.mean() == pytest.approx(1)
    assert at.some_rows(19) is at
    few = weighed.some_rows(7)
    assert few.rows == 7
    np.testing.assert_allclose(few.noise_variance / few.weight, 3 / np.linspace(1, 3, 19)[
        [int(np.flatnonzero(at.y == v)[0]) for v in few.y]])  # fmt: skip
    assert Data.of(at.x, at.y).fit(line()).fvu == at.data.fit(line()).fvu
