"""Select the few terms of a field's equation, and fit their factors with standard errors.

Least squares on integrals over windows is biased, because the columns contain noise as well. The
noise of each column is measured by integrating the same fields with new noise added, and subtracted
from the normal equations (errors in variables; Fuller, Measurement Error Models, 1987).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import BSpline

from edgewise._arrays import Array
from edgewise.formula.scaling import remove_projection
from edgewise.ode.field_terms import CandidateTerm, Integrals, Question
from edgewise.search.subsets import Columns, best_subsets, centre_target

MOST_TERMS = 8
BEAM, KEPT, PAIRS = 24, 8, 400
COPIES = 32
"""Copies of the fields with new noise, from which the noise of integrals is estimated."""
FLOOR = 1e-6
"""Fractions of the left side's sum of squares below this are errors of quadrature and splines."""
KNOTS = (4, 6, 8, 10, 12, 14, 17, 20, 24, 30)
"""Numbers of cubic splines that are tried for an unknown source."""
FILLED = 0.95
"""Most splines for each window along their axis."""
STIFF = 3e-3
"""Weight of the roughness penalty of an unknown source."""
SURE = 3.0
"""Columns are told apart where the signal in every direction exceeds the standard deviation of its
noise's square, √(2/n) for n independent windows, by this factor."""
CLEAR = 3.0
"""A factor is significant if it is more than this many standard errors from 0."""
NESTED = 1e-6
"""A column is a linear combination of others if they explain it up to this fraction."""


@dataclass(frozen=True, eq=False)
class Sides:
    """Both sides of an equation, integrated over windows.

    Attributes:
        independent: the number of windows whose noise is independent.

    Shape:
        columns: (windows, terms); left: (windows,); source: (windows, splines), splines may be 0
    """

    columns: Array
    left: Array
    source: Array
    independent: float

    def some(self, mask: NDArray[np.bool_]) -> Sides:
        """The rows of some windows."""
        share = float(mask.mean())
        rows = self.columns[mask], self.left[mask], self.source[mask]
        return Sides(*rows, share * self.independent)

    def without_source(self) -> tuple[Array, Array]:
        """Both sides projected on the complement of the source's splines."""
        if not self.source.shape[1]:
            return self.columns, self.left
        q, _ = np.linalg.qr(self.source)
        return remove_projection(q, self.columns), remove_projection(q, self.left)


@dataclass(frozen=True)
class Model:
    """A set of terms, as indices, and its description length."""

    places: tuple[int, ...]
    length: float


def find_usable(columns: Array) -> NDArray[np.intp]:
    """The columns whose squares can be computed: finite, and not all 0."""
    with np.errstate(over="ignore"):
        squares = np.square(columns).sum(0)
    return np.flatnonzero(np.isfinite(squares) & (squares > np.finfo(np.float64).tiny))


def select(rows: Sides, bits: Array) -> list[Model]:
    """The best sets of terms, shortest description first.

    Args:
        bits: bits of each term with its factor.
    """
    columns, left = rows.without_source()
    usable = find_usable(columns)
    # Windows overlap. The description length counts all of them, so prices are scaled up to match.
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
    return sorted([*models, Model((), 0.0)], key=lambda m: m.length)


def _weigh(rows: Sides, columns: Array, left: Array, places: tuple[int, ...], bits: Array) -> Model:
    chosen = columns[:, list(places)]
    data = rows.independent / 2 * math.log2(max(_unexplained(chosen, left), FLOOR))
    return Model(tuple(map(int, places)), data + float(bits[list(places)].sum()))


def _unexplained(columns: Array, left: Array) -> float:
    """The fraction of the left side's sum of squares that no combination of columns explains."""
    missed = left - columns @ np.linalg.lstsq(columns, left, rcond=None)[0]
    return float(missed @ missed) / (float(left @ left) or 1.0)


def eliminate(columns: Array, left: Array) -> list[tuple[int, ...]]:
    """The sets of columns that backward elimination passes through.

    Forward selection fails where only many terms together explain anything.
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


def probability_of(best: Model, models: Sequence[Model], rows: Sides) -> tuple[float, Model | None]:
    """The probability of a model against the models that don't contain it, and its best rival."""
    columns, _ = rows.without_source()
    total, rival = 0.0, None
    for other in models:
        if not _is_within(columns[:, best.places], columns[:, other.places]):
            total += 2.0 ** max(best.length - other.length, -200.0)
            rival = rival or other
    return 1 / (1 + total), rival


