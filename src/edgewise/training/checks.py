"""What `fit` refuses before anything is changed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import torch
from torch import nn
from torch.nn.parallel import DataParallel, DistributedDataParallel
from torch.optim import LBFGS, Optimizer

from edgewise.nn.arguments import in_pykan
from edgewise.nn.inspect import check_callable, model_device, model_dtype
from edgewise.training import checkpoint
from edgewise.training.continual import Continual
from edgewise.training.distributed import Ranks
from edgewise.training.optim import OptimizerSpec
from edgewise.training.regrid import prepare

_SPARSITY = "regularizer=Sparsity(1e-3, …)"
_GRIDS = "grid_update_every="
_PICTURES = "callbacks=, a function that draws,"
FIT_NAMES: Mapping[str, str | tuple[str, str]] = {
    **in_pykan(
        "fit",
        {
            "dataset": "the tensors x, y",
            "opt": "optimizer=",
            "log": "progress=",
            "display_metrics": "progress=",
            "lamb": "regularizer=Sparsity(1e-3)",
            "lamb_l1": _SPARSITY,
            "lamb_entropy": _SPARSITY,
            "lamb_coef": _SPARSITY,
            "lamb_coefdiff": _SPARSITY,
            "reg_metric": "regularizer=Sparsity(1e-3, metric=…)",
            "update_grid": _GRIDS,
            "grid_update_num": _GRIDS,
            "start_grid_update_step": _GRIDS,
            "stop_grid_update_step": _GRIDS,
            "loss_fn": "loss=",
            "batch": "batch_size=",
            "save_fig": _PICTURES,
            "save_fig_freq": _PICTURES,
            "img_folder": _PICTURES,
            "in_vars": _PICTURES,
            "out_vars": _PICTURES,
            "beta": _PICTURES,
            "singularity_avoiding": "nothing: functions are finite everywhere;",
            "y_th": "nothing: functions are finite everywhere;",
        },
    ),
    "criterion": "loss=",
    "learning_rate": "lr=",
    "num_epochs": "epochs=",
    "n_epochs": "epochs=",
    "max_epochs": "epochs=",
    "max_steps": "steps=",
    "verbose": "progress=",
    "validation_data": "val=",
    "early_stopping": "patience=",
    "clip_grad_norm": "max_grad_norm=",
    "sample_weights": "sample_weight=",
}
"""What pykan, Keras and others call the arguments of `fit`."""


def check_clipping(norm: float | None, optimizer: Optimizer) -> None:
    """Raise ValueError unless gradients can be clipped to that norm."""
    if norm is None:
        return
    if isinstance(norm, bool) or not isinstance(norm, int | float) or not norm > 0:
        raise ValueError(f"max_grad_norm expected a positive number or None, got {norm!r}")
    if isinstance(optimizer, LBFGS):
        raise ValueError(
            "max_grad_norm expected an optimizer that takes one gradient a step, got lbfgs, whose "
            "search along a line compares gradients with losses: leave it out"
        )


def check_continual(continual: Any, grid_update_every: int | None) -> None:
    """Raise unless `continual` is an option, and nothing moves under its memory."""
    if continual is None:
        return
    if not isinstance(continual, Continual):
        raise TypeError(
            "continual expected edgewise.continual.Frozen(…), Anchored(…), Moments(…) or None, got "
            f"{type(continual).__name__}"
        )
    if grid_update_every is not None:
        raise ValueError(
            "continual expected grids that stay, because a memory is of the functions where they "
            f"are, got grid_update_every={grid_update_every}: leave it out, and place the grids "
            "before the first data by edgewise.grids.fit_range"
        )


def list_callbacks(callbacks: Any) -> list[Callable[..., Any]]:
    """The callbacks as a list; ValueError if one can't be called."""
    listed = list(callbacks) if isinstance(callbacks, Iterable) else [callbacks]
    listed = [] if callbacks is None else listed
    for callback in listed:
        if not callable(callback):
            raise ValueError(
                "callbacks expected functions (model, history) -> whether to stop, got "
                f"{type(callback).__name__}: pass a function or a list of them"
            )
    return listed


