"""`Layer`: the operator's arguments as kernels need them: contiguous tensors, basis, precision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import torch
import triton.language as tl
from torch import Tensor
from triton import knobs
from triton.runtime import driver

from edgewise.engines.arguments import Arguments
from edgewise.engines.normalization import EPS
from edgewise.engines.triton.basis_functions import CURVES, BasisFunctions, curves_of
from edgewise.engines.triton.configurations import MANY, Tiles, Work
from edgewise.engines.triton.layer_norm import statistics_kernel

_DOTS = {
    torch.float32: tl.float32,
    torch.bfloat16: tl.bfloat16,
    torch.float16: tl.float16,
}
_PROCESSORS_ELSEWHERE = 8
"""Assumed number of multiprocessors when kernels are interpreted."""
COLUMNS = 128
"""Columns, or edges, in one step of the kernels around the matrix products."""


class Layer(NamedTuple):
    """The operator's tensors, contiguous, with the settings of kernels."""

    x: Tensor
    z: Tensor | None
    coef: Tensor
    base_weight: Tensor | None
    bias: Tensor | None
    grid: tuple[Any, ...] | None
    curves: BasisFunctions
    even: Any
    knots: int
    base: str | None
    norm: str | None
    trained: tuple[Tensor | None, Tensor | None]
    statistics: tuple[Tensor | None, Tensor | None]
    scale: Tensor | None
    mask: Tensor | None

    @property
    def rows(self) -> int:
        return self.x.shape[0]

    def work(self, steps: int) -> Work:
        features, _, outputs = self.coef.shape
        size, processors = self.coef.element_size(), _processors(self.x.device)
        return Work(self.rows, features, outputs, steps, size, processors, self.curves.kept)

    def points(self) -> tuple[Tensor | None, ...]:
        """The tensors from which n(x) is computed."""
        return self.x, self.z, *self.statistics, *self.trained

    def dots(self, bounded: bool) -> dict[str, Any]:
        """The precision of matrix products; values beyond float16's range use tf32."""
        dtype = self.coef.dtype
        wide = dtype == torch.float16 and not bounded
        return {
            "DOT": tl.float32 if wide else _DOTS[dtype],
            "PRECISION": "tf32" if wide else precision(),
            "UPCAST": bool(knobs.runtime.interpret) and dtype == torch.bfloat16,
        }

    def living(self) -> tuple[Any, Any]:
        """The sums over functions that aren't 0 at a point, if there are many; else None, twice."""
        kind = precision() if self.coef.dtype == torch.float32 else "half"
        return self.curves.living if self.coef.shape[1] >= MANY[kind] else (None, None)

    def settings(self) -> dict[str, Any]:
        return {
            "START": self.curves.start,
            "SLOPE": self.curves.slope,
            "DOMAIN": self.curves.domain,
            "BASE": self.base,
            "NORM": self.norm,
            "SIZE": self.coef.shape[1],
            "KNOTS": self.knots,
        }


def precision() -> str:
    """The precision of float32 products, from torch's setting for its own matrix products.

    ``torch.set_float32_matmul_precision("high")`` allows "tf32", and "highest" requires "ieee". By
    default NVIDIA's matrix units use "tf32x3", three tf32 products with a relative error of at most
    2⁻²²; other cards use "ieee".
    """
    setting = torch.backends.cuda.matmul.fp32_precision
    if setting in ("tf32", "ieee"):
        return setting
    if knobs.runtime.interpret or driver.active.get_current_target().backend != "cuda":
        return "ieee"
    return "tf32x3"


