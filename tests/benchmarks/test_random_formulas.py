"""Random formulas are the same every time, make sense, and say how difficult they are."""

import numpy as np
import pytest

from benchmarks.discovery import formulas
from benchmarks.discovery.dice import Dice
from benchmarks.discovery.equations import tree_of
from benchmarks.discovery.formulas import RandomFormula, difficulty, is_sane, random_formula
from edgewise.formula.expression import Input
from edgewise.formula.printing import to_text
from edgewise.formula.program import Program

MANY = [random_formula(seed, inputs) for inputs in (1, None) for seed in range(40)]


def made(text, *ranges):
    """A formula of x0, x1, … in these ranges."""
    tree = tree_of(text, {f"x{k}": k for k in range(len(ranges))})
    return RandomFormula(0, tree, ranges, difficulty(tree))


def test_dice_are_the_bits_of_numpy_whatever_its_version():
    """Values of PCG64's raw bits, which numpy promises to keep."""
    dice = Dice(7, 1)
    raw = np.random.PCG64(np.random.SeedSequence([7, 1])).random_raw(3)
    assert [dice.uniform() for _ in range(3)] == [(int(r) >> 11) * 2.0**-53 for r in raw]
    assert Dice(7, 1).uniform() == pytest.approx(0.7701409510034741, abs=1e-15)
    normals = Dice(3).normals(20_000)
    assert abs(normals.mean()) < 0.03
    assert abs(normals.std() - 1) < 0.02
    assert sorted(Dice(3).shuffle(range(20))) == list(range(20))
    counts = [Dice(k).weigh({"a": 3, "b": 1}) for k in range(400)].count("a")
    assert 260 < counts < 340
    assert {Dice(k).whole(2, 4) for k in range(60)} == {2, 3, 4}


def test_formulas_are_those_of_their_seeds():
    """So that a seed that was reported stays what it was; change the numbers knowingly."""
    known = {(0, 1): "x0 - tanh(x0)", (20, 1): "1/(x0**4 + 2)"}
    for (seed, inputs), text in known.items():
        assert to_text(random_formula(seed, inputs).tree, ["x0"]) == text
    for formula in MANY[:5] + MANY[-5:]:
        again = random_formula(formula.seed, 1 if formula.inputs == 1 else None)
        assert (again.tree, again.ranges) == (formula.tree, formula.ranges)
        for one, other in zip(again.sample(20, 3), formula.sample(20, 3), strict=True):
            np.testing.assert_array_equal(one, other)


def test_other_seeds_are_other_rows():
    formula = random_formula(3)
    (x, y), (other, _) = formula.sample(50, 0), formula.sample(50, 1)
    assert x.shape == (50, formula.inputs)
    assert not np.isin(x[:, 0], other[:, 0]).any()
    np.testing.assert_array_equal(y, Program(formula.tree).values(x))


@pytest.mark.parametrize("formula", MANY, ids=lambda f: f"{f.inputs}-{f.seed}")
def test_formulas_make_sense_at_rows_that_did_not_choose_them(formula):
    x, y = formula.sample(2000, 5)
    low, high = np.array(formula.ranges).T
    assert ((x >= low) & (x <= high)).all()
    assert np.isfinite(y).all()
    assert y.std() > 0.009
    assert np.abs(y).max() <= 1500
    assert formula.tree.inputs == frozenset(range(formula.inputs))
    for column in range(formula.inputs):
        other = x.copy()
        other[:, column] = x[::-1, column]
        share = np.mean((Program(formula.tree).values(other) - y) ** 2) / (2 * y.var())
        assert share > 0.005


def test_they_are_from_easy_to_hard():
    levels = [f.difficulty for f in MANY]
    assert set(levels) == {1, 2, 3, 4}
    sizes = [f.tree.size for f in MANY]
    assert np.mean([5 <= s <= 15 for s in sizes]) > 0.85
    assert {f.inputs for f in MANY} == {1, 2, 3, 4, 5}
    assert len({f.tree.key for f in MANY}) > 75


@pytest.mark.parametrize(
    ("text", "ranges", "sane"),
    [
        ("x0*exp(-x0/2) + 1", [(1, 5)], True),
        ("sqrt(x0**2 + x1**2)", [(1, 5), (1, 5)], True),
        ("(x0 + x1)/(1 + x0*x1)", [(0.1, 2), (0.1, 2)], True),
        ("log(x0 + 3)*x0", [(-3.5, 1)], False),  # not defined everywhere
        ("x1/x0 + x0**2", [(-2, 2), (1, 3)], False),  # a pole
        ("x0/(x0 - 1.234)", [(1, 5)], False),  # a pole between rows
        ("exp(x0**2) + x0", [(1, 5)], False),  # too large
        ("x0 + x1/10000", [(1, 5), (1, 5)], False),  # an input that hardly matters
        ("x0**2 + sin(x0)/1000", [(1, 5)], False),  # a term that hardly matters
        ("3*x0 + 2", [(1, 5)], False),  # a line
        ("tanh(x0/100) + x1*x0", [(1, 3), (1, 3)], False),  # a function that is a line there
        ("exp(log(x0)) + x0**2*x1", [(1, 3), (1, 3)], False),  # a function undone
        ("1/exp(x0) + x0", [(1, 3)], False),  # written longer than need be
        ("x0*x0", [(1, 3)], False),  # too short
        ("(x0 + 1000)**2/1000", [(1, 2)], False),  # hardly a spread
    ],
)
def test_what_makes_sense(text, ranges, sane):
    assert is_sane(made(text, *ranges)) is sane


def test_an_input_that_does_not_occur_makes_no_sense():
    formula = made("x0**2 + sin(x0)", (1.0, 3.0), (1.0, 3.0))
    assert not is_sane(formula)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x0**2 + x0", 1),  # 5 nodes
        ("x0**2 + 2.37*x0", 2),  # 7 nodes, 1 constant of three digits
        ("sin(2*x0) + cos(3*x0)", 2),  # 9 nodes
        ("sin(exp(2.37*x0)) + cos(3*x0)", 3),  # 10 nodes, one constant, one more nesting
        ("sin(1.37*x0) + cos(2.11*x0) + exp(-3.3*x0)*x0", 4),
    ],
)
def test_difficulty_is_as_defined(text, expected):
    tree = tree_of(text, {"x0": 0})
    assert difficulty(tree) == expected


def test_wrong_numbers_of_inputs():
    for inputs in (0, 6):
        with pytest.raises(ValueError, match=f"from 1 to 5, or None, got {inputs}"):
            random_formula(0, inputs)


def test_lines_explain_lines():
    u = np.linspace(0, 1, 50)
    assert formulas.unexplained_by_line(u, 3 - 2 * u) < 1e-12
    assert formulas.unexplained_by_line(u, (u - 0.5) ** 2) == pytest.approx(1)
    assert formulas.nesting(Input(0)) == 0
