"""The derivatives of functions of one variable up to an order, which autograd differentiates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import torch
from torch import Tensor

from edgewise.bases.taylor import TensorTaylor


def differentiate_function(name: str, z: Tensor, order: int) -> Tensor:
    """A function by torch's name for it, and its derivatives.

    Shape:
        z → (order + 1, *z)
    """
    if name in _BY_ITSELF:
        polynomials, value = _BY_ITSELF[name], getattr(torch, name)(z)
        return torch.stack([_evaluate(polynomials(k), value) for k in range(order + 1)])
    if name == "silu":
        s = differentiate_function("sigmoid", z, order)
        times = torch.arange(1, order + 1, dtype=z.dtype, device=z.device)
        below = s[:-1] * times.reshape(-1, *(1 for _ in z.shape))
        return z * s + torch.cat([torch.zeros_like(z)[None], below])
    return getattr(TensorTaylor.begin(z, order), name)().derivatives(order)


@cache
def _tanh_polynomial(k: int) -> tuple[float, ...]:
    """P_k of tanh⁽ᵏ⁾ = P_k(tanh): P_{k+1} = P_k' (1 - t²)."""
    return _next_polynomial(_tanh_polynomial(k - 1), (1.0, 0.0, -1.0)) if k else (0.0, 1.0)


@cache
def _sigmoid_polynomial(k: int) -> tuple[float, ...]:
    """P_k of σ⁽ᵏ⁾ = P_k(σ): P_{k+1} = P_k' (s - s²)."""
    return _next_polynomial(_sigmoid_polynomial(k - 1), (0.0, 1.0, -1.0)) if k else (0.0, 1.0)


_BY_ITSELF = {"tanh": _tanh_polynomial, "sigmoid": _sigmoid_polynomial}
"""Functions whose derivatives are polynomials of themselves."""


def _next_polynomial(p: Sequence[float], slope: Sequence[float]) -> tuple[float, ...]:
    made = [0.0] * (len(p) + len(slope) - 2)
    for i, coefficient in enumerate(p[1:], start=1):
        for j, factor in enumerate(slope):
            made[i - 1 + j] += i * coefficient * factor
    return tuple(made)


def _evaluate(polynomial: Sequence[float], value: Tensor) -> Tensor:
    """By Horner's rule."""
    total = torch.full_like(value, polynomial[-1])
    for coefficient in reversed(polynomial[:-1]):
        total = total * value + coefficient
    return total


def differentiate(family: Callable[[Tensor, int], Tensor], z: Tensor, order: int) -> Tensor:
    """The derivatives of functions of z, such that autograd knows their slopes by z.

    Args:
        family: (z, order) → the functions at z and their derivatives, (order + 1, *z, functions).

    Shape:
        z → (order + 1, *z, functions)
    """
    if not (torch.is_grad_enabled() and z.requires_grad):
        return family(z, order)
    made: Tensor = _Differentiated.apply(z, family, order)
    return made


class _Differentiated(torch.autograd.Function):
    """What :func:`differentiate` returns: the slope of one order is the next order."""

    @staticmethod
    def forward(ctx: Any, z: Tensor, family: Callable[[Tensor, int], Tensor], order: int) -> Tensor:
        ctx.family = family
        every = family(z.detach(), order + 1)
        ctx.save_for_backward(z, every[1:])
        return every[:-1]

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor | None, ...]:
        z, slopes = ctx.saved_tensors
        if torch.is_grad_enabled() and z.requires_grad:  # for a gradient of gradients
            slopes = differentiate(ctx.family, z, len(slopes))[1:]
        return (grads[0] * slopes).sum((0, -1)), None, None
