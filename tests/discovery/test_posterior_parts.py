"""The posterior over classes, piece by piece: shares, merging, spellings, neighbours, limits."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from test_selection import MEAN, X, Y, call, problem, scored

from edgewise.discovery import posterior as room
from edgewise.discovery.calibration import NONE_BITS
from edgewise.discovery.evidence import log_evidence_of_process
from edgewise.discovery.front import Scored, prior_of
from edgewise.discovery.known import Known
from edgewise.discovery.limits import Checked, Limits
from edgewise.discovery.posterior import (
    CLOSE_BITS,
    LIMIT,
    NEIGHBOUR,
    FormClass,
    Posterior,
    _belongs,
    _is_larger_form,
    _spell,
    add_neighbours,
    find_limit,
    find_neighbours,
    merge,
    rank,
    round_exponents,
    take_limits,
    weigh_classes,
    weigh_formula,
)
from edgewise.discovery.prior import formula_bits
from edgewise.discovery.problem import Problem
from edgewise.formula.data import Fit
from edgewise.formula.expression import add, exact, free, multiply, power
from edgewise.formula.program import Program


def one(bits, tree=X, fvu=0.1, source="terms", length=10.0, others=()):
    return FormClass(Scored(Fit(tree, fvu, length, length), source), bits, 0.0, others)


A, B, C = one(10.0), one(8.0, Y), one(7.0, add(X, Y))


def test_shares_are_powers_of_two_and_sum_to_1():
    found = Posterior((A, B), 7.0, 0.0).shares
    np.testing.assert_allclose(found, np.array([8, 2, 1]) / 11)
    assert Posterior((), -math.inf, 0.0).none == -math.inf
    assert Posterior((one(-5000.0),), -math.inf, 0.0).shares == [1.0, 0.0]


@pytest.mark.parametrize(("none", "lead"), [(7.0, 2.0), (9.5, 0.5), (12.0, -2.0)])
def test_the_lead_is_over_the_next_class_or_none(none, lead):
    assert Posterior((A, B), none, 0.0).lead == pytest.approx(lead)


def test_a_formula_is_found_in_its_class_whatever_its_spelling():
    other = Scored(Fit(Y, 0.2, 3.0, 3.0), "terms")
    whole = Posterior((replace(A, others=(other,)), B), 7.0, 0.0)
    first = whole.classes[0]
    assert whole.find(A.best) is whole.find(other) is first
    assert whole.find(B.best) is whole.classes[1]
    assert whole.find(C.best) is None
    assert whole.bits_of(A.best) == 10.0
    assert 9.99 < whole.bits_of(other) < 10.0
    assert whole.bits_of(C.best) == -math.inf
    assert whole.rival(first) is whole.classes[1]
    assert whole.rival(whole.classes[1]) is first
    assert Posterior((A,), 7.0, 0.0).rival(A) is None


# ---- classes of formulas ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def at():
    return problem(lambda a, b: 1.3 * a * b**1.5, 0.05, rows=60)


@pytest.fixture(scope="module")
def rows(at):
    return at.evidence_rows


def fitted(at, tree, source="terms"):
    return Scored(at.data.fit(tree), source)


TRUE = multiply(free(1.0), X, power(Y, free(1.4)))
LINE = multiply(free(1.0), X)
PLANE = add(LINE, multiply(free(1.0), Y))


def test_a_formula_is_weighed_by_evidence_and_prior(at, rows):
    it = fitted(at, TRUE)
    bits = rows.log_evidence(it.tree) / math.log(2) - formula_bits(it.tree, 2)
    assert weigh_formula(rows, it) == pytest.approx(bits)
    named = replace(it, prior_bits=5.0)
    assert weigh_formula(rows, named) == pytest.approx(bits + formula_bits(it.tree, 2) - 5)


def test_classes_are_ranked_and_what_is_undefined_is_none(at, rows):
    undefined = Scored(at.data.measure(call("log", add(X, exact(-1)))), "terms")
    ranked = rank(rows, [fitted(at, LINE), undefined, fitted(at, TRUE), fitted(at, PLANE)])
    assert len(ranked) == 3
    bits = [c.bits for c in ranked]
    assert bits == sorted(bits, reverse=True)
    for c in ranked:
        assert c.bits == pytest.approx(weigh_formula(rows, c.best))
        assert c.prior == pytest.approx(prior_of(c.best, 2))
        assert c.others == ()
    assert ranked[0].best.tree.key == fitted(at, TRUE).tree.key


def test_the_constant_and_none_of_these_are_weighed_beside_the_classes(at):
    mean, worse = fitted(at, MEAN), Scored(at.data.measure(exact(50)), "mean")
    plain = replace(fitted(at, PLANE), is_plain=True)
    found = weigh_classes(at, [worse, mean, plain, fitted(at, TRUE)], at.numeric)
    assert [c.best.tree.inputs for c in found.classes] == [{0, 1}]
    assert found.constant == pytest.approx(weigh_formula(at.evidence_rows, mean))
    none = log_evidence_of_process(at.numeric) / math.log(2) - NONE_BITS
    assert found.none == pytest.approx(none)
    without = weigh_classes(at, [fitted(at, TRUE)], None)
    assert (without.none, without.constant) == (-math.inf, -math.inf)


def test_larger_forms_join_the_class_that_they_contain(at, rows):
    more = add(TRUE, free(0.01))
    ranked = rank(rows, [fitted(at, TRUE), fitted(at, more), fitted(at, LINE)])
    merged = merge(ranked, rows)
    assert len(merged) == 2
    assert merged[0].best.tree.free_count == 2
    assert [m.tree.free_count for m in merged[0].others] == [3]
    far = replace(ranked[1], bits=ranked[0].bits - CLOSE_BITS - 1)
    near = replace(ranked[1], bits=ranked[0].bits - CLOSE_BITS)
    assert len(merge([ranked[0], far], rows)) == 2
    assert len(merge([ranked[0], near], rows)) == 1


def test_only_the_likeliest_formulas_are_compared(at, rows, monkeypatch):
    ranked = rank(rows, [fitted(at, TRUE), fitted(at, add(TRUE, free(0.01)))])
    monkeypatch.setattr(room, "MOST_COMPARED", 1)
    assert len(merge(ranked, rows)) == 2
    monkeypatch.setattr(room, "MOST_COMPARED", 2)
    assert len(merge(ranked, rows)) == 1


def test_a_class_is_told_by_its_shortest_spelling_of_the_same_values():
    best = Scored(Fit(multiply(free(2.0), X), 0.1, 9.0, 9.0), "terms")
    short = Scored(Fit(multiply(free(3.0), Y), 0.1, 7.0, 7.0), "terms")
    whole = FormClass(best, 1.0, 0.0, (short,))
    assert _spell(whole).best is short
    assert _spell(whole).others == (best,)
    for unlike in (
        replace(short, fit=replace(short.fit, fvu=0.1 * (1 + 2e-6))),
        replace(short, fit=replace(short.fit, tree=X)),
        replace(short, source=NEIGHBOUR),
        replace(short, fit=replace(short.fit, bits=9.5)),
    ):
        assert _spell(replace(whole, others=(unlike,))).best is best
    near = replace(short, fit=replace(short.fit, fvu=0.1 * (1 + 0.5e-6)))
    assert _spell(replace(whole, others=(near,))).best is near
    alone = FormClass(replace(best, source=NEIGHBOUR), 1.0, 0.0)
    assert _spell(alone).best is alone.best
    told = FormClass(replace(best, source=NEIGHBOUR), 1.0, 0.0, (replace(short, fit=best.fit),))
    assert _spell(told).best.source == "terms"


def test_a_much_worse_formula_belongs_only_to_its_own_form(at, rows):
    true = fitted(at, TRUE)
    home = FormClass(true, 1.0, 0.0)
    more = fitted(at, add(TRUE, free(0.01)))
    assert _belongs(more, home, rows)
    worse = replace(more, fit=replace(more.fit, fvu=2.1 * true.fit.fvu))
    assert not _belongs(worse, home, rows)
    same = replace(true, fit=replace(true.fit, fvu=2.1 * true.fit.fvu))
    assert _belongs(same, home, rows)
    assert not _belongs(fitted(at, LINE), home, rows)


def test_a_form_that_becomes_another_for_some_numbers_is_a_larger_one(at, rows):
    """x/(1 + e y) tends to x if e does to 0."""
    line = fitted(at, LINE).tree
    below = power(add(exact(1), multiply(free(0.5), Y)), exact(-1))
    assert _is_larger_form(multiply(line.numbers()[0], X, below), line, rows)
    assert not _is_larger_form(multiply(free(1.0), Y), line, rows)


def test_spellings_of_one_form_with_free_numbers_are_one():
    at = problem(lambda a, b: np.exp(0.7 * a), 0.01, rows=40)
    one_way = fitted(at, call("exp", multiply(free(0.7), X)))
    other = fitted(at, power(free(2.0), X))
    assert _is_larger_form(other.tree, one_way.tree, at.evidence_rows)


# ---- neighbours and limits --------------------------------------------------------------------


def exponents(tree):
    return sorted(n.exponent.value for n in tree.walk() if hasattr(n, "exponent"))


def test_fitted_exponents_are_rounded_one_by_one_and_all():
    tree = multiply(power(X, free(1.4)), power(Y, free(-0.7)), power(add(X, Y), exact(2)))
    found = [exponents(t) for t in round_exponents(tree)]
    assert sorted(found) == sorted([[-0.7, 1.5, 2.0], [-0.5, 1.4, 2.0], [-0.5, 1.5, 2.0]])
    one_only = [t.key for t in round_exponents(power(X, free(1.8)))]
    assert one_only == [power(X, exact(2)).key]
    assert list(round_exponents(power(X, exact(3)))) == []
    assert list(round_exponents(power(exact(2), X))) == []
    assert [t.key for t in round_exponents(power(X, free(0.1)))] == [exact(1).key]


def test_neighbours_swap_functions_round_exponents_and_leave_parts_out(at):
    found = find_neighbours(at, at.evidence_rows, fitted(at, TRUE))
    assert all(m.source == NEIGHBOUR for m in found)
    keys = {m.tree.key for m in found}
    assert any(exponents(m.tree) == [1.5] for m in found)
    assert any(m.tree.inputs == {0} for m in found)
    assert any(m.tree.inputs == {1} for m in found)
    assert all(m.tree.inputs for m in found)
    assert len(keys) == len({m.tree.key for m in found})
    for m in found:
        assert m.fit.fvu == pytest.approx(at.data.measure(m.tree).fvu, rel=1e-6)


def test_neighbours_of_a_function_of_a_sum_have_other_functions():
    at, wave = problem(lambda a, b: 1.7 * np.tanh(a + b), 0.02, rows=60), call("tanh", add(X, Y))
    found = find_neighbours(at, at.evidence_rows, fitted(at, multiply(free(1.0), wave)))
    others = [m for m in found if "tanh" not in m.tree.key and m.tree.inputs == {0, 1}]
    assert min(m.fit.fvu for m in others) < 0.2


def test_neighbours_join_the_posterior_and_an_empty_one_stays(at):
    empty = Posterior((), -math.inf, -math.inf)
    assert add_neighbours(empty, at) is empty
    found = weigh_classes(at, [scored(at, TRUE), scored(at, LINE)], None)
    more = add_neighbours(found, at)
    assert more.classes[0].bits > found.classes[0].bits  # the exponent is rounded
    assert exponents(more.classes[0].best.tree) == [1.5]
    bits = [c.bits for c in more.classes]
    assert bits == sorted(bits, reverse=True)


def test_a_formula_that_the_rows_do_not_ask_for_becomes_its_limit():
    """a x / (1 + b y) with tiny b is a x."""
    at = problem(lambda a, b: 1.3 * a, 0.05, rows=60)
    longer = multiply(free(1.3), X, power(add(exact(1), multiply(free(0.01), Y)), exact(-1)))
    found = find_limit(at, at.evidence_rows, fitted(at, longer))
    assert found.source == LIMIT
    assert found.tree.inputs == {0}
    assert found.prior_bits <= formula_bits(longer, 2)
    assert at.evidence_rows.log_evidence(found.tree) > -math.inf
    needed = problem(lambda a, b: 1.3 * a / (1 + 0.8 * b), 0.02, rows=60)
    assert find_limit(needed, needed.evidence_rows, fitted(needed, longer)) is None
    given = replace(at, known=replace(at.known, template=object()))
    assert find_limit(given, given.evidence_rows, fitted(at, longer)) is None


def test_the_limit_takes_over_the_prior_and_the_longer_formula_its_class():
    at = problem(lambda a, b: 1.3 * a, 0.05, rows=60)
    rows = at.evidence_rows
    longer = multiply(free(1.3), X, power(add(exact(1), multiply(free(0.01), Y)), exact(-1)))
    ranked = rank(rows, [fitted(at, longer)])
    made = take_limits(Posterior(tuple(ranked), 3.0, 1.0), at, rows)
    assert (made.none, made.constant) == (3.0, 1.0)
    head = made.classes[0]
    assert head.best.tree.inputs == {0}
    assert ranked[0].best in head.others
    assert head.bits >= ranked[0].bits
    # A formula of the same form that was there before is taken instead.
    line = fitted(at, LINE)
    both = Posterior((*ranked, *rank(rows, [line])), 3.0, 1.0)
    assert take_limits(both, at, rows).classes[0].best is line
    assert take_limits(Posterior((), 3.0, 1.0), at, rows).classes == ()


def test_values_of_the_best_spelling_are_kept(at, rows):
    true = fitted(at, TRUE)
    merged = merge(rank(rows, [true, fitted(at, multiply(X, power(Y, free(1.5))))]), rows)
    values = [Program(c.best.tree).values(at.x) for c in merged]
    assert all(np.isfinite(v).all() for v in values)


def test_a_limit_has_at_most_the_formulas_numbers_and_is_an_allowed_form(at, monkeypatch):
    winner = fitted(at, multiply(free(2.0), X))
    same, more = multiply(free(2.0), X), add(multiply(free(2.0), X), free(0.5))
    forms = [more]
    monkeypatch.setattr(room, "limiting_forms", lambda tree: forms)
    monkeypatch.setattr(room, "UNASKED", math.inf)
    monkeypatch.setattr(room, "MUCH_WORSE", math.inf)
    assert find_limit(at, at.evidence_rows, winner) is None
    forms[:] = [same]
    assert find_limit(at, at.evidence_rows, winner) is not None
    monkeypatch.setattr(room, "is_allowed", lambda problem, tree: False)
    assert find_limit(at, at.evidence_rows, winner) is None


def test_rivals_and_limiting_forms_obey_limits_with_their_fitted_numbers(monkeypatch):
    """Rows that rise: a line that must fall does so with its first numbers, not when fitted."""
    x = np.linspace(0.5, 3, 60)[:, None]
    free_at = Problem(x, 2 * x[:, 0] + 1)
    falls = Checked.of(Limits(slopes={"x": "decreasing"}), x, free_at.y, ["x"], "y", 0)
    held = replace(free_at, known=Known(limits=falls))
    curve = scored(free_at, add(multiply(free(2.0), X), multiply(free(1e-4), call("exp", X))))
    found, obeying = (find_neighbours(a, a.evidence_rows, curve) for a in (free_at, held))
    assert any(falls.broken(m.tree) for m in found)
    assert not any(falls.broken(m.tree) for m in obeying)
    line = add(multiply(free(-2.0), X), free(1.0))
    assert falls.broken(line) is None
    monkeypatch.setattr(room, "limiting_forms", lambda tree: [line])
    monkeypatch.setattr(room, "UNASKED", math.inf)
    assert find_limit(free_at, free_at.evidence_rows, curve) is not None
    assert find_limit(held, held.evidence_rows, curve) is None
