"""Who is right and who isn't: the judge is tried with answers that must fail."""

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.discovery import judge
from benchmarks.discovery.cases import Answer, Data
from benchmarks.discovery.dice import Dice
from benchmarks.discovery.equations import tree_of
from edgewise.formula.expression import Apply, Input, Sum, exact, free, multiply, power
from edgewise.formula.library import LIBRARY
from edgewise.formula.program import Program, refit

NAMES = {"x0": 0, "x1": 1, "x2": 2}


def data_of(text, noise=0.0):
    """200 rows of a formula of three inputs in [1, 3]."""
    truth = tree_of(text, NAMES)

    def points(rows, seed):
        return 1 + 2 * Dice(99, seed).uniforms(rows, 3)

    def wider(rows, seed):
        return 2 + 1.3 * (points(rows, seed) - 2)

    x, x_test = points(200, 0), points(200, 1)
    y = Program(truth).values(x)
    y = y + noise * y.std() * Dice(98).normals(200)
    y_test = Program(truth).values(x_test)
    return Data(x, y, x_test, y_test, truth, points, noise=noise, beyond=wider)


def answer(data, text="x0", verdict="law", **values):
    tree = tree_of(text, NAMES)
    return Answer(Program(tree).values(data.x_test), text, 1.0, verdict, tree)


def test_equal_is_equal_to_a_millionth_of_the_spread():
    data = data_of("x0*x1 + 100")
    assert judge.is_equal(data, answer(data, "x1*x0 + 100"))
    assert judge.is_equal(data, answer(data, "x1*x0 + 100.0000001"))
    assert not judge.is_equal(data, answer(data, "x1*x0 + 100.0001"))  # 1e-6 of y, not of spread
    assert not judge.is_equal(data, answer(data, "1.00001*x1*x0 + 100"))
    assert not judge.is_equal(data, answer(data, "x0*x2 + 100"))
    broken = Answer(np.where(np.arange(200) == 7, np.nan, data.y_test), "", 1.0)
    assert judge.relative_error(broken.values, data.y_test) == float("inf")
    assert not judge.is_equal(data, broken)


@pytest.mark.parametrize(
    ("truth", "found"),
    [
        ("x0*x1/x2", "x0*x1/x2"),
        ("x0*x1/x2", "1.0132*x0*x1/x2 - 0.0127"),  # a factor and a shift that go to 1 and 0
        ("2.5*exp(-0.7*x0) + x1", "2.43*exp(-0.68*x0) + 0.992*x1"),
        ("x0**1.7 + sin(2*x1)", "0.97*x0**1.73 + sin(1.98*x1)"),
        ("sqrt(x0**2 + x1**2)", "1.002*sqrt(x0**2 + 1.01*x1**2)"),
        ("2.37*x0/(1.5 + x1)", "2.3*x0/(1.4 + x1)"),
        ("3*x0 + x1", "2.98*x0 + 1.01*x1 + 0.02*x2"),  # one superfluous term
    ],
)
def test_the_form_is_right(truth, found):
    data = data_of(truth, noise=0.05)
    assert judge.has_right_form(tree_of(found, NAMES), data)
    assert judge.is_of_right_form(data, answer(data, found))


@pytest.mark.parametrize(
    ("truth", "found"),
    [
        ("x0*x1/x2", "1.01*x0*x1/(x2 + 0.01) + 0.02*x0**2*x1"),  # an exact part too many
        ("x0*x1", "0.9*x0 + 0.8*x1"),
        ("sin(2*x0) + x1", "1.1*tanh(1.9*x0) + x1"),
        ("exp(x0/2)", "1.03 + 0.45*x0 + 0.15*x0**2"),  # a polynomial that only fits
        ("exp(x0/2) + x1", "exp(0.5*x0) + 1.01*x1 + sin(x2)/10"),
        ("sqrt(x0**2 + x1**2)", "x0 + 0.41*x1"),
        ("x0**2 + x1", "x0**3 + x1"),
        ("2.37*x0 + x1**2", "2*x0 + x1**2"),  # snapped to a wrong constant
        # the truth among many superfluous terms
        ("x0*x1", "0.9*x0*x1 + 0.1*x0 + 0.1*x1 + 0.01*x2 + 0.02*x0**2"),
    ],
)
def test_the_form_is_wrong(truth, found):
    data = data_of(truth, noise=0.05)
    assert not judge.has_right_form(tree_of(found, NAMES), data)
    assert not judge.is_of_right_form(data, answer(data, found))


