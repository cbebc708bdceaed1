"""`Limits`: conditions on a formula's exponents, slopes, sign, and values at given points.

A formula that breaks a limit is dropped from the search. Exponents are read off the formula. Slopes
and signs are checked at the rows and at random points of a box around them; values at a point with
the other inputs as in the rows; values at infinity far out. A formula that passes these samples may
still break a limit between them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields

import numpy as np

from edgewise._arrays import Array
from edgewise._checks import check_choice, quote, read_mapping, read_number
from edgewise.formula.expression import Expression, Number, Power
from edgewise.formula.program import Program
from edgewise.nn.arguments import read_range

ROWS, POINTS, OTHERS = 200, 300, 50
"""Numbers of rows and of random points that are checked, and of rows for a value at a point."""
FLAT = 1e-9
"""A slope of the wrong sign counts if it exceeds this fraction of the typical slope."""
NEAR, NEAR_AT_LIMIT = 1e-6, 1e-3
"""Largest difference from a prescribed value, and from a limit that is approached, relative to the
spread of y."""
FAR = (1e6, 1e9, 1e12)
"""Distances that stand for infinity, in widths of the rows' range."""
SLOPES, SIGNS = ("increasing", "decreasing"), ("positive", "negative")
FINITE = "finite"


@dataclass(frozen=True)
class Limits:
    """Conditions that a formula has to obey, for ``discover(…, limits=)``.

    Args:
        exponents: the smallest and the largest exponent allowed.
        exponent_step: exponents are multiples of this: 1 for integers, 0.5 for halves as well.
        slopes: "increasing" or "decreasing" for inputs by name.
        sign: of y, "positive" or "negative"; 0 is allowed by both.
        at: values at points, each such as {"x": 0, "y": 0}: inputs by name with their values, which
            may be infinite, and the output by name with its value, or "finite".
        beyond: how far outside the rows' range slopes and signs have to hold, in widths of it.

    Raises:
        ValueError: if a limit has no such form.

    Example:
        >>> import numpy as np, edgewise as ew
        >>> x = np.linspace(0, 3, 60)[:, None]
        >>> limits = ew.discovery.Limits(slopes={"x0": "increasing"}, at=[{"x0": 0, "y": 0}])
        >>> found = ew.discover(x, x[:, 0] ** 2 + x[:, 0], limits=limits, progress=False)
        >>> str(found.formula)
        'x0**2 + x0'
    """

    exponents: tuple[float, float] | None = None
    exponent_step: float | None = None
    slopes: Mapping[str, str] = field(default_factory=dict)
    sign: str | None = None
    at: Sequence[Mapping[str, float | str]] = ()
    beyond: float = 0.25

    def __post_init__(self) -> None:
        if isinstance(self.at, Mapping):
            object.__setattr__(self, "at", (self.at,))
        if not isinstance(self.at, Iterable):
            raise ValueError(f"limits expected at as a list of points, got {quote(self.at)}")
        slopes = read_mapping("limits", "slopes", self.slopes, '{"x0": "increasing"}')
        object.__setattr__(self, "slopes", slopes)
        for name, way in self.slopes.items():
            check_choice("limits", f"the slope by {name}", way, SLOPES)
        if self.sign is not None:
            check_choice("limits", "sign", self.sign, SIGNS)
        if self.exponents is not None:
            least, greatest = read_range("limits", "exponents", self.exponents)
            if not least <= greatest:
                raise ValueError(
                    f"limits expected exponents as (least, greatest), got {self.exponents!r}"
                )
        step = self.exponent_step
        if step is not None and not read_number("limits", "exponent_step", step) > 0:
            raise ValueError(f"limits expected exponent_step above 0, got {step!r}: pass 1 or 0.5")
        if not read_number("limits", "beyond", self.beyond) >= 0:
            raise ValueError(f"limits expected beyond of at least 0, got {self.beyond!r}")

    @classmethod
    def read(cls, limits: Limits | Mapping[str, object]) -> Limits:
        """Limits from a mapping such as {"exponents": (-3, 3)}.

        Raises:
            ValueError: if a name isn't that of a limit.
        """
        if isinstance(limits, Limits):
            return limits
        known = [f.name for f in fields(cls)]
        unknown = [n for n in limits if n not in known] if isinstance(limits, Mapping) else [limits]
        if unknown:
            raise ValueError(
                f"discover expected limits among {', '.join(known)}, got {quote(unknown[0])}"
            )
        return cls(**limits)  # type: ignore[arg-type]


