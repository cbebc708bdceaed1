"""Convert shapes to JSON-able data and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from edgewise.equations.shapes import (
    Ball,
    Complement,
    Intersection,
    Polygon,
    Shape,
    Slab,
    Union,
)

_KINDS = {kind.__name__: kind for kind in (Slab, Ball, Polygon, Complement, Intersection, Union)}


def describe_shape(shape: Shape) -> dict[str, Any]:
    """A shape as JSON-able data.

    Example:
        >>> from edgewise.equations import disc
        >>> describe_shape(disc(x=0, y=1, radius=2))
        {'shape': 'Ball', 'centre': {'x': 0.0, 'y': 1.0}, 'radius': 2.0}
    """
    kind = type(shape).__name__
    if kind not in _KINDS:
        raise ValueError(
            f"save expected shapes of boxes, balls and polygons, got a {kind.lower()} of a "
            "function, which files can't hold: save the solution's model.network"
        )
    own = {each.name: getattr(shape, each.name) for each in fields(_KINDS[kind])}
    return {"shape": kind, **{name: _describe(value) for name, value in own.items()}}


def _describe(value: Any) -> Any:
    if isinstance(value, Shape):
        return describe_shape(value)
    if isinstance(value, tuple):
        return [_describe(each) for each in value]
    return dict(value) if isinstance(value, Mapping) else value


def build_shape(config: Mapping[str, Any]) -> Shape:
    """The shape that :func:`describe_shape` described."""
    kind = _KINDS[config["shape"]]
    own = {each.name: _build(config[each.name]) for each in fields(kind)}
    made: Shape = kind(**own)
    return made


def _build(value: Any) -> Any:
    if isinstance(value, Mapping):
        return build_shape(value) if "shape" in value else dict(value)
    return tuple(_build(each) for each in value) if isinstance(value, list) else value
