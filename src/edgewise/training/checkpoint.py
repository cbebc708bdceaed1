"""One-file checkpoints without pickle: tensors in safetensors, everything else in its header.

The non-tensor skeleton of the state is JSON in the file's metadata. Lists stay JSON lists; the
types that JSON lacks are one-entry objects: ``{"tuple": [...]}``, ``{"dict": [[key, value], …]}``
(pairs, because optimizer states have integer keys), ``{"float": "nan"}`` and
``{"tensor": name}``.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import save_file
from torch import Tensor

from edgewise._files import hold_lock, remove_parts, replace_file
from edgewise._tensor_files import read_tensors
from edgewise.training.options import Checkpoints

FILE_NAME = "checkpoint.safetensors"
LOCK_NAME = ".checkpoint.lock"
_KEY = "edgewise_checkpoint"
_REMEDY = "restore the file from a copy, or pass another checkpoint_dir to start afresh"


def encode(value: Any, tensors: dict[str, Tensor], path: str = "") -> Any:
    """The JSON skeleton of `value`; its tensors are copied to the CPU into `tensors`.

    Args:
        value: nested dicts, lists and tuples of None, bool, int, float, str and tensors.
        tensors: receives one entry per tensor, named after its place in `value`.
        path: the place of `value` in the whole, for names and messages.

    Raises:
        TypeError: something else is in `value`.
    """
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else {"float": str(float(value))}
    if isinstance(value, Tensor):
        name = path if path not in tensors else f"{path}#{len(tensors)}"
        # A copy: tied parameters share memory, which safetensors refuses.
        tensors[name] = value.detach().to("cpu", copy=True).contiguous()
        return {"tensor": name}
    if isinstance(value, list):
        return _encode_items(value, tensors, path)
    if isinstance(value, tuple):
        return {"tuple": _encode_items(value, tensors, path)}
    if isinstance(value, dict):
        pairs = [
            [_encode_key(k, path), encode(v, tensors, f"{path}/{k}")] for k, v in value.items()
        ]
        return {"dict": pairs}
    raise TypeError(
        f"checkpoint expected None, bool, int, float, str, list, tuple, dict or tensor at "
        f"'{path}', got {type(value).__name__}: keep such objects out of the state_dict"
    )


def _encode_items(values: Any, tensors: dict[str, Tensor], path: str) -> list[Any]:
    return [encode(v, tensors, f"{path}/{i}") for i, v in enumerate(values)]


def _encode_key(key: Any, path: str) -> Any:
    if isinstance(key, str | int):  # bool is an int and round-trips as itself
        return key
    raise TypeError(
        f"checkpoint expected dict keys of type str or int at '{path}', "
        f"got {type(key).__name__}: rename the keys of the state_dict"
    )


def decode(skeleton: Any, tensors: dict[str, Tensor]) -> Any:
    """Inverse of `encode`.

    Raises:
        KeyError, TypeError, ValueError: `skeleton` is not what `encode` writes.
    """
    if isinstance(skeleton, list):
        return [decode(item, tensors) for item in skeleton]
    if not isinstance(skeleton, dict):
        return skeleton
    ((kind, content),) = skeleton.items()
    if kind == "tensor":
        return tensors[content]
    if kind == "float":
        return float(content)
    if kind == "tuple":
        return tuple(decode(item, tensors) for item in content)
    if kind == "dict":
        return {_decode_key(key): decode(item, tensors) for key, item in content}
    raise ValueError(f"unknown entry {kind!r}")


def _decode_key(key: Any) -> str | int:
    if isinstance(key, str | int):
        return key
    raise ValueError(f"a key {key!r:.80}")


def check_free(checkpoints: Checkpoints) -> None:
    """Raise ValueError where the checkpoint of another run would be lost."""
    path = checkpoints.folder / FILE_NAME
    if path.exists() and not checkpoints.resume:
        raise ValueError(
            f"{path} exists already and would be lost: pass resume=True to continue that run, or "
            "another checkpoint_dir"
        )


@contextmanager
def reserve(directory: Path) -> Iterator[None]:
    """Keep other runs out of ``directory`` until the block ends, or this process does.

    Files that killed runs left half written are removed. A file system that knows no locks is used
    without one.

    Raises:
        ValueError: another run has the folder.
        OSError: the folder can't be made or written into.
    """
    directory.mkdir(parents=True, exist_ok=True)
    with hold_lock(directory / LOCK_NAME) as alone:
        if not alone:
            raise ValueError(
                f"expected a checkpoint_dir of its own for every run, got {directory}, which "
                "another run is using: wait until it ends, or pass another checkpoint_dir"
            )
        remove_parts(directory / FILE_NAME)
        yield


def save(state: dict[str, Any], directory: Path) -> None:
    """Write `state` to ``directory/checkpoint.safetensors``, all of it or nothing.

    The file appears under its name only when it is complete and on the disk, so a process killed
    at any moment leaves the previous checkpoint intact.

    Raises:
        TypeError: `state` holds something that cannot be stored; nothing is written.
        OSError: the disk is full, or the folder can't be written into; the earlier file stays.
    """
    tensors: dict[str, Tensor] = {}
    skeleton = json.dumps(encode(state, tensors), allow_nan=False)
    directory.mkdir(parents=True, exist_ok=True)
    with replace_file(directory / FILE_NAME) as temporary:
        try:
            save_file(tensors, str(temporary), metadata={_KEY: skeleton})
        except SafetensorError as error:  # which is no OSError, and hasn't got its number
            raise OSError(
                f"expected room for a checkpoint in {directory}, got {error}: the earlier one is "
                "as it was; make room and resume"
            ) from error


def load(directory: Path) -> dict[str, Any] | None:
    """The state in ``directory/checkpoint.safetensors``, on the CPU; None if there is no file.

    Raises:
        ValueError: the file is truncated, damaged or not one of ours.
    """
    path = directory / FILE_NAME
    if not path.exists():
        return None
    try:
        text, tensors = read_tensors(path, _KEY)
    except (OSError, ValueError) as error:
        raise ValueError(f"cannot read checkpoint {path}: {error}; {_REMEDY}") from error
    if text is None:
        raise ValueError(
            f"cannot read checkpoint {path}: expected a training checkpoint of edgewise, got a "
            f"safetensors file without the metadata entry {_KEY!r}; {_REMEDY}"
        )
    try:
        state = decode(json.loads(text), tensors)
    except (LookupError, TypeError, ValueError, RecursionError) as error:
        reason = f"damaged content ({type(error).__name__}: {error!s:.200})"
        raise ValueError(f"cannot read checkpoint {path}: {reason}; {_REMEDY}") from error
    if not isinstance(state, dict):
        raise ValueError(f"cannot read checkpoint {path}: its content is not a dict; {_REMEDY}")
    return state


def check_model(saved: dict[str, Any], model: torch.nn.Module, path: Path) -> None:
    """Raise ValueError unless `saved` fits the model's state_dict in names, shapes and types."""
    current = model.state_dict()
    problems = [f"{name} is only in the checkpoint" for name in saved.keys() - current.keys()]
    problems += [f"{name} is only in the model" for name in current.keys() - saved.keys()]
    for name in saved.keys() & current.keys():
        ours, theirs = _describe(current[name]), _describe(saved[name])
        if ours != theirs:
            problems.append(f"{name}: expected {ours}, got {theirs}")
    if problems:
        shown = "; ".join(sorted(problems)[:5])
        raise ValueError(
            f"checkpoint {path} does not fit this model ({shown}): build the model that wrote it, "
            "or pass another checkpoint_dir"
        )


def _describe(value: Any) -> str:
    if isinstance(value, Tensor):
        return f"{str(value.dtype).removeprefix('torch.')} {tuple(value.shape)}"
    return type(value).__name__
