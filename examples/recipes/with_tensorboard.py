"""TensorBoard: the losses, the coefficients, and the curves of some edges during training.

python examples/recipes/with_tensorboard.py runs
tensorboard --logdir runs
"""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import torch
from task import BATCH, LEARNING_RATE, ROWS, UNSEEN, compare, find_error
from torch import nn
from torch.utils.tensorboard import SummaryWriter

import edgewise as ew


# begin-write
def write_edges(writer: SummaryWriter, model: ew.KAN, step: int) -> None:
    """Write figures of the curves from all inputs to the first hidden node."""
    for i in range(model.widths[0]):
        figure = ew.plotting.plot_edge(model, ROWS[0], (0, i, 0))
        writer.add_figure(f"edges/input {i}", figure, step)
        plt.close(figure)


class Report:
    """A callback for `fit`: writes losses at every step, and curves at every `every`-th step."""

    def __init__(self, writer: SummaryWriter, every: int) -> None:
        self.writer, self.every = writer, every

    def __call__(self, model: nn.Module, history: ew.training.History) -> None:
        step = len(history.loss)
        self.writer.add_scalar("loss/train", history.loss[-1], step)
        if history.val_loss:
            self.writer.add_scalar("loss/unseen", history.val_loss[-1], step)
        if isinstance(model, ew.KAN) and step % self.every == 0:
            write_edges(self.writer, model, step)
            self.writer.add_histogram("coefficients", model.layers[0].coef, step)


def train(model: nn.Module, folder: Path, steps: int) -> None:
    """Train by Adam, and write TensorBoard's files into a folder."""
    with SummaryWriter(folder) as writer:
        ew.fit(
            model,
            *ROWS,
            val=UNSEEN,
            optimizer="adam",
            lr=LEARNING_RATE,
            steps=steps,
            batch_size=BATCH,
            callbacks=Report(writer, every=200),
            seed=0,
            progress=False,
        )


# end-write


def main(folder: str) -> dict[str, Any]:
    """Train the KAN and the MLP, with one folder each."""

    def run(make: Callable[[], nn.Module], steps: int) -> dict[str, Any]:
        model = make()
        train(model, Path(folder, type(model).__name__ if steps > 1 else "first"), steps)
        return {"error": find_error(model)}

    return compare("TensorBoard", run)


if __name__ == "__main__":
    torch.set_num_threads(1)
    plt.switch_backend("Agg")
    with tempfile.TemporaryDirectory() as folder:
        main(sys.argv[1] if sys.argv[1:] else folder)
