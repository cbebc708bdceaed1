"""The state of a training run, out of it and back into it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from edgewise.training.checkpoint import check_model
from edgewise.training.data import get_rng
from edgewise.training.plan import Plan

if TYPE_CHECKING:
    from edgewise.training.loop import Trainer


def capture(trainer: Trainer) -> dict[str, Any]:
    """Everything that the rest of the run depends on; the recorder must be flushed.

    All processes take part, because each has its own random state.
    """
    plan = trainer.plan
    plan.ranks.copy_from_first(list(plan.model.buffers()))
    mine = get_rng(plan.device)
    return {
        "run": _identity(plan),
        "model": dict(plan.model.state_dict()),
        "optimizer": plan.optimizer.state_dict(),
        "scheduler": None if plan.scheduler is None else plan.scheduler.state_dict(),
        "scaler": None if plan.scaler is None else plan.scaler.state_dict(),
        "order": plan.batches.state(between_epochs=trainer.batch == 0),
        "rng": {name: plan.ranks.gather(state) for name, state in mine.items()},
        "history": trainer.history._state(),
        "row": trainer.recorder.state(),
        "position": {"step": trainer.step, "epoch": trainer.epoch, "batch": trainer.batch},
        "seconds": trainer.seconds(),
    }


def restore(trainer: Trainer, state: dict[str, Any], path: Path) -> None:
    """Make `trainer` continue from a captured state.

    Args:
        trainer: a new one, built with the arguments of the run that was captured.
        state: what `capture` returned.
        path: where it was read from, for messages.

    Raises:
        ValueError: the state belongs to another model or another kind of run.
    """
    try:
        _check_identity(state["run"], _identity(trainer.plan), path)
        check_model(state["model"], trainer.plan.model, path)
        _restore_parts(trainer.plan, state)
        _restore_position(trainer, state)
    except (KeyError, TypeError, RuntimeError, AttributeError, IndexError) as error:
        raise ValueError(
            f"checkpoint {path} does not fit this run ({type(error).__name__}: {error}): resume "
            "with the arguments of the run that wrote it, or pass another checkpoint_dir"
        ) from error


def _identity(plan: Plan) -> dict[str, Any]:
    """What a resumed run must have in common with the one that wrote the checkpoint."""
    return {
        "unit": "epochs" if plan.steps is None else "steps",
        "optimizer": type(plan.optimizer).__name__,
        "scheduler": None if plan.scheduler is None else type(plan.scheduler).__name__,
        "precision": plan.precision,
        "validation": plan.validation is not None,
        **plan.batches.describe(),
    }


def _check_identity(saved: dict[str, Any], current: dict[str, Any], path: Path) -> None:
    for name in saved | current:
        if saved.get(name) != current.get(name):
            raise ValueError(
                f"checkpoint {path} expected {name} = {saved.get(name)!r}, as in the run that "
                f"wrote it, got {current.get(name)!r}: use the same, or pass another checkpoint_dir"
            )


def _restore_parts(plan: Plan, state: dict[str, Any]) -> None:
    # The optimizer first: it refuses another layout of parameters before the model changes.
    plan.optimizer.load_state_dict(state["optimizer"])
    plan.model.load_state_dict(state["model"])
    if plan.scheduler is not None:
        plan.scheduler.load_state_dict(state["scheduler"])
    if plan.scaler is not None:
        plan.scaler.load_state_dict(state["scaler"])
    states: dict[str, Any] = state["rng"]
    rank = plan.ranks.rank
    plan.batches.restore(state["order"], {k: v[rank % len(v)] for k, v in states.items()})


def _restore_position(trainer: Trainer, state: dict[str, Any]) -> None:
    position = state["position"]
    trainer.step, trainer.epoch = position["step"], position["epoch"]
    trainer.batch = position["batch"]
    trainer.seconds_before = state["seconds"]
    trainer.saved_step = trainer.recorder.step = trainer.step
    trainer.history._restore(state["history"])
    trainer.recorder.restore(state["row"])
