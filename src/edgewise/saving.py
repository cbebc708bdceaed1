"""Files of models of every kind that the library has."""

from __future__ import annotations

import os

import torch

from edgewise.models import KAN, MLP, io
from edgewise.symbolic.network import SymbolicKAN

__all__ = ["load", "save"]


def save(model: KAN | MLP | SymbolicKAN, path: str | os.PathLike[str]) -> None:
    """Write weights and architecture to one safetensors file.

    The file is complete or absent: it is written beside ``path`` and renamed.

    Raises:
        ValueError: if the architecture has no description, such as a callable base activation.
    """
    io.save(model, path)


def load(
    path: str | os.PathLike[str], *, device: torch.device | str = "cpu"
) -> KAN | MLP | SymbolicKAN:
    """Read a model that :func:`save` wrote.

    Raises:
        ValueError: if the file is damaged, or not one of ours; the message names the remedy.
        FileNotFoundError: if it isn't there.
    """
    model: KAN | MLP | SymbolicKAN = io.load(path, device=device)
    return model
