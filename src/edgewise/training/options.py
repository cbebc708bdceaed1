"""Options of `fit` that belong together, the keywords for their fields, and other programs' names.

`fit` takes each option as an object or by the keywords of ``_KEYWORDS``; :func:`gather` is the one
place where keywords become objects.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypedDict

import torch

from edgewise._checks import check_flags, read_count
from edgewise.nn.arguments import in_pykan, read_seed


def _read_counts(options: Any, **names: str) -> None:
    """Make Python's integers of fields that count something, where they aren't None.

    Args:
        names: what `fit` calls each field.
    """
    for field, name in names.items():
        value = getattr(options, field)
        if value is not None:
            object.__setattr__(options, field, read_count("fit", name, value, 1))


@dataclass(frozen=True)
class Duration:
    """How long a run is: so many optimizer steps, or so many epochs."""

    steps: int | None
    epochs: int | None

    def __post_init__(self) -> None:
        if (self.steps is None) == (self.epochs is None):
            raise ValueError(
                f"fit expected exactly one of steps and epochs, got steps={self.steps} and "
                f"epochs={self.epochs}: pass steps=1000 or epochs=10, say"
            )
        _read_counts(self, steps="steps", epochs="epochs")

    @property
    def by_step(self) -> bool:
        """Whether it is counted in steps."""
        return self.steps is not None

    def is_over(self, step: int, epoch: int) -> bool:
        """Whether a run that has done so much is at its end."""
        return step >= self.steps if self.steps is not None else epoch >= (self.epochs or 0)

    def count_steps(self, batches: int | None) -> int | None:
        """The steps of the whole run with so many batches an epoch; None if nobody knows."""
        return self.steps if batches is None or self.epochs is None else self.epochs * batches

    def is_evaluation_due(self, step: int) -> bool:
        """Whether validation data are looked at: every epoch, or about 100 times in a run."""
        if self.steps is None:
            return True
        return step % max(1, self.steps // 100) == 0 or step == self.steps


@dataclass(frozen=True)
class Batching:
    """How `fit` divides data in memory into batches: ``fit(…, batching=Batching(64))``.

    Args:
        size: rows of a batch, over all processes; None means all of them.
        seed: of the shuffling, a whole number or a generator; None draws one from torch's global
            generator.

    Raises:
        ValueError: the size is no positive integer.
        TypeError: the seed is something else.

    Example:
        >>> import torch, edgewise as ew
        >>> x, model = torch.linspace(-1, 1, 50)[:, None], ew.KAN([1, 1])
        >>> batching = ew.training.Batching(25, seed=0)
        >>> ew.fit(model, x, x, epochs=2, batching=batching, progress=False).step
        [2, 4]
    """

    size: int | None = None
    seed: int | torch.Generator | None = None

    def __post_init__(self) -> None:
        _read_counts(self, size="batch_size")
        self.generator()

    def generator(self) -> torch.Generator | None:
        """The source of the order; None if none was asked for."""
        return read_seed("fit", self.seed, "cpu")


@dataclass(frozen=True)
class Stopping:
    """When `fit` stops early, with the weights of the best evaluation of ``val``.

    Args:
        patience: stop after so many evaluations without a better one, and leave the model with the
            weights of the best (``history.best_step``), also if training ends otherwise.
        monitor: what is compared: "loss", or the name of a metric.

    Raises:
        ValueError: the patience is no positive integer; in `fit`, there is no validation data, or
            the metric isn't one of those that are computed.

    Example:
        >>> import torch, edgewise as ew
        >>> x = torch.linspace(-1, 1, 60)[:, None]
        >>> history = ew.fit(
        ...     ew.KAN([1, 1]), x[::2], x[::2], val=(x[1::2], x[1::2]), steps=300, metrics="r2",
        ...     stopping=ew.training.Stopping(patience=5, monitor="r2"), progress=False,
        ... )
        >>> history.best_step <= history.step[-1] <= 300
        True
    """

    patience: int
    monitor: str | None = None

    def __post_init__(self) -> None:
        if self.patience is None:
            raise ValueError(
                f"monitor expected a patience, got monitor={self.monitor!r} alone: pass "
                "patience=10, say"
            )
        _read_counts(self, patience="patience")


@dataclass(frozen=True)
class Checkpoints:
    """Where and how often `fit` keeps what it needs to continue to the same weights, bit for bit.

    Args:
        directory: a folder of its own for every run, for ``checkpoint.safetensors``.
        every: steps between checkpoints; None is once per epoch, or 20 times in a run of steps.
        resume: continue from the checkpoint in the folder, if there is one.

    Raises:
        ValueError: an argument is of no use; in `fit`, the folder holds the checkpoint of another
            run, or is in use by one.

    Example:
        >>> import tempfile, torch, edgewise as ew
        >>> x, folder = torch.linspace(-1, 1, 50)[:, None], tempfile.mkdtemp()
        >>> def run(steps):
        ...     torch.manual_seed(0)
        ...     kept = ew.training.Checkpoints(folder, resume=True)
        ...     return ew.fit(ew.KAN([1, 1]), x, x, steps=steps, checkpoints=kept, progress=False)
        >>> len(run(2)), len(run(3))  # the second goes on where the first ended
        (2, 3)
    """

    directory: str | os.PathLike[str]
    every: int | None = None
    resume: bool = False

    def __post_init__(self) -> None:
        _read_counts(self, every="checkpoint_every")
        check_flags("fit", resume=self.resume)
        if self.directory is None:
            raise ValueError(
                "resume and checkpoint_every expected a checkpoint_dir, got None: say where the "
                "checkpoint is"
            )

    @property
    def folder(self) -> Path:
        """The folder as a path."""
        return Path(self.directory)

    def interval(self, duration: Duration) -> int | None:
        """Steps between two checkpoints; None means at the end of each epoch."""
        default = None if duration.steps is None else max(1, duration.steps // 20)
        return self.every or default


class Keywords(TypedDict, total=False):
    """Fields of the options as keywords of `fit`."""

    batch_size: int | None
    seed: int | torch.Generator | None
    patience: int | None
    monitor: str | None
    checkpoint_dir: str | os.PathLike[str] | None
    checkpoint_every: int | None
    resume: bool


_KINDS: Mapping[str, Any] = {
    "batching": Batching,
    "stopping": Stopping,
    "checkpoints": Checkpoints,
}
_KEYWORDS: Mapping[str, tuple[str, str]] = {
    "batch_size": ("batching", "size"),
    "seed": ("batching", "seed"),
    "patience": ("stopping", "patience"),
    "monitor": ("stopping", "monitor"),
    "checkpoint_dir": ("checkpoints", "directory"),
    "checkpoint_every": ("checkpoints", "every"),
    "resume": ("checkpoints", "resume"),
}


@dataclass(frozen=True)
class Options:
    """The options of a run; None where none was asked for."""

    batching: Batching
    stopping: Stopping | None
    checkpoints: Checkpoints | None


def gather(given: Mapping[str, Any], **options: Any) -> Options:
    """The options that `fit` was given, by themselves or by the keywords for their fields."""
    collected: dict[str, dict[str, Any]] = {name: {} for name in _KINDS}
    for keyword, value in given.items():
        if keyword not in _KEYWORDS:
            raise TypeError(f"fit() got an unexpected keyword argument {keyword!r}")
        if value is None or value is False:
            continue
        option, field = _KEYWORDS[keyword]
        if options[option] is not None or field in collected[option]:
            raise ValueError(
                f"fit expected {option}= or keywords for its fields, each once, got {keyword}= as "
                f"well: it is {_KINDS[option].__name__}({field}=…)"
            )
        collected[option][field] = value
    for name, kind in _KINDS.items():
        if options[name] is not None and not isinstance(options[name], kind):
            raise TypeError(
                f"fit expected {name} to be {kind.__name__}(…) or None, got "
                f"{type(options[name]).__name__}"
            )
        if collected[name]:
            first = fields(kind)[0].name  # what says that something is missing if it is None
            options[name] = kind(**{first: None, **collected[name]})
    return Options(options["batching"] or Batching(), options["stopping"], options["checkpoints"])


_SPARSITY = "regularizer=Sparsity(1e-3, …)"
_GRIDS = "grid_update_every="
_PICTURES = "callbacks=, a function that draws,"
FOREIGN_NAMES: Mapping[str, str | tuple[str, str]] = {
    **in_pykan(
        "fit",
        {
            "dataset": "the tensors x, y",
            "opt": "optimizer=",
            **dict.fromkeys(("log", "display_metrics"), "progress="),
            "lamb": "regularizer=Sparsity(1e-3)",
            **dict.fromkeys(("lamb_l1", "lamb_entropy", "lamb_coef", "lamb_coefdiff"), _SPARSITY),
            "reg_metric": "regularizer=Sparsity(1e-3, metric=…)",
            **dict.fromkeys(("update_grid", "grid_update_num"), _GRIDS),
            **dict.fromkeys(("start_grid_update_step", "stop_grid_update_step"), _GRIDS),
            "loss_fn": "loss=",
            "batch": "batch_size=",
            **dict.fromkeys(("save_fig", "save_fig_freq", "img_folder"), _PICTURES),
            **dict.fromkeys(("in_vars", "out_vars", "beta"), _PICTURES),
            **dict.fromkeys(
                ("singularity_avoiding", "y_th"), "nothing: functions are finite everywhere;"
            ),
        },
    ),
    "criterion": "loss=",
    "learning_rate": "lr=",
    **dict.fromkeys(("num_epochs", "n_epochs", "max_epochs"), "epochs="),
    "max_steps": "steps=",
    "verbose": "progress=",
    "validation_data": "val=",
    "early_stopping": "patience=",
    "clip_grad_norm": "max_grad_norm=",
    "sample_weights": "sample_weight=",
}
"""What pykan, Keras and others call the arguments of `fit`."""
