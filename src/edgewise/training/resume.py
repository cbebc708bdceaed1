"""Capture the state of a training run, and restore it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import torch
from torch.optim import Optimizer

from edgewise.training import checkpoint
from edgewise.training.checkpoint import check_model
from edgewise.training.data import get_rng
from edgewise.training.distributed import Ranks
from edgewise.training.options import Checkpoints
from edgewise.training.recorder import Recorder
from edgewise.training.run import Run

MOMENTS = ("exp_avg", "exp_avg_sq", "max_exp_avg_sq", "momentum_buffer")
"""What optimizers keep of each parameter, in its shape."""


@dataclass
class Position:
    """Where a run is: steps and epochs that are done, and batches of the epoch that isn't."""

    step: int = 0
    epoch: int = 0
    batch: int = 0


def capture(run: Run, at: Position, recorder: Recorder, seconds: float) -> dict[str, Any]:
    """Everything that the rest of the run depends on; the recorder must be flushed.

    All processes take part, because each has its own random state.
    """
    run.ranks.copy_from_first(list(run.model.buffers()))
    mine = get_rng(run.device)
    return {
        "run": _identity(run),
        "model": dict(run.model.state_dict()),
        "optimizer": run.optimizer.state_dict(),
        "scheduler": None if run.scheduler is None else run.scheduler.state_dict(),
        "scaler": None if run.precision.scaler is None else run.precision.scaler.state_dict(),
        "order": run.batches.state(between_epochs=at.batch == 0),
        "rng": {name: run.ranks.gather(state) for name, state in mine.items()},
        "history": recorder.history._state(),
        "row": recorder.state(),
        "position": asdict(at),
        "best": None if run.best is None else run.best.state(),
        "hold": run.hold.state(),
        "seconds": seconds,
    }


NEEDED: dict[str, Any] = {
    **dict.fromkeys(("run", "model", "optimizer", "rng", "history", "row", "position"), dict),
    "order": object,
    "seconds": (int, float),
}
"""What :func:`capture` writes of every run, and what it is."""


class Captured:
    """A state that `capture` returned, whole.

    Attributes:
        at, seconds: where the run is, and how long it took.

    Raises:
        ValueError: it lacks something.
    """

    def __init__(self, state: dict[str, Any], path: Path) -> None:
        self.state, self.path = state, path
        missing = [f"no {name}" for name in NEEDED if name not in state]
        if wrong := missing or [
            f"{name}: {type(state[name]).__name__}"
            for name, kind in NEEDED.items()
            if not isinstance(state[name], kind)
        ]:
            raise self._refusal(wrong)
        counts = state["position"]
        if set(counts) != {f.name for f in fields(Position)}:
            raise self._refusal([f"position of {list(counts)!s:.80}"])
        if not all(type(n) is int and n >= 0 for n in counts.values()):
            raise self._refusal(f"{name}: {n!r:.80}" for name, n in counts.items())
        self.at, self.seconds = Position(**counts), float(state["seconds"])

    def _refusal(self, found: Iterable[str]) -> ValueError:
        return ValueError(
            f"checkpoint {self.path} expected {', '.join(NEEDED)} of a run, got {', '.join(found)}:"
            " it is damaged or of another version; pass another checkpoint_dir"
        )


def restore(run: Run, recorder: Recorder, captured: Captured) -> None:
    """Put a captured state back.

    Args:
        run, recorder: new ones, built with the arguments of the run that was captured.

    Raises:
        ValueError: the state belongs to another model or another kind of run.
    """
    state, path, at = captured.state, captured.path, captured.at
    try:
        _check_identity(state["run"], _identity(run), path)
        check_model(state["model"], run.model, path)
        _restore_parts(run, state)
        if run.continual is not None or run.hold.parts:
            run.hold.restore(state["hold"])
        recorder.step = at.step
        recorder.history._restore(state["history"])
        recorder.restore(state["row"])
        if run.best is not None and state.get("best") is not None:
            run.best.restore(state["best"])
    except (LookupError, TypeError, RuntimeError, AttributeError) as error:
        raise ValueError(
            f"checkpoint {path} does not fit this run ({type(error).__name__}: {error}): resume "
            "with the arguments of the run that wrote it, or pass another checkpoint_dir"
        ) from error


