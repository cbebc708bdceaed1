"""`fit`: checks what it is given, builds the run, and returns its history."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from time import perf_counter
from typing import TYPE_CHECKING, Any

import torch
from torch import nn
from torch.nn.parallel import DistributedDataParallel

from edgewise._checks import check_settings, read_count
from edgewise._derivatives import check_weights
from edgewise._threads import patient_threads
from edgewise.nn.arguments import explain_names, renamed
from edgewise.nn.inspect import keep_modes, model_device, model_dtype
from edgewise.nn.settling import settle
from edgewise.training import checkpoint
from edgewise.training.best import build_best
from edgewise.training.continual import Continual, check_continual
from edgewise.training.data import Batches, make_batches
from edgewise.training.distributed import (
    Ranks,
    average_gradients,
    check_wrapper,
    local_device,
    module_to_train,
    process_group,
)
from edgewise.training.evaluate import evaluate_batches
from edgewise.training.frozen_parameters import Hold, find_parts
from edgewise.training.history import History
from edgewise.training.inputs import Placement, holds_batches, is_in_memory, pair
from edgewise.training.loop import Trainer
from edgewise.training.objective import LossSpec, MetricsSpec, Objective
from edgewise.training.optim import (
    OptimizerSpec,
    SchedulerSpec,
    build_optimizer,
    build_scheduler,
    check_clipping,
    find_decaying,
)
from edgewise.training.options import (
    FOREIGN_NAMES,
    Batching,
    Checkpoints,
    Duration,
    Keywords,
    Stopping,
    gather,
)
from edgewise.training.precision import Precision, find_dtype
from edgewise.training.regrid import prepare_grids
from edgewise.training.resume import Captured, read_checkpoint, reserve_folder
from edgewise.training.row_steps import RowSteps, check_least_squares, is_by_rows
from edgewise.training.run import Callback, Regularizer, Run, list_callbacks
from edgewise.training.standardised_inputs import meet_rows
from edgewise.training.target_units import TargetUnits, steps_in_units

if TYPE_CHECKING:
    from typing_extensions import Unpack

_SMALLEST_VALIDATION_BATCH = 1024  # Without gradients more rows fit into memory than in training.


@explain_names("fit", FOREIGN_NAMES)
@renamed(generator="seed")
@torch.inference_mode(False)
def fit(
    model: nn.Module,
    data: Any,
    y: Any = None,
    *,
    sample_weight: Any = None,
    val: Any = None,
    optimizer: OptimizerSpec = "adamw",
    steps: int | None = None,
    epochs: int | None = None,
    batching: Batching | None = None,
    lr: float | None = None,
    weight_decay: float | None = None,
    loss: LossSpec = None,
    scheduler: SchedulerSpec = None,
    regularizer: Regularizer | None = None,
    metrics: MetricsSpec = None,
    stopping: Stopping | None = None,
    max_grad_norm: float | None = None,
    callbacks: Callback | Sequence[Callback] | None = None,
    grid_update_every: int | None = None,
    progress: bool = True,
    checkpoints: Checkpoints | None = None,
    device: str | torch.device | None = None,
    precision: str | None = None,
    continual: Continual | None = None,
    **keywords: Unpack[Keywords],
) -> History:
    """Train `model` in place and return the record of the training.

    Ctrl-C ends the run early and returns what was recorded, with ``interrupted=True``. Errors of
    functions that you pass come through as they are. After either the model has the weights of the
    last whole step. Under torchrun, or in a process group that exists already, each process takes
    its part of every batch and the results are those of one process. The gradients are averaged by
    DistributedDataParallel, in which `fit` wraps the model if you did not. Its own wrapper demands
    that every trainable parameter takes part in the loss; otherwise pass
    ``DistributedDataParallel(model, find_unused_parameters=True)``.

    A KAN is made for inputs near its grid and targets near 1. An ``OutsideWarning`` says where not:

    - More than a tenth of the data in memory lie so far outside of the first layer's grid that all
      of its functions are below 0.1 there, or would be without linear tails. If it is more than
      half, and the layer is as `KAN` made it (the published networks are not touched), its grid
      moves to the data and its base activation is removed.
    - Other rows have made the map that standardises the inputs: a tenth of an input's values are
      further from its mean than 4 deviations, or no input spreads by a twentieth of one.
    - An input has heavy tails: half of its values share a sixtieth of the grid.
    - Targets spread more than 20 times as far as the outputs, and by more than 20; or less than a
      tenth as far, and by less than 0.1. The last layer of a network as `KAN` made it therefore
      gets a `coef_scale` of their size, and begins at their mean.
    - A third or more of a layer's functions get no data in a tenth of the run or 100 steps.

    For targets that spread by more than 20, or by less than 0.1, an optimizer given by name takes
    its steps in units of their deviation, as if they had been scaled.
    An output also begins at its targets' mean if a constant is two thirds or more of its mean
    squared error. `KAN.for_data` makes a network that needs none of this, and `grid_update_every`
    moves grids. With `continual` nothing is moved.

    Edges and biases that :func:`~edgewise.surgery.freeze` holds, and constants of a symbolic
    network that are exact or held, stay as they are to the last bit, whatever the optimizer's
    momentum or weight decay. Grids of layers with a frozen edge aren't moved.

    Args:
        model: any module, also in a DistributedDataParallel of your own, which is used as it is.
        data: ``(x, y)``, tensors, numpy arrays, or pandas frames and series with a leading sample
            dimension; or a re-iterable of such batches, e.g. a DataLoader. Dicts with "x" and "y"
            (or "input" and "label", …) do as well, and ``(x, y, weight)``. Floating-point data is
            converted to the type of the model's parameters. All batches hold the same kind of
            targets, numbers, classes or booleans. With several processes an iterable
            must give each its own part (DistributedSampler).
        y: the targets, if `data` is x alone; lists do as well then. Booleans are classes.
        sample_weight: the weight of each row's loss, a number of at least 0, beside x and y.
            Weights are divided by their mean, except those that come in batches.
        val: validation data of the same kinds, evaluated once per row; in a run of more than 100
            steps only every ``steps // 100`` steps and at the end. Each of several processes
            evaluates all of it if it is in memory.
        optimizer: "adamw", "adam", "muon" (matrices by Muon, the rest by AdamW at ``lr / 20``),
            "lbfgs", "gauss-newton" (damped least squares on the rows of each batch, for
            ``loss="mse"``), "sgd" (momentum 0.9), a torch optimizer, or a callable from the list of
            parameters to one. Names in any case.
        steps: number of optimizer steps; the history has one row per step.
        epochs: number of passes over the data; one row per epoch. Give either this or `steps`.
        batching: the batches of data in memory, :class:`~edgewise.training.Batching`; None means
            all rows in one. Its fields by themselves are ``batch_size`` and ``seed``.
        lr: learning rate of an optimizer given by name; by default 3e-3 for Adam and AdamW, 0.02
            for Muon, 1 for L-BFGS, 0.01 for SGD.
        weight_decay: for an optimizer given by name; 0 by default. It acts on coefficients and
            weights, not on biases, scales, grids and norms: see :func:`parameter_groups`.
        loss: None (cross entropy for integer targets with one dimension less than the
            predictions, "bce" for other booleans, else mean squared error), "mse", "mae",
            "huber", "bce" (binary cross entropy of one logit), "cross_entropy", or a callable
            ``(prediction, target) -> scalar`` that averages over the batch, and takes a third
            argument if there are weights.
        scheduler: an LRScheduler of your optimizer, or a callable from the optimizer to one.
            Stepped once per epoch (`epochs`) or step (`steps`), OneCycleLR and CyclicLR at every
            step; ReduceLROnPlateau when its loss, of the validation data if there is any, is known.
        regularizer: a callable ``(model, x) -> scalar`` that is added to the loss, such as
            :class:`Sparsity` or :class:`Smoothness`, or several of them.
        metrics: "accuracy", "r2", "mse", "mae", "rmse", a list of names, or a dict of callables
            ``(prediction, target) -> float``; on `val` if given, else on the training batches,
            whose values are averaged. Weights don't count. A classification reports its accuracy
            by default.
        stopping: when to stop early, :class:`~edgewise.training.Stopping`; None means never. Its
            fields by themselves are ``patience`` and ``monitor``.
        max_grad_norm: the gradients of all parameters together are scaled down to this norm if
            theirs is greater.
        callbacks: a function ``(model, history)`` or several, called after every row of the
            history; training ends when one returns True; nothing else that they return counts.
        grid_update_every: steps after which the grids of splines and radial functions move to
            where the activations of the last batch are, with coefficients that keep the functions
            (:func:`edgewise.grids.adapt`); they move less where that would raise the batch's loss
            by more than 1 %, or not at all. Every input gets a grid of its own, and the optimizer
            starts anew with the coefficients that changed. For one process.
        progress: show a progress bar.
        checkpoints: where and how often to keep the run, and whether to resume it,
            :class:`~edgewise.training.Checkpoints`; None means not at all. Its fields by themselves
            are ``checkpoint_dir``, ``checkpoint_every`` and ``resume``.
        device: where to move model and data; None means the model's device.
        precision: "float32" or "float64" convert the model and the data; "bfloat16" and "float16"
            compute under autocast. None leaves the model as it is.
        continual: keeps what earlier data taught: :class:`Frozen`, :class:`Anchored` or
            :class:`Moments`, with the memory that the run before left in ``history.memory``, or
            None for the first data. It works with every optimizer, for one process, and without
            grid_update_every. To resume, pass what the run was started with.
        **keywords: fields of `batching`, `stopping` and `checkpoints` by themselves, such as
            ``batch_size=64``.

    Returns:
        The `History`, one row per epoch or step.

    Raises:
        ValueError: arguments, data or a checkpoint that cannot be used; the message says why and
            what to do. Nothing is overwritten.
        OSError: a checkpoint can't be written, on a full disk say; the earlier one stays, and the
            model has the weights of the last step.
        TypeError: an argument has a name that isn't ours; of one of another program the message
            says what it is here.
        NonFiniteLossError: the loss became NaN or infinite, that of the weights which the run
            ends with included; the model is put back to its last good state.

    Example:
        >>> import torch, edgewise as ew
        >>> x = torch.rand(200, 2, generator=torch.Generator().manual_seed(0))
        >>> y = x[:, :1] * x[:, 1:]
        >>> model = ew.KAN([2, 5, 1], seed=0)
        >>> history = ew.fit(
        ...     model, x[:150], y[:150], val=(x[150:], y[150:]), optimizer="LBFGS", steps=20,
        ...     metrics="r2", patience=10, progress=False,
        ... )
        >>> history.metrics["r2"][history.best_step - 1] > 0.99
        True
    """
    duration = Duration(steps, epochs)
    if grid_update_every is not None:
        grid_update_every = read_count("fit", "grid_update_every", grid_update_every, 1)
    check_continual(continual, grid_update_every)
    check_settings("fit", device, progress=progress)
    check_weights("fit", model)
    forward, model = model, module_to_train(model)
    options = gather(keywords, batching=batching, stopping=stopping, checkpoints=checkpoints)
    if options.checkpoints is not None:
        checkpoint.check_free(options.checkpoints)
    dtype = find_dtype(precision)
    data = pair(data, y, sample_weight)
    if y is not None and isinstance(val, tuple) and not holds_batches(val):
        val = pair(*val)  # Where x and y may be lists, so may these.
    objective = Objective(loss, metrics)
    if is_by_rows(optimizer):
        check_least_squares(
            loss, regularizer=regularizer, max_grad_norm=max_grad_norm, continual=continual,
            precision=None if precision in ("float32", "float64") else precision,
        )  # fmt: skip
    best = build_best(model, options.stopping, objective, val is not None)
    listed = list_callbacks(callbacks)
    where = local_device(device) or model_device(model)
    with (
        process_group(where) as ranks,
        keep_modes(model),
        patient_threads(),
    ):
        if isinstance(forward, DistributedDataParallel):
            check_wrapper(forward, ranks, where, dtype)
        resumed = read_checkpoint(options.checkpoints, ranks)  # before anything is changed
        model.to(where, dtype)
        if grid_update_every is not None:
            prepare_grids(model, optimizer, ranks)
        place = Placement(where, model_dtype(model))
        batches = make_batches(data, options.batching, place, shuffle=True, ranks=ranks)
        units = TargetUnits()
        if forward is model:
            moves_grids, in_tasks = grid_update_every is not None, continual is not None
            units = meet_rows(model, batches, loss, optimizer, moves_grids, in_tasks)
        params = [p for p in model.parameters() if p.requires_grad]
        built = build_optimizer(optimizer, params, lr, weight_decay, find_decaying(model))
        check_clipping(max_grad_norm, built)
        run = Run(
            model=model,
            forward=forward,
            params=params,
            duration=duration,
            batches=batches,
            validation=None if val is None else _validation(val, options.batching, place),
            review=None if continual is None else _review(data, place),
            objective=objective,
            optimizer=built,
            scheduler=build_scheduler(scheduler, built),
            regularizer=regularizer,
            best=best,
            max_grad_norm=max_grad_norm,
            callbacks=listed,
            precision=Precision.of(precision, where, built),
            ranks=ranks,
            device=where,
            checkpoints=options.checkpoints,
            grid_update_every=grid_update_every,
            progress=progress,
            continual=continual,
            by_rows=RowSteps(model, objective, built, units) if is_by_rows(optimizer) else None,
            in_units=bool(units.sizes),
        )
        run = replace(run, hold=_find_held(run))
        with (
            reserve_folder(options.checkpoints, ranks),
            _free_gradients(params),
            average_gradients(forward, ranks, where) as averaged,
            steps_in_units(built, units),
        ):
            return _train(replace(run, forward=averaged), resumed)


def _train(run: Run, resumed: Captured | None) -> History:
    trainer = Trainer(run)
    if resumed is not None:
        trainer.resume(resumed)
    _check_shared(run.ranks, trainer.at.step)
    run.ranks.copy_from_first([*run.model.parameters(), *run.model.buffers()])
    try:
        if not run.hold.solves:
            trainer.train()
    except KeyboardInterrupt:
        trainer.interrupt()
    if run.continual is not None and run.review is not None:
        _learn(run, run.continual, run.review, trainer.history)
    return trainer.history


def _learn(run: Run, continual: Continual, review: Batches, history: History) -> None:
    """Let the option look at the data once more, with the weights that the run ends with."""
    began = perf_counter()
    run.model.eval()
    settle(run.model)  # what is remembered is of inputs as they are mapped now
    history.memory = continual.learn(run.model, review, run.objective)
    if not run.hold.solves:
        return
    judged = [review, *([] if run.validation is None else [run.validation])]
    results = [
        evaluate_batches(run.model, batches, run.objective, run.precision.autocast, run.ranks)
        for batches in judged
    ]
    losses = [result.pop("loss") for result in results]
    row = {"step": 0, "epoch": 0, "loss": losses[0], "regularization": 0.0, "lr": 0.0}
    row |= {"val_loss": losses[1] if len(losses) > 1 else math.nan}
    history._append(row | {"seconds": perf_counter() - began}, results[-1])


def _find_held(run: Run) -> Hold:
    """What the run may not move; ValueError where `continual` can't work, or nothing would move."""
    hold, parts = Hold(), find_parts(run.model)
    if run.continual is not None and run.review is not None:
        if run.ranks.size > 1:
            raise ValueError(
                f"continual expected one process, got {run.ranks.size}: start without torchrun"
            )
        hold = run.continual.hold(run.model, run.review, run.objective)
        if hold.solves and run.checkpoints is not None:
            raise ValueError(
                f"continual={run.continual.name}(memory) expected no checkpoint_dir, because it "
                "solves in one pass what others train: leave it out, and keep history.memory by "
                "memory.save(path)"
            )
    if parts and hold.solves:
        raise ValueError(
            "continual=Moments(memory) expected a model without frozen edges, because it solves "
            "the last layer anew: call edgewise.surgery.unfreeze(model) first"
        )
    still = {id(p) for p, free in parts if not free.any()}
    if parts and all(id(p) in still for p in run.params):
        raise ValueError(
            "fit expected a model with something to train, got one that is all frozen: call "
            "edgewise.surgery.unfreeze(model, layer) first"
        )
    return replace(hold, parts=parts)


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


def _validation(val: Any, batching: Batching, place: Placement) -> Batches:
    bounded = batching.size is not None and is_in_memory(val)
    size = max(batching.size or 0, _SMALLEST_VALIDATION_BATCH) if bounded else None
    return make_batches(val, Batching(size), place, name="val")


def _review(data: Any, place: Placement) -> Batches:
    """The training data once more, in order and a few rows at a time."""
    size = _SMALLEST_VALIDATION_BATCH if is_in_memory(data) else None
    return make_batches(data, Batching(size), place)
