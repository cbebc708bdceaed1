"""Read residuals in plain Python, in which fields have derivatives as attributes: ``u.dxx``."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

Index = tuple[int, ...]
"""The order of a derivative by each coordinate."""
TRIED = 5
"""Number of points at which a residual is called to find the derivatives that it uses."""
Residual = Callable[..., Any]
"""A function of fields, coordinates and constants by name that returns residuals."""


@contextmanager
def naming_errors(what: str) -> Iterator[None]:
    """Errors of a function of the user get a note that says which one it was."""
    try:
        yield
    except Exception as error:
        if hasattr(error, "add_note"):  # from Python 3.11 on
            error.add_note(
                f"raised by {what} that solve was given: it is called with torch's tensors, so "
                "write torch.sin or torch.where where you have numpy's, math's or if"
            )
        raise


def call_residual(function: Residual, given: Mapping[str, Any]) -> list[Any]:
    """The residuals of all equations."""
    with naming_errors("the residual"):
        found = function(**given)
    return list(found) if isinstance(found, (tuple, list)) else [found]


class Field(torch.Tensor):
    """The values of a field at points, with its derivatives as attributes: ``u.dt``, ``u.dxdy``.

    Arithmetic with it gives ordinary tensors. A derivative goes before an attribute of tensors:
    with a coordinate "im", ``u.dim`` is the derivative by it.
    """

    __torch_function__ = torch._C._disabled_torch_function_impl  # type: ignore[assignment]
    _fetch: Callable[[str], Tensor]

    @classmethod
    def make(cls, value: Tensor, fetch: Callable[[str], Tensor]) -> Field:
        """A field with these values that looks up its derivatives by name."""
        made: Field = value.as_subclass(cls)
        made._fetch = fetch
        return made

    def __getattribute__(self, name: str) -> Any:
        if name.startswith("d"):
            fetch = super().__getattribute__("__dict__").get("_fetch")
            if fetch is not None:
                with suppress(AttributeError):
                    return fetch(name)
        return super().__getattribute__(name)

    def __getattr__(self, name: str) -> Tensor:
        if name.startswith("d") and "_fetch" in self.__dict__:
            return self._fetch(name)
        raise AttributeError(f"a field has no {name}: derivatives are u.dx, u.dxx, u.dxdt")


def read_derivative(name: str, coordinates: Sequence[str]) -> Index:
    """The orders of the derivative that an attribute names: (2, 1) for "dxxdt" of x and t.

    Raises:
        AttributeError: if it isn't a derivative by these coordinates.

    Example:
        >>> read_derivative("dxdxdt", ["x", "t"])
        (2, 1)
    """
    names = "|".join(sorted(map(re.escape, coordinates), key=len, reverse=True))
    if not re.fullmatch(f"(d({names})+)+", name):
        raise AttributeError(
            f"expected a derivative by {', '.join(coordinates)}, such as d{coordinates[0]} or "
            f"d{coordinates[0] * 2}, got {name}"
        )
    found = [
        each for part in re.findall(f"d((?:{names})+)", name) for each in re.findall(names, part)
    ]
    return tuple(found.count(each) for each in coordinates)


@dataclass(frozen=True)
class Equation:
    """A residual with the derivatives that it uses.

    Attributes:
        coordinates, fields, constants: the names of its arguments of each kind.
        orders: for each field the derivatives that it uses, the value first.
    """

    function: Residual
    coordinates: tuple[str, ...]
    fields: tuple[str, ...]
    constants: tuple[str, ...]
    orders: Mapping[str, tuple[Index, ...]]
    count: int

    def evaluate(
        self,
        derivatives: Mapping[str, Mapping[Index, Tensor]],
        points: Mapping[str, Tensor],
        constants: Mapping[str, Any],
    ) -> list[Tensor]:
        """The residuals at points, each of the shape of the points."""
        given: dict[str, Any] = {
            name: Field.make(
                derivatives[name][(0,) * len(self.coordinates)], self._finder(derivatives[name])
            )
            for name in self.fields
        }
        shape = next(iter(given.values())).shape
        known = {**points, **constants}
        asked = inspect.signature(self.function).parameters
        given |= {name: known[name] for name in asked if name in known}
        return [_spread(each, shape) for each in call_residual(self.function, given)]

    def _finder(self, derivatives: Mapping[Index, Tensor]) -> Callable[[str], Tensor]:
        def fetch(name: str) -> Tensor:
            index = read_derivative(name, self.coordinates)
            if index not in derivatives:
                raise AttributeError(
                    f"solve expected the same derivatives in every call of the residual, got "
                    f"{name}: use the same ones at all points"
                )
            return derivatives[index]

        return fetch

    def highest(self, axis: int, field: str) -> int:
        """The highest order of a field's derivatives by one coordinate."""
        return max(index[axis] for index in self.orders[field])


