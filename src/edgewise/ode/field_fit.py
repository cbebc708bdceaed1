"""Which few terms make up the equation of a field, and their factors with standard errors.

Least squares on integrals over windows is biased, as the columns have noise, too. How much noise
each has is measured by integrating the same fields with fresh noise, and taken off the normal
equations (errors in variables; Fuller, Measurement Error Models, 1987).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import BSpline

from edgewise.ode.field_terms import Integrals, Term
from edgewise.search.subsets import Columns, best_subsets, centre_target

Array = NDArray[np.float64]

MOST_TERMS = 8
BEAM, KEPT, PAIRS = 24, 8, 400
COPIES = 12
"""Copies with fresh noise, by which the noise of integrals is measured."""
FLOOR = 1e-6
"""Shares of the left side (of its squares) below this are errors of sums and of splines."""
KNOTS = (4, 6, 8, 10, 12, 14, 17, 20, 24, 30)
"""Numbers of cubic splines that an unknown source may have."""
FILLED = 0.95
"""Splines for each window along their axis, at most."""
STIFF = 3e-3
"""Weight of the bends of an unknown source beside its integrals."""
NESTED = 1e-6
"""A column that others leave no larger fraction of is a sum of them."""


@dataclass(frozen=True, eq=False)
class Rows:
    """An equation's two sides, integrated over windows.

    Attributes:
        independent: the number of windows whose noise is independent.

    Shape:
        columns: (windows, terms); left: (windows,); source: (windows, splines), may have none
    """

    columns: Array
    left: Array
    source: Array
    independent: float

    def some(self, mask: NDArray[np.bool_]) -> Rows:
        """Those of the windows."""
        share = float(mask.mean())
        rows = self.columns[mask], self.left[mask], self.source[mask]
        return Rows(*rows, share * self.independent)

    def without_source(self) -> tuple[Array, Array]:
        """Both sides projected on what the source can't explain."""
        if not self.source.shape[1]:
            return self.columns, self.left
        q, _ = np.linalg.qr(self.source)
        return self.columns - q @ (q.T @ self.columns), self.left - q @ (q.T @ self.left)


@dataclass(frozen=True)
class Model:
    """Terms by their places, and the length of the description with them."""

    places: tuple[int, ...]
    length: float
    share: float


