"""Is what we time right? Every layer against the reference engine in float64, before any timing."""

from __future__ import annotations

import torch
from torch import Tensor

from edgewise.functional import kan_linear
from edgewise.models import KAN
from edgewise.nn import KANLinear

TOLERANCE = 1e-5
"""RMS(difference) / RMS(reference) that float32 may show, as in the conformance tests."""
SAMPLE = 64

_BY_ROW = ("the output", "the gradient of x", "the gradient of z")


class ConformanceError(RuntimeError):
    """An engine's results differ from the reference: its speed means nothing."""


def check_model(model: KAN, batch: int) -> None:
    """:func:`check_layer` for every layer."""
    for layer in model.layers:
        check_layer(layer, batch)  # type: ignore[arg-type]


def check_layer(layer: KANLinear, batch: int) -> None:
    """Compare a float32 layer's output and all gradients with the reference engine in float64.

    The engine computes the whole batch, on the path that will be timed. The upstream gradient is
    zero outside a sample of rows, so that the reference, whose memory grows with the basis, needs
    only those: the coefficients' gradients are then the sample's too. The normalisation is
    torch's, so both get the same normalised values.

    Raises:
        ConformanceError: if one is off by more than :data:`TOLERANCE`; the message says which.
    """
    generator = torch.Generator().manual_seed(2)
    x = torch.randn(batch, layer.in_features, generator=generator)
    rows = torch.randperm(batch, generator=generator)[:SAMPLE]
    dy = torch.zeros(batch, layer.out_features)
    dy[rows] = torch.randn(len(rows), layer.out_features, generator=generator)
    z = None if layer.norm is None else layer.norm(x).detach()

    ours = _results(layer, x, z, dy, layer.engine)
    sample = None if z is None else z[rows].double()
    reference = _results(layer, x[rows].double(), sample, dy[rows].double(), "reference")
    for name, expected in reference.items():
        value = ours[name][rows] if name in _BY_ROW else ours[name]
        error = relative_error(value, expected)
        if not error <= TOLERANCE:  # NaN is wrong too
            raise ConformanceError(
                f"{layer.basis.name} is wrong: {name} of {layer.in_features} → "
                f"{layer.out_features} features ({layer.basis}), batch {batch}, "
                f"{torch.get_num_threads()} threads, differs from the float64 reference by "
                f"{error:.1e} (RMS, relative), expected ≤ {TOLERANCE:.0e}: nothing was timed; "
                "run the conformance tests"
            )


def relative_error(value: Tensor, reference: Tensor) -> float:
    """RMS(value - reference) / RMS(reference)."""
    difference = (value.double() - reference).square().mean().sqrt()
    scale = reference.square().mean().sqrt()
    return float(difference / scale) if scale > 0 else float(difference)


def _results(
    layer: KANLinear, x: Tensor, z: Tensor | None, dy: Tensor, engine: str | None
) -> dict[str, Tensor]:
    coef, base_weight = layer.edge_weights()
    given = {"x": x, "z": z, "coef": coef, "base_weight": base_weight, "bias": layer.bias}
    leaves = {
        name: tensor.detach().to(x.dtype).clone().requires_grad_()
        for name, tensor in given.items()
        if tensor is not None
    }
    y = kan_linear(
        leaves["x"],
        leaves["coef"],
        basis=layer.basis,
        grid=tuple(tensor.detach().to(x.dtype) for tensor in layer.grid),
        base_weight=leaves.get("base_weight"),
        bias=leaves.get("bias"),
        base=layer.base,
        normalized=leaves.get("z"),
        engine=engine,
    )
    y.backward(dy)
    results = {"the output": y.detach()}
    for name, tensor in leaves.items():
        if tensor.grad is not None:
            results[f"the gradient of {name}"] = tensor.grad
    return results
