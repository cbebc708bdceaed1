"""Units against arithmetic done another way, physics, and hostile text."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import edgewise as ew
from edgewise.discovery.constant_columns import ConstantColumns
from edgewise.discovery.problem import Problem
from edgewise.discovery.result import BY_UNITS
from edgewise.discovery.search import run_search
from edgewise.discovery.units import (
    Dimension,
    check_dimensions,
    dimensionless_groups,
    dimensions_of,
    parse_unit,
)
from edgewise.formula.expression import (
    Expression,
    Input,
    add,
    apply,
    exact,
    free,
    multiply,
    power,
)
from edgewise.formula.library import LIBRARY
from edgewise.formula.parse import parse_formula
from edgewise.formula.printing import to_text
from edgewise.formula.program import Program
from edgewise.search.budget import Budget
from edgewise.search.rationals import monomial_tree

X = [Input(k) for k in range(6)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("N", "kg*m/s^2"),
        ("J", "N m"),
        ("kWh", "J"),
        ("W/m²", "kg s⁻³"),
        ("Pa", "N/(mm*cm)"),
        ("MeV", "C*V"),
        ("µF", "A^2 s^4 / (kg m^2)"),
        ("ohm", "V/A"),
        ("T·m^2", "Wb"),
        ("mH", "ohm*s"),
        ("1/min", "Hz"),
        ("L", "(cm)**3"),
        ("2.5e3 g", "kg"),
        ("km h^-1", "m/s"),
        ("V/Hz^(1/2)", "V*s^0.5"),
        ("m/s*kg", "kg*m/s"),
        ("rad", ""),
        ("deg", "1"),
        ("dollar/person", "dollar*person^-1"),
        ("meters/sec", "m/s"),
        ("Kilograms * metre / second^2", "Newton"),
        ("millilitres", "mm^3"),
        ("microseconds", "µs"),
        ("degrees Celsius", "K"),
        ("Volts/Ohms", "A"),
    ],
)
def test_equal_units(text: str, expected: str) -> None:
    assert parse_unit(text) == parse_unit(expected)


def test_a_symbol_that_is_not_known_is_a_unit_of_its_own() -> None:
    assert parse_unit("dollar^2") == Dimension.of({"dollar": 2})
    # None of these is a prefix and a unit: 'min' is no milli-inch, 'cd' no centi-day.
    assert parse_unit("min") == parse_unit("s")
    assert parse_unit("cd")["cd"] == 1
    assert parse_unit("person")["person"] == 1


_BASES = st.sampled_from(["m", "kg", "s", "A", "K", "dollar"])
_DIMENSIONS = st.dictionaries(
    _BASES, st.fractions(min_value=-5, max_value=5, max_denominator=6), max_size=4
).map(Dimension.of)


@given(_DIMENSIONS, _DIMENSIONS)
@settings(max_examples=100, deadline=None)
def test_what_is_written_is_read_again(a: Dimension, b: Dimension) -> None:
    assert parse_unit(str(a)) == a
    text, quotient = f"({a})/({b})", a / b
    if all(max(abs(e.numerator), e.denominator) <= 100 for _, e in quotient.exponents):
        assert parse_unit(text) == quotient
    else:
        with pytest.raises(ValueError, match="fractions of at most 100"):
            parse_unit(text)
    assert (a / b) * b == a


@pytest.mark.parametrize(
    "text",
    [
        *("m2", "m 2", "m^", "m^1/2", "(m", "m)", "m^999", "m^(1/0)", "*m", "m/", "m^2^3", "m^m"),
        *("(" * 50 + "m" + ")" * 50, "m" * 300, "((m^100)^100)^100", "m^1e9", "m^" + "9" * 150),
        *("__import__('os')", "m;kg", "m\x00", "^", "-m", "m^0.333333333333333"),
        *("m··2", "m+s", "m.s", "m#s", "m//s", "[m]", "m^1e999", "m,s", "m^s", "m^(1+1)"),
    ],
)
def test_what_is_no_unit_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"expected a unit .* got .*: "):
        parse_unit(text)


@given(st.text(max_size=60))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = parse_unit(text)
    except ValueError:
        return
    assert isinstance(found, Dimension)


@given(st.text(alphabet="mskg^*/()-12. ²⁻", max_size=30))
@settings(max_examples=300, deadline=None)
def test_any_text_of_the_right_letters_is_read_or_refused(text: str) -> None:
    try:
        found = parse_unit(text)
    except ValueError:
        return
    assert parse_unit(str(found)) == found


def test_dimensions_of_a_table() -> None:
    table = dimensions_of({"L": "m", "g": "m/s^2"}, ["L", "g", "n"], "s")
    assert table.tolist() == [[1, 0], [1, -2], [0, 0], [0, 1]]
    # Half a power of a second: the unit becomes its root.
    assert dimensions_of({"a": "s^(1/2)"}, ["a"], "s").tolist() == [[1], [2]]
    assert dimensions_of({}, ["a", "b"], output_unit=None).shape == (3, 0)
    with pytest.raises(ValueError, match="use the names of the inputs"):
        dimensions_of({"c": "m"}, ["a", "b"], output_unit=None)


def _groups(units: dict[str, str], output: str) -> object:
    return dimensionless_groups(dimensions_of(units, list(units), output))


def test_pendulum() -> None:
    groups = _groups({"L": "m", "g": "m/s^2", "m": "kg"}, "s")
    assert groups.bases == ((),)
    assert groups.prefactors == (multiply(power(X[0], exact(1, 2)), power(X[1], exact(-1, 2))),)


def test_drag_and_reynolds_number() -> None:
    units = {"rho": "kg/m^3", "v": "m/s", "d": "m", "mu": "Pa*s"}
    groups = _groups(units, "N")
    assert groups.bases[0] == (multiply(X[0], X[1], X[2], power(X[3], -1)),)
    assert multiply(X[0], power(X[1], 2), power(X[2], 2)) in groups.prefactors
    assert multiply(X[1], X[2], X[3]) in groups.prefactors


def test_radiation_of_a_black_body() -> None:
    units = {"h": "J s", "nu": "Hz", "k": "J/K", "T": "K", "c": "m/s"}
    groups = _groups(units, "J/m^2")
    ratio = multiply(X[0], X[1], power(X[2], -1), power(X[3], -1))
    assert groups.bases[0] == (ratio,)
    assert multiply(X[0], power(X[1], 3), power(X[4], -2)) in groups.prefactors
    assert multiply(X[2], X[3], power(X[1], 2), power(X[4], -2)) in groups.prefactors


def test_a_dimension_that_no_monomial_has() -> None:
    groups = _groups({"a": "m"}, "kg")
    assert groups.prefactors == ()
    assert "no product of powers" in groups.obstacle


_TABLES = st.integers(1, 6).flatmap(
    lambda n: st.lists(st.tuples(*[st.integers(-2, 2)] * 3), min_size=n + 1, max_size=n + 1).map(
        lambda rows: np.array(rows, dtype=np.int64)
    )
)


@given(_TABLES)
@settings(max_examples=60, deadline=None)
def test_groups_are_bases_of_the_null_space(table: np.ndarray) -> None:
    groups = dimensionless_groups(table)
    inputs = table[:-1]
    rank = np.linalg.matrix_rank(inputs) if inputs.any() else 0
    for choice in groups.exponents:
        assert len(choice) == len(inputs) - rank
        vectors = np.array(choice, dtype=float).reshape(len(choice), len(inputs))
        assert len(choice) == 0 or np.linalg.matrix_rank(vectors) == len(choice)
        assert not (vectors @ inputs).any()
        assert all(check_dimensions(monomial_tree(v), table) == (0, 0, 0) for v in choice)
    assert len({frozenset(c) for c in groups.exponents}) == len(groups.exponents)
    reachable = np.linalg.matrix_rank(table) == rank or not table[-1].any()
    assert bool(groups.prefactors) == reachable == (groups.obstacle is None)
    for tree in groups.prefactors:
        assert check_dimensions(tree, table) == tuple(map(int, table[-1]))


TABLE = dimensions_of({"m": "kg", "v": "m/s", "g": "m/s^2", "h": "m"}, [*"mvghq"], "J")
M, V, G, H, Q = X[:5]
SIN, EXP, ABS = LIBRARY["sin"], LIBRARY["exp"], LIBRARY["abs"]
KINETIC = multiply(exact(1, 2), M, power(V, 2))
POTENTIAL = multiply(M, G, H)
ENERGY = tuple(map(Fraction, TABLE[-1].tolist()))


@pytest.mark.parametrize(
    ("tree", "consistent"),
    [
        (add(KINETIC, POTENTIAL), True),
        (multiply(POTENTIAL, apply(SIN, Q)), True),
        (multiply(POTENTIAL, apply(EXP, multiply(G, H, power(V, -2)))), True),
        (multiply(M, V, power(multiply(G, H), exact(1, 2))), True),
        (apply(ABS, POTENTIAL), True),
        (multiply(POTENTIAL, power(Q, Q)), True),
        (add(KINETIC, multiply(M, V)), False),
        (add(KINETIC, exact(1)), False),
        (multiply(POTENTIAL, apply(SIN, H)), False),
        (multiply(POTENTIAL, power(H, Q)), False),
        (power(POTENTIAL, free(1.37)), False),
        (multiply(M, V), False),
    ],
)
def test_consistent_formulas(tree: object, consistent: bool) -> None:
    assert (check_dimensions(tree, TABLE) == ENERGY) is consistent


# ---- discover with units ------------------------------------------------------------------------


def _units_of(found: ew.Discovery, units: dict[str, str], output: str) -> None:
    """Every formula of a discovery has the dimension of y."""
    rows = dimensions_of(units, found.input_names, output)
    for formula in [*found.front, found.winner, *found.alternatives]:
        assert check_dimensions(formula.tree, rows) == tuple(rows[-1]), str(formula)


@pytest.mark.parametrize("gas", [8.314462618, 2.0, 8.0, 1.0])
def test_a_constant_column_is_a_factor_like_any_other(gas: float) -> None:
    g = np.random.default_rng(0)
    n, t, v = g.uniform(1, 5, 100), g.uniform(250, 400, 100), g.uniform(0.01, 0.1, 100)
    units = {"n": "mol", "R": "J/(mol K)", "T": "K", "V": "m^3"}
    x = np.stack([n, np.full(100, gas), t, v], 1)
    found = ew.discover(
        x, n * gas * t / v, input_names=list(units), units=units, output_unit="Pa",
        evaluations=2000, progress=False,
    )  # fmt: skip
    assert (found.verdict.kind, str(found.winner)) == ("exact", "n*R*T/V")
    _units_of(found, units, "Pa")


def test_energy_is_mass_times_the_square_of_a_constant_column() -> None:
    m = np.random.default_rng(1).uniform(1, 5, 60)
    units = {"m": "kg", "c": "m/s"}
    x = np.stack([m, np.full(60, 299792458.0)], 1)
    found = ew.discover(
        x, x[:, 0] * x[:, 1] ** 2, input_names=["m", "c"], units=units, output_unit="J",
        evaluations=2000, progress=False,
    )  # fmt: skip
    assert (found.verdict.kind, str(found.winner)) == ("exact", "m*c**2")


@pytest.mark.parametrize("noise", [0.0, 0.05])
def test_all_of_a_front_obeys_units_without_and_with_noise(noise: float) -> None:
    """Compton's law, whose plain models once added angles to lengths."""
    g = np.random.default_rng(2)
    h, mass, c, angle = 6.62607015e-34, 9.1093837e-31, 299792458.0, g.uniform(0.1, 3, 80)
    units = {"theta": "", "h": "J s", "m": "kg", "c": "m/s"}
    x = np.stack([angle, *(np.full(80, k) for k in (h, mass, c))], 1)
    y = h / (mass * c) * (1 - np.cos(angle)) * (1 + noise * g.normal(size=80))
    found = ew.discover(
        x, y, input_names=list(units), units=units, output_unit="m", evaluations=5000,
        progress=False,
    )  # fmt: skip
    _units_of(found, units, "m")
    if not noise:
        assert found.verdict.kind == "exact"
        assert found.winner.tree.inputs == frozenset(range(4))