def select(rows: Rows, bits: Array) -> list[Model]:
    """The best sets of terms, shortest description first.

    Args:
        bits: of each term with its factor.
    """
    columns, left = rows.without_source()
    usable = np.flatnonzero(np.isfinite(columns).all(0) & (np.abs(columns).max(0) > 0))
    # A subset's length counts all windows; prices grow with how many of them say the same.
    price = bits[usable] * len(left) / rows.independent
    made = best_subsets(
        Columns.of(np.ascontiguousarray(columns[:, usable].T), price),
        centre_target(left),
        most=min(MOST_TERMS, len(left) // 4),
        beam=BEAM,
        keep=KEPT,
        pairs=PAIRS,
        goal=1e-14,
    )
    sets = {tuple(sorted(int(usable[k]) for k in subset.columns)) for subset in made}
    sets |= {tuple(usable[list(kept)]) for kept in eliminate(columns[:, usable], left)}
    models = [_weigh(rows, columns, left, places, bits) for places in sorted(sets)]
    return sorted([*models, Model((), 0.0, 1.0)], key=lambda m: m.length)


def _weigh(rows: Rows, columns: Array, left: Array, places: tuple[int, ...], bits: Array) -> Model:
    chosen = columns[:, list(places)]
    missed = left - chosen @ np.linalg.lstsq(chosen, left, rcond=None)[0]
    share = float(missed @ missed) / (float(left @ left) or 1.0)
    data = rows.independent / 2 * math.log2(max(share, FLOOR))
    return Model(tuple(map(int, places)), data + float(bits[list(places)].sum()), share)


def eliminate(columns: Array, left: Array) -> list[tuple[int, ...]]:
    """Small sets of columns that are left when the least significant one is dropped each time.

    Growing sets lose their way where only many terms together say anything.
    """
    scale = np.sqrt(np.square(columns).mean(0))
    unit = columns / scale
    kept, made = list(range(columns.shape[1])), []
    gram, right = unit.T @ unit, unit.T @ left
    while kept:
        some = gram[np.ix_(kept, kept)]
        inverse = np.linalg.pinv(some, rcond=1e-13, hermitian=True)
        values = inverse @ right[kept]
        weakest = int(np.argmin(values**2 / np.maximum(np.diag(inverse), 1e-300)))
        if len(kept) <= MOST_TERMS:
            made.append(tuple(kept))
        del kept[weakest]
    return made


def probability_of(best: Model, models: Sequence[Model], rows: Rows) -> tuple[float, Model | None]:
    """The share of a model among all others that it isn't a part of, and its best rival."""
    columns, _ = rows.without_source()
    total, rival = 0.0, None
    for other in models:
        if not _is_within(columns[:, best.places], columns[:, other.places]):
            total += 2.0 ** max(best.length - other.length, -200.0)
            rival = rival or other
    return 1 / (1 + total), rival


def _is_within(some: Array, others: Array) -> bool:
    """Whether sums of some columns are sums of others, too."""
    if some.shape[1] > others.shape[1]:
        return False
    left = some - others @ np.linalg.lstsq(others, some, rcond=None)[0]
    return bool((np.square(left).sum(0) <= NESTED * np.square(some).sum(0)).all())


@dataclass(frozen=True, eq=False)
class Estimate:
    """The factors of a model.

    Attributes:
        values, errors: of the factors, with standard errors.
        share: of the left side that is left over; expected: the share that noise explains.
        source: the factors of the splines of an unknown source.
    """

    values: Array
    errors: Array
    share: float
    expected: float
    source: Array


def estimate(rows: Rows, places: Sequence[int], noise: Sequence[tuple[Array, Array]]) -> Estimate:
    """Factors free of the bias that noise in the columns causes.

    Args:
        noise: changes of the chosen columns and of the left side by fresh noise, for each copy.
    """
    columns, left = rows.without_source()
    total = float(left @ left) or 1.0
    chosen = columns[:, list(places)]
    if not places:
        nothing = np.zeros(0)
        return Estimate(nothing, nothing, 1.0, 0.0, np.zeros(rows.source.shape[1]))
    changes = [Rows(c, y, rows.source, rows.independent).without_source() for c, y in noise]
    own = np.mean([c.T @ c for c, _ in changes], axis=0)
    mixed = np.mean([c.T @ y for c, y in changes], axis=0)
    gram = chosen.T @ chosen
    scale = np.sqrt(np.diag(gram))
    # Where noise is nearly all of a column nothing can be taken off.
    corrected = gram - own
    if np.linalg.eigvalsh(corrected / scale / scale[:, None]).min() <= 1e-12:
        corrected, mixed = gram, np.zeros(len(places))
    values = np.linalg.solve(corrected, chosen.T @ left - mixed)
    missed = left - chosen @ values
    inverse = np.linalg.inv(corrected / scale / scale[:, None]) / scale / scale[:, None]
    noises = [y - c @ values for c, y in changes]
    expected = float(np.mean([n @ n for n in noises]))
    variance = float(missed @ missed) / max(rows.independent, 1.0)
    variance *= _inflation(chosen, noises) * rows.independent / len(left)
    errors = np.sqrt(variance * np.diag(inverse @ gram @ inverse))
    raw = rows.left - rows.columns[:, list(places)] @ values
    return Estimate(
        values,
        errors,
        float(missed @ missed) / total,
        expected / total,
        _fit_curve(rows.source, raw),
    )


def _fit_curve(integrals: Array, left: Array) -> Array:
    """Factors of splines; where windows see little of them they continue as a line."""
    count = integrals.shape[1]
    if not count:
        return np.zeros(0)
    bends = np.diff(np.eye(count), 2, axis=0)
    size = STIFF * np.sqrt(np.square(integrals).sum(0).max())
    both = np.vstack([integrals, size * bends])
    return np.asarray(
        np.linalg.lstsq(both, np.concatenate([left, np.zeros(len(bends))]), rcond=None)[0]
    )


def _inflation(chosen: Array, noises: Sequence[Array]) -> float:
    """The variance of factors over that with noise that is independent in each window."""
    q, _ = np.linalg.qr(chosen)
    ratios = [np.mean((q.T @ n) ** 2) * len(n) / float(n @ n) for n in noises if n.any()]
    return float(np.mean(ratios)) if ratios else 1.0


def measure_noise(
    integrals: Integrals, terms: Sequence[Term], field: int, order: int, seed: int
) -> list[tuple[Array, Array]]:
    """Changes of the terms' integrals, and of the left side's, by fresh noise."""
    generator = np.random.default_rng([seed, field, 3])
    left = integrals.left(field, order)
    columns = _columns(integrals, terms, len(left))
    made = []
    for _ in range(COPIES):
        other = integrals.disturb(generator)
        changed = _columns(other, terms, len(left))
        made.append((changed - columns, other.left(field, order) - left))
    return made


def _columns(integrals: Integrals, terms: Sequence[Term], rows: int) -> Array:
    return np.stack([integrals.of(term) for term in terms], 1) if terms else np.empty((rows, 0))


def count_independent(noise: Sequence[tuple[Array, Array]], source: Array) -> float:
    """How many independent numbers vary as much as the left side's noise: (tr C)² / tr C².

    Reference: Satterthwaite, *Synthesis of variance*, Psychometrika 6, 1941.
    """
    changes = np.stack([Rows(c, y, source, 1.0).without_source()[1] for c, y in noise])
    products = np.square(changes @ changes.T)
    size = np.sqrt(np.diag(products)).mean()
    between = products[~np.eye(len(products), dtype=bool)].mean()
    return float(np.clip(size**2 / between, 1.0, changes.shape[1]))


def splines_along(points: Array, count: int) -> Array:
    """Cubic splines on even knots at the points; (points, count)"""
    inner = np.linspace(points[0], points[-1], count - 2)
    knots = np.concatenate([[points[0]] * 3, inner, [points[-1]] * 3])
    return np.asarray(BSpline(knots, np.eye(count), 3)(points))


def choose_source(
    integrals: Integrals, axis: int, columns: Array, left: Array, rows: float
) -> tuple[Array, Array]:
    """The splines of an unknown source along one axis, and their integrals, as many as pay.

    Args:
        rows: how many independent windows there are.
    """
    points, axes = integrals.fields.axes[axis], len(integrals.fields.axes)
    shape = tuple(-1 if k == axis else 1 for k in range(axes))
    most = FILLED * len(integrals.windows.axes[axis].centres)
    price = 0.5 * math.log2(max(rows, 4)) + 1
    unit = columns / np.sqrt(np.square(columns).mean(0))
    tried = []
    for count in [k for k in KNOTS if k <= most] or KNOTS[:1]:
        splines = splines_along(points, count)
        spread = [np.broadcast_to(s.reshape(shape), integrals.fields.shape) for s in splines.T]
        made = np.stack([integrals.of_values(s) for s in spread], 1)
        both = np.hstack([unit, made])
        missed = left - both @ np.linalg.lstsq(both, left, rcond=None)[0]
        share = float(missed @ missed) / (float(left @ left) or 1.0)
        tried.append((rows / 2 * math.log2(max(share, FLOOR)) + price * count, splines, made))
    _, splines, made = min(tried, key=lambda one: one[0])
    return splines, made