@pytest.mark.parametrize(
    ("truth", "noise", "found", "form"),
    [
        # one function in two spellings
        ("2.37*x0/(1.5 + x0)", 0.01, "1/(0.6329/x0 + 0.42194)", "same"),
        ("212.7*x0/(x0 + 3)", 0.01, "212.7 - 638.1/(x0 + 3)", "same"),
        # a number that the data don't tell from its neutral value, and one that they do
        ("2.3*sqrt(x0**2 + x1**2)", 0.02, "2.3*sqrt(x0**2 + x1**2 - 0.005)", "nested"),
        ("2.3*sqrt(x0**2 + x1**2)", 0.02, "2.3*sqrt(x0**2 + x1**2 - 0.5)", "other"),
        # rounded numbers, also such that are exact, as far as noise allows
        ("1.31*x0**0.751*x1**0.251", 0.01, "1.312*x0**(3/4)*x1**(1/4)", "same"),
        ("1.31*x0**0.751*x1**0.251", 0.001, "1.312*x0**(4/5)*x1**(1/4)", "other"),
        ("1.005*x0*x1", 0.05, "x0*x1", "same"),
        ("1.005*x0*x1", 0.001, "x0*x1", "other"),
        ("x0**2/(9*x0 + 10*x1)", 0.3, "0.1056*x0**2/(x0 + x1)", "same"),
        ("x0**2/(9*x0 + 10*x1)", 0.001, "0.1056*x0**2/(x0 + x1)", "other"),
        # a part of the truth whose number the data don't tell from zero, and one that they do
        ("2.31*x0/(x1 - 0.01) - 0.013/x1**2", 0.05, "2.321*x0/x1", "same"),
        ("2.31*x0/(x1 - 0.01) - 0.013/x1**2", 0.01, "2.321*x0/x1", "other"),
        # an exponent that is another, although noise hides it
        ("8.3*x0*x1/x2", 0.9, "8.3*x0*sqrt(x1)/(x2 - 0.3)", "other"),
        # a Taylor polynomial within the noise
        ("exp(x0/10)", 0.05, "1.0056 + 0.0906*x0 + 0.0071*x0**2", "other"),
    ],
)
def test_forms_are_functions(truth, noise, found, form):
    data = data_of(truth, noise)
    assert judge.compare_forms(tree_of(found, NAMES), data) == form


def test_a_form_that_fails_outside_the_box_is_another():
    """Equal on the rows, but not in a box that is 1.3 times as wide."""
    data = data_of("x0*x1")
    found = tree_of("x0*x1 + abs(x0 - 0.9) - x0 + 0.9", NAMES)
    assert not judge.has_right_form(found, data)
    assert judge.has_right_form(found, replace(data, beyond=None))


def test_the_front_is_looked_at_where_the_winner_is_wrong():
    data = data_of("1.5*x0*x1", noise=0.01)
    right, wrong = (tree_of(text, NAMES) for text in ("1.5*x0*x1", "1.5*x0 + x1"))
    found = answer(data, "1.5*x0 + x1")
    assert judge.tell_form(data, found) == {"form": "other", "place": ""}
    assert judge.tell_form(data, replace(found, front=[wrong, right]))["place"] == "front"
    assert judge.tell_form(data, answer(data, "1.5*x0*x1"))["place"] == "winner"
    assert judge.tell_form(replace(data, truth=None), found) == {}


