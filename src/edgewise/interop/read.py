"""The state dict in a file of another program, read without running anything in it."""

from __future__ import annotations

import os
import pickle
import warnings
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file

from edgewise._files import check_regular

_WRAPPERS = ("state_dict", "model_state_dict", "model", "net")


def read_state(path: str | os.PathLike[str]) -> dict[str, Any]:
    """The state dict in a file, read without running anything in it.

    Args:
        path: a file of torch.save, or a safetensors file.

    Raises:
        FileNotFoundError: if there is no such file.
        ValueError: if it is damaged, would run code, or holds no state dict.

    Example:
        >>> import tempfile, torch, edgewise as ew
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     torch.save({"state_dict": {"bias": torch.ones(2)}, "epoch": 3}, f"{folder}/a.pt")
        ...     ew.interop.read_state(f"{folder}/a.pt")
        {'bias': tensor([1., 1.])}
    """
    path = Path(path)
    if not path.exists():
        raise FileNotFoundError(f"expected a checkpoint at {path}, found no such file")
    check_regular(path)
    try:
        if path.suffix == ".safetensors":
            return dict(load_file(path))
        _check_packing(path)
        with warnings.catch_warnings():  # torch warns of pickles that it then refuses
            warnings.simplefilter("ignore")
            content = torch.load(path, map_location="cpu", weights_only=True)
    except pickle.UnpicklingError as error:
        raise ValueError(
            f"expected tensors only in {path}, got a pickle with other objects or damaged data; "
            f"nothing of it was run ({str(error).splitlines()[0]}): save model.state_dict() "
            "instead of the model"
        ) from error
    except Exception as error:  # what torch's readers raise from damaged bytes is of any kind
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
    for name, value in content.items():
        if isinstance(value, torch.Tensor) and not _is_whole(value):
            raise ValueError(
                f"expected plain tensors with all of their numbers in {path}, got {name!s:.80} of "
                f"the shape {tuple(value.shape)} and the kind {value.layout}, {value.device}: save "
                "dense tensors"
            )
    return dict(content)


def _check_packing(path: Path) -> None:
    """Raise ValueError for an archive that would grow when it is read: none of torch's does."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
        if size > path.stat().st_size:
            raise ValueError(f"its parts unpack to {size} bytes")


def _is_whole(tensor: torch.Tensor) -> bool:
    """Whether it is dense, and as large as it says: a view can repeat one number without end."""
    if tensor.layout != torch.strided or tensor.device.type != "cpu" or tensor.is_quantized:
        return False
    return tensor.numel() * tensor.element_size() <= tensor.untyped_storage().nbytes()
