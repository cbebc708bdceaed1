"""What counts as exact, and as worse than curves: in one place, for regress and for discover."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch

import edgewise as ew
from edgewise.formula.data import Data, parts_of_fewer, withstands_rounding
from edgewise.formula.exactness import (
    EXACT_FVU,
    MOST_DECIMALS,
    SAVED,
    SINGLE_FVU,
    _step_of,
    compresses,
    exact_fvu,
    is_constant,
    is_worse,
    known_bits,
    leaves_rounding,
    plain_bits,
    rounding_fvu,
)
from edgewise.formula.expression import Input, add, apply, exact, free, multiply, power
from edgewise.formula.forms import form_of
from edgewise.formula.library import LIBRARY
from edgewise.formula.numbers import errors_of
from edgewise.formula.parse import parse_formula
from edgewise.formula.program import Program
from edgewise.training import levenberg_marquardt

X, Y = Input(0), Input(1)


def test_exact_is_rounding_only():
    assert leaves_rounding(0.99 * EXACT_FVU, 0, limit=EXACT_FVU)
    assert not leaves_rounding(1.01 * EXACT_FVU, 0, limit=EXACT_FVU)
    assert leaves_rounding(1e-14, 0, limit=SINGLE_FVU)
    assert not leaves_rounding(math.nan, 0, limit=EXACT_FVU)


def test_each_number_asks_for_digits():
    """Three numbers are free; beyond, each has to bring 3.2 digits."""
    assert leaves_rounding(1e-24, 3, limit=EXACT_FVU)
    assert leaves_rounding(1e-24, 7, limit=EXACT_FVU)  # 22.4 digits
    assert not leaves_rounding(1e-24, 8, limit=EXACT_FVU)
    assert leaves_rounding(1e-26, 8, limit=EXACT_FVU)
    assert leaves_rounding(0.0, 10, limit=EXACT_FVU)
    assert not leaves_rounding(0.0, 11, limit=EXACT_FVU)  # more than double precision can show


def test_rounding_of_y():
    y = np.random.default_rng(0).normal(size=300)
    assert exact_fvu(y, y.var()) == rounding_fvu(y, y.var()) == EXACT_FVU
    far = y + 1e6
    assert 1e-24 < rounding_fvu(far, far.var()) < 1e-15
    single = y.astype(np.float32).astype(np.float64)
    assert exact_fvu(single, single.var()) == SINGLE_FVU
    assert exact_fvu(np.arange(9.0), 6.7) == EXACT_FVU  # whole numbers are no rounded ones


def test_a_column_costs_what_is_known_of_it():
    x = np.arange(200.0)[:, None]
    assert known_bits(np.array([1.234, 2.345, -0.9])) == pytest.approx(math.log2(3246), abs=1e-9)
    assert known_bits(np.array([10.0, 30.0, 40.0])) == 2.0
    assert known_bits(np.random.default_rng(0).normal(size=9)) > 50
    assert known_bits(np.random.default_rng(0).normal(size=9).astype(np.float32)) < 26
    y = np.random.default_rng(0).normal(size=200)
    assert plain_bits(x, y, 2.0**-80) == pytest.approx(200 * 40)
    assert plain_bits(x // 20, y[(x // 20).astype(int)[:, 0]], 2.0**-80) == pytest.approx(400)
    halves = np.where(x[:, 0] < 100, 0.1, 0.7)  # two values, and one bit a row
    assert plain_bits(x, halves, 2.0**-80) == pytest.approx(2 * known_bits(halves) + 200)
    assert plain_bits(np.zeros((200, 0)), y, 2.0**-80) == pytest.approx(40)


def test_a_formula_is_shorter_than_the_column_by_some_bits():
    x, y = np.arange(10.0)[:, None], np.random.default_rng(0).normal(size=10)
    bits = plain_bits(x, y, 1e-28)
    assert compresses(bits - SAVED - 0.1, x, y, 1e-28)
    assert not compresses(bits - SAVED + 0.1, x, y, 1e-28)


@pytest.mark.parametrize("count", [3, 4, 6, 8])
def test_numbers_as_many_as_distinct_rows_are_not_exact(count):
    """A polynomial through arbitrary values, each of them in many rows."""
    generator = np.random.default_rng(80)
    codes = generator.integers(0, count, 200)
    values = generator.normal(size=count).round(3)
    tree = add(*(multiply(free(0.1), power(X, k)) for k in range(1, count)), free(0.1))
    data = Data.of(codes[:, None].astype(float), values[codes])
    fit = data.fit(tree, steps=60)
    assert fit.fvu < 1e-24
    assert not data.is_exact(fit)
    law = Data.of(data.x, 0.3 * data.x[:, 0] ** 2)
    assert law.is_exact(law.fit(multiply(free(0.1), power(X, 2)))) == (count > 4)


@pytest.mark.parametrize("count", [3, 4, 6])
def test_nor_are_they_in_a_part_of_a_formula(count):
    generator = np.random.default_rng(count)
    codes = generator.integers(0, count, 200)
    x = np.stack([codes.astype(float), generator.uniform(size=200)], 1)
    curve = add(*(multiply(free(0.1), power(X, k)) for k in range(1, count)))
    data = Data.of(x, generator.normal(size=count).round(3)[codes] + x[:, 1])
    fit = data.fit(add(Y, curve, free(0.1)), steps=60)
    assert fit.fvu < 1e-24
    assert not data.is_exact(fit)
    law = Data.of(x, 0.3 * x[:, 0] + x[:, 1])
    assert law.is_exact(law.fit(add(Y, multiply(free(0.1), X))))


def test_worse_than_curves():
    assert not is_worse(1.04e-3, 1e-3)
    assert is_worse(1.06e-3, 1e-3)
    assert not is_worse(1e-13, 0.0)


def test_constants():
    assert is_constant(torch.full((5, 1), 3.0))
    assert is_constant(np.full(5, 0.1))
    assert not is_constant(np.array([1.0, 1.0, 1.0 + 1e-12]))


def regress_and_discover(change):
    """What both say of 2 sin(3 x) + 1, its values changed."""
    x = torch.linspace(-1, 1, 200, dtype=torch.float64)[:, None]
    y = 2 * torch.sin(3 * x) + 1
    model = ew.KAN([1, 1], basis=ew.BSpline(40, 5), norm=None, dtype=torch.float64)
    levenberg_marquardt(model, (x, y), steps=5)
    y = change(y)
    report = ew.symbolic.regress(model, x, y, expressions=False).report
    found = ew.discover(x.numpy(), y[:, 0].numpy(), evaluations=3000, progress=False)
    return report, found.verdict


@pytest.mark.parametrize("change", [lambda y: y, lambda y: y.float().double()])
def test_regress_and_discover_mean_the_same_by_exact(change):
    report, verdict = regress_and_discover(change)
    assert report.exact
    assert verdict.kind == "exact"


def test_noise_of_a_ten_millionth_of_the_spread_is_no_rounding():
    noise = torch.randn(200, 1, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    report, verdict = regress_and_discover(lambda y: y + 2e-7 * noise)
    assert report.found
    assert not report.exact
    assert verdict.kind == "law"


def test_forms():
    assert form_of(multiply(free(1.0), X)) == form_of(multiply(exact(7), X))
    assert form_of(multiply(free(1.0), X)) != form_of(multiply(free(1.0), Y))
    assert form_of(add(multiply(free(2.0), X), multiply(free(3.0), Y))) == form_of(
        add(multiply(free(3.0), X), multiply(free(2.0), Y))
    )
    assert form_of(power(X, 2)) == form_of(power(X, 3))
    assert form_of(power(X, 2), "exponents") != form_of(power(X, 3), "exponents")
    assert form_of(power(X, free(1.9))) != form_of(power(X, 2), "exponents")
    wave = [apply(LIBRARY["sin"], multiply(exact(k), X)) for k in (2, 3)]
    assert form_of(wave[0], "exponents") == form_of(wave[1], "exponents")
    assert form_of(wave[0], "all") != form_of(wave[1], "all")
    assert form_of(multiply(add(X, Y), Y)) == "(x0 + x1)*x1"


def test_the_step_of_values_is_found_to_the_last_decimal_that_counts():
    for decimals in range(MOST_DECIMALS):
        y = np.array([2.0, 3.0, 7.0]) * 10.0**-decimals + 1
        assert _step_of(y, 1.0) == pytest.approx(10.0**-decimals, rel=1e-9)
    assert _step_of(np.array([1.0, 1.0 + 2.0**-45]), 1.0) is None


def test_numbers_without_an_effect_have_no_errors():
    assert errors_of(np.zeros((6, 2)), 0.5) is None
    one = errors_of(np.stack([np.ones(4), np.zeros(4)], 1), 0.5)
    assert one is not None
    assert one[0] == pytest.approx(np.sqrt(0.5) / 2)


def test_a_root_beside_a_pole_is_not_exact():
    """(x - a)/(x - a') with neighbouring floats is 0 in one row, and 1 in all others."""
    x = np.linspace(0.1, 5, 60)[:, None]
    smooth = 3 * x[:, 0] / (x[:, 0] + 1.2)
    y = np.where(np.arange(60) == 20, 0.0, smooth)
    a = float(x[20, 0])
    hole = multiply(add(Input(0), free(-a)), power(add(Input(0), free(-np.nextafter(a, 9))), -1))
    saturation = multiply(free(3.0), Input(0), power(add(Input(0), free(1.2)), -1))
    through = multiply(saturation, hole)
    np.testing.assert_allclose(Program(through).values(x), y, atol=1e-14)
    assert not withstands_rounding(through, x, y)
    assert not Data(x, y).is_exact(Data(x, y).measure(through))
    assert withstands_rounding(saturation, x, smooth)
    assert Data(x, smooth).is_exact(Data(x, smooth).measure(saturation))


def test_a_number_at_the_end_of_a_domain_withstands_rounding():
    x = np.linspace(2.5, 5, 30)[:, None]
    root = power(add(Input(0), free(-2.5)), exact(1, 2))
    assert withstands_rounding(root, x, np.sqrt(x[:, 0] - 2.5))
    large = add(Input(0), free(1e8))
    assert withstands_rounding(large, x, x[:, 0] + 1e8)


def test_every_row_counts_in_a_description():
    x = np.linspace(0.5, 3.0, 9)[:, None]
    data = Data(x, x[:, 0] ** 2)
    fit = data.measure(Input(0))
    assert fit.length - fit.bits == pytest.approx(0.5 * 9 * math.log2(fit.fvu))
    assert [data.y[part].tolist() for part in data.parts] == [data.y.tolist()]
    assert data.weights.tolist() == [1.0] * 9


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("x1 + 1.2*x0 + 0.3*x0**2 + 4", [[0], [1]]),
        ("exp(2*x0 + 1)*x1", [[0], [1]]),
        ("sin(x0*x1) + x0", [[0], [0], [1]]),
        ("(x0 + x1)**x2", [[0, 1], [2]]),
        ("log(2*x0)/(x1 + x2*x0)", [[0], [1], [0, 2]]),
        ("x0**(2*x1)", [[0], [1]]),
        ("sin(x0) + 2", []),
    ],
)
def test_parts_of_fewer_inputs_are_the_largest(text, wanted):
    parts = list(parts_of_fewer(parse_formula(text)[0]))
    assert sorted(sorted(part.inputs) for part in parts) == sorted(wanted)