def test_a_polynomial_that_could_be_refitted_to_a_millionth_has_too_many_constants():
    data = data_of("exp(x0/10)", noise=0.01)
    terms = [multiply(free(0.01 / k), power(Input(0), k)) for k in range(1, 8)]
    tree = Sum((*terms, free(1.0)))
    tree = refit(tree, data.x, data.y).tree
    assert not judge.has_right_form(tree, data)
    # With one constant more in the truth for each it counts: it is their number that told.
    rich = replace(data, truth=Sum((data.truth, *(free(0.0) for _ in range(5)))))
    assert judge.has_right_form(tree, rich)


def test_numbers_of_a_form_are_counted_but_for_exact_exponents():
    count = judge.count_numbers
    assert count(tree_of("x0*x1/x2", NAMES)) == 0
    assert count(tree_of("2.5*x0**2 - x1", NAMES)) == 2
    assert count(tree_of("x0**1.7", NAMES)) == 1
    assert count(Apply(LIBRARY["sin"], multiply(exact(2), Input(0)))) == 1


def test_what_wrong_claims_are():
    data = data_of("x0*x1")
    for verdict, claimed in (("exact", True), ("law", True), ("approximation", False), ("", False)):
        assert answer(data, verdict=verdict).claimed is claimed
    assert judge.is_unclaimed(data, answer(data, verdict="approximation")) is True
    assert judge.is_unclaimed(data, answer(data, verdict="law")) is False
    assert judge.is_unclaimed(data, answer(data, verdict="exact")) is False
    assert judge.is_unclaimed(data, answer(data, verdict="")) is None


def test_tasks_ask_for_the_claim_too():
    data = data_of("x0*x1", noise=0.05)
    assert judge.is_equal_and_claimed(data, answer(data, "x0*x1", "exact"))
    assert judge.is_equal_and_claimed(data, answer(data, "x0*x1", ""))
    assert not judge.is_equal_and_claimed(data, answer(data, "x0*x1", "approximation"))
    assert not judge.is_equal_and_claimed(data, answer(data, "x0", "exact"))
    near = answer(data, "1.005*x0*x1", "law")
    assert judge.is_of_right_form_and_claimed(data, near)
    assert not judge.is_of_right_form_and_claimed(data, replace(near, verdict="approximation"))
    near = Data(data.x, data.y, data.x_test, data.y_test, data.truth, data.points, noise=0.1)
    assert judge.is_of_right_form_and_claimed(near, answer(data, "1.005*x0*x1", ""))
    assert not judge.is_of_right_form_and_claimed(near, answer(data, "1.1*x0*x1", ""))


def test_signs_tell_classes():
    x, y = np.zeros((1000, 1)), np.arange(1000) % 2.0
    data = Data(x, y, x, y)
    values = y - 0.5
    assert judge.tells_classes(data, Answer(values, "", 1.0))
    values[:4] *= -1
    assert not judge.tells_classes(data, Answer(values, "", 1.0))
    assert not judge.tells_classes(data, Answer(np.full(1000, np.nan), "", 1.0))
    labels = replace(data, y_test=(data.y_test > 0).astype(float), middle=0.5)
    wide = 0.5 + 0.1 * data.y_test
    assert judge.tells_classes(labels, Answer(wide, "", 1.0))
    assert not judge.tells_classes(labels, Answer(wide - 0.5, "", 1.0))


def test_without_a_truth_nobody_knows_the_form():
    data = Data(np.zeros((2, 3)), np.zeros(2), np.zeros((2, 3)), np.zeros(2))
    found = Answer(np.zeros(2), "x0", 1.0, "law", tree_of("x0", NAMES))
    assert judge.has_right_form_if_known(data, found) is None
    with pytest.raises(ValueError, match="known formula"):
        judge.has_right_form(found.tree, data)
    known = data_of("x0")
    assert judge.has_right_form_if_known(known, Answer(known.y_test, "", 1.0)) is None