def _dimensional_formula(seed: int) -> tuple[Expression, np.ndarray, np.ndarray]:
    """A random product of powers, or a sum of two of one dimension; inputs, and their dimensions.

    Two inputs of five are constant columns.
    """
    g = np.random.default_rng([seed, 29])
    dimensions = g.integers(-2, 3, (6, 3))
    first = [int(e) for e in g.choice([-1, 1, 2], 5)]
    tree: Expression = multiply(*(power(Input(k), e) for k, e in enumerate(first)))
    dimensions[5] = np.array(first) @ dimensions[:5]
    if seed % 2:  # A second term: the last input again, of the dimension of input 0.
        dimensions[4] = dimensions[0]
        dimensions[5] = np.array(first) @ dimensions[:5]
        other = multiply(tree, Input(4), power(Input(0), -1))
        tree = add(tree, multiply(exact(2), other))
    x = g.uniform(0.5, 3, (60, 5))
    for k in g.permutation(4)[:2]:
        x[:, k] = g.choice([1.0, 2.0, 9.81, 8.314462618])
    return tree, x, dimensions


@pytest.mark.parametrize("seed", range(3))
def test_random_dimensional_formulas_with_constant_columns_are_found(seed: int) -> None:
    tree, x, dimensions = _dimensional_formula(seed)
    problem = Problem(x, Program(tree).values(x), dimensions=dimensions)
    found = run_search(problem, Budget(60, 4000), n_jobs=1, report=lambda *_: None, short=None)
    assert found.judgement.verdict.kind == "exact"
    for member in found.front:
        assert check_dimensions(member.tree, dimensions) == tuple(dimensions[-1])
    other = np.random.default_rng(9).uniform(1, 2, (20, 5))  # all columns vary
    np.testing.assert_allclose(
        Program(found.winner.tree).values(other), Program(tree).values(other), rtol=1e-6
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9e16*m", "1.0*m*c**2"),
        ("4.5e16*m*cos(2*t) + 18", "9000.0*w*h + 0.5*m*c**2*cos(1.0*t*w)"),
        ("sqrt(4*m**2)*9e16", "1.0*c**2*sqrt(4*m**2)"),
    ],
)
def test_numbers_with_a_dimension_are_made_of_constant_columns(text: str, expected: str) -> None:
    units = {"m": "kg", "t": "s", "c": "m/s", "w": "1/s", "h": "J s"}
    rows = dimensions_of(units, list(units), "J")
    x = np.random.default_rng(0).uniform(1, 2, (9, 5))
    x[:, 2:] = 3e8, 2.0, 1e-3
    tree = parse_formula(text, list(units))[0]
    made = ConstantColumns.of(x, rows).complete(tree)
    assert made is not None
    assert to_text(made, list(units)) == expected
    assert check_dimensions(made, rows) == tuple(rows[-1])
    np.testing.assert_allclose(Program(made).values(x), Program(tree).values(x), rtol=1e-12)