def read_parameters(function: Any) -> Mapping[str, inspect.Parameter]:
    """The arguments of a residual."""
    try:
        return inspect.signature(function).parameters
    except (TypeError, ValueError) as error:  # ValueError: compiled code, without names
        raise TypeError(
            "solve expected a residual as a function, such as lambda u, x: u.dx + u, got "
            f"{function!r:.80}"
        ) from error


def read_equation(
    function: Residual, coordinates: Sequence[str], constants: Mapping[str, Any]
) -> Equation:
    """Find the fields of a residual and their derivatives, by calling it once."""
    parameters = read_parameters(function)
    fields = _find_fields(parameters, coordinates, constants)
    asked: dict[str, set[Index]] = {name: {(0,) * len(coordinates)} for name in fields}
    draws = _draw_numbers()

    def record(name: str) -> Callable[[str], Tensor]:
        def fetch(attribute: str) -> Tensor:
            asked[name].add(read_derivative(attribute, coordinates))
            return next(draws)

        return fetch

    given: dict[str, Any] = {name: Field.make(next(draws), record(name)) for name in fields}
    given |= {name: next(draws) for name in coordinates if name in parameters}
    given |= {name: torch.as_tensor(value).double() for name, value in constants.items()}
    found = [_spread(each, torch.Size((TRIED,))) for each in call_residual(function, given)]
    if not found:
        raise ValueError("solve expected a residual of at least one equation, got none")
    orders = {
        name: tuple(sorted(found, key=lambda i: (sum(i), i))) for name, found in asked.items()
    }
    return Equation(
        function, tuple(coordinates), tuple(fields), tuple(constants), orders, len(found)
    )


def _find_fields(
    parameters: Mapping[str, inspect.Parameter],
    coordinates: Sequence[str],
    constants: Mapping[str, Any],
) -> list[str]:
    """The arguments of a residual that are neither coordinates nor constants; at least one."""
    for name, parameter in parameters.items():
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            raise ValueError(
                f"solve expected a residual with named arguments, got *{name}: name fields, "
                "coordinates and constants"
            )
    if strange := sorted(set(constants) - set(parameters)):
        raise ValueError(
            f"solve expected constants that the residual takes, {', '.join(parameters)}, got "
            f"{', '.join(strange)}"
        )
    fields = [
        name
        for name, parameter in parameters.items()
        if name not in coordinates
        and name not in constants
        and parameter.default is parameter.empty
    ]
    if not fields:
        raise ValueError(
            f"solve expected a residual of at least one field, such as u(x, t, u), got arguments "
            f"{', '.join(parameters)}: an argument that is neither a coordinate "
            f"({', '.join(coordinates)}) nor a constant is a field"
        )
    return fields


def _draw_numbers() -> Iterator[Tensor]:
    """Random values at a few points; they are positive, because a residual may take roots."""
    generator = torch.Generator().manual_seed(0)
    while True:
        yield torch.rand(TRIED, generator=generator, dtype=torch.float64) + 0.5


def _spread(value: Any, shape: torch.Size) -> Tensor:
    try:
        tensor = torch.as_tensor(value)
    except (TypeError, ValueError, RuntimeError) as error:
        raise ValueError(
            f"solve expected a residual that returns tensors, got {value!r:.80} ({error})"
        ) from error
    if tensor.is_complex() or tensor.dtype == torch.bool:
        raise ValueError(
            f"solve expected a residual of real numbers, got {tensor.dtype}: return what should be "
            "0, real and imaginary parts as equations of their own"
        )
    # A mean over the points may be 0 where the residual isn't.
    if not isinstance(value, Tensor) or tensor.numel() > 1 or shape.numel() == 1:
        with suppress(RuntimeError):
            return tensor.double().expand(shape)
    raise ValueError(
        f"solve expected a residual of the points' shape {tuple(shape)}, got "
        f"{tuple(tensor.shape)}: use elementwise operations"
    )
