"""`Function`: a univariate function with all that evaluation, simplification and printing need.

A new function is therefore a single entry of :data:`edgewise.formula.library.LIBRARY`, and a user's
function with the same details is treated like those.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.autograd.function import once_differentiable

from edgewise.formula.continued import TINY

INF = math.inf
ABOVE_ZERO = math.nextafter(0.0, 1.0)
"""The smallest positive float: the lower end of the range of a positive function."""


@dataclass(frozen=True)
class Spelling:
    """The names of a function in each language; None where the language doesn't have it.

    If a call isn't written name(u), the name is a pattern with "{u}" for the argument: "|{u}|".

    Args:
        text: name in plain text; sympy reads it if it knows the name.
        python: name in Python, with numpy as ``np``.
        c: name in C99 with math.h.
        excel: name in spreadsheets.
        latex: name in LaTeX.
        pykan: pykan's names of it.
        aliases: other names that are read from text.

    Example:
        >>> import edgewise as ew
        >>> ew.symbolic.Spelling(c="cbrt", excel="({u})^(1/3)").call("excel", "A1")
        '(A1)^(1/3)'
    """

    text: str | None = None
    python: str | None = None
    c: str | None = None
    excel: str | None = None
    latex: str | None = None
    pykan: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()

    def call(self, language: str, argument: str) -> str | None:
        """The call with an argument given as text; None if the language lacks the function."""
        name: str | None = getattr(self, language)
        if name is None:
            return None
        return name.replace("{u}", argument) if "{u}" in name else f"{name}({argument})"


@dataclass(frozen=True)
class Function:
    """A univariate function f that the search tries as c · f(a x + b) + d.

    Args:
        name: its name in plots and files.
        torch: f on tensors of any shape, elementwise. It must be finite, with finite gradients, for
            every finite argument, so continue it where it isn't defined. If torch can't
            differentiate it (such as `torch.special.bessel_j0`), `slope` is used.
        sympy: the same for a sympy expression.
        complexity: bits of its choice; more for less likely functions.
        free: which inner number is redundant with c and d: "scale" if f(a u) = p f(u) + q for
            a > 0 (powers, log), "shift" if f(u + b) = p f(u) + q (exp), "both" (x), or "".
        symmetric: whether f(-u) = p f(u) + q, so that the sign of a doesn't matter; always true of
            even and odd functions.
        period: the period of f, or 0.
        domain: the smallest and the largest argument at which f is defined.
        pole: an argument inside the domain at which f isn't defined, or None.
        alias: a function of the library of which this one is a shifted copy (cos of sin). If both
            are in a library, only the other one is searched.
        slope: f' on tensors, if torch has no gradient of f or of a part of it. By default torch's
            gradient, or finite differences where f has none.
        within: a test of where f is defined, up to a slack, if domain and pole aren't enough.
        value: f(xp, u) on arrays of xp, which is numpy or torch; not finite where f isn't defined.
            By default `torch`, with NaN outside the domain.
        derivative: f'(xp, u, f(u)) on such arrays; by default torch's gradient.
        parity: 1 for even functions, -1 for odd ones, 0 for others.
        range: the smallest and the largest value. For functions that are never 0 an end at 0 is
            the next float inside.
        inverse: the name of the function that is the inverse of this one, on its range or domain.
        known: integer values at integer arguments, for exact results.
        power: the exponent as (numerator, denominator), if f is a power.
        definition: f as a formula of u in other functions, which texts show instead of f; "" for
            none.
        price: cost in half nodes in the enumeration of small formulas; None if the enumeration
            finds it as a combination of others.
        spelling: its names in other languages.

    Example:
        >>> import sympy, torch, edgewise as ew
        >>> f = ew.symbolic.Function("cosh", torch.cosh, sympy.cosh, symmetric=True)
        >>> round(float(f(torch.tensor(1.0))), 4), f.sympy(sympy.Symbol("u"))
        (1.5431, cosh(u))

    With value and derivative, parity, range, price and spelling it is searched as fast, simplified
    and written in as many languages as the functions of the library.
    """

    name: str
    torch: Callable[..., Tensor]
    sympy: Callable[[Any], Any]
    complexity: float = 3.0
    free: str = ""
    symmetric: bool = False
    period: float = 0.0
    domain: tuple[float, float] = (-INF, INF)
    pole: float | None = None
    alias: str | None = None
    slope: Callable[[Tensor], Tensor] | None = None
    within: Callable[[Tensor, float], Tensor] | None = None
    value: Callable[[Any, Any], Any] | None = None
    derivative: Callable[[Any, Any, Any], Any] | None = None
    parity: int = 0
    range: tuple[float, float] = (-INF, INF)
    inverse: str = ""
    known: Mapping[int, int] = field(default_factory=dict, hash=False)
    power: tuple[int, int] | None = None
    definition: str = ""
    price: int | None = 2
    spelling: Spelling = Spelling()

    def __post_init__(self) -> None:
        object.__setattr__(self, "symmetric", self.symmetric or self.parity != 0)

    def __call__(self, u: Tensor) -> Tensor:
        """f(u), differentiable even if torch has no gradient for f, or of a part of it only."""
        if not torch.is_grad_enabled():
            return self.torch(u)  # a switch of modes would be a node of exported graphs
        with torch.set_grad_enabled(self.slope is None):
            value = self.torch(u)
        if value.requires_grad or not u.requires_grad:
            return value
        with_slope: Tensor = _WithSlope.apply(u, self)
        return with_slope

    def is_defined(self, u: Tensor, slack: float = 0.0) -> Tensor:
        """Where f is defined, and not continued; arguments may be up to `slack` outside."""
        if self.within is not None:
            return self.within(u, slack)
        inside = (u >= self.domain[0] - slack) & (u <= self.domain[1] + slack)
        return inside if self.pole is None else inside & ((u - self.pole).abs() > TINY)

    def evaluate(self, u: Any, xp: Any = np) -> Any:
        """f(u) on arrays of xp, numpy or torch; not finite where f isn't defined."""
        if self.value is not None:
            return self.value(xp, u)
        if xp is not np:
            return torch.where(self.is_defined(u, 1e-12), self(u), torch.nan)
        t = torch.from_numpy(np.ascontiguousarray(u, dtype=np.float64))
        with torch.no_grad():
            return np.where(self.is_defined(t, 1e-12).numpy(), self.torch(t).numpy(), np.nan)

    def differentiate(self, u: Any, f: Any, xp: Any = np) -> Any:
        """f'(u) on arrays of xp, numpy or torch, given f = f(u)."""
        if self.derivative is not None:
            return self.derivative(xp, u, f)
        if xp is not np:
            return self.value_and_slope(u)[1]
        t = torch.from_numpy(np.ascontiguousarray(u, dtype=np.float64))
        return self.value_and_slope(t)[1].numpy()

    def undoes(self, other: Function) -> bool:
        """Whether f(other(u)) = u wherever other is defined, as for sin and arcsin."""
        return self.inverse == other.name and (
            self.range[0] <= other.domain[0] and other.domain[1] <= self.range[1]
        )

    def value_and_slope(self, u: Tensor) -> tuple[Tensor, Tensor]:
        """f(u) and f'(u), without an autograd graph."""
        with torch.enable_grad():
            u = u.detach().requires_grad_()
            f = self(u)
            (slope,) = torch.autograd.grad(f.sum(), u, allow_unused=True)
        return f.detach(), torch.zeros_like(u) if slope is None else slope


class _WithSlope(torch.autograd.Function):
    """A function without a gradient in torch, differentiated by its `slope`."""

    @staticmethod
    def forward(ctx: Any, u: Tensor, function: Function) -> Tensor:
        ctx.save_for_backward(u)
        ctx.function = function
        return function.torch(u)

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor, None]:
        (u,) = ctx.saved_tensors
        f: Function = ctx.function
        return grads[0] * (f.slope(u) if f.slope is not None else _difference(f.torch, u)), None


def _difference(f: Callable[[Tensor], Tensor], u: Tensor) -> Tensor:
    """f' by central differences of fourth order, to about 11 digits in float64."""
    h = torch.finfo(u.dtype).eps ** 0.2 * u.abs().clamp_min(1)
    return (8 * (f(u + h) - f(u - h)) - (f(u + 2 * h) - f(u - 2 * h))) / (12 * h)
