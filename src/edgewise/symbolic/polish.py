"""What makes a formula out of a fit: constants set free, terms dropped, numbers made simple.

Formulas are compared by the length of their description: what the tree takes to write down, its
constants as exact as the data determine them, and N/2 log2 of the FVU of y for N
rows (Rissanen 1978).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from edgewise.symbolic.constants import Constant, find_near
from edgewise.symbolic.expression import (
    Apply,
    Expression,
    Input,
    Number,
    Power,
    Product,
    Sum,
    add,
    free,
    multiply,
)
from edgewise.symbolic.program import Program, refit

Array = NDArray[np.float64]

ROUNDING = 1e-24
"""The FVU that is nothing but rounding, of formulas without cancellation."""
SETTLED = 1e-24
"""The FVU of a formula that is exact, unless y itself is known less well."""
DIGITS_EACH = 3.2
FEW_BITS, CROWDED = 3.0, 6.0
"""There are few constants of so few bits. Of more there are so many that one lies near any number:
the data has to determine it by so many bits more."""
MOST_ROWS = 1000
"""More rows than that speak no louder."""


@dataclass(frozen=True)
class Fit:
    """A formula and how well it fits.

    Attributes:
        fvu: the fraction of y's variance left unexplained.
        bits: of the tree.
        length: of the whole description.
    """

    tree: Expression
    fvu: float
    bits: float
    length: float


def is_settled(fit: Fit, floor: float = ROUNDING) -> bool:
    """Whether a fit leaves rounding only, and so little that it can't be a good approximation.

    Smooth functions are approximated to any accuracy by enough numbers, about two digits of the
    variance for each; a formula that is exact leaves 30 digits at once.
    """
    if not fit.fvu <= max(SETTLED, floor):
        return False
    numbers = sum(n.exact is None for n in fit.tree.numbers())
    return DIGITS_EACH * numbers <= -math.log10(max(fit.fvu, 1e-32)) or numbers <= 3


def tree_bits(tree: Expression, rows: int, inputs: int) -> float:
    """What it takes to write a tree down; a free number takes 1/2 log2 of the rows."""
    each = 0.5 * math.log2(max(min(rows, MOST_ROWS), 4))
    total = 0.0
    for node in tree.walk():
        if isinstance(node, Number):
            total += each + 1 if node.exact is None else node.exact.bits + 1
        elif isinstance(node, Input):
            total += 1 + math.log2(max(inputs, 1))
        elif isinstance(node, Apply):
            total += node.function.complexity
        elif isinstance(node, Power):
            total += 1
        else:
            total += 1.5 * (len(node.parts) - 1)
    return total


@dataclass(frozen=True, eq=False)
class Data:
    """Rows to fit.

    Attributes:
        floor: the FVU below which y itself isn't known: rounding, or the error of a
            curve that y was read from.

    Shape:
        x: (rows, in); y, weight: (rows,)
    """

    x: Array
    y: Array
    weight: Array | None = None
    floor: float = ROUNDING

    @classmethod
    def of(cls, x: Array, y: Array, weight: Array | None = None) -> Data:
        """Rows whose floor is the rounding of y."""
        data = cls(x, y, weight)
        size = float(np.abs(y).max()) if len(y) else 0.0
        rounding = (8 * np.finfo(np.float64).eps * size) ** 2 / data.variance
        return replace(data, floor=float(min(max(ROUNDING, rounding), 1e-6)))

    @cached_property
    def variance(self) -> float:
        """Of y; 1 for a constant."""
        mean = np.average(self.y, weights=self.weight)
        return float(np.average((self.y - mean) ** 2, weights=self.weight)) or 1.0

    def fit(self, tree: Expression, steps: int = 20) -> Fit:
        """The tree refitted."""
        variance = self.variance
        result = refit(
            tree, self.x, self.y, self.weight, steps=steps, goal=self.floor * 1e-6 * variance
        )
        return self.judge(result.tree, result.mse / variance)

    def judge(self, tree: Expression, fvu: float | None = None) -> Fit:
        """The tree as it is."""
        if fvu is None:
            with np.errstate(all="ignore"):
                missed = (self.y - Program(tree).values(self.x)) ** 2
            fvu = float(np.average(missed, weights=self.weight)) / self.variance
            fvu = fvu if math.isfinite(fvu) else math.inf
        rows, inputs = self.x.shape
        bits = tree_bits(tree, rows, inputs)
        data = 0.5 * min(rows, MOST_ROWS) * math.log2(max(fvu, self.floor))
        return Fit(tree, fvu, bits, bits + data)


def soften(tree: Expression) -> Expression:
    """The tree with free numbers where there could be some: c f(a u + b) + d for every function f.

    Numbers that others make up for are left out: a of powers and logarithms, b of exp. Exponents
    that are exact stay so.
    """
    soft = _soften(tree)
    if isinstance(soft, Sum):
        return soft
    return Sum((_add_factor(soft), free(0.0)))


def _soften(node: Expression) -> Expression:
    if isinstance(node, Number):
        return free(node.value)
    if isinstance(node, Apply):
        argument = _soften(node.argument)
        if node.function.free == "shift":
            return Apply(node.function, _add_factor(_without_number(argument)))
        scale = node.function.free != "scale"
        return Apply(node.function, _affine(argument, scale))
    if isinstance(node, Power):
        exponent = node.exponent
        if not isinstance(exponent, Number):
            exponent = _soften(exponent)
        return Power(_affine(_soften(node.base), False), exponent)
    if isinstance(node, Product):
        parts = tuple(_soften(f) for f in node.factors if not isinstance(f, Number))
        value = math.prod(f.value for f in node.factors if isinstance(f, Number))
        if value == 1:
            return parts[0] if len(parts) == 1 else Product(parts)
        return Product((free(value), *parts))
    if isinstance(node, Sum):
        terms = [_add_factor(_soften(t)) for t in node.terms if not isinstance(t, Number)]
        constant = sum(t.value for t in node.terms if isinstance(t, Number))
        return Sum((*terms, free(constant)))
    return node


def _without_number(node: Expression) -> Expression:
    """A softened sum without its constant."""
    if isinstance(node, Sum) and isinstance(node.terms[-1], Number):
        rest = node.terms[:-1]
        return rest[0] if len(rest) == 1 else Sum(rest)
    return node


def _add_factor(term: Expression) -> Expression:
    """The term with a free factor; a sum's terms have theirs."""
    if isinstance(term, (Sum, Number)):
        return term
    if isinstance(term, Product) and isinstance(term.factors[0], Number):
        return term
    return Product((free(1.0), *(term.factors if isinstance(term, Product) else (term,))))


