"""Boundary and initial conditions: Dirichlet, Neumann, Robin, periodic, initial, and general."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from edgewise._checks import check_choice, quote, read_number
from edgewise.equations.fields import naming_errors
from edgewise.equations.shapes import Shape
from edgewise.nn.reading import read_real

Value = float | Callable[..., Any]
"""A number, or a function of the other coordinates."""
Where = str | tuple[str, ...] | Shape
"""Where a condition holds: at the ends of a coordinate, on the border that several coordinates
form, or on the border of a shape that the domain is made of."""
Sides = tuple[int] | tuple[int, int]
SIDES: dict[str, Sides] = {"both": (0, 1), "low": (0,), "high": (1,)}


@dataclass(frozen=True)
class Condition:
    """A linear condition Σ a_k ∂ᵏu/∂nᵏ = g on a part of the border, with the outward normal n.

    Attributes:
        kind: "dirichlet", "neumann", "robin", "periodic", "initial" or "relation".
        where: a coordinate, or those of a shape; None for the time of initial values.
        terms: a_k by k; empty for a periodic condition.
        value: g, a number or a function of the other coordinates.
        sides: 0 for the lower end, 1 for the upper one.
        field: the field; None for all fields.

    Example:
        >>> import edgewise as ew
        >>> ew.equations.dirichlet("x", 0.0)
        dirichlet at the ends of x
    """

    kind: str
    where: Where | None
    terms: Mapping[int, float]
    value: Value
    sides: Sides
    field: str | None = None

    def __repr__(self) -> str:
        which = "" if self.field is None else f" of {self.field}"
        if self.kind == "initial":
            return f"initial {'slope' if 1 in self.terms else 'value'}{which}"
        if not isinstance(self.where, str):
            return f"{self.kind}{which} on the border of {', '.join(name_where(self.where))}"
        at = {(0,): "lower end", (1,): "upper end", (0, 1): "ends"}[self.sides]
        return f"{self.kind}{which} at the {at} of {self.where}"


def name_where(where: Where | None) -> tuple[str, ...]:
    """The coordinates that form a border."""
    if isinstance(where, Shape):
        return where.coordinates
    return (where,) if isinstance(where, str) else where or ()


def dirichlet(
    where: Where, value: Value, *, side: str = "both", field: str | None = None
) -> Condition:
    """u = g on the border.

    Args:
        where: the coordinate at whose ends it holds, or the coordinates of a shape.
        value: g, a number or a function of the other coordinates; for a shape, of all coordinates.
        side: "both" ends, "low" or "high".
        field: the field; by default all fields.

    Raises:
        ValueError: if the side is unknown.

    Example:
        >>> dirichlet("x", 0.0, side="low")
        dirichlet at the lower end of x
    """
    return Condition("dirichlet", where, {0: 1.0}, value, _read_side(side), field)


def neumann(
    where: Where, value: Value = 0.0, *, side: str = "both", field: str | None = None
) -> Condition:
    """∂u/∂n = g on the border, n being the outward normal; arguments as in :func:`dirichlet`.

    Example:
        >>> neumann("x")
        neumann at the ends of x
    """
    return Condition("neumann", where, {1: 1.0}, value, _read_side(side), field)


def robin(
    where: Where,
    a: float,
    b: float,
    value: Value = 0.0,
    *,
    side: str = "both",
    field: str | None = None,
) -> Condition:
    """a u + b ∂u/∂n = g on the border, n the outward normal; arguments as in :func:`dirichlet`.

    Example:
        >>> robin("x", 1.0, 0.5).terms
        {0: 1.0, 1: 0.5}
    """
    terms = {0: read_number("robin", "a", a), 1: read_number("robin", "b", b)}
    return Condition("robin", where, terms, value, _read_side(side), field)


def periodic(where: str, *, field: str | None = None) -> Condition:
    """u is periodic: u and its derivatives are equal at both ends of a coordinate.

    Args:
        where: the coordinate.
        field: the field; None for all fields.

    Example:
        >>> periodic("x")
        periodic at the ends of x
    """
    return Condition("periodic", where, {}, 0.0, (0, 1), field)


def initial(
    value: Value | Mapping[str, Value],
    velocity: Value | Mapping[str, Value] | None = None,
    *,
    coordinate: str = "t",
) -> list[Condition]:
    """Initial values of u, and for equations of second order of ∂u/∂t.

    Args:
        value: a number, a function of the other coordinates, or a mapping of fields to these.
        velocity: the same for ∂u/∂t.
        coordinate: the name of the time.

    Example:
        >>> initial({"u": 1.0, "v": 0.0})
        [initial value of u, initial value of v]
    """
    made = []
    for order, given in enumerate((value, velocity)):
        if given is None:
            continue
        each: Mapping[Any, Value] = given if isinstance(given, Mapping) else {None: given}
        made += [
            Condition("initial", coordinate, {order: 1.0}, number, (0,), name)
            for name, number in each.items()
        ]
    return made


def holds(residual: Callable[..., Any], on: Where) -> Condition:
    """A general condition on the border, such as ``sigma_xx * nx + sigma_xy * ny`` = 0.

    Args:
        residual: a function of fields, coordinates, constants and the outward normal by name
            (``nx`` for x) that returns the residual, one tensor or several.
        on: the coordinates or the shape on whose border it holds.

    Example:
        >>> holds(lambda u, nx, ny: u.dx * nx + u.dy * ny + u**4, on=("x", "y"))
        relation on the border of x, y
    """
    return Condition("relation", on, {}, residual, (0, 1), None)


def read_conditions(
    given: Sequence[Condition | Sequence[Condition]], names: Sequence[str], fields: Sequence[str]
) -> list[Condition]:
    """Check conditions, and flatten nested lists."""
    if not isinstance(given, (list, tuple)):
        raise TypeError(f"solve expected a list of conditions, got {given!r:.80}")
    flat: list[Any] = []
    for each in given:
        flat += list(each) if isinstance(each, (list, tuple)) else [each]
    for each in flat:
        if not isinstance(each, Condition):
            raise TypeError(
                f"solve expected conditions such as ew.equations.dirichlet('x', 0.0), got {each!r}"
            )
        known = isinstance(each.where, str | tuple | Shape)
        if not known or any(name not in names for name in name_where(each.where)):
            raise ValueError(
                f"solve expected conditions on coordinates of the domain, {', '.join(names)}, got "
                f"one of {each.kind} on {quote(each.where)}"
            )
        if not callable(each.value):
            read_number("solve", f"{each}", each.value)
        named = each.field is None or isinstance(each.field, str)
        if not named or each.field not in (None, *fields):
            raise ValueError(
                f"solve expected conditions on the residual's fields, {', '.join(fields)}, got "
                f"{quote(each.field)} in {each}"
            )
    return flat


def call_value(value: Value, points: Mapping[str, Tensor]) -> Tensor:
    """A condition's value at points; it takes the coordinates by name or in order."""
    shape = next(iter(points.values())).shape if points else torch.Size(())
    given = call_by_name(value, points)
    if given is None:
        raise ValueError("solve expected a condition's value, got None: return numbers")
    answer = read_real("solve the value of a condition", given).double()
    try:
        return answer.expand(shape)
    except RuntimeError as error:
        raise ValueError(
            f"solve expected a condition's value of the points' shape {tuple(shape)}, got "
            f"{tuple(answer.shape)}: write it element by element"
        ) from error


def call_by_name(value: Value, points: Mapping[str, Any]) -> Any:
    """A number, or a function's value at points (tensors or jets), given by name or in order."""
    if not callable(value):
        return float(value)
    try:
        asked = list(inspect.signature(value).parameters)
    except ValueError:  # compiled functions such as torch.sin have no names
        asked = [""] * len(points)
    with naming_errors("the value of a condition"):
        if set(asked) <= set(points):
            return value(**{name: points[name] for name in asked})
        if len(asked) == len(points):
            return value(*points.values())
    raise ValueError(
        f"solve expected a condition's value as a function of {', '.join(points) or 'nothing'}, "
        f"got one of {', '.join(asked)}"
    )


def call_on_grid(value: Value, names: Sequence[str], points: Sequence[Tensor]) -> Tensor:
    """A condition's values on a product grid of the other coordinates."""
    grid = torch.meshgrid(*points, indexing="ij") if points else ()
    return call_value(value, dict(zip(names, grid, strict=True)))


def _read_side(side: str) -> Sides:
    check_choice("a condition", "side", side, SIDES)
    return SIDES[side]
