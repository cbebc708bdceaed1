"""The reference engine: the formula in plain torch, on any device and in any floating dtype.

It is the oracle of all tests and the baseline of all benchmarks. It favours clarity over speed and
builds the whole basis tensor, so memory grows with batch × in_features × num_basis.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

import torch
from torch import Tensor

from edgewise.bases import Basis, Grid
from edgewise.bases.jets import Jets
from edgewise.engines.activation import BaseActivation, activation_of
from edgewise.engines.call import Call
from edgewise.engines.engine import Engine
from edgewise.engines.normalization import NORMALIZATIONS

TEMPORARIES = 12
"""Most tensors of the basis's size that exist at the peak of a training step. Measured for all
built-in bases: 3 (Fourier) to 12 (B-splines, wavelets)."""
HALF_TYPES = (torch.float16, torch.bfloat16)
V = TypeVar("V")


def widen(value: V) -> V:
    """A tensor, or each in a list, in the type for sums: float32 for half types, else its own."""
    if isinstance(value, list | tuple):
        return [widen(each) for each in value]  # type: ignore[return-value]
    if isinstance(value, Tensor | Jets) and value.dtype in HALF_TYPES:
        return value.to(torch.float32)  # type: ignore[return-value]
    return value


def edge_weights(
    coef: Tensor, base_weight: Tensor | None, coef_scale: Tensor | None, mask: Tensor | None
) -> tuple[Tensor, Tensor | None]:
    """The weights of φ and s: M_io S_io C_igo, and M_io V_io if there is a V.

    Shape:
        those of the arguments: (in, num_basis, out) and (in, out)
    """
    if coef_scale is not None:
        coef = coef * coef_scale[:, None, :]
    if mask is None:
        return coef, base_weight
    return coef * mask[:, None, :], None if base_weight is None else base_weight * mask


def evaluate_basis(basis: Basis, z: Tensor, grid: Grid) -> Tensor:
    """φ_g(z_i) for tensors or jets.

    Shape:
        z: (*, in) → (*, in, num_basis)
    """
    if not isinstance(z, Jets):
        return basis.evaluate(z, grid)
    trained = any(tensor.requires_grad for tensor in grid)
    return z.compose(lambda t, order: basis.derivatives(t, grid, order), trained)


def normalize(call: Call) -> Tensor:
    """The inputs of the basis: z or n(x)."""
    if call.norm is not None:
        return NORMALIZATIONS[call.norm].value(call.x, call.trained)
    return call.x if call.z is None else call.z


def differentiate_by_weights(call: Call, slope: Tensor, to: Tensor) -> None:
    """:meth:`~edgewise.engines.engine.Engine.by_weights` in plain torch."""
    z, grid = normalize(call), tuple(call.grid)
    features = [evaluate_basis(call.basis, z, grid)]
    if call.base_weight is not None:
        features.append(activation_of(call.base)(call.x)[..., None])
    rows, start, dy = to.shape[1], 0, slope.detach().reshape(-1, to.shape[1], slope.shape[-1])
    for each in features:
        psi = (each.parts if isinstance(each, Jets) else each).detach()
        psi = psi.reshape(len(dy), rows, *psi.shape[-2:])
        made = torch.einsum("kno,knig->igon", dy, psi).flatten(0, 2)
        to[start : start + len(made)] = made
        start += len(made)


def check_devices(call: Call) -> None:
    """Raise ValueError unless all tensors are where the coefficients are.

    torch leaves out a product with a tensor on "meta", and the sum is wrong without a word.
    """
    named = {**call._asdict(), **dict(zip(call.basis.grid_names, call.grid, strict=False))}
    named |= {f"{call.norm}'s numbers {k}": tensor for k, tensor in enumerate(call.trained)}
    for name, tensor in named.items():
        if isinstance(tensor, Tensor) and tensor.device != call.coef.device:
            raise ValueError(
                f"expected all tensors of a layer on one device, got {name} on {tensor.device} and "
                f"coef on {call.coef.device}: move the whole layer, for example by "
                f'layer.to("{call.x.device}")'
            )


class ReferenceEngine(Engine):
    """Plain torch without the registered operator: any basis, device and floating dtype."""

    name = "reference"

    def obstacle(self, call: Call) -> str | None:
        return None

    def run(self, call: Call) -> Tensor:
        check_devices(call)
        return kan_linear(*call)

    def count_held(self, call: Call) -> int:
        return super().count_held(call) + TEMPORARIES * call.basis.num_basis

    def describe(self) -> str:
        return "plain torch, any device and floating dtype"


def kan_linear(
    x: Tensor,
    z: Tensor | None,
    coef: Tensor,
    base_weight: Tensor | None,
    bias: Tensor | None,
    grid: Sequence[Tensor],
    basis: Basis,
    base: BaseActivation,
    norm: str | None = None,
    trained: Sequence[Tensor] = (),
    coef_scale: Tensor | None = None,
    mask: Tensor | None = None,
) -> Tensor:
    """y_o = b_o + Σ_i M_io [ V_io s(x_i) + S_io Σ_g C_igo φ_g(z_i) ], with z = x where z is None.

    With a ``norm``, z is n(x). Half types are computed in float32 and rounded once, at the end. A
    row with NaN or ±Inf gives an output row of NaN, for every basis.

    Shape:
        x, z: (*, in), coef: (in, num_basis, out), base_weight, coef_scale, mask: (in, out),
        bias: (out,) → (*, out)
    """
    if coef.dtype in HALF_TYPES:
        args = (x, z, coef, base_weight, bias, grid, basis, base, norm, trained, coef_scale, mask)
        return kan_linear(*widen(args)).to(coef.dtype)
    if norm is not None:
        z = NORMALIZATIONS[norm].value(x, trained)
    coef, base_weight = edge_weights(coef, base_weight, coef_scale, mask)
    raw = _nan_if_infinite(x)
    phi = evaluate_basis(basis, raw if z is None else _nan_if_infinite(z), tuple(grid))
    y = phi.flatten(-2) @ coef.flatten(0, 1)
    if base_weight is not None:
        y = y + activation_of(base)(raw) @ base_weight
    return y if bias is None else y + bias


def kan_linear_backward(
    dy: Tensor,
    x: Tensor,
    z: Tensor | None,
    coef: Tensor,
    base_weight: Tensor | None,
    bias: Tensor | None,
    grid: Sequence[Tensor],
    basis: Basis,
    base: BaseActivation,
    norm: str | None,
    trained: Sequence[Tensor],
    needs: Sequence[bool],
    coef_scale: Tensor | None = None,
    mask: Tensor | None = None,
) -> list[Tensor | None]:
    """Gradients of :func:`kan_linear` for two-dimensional x, written out by hand.

    ``needs`` says which of (x, z, coef, base_weight, bias, *grid, *trained, coef_scale, mask) need
    a gradient; the last two may be omitted. The result has one entry for each, None if it isn't
    needed. If z is None, the gradient of x includes the part through z.
    """
    plain = (dy, x, z, coef, base_weight, bias, grid, basis, base, norm, trained)
    if coef.dtype in HALF_TYPES:
        wide = kan_linear_backward(*widen((*plain, needs, coef_scale, mask)))
        return [None if g is None else g.to(coef.dtype) for g in wide]
    if coef_scale is not None or mask is not None:
        return _edge_gradients(plain, needs, coef_scale, mask)
    need_x, need_z, need_coef, need_base, need_bias = needs[:5]
    need_grid, need_trained = needs[5 : 5 + len(grid)], needs[5 + len(grid) :][: len(trained)]
    frozen = tuple(grid)
    inner = z if norm is None else NORMALIZATIONS[norm].value(x, trained)
    point = _nan_if_infinite(x if inner is None else inner)
    dphi = torch.einsum("bo,igo->big", dy, coef)  # ∂L/∂φ_g(z_i)
    grads: list[Tensor | None] = [None] * len(needs)
    if need_x:
        grads[0] = torch.zeros_like(x)
    if need_z if z is not None else need_x or any(need_trained):
        slope = (dphi * basis.derivative(point, frozen)).sum(-1)
        if norm is None:
            grads[0 if z is None else 1] = slope
        else:
            found = NORMALIZATIONS[norm].gradients(slope, x, trained)
            wanted = zip((need_x, *need_trained), found, strict=True)
            first, end = 5 + len(grid), 5 + len(grid) + len(trained)
            grads[0], *grads[first:end] = [g if need else None for need, g in wanted]
    if need_coef:
        grads[2] = torch.einsum("big,bo->igo", basis.evaluate(point, frozen), dy)
    if base_weight is not None:
        s, raw = activation_of(base), _nan_if_infinite(x)
        if need_base:
            grads[3] = s(raw).t() @ dy
        if grads[0] is not None:
            grads[0] = grads[0] + (dy @ base_weight.t()) * s.slope(raw)
    if need_bias:
        grads[4] = dy.sum(0)
    if any(need_grid):
        slopes = basis.grid_derivative(point, frozen)
        for k, (need, each, tensor) in enumerate(zip(need_grid, slopes, frozen, strict=True)):
            if need and (each is None or basis.linear_tails):
                raise ValueError(
                    f"expected a basis with a grid_derivative for {basis.grid_names[k]}, got "
                    f"{basis}: differentiate the reference engine, or freeze the grid"
                )
            if need and each is not None:
                grads[5 + k] = (dphi * each).sum_to_size(tensor.shape)
    return grads


def _edge_gradients(
    args: tuple[Any, ...],
    needs: Sequence[bool],
    coef_scale: Tensor | None,
    mask: Tensor | None,
) -> list[Tensor | None]:
    """:func:`kan_linear_backward` with S and M; ``args`` are its remaining arguments.

    If D and E are the gradients of the products M S C and M V, then ∂L/∂C = M S D, ∂L/∂V = M E,
    ∂L/∂S = M Σ_g D C and ∂L/∂M = S Σ_g D C + E V.
    """
    *before, coef, base_weight = args[:5]
    count = 5 + len(args[6]) + len(args[10])
    of_scale, of_mask = (*needs[count:], False, False)[:2]
    products = edge_weights(coef, base_weight, coef_scale, mask)
    plain = [*needs[:count]]
    plain[2] = plain[2] or of_scale or of_mask
    plain[3] = plain[3] or of_mask
    of_products: list[Any] = [*before, *products, *args[5:], plain]
    grads = kan_linear_backward(*of_products)
    dcoef, dbase = grads[2], grads[3]
    dscale = dmask = None
    if dcoef is not None:
        inner = (dcoef * coef).sum(1)
        dscale = inner if mask is None else mask * inner
        dmask = inner if coef_scale is None else coef_scale * inner
        grads[2] = edge_weights(dcoef, None, coef_scale, mask)[0] if needs[2] else None
    if dbase is not None and mask is not None:
        dmask = dbase * base_weight if dmask is None else dmask + dbase * base_weight
        grads[3] = mask * dbase if needs[3] else None
    last = [dscale if of_scale else None, dmask if of_mask else None]
    return [*grads, *last[: len(needs) - count]]


def _nan_if_infinite(x: Tensor) -> Tensor:
    return x if isinstance(x, Jets) else torch.where(x.isfinite(), x, torch.nan)