def _affine(node: Expression, scale: bool) -> Expression:
    """A softened argument with a constant beside it."""
    if isinstance(node, Sum):
        return node
    return Sum((_add_factor(node) if scale else node, free(0.0)))


def normal_form(tree: Expression) -> Expression:
    """The tree made anew, bottom up: numbers folded, equal terms collected."""
    if not tree.parts:
        return tree
    return tree.rebuild([normal_form(p) for p in tree.parts])


def reductions(tree: Expression) -> Iterator[Expression]:
    """The tree with one of its parts left out: a term, a factor, a number that is 0 or 1."""
    for node in tree.walk():
        if isinstance(node, Sum):
            for n in range(len(node.terms)):
                rest = node.terms[:n] + node.terms[n + 1 :]
                yield replace_node(tree, node, add(*rest))
        elif isinstance(node, Apply):  # nearly a line there, it may be its argument
            yield replace_node(tree, node, Sum((_add_factor(node.argument), free(0.0))))
        elif isinstance(node, Product):
            for n, factor in enumerate(node.factors):
                rest = node.factors[:n] + node.factors[n + 1 :]
                if not isinstance(factor, Number) or factor.exact is None:
                    yield replace_node(tree, node, multiply(*rest))


def replace_node(tree: Expression, old: Expression, new: Expression) -> Expression:
    """The tree with one node, found by identity, exchanged."""
    if tree is old:
        return new
    if not tree.parts:
        return tree
    parts = [replace_node(p, old, new) for p in tree.parts]
    if all(a is b for a, b in zip(parts, tree.parts, strict=True)):
        return tree
    return tree.rebuild(parts)


def shorten(fit: Fit, data: Data, *, rounds: int = 12, steps: int = 8) -> Fit:
    """The fit without parts that the data doesn't need, one after another."""
    best = fit
    for _ in range(rounds):
        offers = []
        for tree in dict.fromkeys(reductions(best.tree)):
            if tree.size >= best.tree.size or not tree.inputs:
                continue
            quick = data.fit(tree, steps=3)
            # Clearly hopeless ones aren't refitted to the end.
            if quick.length < best.length + 0.1 * min(len(data.y), MOST_ROWS):
                offers.append(quick)
        offers.sort(key=lambda f: f.length)
        for offer in offers[:4]:
            offer = data.fit(offer.tree, steps=steps)
            if offer.length < best.length:
                best = offer
                break
        else:
            return best
    return best


