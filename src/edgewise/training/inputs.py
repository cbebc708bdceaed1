"""What users pass as data, as tensors where the model is: arrays, frames, lists, dicts of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor

from edgewise._tensors import DType
from edgewise.nn.reading import read_tensor

X_NAMES = ("x", "inputs", "input", "features")
Y_NAMES = ("y", "targets", "target", "labels", "label")
WEIGHT_NAMES = ("sample_weight", "weight", "weights")


class Parts(NamedTuple):
    """Inputs, targets and the weights of the samples, as they were given."""

    x: Any
    y: Any
    weight: Any = None


def split(batch: Any, name: str = "data") -> Parts:
    """The parts of ``(x, y)``, ``(x, y, weight)`` or a dict of them.

    Raises:
        ValueError: it is none of these.

    Example:
        >>> split({"input": 1.0, "label": 2.0, "id": 7})
        Parts(x=1.0, y=2.0, weight=None)
    """
    if isinstance(batch, Mapping):
        return _split_dict(batch, name)
    if not isinstance(batch, tuple | list) or len(batch) not in (2, 3):
        length = f" of length {len(batch)}" if isinstance(batch, tuple | list) else ""
        raise ValueError(
            f"{name} expected batches (x, y), (x, y, weight) or dicts of them, got "
            f"{type(batch).__name__}{length}: make the iterable give pairs"
        )
    return Parts(*batch)


def _split_dict(batch: Mapping[Any, Any], name: str) -> Parts:
    def pick(names: tuple[str, ...]) -> Any:
        return next((batch[key] for key in names if key in batch), None)

    parts = Parts(pick(X_NAMES), pick(Y_NAMES), pick(WEIGHT_NAMES))
    if parts.x is None or parts.y is None:
        remedy = "rename them"
        if "train_input" in batch:  # pykan's create_dataset
            remedy = (
                "pass (data['train_input'], data['train_label']), and "
                "val=(data['test_input'], data['test_label'])"
            )
        raise ValueError(
            f"{name} expected dicts with x (or {', '.join(X_NAMES[1:])}) and y (or "
            f"{', '.join(Y_NAMES[1:])}), got {', '.join(map(str, batch)) or 'no keys'}: {remedy}"
        )
    return parts


def pair(x: Any, y: Any, weight: Any = None) -> Any:
    """One object for data that was passed as two or three.

    Raises:
        ValueError: there are weights without y, or y beside data that holds its own.
    """
    if y is None:
        if weight is not None:
            raise ValueError(
                "sample_weight expected x and y as two arguments, got one: pass (x, y, weight)"
            )
        return x
    if not isinstance(x, Tensor | list | tuple) and not hasattr(x, "__array__"):
        raise ValueError(
            f"y expected x to be a tensor, an array, a frame or a list, got {type(x).__name__}: "
            "batches bring their own targets, leave y out"
        )
    named = (("x", x), ("y", y), ("sample_weight", weight))
    return tuple(read_tensor(name, value) for name, value in named if value is not None)


def is_in_memory(data: Any) -> bool:
    """Whether `data` is x and y, perhaps with weights, of which at least one is an array."""
    if isinstance(data, Mapping):
        return True
    several = isinstance(data, tuple | list) and len(data) in (2, 3)
    return several and any(isinstance(part, Tensor) or hasattr(part, "__array__") for part in data)


def holds_batches(data: Any) -> bool:
    """Whether a list or tuple of lists or tuples holds batches of arrays, not rows of numbers."""
    inner = (item for part in data if isinstance(part, tuple | list) for item in part)
    return any(isinstance(item, Tensor | np.ndarray | Mapping) for item in inner)


class Placement:
    """Brings data to the model's device and floating-point type.

    Args:
        dtype: type that floating-point data is converted to, or None to keep it.
    """

    def __init__(self, device: torch.device, dtype: DType) -> None:
        self.device = device
        self.dtype = dtype

    def __call__(self, value: Any, name: str = "data") -> Tensor:
        """`value`, a tensor or array, where the model expects it."""
        value = read_tensor(name, value)
        # A graph behind the data would be gone after a step, and a gradient would be the caller's.
        value = value.detach().requires_grad_(value.requires_grad)
        dtype = self.dtype if value.is_floating_point() else None
        # Towards the CPU a copy that does not wait could be read before it is complete.
        return value.to(self.device, dtype, non_blocking=self.device.type == "cuda")

    def weight(self, value: Any, samples: int, name: str = "data") -> Tensor | None:
        """One weight for each sample, on the model's device; None for None."""
        if value is None:
            return None
        weight = read_tensor(f"{name} weights", value)
        if weight.shape != (samples,) or not weight.is_floating_point():
            raise ValueError(
                f"{name} expected the weights of {samples} samples as floats of shape "
                f"({samples},), got {weight.dtype} {tuple(weight.shape)}: pass one number for each "
                "row, and nothing but x, y and weights"
            )
        if not (weight.isfinite().all() and (weight >= 0).all()):
            raise ValueError(
                f"{name} expected finite weights of at least 0, got {float(weight.min()):g} … "
                f"{float(weight.max()):g}: leave such rows out"
            )
        return self(weight)