@dataclass(frozen=True, eq=False)
class Checked:
    """Limits together with the points at which they are checked.

    Attributes:
        rows: rows of the data; box: random points in a box around them.
        slopes: +1 or -1 for each input with a prescribed slope.
        at: inputs with their values, and the value of y there; None for any finite value.

    Shape:
        rows, box: (*, in)
    """

    limits: Limits
    rows: Array
    box: Array
    spread: float
    slopes: Mapping[int, int]
    at: Sequence[tuple[Mapping[int, float], float | None]]

    @classmethod
    def of(
        cls, limits: Limits, x: Array, y: Array, names: Sequence[str], output: str, seed: int
    ) -> Checked:
        """The limits for rows whose inputs have these names.

        Raises:
            ValueError: for a name that is neither an input nor the output.
        """
        generator = np.random.default_rng([seed, 19])
        low, high = x.min(0), x.max(0)
        reach = limits.beyond * (high - low)
        least = np.where(low >= 0, np.maximum(low - reach, 0.0), low - reach)
        most = np.where(high <= 0, np.minimum(high + reach, 0.0), high + reach)
        box = least + (most - least) * generator.uniform(size=(POINTS, x.shape[1]))
        rows = x[np.sort(generator.permutation(len(x))[:ROWS])]
        slopes = {
            _place(name, names): 1 if way == SLOPES[0] else -1
            for name, way in limits.slopes.items()
        }
        at = [_read_point(point, names, output) for point in limits.at]
        spread = float(np.ptp(y)) or 1.0
        return cls(limits, rows, box, spread, slopes, at)

    def broken(self, tree: Expression) -> str | None:
        """The first limit that a formula breaks, in words; None if it passes all checks."""
        wrong = self._wrong_exponent(tree)
        if wrong is not None:
            return f"the exponent {wrong:g}"
        program = Program(tree)
        with np.errstate(all="ignore"):
            if self.limits.sign is not None and self._has_wrong_sign(program):
                return f"y isn't {self.limits.sign}"
            for place, way in self.slopes.items():
                if self._has_wrong_slope(program, place, way):
                    return f"the slope by input {place}"
            for inputs, value in self.at:
                if not self._passes(program, inputs, value):
                    return f"the value at {dict(inputs)}"
        return None

    def _wrong_exponent(self, tree: Expression) -> float | None:
        limits = self.limits
        for node in tree.walk():
            if not isinstance(node, Power) or not isinstance(node.exponent, Number):
                continue
            value = node.exponent.value
            if limits.exponents is not None:
                least, most = limits.exponents
                if not least <= value <= most:
                    return value
            if limits.exponent_step is not None:
                steps = value / limits.exponent_step
                if abs(steps - round(steps)) > 1e-9:
                    return value
        return None

    def _has_wrong_sign(self, program: Program) -> bool:
        way = 1 if self.limits.sign == SIGNS[0] else -1
        values = way * np.concatenate([program.values(self.rows), program.values(self.box)])
        return bool((values < -NEAR * self.spread).any())

    def _has_wrong_slope(self, program: Program, place: int, way: int) -> bool:
        points = np.concatenate([self.rows, self.box])
        slopes = way * program.gradient(points)[:, place]
        slopes = slopes[np.isfinite(slopes)]
        typical = float(np.median(np.abs(slopes))) if len(slopes) else 0.0
        return bool((slopes < -FLAT * max(typical, 1e-300)).any())

    def _passes(self, program: Program, inputs: Mapping[int, float], value: float | None) -> bool:
        rows = self.rows[:OTHERS].copy()
        far = [i for i, v in inputs.items() if math.isinf(v)]
        rows[:, list(inputs)] = list(inputs.values())
        if far:
            return self._passes_at_infinity(program, rows, inputs, far, value)
        found = program.values(rows)
        near = found
        if not np.isfinite(found).all():  # The limit, from where the rows are.
            middle = self.rows.mean(0)
            near, found = (
                program.values(_towards(rows, inputs, middle, step)) for step in (1e-5, 1e-8)
            )
        if value is None:
            size = np.maximum(self.spread, np.abs(near))
            return bool((np.abs(found - near) <= NEAR_AT_LIMIT * size).all())
        return bool((np.abs(found - value) <= NEAR * max(self.spread, abs(value))).all())

    def _passes_at_infinity(
        self,
        program: Program,
        rows: Array,
        inputs: Mapping[int, float],
        far: Sequence[int],
        value: float | None,
    ) -> bool:
        found = []
        for distance in FAR:
            for i in far:
                width = max(float(np.abs(self.rows[:, i]).max()), 1e-300)
                rows[:, i] = math.copysign(distance * width, inputs[i])
            found.append(program.values(rows.copy()))  # values of an input are its column
        goal = found[-2] if value is None else value
        size = np.maximum(self.spread, np.abs(goal))
        return bool((np.abs(found[-1] - goal) <= NEAR_AT_LIMIT * size).all())


def _towards(rows: Array, inputs: Iterable[int], middle: Array, step: float) -> Array:
    """Rows with some inputs moved towards the middle by a fraction of the distance."""
    moved = rows.copy()
    for i in inputs:
        moved[:, i] += step * (middle[i] - rows[:, i])
    return moved


def _place(name: str, names: Sequence[str]) -> int:
    check_choice("limits", "names of inputs", name, names)
    return list(names).index(name)


def _read_point(
    point: Mapping[str, float | str], names: Sequence[str], output: str
) -> tuple[Mapping[int, float], float | None]:
    """The inputs of a point by their indices, and the value there."""
    if not isinstance(point, Mapping) or output not in point or len(point) < 2:
        raise ValueError(
            f"limits expected points such as {{{names[0]!r}: 0, {output!r}: 0}}, got {point!r:.80}"
        )
    value = point[output]
    is_finite = isinstance(value, str) and value == FINITE
    if not is_finite and not _is_real(value):
        raise ValueError(f"limits expected a number or {FINITE!r} as {output}, got {value!r:.80}")
    inputs = {}
    for name, where in point.items():
        if name == output:
            continue
        if not _is_real(where, finite=False):
            raise ValueError(f"limits expected a number as {name}, got {where!r:.80}")
        inputs[_place(name, names)] = float(where)
    return inputs, None if is_finite else float(value)


def _is_real(value: object, finite: bool = True) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float | np.number):
        return False
    return math.isfinite(float(value)) if finite else not math.isnan(float(value))