def _identity(run: Run) -> dict[str, Any]:
    """What a resumed run must have in common with the one that wrote the checkpoint."""
    return {
        "unit": "steps" if run.duration.by_step else "epochs",
        "optimizer": type(run.optimizer).__name__,
        "scheduler": None if run.scheduler is None else type(run.scheduler).__name__,
        "precision": run.precision.name,
        "validation": run.validation is not None,
        "continual": None if run.continual is None else run.continual.describe(),
        **run.batches.describe(),
    }


def _check_identity(saved: dict[str, Any], current: dict[str, Any], path: Path) -> None:
    for name in saved | current:
        if saved.get(name) != current.get(name):
            raise ValueError(
                f"checkpoint {path} expected {name} = {saved.get(name)!r}, as in the run that "
                f"wrote it, got {current.get(name)!r}: use the same, or pass another checkpoint_dir"
            )


def _check_types(optimizer: Optimizer, saved: dict[str, Any]) -> None:
    """Loading converts to the parameters' types, which would drop an imaginary part in silence."""
    parameters = [p for group in optimizer.param_groups for p in group["params"]]
    for index, kept in saved["state"].items():
        for name, value in kept.items():
            tensors = value if isinstance(value, list) else [value]
            if any(torch.is_tensor(t) and t.is_complex() for t in tensors) and not (
                parameters[index].is_complex()
            ):
                raise TypeError(f"expected the optimizer's {name} to be real, got complex numbers")


def _check_moments(optimizer: Optimizer) -> None:
    """A fused step reads as many numbers of these as the parameter has, whatever their shape."""
    for parameter, state in optimizer.state.items():
        shapes = dict.fromkeys(MOMENTS, parameter.shape) | {"step": torch.Size([])}
        for name, expected in shapes.items():
            value = state.get(name)
            if torch.is_tensor(value) and (
                value.shape != expected or (value.device != parameter.device and name != "step")
            ):
                raise TypeError(
                    f"expected the optimizer's {name} of shape {tuple(expected)}, got "
                    f"{tuple(value.shape)}"
                )


def _restore_parts(run: Run, state: dict[str, Any]) -> None:
    # The optimizer first: it refuses another layout of parameters before the model changes.
    _check_types(run.optimizer, state["optimizer"])
    try:
        run.optimizer.load_state_dict(state["optimizer"])
    except ValueError as error:  # torch's words for other groups of parameters say no file
        raise TypeError(str(error)) from error
    _check_moments(run.optimizer)
    run.model.load_state_dict(state["model"])
    if run.scheduler is not None:
        run.scheduler.load_state_dict(state["scheduler"])
    if run.precision.scaler is not None:
        run.precision.scaler.load_state_dict(state["scaler"])
    states: dict[str, Any] = state["rng"]
    rank = run.ranks.rank
    run.batches.restore(state["order"], {k: v[rank % len(v)] for k, v in states.items()})


@contextmanager
def reserve_folder(checkpoints: Checkpoints | None, ranks: Ranks) -> Iterator[None]:
    """Lock the folder of checkpoints. The first process does it, and all fail if it can't."""
    with ExitStack() as stack:
        refusal: Exception | None = None
        if checkpoints is not None and ranks.rank == 0:
            try:
                stack.enter_context(checkpoint.reserve(checkpoints.folder))
            except (ValueError, OSError) as error:
                refusal = error
        if ranks.sum(torch.tensor([float(refusal is not None)], device=ranks.device)):
            raise refusal or ValueError(
                "the first process can't write checkpoints into its checkpoint_dir: see its error"
            )
        yield


def read_checkpoint(checkpoints: Checkpoints | None, ranks: Ranks) -> Captured | None:
    """The state of the run that goes on; None if a new one begins."""
    if checkpoints is None or not checkpoints.resume:
        return None
    ranks.meet()  # the first process may still be writing at the end of another run
    state = checkpoint.load(checkpoints.folder)
    return None if state is None else Captured(state, checkpoints.folder / checkpoint.FILE_NAME)
