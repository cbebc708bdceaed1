"""Measured tables: NIST's certified numbers are least-squares ones, and who is right of them."""

import numpy as np
import pytest

from benchmarks.discovery import judge
from benchmarks.discovery.cases import Answer
from benchmarks.discovery.measurements import GENERATED, measured_cases, read_measured
from edgewise.formula.expression import Input, free, multiply
from edgewise.formula.parse import parse_formula
from edgewise.formula.program import Program, refit

CASES = {name: list(measured_cases(name, [0])) for name in ("nist", "laboratory", "physics")}


def answer_of(data, tree, verdict="law"):
    return Answer(Program(tree).values(data.x_test), "", 1.0, verdict, tree)


def test_all_tables_are_there():
    assert {name: len(cases) for name, cases in CASES.items()} == {
        "nist": 27,
        "laboratory": 17,
        "physics": 10,
    }
    rows = {case.name: len(case.data().y) for case in CASES["nist"]}
    assert rows["Misra1a"] == 14
    assert rows["Hahn1"] == 236


@pytest.mark.parametrize("table", read_measured()["nist"], ids=lambda table: table.name)
def test_certified_numbers_have_the_certified_deviation(table):
    x, y = table.read()
    (tree,) = table.trees(x, y)
    left = y - Program(tree).values(x)
    deviation = np.sqrt(left @ left / (len(y) - len(table.numbers)))
    if table.name == "Lanczos1":  # nothing but the rounding of its certified numbers is left
        assert deviation < 1e-10
    else:
        assert deviation == pytest.approx(table.deviation, rel=1e-6)


@pytest.mark.parametrize(
    "case", [c for cases in CASES.values() for c in cases], ids=lambda case: case.name
)
def test_the_known_form_is_right_and_a_line_is_not(case):
    data = case.data()
    assert case.judge(data, answer_of(data, data.truth))
    numbers = [n if n.exact else free(float(f"{n.value:.4g}")) for n in data.truth.numbers()]
    assert judge.has_right_form(data.truth.with_numbers(numbers), data)
    line = refit(multiply(free(1.0), Input(0)), data.x, data.y)
    if case.name not in ("Hubble", "Formaldehyde"):
        assert not case.judge(data, answer_of(data, line.tree))


def test_what_fits_as_well_with_no_more_numbers_is_as_good():
    (case,) = measured_cases("nist", [0], ["Misra1d"])
    data = case.data()
    # b1 b2 x/(1 + b2 x) in another spelling, and what misses by 2 % more
    same, _ = parse_formula("437.37 - 437.37/(1 + 0.00030227*x)", ["x"])
    assert case.judge(data, answer_of(data, refit(same, data.x, data.y).tree))
    assert judge.residual_ratio(data.truth, data) == pytest.approx(1, abs=1e-6)
    numbers = [n if n.exact else free(1.003 * n.value) for n in data.truth.numbers()]
    off = data.truth.with_numbers(numbers)
    assert 1.01 < judge.residual_ratio(off, data) < 100
    assert not case.judge(data, answer_of(data, off))
    # a polynomial of degree 5 fits better still, with more numbers
    powers, _ = parse_formula("0.1*x + 1e-5*x**2 + 1e-8*x**3 + 1e-12*x**4 + 1e-15*x**5", ["x"])
    fitted = refit(powers, data.x, data.y, steps=100).tree
    assert judge.residual_ratio(fitted, data) < 1.01
    assert not case.judge(data, answer_of(data, fitted))


def test_generated_laws_have_their_noise():
    for law in GENERATED:
        one, other = law.data(1), law.data(2)
        assert len(one.y) == law.rows
        assert (one.y != other.y).any()
        clean = Program(one.truth).values(one.x)
        if law.noise:
            seen = np.std(one.y[clean != 0] / clean[clean != 0])
            assert seen == pytest.approx(law.noise, rel=0.4)
        else:
            assert np.std(one.y - clean) > 0
