"""Read and check the fields that a user passes, on a grid or at scattered points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import torch

from edgewise._arrays import Array
from edgewise.nn.reading import check_finite, read_array
from edgewise.ode.fields import Fields
from edgewise.ode.scattered import put_on_grid
from edgewise.ode.spikes import replace_isolated, warn_of_replaced

AXES = ("x", "y", "z")
SHORTEST = 20
"""Fewest points along an axis."""
SIZES = 1e-40, 1e40
"""The range of each axis and field is within these, so that squares of terms can be computed."""
UNEVEN = 2.0
"""Grids with a step of more than this many mean steps are smoothed like scattered points: test
functions need some points in each of their waves."""
COARSER = 1.4
"""Width of the wider cells: bias grows with the fourth power, by a factor of 4."""
ALONE = 0.5
"""A single value makes up at most this fraction of a field's squares around its median."""


def read_fields(t: Any, fields: Any, space: Any, inputs: Any) -> Fields:
    """Check all arrays; fields at scattered points are put on a grid, and on a grid isolated values
    are replaced, with a warning.
    """
    times = _read_values("t", t)
    coordinates = _name(space, AXES, "space")
    unknown = _name(fields, ("u", "v", "w"), "fields")
    known = {} if inputs is None else _name(inputs, ("a", "b", "c"), "inputs")
    names, axis_names = [*unknown, *known], ["t", *coordinates]
    if len({*names, *axis_names}) < len(names) + len(axis_names):
        raise ValueError(
            f"discover_pde expected different names, got {[*axis_names, *names]}: rename the "
            "repeated ones"
        )
    for name in (*names, *axis_names):
        if not name.isidentifier() or "_" in name:
            raise ValueError(
                f"discover_pde expected names of letters and digits such as 'u1', got {name!r}: "
                "u_x is the name of a derivative"
            )
    axes = [times, *coordinates.values()]
    values = [*unknown.values(), *known.values()]
    for name, axis in zip(axis_names, axes, strict=True):
        if axis.ndim != 1:
            raise ValueError(
                f"discover_pde expected {name} with shape (points,), got {axis.shape}: pass the "
                "coordinates along each axis of the grid, or those of each scattered point"
            )
    if values[0].ndim == 1 and all(a.shape == values[0].shape for a in [*axes, *values]):
        return _read_points(axes, values, axis_names, names, len(known))
    _check_grid(axes, values, axis_names, names)
    _check_sizes([*axis_names, *names], [*axes, *values])
    values = [_replace_isolated(n, a, axes) for n, a in zip(names, values, strict=True)]
    if any(np.diff(axis).max() > UNEVEN * np.diff(axis).mean() for axis in axes):
        points = [a.ravel() for a in np.meshgrid(*axes, indexing="ij")]
        return _read_points(points, [v.ravel() for v in values], axis_names, names, len(known))
    return Fields(axes, axis_names, values, names, len(known))


def _read_points(
    points: Sequence[Array],
    values: Sequence[Array],
    axis_names: list[str],
    names: list[str],
    known: int,
) -> Fields:
    """Fields at scattered points, smoothed onto a grid and onto one of wider cells."""

    def smooth(coarser: float) -> Fields:
        axes, made, noise = put_on_grid(points, values, coarser)
        _check_grid(axes, made, axis_names, names)
        _check_sizes([*axis_names, *names], [*axes, *made])
        made = [_replace_isolated(n, a, axes) for n, a in zip(names, made, strict=True)]
        return Fields(axes, axis_names, made, names, known, noise)

    return replace(smooth(1.0), coarser=smooth(COARSER))


def _name(values: Any, defaults: Sequence[str], what: str) -> dict[str, Array]:
    """Arrays by name: those of a mapping, or u, v, … of a list or a single array."""
    if not isinstance(values, Mapping):
        several = isinstance(values, (list, tuple)) and len(values) and np.ndim(values[0]) > 0
        listed = list(values) if several else [values]
        if len(listed) > len(defaults):
            raise ValueError(
                f"discover_pde expected {what} as a mapping of names to arrays where there are "
                f"more than {len(defaults)}, got {len(listed)}"
            )
        values = dict(zip(defaults, listed, strict=False))
    if not values:
        raise ValueError(f"discover_pde expected {what}, got none: pass at least one array")
    return {str(name): _read_values(f"{what} {name}", v) for name, v in values.items()}


def _read_values(what: str, values: Any) -> Array:
    array = read_array(f"discover_pde {what}", values)
    if array.ndim == 0:
        raise ValueError(f"discover_pde expected {what} as an array, got a single number")
    check_finite(f"discover_pde {what}", torch.from_numpy(array))
    return array


def _check_grid(
    axes: Sequence[Array], values: Sequence[Array], axis_names: Sequence[str], names: Sequence[str]
) -> None:
    for name, axis in zip(axis_names, axes, strict=True):
        if axis.ndim != 1 or len(axis) < SHORTEST or not (np.diff(axis) > 0).all():
            raise ValueError(
                f"discover_pde expected {name} as at least {SHORTEST} increasing numbers, got "
                f"shape {axis.shape}: sort them, and sample more finely"
            )
    shape = tuple(len(axis) for axis in axes)
    for name, array in zip(names, values, strict=True):
        if array.shape != shape:
            raise ValueError(
                f"discover_pde expected {name} with shape {shape} for {', '.join(axis_names)}, got "
                f"{array.shape}: times come first, then the coordinates in their order"
            )
        if np.ptp(array) == 0:
            raise ValueError(f"discover_pde expected {name} to vary, got {array.flat[0]:g} alone")


def _check_sizes(names: Sequence[str], arrays: Sequence[Array]) -> None:
    for name, array in zip(names, arrays, strict=True):
        low, high = float(array.min()), float(array.max())
        if not SIZES[0] <= high / 2 - low / 2 <= SIZES[1]:
            raise ValueError(
                f"discover_pde expected {name} to range over {SIZES[0]:g} to {SIZES[1]:g}, got "
                f"values from {low:g} to {high:g}: choose another unit"
            )


def _replace_isolated(name: str, array: Array, axes: Sequence[Array]) -> Array:
    """The field without isolated values."""
    replaced, places = replace_isolated(array, axes)
    squares = np.square(replaced - np.median(replaced))
    farthest = np.unravel_index(int(np.abs(array - np.median(array)).argmax()), array.shape)
    if not squares.max() <= ALONE * squares.sum() or np.ptp(replaced) == 0:
        raise ValueError(
            f"discover_pde expected {name} to vary between neighbouring points, got one value, "
            f"{_show(array, farthest)}, that varies more than all others: correct it, or sample "
            "more finely"
        )
    if len(places):
        among = f"{array.size} values of {name}"
        warn_of_replaced("discover_pde", among, [_show(array, p) for p in places], 5)
    return replaced


def _show(array: Array, place: Sequence[Any]) -> str:
    return f"{array[tuple(place)]:g} at [{', '.join(str(int(k)) for k in place)}]"
