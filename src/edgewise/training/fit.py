"""`fit`: checks what it is given, builds the run, and returns its history."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from pathlib import Path
from typing import Any

import torch
from torch import nn
from torch.nn.parallel import DataParallel, DistributedDataParallel
from torch.optim import LBFGS, Optimizer

from edgewise.nn.inspect import keep_modes, model_device, model_dtype
from edgewise.training import checkpoint
from edgewise.training.data import Batches, Placement, is_in_memory, make_batches
from edgewise.training.distributed import Ranks, average_gradients, local_device, process_group
from edgewise.training.history import History
from edgewise.training.loop import Trainer
from edgewise.training.objective import LossSpec, MetricsSpec, Objective
from edgewise.training.optim import OptimizerSpec, SchedulerSpec, build_optimizer, build_scheduler
from edgewise.training.plan import Plan, Regularizer
from edgewise.training.regrid import prepare

_CONVERTED = {"float32": torch.float32, "float64": torch.float64}
_AUTOCAST = {"bfloat16": torch.bfloat16, "float16": torch.float16}
_SMALLEST_VALIDATION_BATCH = 1024  # Without gradients more rows fit into memory than in training.


def fit(
    model: nn.Module,
    data: Any,
    *,
    val: Any = None,
    optimizer: OptimizerSpec = "adamw",
    steps: int | None = None,
    epochs: int | None = None,
    batch_size: int | None = None,
    lr: float | None = None,
    weight_decay: float | None = None,
    loss: LossSpec = None,
    scheduler: SchedulerSpec = None,
    regularizer: Regularizer | None = None,
    metrics: MetricsSpec = None,
    grid_update_every: int | None = None,
    progress: bool = True,
    generator: torch.Generator | None = None,
    checkpoint_dir: str | os.PathLike[str] | None = None,
    checkpoint_every: int | None = None,
    resume: bool = False,
    device: str | torch.device | None = None,
    precision: str | None = None,
) -> History:
    """Train `model` in place and return the record of the training.

    Ctrl-C ends the run early and returns what was recorded, with ``interrupted=True``. Under
    torchrun, or in a process group that exists already, each process takes its part of every
    batch and the results are those of one process. The gradients are averaged by
    DistributedDataParallel, in which `fit` wraps the model if you did not. Its own wrapper demands
    that every trainable parameter takes part in the loss; otherwise pass
    ``DistributedDataParallel(model, find_unused_parameters=True)``.

    Args:
        model: any module, also in a DistributedDataParallel of your own, which is used as it is.
        data: tensors or numpy arrays ``(x, y)`` with a leading sample dimension, or a re-iterable
            of such batches, e.g. a DataLoader. Floating-point data is converted to the type of
            the model's parameters. With several processes an iterable must give each its own
            part (DistributedSampler).
        val: validation data of the same kinds, evaluated once per row; in a run of more than 100
            steps only every ``steps // 100`` steps and at the end. Each of several processes
            evaluates all of it if it is in memory.
        optimizer: "adamw", "adam", "muon" (matrices by Muon, the rest by AdamW at ``lr / 20``),
            "lbfgs", a torch optimizer, or a callable from the list of parameters to one.
        steps: number of optimizer steps; the history has one row per step.
        epochs: number of passes over the data; one row per epoch. Give either this or `steps`.
        batch_size: samples per batch of in-memory data, over all processes; None means all.
        lr: learning rate of an optimizer given by name; by default 1e-3 for Adam and AdamW, 0.02
            for Muon, 1 for L-BFGS.
        weight_decay: for an optimizer given by name; 0 by default.
        loss: None (cross entropy for integer targets with one dimension less than the
            predictions, else mean squared error), "mse", "cross_entropy", or a callable
            ``(prediction, target) -> scalar`` that averages over the batch.
        scheduler: an LRScheduler of your optimizer, or a callable from the optimizer to one.
            Stepped once per epoch (`epochs`) or step (`steps`), OneCycleLR and CyclicLR at every
            step; ReduceLROnPlateau when its loss, of the validation data if there is any, is known.
        regularizer: callable ``(model, x) -> scalar`` that is added to the loss.
        metrics: "accuracy", a list of names, or a dict of callables
            ``(prediction, target) -> float``; on `val` if given, else on the training batches.
            A classification reports its accuracy by default.
        grid_update_every: steps after which the grids of splines and radial functions move to
            where the activations of the last batch are, with coefficients that keep the functions
            (:func:`edgewise.grids.adapt`); they move less where that would raise the batch's loss
            by more than 1 %, or not at all. Every input gets a grid of its own, and the optimizer
            starts anew with the coefficients that changed. For one process.
        progress: show a progress bar.
        generator: source of the shuffling of in-memory data; by default one is seeded from
            torch's global generator.
        checkpoint_dir: folder for ``checkpoint.safetensors``, which holds all that is needed to
            continue to the same weights, bit for bit.
        checkpoint_every: steps between checkpoints; by default once per epoch, or 20 per run.
        resume: continue from the checkpoint in `checkpoint_dir` if there is one.
        device: where to move model and data; None means the model's device.
        precision: "float32" or "float64" convert the model and the data; "bfloat16" and "float16"
            compute under autocast. None leaves the model as it is.

    Returns:
        The `History`, one row per epoch or step.

    Raises:
        ValueError: arguments, data or a checkpoint that cannot be used; the message says why and
            what to do. Nothing is overwritten.
        NonFiniteLossError: the loss became NaN or infinite; the model is put back to its last
            good state.
    """
    _check_duration(steps, epochs)
    forward, model = model, _bare(model)
    directory = _check_checkpoint(checkpoint_dir, checkpoint_every, resume)
    _check_precision(precision)
    objective = Objective(loss, metrics)
    where = local_device(device) or model_device(model)
    dtype = _CONVERTED.get(precision or "")
    with process_group(where) as ranks, keep_modes(model), torch.enable_grad():
        if isinstance(forward, DistributedDataParallel):
            _check_wrapper(forward, ranks, where, dtype)
        model.to(where, dtype)
        if grid_update_every is not None:
            _prepare_grids(model, grid_update_every, optimizer, ranks)
        place = Placement(where, model_dtype(model))
        batches = make_batches(
            data, batch_size, place, shuffle=True, generator=generator, ranks=ranks
        )
        params = [p for p in model.parameters() if p.requires_grad]
        built = build_optimizer(optimizer, params, lr, weight_decay)
        plan = Plan(
            model=model,
            forward=forward,
            batches=batches,
            validation=None if val is None else _validation(val, batch_size, place),
            objective=objective,
            optimizer=built,
            scheduler=build_scheduler(scheduler, built),
            regularizer=regularizer,
            steps=steps,
            epochs=epochs,
            autocast=_autocast(precision, where),
            scaler=_scaler(precision, where, built),
            ranks=ranks,
            device=where,
            directory=directory,
            checkpoint_every=checkpoint_every,
            grid_update_every=grid_update_every,
            precision=precision,
            progress=progress,
        )
        with (
            _reserve(directory, ranks),
            _free_gradients(params),
            average_gradients(forward, ranks, where) as plan.forward,
        ):
            return _run(plan, resume=resume)


@contextmanager
def _reserve(directory: Path | None, ranks: Ranks) -> Iterator[None]:
    """Lock the folder of checkpoints. The first process does it, and all fail if it can't."""
    with ExitStack() as stack:
        refusal: Exception | None = None
        if directory is not None and ranks.rank == 0:
            try:
                stack.enter_context(checkpoint.reserve(directory))
            except (ValueError, OSError) as error:
                refusal = error
        if ranks.sum(torch.tensor([float(refusal is not None)], device=ranks.device)):
            raise refusal or ValueError(
                f"the first process can't write checkpoints into {directory}: see its error"
            )
        yield


