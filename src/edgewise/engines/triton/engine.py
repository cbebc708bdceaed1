"""`TritonEngine`: the calls that it can compute, and those for which it is chosen automatically.

Triton is optional, and is loaded by the first call on a GPU.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from types import ModuleType
from typing import TypeVar

import torch
from torch import Tensor

from edgewise.bases.jets import Jets
from edgewise.engines import ops
from edgewise.engines.call import Call
from edgewise.engines.engine import Engine
from edgewise.engines.triton import verdicts

DTYPES = (torch.float32, torch.bfloat16, torch.float16)
ACTIVATIONS = (None, "silu", "identity")
NORMALIZATIONS = (None, "layer", "affine", "tanh")
LEAST_CAPABILITY = (8, 0)
"""NVIDIA cards of a lower compute capability have no matrix units for bfloat16 and tf32."""


Answer = TypeVar("Answer", bound=Callable[..., str | None])


def _constant(function: Answer) -> Answer:
    """Let torch.compile call the function while tracing, and treat the result as a constant.

    This is ``torch.compiler.assume_constant_result`` without loading all of torch.compile.
    """
    function._dynamo_marked_constant = True  # type: ignore[attr-defined]
    return function


class TritonEngine(Engine):
    """Fused kernels on the GPU that evaluate the basis in registers, behind the operator."""

    name = "triton"
    device = "cuda"

    def obstacle(self, call: Call) -> str | None:
        if call.x.device.type != self.device:
            return f"the Triton engine computes on GPUs, not on {call.x.device.type}"
        if reason := unavailable():
            return reason
        if call.x.dtype not in DTYPES or call.coef.dtype not in DTYPES:
            odd = call.x.dtype if call.x.dtype not in DTYPES else call.coef.dtype
            return f"the Triton engine has no kernel for {odd}"
        if reason := ops.obstacle(call):
            return reason
        if isinstance(call.x, Jets):
            return "the Triton engine has no kernel for jets"
        if call.base not in ACTIVATIONS:
            return f"the Triton engine has no kernel for the base activation {call.base}"
        if call.norm not in NORMALIZATIONS:
            return f"the Triton engine has no kernel for the normalisation {call.norm}"
        wanted = "".join("1" if t.requires_grad else "0" for t in call.grid)
        return _obstacle_of_basis(call.basis.engine_name, wanted)

    def reservation(self, call: Call) -> str | None:
        return _reservation(call.x.device.index or 0)

    def run(self, call: Call) -> Tensor:
        return ops.run(call)

    def describe(self) -> str:
        if reason := unavailable():
            return reason
        against = _reservation(torch.cuda.current_device())
        return f"fused Triton kernels on the GPU; {against or 'this card has passed the check'}"


@_constant
def unavailable() -> str | None:
    """The reason why there is no Triton engine, or None if there is one."""
    if importlib.util.find_spec("triton") is None:
        return "Triton isn't installed: pip install edgewise[triton]"
    if not torch.cuda.is_available():
        return "the Triton engine found no GPU that torch can use"
    found = torch.cuda.get_device_capability()
    if torch.version.hip is None and found < LEAST_CAPABILITY:
        return "the Triton engine needs a card of compute capability 8.0, this one has " + (
            ".".join(map(str, found))
        )
    bind("CUDA")
    return None


_BOUND: set[str] = set()


def bind(device: str) -> None:
    """Load the kernels, and bind them to the operator for a kind of device."""
    if device not in _BOUND:
        launch = _launch()
        ops.bind(device, launch.forward, launch.backward)
        _BOUND.add(device)


def _launch() -> ModuleType:
    """The module with the kernels; importing it loads Triton."""
    from edgewise.engines.triton import launch

    return launch


@_constant
def _obstacle_of_basis(name: str, wanted: str) -> str | None:
    """The reason why there is no kernel for a basis, or for the grid gradients marked by 1."""
    reason: str | None = _launch().obstacle_of_basis(name, [mark == "1" for mark in wanted])
    return reason


@_constant
def _reservation(index: int) -> str | None:
    """The reason why kernels aren't chosen automatically on a card, from its verdict."""
    return verdicts.reservation(verdicts.setting_of(index))