def standard_errors(tree: Expression, data: Data, fvu: float) -> list[float | None]:
    """Of each number, from the curvature; None for exact ones and where it can't be told."""
    program = Program(tree)
    errors: list[float | None] = [None] * len(program.numbers)
    if not program.free:
        return errors
    _, jacobian = program.values_and_jacobian(data.x)
    if data.weight is not None:
        jacobian = jacobian * np.sqrt(data.weight)[:, None]
    if not np.isfinite(jacobian).all():
        return errors
    freedom = max(len(data.y) - len(program.free), 1)
    noise = max(fvu, 1e-28) * data.variance * len(data.y) / freedom
    with np.errstate(over="ignore"):
        scale = np.sqrt(np.square(jacobian).sum(0))
    if not np.isfinite(scale).all():
        return errors
    scale[scale == 0] = 1.0
    _, s, vt = np.linalg.svd(jacobian / scale, full_matrices=False)
    if len(s) == 0 or s[-1] < 1e-12 * s[0]:
        s = np.maximum(s, 1e-12 * s[0])
    covariance = np.square(vt.T / s).sum(1)
    for place, value in zip(program.free, np.sqrt(covariance * noise) / scale, strict=True):
        errors[place] = float(value)
    return errors


def snap(fit: Fit, data: Data, *, units: bool = True, tries: int = 6) -> Fit:
    """The fit with numbers that are simple where the data says so.

    A number may become a simple one within four standard errors if that costs fewer bits than the
    digits which the data determine, and the rest, refitted, explains y as well. Those that are
    determined best go first.

    Args:
        units: whether multiples of π, e, √2, … count as simple.
    """
    best = fit
    done: set[int] = set()
    for _ in range(40):
        numbers = best.tree.numbers()
        errors = standard_errors(best.tree, data, best.fvu)
        waiting = [
            (_digits(n.value, e), k)
            for k, (n, e) in enumerate(zip(numbers, errors, strict=True))
            if n.exact is None and k not in done and e is not None
        ]
        if not waiting:
            return best
        places = exponents(best.tree)
        _, k = max(waiting, key=lambda w: (w[1] in places, w[0]))
        value, error = numbers[k].value, errors[k] or 0.0
        taken = None
        for constant in _simple(value, error, units, fit.fvu)[:tries]:
            made = [
                Number(constant.value, constant) if n == k else old for n, old in enumerate(numbers)
            ]
            offer = data.fit(best.tree.with_numbers(made), steps=6)
            if _is_acceptable(offer, best, constant, value, error, data):
                taken = offer
                break
        if taken is None:
            done.add(k)
        else:
            best = taken
    return best


def exponents(tree: Expression) -> set[int]:
    """Which of its numbers are exponents."""
    found: set[int] = set()
    count = 0

    def visit(node: Expression, exponent: bool) -> None:
        nonlocal count
        if isinstance(node, Number):
            if exponent:
                found.add(count)
            count += 1
        elif isinstance(node, Power):
            visit(node.base, False)
            visit(node.exponent, True)
        else:
            for part in node.parts:
                visit(part, False)

    visit(tree, False)
    return found


def _digits(value: float, error: float | None) -> float:
    """Bits that the data determine of a number."""
    if error is None:
        return 0.0
    return max(0.0, math.log2(max(abs(value), error) / max(error, 1e-300)) + 1)


def _simple(value: float, error: float, units: bool, fvu: float) -> list[Constant]:
    """Simple numbers near the value; 0 first where it may be that."""
    window = max(4 * error, 1e-11 * abs(value))
    if fvu < 1e-15:  # rounding isn't noise: its errors are underestimated
        window = max(window, 1e-6 * abs(value), 1e-9)
    found = [c for c in find_near(value, window) if units or c.unit == "1"]
    return sorted(found, key=lambda c: c.bits)


def _is_acceptable(
    new: Fit, old: Fit, constant: Constant, value: float, error: float, data: Data
) -> bool:
    if old.fvu < 1e-15:
        return new.fvu <= max(4 * old.fvu, data.floor) and constant.bits <= 24
    count = min(len(data.y), MOST_ROWS)
    loss = 0.5 * count * math.log2(max(new.fvu, 1e-300) / max(old.fvu, 1e-300))
    margin = 1 if constant.bits <= FEW_BITS else CROWDED
    return loss < 3 and constant.bits + margin + loss < _digits(value, error)


def with_errors(fit: Fit, data: Data) -> Expression:
    """The tree whose free numbers know their standard errors."""
    errors = standard_errors(fit.tree, data, fit.fvu)
    numbers = [
        old if error is None else replace(old, error=error)
        for old, error in zip(fit.tree.numbers(), errors, strict=True)
    ]
    return fit.tree.with_numbers(numbers)


def improve(tree: Expression, data: Data, *, steps: int = 20) -> list[Fit]:
    """The tree refitted as it is, and with every number set free and the needless dropped."""
    plain = data.fit(tree, steps=steps)
    fits = [plain]
    if plain.fvu <= 1e-15 or not math.isfinite(plain.fvu):
        return fits
    soft = data.fit(soften(tree), steps=steps)
    if soft.fvu < 0.7 * plain.fvu:
        fits.append(shorten(soft, data))
    return fits