def test_without_constant_columns_a_wrong_dimension_stays_wrong() -> None:
    rows = dimensions_of({"m": "kg", "c": "m/s"}, ["m", "c"], "J")
    x = np.random.default_rng(0).uniform(1, 2, (9, 2))
    assert ConstantColumns.of(x, rows).complete(multiply(free(2.0), Input(0))) is None


def test_a_missing_constant_with_a_unit_is_among_the_objections() -> None:
    """½ m v² + m g h without g: no formula of m, v and h alone is a joule."""
    rng = np.random.default_rng(0)
    m, v, h = rng.uniform(1, 3, (3, 80))
    x, y = np.stack([m, v, h], 1), m * v**2 / 2 + 9.81 * m * h
    units = {"m": "kg", "v": "m/s", "h": "m"}
    options = {"input_names": ["m", "v", "h"], "evaluations": 3000, "progress": False}
    found = ew.discover(x, y, units=units, output_unit="J", **options)
    assert not found.found
    assert BY_UNITS in found.objections()
    complete = np.column_stack([x, np.full(80, 9.81)])
    options["input_names"] = ["m", "v", "h", "g"]
    found = ew.discover(complete, y, units={**units, "g": "m/s^2"}, output_unit="J", **options)
    assert found.found
    assert not found.objections()