def prepare_grids(model: nn.Module, every: int, optimizer: OptimizerSpec, ranks: Ranks) -> None:
    """Prepare a model whose grids are to move while it trains, or say why they can't."""
    if not isinstance(every, int) or every < 1:
        raise ValueError(f"grid_update_every expected a positive int, got {every!r}")
    if ranks.size > 1:
        raise ValueError(
            f"grid_update_every expected one process, got {ranks.size}: call edgewise.grids.adapt "
            "between two fits, with the same data in each process"
        )
    before = {id(p) for p in model.parameters()}
    prepare(model)
    if isinstance(optimizer, Optimizer) and any(id(p) not in before for p in model.parameters()):
        raise ValueError(
            "grid_update_every gives every input trained centres of its own, which the optimizer "
            "that you built doesn't know: pass a callable such as torch.optim.AdamW"
        )


def check_duration(steps: int | None, epochs: int | None) -> None:
    """Raise ValueError unless there is one of steps and epochs, and it is positive."""
    if (steps is None) == (epochs is None):
        raise ValueError(
            f"fit expected exactly one of steps and epochs, got steps={steps} and epochs={epochs}: "
            "pass steps=1000 or epochs=10, say"
        )
    name, count = ("steps", steps) if epochs is None else ("epochs", epochs)
    if not isinstance(count, int) or count < 1:
        raise ValueError(f"{name} expected a positive int, got {count!r}")


def unwrap(model: nn.Module) -> nn.Module:
    """Take the module to train out of a DistributedDataParallel."""
    check_callable(model)
    if isinstance(model, DataParallel):
        raise ValueError(
            "fit expected a model that trains on one device, got it wrapped in DataParallel: pass "
            "model.module, and start one process per GPU with torchrun"
        )
    bare = model.module if isinstance(model, DistributedDataParallel) else model
    if not any(p.requires_grad for p in bare.parameters()):
        raise ValueError(
            "fit expected a model with trainable parameters, got none: set requires_grad on some"
        )
    return bare


def check_wrapper(
    wrapper: DistributedDataParallel, ranks: Ranks, device: torch.device, dtype: torch.dtype | None
) -> None:
    """Raise ValueError unless the caller's wrapper can be used as it is."""
    group = wrapper.process_group.size()
    if group != ranks.size:
        raise ValueError(
            f"DistributedDataParallel expected all {ranks.size} processes, got a group of {group}: "
            "make it without process_group"
        )
    # Its own buffers do not follow when the model moves.
    now = (model_device(wrapper.module), model_dtype(wrapper.module))
    asked = (torch.empty(0, device=device).device, dtype or now[1])  # A bare "cuda" gets its index.
    if now != asked:
        raise ValueError(
            f"a model in DistributedDataParallel expected to stay {now[1]} on {now[0]}, got "
            f"{asked[1]} on {asked[0]}: convert the model before you wrap it"
        )


def check_checkpoint(
    directory: str | os.PathLike[str] | None, every: int | None, resume: bool
) -> Path | None:
    """The folder of the checkpoint; ValueError if it can't be what was meant."""
    if every is not None and (not isinstance(every, int) or every < 1):
        raise ValueError(f"checkpoint_every expected a positive int or None, got {every!r}")
    if directory is None:
        if resume or every is not None:
            raise ValueError(
                "resume and checkpoint_every expected a checkpoint_dir, got None: say where the "
                "checkpoint is"
            )
        return None
    path = Path(directory) / checkpoint.FILE_NAME
    if path.exists() and not resume:
        raise ValueError(
            f"{path} exists already and would be lost: pass resume=True to continue that run, or "
            "another checkpoint_dir"
        )
    return Path(directory)
