"""Files of models of every kind that the library has."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import lazy_loader
import torch
from torch import nn

from edgewise.models import containers, io
from edgewise.nn.arguments import check_device
from edgewise.symbolic.network import SymbolicKAN  # noqa: F401  registers itself

__all__ = ["load", "save"]

# They need scikit-learn, which those who save networks may not have.
estimators = lazy_loader.load("edgewise.sklearn", suppress_warning=True)
files = lazy_loader.load("edgewise.tables.files", suppress_warning=True)
ESTIMATORS = ("KANRegressor", "KANClassifier")


def save(model: Any, path: str | os.PathLike[str]) -> None:
    """Write weights and architecture to one safetensors file.

    The file is complete or absent: it is written beside ``path`` and renamed.

    Args:
        model: a KAN, an MLP, a SymbolicKAN, an ``nn.Sequential`` of these and of KANLinear,
            KANConv2d and most of torch's layers, or a fitted KANRegressor or KANClassifier. Of
            these arguments such as a splitter of scikit-learn are left out.

    Raises:
        ValueError: if the architecture has no description, such as a callable base activation, or
            an estimator isn't fitted.
    """
    if type(model) is nn.Sequential:
        io.write(path, containers.describe(model), io.model_state(model))
        return
    if isinstance(model, nn.Module) or type(model).__name__ not in ESTIMATORS:
        io.save(model, path)
        return
    if not hasattr(model, "schema_"):
        raise ValueError(f"expected a fitted {type(model).__name__}: call fit before save")
    io.write(path, *files.describe_estimator(model))


def load(path: str | os.PathLike[str], *, device: torch.device | str = "cpu") -> Any:
    """Read a model that :func:`save` wrote.

    Args:
        device: of networks; estimators of tables compute on the CPU.

    Raises:
        ValueError: if the file is damaged, or not one of ours, or the device isn't there; the
            message names the remedy.
        FileNotFoundError: if it isn't there.
    """
    check_device("load", device)
    config, state = io.read(path)
    if config["model"] == containers.CONTAINER:
        return io.restore(path, config, state, device, containers.build)
    if config["model"] not in ESTIMATORS:
        return io.restore(path, config, state, device)
    try:
        return files.restore_estimator(getattr(estimators, config["model"]), config, state)
    except io.DAMAGE as error:
        raise ValueError(
            f"expected an estimator that fits its description in {Path(path)}, got {error}: the "
            "file is damaged, or written by a newer edgewise"
        ) from error
