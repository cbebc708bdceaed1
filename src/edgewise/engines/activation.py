"""Base activations s(x): value, derivative and name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

Function = Callable[[Tensor], Tensor]

BaseActivation = str | Function | None
"""A user's setting: a name, a function, or None for no base branch."""


@dataclass(frozen=True)
class Activation:
    """A fixed function of one variable that every edge adds to its basis functions.

    Attributes:
        value: s(x), elementwise.
        derivative: s'(x), elementwise; None to use autograd.
        name: its name in files and kernels; None for a Python function.
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
    """The setting in canonical form: "silu" also for F.silu, nn.SiLU and nn.SiLU()."""
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
    """The activation of a setting; None means the identity."""
    if base is None:
        return IDENTITY
    return Activation(base) if callable(base) else ACTIVATIONS[base]
