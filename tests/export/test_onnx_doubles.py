"""What stands for operations that onnxruntime has in float32 only, against torch's in float64."""

from __future__ import annotations

import pytest
import torch

pytest.importorskip("onnxscript", reason="needs edgewise[onnx]")
from edgewise.onnx.network import DOUBLES

SMALL = torch.cat(
    [torch.logspace(-300, 0, 400, dtype=torch.float64), torch.linspace(0.01, 1, 200).double()]
)
LARGE = torch.linspace(1, 700, 700, dtype=torch.float64)
HUGE = torch.logspace(2, 300, 300, dtype=torch.float64)
REACH = {
    "asin": (SMALL,), "acos": (SMALL,), "atanh": (SMALL[SMALL < 1],), "log1p": (SMALL[SMALL < 1],),
    "sinh": (SMALL, LARGE), "cosh": (SMALL, LARGE), "tan": (SMALL, LARGE),
    "atan": (SMALL, LARGE, HUGE), "asinh": (SMALL, LARGE, HUGE),
}  # fmt: skip


@pytest.mark.parametrize("operation", [o for o in DOUBLES if "layer_norm" not in str(o)], ids=str)
def test_values_are_right_to_rounding(operation):
    u = torch.cat(REACH[str(operation).split(".")[1]])
    u = torch.cat([u, -u, torch.zeros(1, dtype=torch.float64)])
    torch.testing.assert_close(DOUBLES[operation](u), operation(u), rtol=4e-15, atol=0)


@pytest.mark.parametrize("affine", [True, False])
def test_a_layer_norm_is_that_of_torch(affine):
    x = torch.randn(5, 3, 4, dtype=torch.float64, generator=torch.Generator().manual_seed(0))
    weight, bias = (x[0].clone(), x[1].clone()) if affine else (None, None)
    operation = torch.ops.aten.native_layer_norm.default
    arguments = x, [3, 4], weight, bias, 1e-3
    for found, right in zip(DOUBLES[operation](*arguments), operation(*arguments), strict=True):
        torch.testing.assert_close(found, right, rtol=1e-12, atol=1e-14)
