"""Who is right.

Equal: a formula's values at fresh points are the truth's to 1e-6 of the truth's spread.

Right form: its free constants, refitted from where they are to noise-free fresh points, make it
equal at other fresh points; and it has at most two free constants more than the truth has numbers,
so that neither a polynomial of many terms nor a sum of the truth and many superfluous terms counts.
Constants that a program calls exact stay: a wrong one makes the form wrong.

A claim (exact or law) is wrong if the answer isn't right.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from benchmarks.discovery.cases import Answer, Data
from edgewise.formula.expression import Expression, Number, Power
from edgewise.formula.program import Program, refit

Array = NDArray[np.float64]

SAME = 1e-6
PART_OF_NOISE = 0.25
SUPERFLUOUS = 2
"""Free constants that a formula may have more than the truth."""

POINTS = 500
"""Fresh points to refit to, and as many to judge by."""

STEPS = 200
LEAST_ACCURACY = 0.997
"""Share of fresh rows whose class the sign has to tell."""


def relative_error(values: Array, truth: Array) -> float:
    """RMSE over the spread of the truth; infinite where a value is missing."""
    with np.errstate(all="ignore"):
        error = float(np.sqrt(np.mean((values - truth) ** 2)) / truth.std())
    return error if np.isfinite(error) else float("inf")


def r2_of(values: Array, truth: Array) -> float:
    """1 − squared relative error."""
    return 1 - relative_error(values, truth) ** 2


def count_numbers(tree: Expression) -> int:
    """Numbers of a formula, but for exponents that are exact."""
    if isinstance(tree, Number):
        return 1
    if isinstance(tree, Power) and isinstance(tree.exponent, Number):
        return count_numbers(tree.base) + (tree.exponent.exact is None)
    return sum(map(count_numbers, tree.parts))


def has_right_form(tree: Expression, data: Data) -> bool:
    """Whether other constants make it the truth; the file's docstring has the rule.

    Raises:
        ValueError: if the data have no truth.
    """
    if data.truth is None or data.points is None:
        raise ValueError("expected data of a known formula, got data without one")
    program = Program(tree)
    if len(program.free) > count_numbers(data.truth) + SUPERFLUOUS:
        return False
    x, fresh = data.points(POINTS, 1001), data.points(POINTS, 1002)
    truth = Program(data.truth)
    y = truth.values(x)
    goal = (0.01 * SAME) ** 2 * float(y.var())
    fitted = refit(tree, x, y, steps=STEPS, goal=goal).tree
    return relative_error(Program(fitted).values(fresh), truth.values(fresh)) <= SAME


# Judges of cases: data and answer → right, wrong, or None where nobody knows.


def is_equal(data: Data, answer: Answer) -> bool:
    """Noise-free data of a formula."""
    return relative_error(answer.values, data.y_test) <= SAME


def is_of_right_form(data: Data, answer: Answer) -> bool:
    """Noisy data of a formula."""
    return is_equal(data, answer) or (answer.tree is not None and has_right_form(answer.tree, data))


def is_equal_and_claimed(data: Data, answer: Answer) -> bool:
    """A task with a known answer, which programs that judge themselves must claim."""
    return is_equal(data, answer) and _stands_by_it(answer)


def is_of_right_form_and_claimed(data: Data, answer: Answer) -> bool:
    """The same under noise.

    Of programs that don't judge themselves values are enough that miss the truth by less than a
    quarter of the noise: pykan's formulas carry a scale and a shift for every function.
    """
    if not answer.verdict:
        return relative_error(answer.values, data.y_test) <= max(SAME, PART_OF_NOISE * data.noise)
    return is_of_right_form(data, answer) and answer.claimed


def has_right_form_if_known(data: Data, answer: Answer) -> bool | None:
    """A table whose law may be known, and a program that may have a formula."""
    if data.truth is None or answer.tree is None:
        return None
    return has_right_form(answer.tree, data)


def is_unclaimed(data: Data, answer: Answer) -> bool | None:
    """Data without a law; nobody can say it of programs that don't judge themselves."""
    return not answer.claimed if answer.verdict else None


def tells_classes(data: Data, answer: Answer) -> bool:
    """Two classes."""
    return (
        float(np.mean((answer.values > data.middle) == (data.y_test > data.middle)))
        >= LEAST_ACCURACY
    )


def _stands_by_it(answer: Answer) -> bool:
    return answer.claimed or not answer.verdict