def _run(plan: Plan, *, resume: bool) -> History:
    trainer = Trainer(plan)
    if resume and plan.directory is not None:
        plan.ranks.meet()  # the first process may still be writing at the end of another run
        state = checkpoint.load(plan.directory)
        if state is not None:
            trainer.resume(state, plan.directory / checkpoint.FILE_NAME)
    _check_shared(plan.ranks, trainer.at.step)
    plan.ranks.copy_from_first([*plan.model.parameters(), *plan.model.buffers()])
    try:
        trainer.run()
    except KeyboardInterrupt:
        trainer.interrupt()
    return trainer.history


def _check_shared(ranks: Ranks, step: int) -> None:
    """All processes must start at the same step."""
    first = torch.tensor([step], device=ranks.device)
    ranks.copy_from_first([first])
    if ranks.sum((first != step).long()):
        raise ValueError(
            f"the processes found different checkpoints (this one: step {step}, the first one: "
            f"step {int(first)}): put checkpoint_dir on a file system that all of them share"
        )


@contextmanager
def _free_gradients(params: list[nn.Parameter]) -> Iterator[None]:
    try:
        yield
    finally:
        for parameter in params:
            parameter.grad = None


def _prepare_grids(model: nn.Module, every: int, optimizer: OptimizerSpec, ranks: Ranks) -> None:

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


def _validation(val: Any, batch_size: int | None, place: Placement) -> Batches:
    bounded = batch_size is not None and is_in_memory(val)
    size = max(batch_size or 0, _SMALLEST_VALIDATION_BATCH) if bounded else None
    return make_batches(val, size, place, name="val")


def _autocast(precision: str | None, device: torch.device) -> Any:
    if precision not in _AUTOCAST:
        return nullcontext()
    return torch.autocast(device.type, _AUTOCAST[precision])


def _scaler(
    precision: str | None, device: torch.device, optimizer: torch.optim.Optimizer
) -> torch.amp.GradScaler | None:
    if precision != "float16":
        return None
    if isinstance(optimizer, LBFGS):
        raise ValueError(
            "precision float16 expected an optimizer that evaluates the loss once per step, got "
            'lbfgs: use precision="bfloat16" or another optimizer'
        )
    return torch.amp.GradScaler(device.type)


def _check_duration(steps: int | None, epochs: int | None) -> None:
    if (steps is None) == (epochs is None):
        raise ValueError(
            f"fit expected exactly one of steps and epochs, got steps={steps} and epochs={epochs}: "
            "pass steps=1000 or epochs=10, say"
        )
    name, count = ("steps", steps) if epochs is None else ("epochs", epochs)
    if not isinstance(count, int) or count < 1:
        raise ValueError(f"{name} expected a positive int, got {count!r}")


def _bare(model: nn.Module) -> nn.Module:
    """Take the module to train out of a DistributedDataParallel."""
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


def _check_wrapper(
    wrapper: DistributedDataParallel, ranks: Ranks, device: torch.device, dtype: torch.dtype | None
) -> None:
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


def _check_checkpoint(
    directory: str | os.PathLike[str] | None, every: int | None, resume: bool
) -> Path | None:
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


def _check_precision(precision: str | None) -> None:
    valid = [*_CONVERTED, *_AUTOCAST]
    if precision is not None and precision not in valid:
        raise ValueError(f"precision expected one of {', '.join(valid)} or None, got {precision!r}")
