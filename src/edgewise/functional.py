"""The one public operation: :func:`kan_linear`."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.fx import Proxy

from edgewise._autocast import is_active
from edgewise.bases import Basis
from edgewise.bases.jets import Jets
from edgewise.engines.activation import ACTIVATIONS, BaseActivation
from edgewise.engines.call import Call
from edgewise.engines.select import check_coefficients, compute

__all__ = ["kan_linear"]


def __dir__() -> list[str]:
    return __all__


def kan_linear(
    x: Tensor,
    coef: Tensor,
    *,
    basis: Basis,
    grid: Sequence[Tensor] = (),
    base_weight: Tensor | None = None,
    bias: Tensor | None = None,
    base: BaseActivation = "silu",
    normalized: Tensor | None = None,
    engine: str | None = None,
) -> Tensor:
    """Sum a learnable univariate function over the input features.

    .. math:: y_o = b_o + \\sum_i \\Big[ V_{io}\\, s(x_i) + \\sum_g C_{igo}\\, φ_g(z_i) \\Big]

    Args:
        x: inputs.
        coef: coefficients C.
        basis: what φ is.
        grid: the tensors of the basis, from ``basis.init_grid(in_features)``.
        base_weight: V; None leaves the base branch out.
        bias: b; None leaves it out.
        base: the activation s: "silu", "identity" or a callable. Unused without ``base_weight``.
        normalized: z, if it isn't x itself.
        engine: None picks one; a name insists on it.

    Shape:
        x, normalized: (*, in_features); coef: (in_features, num_basis, out_features);
        base_weight: (in_features, out_features); bias: (out_features,) → (*, out_features).
        Any number of leading dimensions, of any size. The output has the parameters' type; under
        ``torch.autocast`` it has autocast's, rounded once from float32 (float64 stays).

    Raises:
        ValueError: if shapes or dtypes don't fit together, or the engine isn't available.
        TypeError: if x is no floating-point tensor.

    Example:
        >>> import torch, edgewise as ew
        >>> coef = torch.tensor([0.0, 0.0, 1.0]).view(1, 3, 1)  # T_2(x) = 2x² - 1 alone
        >>> x, bias = torch.tensor([[0.5], [1.0]]), torch.tensor([10.0])
        >>> ew.functional.kan_linear(x, coef, basis=ew.Chebyshev(degree=2), bias=bias)
        tensor([[ 9.5000],
                [11.0000]])
    """
    _check(x, coef, basis, grid, base_weight, bias, base, normalized)
    used = None if base_weight is None else base
    x = match_dtype(x, coef)
    return compute(Call(x, normalized, coef, base_weight, bias, grid, basis, used), engine)


def _check(
    x: Tensor,
    coef: Tensor,
    basis: Basis,
    grid: Sequence[Tensor],
    base_weight: Tensor | None,
    bias: Tensor | None,
    base: BaseActivation,
    normalized: Tensor | None,
) -> None:
    check_coefficients(coef, basis)
    in_features, _, out_features = coef.shape
    if in_features == 0:
        raise ValueError("kan_linear expected at least one input feature, got coef with none")
    check_input("kan_linear", x, in_features)
    if normalized is not None:
        _check_shape("normalized", normalized, tuple(x.shape))
    if base_weight is not None:
        _check_shape("base_weight", base_weight, (in_features, out_features))
        if not callable(base) and base not in ACTIVATIONS:
            raise ValueError(
                f"kan_linear expected base to be {' or '.join(map(repr, ACTIVATIONS))} or a "
                f"callable, got {base!r}"
            )
    if bias is not None:
        _check_shape("bias", bias, (out_features,))
    shapes = basis.grid_shapes(in_features)
    if len(grid) != len(shapes):
        raise ValueError(
            f"kan_linear expected {len(shapes)} grid tensors "
            f"({', '.join(basis.grid_names) or 'none'}) for {basis}, got {len(grid)}: "
            "make them with basis.init_grid(in_features)"
        )
    for name, tensor, accepted in zip(basis.grid_names, grid, shapes, strict=True):
        if tuple(tensor.shape) not in accepted:
            raise ValueError(
                f"kan_linear expected {name} of shape {' or '.join(map(str, accepted))} for "
                f"{basis}, got {tuple(tensor.shape)}"
            )
    for other in (base_weight, bias, *grid):
        if other is not None and other.dtype != coef.dtype:
            raise ValueError(
                f"kan_linear expected all parameters in one dtype, got {coef.dtype} and "
                f"{other.dtype}: convert the layer with layer.to(dtype)"
            )


def match_dtype(x: Tensor, coef: Tensor) -> Tensor:
    """``x`` in the parameters' dtype, which it must have unless autocast is active."""
    check_dtype(x, coef)
    return x if x.dtype == coef.dtype else x.to(coef.dtype)


