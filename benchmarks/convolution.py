"""What does a training step of a convolution of KAN edges need at its peak, beside nn.Conv2d?

`python -m benchmarks.convolution --help` from the root of the repository.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, partial
from itertools import product
from typing import Any

from torch import Tensor, nn

import edgewise as ew
from benchmarks.charts import make_panels, name_lines
from benchmarks.machine import CORES
from benchmarks.markdown import provenance, table
from benchmarks.options import counts, names
from benchmarks.peak import Peak, measure_peak
from benchmarks.records import Row, pick_newest
from benchmarks.study import Choice, Figures, Job, Rows, Study, one_row
from edgewise.charts.style import BLUE, GREY

MIB = 2**20
CHANNELS = SIZE = 64
PLAIN = " (plain torch)"
"""What follows a layer's name whose basis no compiled engine knows."""
LAYERS: dict[str, Callable[..., nn.Module]] = {
    "nn.Conv2d": nn.Conv2d,
    "B-spline, grid 5": ew.nn.KANConv2d,
    "Gaussian 8, LayerNorm": partial(ew.nn.KANConv2d, basis=ew.Gaussian(), norm="layer"),
    "Chebyshev 4": partial(ew.nn.KANConv2d, basis=ew.Chebyshev()),
    f"Wavelet 8{PLAIN}": partial(ew.nn.KANConv2d, basis=ew.bases.Wavelet()),
}
REFERENCE = "nn.Conv2d"


class Image(nn.Module):
    """A 3 × 3 layer on rows of 64 × 64 × 64 numbers that want a gradient."""

    def __init__(self, layer: str) -> None:
        super().__init__()
        self.layer = LAYERS[layer](CHANNELS, CHANNELS, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        images = x.detach().requires_grad_().unflatten(1, (CHANNELS, SIZE, SIZE))
        y: Tensor = self.layer(images)
        return y.flatten(1)


@cache
def peak_of(layer: str, batch: int) -> Peak:
    """The peak of a step, in a process of its own."""
    return measure_peak(partial(Image, layer), [CHANNELS * SIZE * SIZE] * 2, batch, 1)


def measure(layer: str, batch: int) -> dict[str, Any]:
    """The peak of a layer beside that of nn.Conv2d."""
    peak, conv = peak_of(layer, batch), peak_of(REFERENCE, batch).step
    ratio = f"{peak.step / conv:.4g}" if peak.step and conv else None
    found = {"bytes": peak.step, "conv_bytes": conv, "ratio": ratio}
    return found | {"failure": peak.reason}


def plan(choice: Choice) -> Iterator[Job]:
    """A job for each batch and layer."""
    for batch, layer in product(choice.batches, choice.layers):
        yield one_row(measure, {"layer": layer, "batch": batch})


def describe(rows: Rows) -> str:
    """A line for each layer and batch, in MiB."""
    lines = [
        [
            row["layer"],
            row["batch"],
            f"{int(row['bytes']) / MIB:.0f}" if row["bytes"] else row["failure"],
            f"{int(row['conv_bytes']) / MIB:.0f}" if row["conv_bytes"] else "",
            f"{float(row['ratio']):.2f}" if row["ratio"] else "",
        ]
        for row in rows
    ]
    head = ["layer", "batch", "peak, MiB", "nn.Conv2d", "ratio"]
    return f"{provenance(rows)}\n\n{table(head, lines)}"


def findings(rows: Rows) -> list[str]:
    """The ratios of the largest batch, those on the native engine apart."""
    own = _largest(rows)
    sentences = []
    for engine in ("the native engine", "plain torch"):
        told = ", ".join(
            f"{float(r['ratio']):.2f} ({r['layer'].removesuffix(PLAIN)})"
            for r in own
            if r["layer"].endswith(PLAIN) == (engine == "plain torch")
        )
        if told:
            sentences.append(
                f"Peak of a training step of a 3 × 3 layer on {own[0]['batch']} × {CHANNELS} × "
                f"{SIZE} × {SIZE} inputs over nn.Conv2d's, {engine}: {told}."
            )
    return sentences


def _largest(rows: Rows) -> list[Row]:
    """The layers beside nn.Conv2d, of the newest run at its largest batch."""
    own = pick_newest(rows)
    most = max(int(r["batch"]) for r in own)
    return [r for r in own if int(r["batch"]) == most and r["ratio"] and r["layer"] != "nn.Conv2d"]


def charts(rows: Rows) -> Figures:
    """A bar a layer: its peak over nn.Conv2d's."""
    own = _largest(rows)
    if not own:
        return {}
    figure, (axes,) = make_panels(1.0 + 0.32 * len(own))
    axes.barh(range(len(own)), [float(r["ratio"]) for r in own], 0.7, color=BLUE)
    axes.axvline(1, color=GREY, linewidth=1)
    name_lines(axes, [r["layer"] for r in own])
    axes.set_xlabel("peak of a training step over nn.Conv2d's", fontsize=9)
    return {"convolution": figure}


STUDY = Study(
    "convolution",
    key=("layer", "batch", "commit", "machine"),
    columns=("layer", "batch", "bytes", "conv_bytes", "ratio", "failure"),
    help="The peak of a step above parameters, gradients and inputs, into convolution.csv.",
    plan=plan,
    describe=describe,
    findings=findings,
    charts=charts,
    options=(counts("--batches", "32"), names("--layers", LAYERS)),
    quick={"layers": list(LAYERS)[:2], "batches": [2]},
    cores=CORES,
    newest=True,
    title="And convolutions?",
    about="A training step of a 3 × 3 layer on images, at its peak, above parameters, gradients "
    "and inputs.",
    listed=("layer", "batch", "bytes", "conv_bytes", "ratio", "failure"),
    command_line="python -m benchmarks.convolution --batches 16",
)
main = STUDY.command

if __name__ == "__main__":
    from benchmarks.convolution import main as run  # a process of its own finds Image by this name

    run()
