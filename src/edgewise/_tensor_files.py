"""Files of tensors: safetensors with a text of ours in the header, and pickles of torch."""

from __future__ import annotations

import io
import os
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from torch import Tensor


def read_tensors(path: str | os.PathLike[str], key: str) -> tuple[str | None, dict[str, Tensor]]:
    """The text under a key of a file's header, None if it has none, and its tensors, on the CPU.

    Raises:
        ValueError: if it is no safetensors file, or a damaged one.
        OSError: if it can't be opened.
    """
    try:
        with safe_open(str(path), framework="pt") as file:
            text = (file.metadata() or {}).get(key)
            # Copies lie where torch puts every tensor: sums of some processors' kernels depend on
            # the alignment in the last bit, and in the file a tensor lies anywhere.
            tensors = {name: file.get_tensor(name).clone() for name in file.keys()}  # noqa: SIM118
    except (SafetensorError, RuntimeError, ValueError, AttributeError) as error:
        raise ValueError(str(error)) from error
    return text, tensors


def pickle_tensors(content: Any) -> bytes:
    """What ``torch.save`` writes: it says "iostream error" of a full disk, so files are ours."""
    stream = io.BytesIO()
    torch.save(content, stream)
    return stream.getvalue()