def check_dtype(x: Tensor, coef: Tensor, owner: str = "kan_linear") -> None:
    """Raise unless ``x`` is of the parameters' dtype, or autocast will see to it, and on their
    device."""
    if x.dtype != coef.dtype and not is_active(x):
        raise ValueError(
            f"{owner} expected inputs in the parameters' dtype {coef.dtype}, got {x.dtype}: "
            f"convert one, for example x.to({coef.dtype})"
        )
    check_same_device(x, coef, owner)


def check_dtype_of_part(x: Tensor, tensor: Tensor, owner: str) -> None:
    """:func:`check_dtype` by a tensor of a part, which fetches itself what is offloaded to meta."""
    if x.is_meta or not tensor.is_meta:
        check_dtype(x, tensor, owner)


def check_same_device(x: Tensor, coef: Tensor, owner: str) -> None:
    """Raise unless ``x`` is on the parameters' device."""
    if x.device != coef.device:
        raise ValueError(
            f"{owner} expected inputs on the parameters' device {coef.device}, got {x.device}: "
            f'move one, for example x.to("{coef.device}")'
        )


def check_input(owner: str, x: Tensor, in_features: int) -> None:
    """Raise unless ``x`` is a floating tensor of shape (*, in_features)."""
    check_floating(owner, x, in_features)
    if x.dim() == 0 or x.shape[-1] != in_features:
        flat = x.dim() > 1 and in_features == x[0].numel() if x.numel() else False
        remedy = "flatten the images first" if flat else "check the order of the dimensions"
        raise ValueError(
            f"{owner} expected inputs with last dimension {in_features}, got shape "
            f"{tuple(x.shape)}: {remedy}"
        )


def check_floating(owner: str, x: Tensor, in_features: int | None = None) -> None:
    """Raise unless ``x`` is a dense tensor of floating-point numbers, images without features."""
    if isinstance(x, Proxy):
        raise TypeError(
            f"{owner} expected a tensor, got a Proxy of torch.fx, which has no shape to check: use "
            "torch.export.export(model, (x,)), or call the layer a leaf in a torch.fx.Tracer"
        )
    if not isinstance(x, Tensor | Jets):
        raise TypeError(
            f"{owner} expected a tensor, got {type(x).__name__}: convert it with "
            "torch.as_tensor(x, dtype=torch.float32)"
        )
    if isinstance(x, Tensor) and (x.is_nested or x.layout != torch.strided):
        remedy = "torch.nested.to_padded_tensor(x, 0.0)" if x.is_nested else "x.to_dense()"
        raise ValueError(f"{owner} expected a dense tensor, got layout {x.layout}: use {remedy}")
    if not x.is_floating_point():
        remedy = "convert them with x.float()"
        if x.is_complex():
            remedy = "pass real and imaginary parts as channels"
        if x.is_complex() and in_features is not None:
            remedy = (
                "pass real and imaginary parts as features, torch.view_as_real(x).flatten(-2), to "
                f"a layer with {2 * in_features} of them"
            )
        raise TypeError(f"{owner} expected floating-point inputs, got {x.dtype}: {remedy}")


def _check_shape(name: str, tensor: Tensor, expected: tuple[int, ...]) -> None:
    if tuple(tensor.shape) != expected:
        raise ValueError(
            f"kan_linear expected {name} of shape {expected}, got {tuple(tensor.shape)}"
        )
