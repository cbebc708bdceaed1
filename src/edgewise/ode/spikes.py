"""Isolated wrong values in measured fields and trajectories: find them, and replace them."""

from __future__ import annotations

import warnings
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import rank_filter

from edgewise._arrays import Array
from edgewise.ode.interpolation import lagrange

CONTRADICTED = 8.0
"""An isolated value is this many times as far from its neighbours as these are from theirs, and as
nine in ten values of the field are."""
USUAL = 0.9
ROUNDING = 1e-10
"""Distances below this fraction of a field's range are rounding."""
SHORTEST = 20
"""Fewest steps of a series in which wrong values are looked for."""
SHOWN = 3
"""The most replaced values that a warning names."""
BESIDE = (0, 1, 3, 4)
"""The two values on either side of one, among five in a row."""
PASSES = 3
"""Most searches: the second of two wrong neighbours is found when the first is replaced."""


def replace_isolated(values: Array, axes: Sequence[Array]) -> tuple[Array, NDArray[np.int64]]:
    """A field in which isolated values are the mean of what their neighbours along each axis give.

    d_a is the distance of a value from the line through its two neighbours along axis a, and s the
    least |d_a|. A wrong value is beyond all of these neighbours and has a large s. Around it s is
    small, because neighbours are on smooth lines along the other axes. At crests s is large around,
    too; the second largest is compared, as two wrong values may be neighbours. Fronts have a small
    s or, where they jump, values within those of the neighbours. Ends of an axis stay as they are.

    Shape:
        (steps, points, …), and the places, (count, axes)
    """
    replaced, isolated = values, np.zeros(values.shape, bool)
    for _ in range(PASSES):
        found, lines = _find_isolated(replaced, axes)
        if not found.any():
            break
        replaced = np.where(found, lines, replaced)
        isolated |= found
    return replaced, np.argwhere(isolated)


def warn_of_replaced(owner: str, among: str, shown: Sequence[str], stacklevel: int) -> None:
    """Warn that values were replaced.

    Args:
        owner: the function that the user called.
        among: what the values are some of.
        shown: each value and its place.
        stacklevel: of the warning, seen from the caller.
    """
    few = ", ".join(shown[:SHOWN]) + (", …" if len(shown) > SHOWN else "")
    warnings.warn(
        f"{owner}: {len(shown)} of {among} are far from their neighbours ({few}) and were "
        "replaced by what these give: correct them if they aren't errors",
        stacklevel=stacklevel + 1,
    )


def _find_isolated(values: Array, axes: Sequence[Array]) -> tuple[NDArray[np.bool_], Array]:
    """Where isolated values are, and what the neighbours give at each point."""
    inner = tuple(slice(1, -1) for _ in axes)
    near = [_neighbours(values, k) for k in range(len(axes))]
    weights = [_weights(axis, k, len(axes)) for k, axis in enumerate(axes)]
    lines = np.stack([w * a + (1 - w) * b for w, (a, b) in zip(weights, near, strict=True)])
    distances, mean = np.zeros(values.shape), values.copy()
    distances[inner] = np.abs(values[inner] - lines).min(0)
    mean[inner] = lines.mean(0)
    around = np.stack([side for pair in near for side in pair])
    beyond = np.zeros(values.shape, bool)
    beyond[inner] = (values[inner] > around.max(0)) | (values[inner] < around.min(0))
    least = max(float(np.quantile(distances[inner], USUAL)), ROUNDING * float(np.ptp(values)))
    bound = np.maximum(_second_of_neighbours(distances), least)
    return beyond & (distances > CONTRADICTED * bound), mean


def _neighbours(values: Array, place: int) -> tuple[Array, Array]:
    """The values before and behind each inner point along one axis."""
    before, behind = ([slice(1, -1)] * values.ndim for _ in range(2))
    before[place], behind[place] = slice(None, -2), slice(2, None)
    return values[tuple(before)], values[tuple(behind)]


def _weights(axis: Array, place: int, dimensions: int) -> Array:
    """The weight of the value before each inner point in the line through both neighbours."""
    weights = (axis[2:] - axis[1:-1]) / (axis[2:] - axis[:-2])
    return weights.reshape([-1 if k == place else 1 for k in range(dimensions)])


def _second_of_neighbours(distances: Array) -> Array:
    """The second largest of the distances around each point, diagonals included."""
    around = np.ones((3,) * distances.ndim, bool)
    around[(1,) * distances.ndim] = False
    return np.asarray(rank_filter(distances, -2, footprint=around, mode="constant"))


def replace_glitches(times: Array, states: Array) -> tuple[Array, list[tuple[int, int]]]:
    """States in which isolated values are those of the cubic through the two on either side.

    r is the distance of a value from that cubic, over what independent errors of size 1 would make
    of it, which is more between uneven steps. A wrong value has a large r and makes those of its
    neighbours large; with the cubic's value in its place all of them are small. A jump leaves
    large ones, where a state is coarsely sampled they are large farther away, too, and a sudden
    event shows in other states. The two values at either end stay as they are.

    Shape:
        times: (steps,), states: (steps, dims), and the places as (step, state)
    """
    replaced, places = states.copy(), list[tuple[int, int]]()
    if len(times) < SHORTEST:
        return replaced, places
    nodes = np.stack([times[k : len(times) - 4 + k] for k in BESIDE], 1)
    weights = lagrange(nodes, times[2:-2]).T
    distances = _misfit(weights, states)
    least = np.quantile(distances, USUAL, axis=0)
    least = CONTRADICTED * np.maximum(least, ROUNDING * np.ptp(states, axis=0))
    sudden = distances > least
    for state in range(states.shape[1]):
        others = np.delete(sudden, state, axis=1).any(1)
        for k in _find_glitches(weights, replaced[:, state], float(least[state])):
            if not others[max(k - 3, 0) : k].any():
                places.append((k, state))
                replaced[k, state] -= _from_cubic(weights, replaced)[k - 2, state]
    return replaced, sorted(places)


def _find_glitches(weights: Array, values: Array, least: float) -> list[int]:
    """The steps of isolated values, those that are farthest from their neighbours first."""
    found, left, steps = list[int](), values.copy(), np.arange(2, len(values) - 2)
    for k in np.argsort(-_misfit(weights, left)) + 2:
        distances, near = _misfit(weights, left), np.abs(steps - k)
        size = float(distances[k - 2])
        if size <= least:
            break
        trial = left.copy()
        trial[k] -= _from_cubic(weights, left)[k - 2]
        rest = np.where(near > 2, distances, _misfit(weights, trial))
        if size > CONTRADICTED * rest[near <= 6].max():
            left = trial
            found.append(int(k))
    return found


def _from_cubic(weights: Array, values: Array) -> Array:
    """The distances of all but the two values at either end; (steps, …) → (steps - 4, …)"""
    count = weights.shape[1]
    distances = values[2:-2].copy()
    for weight, k in zip(weights, BESIDE, strict=True):
        distances -= weight.reshape(-1, *[1] * (values.ndim - 1)) * values[k : k + count]
    return distances


def _misfit(weights: Array, values: Array) -> Array:
    """The sizes of these distances, over their standard deviations for errors of size 1."""
    deviation = np.sqrt(1 + (weights**2).sum(0)).reshape(-1, *[1] * (values.ndim - 1))
    misfit: Array = np.abs(_from_cubic(weights, values)) / deviation
    return misfit
