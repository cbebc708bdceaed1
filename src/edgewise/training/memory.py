"""`Memory`: what continual training keeps of earlier data, and its file."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import torch
from safetensors.torch import save as serialize
from torch import Tensor, nn

from edgewise._files import write_bytes
from edgewise._tensor_files import read_tensors
from edgewise.nn.inspect import model_device

_KEY = "edgewise_memory"


@dataclass(frozen=True, repr=False)
class Memory:
    """What earlier data taught a model: ``history.memory`` of one `fit`, given to the next.

    Attributes:
        kind: the option of `fit` that made it, such as "Frozen".
        tasks: how many runs it has seen.
        tensors: its numbers, by the names of the model's parameters and layers; no rows of data.

    Example:
        >>> import torch, edgewise as ew
        >>> model, x = ew.KAN([1, 1], basis=ew.BSpline(20)), torch.rand(50, 1)
        >>> option = ew.continual.Frozen()
        >>> history = ew.fit(model, x, x**2, steps=2, continual=option, progress=False)
        >>> history.memory
        Memory('Frozen', tasks=1, 1 tensors, 23 numbers)
    """

    kind: str
    tasks: int = 0
    tensors: dict[str, Tensor] = field(default_factory=dict)

    def __repr__(self) -> str:
        numbers = sum(t.numel() for t in self.tensors.values())
        return (
            f"Memory({self.kind!r}, tasks={self.tasks}, {len(self.tensors)} tensors, "
            f"{numbers:,} numbers)"
        )

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write it to one safetensors file, all of it or nothing."""
        header = json.dumps({"kind": self.kind, "tasks": self.tasks})
        tensors = {name: t.detach().cpu().contiguous() for name, t in self.tensors.items()}
        write_bytes(path, serialize(tensors, metadata={_KEY: header}))

    @staticmethod
    def load(path: str | os.PathLike[str]) -> Memory:
        """Read what :meth:`save` wrote, onto the CPU.

        Raises:
            ValueError: the file is damaged, or none of these.
        """
        try:
            text, tensors = read_tensors(path, _KEY)
            header = json.loads(text or "")
            return Memory(str(header["kind"]), int(header["tasks"]), tensors)
        except (OSError, LookupError, TypeError, ValueError, RecursionError) as error:
            raise ValueError(
                f"Memory.load expected a file that Memory.save wrote, got {path}, which can't be "
                f"read ({type(error).__name__}: {error!s:.200}): save history.memory once more"
            ) from error

    def match(self, model: nn.Module, expected: Mapping[str, tuple[int, ...]]) -> dict[str, Tensor]:
        """Its tensors, on the model's device.

        Args:
            expected: the shapes that the model's memory would have, by name.

        Raises:
            ValueError: it belongs to another model.
        """
        got: dict[str, Any] = {name: tuple(t.shape) for name, t in self.tensors.items()}
        if got != dict(expected):
            odd = sorted(
                name for name in got.keys() | expected.keys() if got.get(name) != expected.get(name)
            )[0]
            raise ValueError(
                f"{self.kind} expected the memory of this model, with {odd!r} of shape "
                f"{expected.get(odd, 'none')}, got {got.get(odd, 'none')}: pass history.memory of "
                "a run with the same model, or None to start anew"
            )
        device = model_device(model)
        return {name: t.to(device) for name, t in self.tensors.items()}


@torch.no_grad()
def decay(old: Tensor | None, new: Tensor, factor: float) -> Tensor:
    """factor · old + new; new alone if there is no old one."""
    return new if old is None else factor * old.to(new) + new