def layer_of(given: Arguments) -> Layer:
    """The operator's arguments as kernels need them, with row statistics."""
    x, z, coef, base_weight, bias, grid, basis, base, norm, trained, scale, mask = given
    curves = curves_of(basis)
    if curves is None:
        reason = obstacle_of_basis(basis, ())
        raise ValueError(f"expected a basis among {', '.join(CURVES)}, but {reason}")
    if coef.dtype not in _DOTS:
        raise ValueError(
            f"expected parameters in float32, bfloat16 or float16, got {coef.dtype}: the reference "
            "engine computes in every type"
        )
    features, _, outputs = coef.shape
    edges = (features, outputs)
    shapes = [(z, x.shape), (base_weight, edges), (bias, (outputs,)), (scale, edges), (mask, edges)]
    shapes += [(t, (features,)) for t in trained]
    if x.shape[1:] != (features,) or any(t is not None and t.shape != s for t, s in shapes):
        raise ValueError(
            f"expected tensors for {features} inputs and {outputs} outputs, got x "
            f"{tuple(x.shape)} and {[None if t is None else tuple(t.shape) for t, _ in shapes]}"
        )
    if any(t is not None and t.dtype != coef.dtype for t in (x, *(t for t, _ in shapes), *grid)):
        raise ValueError(f"expected every tensor in the coefficients' type {coef.dtype}")
    x = x.contiguous()
    weight, shift = (*(t.contiguous() for t in trained), None, None)[:2]
    statistics = _statistics(x) if norm == "layer" else (None, None)
    whole = [t.contiguous() for t in grid]
    return Layer(
        x, _whole(z), coef.contiguous(), _whole(base_weight), _whole(bias), _entries(whole),
        curves, _even(curves, whole), whole[0].shape[-1] if whole else 0, base, norm,
        (weight, shift), statistics, _whole(scale), _whole(mask),
    )  # fmt: skip


def _whole(t: Tensor | None) -> Tensor | None:
    return None if t is None else t.contiguous()


def _entries(grid: Sequence[Tensor]) -> tuple[Any, ...] | None:
    """(tensor, stride over inputs, stride over functions) of each; stride 0 for shared entries."""
    return tuple(
        (
            t,
            t.stride(0) if t.dim() == 2 and t.shape[0] > 1 else 0,
            1 if t.dim() and t.shape[-1] > 1 else 0,
        )
        for t in grid
    ) or None  # fmt: skip


def _even(curves: BasisFunctions, grid: Sequence[Tensor]) -> Any:
    """The test for equidistant points, if all inputs share points and one width."""
    if curves.even is None or grid[0].dim() != 1 or grid[0].shape[0] < 3:
        return None
    return None if any(t.numel() > 1 for t in grid[1:]) else curves.even


def _statistics(x: Tensor) -> tuple[Tensor, Tensor]:
    rows, features = x.shape
    mean, rstd = x.new_empty(2, rows, dtype=torch.float32).unbind()
    if rows:
        tile = rows_at_once(features)
        statistics_kernel[(-(-rows // tile),)](
            mean, rstd, x, rows, features, EPS, ROWS=tile, INPUTS=COLUMNS
        )
    return mean, rstd


def rows_at_once(features: int) -> int:
    """The number of rows in one program of the LayerNorm kernels."""
    return 16 if features > COLUMNS else 4


def obstacle_of_basis(basis: str, wanted: Sequence[bool]) -> str | None:
    """The reason why there is no kernel for a basis, by its ``engine_name``, or for the needed
    gradients of its grid."""
    curves = curves_of(basis)
    if curves is None:
        return f"the Triton engine has no kernel for {basis}"
    if any(wanted) and curves.domain is not None:
        return "the Triton engine has no gradients for a grid with linear tails"
    if (any(wanted) and curves.by_grid is None) or any(wanted[2:]):
        return f"the Triton engine has no gradients for this tensor of the grid of {basis}"
    return None


def parts_of(whole: Tensor, splits: int, wide: bool = False) -> Tensor:
    """A kernel's output: the tensor itself, or float32 parts that are summed afterwards."""
    if splits == 1 and not wide:
        return whole
    return whole.new_empty(splits, *whole.shape, dtype=torch.float32)


def sizes_of(tiles: Tiles) -> dict[str, int]:
    """A kernel's settings for these tiles."""
    return {
        "ROWS": tiles.rows,
        "INPUTS": tiles.inputs,
        "OUTPUTS": tiles.outputs,
        "num_warps": tiles.warps,
        "num_stages": tiles.stages,
    }


def _processors(device: torch.device) -> int:
    if device.type != "cuda":
        return _PROCESSORS_ELSEWHERE
    return int(torch.cuda.get_device_properties(device).multi_processor_count)
