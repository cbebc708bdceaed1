"""Shapes as users write them: boxes, balls, polygons and regions of functions."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from edgewise._checks import quote, read_number
from edgewise.equations.shapes import Ball, Intersection, Interval, Polygon, Region, Shape, Slab
from edgewise.nn.arguments import read_range
from edgewise.nn.reading import read_rows

LARGEST, NARROW = 1e50, 1e-12
"""Greatest size of a coordinate; smallest length of an interval, relative to its ends."""


def read_interval(owner: str, name: str, given: Any) -> Interval:
    """The ends of an interval; ValueError unless they are in order, and numbers between them."""
    low, high = read_range(owner, name, given)
    if not -math.inf < low < high < math.inf:
        raise ValueError(
            f"{owner} expected {name} in an interval (low, high), got {quote(given)}: finite "
            "numbers"
        )
    far = max(abs(low), abs(high))
    if far > LARGEST or high - low < max(1 / LARGEST, NARROW * far):
        raise ValueError(
            f"{owner} expected {name} in an interval of at least {1 / LARGEST:g} with ends of at "
            f"most {LARGEST:g} and of at most {1 / NARROW:g} times its length, got "
            f"{quote(given)}: choose another unit, or shift {name}"
        )
    return low, high


def box(**ends: Interval) -> Shape:
    """The points whose coordinates lie in intervals; coordinates that aren't named are free.

    Args:
        **ends: the lower and the upper end of each coordinate, by its name.

    Raises:
        ValueError: if an interval is empty, or there is none.

    Example:
        >>> import edgewise as ew
        >>> corner = ew.equations.box(x=(0, 1), y=(-1, 0))
        >>> (ew.equations.box(x=(-1, 1), y=(-1, 1)) - corner).bounds
        {'x': (-1.0, 1.0), 'y': (-1.0, 1.0)}
    """
    if not ends:
        raise ValueError("box expected intervals such as x=(0, 1), low < high, got none")
    slabs = tuple(Slab(name, *read_interval("box", name, pair)) for name, pair in ends.items())
    return slabs[0] if len(slabs) == 1 else Intersection(slabs)


def ball(*, radius: float, **centre: float) -> Shape:
    """The points whose distance to a centre is less than a radius.

    Raises:
        ValueError: if the radius isn't positive, or there is no centre.

    Example:
        >>> import edgewise as ew
        >>> ew.equations.ball(x=0, y=0, z=1, radius=0.5).bounds["z"]
        (0.5, 1.5)
    """
    size = read_number("ball", "radius", radius)
    if not size > 0 or not centre:
        raise ValueError(
            f"expected a centre such as x=0, y=0 and a positive radius, got {centre}, {radius}"
        )
    middle = {name: read_number("ball", name, c) for name, c in centre.items()}
    for name, c in middle.items():
        read_interval("ball", name, (c - size, c + size))
    return Ball(middle, size)


disc = ball
"""A ball of two coordinates."""


def polygon(names: Sequence[str], corners: Sequence[tuple[float, float]]) -> Shape:
    """The points inside a polygon that doesn't cross itself.

    Args:
        names: the names of the two coordinates.
        corners: the corners in order, clockwise or anticlockwise.

    Raises:
        ValueError: if there are fewer than three corners, or not two coordinates.

    Example:
        >>> import edgewise as ew
        >>> ew.equations.polygon("xy", [(0, 0), (2, 0), (0, 1)]).bounds
        {'x': (0.0, 2.0), 'y': (0.0, 1.0)}
    """
    two = list(names) if isinstance(names, Iterable) else []
    if len(two) != 2 or two[0] == two[1] or not all(isinstance(name, str) for name in two):
        raise ValueError(f"polygon expected the names of two coordinates, got {quote(names)}")
    rows = read_rows("polygon corners", corners, 2, least=3).tolist()
    return Polygon((two[0], two[1]), tuple((float(a), float(b)) for a, b in rows))


def region(function: Callable[..., Any], **ends: Interval) -> Shape:
    """The points of a box where a function is positive; the border is where it is 0.

    Args:
        function: a smooth function of the coordinates, in the order of the intervals, made of
            torch's functions and with a slope of about 1 on the border.
        ends: the interval of each coordinate.

    Raises:
        ValueError: if an interval is empty, or there is none.

    Example:
        >>> import torch, edgewise as ew
        >>> egg = ew.equations.region(lambda x, y: 1 - x * x - 2 * y * y, x=(-1, 1), y=(-1, 1))
        >>> bool(egg.contains({"x": torch.zeros(1), "y": torch.zeros(1)}))
        True
    """
    return Region(function, box(**ends).bounds)