def _is_within(some: Array, others: Array) -> bool:
    """Whether some columns are linear combinations of the others."""
    if some.shape[1] > others.shape[1]:
        return False
    left = some - others @ np.linalg.lstsq(others, some, rcond=None)[0]
    return bool((np.square(left).sum(0) <= NESTED * np.square(some).sum(0)).all())


@dataclass(frozen=True, eq=False)
class Estimate:
    """The factors of a model.

    Attributes:
        values, errors: the factors and their standard errors.
        share: the unexplained fraction of the left side's sum of squares.
        expected: the fraction that noise explains.
        source: the coefficients of an unknown source's splines.
    """

    values: Array
    errors: Array
    share: float
    expected: float
    source: Array


def estimate(rows: Sides, places: Sequence[int], noise: Sequence[tuple[Array, Array]]) -> Estimate:
    """Factors without the bias from noise in the columns.

    Where columns differ by little more than noise, the noisiest one gets an infinite error.

    Args:
        noise: for each copy, the changes that new noise makes in the chosen columns and the left
            side.
    """
    columns, left = rows.without_source()
    total = float(left @ left) or 1.0
    chosen = columns[:, list(places)]
    if not places:
        nothing = np.zeros(0)
        return Estimate(nothing, nothing, 1.0, 0.0, np.zeros(rows.source.shape[1]))
    changes = [Sides(c, y, rows.source, rows.independent).without_source() for c, y in noise]
    own = np.mean([c.T @ c for c, _ in changes], axis=0)
    mixed = np.mean([c.T @ y for c, y in changes], axis=0)
    gram = chosen.T @ chosen
    scale = np.sqrt(np.diag(gram))
    corrected, clear = gram - own, np.ones(len(places))
    # The least eigenvalue of the columns without noise, and what noise adds in its direction.
    sizes, ways = np.linalg.eigh(corrected / scale / scale[:, None])
    size, weakest = sizes[0], ways[:, 0] @ (own / scale / scale[:, None]) @ ways[:, 0]
    if size <= SURE * np.sqrt(2 / rows.independent) * weakest:
        clear[np.argmax(np.diag(own) / np.diag(gram))] = 0.0
    if size <= 1e-12:  # nothing can be subtracted
        corrected, mixed = gram, np.zeros(len(places))
    values = np.linalg.solve(corrected, chosen.T @ left - mixed)
    missed = left - chosen @ values
    inverse = np.linalg.inv(corrected / scale / scale[:, None]) / scale / scale[:, None]
    noises = [y - c @ values for c, y in changes]
    expected = float(np.mean([n @ n for n in noises]))
    noisy = [chosen + c for c, _ in changes]
    spread = _score_covariance(noisy, noises) * float(missed @ missed) / (expected or 1.0)
    with np.errstate(divide="ignore"):
        errors = np.sqrt(np.diag(inverse @ spread @ inverse)) / clear
    raw = rows.left - rows.columns[:, list(places)] @ values
    return Estimate(
        values,
        errors,
        float(missed @ missed) / total,
        expected / total,
        _fit_curve(rows.source, raw),
    )


def _fit_curve(integrals: Array, left: Array) -> Array:
    """Coefficients of splines; where windows contain little of them, the curve is a line."""
    count = integrals.shape[1]
    if not count:
        return np.zeros(0)
    bends = np.diff(np.eye(count), 2, axis=0)
    size = STIFF * np.sqrt(np.square(integrals).sum(0).max())
    both = np.vstack([integrals, size * bends])
    return np.asarray(
        np.linalg.lstsq(both, np.concatenate([left, np.zeros(len(bends))]), rcond=None)[0]
    )


def _score_covariance(columns: Sequence[Array], noises: Sequence[Array]) -> Array:
    """The covariance of columnsᵀ·noise over copies.

    Windows share noise, and columns have noise of their own, which is correlated with that of the
    other columns. So the covariance isn't a multiple of columnsᵀ·columns.
    """
    scores = np.stack([c.T @ n for c, n in zip(columns, noises, strict=True)])
    return np.atleast_2d(np.cov(scores, rowvar=False))


