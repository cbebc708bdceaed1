"""Judge whether a formula that a program found is the one that was asked for.

Equal: a formula's values at fresh points are the truth's to 1e-6 of the truth's spread.

Right form: as functions, whatever their spelling, one of these holds.

- Its free numbers, refitted from where they are to noise-free fresh points of the truth, make it
  equal at other fresh points to 1e-8, and to 1e-6 in a wider box (where the case has one). Numbers
  that a program calls exact stay. It has at most two free numbers more than the truth, so that
  neither a polynomial of many terms nor a sum of the truth and superfluous terms counts. With more
  than the truth's it is *nested*: right if the additional ones are neutral within their errors,
  which is to say that its values are the truth's to within four standard errors of a fit.
- Its values are the truth's to within those errors, and it is equal once its exact numbers may move
  as well (exponents by a tenth), or once the truth's own numbers are refitted to it, none of which
  vanishes or grows twentyfold by that: a number that was rounded where the data don't tell is
  right; a form that lacks a part of the truth isn't, unless the rows don't tell that part's number
  from zero (two standard errors).

A claim (exact or law) is wrong if the answer isn't right.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from benchmarks.discovery.cases import Answer, Data
from edgewise.formula.expression import Expression, Number, Power, free
from edgewise.formula.program import Program, refit

Array = NDArray[np.float64]

SAME = 1e-6
FORM, FORM_BEYOND = 1e-8, 1e-6
"""Relative errors at which two formulas are equal once numbers were refitted."""

ERRORS = 4.0
"""Standard errors within which values are the truth's."""

HIDDEN = 2.0
"""Standard errors of a number of the truth, within which the rows don't tell it from zero."""

ROUNDED = 0.1
"""How far an exact exponent may be from the true one, relatively, to be its rounded form."""

VANISHED = 20.0
"""A number of the truth that is smaller or larger by this factor in a formula isn't in it."""

PART_OF_NOISE = 0.25
SUPERFLUOUS = 2
"""Free constants that a formula may have more than the truth."""

NEAR_DEVIATION, ROUNDING = 1.01, 1e-10
"""Of residual deviations: a ratio that is as good, and what rounding leaves of the spread of y."""

POINTS = 500
"""Fresh points to refit to, and as many to judge by."""

STEPS = 200
LONGEST = 80
"""Nodes of a formula of the front that is looked at."""

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


def compare_forms(tree: Expression, data: Data) -> str:
    """ "same", "nested" (in a form with more numbers) or "other", as the file's docstring tells.

    Raises:
        ValueError: if the data have no truth.
    """
    if data.truth is None or data.points is None:
        raise ValueError("expected data of a known formula, got data without one")
    truths = (replace(data, truth=truth) for truth in (data.truth, *data.others))
    forms = {_compare_with_truth(tree, each) for each in truths}
    return next(form for form in ("same", "nested", "other") if form in forms)


def _compare_with_truth(tree: Expression, data: Data) -> str:
    assert data.truth is not None
    free_numbers = len(Program(tree).free)
    superfluous = free_numbers - (data.numbers or count_numbers(data.truth))
    if superfluous > SUPERFLUOUS:
        return "other"
    probe = Probe.of(data)
    numbers = max(free_numbers, count_numbers(data.truth))
    near = probe.miss(tree) <= tolerance(data, numbers)
    if (superfluous <= 0 or near) and probe.becomes_truth(tree):
        return "same" if superfluous <= 0 else "nested"
    if near and (probe.becomes_unrounded_truth(tree) or probe.is_a_truth(tree, find_hidden(data))):
        return "same"
    return "other"


def tolerance(data: Data, numbers: int) -> float:
    """How far a fit of so many numbers may be from the truth, over the truth's spread."""
    return max(SAME, ERRORS * data.noise * ((numbers + 1) / len(data.y)) ** 0.5)


def find_hidden(data: Data) -> set[int]:
    """The places of the truth's free numbers that these rows don't tell from zero."""
    assert data.truth is not None
    program = Program(data.truth)
    if not data.noise or not program.free:
        return set()
    values, jacobian = program.values_and_jacobian(data.x)
    if not np.isfinite(jacobian).all():
        return set()
    size = np.linalg.norm(jacobian, axis=0)
    size[size == 0] = 1.0
    scaled = jacobian / size
    errors = np.sqrt(np.diag(np.linalg.pinv(scaled.T @ scaled, hermitian=True))) / size
    errors *= data.noise * values.std()
    pairs = zip(program.free, errors, strict=True)
    return {k for k, error in pairs if abs(program.numbers[k]) <= HIDDEN * error}


def has_right_form(tree: Expression, data: Data) -> bool:
    """Whether it is the truth's form, or one in which that is nested."""
    return compare_forms(tree, data) != "other"


