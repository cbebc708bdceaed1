"""The functions that penalties are made of, with gradients written out: fewer passes than torch."""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor
from torch.autograd.function import once_differentiable

_LOG_FLOOR = 1e-4  # What pykan adds to the argument of the logarithm.


class Variance(torch.autograd.Function):
    """w_ioᵀ Cov_i w_io, whose gradients need the product Cov w only once.

    Shape:
        cov: (in, n, n), symmetric; coef: (in, num_basis, out); base_weight: (in, out) → (in, out)
    """

    @staticmethod
    def forward(ctx: Any, cov: Tensor, coef: Tensor, base_weight: Tensor | None) -> Tensor:
        num = coef.shape[1]
        product = cov[..., :num] @ coef
        if base_weight is not None:
            product.addcmul_(cov[..., num:], base_weight[:, None])
        ctx.save_for_backward(coef, base_weight, product)
        total = product[:, 0] * coef[:, 0]
        for g in range(1, num):
            total.addcmul_(product[:, g], coef[:, g])
        return total if base_weight is None else total.addcmul_(product[:, num], base_weight)

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor | None, ...]:
        coef, base_weight, product = ctx.saved_tensors
        gain, num = grads[0][:, None], coef.shape[1]
        dcov = None
        if ctx.needs_input_grad[0]:
            w = coef if base_weight is None else torch.cat([coef, base_weight[:, None]], 1)
            dcov = (w * gain) @ w.mT
        dw = product * (2 * gain)
        return dcov, dw[:, :num], None if base_weight is None else dw[:, num]


class Root(torch.autograd.Function):
    """The square roots of variances, with a slope that is bounded near 0: see Sparsity."""

    @staticmethod
    def forward(ctx: Any, variance: Tensor) -> Tensor:
        root = variance.relu().sqrt()  # Rounding makes a small negative number of 0.
        ctx.save_for_backward(root)
        return root

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, *grads: Tensor) -> Tensor:
        (root,) = ctx.saved_tensors
        if not root.numel():
            return root
        eps = torch.finfo(root.dtype).eps
        least = (root.amax() * eps**0.5).clamp_min(eps)
        return grads[0] / torch.maximum(root, least).mul_(2)


class _KeepsSlope(torch.autograd.Function):
    """A function of its first argument alone, whose slope is computed with its value."""

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor, None, None]:
        return ctx.saved_tensors[0] * grads[0], None, None


class SizePenalty(_KeepsSlope):
    """l1 Σ v + entropy (H_in + H_out), with its gradient written out: half as many passes.

    With s = 1 + Σ v, p = v / s and h = log2(p + c) + p / ((p + c) ln 2), the slope of
    p log2(p + c), it is ∂/∂v_k Σ p log2(p + c) = (h_k - Σ h p) / s.
    """

    @staticmethod
    def forward(ctx: Any, v: Tensor, l1: float, entropy: float) -> Tensor:
        value, slope = l1 * v.sum(), torch.full_like(v, l1)
        for dim in (0, 1) if entropy else ():
            factor = -entropy / v.shape[1 - dim]  # The mean over nodes.
            total = v.sum(dim, keepdim=True) + 1
            p = v / total
            inner = p + _LOG_FLOOR
            log = torch.log2(inner)
            value = value + factor * torch.dot(p.flatten(), log.flatten())
            h = log.addcdiv_(p, inner, value=1 / math.log(2))
            slope.addcdiv_(h - (h * p).sum(dim, keepdim=True), total, value=factor)
        ctx.save_for_backward(slope)
        return value


class CoefficientNorm(torch.autograd.Function):
    """Σ_g |C_igo|; at 0 the slope is 0. torch's own backward of abs takes ten times as long."""

    @staticmethod
    def forward(ctx: Any, coef: Tensor) -> Tensor:
        ctx.save_for_backward(coef)
        return coef.abs().sum(1)

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, *grads: Tensor) -> Tensor:
        return ctx.saved_tensors[0].sign().mul_(grads[0][:, None])


class CoefficientPenalty(_KeepsSlope):
    """size Σ_io mean_g |C_igo| + smoothness Σ_io mean_g |C_i,g+1,o - C_igo|."""

    @staticmethod
    def forward(ctx: Any, coef: Tensor, size: float, smoothness: float) -> Tensor:
        value, slope = coef.new_zeros(()), torch.zeros_like(coef)
        num = coef.shape[1]
        if size:
            value = value + coef.abs().sum() * (size / num)
            torch.sign(coef, out=slope).mul_(size / num)
        if smoothness and num > 1:
            step = coef.diff(dim=1)
            factor = smoothness / (num - 1)
            value = value + step.abs().sum() * factor
            turn = step.sign_().mul_(factor)
            slope[:, 1:] += turn
            slope[:, :-1] -= turn
        ctx.save_for_backward(slope)
        return value


class SquaredNorm(torch.autograd.Function):
    """Σ (root · coef)², whose gradient is 2 rootᵀ (root · coef): a quarter of autograd's time.

    Shape:
        root: (rows, num_basis) or (in, rows, num_basis); coef: (in, num_basis, out) → ()
    """

    @staticmethod
    def forward(ctx: Any, root: Tensor, coef: Tensor) -> Tensor:
        product = root @ coef
        ctx.save_for_backward(root, product)
        return torch.dot(product.flatten(), product.flatten())

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, *grads: Tensor) -> tuple[None, Tensor]:
        root, product = ctx.saved_tensors
        return None, (root * (2 * grads[0])).mT @ product
