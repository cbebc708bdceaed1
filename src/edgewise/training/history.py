"""`History`: the record of a training run, a row for each epoch or step, with a figure."""

from __future__ import annotations

import base64
import csv
import html
import io
import math
import os
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from edgewise._files import write_text
from edgewise._shown import shown_as_text
from edgewise.charts.chart import Axis, Chart
from edgewise.charts.marks import Line
from edgewise.charts.scales import STRAIGHT, Ruler, choose_scale
from edgewise.charts.style import BLUE, ORANGE, PALETTE, figure_class, save_figure
from edgewise.training.memory import Memory

if TYPE_CHECKING:
    import pandas
    from matplotlib.figure import Figure

_MOST_COLUMNS = 3
"""Panels beside each other in a figure."""
_COLUMNS = ("step", "epoch", "loss", "val_loss", "regularization", "lr", "seconds")


@shown_as_text
@dataclass
class History:
    """Record of a training run: lists of equal length, one entry per row.

    `fit` adds one row per epoch (``epochs=``) or per step (``steps=``).

    Attributes:
        step: optimizer steps done when the row was recorded.
        epoch: epochs finished (``epochs=``), or the epoch the step belongs to, counted from 1.
        loss: the minimised objective, regularizer included, averaged over the row's samples.
        val_loss: loss on the validation data; NaN where it was not evaluated.
        regularization: the part of `loss` that the regularizer contributed; 0 without one.
        lr: learning rate of the first parameter group.
        seconds: wall-clock seconds of training so far, summed over resumed runs.
        metrics: one list per metric; NaN where it was not evaluated.
        interrupted: True if Ctrl-C ended the run early.
        by_epoch: whether a row is an epoch (True) or a step (False).
        best_step: with ``patience=``, the step whose weights the model has at the end; else None.
        memory: with ``continual=``, what the next run has to know about this one's data; else None.

    Example:
        >>> import torch, edgewise as ew
        >>> x = torch.linspace(-1, 1, 50)[:, None]
        >>> model = ew.KAN([1, 1], seed=0)
        >>> history = ew.fit(model, x, x**2, optimizer="lbfgs", steps=5, progress=False)
        >>> history.step, history.loss[-1] < history.loss[0]
        ([1, 2, 3, 4, 5], True)
    """

    step: list[int] = field(default_factory=list)
    epoch: list[int] = field(default_factory=list)
    loss: list[float] = field(default_factory=list)
    val_loss: list[float] = field(default_factory=list)
    regularization: list[float] = field(default_factory=list)
    lr: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    metrics: dict[str, list[float]] = field(default_factory=dict)
    interrupted: bool = False
    by_epoch: bool = False
    best_step: int | None = None
    memory: Memory | None = None

    def __len__(self) -> int:
        return len(self.step)

    def __str__(self) -> str:
        if not len(self):
            return "no steps"
        done = f"{self.epoch[-1]} epochs" if self.by_epoch else f"{self.step[-1]} steps"
        last = {"loss": self.loss, "val_loss": self.val_loss} | self.metrics
        known = {name: column[-1] for name, column in last.items() if column}
        told = [f"{name} {value:.4g}" for name, value in known.items() if not math.isnan(value)]
        stopped = ", interrupted" if self.interrupted else ""
        return f"{', '.join(told)} after {done}, {self.seconds[-1]:.1f} s{stopped}"

    def _repr_html_(self) -> str:
        """The last row in words, and the curves where matplotlib is installed."""
        told = f"<pre>{html.escape(str(self))}</pre>"
        if not len(self) or find_spec("matplotlib") is None:
            return told
        content = io.BytesIO()
        self.plot().savefig(content, format="png", bbox_inches="tight")
        data = base64.b64encode(content.getvalue()).decode()
        return f'{told}<img alt="Loss curves" src="data:image/png;base64,{data}">'

    def _append(self, row: dict[str, Any], metrics: dict[str, float]) -> None:
        for name in _COLUMNS:
            getattr(self, name).append(row[name])
        for name, value in metrics.items():
            column = self.metrics.setdefault(name, [])
            # A metric that appears late (a resumed run with a new one) still lines up.
            column.extend([math.nan] * (len(self) - 1 - len(column)))
            column.append(value)

    def _columns(self) -> dict[str, list[Any]]:
        columns = {name: getattr(self, name) for name in _COLUMNS}
        padded = {k: v + [math.nan] * (len(self) - len(v)) for k, v in self.metrics.items()}
        return columns | padded

    def to_dataframe(self) -> pandas.DataFrame:
        """The history as a pandas DataFrame, one column per list.

        Raises:
            ImportError: pandas is not installed.
        """
        try:
            import pandas as pd
        except ImportError as error:
            raise ImportError(
                "History.to_dataframe needs pandas, which is not installed: "
                "run `pip install edgewise[data]`, or use History.to_csv"
            ) from error
        return pd.DataFrame(self._columns())

    def to_csv(self, path: str | os.PathLike[str]) -> None:
        """Write the history to `path` as comma-separated values, all of it or nothing.

        Args:
            path: file to create or replace; its folder must exist.
        """
        columns = self._columns()
        stream = io.StringIO()
        writer = csv.writer(stream)
        writer.writerow(columns)
        writer.writerows(zip(*columns.values(), strict=True))
        write_text(path, stream.getvalue())

    def plot(self, path: str | os.PathLike[str] | None = None) -> Figure:
        """Draw the loss curves and beside them each metric, on axes of its own.

        Args:
            path: where to save the figure as well (the suffix picks the format), or None.

        Returns:
            A matplotlib Figure. No pyplot state is touched.

        Raises:
            ImportError: matplotlib is not installed.
            ValueError: the history has no rows.
        """
        new_figure = figure_class("History.plot")
        if not len(self):
            raise ValueError("History.plot expected at least one row, got none: train first")
        panels = 1 + len(self.metrics)
        columns = min(panels, _MOST_COLUMNS)
        rows = -(-panels // columns)
        figure = new_figure(figsize=(4.2 * columns, 3.0 * rows), layout="constrained")
        charts = [_chart_losses(self)]
        colours = PALETTE[2:]  # the first two are those of the losses
        for k, (name, values) in enumerate(self.metrics.items()):
            line = _trace(self, values, colours[k % len(colours)])
            charts.append(_chart(self, name, [line], STRAIGHT))
        for k, chart in enumerate(charts):
            chart.draw(figure.add_subplot(rows, columns, k + 1))
        return save_figure(figure, path)

    def _state(self) -> dict[str, Any]:
        """The history as float64 tensors: compact and exact in a checkpoint, however long."""
        return {name: torch.tensor(v, dtype=torch.float64) for name, v in self._columns().items()}

    def _restore(self, state: dict[str, Any]) -> None:
        if len({v.shape for v in state.values()}) > 1 or any(v.dim() != 1 for v in state.values()):
            raise TypeError("columns of a history of different lengths")
        for name, values in state.items():
            column = values.tolist()
            if name in ("step", "epoch"):
                column = [int(value) for value in column]
            if name in _COLUMNS:
                setattr(self, name, column)
            else:
                self.metrics[name] = column


def _chart_losses(history: History) -> Chart:
    lines = [_trace(history, history.loss, BLUE), _trace(history, history.val_loss, ORANGE)]
    if all(len(line.y) for line in lines):
        names = "train + penalty" if any(history.regularization) else "train", "validation"
        lines = [replace(line, label=name) for line, name in zip(lines, names, strict=True)]
    scale = choose_scale(np.concatenate([line.y for line in lines]), 10)
    return _chart(history, "loss", lines, scale)


def _chart(history: History, label: str, lines: list[Line], scale: Ruler) -> Chart:
    x = Axis("epoch" if history.by_epoch else "step", whole=True)
    return Chart(lines, x, Axis(label, scale), grid="both")


def _trace(history: History, values: list[float], colour: str) -> Line:
    """The finite points of one curve."""
    at = np.array(history.epoch if history.by_epoch else history.step, dtype=np.float64)
    y = np.array(values, dtype=np.float64)
    x, y = at[: len(y)][np.isfinite(y)], y[np.isfinite(y)]
    width = 0.6 if len(y) > 1000 else 1.0 if len(y) > 100 else 1.4  # batches are noisy
    return Line(x, y, width, dots=4.0 if len(y) <= 25 else 0.0, colour=colour)
