"""What users pass as data, as tensors where the model is: arrays, frames, lists, dicts of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor

from edgewise.nn.arguments import check_plain

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
        raise ValueError(
            f"{name} expected dicts with x (or {', '.join(X_NAMES[1:])}) and y (or "
            f"{', '.join(Y_NAMES[1:])}), got {', '.join(map(str, batch)) or 'no keys'}: rename them"
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
    return tuple(as_tensor(name, value) for name, value in named if value is not None)


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
        device: the model's device.
        dtype: type that floating-point data is converted to, or None to keep it.
    """

    def __init__(self, device: torch.device, dtype: torch.dtype | None) -> None:
        self.device = device
        self.dtype = dtype

    def __call__(self, value: Any, name: str = "data") -> Tensor:
        """`value`, a tensor or array, where the model expects it."""
        value = as_tensor(name, value)
        check_plain(name, value)
        # A graph behind the data would be gone after a step, and a gradient would be the caller's.
        value = value.detach().requires_grad_(value.requires_grad)
        dtype = self.dtype if value.is_floating_point() else None
        # Towards the CPU a copy that does not wait could be read before it is complete.
        return value.to(self.device, dtype, non_blocking=self.device.type == "cuda")

    def weight(self, value: Any, samples: int, name: str = "data") -> Tensor | None:
        """The weights of so many samples, checked.

        Raises:
            ValueError: they aren't as many numbers, or not finite, or some are negative.
        """
        if value is None:
            return None
        weight = as_tensor(f"{name} weights", value)
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


def as_tensor(name: str, value: Any) -> Tensor:
    """A tensor, array, frame, series or list as a tensor.

    Raises:
        ValueError: it holds text or something else that is no number.
    """
    if isinstance(value, Tensor):
        return value
    try:
        array = np.asarray(value)
    except (TypeError, ValueError) as error:
        raise ValueError(
            f"{name} expected numbers in rows of equal length, got {type(value).__name__} that "
            f"can't be read as such ({error}): pad or cut the rows, and pass an array"
        ) from error
    if array.dtype.kind not in "biufc":
        array = _read_objects(name, value, array)
    if hasattr(value, "columns") and name.endswith("x") and array.dtype.kind in "biu":
        array = array.astype(np.float64)  # In a table of inputs a whole number is one by chance.
    if array.dtype == np.longdouble:
        array = array.astype(np.float64)
    # torch reads neither foreign byte orders nor backward strides, and warns of read-only memory.
    array = np.ascontiguousarray(array, array.dtype.newbyteorder("=")).reshape(array.shape)
    return torch.from_numpy(array if array.flags.writeable else array.copy())


def _read_objects(name: str, value: Any, array: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Numbers or booleans out of an array of objects."""
    items = array.ravel().tolist()
    if items and all(isinstance(item, bool) for item in items):
        return array.astype(bool)
    text = next((item for item in items if isinstance(item, str | bytes)), None)
    if text is not None and name.endswith("y"):
        raise ValueError(
            f"{name} expected numbers or booleans, got text such as {text!r}: number the classes "
            "with `classes, y = numpy.unique(y, return_inverse=True)`, and give the model one "
            "output for each"
        )
    if text is not None:
        raise ValueError(
            f"{name} expected numbers, got text such as {text!r}{_where(value, text)}: leave out "
            "or encode columns of text, for example with pandas.get_dummies"
        )
    try:
        if array.dtype.kind in "mM":
            raise TypeError("dates and durations have no unit of their own")
        return array.astype(np.float64)
    except (TypeError, ValueError) as error:
        raise ValueError(
            f"{name} expected numbers, got {array.dtype} that can't be read as such ({error}): "
            "convert it, and fill in or drop missing values"
        ) from error


def _where(value: Any, text: Any) -> str:
    """The column of a frame that holds this text."""
    for label in getattr(value, "columns", ()):
        if text in np.asarray(value[label], dtype=object).tolist():
            return f" in column {label!r}"
    return ""
