"""Fit y = c·m(x)·f(a·g(x) + b) + e·s(x) + d for many choices of f, g, m and s.

The numbers c, d and e are linear and are solved for; a and b start on a grid and are refined by
:mod:`.variable_projection`. The grid alone would be too coarse to distinguish the right f and g
from others. All combinations are refined at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import combinations, islice

import numpy as np
from numpy.typing import NDArray

from edgewise._arrays import Array
from edgewise.data.rows import fill_weight, pick_evenly
from edgewise.formula.data import data_bits, number_bits
from edgewise.formula.expression import Expression, Power, add, apply, exact, free, multiply
from edgewise.formula.function import Function
from edgewise.formula.library import Library
from edgewise.formula.scaling import remove_projection
from edgewise.search.links import Link
from edgewise.search.parametric_terms import argument_tree, grid_arguments
from edgewise.search.search import Guess, weights_of
from edgewise.search.variable_projection import Batch, explained, take_steps

ROWS = 120
"""Most rows on which a and b are refined."""
STARTS = 2
FEW, MORE = 4, 10
"""Gauss-Newton steps for every combination, and further ones for the best."""
BEST = 0.2
"""The fraction of the combinations that takes the further steps."""
SQUARED = ("gaussian", "lorentzian", "x^2")
"""Functions of u², which are skipped for arguments √g: there they repeat other functions."""
SKIPPED = ("x^4", "x^5", "sign", "abs")
"""Functions f that aren't tried, because others of the library approximate them or they have
kinks."""
FIRST = 6
"""Number of the first factors m and terms s of which pairs are tried, too."""
MIDDLE, SKEWED = (0.1, 0.9), 0.5
"""If the range between these quantiles of g is smaller than this fraction of the whole range, a
and b start on a grid for this part, too."""
CENTRED = (0.5, 1.0, 2.0, 4.0, 8.0)
"""Values of a times the largest |g| at which tanh(a g) and other odd and even functions start."""
WORK = 8
"""Work of one such fit; a sum of terms costs 1."""
UNDERFLOW = 1e-140
"""Squares of smaller numbers are too small for sums of squares."""


@dataclass(frozen=True, eq=False)
class Leaves:
    """Candidates for g, m or s: functions of the inputs, with their values.

    Shape:
        values: (count, rows)
    """

    values: Array
    trees: Sequence[Expression]

    @cached_property
    def ranges(self) -> Array:
        """The least and the greatest values, and two quantiles between; (count, 4)"""
        return np.quantile(self.values, (0.0, 1.0, *MIDDLE), axis=1).T

    def at(self, rows: NDArray[np.int64]) -> Leaves:
        return Leaves(self.values[:, rows], self.trees)

    def joined(self, others: Leaves) -> Leaves:
        return Leaves(np.concatenate([self.values, others.values]), [*self.trees, *others.trees])


@dataclass(frozen=True)
class Frame:
    """The rest of the formula around f(a g + b): the index of m, or None, and those of the s."""

    factor: int | None
    terms: tuple[int, ...] = ()


@dataclass(frozen=True, eq=False)
class Setting:
    """The data that all combinations share; `root` is the square root of the rows' weights.

    In a `bare` formula, b and d are 0.
    """

    inner: Leaves
    around: Leaves
    target: Array
    root: Array
    bare: bool = False

    @property
    def is_flat(self) -> bool:
        """Whether the target is constant on the rows with weight, or its squares underflow."""
        counted = self.target[self.root > 0]
        if not len(counted):
            return True
        return bool(np.ptp(counted) <= max(1e-13 * np.abs(counted).max(), UNDERFLOW))

    @property
    def terms(self) -> Array:
        """The column of each s; (count, rows)"""
        return self.around.values

    def fitted_function(self, function: Function, origin: int) -> Function:
        """The function that is fitted to the target: f - origin."""
        return _subtract(function, origin)

    def smoothed_function(self, function: Function, origin: int) -> Function:
        """The function of the first steps: the fitted one unless that has barriers."""
        return self.fitted_function(function, origin)

    def make_tree(
        self, inside: Expression, u: Array, function: Function, origin: int, frame: Frame, c: Array
    ) -> Expression | None:
        """The formula.

        Args:
            inside: f(a g + b), and the argument's values u.
            c: the linear numbers: of m f, of the terms and the constant.
        """
        trees = self.around.trees
        inside = add(inside, exact(-origin)) if origin else inside
        parts = [free(float(c[0])), inside]
        if frame.factor is not None:
            parts.insert(1, trees[frame.factor])
        whole = [multiply(*parts)]
        numbers = [free(float(number)) for number in c[1:]]
        if not self.bare:
            whole.append(numbers.pop())
        whole += [multiply(e, trees[k]) for e, k in zip(numbers, frame.terms, strict=True)]
        return add(*whole)


@dataclass(frozen=True, eq=False)
class Projected:
    """A fitted formula, which is made only when it is needed.

    Attributes:
        fvu: the fraction of the target's variance that is unexplained.
        numbers: its fitted numbers.
        make: makes the formula; None if it isn't finite.
    """

    fvu: float
    numbers: int
    make: Callable[[], Expression | None]


def search_by_projection(
    inner: Leaves,
    around: Leaves,
    *,
    y: Array,
    library: Library,
    link: Link,
    reach: float,
    weight: Array | None = None,
    pairs: bool = False,
    bare: bool = False,
    keep: int = 24,
) -> Iterator[Guess]:
    """The best y = T⁻¹(c m f(a g + b) + e s + d) for a link T, the best first.

    Args:
        inner: candidates for g.
        around: candidates for m and s.
        pairs: whether to try the first few as m together with an s, and as two s.
        bare: whether only y = T⁻¹(c m f(a g)) and y = T⁻¹(c m (f(a g) - f(0))) are tried, or
            c m f(g + b) where a f(g) is c f(g).
    """
    undone = link.undo(y, library)
    if undone is None:
        return
    target, w = undone[0], weights_of(undone[1], weight)
    rows = pick_evenly(len(y), ROWS)
    setting = Setting(
        inner.at(rows),
        around.at(rows),
        target[rows],
        np.sqrt(fill_weight(w, len(y))[rows]),
        bare,
    )
    if setting.is_flat:
        return
    frames = _frames(len(around.trees), pairs, bare)
    found: list[Projected] = []
    # Shifted copies of functions repeat them only where b is free.
    for function in library.values() if bare else library.distinct():
        if function.free == "both" or function.name in SKIPPED:
            continue
        origins = {0, function.known.get(0, 0)} if bare else {0}
        for origin in sorted(origins):
            found += fit_function(function, origin, frames, setting, reach, keep)
    for fvu, tree in pick_likeliest(found, len(rows), keep):
        yield Guess(link.tree(tree, library), fvu, 1, f"projected under {link.function}", WORK)


def pick_likeliest(
    found: Iterable[Projected], rows: int, keep: int
) -> list[tuple[float, Expression]]:
    """The likeliest formulas (BIC) with their FVUs: of those that fit alike the shortest."""

    def bits(fvu: float, numbers: int) -> float:
        return data_bits(fvu, rows, 1e-300) + number_bits(rows) * numbers

    likeliest = sorted(found, key=lambda f: bits(f.fvu, f.numbers))
    made = ((f.fvu, f.make()) for f in likeliest)
    # A formula may have fewer numbers than were fitted.
    few = islice(((fvu, tree) for fvu, tree in made if tree is not None), STARTS * keep)
    return sorted(few, key=lambda f: bits(f[0], f[1].free_count))[:keep]


def _frames(count: int, pairs: bool, bare: bool) -> list[Frame]:
    frames = [Frame(None), *map(Frame, range(count))]
    if bare:
        return frames
    frames += [Frame(None, (k,)) for k in range(count)]
    frames += [Frame(k, (k,)) for k in range(count)]  # m (c f + e) + d
    if pairs:
        few = range(min(FIRST, count))
        frames += [Frame(None, both) for both in combinations(few, 2)]
        frames += [Frame(k, (t,)) for k in few for t in few if k != t]
    return frames


def fit_function(
    function: Function,
    origin: int,
    frames: Sequence[Frame],
    setting: Setting,
    reach: float,
    keep: int,
) -> list[Projected]:
    """The best formulas with f - origin."""
    smoothed, inner = setting.smoothed_function(function, origin), setting.inner
    factors, fixed, rests, total = _project_frames(frames, setting)
    places, a, b = [], [], []
    for g, leaf in enumerate(inner.trees):
        if function.name in SQUARED and _is_root(leaf):
            continue
        grid = _grid(smoothed, inner, g, reach, setting.bare)
        for n, gain in enumerate(explained(grid.values, factors, fixed, rests).T):
            for start in grid.starts(gain):
                places.append((g, n))
                a.append(grid.a[start])
                b.append(grid.b[start])
    if not places:
        return []
    inside, outer = np.array(places).T
    batch = Batch(
        smoothed,
        inner.values[inside],
        factors[outer],
        fixed[outer],
        rests[outer],
        held=setting.bare and function.free != "scale",
    )
    left, a_, b_ = take_steps(batch, np.array(a), np.array(b), FEW)
    few = np.argsort(left)[: max(keep, int(BEST * len(left)))]
    batch = replace(batch.at(few), function=setting.fitted_function(function, origin))
    left, a_, b_ = take_steps(batch, a_[few], b_[few], MORE)
    made, seen = [], set()
    redundant = function.free in ("shift", "scale")
    for k in np.argsort(left)[: STARTS * keep]:
        g, n = place = places[int(few[k])]
        if place in seen:
            continue
        seen.add(place)
        at = float(a_[k]), float(b_[k])
        linear = 1 + len(frames[n].terms) + (not setting.bare)
        numbers = linear + (1 if redundant or not at[1] else 2)
        make = partial(_tree, function, origin, frames[n], setting, g, *at)
        made.append(Projected(float(left[k]) / total, numbers, make))
    return made


def _project_frames(frames: Sequence[Frame], setting: Setting) -> tuple[Array, Array, Array, float]:
    """What all fits in the frames share.

    Returns:
        Of each frame m, orthonormal columns for its terms and the constant, and the target without
        them; and the sum of squares of the target without a constant.
    """
    root, target = setting.root, setting.target * setting.root
    outside = []
    most = max(len(frame.terms) for frame in frames) + (not setting.bare)
    for frame in frames:
        factor = root if frame.factor is None else setting.around.values[frame.factor] * root
        columns = [
            *([] if setting.bare else [root]),
            *(setting.terms[k] * root for k in frame.terms),
        ]
        fixed = np.zeros((len(root), most))  # columns of zeros explain nothing
        if columns:
            fixed[:, : len(columns)] = np.linalg.qr(np.stack(columns, 1))[0]
        outside.append((factor, fixed, remove_projection(fixed, target)))
    factors, fixed, rests = (np.stack(parts) for parts in zip(*outside, strict=True))
    total = float(np.square(remove_projection(root[:, None] / np.linalg.norm(root), target)).sum())
    return factors, fixed, rests, total


def _is_root(tree: Expression) -> bool:
    return isinstance(tree, Power) and tree.exponent.key == exact(1, 2).key


@dataclass(frozen=True, eq=False)
class _Grid:
    """Pairs (a, b) with finite values f(a g + b).

    Attributes:
        centred: the number of pairs at the end that have b = 0, for an odd or even f.
    """

    a: Array
    b: Array
    values: Array
    centred: int

    def starts(self, gain: Array) -> list[int]:
        """Pairs at which m f(a g + b) explains most of the target, not next to each other.

        The best pair with b = 0 is added if it explains more than all others.
        """
        first = len(gain) - self.centred
        order = np.argsort(-gain[:first])[:20].tolist()
        found = order[:1] + [k for k in order[1:] if abs(k - order[0]) > 1][: STARTS - 1]
        if self.centred:
            best = first + int(np.argmax(gain[first:]))
            found += [best] if not found or gain[best] > gain[found[0]] else []
        return found


def _grid(function: Function, inner: Leaves, index: int, reach: float, bare: bool) -> _Grid:
    g = inner.values[index]
    low, high, *middle = inner.ranges[index].tolist()
    ends = [(low, high)] if high > low else []
    if 0 < middle[1] - middle[0] < SKEWED * (high - low):  # most values lie close together
        ends.append((middle[0], middle[1]))
    pairs = [pair for end in ends for pair in grid_arguments(function, *end, reach)]
    centred: list[tuple[float, float]] = []
    if function.parity and function.free not in ("shift", "scale"):
        scales = {k / max(map(abs, end)) for end in ends for k in CENTRED}
        centred = [(a, 0.0) for a in sorted(scales)]
    if bare and function.free != "scale":
        pairs = sorted({(sign * abs(a), 0.0) for a, _ in (*pairs, *centred) for sign in (1, -1)})
        centred = []
    a, b = np.array([*pairs, *centred]).reshape(-1, 2).T
    with np.errstate(all="ignore"):
        values = function.evaluate(a[:, None] * g + b[:, None])
    good = np.isfinite(values).all(1)
    return _Grid(a[good], b[good], values[good], int(good[len(pairs) :].sum()))


def _subtract(function: Function, origin: int) -> Function:
    """f - origin."""
    if not origin:
        return function
    return replace(
        function,
        value=lambda xp, u: function.evaluate(u, xp) - origin,
        derivative=lambda xp, u, value: function.differentiate(u, value + origin, xp),
    )


def _tree(
    function: Function,
    origin: int,
    frame: Frame,
    setting: Setting,
    g: int,
    a: float,
    b: float,
) -> Expression | None:
    """The formula with its linear numbers solved for; None if it isn't finite."""
    inner, around, root = setting.inner, setting.around, setting.root
    fitted, u = setting.fitted_function(function, origin), a * inner.values[g] + b
    with np.errstate(all="ignore"):
        values = fitted.evaluate(u)
    columns = [values if frame.factor is None else values * around.values[frame.factor]]
    columns += [setting.terms[k] for k in frame.terms]
    if not setting.bare:
        columns.append(np.ones_like(values))
    matrix = np.stack(columns, 1) * root[:, None]
    if not np.isfinite(matrix).all():
        return None
    c = np.asarray(np.linalg.lstsq(matrix, setting.target * root, rcond=None)[0], dtype=np.float64)
    inside = apply(function, argument_tree(fitted, inner.trees[g], a, b))
    return setting.make_tree(inside, u, function, origin, frame, c)
