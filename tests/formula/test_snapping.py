"""The rule by which fitted numbers become simple ones, on a formula whose refits are made up."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace

import numpy as np
import pytest

from edgewise.formula.constants import Constant
from edgewise.formula.data import number_bits
from edgewise.formula.numbers import find_undetermined
from edgewise.formula.snapping import (
    CROWDED,
    FEW_LOSS,
    LOSS,
    FittedNumber,
    _find_simple,
    snap_numbers,
)

ROWS = 300
HALF, THIRD = Constant(1, 2), Constant(7, 3)


@dataclass(frozen=True)
class Made:
    """Numbers by name; each constant in the place of one multiplies the FVU by a factor."""

    numbers: dict[str, FittedNumber]
    factors: dict[tuple[str, Constant], float]
    fvu: float = 1e-4
    floor: float = 1e-24
    rows: int = ROWS
    simple: tuple[tuple[str, Constant], ...] = ()
    sharpened: dict[str, FittedNumber] = field(default_factory=dict)
    tried: list[tuple[str, Constant]] = field(default_factory=list)

    def fitted_numbers(self):
        return list(self.numbers.values())

    def with_constant(self, place, constant):
        self.tried.append((place, constant))
        rest = {k: n for k, n in self.numbers.items() if k != place}
        return replace(
            self,
            numbers=rest | {k: n for k, n in self.sharpened.items() if k in rest},
            fvu=self.fvu * self.factors.get((place, constant), 1e9),
            simple=(*self.simple, (place, constant)),
        )


def one(value, error, constant, factor, exponent=False, **more):
    numbers = {"a": FittedNumber("a", value, error, exponent)}
    return snap_numbers(Made(numbers, {("a", constant): factor}, **more)).simple


def factor_of(loss):
    """How much greater the FVU is of a fit that is worse by so many bits."""
    return 2 ** (2 * loss / ROWS)


@pytest.mark.parametrize(
    ("constant", "loss", "taken"),
    [
        (HALF, 0.0, True),
        (HALF, FEW_LOSS - 0.1, True),
        (HALF, FEW_LOSS + 0.1, False),
        (THIRD, LOSS - 0.1, True),
        (THIRD, LOSS + 0.1, False),
    ],
)
def test_a_well_known_number_may_lose_so_many_bits(constant, loss, taken):
    found = one(constant.value + 1e-7, 1e-6, constant, factor_of(loss))
    assert found == ((("a", constant),) if taken else ())


@pytest.mark.parametrize(
    ("constant", "loss", "margin"),
    [(HALF, 1.0, 1.0), (HALF, LOSS + 1, CROWDED), (THIRD, 1.0, CROWDED)],
)
@pytest.mark.parametrize("more", [-0.1, 0.1])
def test_it_costs_fewer_bits_than_the_digits_that_it_replaces(constant, loss, margin, more):
    digits = constant.bits + margin + loss + more
    value = constant.value * (1 + 1e-6)
    found = one(value, value * 2 ** (1 - digits), constant, factor_of(loss))
    assert found == ((("a", constant),) if more > 0 else ())


@pytest.mark.parametrize("more", [-0.1, 0.1])
def test_zero_saves_a_whole_number(more):
    """Of a number that may be 0 the rows determine no digits, but it costs as much as any."""
    loss = min(number_bits(ROWS) + 1 - 1, LOSS) - more
    found = one(1e-3, 1e-3, Constant(0), factor_of(loss))
    assert found == ((("a", Constant(0)),) if more > 0 else ())


@pytest.mark.parametrize(
    ("value", "error", "simple"),
    [
        (3.2899, 1e-3, False),  # 3.29 or pi^2/3
        (3.28987, 1e-5, True),  # 3.29 is far away, in units of the error
        (6.2832, 1e-3, True),  # 2 pi is much likelier than 6.28
        (2.7183, 1e-3, False),  # e or 2.72
        (1.3333, 1e-3, True),
        (14.5, 1e-3, True),
        (5.8333, 1e-3, False),  # 35/6 or 5.83
    ],
)
def test_constants_that_a_short_decimal_may_be_as_well_are_not_taken(value, error, simple):
    assert bool(_find_simple(FittedNumber("a", value, error, False), True, True)) == simple


def test_what_costs_too_many_bits_is_not_even_tried():
    made = Made({"a": FittedNumber("a", 0.5003, 1.0, False)}, {})
    snap_numbers(made)
    assert {c for _, c in made.tried} <= {Constant(0)}


@pytest.mark.parametrize(("factor", "taken"), [(3.9, True), (4.1, False)])
def test_where_only_rounding_is_left_a_constant_may_lose_a_factor_of_four(factor, taken):
    assert bool(one(0.5 + 1e-12, 1e-13, HALF, factor, fvu=1e-20)) == taken


@pytest.mark.parametrize(("factor", "taken"), [(90.0, True), (110.0, False)])
def test_below_the_floor_of_y_nothing_is_lost(factor, taken):
    assert bool(one(0.5 + 1e-12, 1e-14, HALF, factor, fvu=1e-26)) == taken


@pytest.mark.parametrize("more", [-0.1, 0.1])
def test_an_exponent_is_compared_with_any_number_of_its_range(more):
    """log2(4 / error) - 1.6 bits(1/2) is what 1/2 is likelier by than the number fitted."""
    error = 0.05
    loss = math.log2(4 / error) - 1.6 * HALF.bits - more
    assert loss < FEW_LOSS
    found = one(0.52, error, HALF, factor_of(loss), exponent=True)
    assert found == ((("a", HALF),) if more > 0 else ())


def test_exponents_go_first_and_then_what_is_known_best():
    numbers = {
        "a": FittedNumber("a", 0.5, 1e-4, False),
        "b": FittedNumber("b", 0.5, 1e-6, False),
        "p": FittedNumber("p", 0.5, 1e-2, True),
    }
    made = Made(numbers, {(k, HALF): 1.0 for k in numbers})
    assert [place for place, _ in snap_numbers(made).simple] == ["p", "b", "a"]


@pytest.mark.parametrize(("error", "taken"), [(5e-6, True), (9e-5, False)])
def test_a_refused_number_is_tried_again_once_it_is_better_known(error, taken):
    """0.866 is as good at first; with another number simple, √3/2 is told from it."""
    root = Constant(1, 2, "sqrt(3)")
    numbers = {
        "a": FittedNumber("a", root.value, 1e-4, False),
        "b": FittedNumber("b", 0.5, 1e-4, False),
    }
    made = Made(
        numbers,
        {("a", root): 1.0, ("b", HALF): 1.0},
        sharpened={"a": FittedNumber("a", root.value, error, False)},
    )
    assert (("a", root) in snap_numbers(made).simple) == taken


@pytest.mark.parametrize("scale", [1.0, 1e-9, 1e12])
def test_numbers_that_others_make_up_for_are_undetermined(scale):
    """The rows tell the sum of the first two numbers only, and the third one."""
    rows = np.random.default_rng(0).normal(size=(50, 2))
    jacobian = np.stack([rows[:, 0], scale * rows[:, 0], rows[:, 1]], 1)
    assert find_undetermined(jacobian).tolist() == [True, True, False]
    assert not find_undetermined(rows).any()
    assert not find_undetermined(np.full((3, 2), np.inf)).any()
