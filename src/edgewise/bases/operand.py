"""`Operand`: what stands in for tensors in a formula, such as intervals and Taylor polynomials.

Torch's functions, given an :class:`Operand`, call its methods of the same name, so that a basis
that is written with them is its own proof and has derivatives of every order.
"""

from __future__ import annotations

import operator
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, TypeVar

import torch
from torch import Tensor

Kind = TypeVar("Kind", bound="Operand")


class Operand(ABC):
    """Arithmetic that a subclass completes, and the way from torch's functions to its methods."""

    dtype: ClassVar[torch.dtype] = torch.float64
    requires_grad: ClassVar[bool] = False
    rank: ClassVar[int] = 0
    """Of two kinds in one function the one of the higher rank is the kind of the answer."""

    @classmethod
    @abstractmethod
    def read(cls: type[Kind], value: Any) -> Kind:
        """A number or a tensor as an operand of this kind."""

    @classmethod
    @abstractmethod
    def number(cls, value: Any) -> Any:
        """A number or a tensor as the simplest thing that an operand can be multiplied with."""

    @classmethod
    @abstractmethod
    def stack(cls: type[Kind], parts: Sequence[Kind], dim: int = -1) -> Kind:
        """Several beside each other, in a last dimension."""

    @abstractmethod
    def choose(self: Kind, other: Kind, chosen: Any) -> Kind:
        """This where ``chosen``, elsewhere the other."""

    @abstractmethod
    def exceeds(self, other: Any) -> Tensor:
        """Numbers above 0 where this is greater than the other, and below 0 where it is less."""

    @abstractmethod
    def __neg__(self: Kind) -> Kind: ...

    @abstractmethod
    def __add__(self: Kind, other: Any) -> Kind: ...

    @abstractmethod
    def __mul__(self: Kind, other: Any) -> Kind: ...

    @abstractmethod
    def inverse(self: Kind) -> Kind:
        """1/x, of what isn't 0 anywhere."""

    @abstractmethod
    def ones_like(self: Kind) -> Kind:
        """1, in the same shape."""

    def __radd__(self: Kind, other: Any) -> Kind:
        return self + other

    def __sub__(self: Kind, other: Any) -> Kind:
        return self + -_read(self, other)

    def __rsub__(self: Kind, other: Any) -> Kind:
        return -self + other

    def __rmul__(self: Kind, other: Any) -> Kind:
        return self * other

    def __truediv__(self: Kind, other: Any) -> Kind:
        other = _read(self, other)
        return self * (other.inverse() if isinstance(other, Operand) else 1 / other)

    def __rtruediv__(self: Kind, other: Any) -> Kind:
        return self.inverse() * other

    def __lt__(self, other: Any) -> Tensor:
        return self.exceeds(other) < 0

    def __le__(self, other: Any) -> Tensor:
        return self.exceeds(other) <= 0

    def __gt__(self, other: Any) -> Tensor:
        return self.exceeds(other) > 0

    def __ge__(self, other: Any) -> Tensor:
        return self.exceeds(other) >= 0

    def zeros_like(self: Kind) -> Kind:
        return self.ones_like() * 0.0

    def maximum(self: Kind, other: Kind) -> Kind:
        return self.choose(other, self >= other)

    def minimum(self: Kind, other: Kind) -> Kind:
        return self.choose(other, self <= other)

    def clamp_min(self: Kind, least: Any) -> Kind:
        return self.maximum(self.read(least))

    @classmethod
    def __torch_function__(
        cls, func: Any, types: Any, args: Sequence[Any] = (), kwargs: Any = None
    ) -> Any:
        kinds = [t for t in types if issubclass(t, Operand)]
        name, kind = func.__name__, max(kinds, key=lambda each: each.rank)
        if name == "where":
            chosen, one, other = args
            return kind.read(one).choose(kind.read(other), chosen)
        if name == "stack":
            return kind.stack([kind.read(part) for part in args[0]])
        args = args[: len(args) - check_usual(name, args[1:], kwargs or {})]
        if not hasattr(kind, name) and name not in _OPERATORS:
            raise TypeError(f"expected a function whose derivatives are known, got {name}")
        method = _OPERATORS.get(name) or getattr(kind, name)
        return method(*(kind.read(part) for part in args))


USUAL: dict[str, dict[str, Any]] = {
    "gelu": {"approximate": "none"},
    "softplus": {"beta": 1.0, "threshold": 20.0},
    "silu": {"inplace": False},
    "relu": {"inplace": False},
}
"""Settings of functions of one variable, in torch's order; with others they are other functions."""


def check_usual(name: str, args: Sequence[Any], settings: Mapping[str, Any]) -> int:
    """How many of a function's arguments are settings, which have to be the usual ones."""
    usual = USUAL.get(name)
    given = dict(settings)
    if usual is not None:
        given |= dict(zip(usual, args, strict=False))
    strange = {k: v for k, v in given.items() if k != "inplace" and v != (usual or {}).get(k, v)}
    unknown = [k for k in given if usual is not None and k not in usual]
    if strange or unknown:
        raise TypeError(
            f"expected {name} with its usual settings, whose derivatives are known, got "
            f"{strange or unknown}: write it as a formula of torch's functions"
        )
    return len(args) if usual is not None else 0


_OPERATORS: dict[str, Callable[..., Any]] = {
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "div": operator.truediv,
}
"""What a tensor calls that stands before an operand."""


def _read(like: Operand, value: Any) -> Any:
    return value if isinstance(value, Operand) else like.number(value)
