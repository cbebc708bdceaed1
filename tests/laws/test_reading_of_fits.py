"""What fits of laws read: names, texts of formulas, columns, errors, limits and bounds."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
import sympy
import torch
from rows_of_fits import LAW, T

import edgewise as ew
from edgewise.laws.arguments import _rough_sigma, _size, read_bounds, read_noise, read_side
from edgewise.laws.assignment import (
    find_columns,
    is_product,
    list_assignments,
    may_be_called,
    promote,
    stands_for,
)
from edgewise.laws.censored import Censored
from edgewise.laws.errors import Errors, read_errors, without_errors
from edgewise.laws.law import Parameter, _read_example, _read_parameter
from edgewise.laws.library import get
from edgewise.laws.noise import Normal, Orthogonal, Poisson, Relative
from edgewise.laws.read import read_inputs, read_vector
from edgewise.laws.texts import _first_place, read_curve, read_target

# ---- names and texts --------------------------------------------------------------------------


def test_columns_stand_for_letters_or_words():
    assert stands_for("l", "l", "length")
    assert stands_for("len", "l", "length of the pendulum")
    assert stands_for("bob_length", "l", "length of the pendulum")
    assert not stands_for("le", "l", "length")
    assert not stands_for("width", "l", "length")
    pendulum = get("pendulum")
    assert may_be_called(pendulum, "")
    assert may_be_called(pendulum, "y")
    assert may_be_called(pendulum, pendulum.output)
    assert not may_be_called(pendulum, "cost")


def test_parameters_of_a_law_become_inputs():
    law = promote("pendulum", ("g",))
    assert law.parameters == ()
    low, high = law.ranges["g"]
    middle = get("pendulum").example["g"]
    assert (low, high) == (middle / 2, 2 * middle)
    assert promote("parabola", ("c",)).ranges["c"] == (-0.6, -0.15)  # it is -0.3 in the example
    assert not law.by_logs
    x = np.array([[1.0, 9.81], [2.0, 1.6]])
    np.testing.assert_allclose(law(x), 2 * np.pi * np.sqrt(x[:, 0] / x[:, 1]))


def test_names_of_columns_tell_a_law():
    x = np.array([[1.0, 9.8], [2.0, 9.8]])
    found = {law.name: places for law, places in list_assignments(["l", "g"], x, "T")}
    assert found["pendulum"] == (0, 1)
    swapped = {law.name: p for law, p in list_assignments(["g", "l"], x[:, ::-1], "T")}
    assert swapped["pendulum"] == (1, 0)
    negative = {law.name for law, _ in list_assignments(["l", "g"], -x, "T")}
    assert "pendulum" not in negative
    assert is_product(get("pendulum"))
    assert not is_product(get("michaelis_menten"))


@pytest.mark.parametrize(
    ("formula", "target", "found"),
    [
        ("y = a*x", None, ("a*x", "y")),
        ("a*x", "z", ("a*x", "z")),
        ("y = a*x", "z", ("a*x", "z")),
    ],
)
def test_sides_of_a_formula(formula, target, found):
    right, left = read_target(formula, target)
    assert (right.strip(), left.strip()) == found


def test_names_that_are_no_columns_are_parameters_in_their_order():
    curve, given = read_curve("k*exp(-a*t) + b", ["t", "u"])
    assert (curve.inputs, curve.parameters, given) == (("t",), ("k", "a", "b"), {})
    theta = np.array([2.0, 0.7, 0.3])
    np.testing.assert_allclose(curve.values(T[:, None], theta), 2 * np.exp(-0.7 * T) + 0.3)
    own, numbers = read_curve("2.5*t**2 + 0.5", ["t"])
    assert own.parameters == ("c0", "c1")
    assert sorted(numbers.values()) == [0.5, 2.5]
    np.testing.assert_allclose(
        own.values(T[:, None], np.array([numbers["c0"], numbers["c1"]])), 2.5 * T**2 + 0.5
    )
    place = _first_place("b*a + ab")
    assert [place(n) for n in ("b", "a", "ab", "c")] == [0, 2, 6, 8]
    assert read_curve("a*e + e", ["e"])[0].inputs == ("e",)


@pytest.mark.parametrize("column", ["S [mM]", "dose (uM)", "wave length", "2nd"])
def test_names_with_units_and_spaces_are_written_in_formulas_as_they_are(column):
    curve, _ = read_curve(f"Vmax*{column}/(Km + {column})", [column, "mM"])
    assert (curve.inputs, curve.parameters) == ((column,), ("Vmax", "Km"))
    theta = np.array([2.0, 0.7])
    np.testing.assert_allclose(curve.values(T[:, None], theta), 2 * T / (0.7 + T))


def test_names_of_columns_are_whole_words_of_a_formula():
    curve, _ = read_curve("a*sin(k*t) - b/t", ["t", "in", "", "-", "/"])
    assert (curve.inputs, curve.parameters) == (("t",), ("a", "k", "b"))


def test_a_column_that_is_called_like_a_formula_is_no_part_of_others():
    curve, _ = read_curve("k*(a - b)", ["a - b", "a", "b"])
    assert curve.inputs == ("a", "b")


def test_eulers_number_is_no_parameter_without_a_word():
    for text, name in (("E*exp(-k*t)", "E"), ("a + e*t", "e"), ("a*t**e", "e")):
        with pytest.raises(ValueError, match=f"got {name}, which is the number .*: write {name}0"):
            read_curve(text, ["t"])
    a, big_e, t = sympy.symbols("a E t")
    with pytest.raises(ValueError, match="got E, which is the number"):
        read_curve(big_e * sympy.exp(-a * t), ["t"])
    assert read_curve("a*e^(-k*t)", ["t"])[0].parameters == ("a", "k")
    assert read_curve("2.5*e*t", ["t"])[0].parameters == ("c0",)  # as discover may print it


@pytest.mark.parametrize("values", [["<0.3", 1.2], np.array(["1,5", "2,5"]), ("a", 2.0)])
def test_text_among_measured_values_has_its_remedy(values):
    with pytest.raises(ValueError, match=r"got text such as .*to_numeric.*censored="):
        read_vector("fit y", values)


def test_tensors_with_gradients_are_measured_values():
    assert read_vector("y", torch.ones(3, requires_grad=True)).tolist() == [1, 1, 1]
    assert read_vector("y", torch.ones(3, dtype=torch.bfloat16)).tolist() == [1, 1, 1]


def test_the_only_column_of_a_frame_is_the_only_input_of_a_law():
    assert read_inputs("f", {"S [mM]": [1.0, 2.0]}, ("S",)).tolist() == [[1.0], [2.0]]
    with pytest.raises(ValueError, match=r"a column 'S', got a, b: add it"):
        read_inputs("f", {"a": [1.0], "b": [2.0]}, ("S",))
    with pytest.raises(ValueError, match=r"columns for x beside y, got y alone"):
        ew.fit_law("line", {"y": [1.0, 2.0, 3.0]}, y="y")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Km [S] > 0: half", Parameter("Km", "half", "S", 0.0)),
        ("c [y] < 2: most", Parameter("c", "most", "y", -math.inf, 2.0)),
        ("n [1] in 0..9 from .5 1 2: order", Parameter("n", "order", "1", 0.0, 9.0, (0.5, 1, 2))),
        ("w [1/t] waves: frequency", Parameter("w", "frequency", "1/t", waves=True)),
        ("a [y/x]: a\n   slope", Parameter("a", "a slope", "y/x")),
    ],
)
def test_parameters_are_read_from_the_tables(text, wanted):
    assert _read_parameter(text) == wanted


def test_bounds_and_examples_are_read_and_told():
    assert Parameter("a", "").range == ""
    assert Parameter("a", "", lower=0.0).range == "> 0"
    assert Parameter("a", "", upper=2.0).range == "< 2"
    assert Parameter("a", "", lower=0.0, upper=2.0).range == "0 to 2"
    assert _read_example("0.1..2") == (0.1, 2.0)
    assert _read_example("3") == 3.0
    with pytest.raises(ValueError, match="expected a parameter"):
        _read_parameter("Km")
    law = replace(LAW, alike=(("A", "k"), ("B", "t0")))
    np.testing.assert_array_equal(law.settle(np.array([5.0, 1, 2, 3, 9])), [2, 3, 5, 1, 9])
    np.testing.assert_array_equal(law.settle(np.array([2.0, 1, 5, 3, 9])), [2, 1, 5, 3, 9])


# ---- arguments --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("most", "size"), [(1.0, 1.0), (1e30, 1.0), (1.1e30, 2.0**100), (1e-30, 1.0), (0.0, 1.0)]
)
def test_extreme_values_have_a_unit(most, size):
    (found,) = _size(np.array([0.0, -most]))
    assert found == (size if most in (1.0, 1e30, 1e-30) else found)
    assert 0.5 <= most / found <= 1 or found == 1
    (tiny,) = _size(np.array([1e-31]))
    assert 0.5 <= 1e-31 / tiny <= 1


def test_rough_errors_are_a_tenth_of_the_spread():
    np.testing.assert_allclose(_rough_sigma(np.array([1.0, 3.0])), 0.1)
    np.testing.assert_allclose(_rough_sigma(np.array([2.0, 2.0])), 1.0)
    large = _rough_sigma(np.array([1e40, 3e40]))
    np.testing.assert_allclose(large, 1e39)


def test_sides_of_limits_are_numbers_or_truths():
    assert read_side("o", None, None, 3).tolist() == [0, 0, 0]
    assert read_side("o", [-1, 0, 1], None, 3).tolist() == [-1, 0, 1]
    assert read_side("o", [True, False], None, 2).tolist() == [-1, 0]
    assert read_side("o", "c", {"c": [1, 0]}, 2).tolist() == [1, 0]
    for wrong in ([2, 0], [0, 0, 0], [0.5, 0]):
        with pytest.raises(ValueError, match="censored"):
            read_side("o", wrong, None, 2)


def test_noise_follows_from_the_errors_that_are_given():
    y = np.array([1.0, 4.0, 9.0])

    def noise(**settings):
        given = {"sigma": None, "x_sigma": None, "censored": None} | settings
        return read_noise("o", y, given.pop("sigma"), given.pop("x_sigma"), ["t"], None, **given)

    assert isinstance(noise(), Normal)
    assert not noise().is_known
    assert noise(sigma=0.5).is_known
    assert isinstance(noise(sigma="relative"), Relative)
    assert isinstance(noise(sigma="counts"), Poisson)
    assert isinstance(noise(sigma="constant"), Normal)
    both = noise(sigma=0.5, x_sigma=0.1)
    assert isinstance(both, Orthogonal)
    limits = noise(censored=[0, -1, 0])
    assert isinstance(limits, Censored)
    assert not limits.is_known
    assert noise(censored=[0, -1, 0], sigma=0.5).is_known
    for wrong in (
        {"censored": [0, -1, 0], "sigma": "relative"},
        {"censored": [0, -1, 0], "sigma": 0.5, "x_sigma": 0.1},
        {"x_sigma": 0.1},
    ):
        with pytest.raises(ValueError, match="expected a numeric sigma"):
            noise(**wrong)
    y[0] = -1
    with pytest.raises(ValueError, match="counts"):
        noise(sigma="counts")
    with pytest.raises(ValueError, match="one sign"):
        noise(sigma="relative")


def test_bounds_are_replaced_by_name():
    low, high = np.zeros(2), np.ones(2)
    lower, upper = read_bounds("o", ["a", "b"], {"b": (None, 5)}, low, high)
    assert lower.tolist() == [0, -np.inf]
    assert upper.tolist() == [1, 5]
    assert low.tolist() == [0, 0]
    for wrong in ({"c": (0, 1)}, {"a": (1, 0)}, {"a": 3}):
        with pytest.raises(ValueError, match="bounds"):
            read_bounds("o", ["a", "b"], wrong, low, high)


def test_errors_go_with_rows_columns_and_units():
    errors = Errors("given", np.array([1.0, 2.0, 3.0]), np.arange(6.0).reshape(3, 2))
    some = errors.of_rows(np.array([2, 0]))
    assert some.sigma.tolist() == [3, 1]
    assert some.x_sigma.tolist() == [[4, 5], [0, 1]]
    assert errors.of_columns([1]).x_sigma.tolist() == [[1], [3], [5]]
    halved = errors.divided(np.array([2.0, 4.0]), 10.0)
    np.testing.assert_allclose(halved.sigma, [0.1, 0.2, 0.3])
    np.testing.assert_allclose(halved.x_sigma[2], [2, 1.25])
    none = Errors()
    assert none.of_rows(np.array([0])).sigma is None
    assert none.of_columns([0]).x_sigma is None
    assert none.divided(np.ones(1), 2.0).sigma is None


def test_errors_are_read_in_all_their_forms():
    table = {"t": [1.0, 2.0], "s": [0.1, 0.2]}

    def read(sigma, x_sigma=None, **settings):
        given = {"rows": 2, "names": ["t", "u"], "table": table} | settings
        return read_errors("o", sigma, x_sigma, **given)

    assert read(None)[0].kind is None
    assert read("counts")[0].kind == "poisson"
    assert read(0.5)[0].sigma.tolist() == [0.5, 0.5]
    assert read("s")[0].sigma.tolist() == [0.1, 0.2]
    two = read(np.array([[1.0, 2.0], [3.0, 4.0]]), outputs=2)
    assert [e.sigma.tolist() for e in two] == [[1, 3], [2, 4]]
    assert read(1.0, 0.3)[0].x_sigma.tolist() == [[0.3, 0.3]] * 2
    assert read(1.0, [0.3, 0.4])[0].x_sigma.tolist() == [[0.3, 0.4]] * 2
    assert read(1.0, {"u": "s"})[0].x_sigma.tolist() == [[0, 0.1], [0, 0.2]]
    assert read(1.0, "s", names=["t"])[0].x_sigma.tolist() == [[0.1], [0.2]]
    for wrong in ((0.0,), (np.nan,), ([1.0, 2.0, 3.0],), ("z",), (1.0, -0.1), (1.0, {"z": 1.0})):
        with pytest.raises(ValueError, match="expected"):
            read(*wrong)
    assert without_errors(table, "s", None) is table


@pytest.mark.parametrize("unit", ["datetime64[D]", "timedelta64[s]"])
def test_dates_and_durations_have_their_remedy(unit):
    days = np.arange(8).astype(unit)
    for x in (days, {"t": days}):
        with pytest.raises(ValueError, match=r"\(t - t\[0\]\) / numpy.timedelta64\(1, 'D'\)"):
            ew.fit_law("line", x, np.arange(8.0))
    assert ew.fit_law("line", (days - days[0]) / np.timedelta64(1, "D"), np.arange(8.0)).converged


def test_a_fit_prints_its_warnings():
    x = np.arange(1.0, 9.0)
    fitted = ew.fit_formula("y = a + b*x", {"x": x, "y": x}, bounds={"b": (0, 0.5)})
    assert str(fitted).endswith("b is at its bound, 0.5: its error is meaningless")


# ---- columns of a table -----------------------------------------------------------------------

KINETICS = "competitive_inhibition"


@pytest.mark.parametrize(
    "names",
    [
        ("S", "I"),
        ("S [mM]", "I (mM)"),
        ("S_mM", "I/µM"),
        ("substrate", "inhibitor [µM]"),
        ("S [mM]", "inhibitor"),
    ],
)
def test_columns_of_a_law_are_told_by_letters_and_by_meanings(names):
    rows = {"sample": [1.0], names[1]: [1.0], names[0]: [1.0], "v": [1.0]}
    assert find_columns("fit_law", rows, get(KINETICS), ["v"]) == list(names)


def test_the_only_column_is_the_input_whatever_its_name():
    rows = {"conc. [mM]": T, "rate": 2 * T / (0.7 + T), "err": np.full(len(T), 0.1)}
    fitted = ew.fit_law("michaelis_menten", rows, "rate", sigma="err", x_sigma={"conc. [mM]": 0.1})
    assert fitted.inputs == ("conc. [mM]",)
    assert (fitted.title, fitted.text) == ("Michaelis–Menten", "Vmax*conc_mM/(Km + conc_mM)")
    np.testing.assert_allclose(fitted.predict(rows), rows["rate"], rtol=1e-6)
    np.testing.assert_allclose(fitted.predict(T), rows["rate"], rtol=1e-6)


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        (
            ("dose", "pH", "I"),
            r"a column for S \(concentration of the substrate\), got dose, pH, I:",
        ),
        (("S [mM]", "S [g/l]", "I"), r"of which S \[mM\] and S \[g/l\] may be it"),
        (("concentration", "pH"), "of which concentration may be it"),  # of both
    ],
)
def test_columns_that_names_do_not_tell(columns, told):
    with pytest.raises(ValueError, match=told + ".*that of I as an array"):
        find_columns("fit_law", dict.fromkeys(columns, T), get(KINETICS), taken=())
