"""Start values of fits: a grid of the nonlinear parameters, scaled by the data.

At each point of the grid the linear parameters follow from linear least squares (variable
projection, Golub & Pereyra, SIAM J. Numer. Anal. 10 (1973) 413), at all points at once. R's
self-starting models work similarly: one or two guesses and a linear fit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

import numpy as np

from edgewise._arrays import Array
from edgewise.data.rows import pick_evenly
from edgewise.formula.parse import parse_formula
from edgewise.formula.program import Program
from edgewise.formula.scaling import scale_columns
from edgewise.laws.curve import Curve
from edgewise.laws.frequencies import find_frequencies, resolvable_waves
from edgewise.laws.law import Law, Parameter
from edgewise.laws.solve import FitProblem

START_ROWS = 80
"""Most rows on which points of the grid are compared."""
MOST_POINTS = 1500
"""Most points of a grid; from a larger grid this many are drawn at random."""
SIZES = np.geomspace(0.02, 20, 10)
"""Start values of a positive parameter, in multiples of its typical size."""
ANY_POINTS = 3000
"""Random points for a formula without start values."""
BEYOND = (0.05, 0.3, 1.0, 3.0)
"""Start values of positions outside an input's range: distances from it, in units of the range."""


@dataclass(frozen=True, eq=False)
class Guesses:
    """Start values, the best first.

    Attributes:
        missed: the residual sum of squares of each, divided by the weighted sum of squares of y.

    Shape:
        theta: (count, parameters), missed: (count,)
    """

    theta: Array
    missed: Array


@np.errstate(all="ignore")
def guess_law(law: Law, rows: FitProblem, smaller: Guesses | None = None) -> Guesses:
    """Start values for the parameters of a law.

    Args:
        smaller: fits of the law that this one extends; their nonlinear parameters are kept.
    """
    if law.by_logs and (rows.y > 0).all() and (rows.x > 0).all():
        return project(rows, _by_logs(rows))
    names = [p.name for p in law.parameters]
    values: dict[str, Sequence[float]] = {
        p.name: start_values(p, law, rows)
        for k, p in enumerate(law.parameters)
        if k not in law.curve.linear
    }
    waves = [p for p in law.parameters if p.waves]
    if len(waves) > 1:
        most = int(MOST_POINTS ** (1 / len(waves)))
        values |= {p.name: _strongest_waves(values[p.name], p, law, rows)[:most] for p in waves}
    if smaller is None:
        return project(rows, _in_order(law, combine(values, names)))
    made = []
    known = names[: smaller.theta.shape[1]]
    for theta in smaller.theta:
        held = {n: [float(v)] for n, v in zip(known, theta, strict=True) if n in values}
        made.append(combine({**values, **held}, names))
    return project(rows, np.concatenate(made))


def _in_order(law: Law, theta: Array) -> Array:
    """The points at which exchangeable parameters are in ascending order."""
    places = [k for k, p in enumerate(law.parameters) if p.name in law.order]
    rising = (np.diff(theta[:, places], axis=1) > 0).all(1)
    return theta[rising] if rising.any() else theta


def _by_logs(rows: FitProblem) -> Array:
    """Factor and exponents of a product of powers, by linear regression of log y on log x."""
    logs = np.column_stack([np.ones(len(rows.y)), np.log(rows.x)])
    found = np.linalg.lstsq(logs, np.log(rows.y), rcond=None)[0]
    found[0] = np.exp(np.clip(found[0], -700, 700))
    return found[None]


def combine(values: Mapping[str, Sequence[float]], names: Sequence[str]) -> Array:
    """All combinations of the values, or a random sample; parameters without values are 0."""
    grids = [list(values.get(n, (0.0,))) for n in names]
    count = int(np.prod([float(len(g)) for g in grids]))
    if count <= MOST_POINTS:
        return np.array(list(product(*grids)), dtype=np.float64)
    rng = np.random.default_rng(0)
    return np.stack([rng.choice(g, MOST_POINTS) for g in grids], 1)


