"""Each clause of a condition decides once, alone, in the parts that fits of laws are made of."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from rows_of_fits import LAW, T, rows_of

from edgewise.formula.expression import Input, Power, Product, add, apply, exact, free, power
from edgewise.formula.library import LIBRARY
from edgewise.formula.parse import parse_formula
from edgewise.laws.arguments import _rough_sigma, read_noise, read_side
from edgewise.laws.assignment import _assign, list_assignments, may_be_called
from edgewise.laws.curve import Curve
from edgewise.laws.errors import read_errors, without_errors
from edgewise.laws.frequencies import find_frequencies, find_turns, resolvable_waves
from edgewise.laws.law import Parameter
from edgewise.laws.library import get
from edgewise.laws.naming import (
    MOST_INPUTS,
    MOST_NODES,
    _choose,
    _is_determined,
    _is_told,
    _noise,
    _rename,
    divides_by_sum,
    families,
    name_formula,
)
from edgewise.laws.noise import Relative
from edgewise.laws.read import read_inputs
from edgewise.laws.solve import FitProblem, _descend_projected, solve
from edgewise.laws.start import (
    _fold_in,
    _of_no_unit,
    _places_and_sizes,
    _signs,
    _typical,
    start_values,
)
from edgewise.laws.suggest import Screen, SuggestedLaw, fit_choices, suggest_laws
from edgewise.laws.temperatures import COLD, HOT, note_temperatures
from edgewise.laws.texts import read_curve

X, Y = Input(0), Input(1)
ROWS = T[:, None]


# ---- what is read -----------------------------------------------------------------------------


@pytest.mark.parametrize("y", [T, -T])
def test_relative_errors_are_those_of_y_of_one_sign(y):
    assert isinstance(read_noise("f", y, "relative", None, ["t"], None, None), Relative)
    for wrong in (T - 1, np.append(0.0, y[1:])):
        with pytest.raises(ValueError, match="y of one sign"):
            read_noise("f", wrong, "relative", None, ["t"], None, None)


@pytest.mark.parametrize(
    ("y", "sigma"), [(np.full(5, 3.0), 1.0), (np.arange(5.0), math.sqrt(2) / 10)]
)
def test_rough_errors_are_a_tenth_of_the_deviation_or_1(y, sigma):
    np.testing.assert_allclose(_rough_sigma(y), sigma)


def test_rough_errors_have_the_unit_of_y():
    y = np.arange(5.0)
    np.testing.assert_allclose(_rough_sigma(2.0**600 * y), 2.0**600 * _rough_sigma(y))


def test_limits_are_a_column_only_where_the_table_has_it():
    table = pd.DataFrame({"t": [1.0, 2.0], "below": [True, False]})
    assert read_side("f", "below", table, 2).tolist() == [-1, 0]
    for given in (table, T[:2]):
        with pytest.raises((ValueError, TypeError), match="censored"):
            read_side("f", "above", given, 2)


def test_a_column_named_like_a_kind_of_errors_is_a_column():
    frame = pd.DataFrame({"t": T, "relative": 0.1 + 0 * T})
    known = {"rows": 14, "names": ["t"], "outputs": 1}
    (read,) = read_errors("f", "relative", None, table=frame, **known)
    np.testing.assert_array_equal(read.sigma, frame["relative"])
    (kind,) = read_errors("f", "relative", None, table=frame[["t"]], **known)
    assert kind.sigma is None
    assert kind.kind == "relative"


def test_columns_of_errors_are_no_inputs():
    frame = pd.DataFrame({"t": T, "s": T, "e": T})
    assert list(without_errors(frame, "s", None).columns) == ["t", "e"]
    assert list(without_errors(frame, None, {"t": "e"}).columns) == ["t", "s"]
    assert without_errors(frame, 0.1, None) is frame
    mapping = {"t": T, "s": T}
    assert without_errors(mapping, "s", None) is mapping
    assert without_errors(ROWS, "s", None) is ROWS


def test_a_row_is_a_column_where_there_is_one_input():
    assert read_inputs("f", T[None], ["t"]).shape == (14, 1)
    assert read_inputs("f", T, ["t"]).shape == (14, 1)
    for x, names in ((T[None], ["t", "u"]), (np.stack([T, T], 1), ["t"])):
        with pytest.raises(ValueError, match="a column for each of"):
            read_inputs("f", x, names)


def test_columns_take_precedence_over_printed_names():
    curve, _ = read_curve("a*S_mM", ["S [mM]"])
    assert (curve.inputs, curve.parameters) == (("S [mM]",), ("a",))
    both, _ = read_curve("a*S_mM", ["S [mM]", "S_mM"])
    assert both.inputs == ("S_mM",)


# ---- names ------------------------------------------------------------------------------------


def test_each_column_is_one_symbol_within_its_bounds_and_no_input_is_missing():
    law, x = get("pendulum"), np.array([[1.0, 9.8], [2.0, 9.8]])
    assert list(_assign(law, ["l", "g"], x)) == [{"l": 0, "g": 1}]
    assert list(_assign(law, ["l", "length"], x)) == []  # one symbol twice
    assert list(_assign(law, ["g"], x[:, 1:])) == []  # the length is missing
    assert list(_assign(law, ["l", "g"], x * [1, -1])) == []  # g is above 0
    assert list(_assign(law, ["l", "width"], x)) == []


def test_letters_alone_name_a_product_only_with_the_name_of_y():
    x = np.array([[1.0, 9.8], [2.0, 9.7]])

    def found(names, output):
        return "pendulum" in {law.name for law, _ in list_assignments(names, x, output)}

    assert found(["l", "g"], "T")
    assert found(["l", "g"], "period")
    assert not found(["l", "g"], "cost")
    assert found(["length", "gravity"], "cost") == found(["length", "gravity"], "T")
    assert may_be_called(get("pendulum"), "pendulum")


@pytest.mark.parametrize(
    ("text", "kinds", "divides"),
    [
        ("2*exp(3)*x0", set(), False),
        ("2*exp(3*x0)", {"exp"}, True),
        ("2*tanh(3*x0)", {"exp"}, True),
        ("2**x0", {"exp"}, False),
        ("x0**2 + x0", set(), False),
        ("1/(x0 + 1)", set(), True),
        ("(x0 + 1)**2", set(), False),
    ],
)
def test_families_of_functions_and_sums_below_a_fraction_line(text, kinds, divides):
    tree, _ = parse_formula(text)
    assert families(tree, tree.inputs) == kinds
    if "exp(3)" not in text:
        assert divides_by_sum(tree, tree.inputs) == divides


def test_free_exponents_of_sums_may_divide():
    tree = Power(add(X, exact(1)), free(2.0))
    assert divides_by_sum(tree, tree.inputs) is None
    assert divides_by_sum(Power(X, free(2.0)), tree.inputs) is False
    assert divides_by_sum(Power(add(X, exact(1)), exact(1, 2)), tree.inputs) is True
    assert divides_by_sum(Power(add(X, exact(1)), exact(2)), tree.inputs) is False


def test_formulas_that_are_no_law_by_their_size_are_not_compared():
    y = 3 * T / (T + 2)
    tree, _ = parse_formula("3*x0/(x0 + 2)")
    assert name_formula(exact(3), ROWS, y) is None
    constant = add(tree, Product((exact(-1), tree)), exact(1))
    assert name_formula(constant, ROWS, np.ones(14)) is None
    many = add(*(power(Input(k), 2) for k in range(MOST_INPUTS + 1)))
    assert name_formula(many, np.tile(ROWS, MOST_INPUTS + 1), y) is None
    long = add(*(apply(LIBRARY["sin"], Product((free(k + 1.5), X))) for k in range(30)))
    assert long.size > MOST_NODES
    assert name_formula(long, ROWS, y) is None
    with np.errstate(all="ignore"):
        undefined, _ = parse_formula("log(x0 - 9)")
        assert name_formula(undefined, ROWS, y) is None
    flat = np.ones((14, 1))
    assert name_formula(tree, flat, y) is None


def test_noise_of_named_formulas():
    weight = np.array([1.0, 4.0])
    unknown, known = _noise(weight, None, 2), _noise(weight, 9.0, 2)
    np.testing.assert_allclose(unknown.sigma, [1.0, 0.5])
    np.testing.assert_allclose(known.sigma, [3.0, 1.5])
    assert (unknown.is_known, known.is_known) == (False, True)
    np.testing.assert_allclose(_noise(None, 4.0, 2).sigma, [2.0, 2.0])


def made(name, columns=(0,), theta=None, fvu=0.0):
    law = get(name)
    start = [law.example[p.name] for p in law.parameters]
    return SuggestedLaw(law, columns, np.array(start if theta is None else theta), fvu)


def test_rows_determine_parameters_where_their_slopes_differ():
    assert _is_determined(made("michaelis_menten", theta=[3.0, 2.0]), ROWS)
    assert not _is_determined(made("michaelis_menten", theta=[3e12, 1e12]), ROWS)
    with np.errstate(all="ignore"):
        assert _is_determined(made("michaelis_menten", theta=[3.0, -T[3]]), ROWS)


def test_names_choose_among_laws_that_are_one_function():
    langmuir, enzyme, line = made("langmuir"), made("michaelis_menten"), made("line")
    assert _choose([enzyme, langmuir], ["c"], "q") is langmuir
    assert _choose([enzyme, langmuir], ["S"], "v") is enzyme
    assert _is_told(langmuir.law, ["c"], "q")
    for names, output in ((["c"], ""), (["c"], "y"), (["u"], "q"), (["c"], "cost")):
        assert not _is_told(langmuir.law, names, output)
    assert _choose([enzyme, line], ["u"], "y") is line  # two of science: the shape
    assert _choose([line], ["u"], "y") is line
    assert _choose([enzyme], ["u"], "y") is enzyme


def test_a_product_of_powers_keeps_its_name_where_columns_tell_it():
    ohm = made("pendulum")
    assert _rename(ohm, ["l"]).law is ohm.law
    assert _rename(ohm, ["u"]).law.title == "product of powers"
    for other in (made("michaelis_menten"), made("power_law")):
        assert _rename(other, ["u"]).law is other.law


# ---- start values and descents ----------------------------------------------------------------


def parameter(low=-math.inf, high=math.inf, unit="1", starts=()):
    return Parameter("p", "", unit, low, high, starts, False)


@pytest.mark.parametrize(
    ("low", "high", "wanted"),
    [
        (0.0, 6.0, [1, 2, 3, 4, 5]),
        (0.0, math.inf, [0.3, 1.0, 3.0]),
        (-1.0, math.inf, [-2.0, -0.7, 0.7, 2.0]),
        (-math.inf, 6.0, [-2.0, -0.7, 0.7, 2.0]),
    ],
)
def test_start_values_without_a_unit(low, high, wanted):
    assert list(_of_no_unit(parameter(low, high))) == pytest.approx(wanted)


@pytest.mark.parametrize(
    ("low", "high", "wanted"),
    [(-1, 1, [1, 2, -1, -2]), (0, 9, [1, 2]), (-9, 0, [-1, -2]), (1, 9, [1, 2])],
)
def test_sizes_have_the_signs_that_a_parameter_may_have(low, high, wanted):
    assert _signs(parameter(low, high), np.array([1.0, 2.0])).tolist() == wanted
    assert _signs(parameter(low, high), np.array([-1.0, 2.0])).tolist() == [-1, 2]


@pytest.mark.parametrize(("x", "span"), [([2.0, 6.0], 4), ([5.0, 5.0], 5), ([-5.0], 5), ([0.0], 1)])
def test_places_are_around_the_input_and_sizes_of_its_span(x, span):
    x = np.array(x)
    places = _places_and_sizes(parameter(), x)
    assert places.min() < x.min() - span / 2
    assert places.max() > x.max() + span / 2
    sizes = _places_and_sizes(parameter(0.0), x)
    assert sizes[0] == pytest.approx(span / 50)
    assert sizes[-1] == pytest.approx(3 * max(span, *np.abs(x)))


@pytest.mark.parametrize(
    ("unit", "size"), [("y/t", 2.0), ("t", 2.0), ("1/z", 1.0), ("y*t", 8.0), ("t/u", 1.0)]
)
def test_typical_sizes_of_units(unit, size):
    columns = {"t": np.array([2.0, 0.0]), "y": np.array([4.0, -4.0]), "z": np.zeros(2),
               "u": np.array([1e-308, 1e-308]) * 1e-10}  # fmt: skip
    with np.errstate(all="ignore"):
        assert _typical(unit, columns) == size


@pytest.mark.parametrize(
    ("low", "high", "wanted"),
    [
        (-9.0, 9.0, [-2.0, 1.0, 4.0]),
        (0.0, math.inf, [2.0, 1.0, 4.0]),
        (-math.inf, 0.0, [-2.0, -1.0, -4.0]),
        (0.0, 3.0, [0.0, 1.0, 3.0]),
    ],
)
def test_values_are_moved_within_bounds(low, high, wanted):
    found = _fold_in(np.array([-2.0, 1.0, 4.0]), low, high)
    np.testing.assert_allclose(found, wanted)
    assert _fold_in(np.array([9.0, 9.0]), 0.0, 3.0).tolist() == [0.0, 0.0]


def test_start_values_outside_of_the_bounds_are_moved_to_them():
    far = replace(LAW.parameters[1], starts=(50.0,), lower=0.0, upper=2.0)
    assert start_values(far, LAW, rows_of()) == [2.0]
    none = replace(far, unit="1", starts=(0.5, 50.0))
    assert start_values(none, LAW, rows_of()) == [0.5]


@pytest.mark.parametrize(
    ("text", "waves", "turns"),
    [
        ("a*sin(w*x + p)", {1}, {2}),
        ("a*sin(x/w + p)", {1}, {2}),
        ("a*sin(x/w**2)", set(), set()),
        ("a*sin(w**2*x)", set(), set()),
        ("a*sin(w*(x - p))", {1}, {2}),
        ("a*sin(w*(x - 2*p))", {1}, set()),
        ("a*sin(w*p*x)", set(), set()),
        ("a*sin(2*p)*w*x", set(), set()),
    ],
)
def test_frequencies_and_phases(text, waves, turns):
    names = [n for n in ("a", "w", "p") if n in text]
    curve = Curve.read(text, ["x"], names)
    assert set(find_frequencies(curve)) == waves
    assert set(find_turns(curve, np.full(len(names), 2.0))) == turns


def test_waves_of_one_place_have_a_unit_too():
    assert (resolvable_waves(np.full(5, 3.0)) > 0).all()
    np.testing.assert_allclose(resolvable_waves(T * 2), resolvable_waves(T) / 2)


def test_nothing_is_solved_without_free_parameters_or_a_finite_start():
    rows = rows_of()
    start = np.array([2.0, 0.7, 0.3])
    assert solve(rows, start, held=(0, 1, 2)).theta.tolist() == start.tolist()
    with np.errstate(all="ignore"):
        assert solve(rows, np.array([2.0, -1e4, 0.3])).theta[1] == -1e4
    assert solve(rows, start).cost < rows.cost(start)
    for free_ones in ([0, 2], [1]):  # all linear, none linear
        assert _descend_projected(rows, start, free_ones, 9, False) is None
    relative = replace(rows, noise=Relative())
    assert _descend_projected(relative, start, [0, 1, 2], 9, False) is None
    assert _descend_projected(rows, start, [0, 1, 2], 9, False) is not None


def screen(y, rows=14):
    return Screen.of(ROWS[:rows], y[:rows], None, lambda _: None)


def test_screens_judge_laws_of_fewer_parameters_than_rows():
    y = 3 * T / (T + 2)
    assert screen(np.ones(14)).variance == 1.0
    choices = [(get("michaelis_menten"), (0,))]
    (found,) = fit_choices(screen(y), choices, lambda: False)
    assert found.fvu < 1e-12
    assert fit_choices(screen(y), choices, lambda: True) == []
    assert fit_choices(screen(y, rows=2), choices, lambda: False) == []
    assert len(fit_choices(screen(y, rows=3), choices, lambda: False)) == 1
    wave = np.sin(40 * T)
    assert fit_choices(screen(wave), choices, lambda: False, hopeless=0.01) == []
    assert screen(y).descend(*choices[0], np.empty((0, 2))) is None
    assert screen(y).descend(*choices[0], np.array([[math.nan, 1.0]])) is None
    assert [s.law.name for s in suggest_laws(screen(y), {"line"}, lambda: False, told=())] == [
        "line"
    ]


@pytest.mark.parametrize(
    ("law", "name", "least", "told"),
    [
        ("magnus", "t", HOT + 1, True),
        ("magnus", "t", HOT, False),
        ("magnus", "t [°C]", HOT + 1, False),
        ("arrhenius", "T", COLD - 9, True),
        ("arrhenius", "T", COLD, False),
        ("line", "t", HOT + 1, False),
    ],
)
def test_scales_of_temperature_are_told_by_the_name_or_the_numbers(law, name, least, told):
    column = np.array([[least], [least + (8.0 if law != "arrhenius" or told else 0.0)]])
    assert bool(list(note_temperatures(get(law), column, [name]))) == told


def test_a_problem_of_one_parameter_has_a_profile():
    curve = Curve.read("a*t", ["t"], ["a"])
    free_one = np.full(1, np.inf)
    problem = FitProblem(curve, rows_of().noise, ROWS, 2 * T, -free_one, free_one)
    assert solve(problem, np.ones(1)).theta == pytest.approx([2.0])
