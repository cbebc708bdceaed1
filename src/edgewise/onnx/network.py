"""Networks as ONNX graphs of the standard operators."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn

from edgewise.onnx.program import decompose, ignore_warnings, trace

aten: Any = torch.ops.aten


def write_network(model: nn.Module, example: Tensor | None, opset: int | None) -> Any:
    """An ``onnx.ModelProto`` of the module; see :func:`.to_onnx`."""
    program = trace(model, example)
    doubles = any(t.dtype == torch.float64 for t in program.state_dict.values())
    program = decompose(program, DOUBLES) if doubles else program
    with ignore_warnings():
        made: Any = torch.onnx.export(
            program,
            (),
            input_names=["x"],
            output_names=["y"],
            opset_version=opset,
            verbose=False,
            optimize=False,  # a runtime does it, and doubles stay doubles
            custom_translation_table=translate(doubles),
            dynamo=True,
        )
    return made.model_proto


def translate(doubles: bool) -> dict[Any, Callable[..., Any]]:
    """How operations are written that ONNX has no operator for, or one of another meaning.

    Numbers in float64 are written so that no digit is lost: torch's exporter rounds to float32.
    """
    import onnx_ir
    import onnxscript

    op: Any = onnxscript.opset20

    def constant(value: float, kind: int | None) -> Any:
        made: Any = onnx_ir.tensor(value, dtype=onnx_ir.DataType(kind or 1))
        return op.Constant(value=made)

    def scalar(s: float, dtype: int | None = None, **settings: Any) -> Any:
        return constant(s, dtype)

    def full(size: Any, fill_value: float, dtype: int | None = None, **settings: Any) -> Any:
        return op.Expand(constant(fill_value, dtype), size)

    def find_sign(u: Any, kind: int) -> Any:
        zero = constant(0.0, kind)
        return op.Cast(op.Greater(u, zero), to=kind) - op.Cast(op.Less(u, zero), to=kind)

    def sign(u: Any) -> Any:
        """0 for NaN, as torch has it."""
        return find_sign(u, int(u.dtype))

    every: dict[Any, Callable[..., Any]] = {aten.sign.default: sign}
    exact: dict[Any, Callable[..., Any]] = {
        aten.scalar_tensor.default: scalar,
        aten.full.default: full,
    }
    return every | exact if doubles else every


def _arctan(u: Tensor) -> Tensor:
    """The series of atan below 0.11, which three halvings of the angle bring u to.

    u → u / (1 + √(1 + u²)) halves the angle. Where |u| > 1 the first halving starts from 1/u, so
    squares don't overflow.
    """
    large = u.abs() > 1
    v = torch.where(large, 1 / torch.where(large, u, 1), u)
    for _ in range(3):
        v = v / (1 + torch.sqrt(1 + v * v))
    square, total = v * v, torch.zeros_like(v)
    for n in range(21, -1, -2):
        total = total * square + (-1) ** (n // 2) / n
    angle = 8 * total * v
    return torch.where(large, torch.sign(u) * (math.pi / 2) - angle, angle)


def _arcsin(u: Tensor) -> Tensor:
    return 2 * _arctan(u / (1 + torch.sqrt((1 - u) * (1 + u))))


def _log1p(u: Tensor) -> Tensor:
    """log w · u / (w - 1) with w = 1 + u rounded: the error of w drops out (Kahan)."""
    w = 1 + u
    exact = (w == 1) | (w == math.inf)
    return torch.where(exact, u, w.log() * (u / torch.where(exact, 1, w - 1)))


def _arctanh(u: Tensor) -> Tensor:
    size = u.abs()  # of -1 + ε the quotient would be nearly -1
    return torch.sign(u) * 0.5 * _log1p(2 * size / (1 - size))


def _arcsinh(u: Tensor) -> Tensor:
    size = u.abs()
    held = size.clamp_max(1e150)
    near = _log1p(held + held * held / (1 + torch.sqrt(1 + held * held)))
    far = size.log() + math.log(2)
    value = torch.where(size > 1e150, far, near)
    return torch.where(u < 0, -value, value)


def _sinh(u: Tensor) -> Tensor:
    """(eᵘ - e⁻ᵘ) / 2, and its series where the two cancel."""
    half = torch.exp(u.abs() / 2)
    far = torch.sign(u) * (half / 2 * half - 1 / (2 * half * half))
    square = u * u
    near = u * (1 + square / 6 * (1 + square / 20 * (1 + square / 42 * (1 + square / 72))))
    return torch.where(u.abs() < 0.1, near, far)


def _cosh(u: Tensor) -> Tensor:
    half = torch.exp(u.abs() / 2)
    return half / 2 * half + 1 / (2 * half * half)


def _layer_norm(
    x: Tensor, shape: list[int], weight: Tensor | None, bias: Tensor | None, eps: float
) -> tuple[Tensor, Tensor, Tensor]:
    axes = list(range(-len(shape), 0))
    mean = x.mean(axes, keepdim=True)
    inverse = 1 / torch.sqrt((x - mean).square().mean(axes, keepdim=True) + eps)
    z = (x - mean) * inverse
    z = z if weight is None else z * weight
    return z if bias is None else z + bias, mean, inverse


DOUBLES: dict[Any, Callable[..., Any]] = {
    aten.atan.default: _arctan,
    aten.asin.default: _arcsin,
    aten.acos.default: lambda u: math.pi / 2 - _arcsin(u),
    aten.asinh.default: _arcsinh,
    aten.atanh.default: _arctanh,
    aten.sinh.default: _sinh,
    aten.cosh.default: _cosh,
    aten.tan.default: lambda u: torch.sin(u) / torch.cos(u),
    aten.log1p.default: _log1p,
    aten.native_layer_norm.default: _layer_norm,
}
"""What onnxruntime computes in float32 only, in operations that it also knows in float64; ONNX's
LayerNormalization has its eps in float32."""