def start_values(parameter: Parameter, law: Law, rows: FitProblem) -> Sequence[float]:
    """Start values of one parameter, scaled by the size of its unit in these rows."""
    columns = dict(zip(law.inputs, rows.x.T, strict=True))
    if parameter.unit == "1":
        found = np.array(parameter.starts or _of_no_unit(parameter))
    elif parameter.waves:
        found = resolvable_waves(columns[parameter.unit.rpartition("/")[2]])
    elif parameter.unit in columns and parameter.starts:
        size = float(np.abs(columns[parameter.unit]).max()) or 1.0
        found = _signs(parameter, size * _denser(parameter.starts))
    elif parameter.unit in columns:
        found = _places_and_sizes(parameter, columns[parameter.unit])
    elif parameter.unit.startswith("1/") and parameter.unit[2:] in columns:
        sizes = _denser(parameter.starts) if parameter.starts else SIZES
        found = sizes / max(float(np.ptp(columns[parameter.unit[2:]])), 1e-300)
        found = _signs(parameter, found)
    else:
        size = _typical(parameter.unit, {**columns, law.output: rows.y})
        sizes = _denser(parameter.starts) if parameter.starts else SIZES[1::2]
        found = _signs(parameter, size * sizes)
    inside = found[(found >= parameter.lower) & (found <= parameter.upper)]
    return list(inside) or [float(np.clip(found[0], parameter.lower, parameter.upper))]


def _denser(starts: Sequence[float]) -> Array:
    """The start values, with two more between neighbours of the same sign, geometrically."""
    found = list(starts[:1])
    for low, high in pairwise(starts):
        if low * high > 0:
            found += list(low * (high / low) ** np.array([1 / 3, 2 / 3]))
        found.append(high)
    return np.array(found)


def _of_no_unit(parameter: Parameter) -> Sequence[float]:
    if np.isfinite(parameter.lower) and np.isfinite(parameter.upper):
        return list(np.linspace(parameter.lower, parameter.upper, 7)[1:-1])
    return (0.3, 1.0, 3.0) if parameter.lower >= 0 else (-2.0, -0.7, 0.7, 2.0)


def _signs(parameter: Parameter, sizes: Array) -> Array:
    """The sizes with the signs that the parameter may have."""
    if (sizes < 0).any():
        return sizes
    if parameter.lower >= 0:
        return sizes
    return -sizes if parameter.upper <= 0 else np.concatenate([sizes, -sizes])


def _places_and_sizes(parameter: Parameter, x: Array) -> Array:
    """Start values of a position or a length, from the range of its input."""
    low, high = float(x.min()), float(x.max())
    span = (high - low) or abs(high) or 1.0
    if parameter.lower < 0:
        beyond = span * np.array(BEYOND)
        inner = np.linspace(low - 0.1 * span, high + 0.1 * span, 13)
        return np.concatenate([low - beyond, inner, high + beyond])
    return np.geomspace(span / 50, 3 * max(span, abs(low), abs(high)), 12)


def _strongest_waves(
    waves: Sequence[float], parameter: Parameter, law: Law, rows: FitProblem
) -> list[float]:
    """The angular frequencies whose sine and cosine explain more of y than those near them do."""
    column = list(law.inputs).index(parameter.unit.rpartition("/")[2])
    curve = Curve.read("c + a*cos(w*x) + b*sin(w*x)", ["x"], ["c", "a", "b", "w"])
    free = np.full(4, np.inf)
    alone = FitProblem(curve, rows.noise, rows.x[:, [column]], rows.y, -free, free)
    best = project(alone, combine({"w": waves}, curve.parameters)).theta[:, 3]
    near = np.pi / (2 * (float(np.ptp(rows.x[:, column])) or 1.0))
    return [w for k, w in enumerate(best) if (np.abs(best[:k] - w) > near).all()]


def _typical(unit: str, columns: Mapping[str, Array]) -> float:
    """The size of a quantity of this unit in the rows."""
    names = list(columns)
    tree, _ = parse_formula(unit, names)
    middle = [float(np.median(np.abs(c[c != 0]))) if c.any() else 1.0 for c in columns.values()]
    size = abs(float(Program(tree).values(np.array([middle]))[0]))
    return size if np.isfinite(size) and size > 0 else 1.0


@np.errstate(all="ignore")
def project(rows: FitProblem, theta: Array, held: Sequence[int] = ()) -> Guesses:
    """Start values with their linear parameters solved for, except fixed ones; the best first.

    Shape:
        theta: (count, parameters)
    """
    picked = pick_evenly(len(rows.y), START_ROWS)
    x, y, w = rows.x[picked], rows.y[picked], rows.noise.weight(rows.y)[picked]
    curve = rows.curve
    linear = [k for k in curve.linear if k not in held]
    theta = np.array(theta, dtype=np.float64)
    with np.errstate(all="ignore"):
        if linear:
            theta[:, linear] = _solve_linear(curve, x, y, w, theta, linear)
            theta = np.clip(theta, rows.lower, rows.upper)
        left = w * (curve.values(x, theta) - y)
        missed = np.square(left).sum(1) / max(float(np.square(w * y).sum()), 1e-300)
    missed = np.where(np.isfinite(missed), missed, np.inf)
    order = np.argsort(missed, kind="stable")
    order = order[np.isfinite(missed[order])]
    return Guesses(theta[order], missed[order])


