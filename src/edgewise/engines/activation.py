"""Base activations s(x): what they give, how steep they are, and what files call them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

Function = Callable[[Tensor], Tensor]

BaseActivation = str | Function | None
"""How a user names one: by its name, as a function, or None for no base branch."""


@dataclass(frozen=True)
class Activation:
    """A function of one variable that stands beside the basis on every edge.

    Attributes:
        value: s(x), elementwise.
        derivative: s'(x), elementwise; None leaves it to differentiation.
        name: what files and kernels call it; None for a function that only Python knows.
    """

    value: Function
    derivative: Function | None = None
    name: str | None = None

    def __call__(self, x: Tensor) -> Tensor:
        return self.value(x)

    def slope(self, x: Tensor) -> Tensor:
        """s'(x).

        Shape:
            the same as x
        """
        if self.derivative is not None:
            return self.derivative(x)
        return torch.func.jvp(self.value, (x,), (torch.ones_like(x),))[1]


def _silu_slope(x: Tensor) -> Tensor:
    s = torch.sigmoid(x)
    return s * (1 + x * (1 - s))


SILU = Activation(F.silu, _silu_slope, "silu")
IDENTITY = Activation(lambda x: x, torch.ones_like, "identity")

ACTIVATIONS = {"silu": SILU, "identity": IDENTITY}


def resolve_base(owner: str, base: Any) -> BaseActivation:
    """The setting in its one form: "silu" for F.silu, nn.SiLU and nn.SiLU() as well.

    Raises:
        ValueError: if it is neither a known name nor a callable.
    """
    if isinstance(base, type) and issubclass(base, nn.Module):
        base = base()
    if base is F.silu or isinstance(base, nn.SiLU):
        return "silu"
    if isinstance(base, nn.Identity):
        return "identity"
    if base is None or callable(base) or base in ACTIVATIONS:
        return base
    raise ValueError(
        f"{owner} expected base to be None, {', '.join(map(repr, ACTIVATIONS))} or a callable, "
        f"got {base!r}"
    )


def activation_of(base: BaseActivation) -> Activation:
    """The activation that a setting names; a base branch without one hands x on as it is."""
    if base is None:
        return IDENTITY
    return Activation(base) if callable(base) else ACTIVATIONS[base]