def weigh_with_noise(
    models: Sequence[Model],
    rows: Sides,
    bits: Array,
    used: Sequence[int],
    noise: Sequence[tuple[Array, Array]],
) -> list[Model]:
    """The models with clear factors, by residuals in units of the noise; the shortest first.

    Integrals of T_xx have more noise than those of T·T_xx, which are computed from smoothed fields.
    By residuals alone a sum of several smooth terms would be the better description.

    Args:
        used: the terms of all models.
        noise: for each copy, the changes that new noise makes in these columns and the left side.
    """
    made = []
    for model in models:
        places = list(model.places)
        own = [used.index(k) for k in places]
        try:
            with np.errstate(invalid="ignore"):
                found = estimate(rows, places, [(c[:, own], y) for c, y in noise])
        except np.linalg.LinAlgError:  # dependent terms, such as a Laplacian beside its parts
            continue
        clear = np.abs(found.values) > SURE * found.errors
        if clear.all() and found.share < 1:
            ratio = max(found.share, FLOOR) / max(found.expected, FLOOR)
            length = rows.independent / 2 * math.log2(ratio) + float(bits[places].sum())
            made.append(replace(model, length=length))
    return sorted(made, key=lambda m: m.length)


def measure_noise(
    integrals: Integrals,
    terms: Sequence[CandidateTerm],
    ask: Question,
    copies: int = COPIES,
) -> list[tuple[Array, Array]]:
    """The changes that new noise makes in the integrals of the terms and the left side."""
    generator = np.random.default_rng([ask.seed, ask.field, 3])
    columns, left, made = integrals.columns(terms), integrals.left(ask), []
    for _ in range(copies):
        other = integrals.disturb(generator)
        made.append((other.columns(terms) - columns, other.left(ask) - left))
    return made


def count_independent(noise: Sequence[tuple[Array, Array]], source: Array) -> float:
    """The effective number of independent windows, (tr C)² / tr C², C being the left side's noise.

    Reference: Satterthwaite, *Synthesis of variance*, Psychometrika 6, 1941.
    """
    changes = np.stack([Sides(c, y, source, 1.0).without_source()[1] for c, y in noise])
    products = np.square(changes @ changes.T)
    size = np.sqrt(np.diag(products)).mean()
    between = products[~np.eye(len(products), dtype=bool)].mean()
    return float(np.clip(size**2 / between, 1.0, changes.shape[1]))


def splines_along(points: Array, count: int) -> Array:
    """Cubic splines on even knots at the points; (points, count)"""
    inner = np.linspace(points[0], points[-1], count - 2)
    knots = np.concatenate([[points[0]] * 3, inner, [points[-1]] * 3])
    return np.asarray(BSpline(knots, np.eye(count), 3)(points))


def list_sources(integrals: Integrals, axis: int) -> Iterator[tuple[Array, Array]]:
    """Splines of an unknown source along one axis and their integrals, few splines first."""
    most = FILLED * len(integrals.windows.axes[axis].centres)
    for count in [k for k in KNOTS if k <= most] or KNOTS[:1]:
        yield integrate_splines(integrals, axis, count)


def integrate_splines(integrals: Integrals, axis: int, count: int) -> tuple[Array, Array]:
    """Some splines along one axis, and their integrals."""
    shape = tuple(-1 if k == axis else 1 for k in range(len(integrals.fields.axes)))
    splines = splines_along(integrals.fields.axes[axis], count)
    spread = [np.broadcast_to(s.reshape(shape), integrals.fields.shape) for s in splines.T]
    return splines, np.stack([integrals.of_values(s) for s in spread], 1)


def describe_with_source(rows: Sides, bits: Array) -> float:
    """Bits of the best set of terms, the splines of the source and what both leave of the left."""
    _, left = rows.without_source()
    kept = float(left @ left) / (float(rows.left @ rows.left) or 1.0)
    price = 0.5 * math.log2(max(rows.independent, 4.0)) + 1
    curve = rows.independent / 2 * math.log2(max(kept, FLOOR)) + price * rows.source.shape[1]
    return select(rows, bits)[0].length + curve