@dataclass(frozen=True, eq=False)
class Probe:
    """Points at which a formula is compared with the truth.

    Attributes:
        x: to refit to.
        fresh: to judge by.
        wide: from a wider box, where the truth has values; None where nobody can draw them.
    """

    truth: Expression
    x: Array
    fresh: Array
    wide: Array | None

    @classmethod
    def of(cls, data: Data) -> Probe:
        """Of data with a truth."""
        assert data.truth is not None
        assert data.points is not None
        wide = None if data.beyond is None else data.beyond(POINTS, 1003)
        if wide is not None:
            wide = wide[np.isfinite(Program(data.truth).values(wide))]
        return cls(data.truth, data.points(POINTS, 1001), data.points(POINTS, 1002), wide)

    def miss(self, tree: Expression, other: Expression | None = None) -> float:
        """The relative error of a formula at fresh points, by the truth or another formula."""
        goal = Program(other or self.truth).values(self.fresh)
        return relative_error(Program(tree).values(self.fresh), goal)

    def becomes_truth(self, tree: Expression) -> bool:
        """Whether its free numbers can be chosen so that it is the truth."""
        return self._agree(self._refit(tree, self.truth), self.truth)

    def becomes_unrounded_truth(self, tree: Expression) -> bool:
        """Whether it is the truth once its exact numbers move, exponents by a tenth at most."""
        exponents = _exponents(tree)
        old = tree.numbers()
        for kept in (exponents, set[int]()):
            loose = [n if id(n) in kept else free(n.value) for n in old]
            refitted = self._refit(tree.with_numbers(loose), self.truth)
            if self._agree(refitted, self.truth):
                pairs = zip(old, refitted.numbers(), strict=True)
                return all(
                    abs(new.value - n.value) <= ROUNDED * abs(n.value)
                    for n, new in pairs
                    if id(n) in exponents and n.exact is not None
                )
        return False

    def is_a_truth(self, tree: Expression, hidden: Set[int] = frozenset()) -> bool:
        """Whether the truth's numbers can be chosen so that it is this formula.

        None of them may vanish, but for those that are hidden. Exact ones may move, too, unless
        they are exponents.
        """
        exponents = _exponents(self.truth)
        loose = [n if id(n) in exponents else free(n.value) for n in self.truth.numbers()]
        whole = self.truth.with_numbers(loose)
        refitted = self._refit(whole, tree)
        if not self._agree(refitted, tree):
            return False
        old, new = Program(whole), Program(refitted)
        pairs = [(old.numbers[k], new.numbers[k]) for k in old.free if k not in hidden]
        return all(a == 0 or 1 / VANISHED <= b / a <= VANISHED for a, b in pairs)

    def _refit(self, tree: Expression, goal: Expression) -> Expression:
        y = np.asarray(Program(goal).values(self.x))
        if not np.isfinite(y).all():
            return tree
        enough = (0.01 * FORM) ** 2 * float(y.var())
        return refit(tree, self.x, y, steps=STEPS, goal=enough).tree

    def _agree(self, tree: Expression, goal: Expression) -> bool:
        if not self.miss(tree, goal) <= FORM:
            return False
        if self.wide is None or not len(self.wide):
            return True
        values, others = Program(tree).values(self.wide), Program(goal).values(self.wide)
        told = np.isfinite(others)
        return relative_error(values[told], others[told]) <= FORM_BEYOND


def _exponents(tree: Expression) -> set[int]:
    """Which of its nodes are exponents, by their identity."""
    return {id(node.exponent) for node in tree.walk() if isinstance(node, Power)}


def residual_ratio(tree: Expression, data: Data) -> float:
    """The residual deviation of a formula, over that of the truth; infinite where it has no value.

    Both are of as many degrees of freedom, those of the truth.
    """
    if data.deviation is None or data.numbers is None:
        raise ValueError("expected data with the residual deviation of a fit, got none")
    left = data.y - Program(tree).values(data.x)
    if not np.isfinite(left).all():
        return float("inf")
    deviation = float(np.sqrt(left @ left / max(1, len(data.y) - data.numbers)))
    rounding = ROUNDING * float(data.y.std())
    return max(deviation, rounding) / max(data.deviation, rounding)


def tell_form(data: Data, answer: Answer) -> dict[str, str | float]:
    """The form of an answer, and whether the right one is the winner or on the front only.

    Where the truth is a fit to the rows, the residual deviation over its, too.
    """
    if data.truth is None or answer.tree is None:
        return {}
    ratio = {} if data.deviation is None else {"deviation": residual_ratio(answer.tree, data)}
    return {**ratio, **_tell_place(data, answer, answer.tree)}


def _tell_place(data: Data, answer: Answer, tree: Expression) -> dict[str, str | float]:
    form = "same" if is_equal(data, answer) else compare_forms(tree, data)
    if form != "other":
        return {"form": form, "place": "winner"}
    short = [tree for tree in answer.front if tree.size <= LONGEST]
    return {"form": form, "place": "front" if any(has_right_form(t, data) for t in short) else ""}


# Judges of cases: data and answer → right, wrong, or None where nobody knows.


def is_equal(data: Data, answer: Answer) -> bool:
    """Noise-free data of a formula."""
    return relative_error(answer.values, data.y_test) <= SAME


def is_of_right_form(data: Data, answer: Answer) -> bool:
    """Noisy data of a formula."""
    return is_equal(data, answer) or (answer.tree is not None and has_right_form(answer.tree, data))


def has_textbook_form(data: Data, answer: Answer) -> bool:
    """A measured table whose law is known."""
    return answer.tree is not None and has_right_form(answer.tree, data)


def is_as_good(data: Data, answer: Answer) -> bool:
    """A measured table whose fit is certified: as near, in its form or with no more numbers."""
    if answer.tree is None or data.truth is None:
        return False
    if not residual_ratio(answer.tree, data) <= NEAR_DEVIATION:
        return False
    numbers = data.numbers or count_numbers(data.truth)
    short = len(Program(answer.tree).free) <= numbers
    return short or has_right_form(answer.tree, data)


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