def _solve_linear(
    curve: Curve, x: Array, y: Array, w: Array, theta: Array, linear: list[int]
) -> Array:
    """The linear parameters for each choice of the others; (count, linear)"""
    base = theta.copy()
    base[:, linear] = 0.0
    offset = curve.values(x, base)
    columns = np.empty((len(theta), len(y), len(linear)))
    for n, k in enumerate(linear):
        base[:, k] = 1.0
        columns[:, :, n] = curve.values(x, base) - offset
        base[:, k] = 0.0
    columns *= w[:, None]
    right = w * (y - offset)
    columns, scale = scale_columns(columns)
    bad = ~(np.isfinite(columns).all((1, 2)) & np.isfinite(right).all(1))
    columns[bad], right[bad] = 0.0, 0.0
    gram = np.einsum("gri,grj->gij", columns, columns) + 1e-12 * np.eye(len(linear))
    found = np.linalg.solve(gram, np.einsum("gri,gr->gi", columns, right)[:, :, None])[:, :, 0]
    found = found / scale
    found[bad] = np.nan
    return np.asarray(found)


def spread_out(guesses: Guesses, count: int, *, by_signs: bool = False) -> Guesses:
    """The best start values, without those close to better ones.

    Args:
        by_signs: whether at most half of them may have the same signs, if there are others.
    """
    theta = guesses.theta
    signs = np.sign(theta)
    chosen: list[np.int64] = []
    zero = 1e-12 * np.abs(theta).max(0, initial=0.0)
    left = np.arange(len(theta))
    while len(left) and len(chosen) < count:
        best, left = left[0], left[1:]
        chosen.append(best)
        near = np.isclose(theta[left], theta[best], rtol=0.3, atol=zero).all(1)
        left = left[~near]
        if by_signs and 2 * (signs[chosen] == signs[best]).all(1).sum() >= count:
            left = left[np.argsort((signs[left] == signs[best]).all(1), kind="stable")]
    return Guesses(theta[chosen], guesses.missed[chosen])


@np.errstate(all="ignore")
def guess_any(rows: FitProblem, given: Mapping[str, float]) -> Guesses:
    """Start values for any formula.

    Nonlinear parameters are drawn at random, over all sizes that the columns' units suggest;
    frequencies of sines from those that the rows resolve.

    Args:
        given: start values that are known.
    """
    curve, rng = rows.curve, np.random.default_rng(0)
    sizes = [1.0]
    for column in (*rows.x.T, rows.y):
        span, most = float(np.ptp(column)), float(np.abs(column).max())
        sizes += [s for v in (span, most) if v > 0 for s in (v, 1 / v)]
    frequencies = find_frequencies(curve)
    theta = np.zeros((ANY_POINTS, len(curve.parameters)))
    for k, name in enumerate(curve.parameters):
        if name in given:
            theta[:, k] = given[name]
        elif k not in curve.linear:
            if k in frequencies:
                drawn = rng.choice(frequencies[k].starts(rows.x), ANY_POINTS)
            else:
                drawn = rng.choice(sizes, ANY_POINTS) * 10 ** rng.uniform(-1.5, 1.5, ANY_POINTS)
            drawn *= rng.choice([1.0, 1.0, -1.0], ANY_POINTS)
            places = rng.choice(rows.x.reshape(-1), ANY_POINTS)
            is_place = (rng.uniform(size=ANY_POINTS) < 0.25) & (k not in frequencies)
            drawn = np.where(is_place, places, drawn)
            theta[:, k] = _fold_in(drawn, float(rows.lower[k]), float(rows.upper[k]))
    return project(rows, theta, [curve.parameters.index(n) for n in given])


def _fold_in(values: Array, low: float, high: float) -> Array:
    """Move values within bounds: reflect them at a bound 0, or spread them over a finite range."""
    inside = (values >= low) & (values <= high)
    if inside.all():
        return values
    if np.isfinite(low) and np.isfinite(high):
        part = (values - values.min()) / (np.ptp(values) or 1.0)
        return np.where(inside, values, low + part * (high - low))
    mirrored = low + np.abs(values) if np.isfinite(low) else high - np.abs(values)
    return np.where(inside, values, mirrored)
