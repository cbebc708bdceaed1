"""The state dict in a file of another program, read without running anything in it."""

from __future__ import annotations

import os
import pickle
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file

_WRAPPERS = ("state_dict", "model_state_dict", "model", "net")


def read_state(path: str | os.PathLike[str]) -> dict[str, Any]:
    """The state dict in a file, read without running anything in it.

    Raises:
        FileNotFoundError: if there is no such file.
        ValueError: if it is damaged, would run code, or holds no state dict.
    """
    path = Path(path)
    if not path.exists():
        raise FileNotFoundError(f"expected a checkpoint at {path}, found no such file")
    try:
        if path.suffix == ".safetensors":
            return dict(load_file(path))
        with warnings.catch_warnings():  # torch warns of pickles that it then refuses
            warnings.simplefilter("ignore")
            content = torch.load(path, map_location="cpu", weights_only=True)
    except pickle.UnpicklingError as error:
        raise ValueError(
            f"expected tensors only in {path}, got a pickle with other objects or damaged data; "
            f"nothing of it was run ({str(error).splitlines()[0]}): save model.state_dict() "
            "instead of the model"
        ) from error
    except (SafetensorError, RuntimeError, EOFError, ValueError, KeyError, OSError) as error:
        raise ValueError(
            f"expected a state dict in {path}, got a file that can't be read "
            f"({str(error).splitlines()[0] if str(error) else type(error).__name__}): it is "
            "damaged or truncated, or no checkpoint"
        ) from error
    for wrapper in _WRAPPERS:
        if isinstance(content, Mapping) and isinstance(content.get(wrapper), Mapping):
            content = content[wrapper]
    if not isinstance(content, Mapping) or not content:
        raise ValueError(
            f"expected a state dict in {path}, got {type(content).__name__}: save "
            "model.state_dict()"
        )
    return dict(content)
