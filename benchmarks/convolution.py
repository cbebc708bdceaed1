"""What does a training step of a convolution of KAN edges need at its peak, beside nn.Conv2d?

`python -m benchmarks.convolution --help` from the root of the repository.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import click
from torch import Tensor, nn

import edgewise as ew
from benchmarks.machine import PROVENANCE, describe_run
from benchmarks.markdown import provenance, table
from benchmarks.options import Counts, add_record_options, choose_folder
from benchmarks.peak import measure_peak
from benchmarks.records import Records, pick_newest
from edgewise._style import BLUE, GREY, figure_class, style_axes

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
KEY = ("layer", "batch", "commit", "machine")
COLUMNS = (*KEY[:-2], "bytes", "conv_bytes", "ratio", "failure", *PROVENANCE)


class Image(nn.Module):
    """A 3 × 3 layer on rows of 64 × 64 × 64 numbers that want a gradient."""

    def __init__(self, layer: str) -> None:
        super().__init__()
        self.layer = LAYERS[layer](CHANNELS, CHANNELS, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        images = x.detach().requires_grad_().unflatten(1, (CHANNELS, SIZE, SIZE))
        y: Tensor = self.layer(images)
        return y.flatten(1)


def markdown(rows: Sequence[Mapping[str, str]]) -> str:
    """A line for each layer and batch, in MiB."""
    if not rows:
        return "Nothing is measured yet."
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


def findings(rows: Sequence[Mapping[str, str]]) -> list[str]:
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


def _largest(rows: Sequence[Mapping[str, str]]) -> list[Mapping[str, str]]:
    """The layers beside nn.Conv2d, of the newest run at its largest batch."""
    own = pick_newest(rows)
    most = max(int(r["batch"]) for r in own)
    return [r for r in own if int(r["batch"]) == most and r["ratio"] and r["layer"] != "nn.Conv2d"]


def charts(rows: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    """A bar a layer: its peak over nn.Conv2d's."""
    own = _largest(rows)
    if not own:
        return {}
    figure = figure_class("a chart")(figsize=(4.6, 1.0 + 0.32 * len(own)), layout="constrained")
    axes = figure.subplots()
    style_axes(axes)
    axes.barh(range(len(own)), [float(r["ratio"]) for r in own], 0.7, color=BLUE)
    axes.axvline(1, color=GREY, linewidth=1)
    axes.set_xscale("log")
    axes.set_yticks(range(len(own)), [r["layer"] for r in own])
    axes.set_ylim(len(own) - 0.4, -0.6)
    axes.tick_params(labelsize=9)
    axes.set_xlabel("peak of a training step over nn.Conv2d's", fontsize=9)
    return {"convolution": figure}


@click.command()
@click.option("--batches", type=Counts(), default="32", show_default=True)
@add_record_options
def main(batches: list[int], results: Path | None, again: bool, report: bool, quick: bool) -> None:
    """The peak of a step above parameters, gradients and inputs, into convolution.csv."""
    records = Records(choose_folder(results, quick) / "convolution.csv", KEY, COLUMNS)
    layers, batches = (list(LAYERS)[:2], [2]) if quick else (list(LAYERS), batches)
    for batch in [] if report else batches:
        conv: int | None = None
        width = [CHANNELS * SIZE * SIZE] * 2
        for layer in layers:
            about = describe_run()
            case = {"layer": layer, "batch": batch, **{c: about[c] for c in KEY[-2:]}}
            if not again and case in records:
                continue
            peak = measure_peak(partial(Image, layer), width, batch, 1)
            conv = peak.step if layer == "nn.Conv2d" else conv
            if conv is None:
                conv = measure_peak(partial(Image, "nn.Conv2d"), width, batch, 1).step
            ratio = f"{peak.step / conv:.4g}" if peak.step and conv else None
            found = {"bytes": peak.step, "conv_bytes": conv, "ratio": ratio}
            records.append(case | found | {"failure": peak.reason} | about)
    click.echo(markdown(records.newest()))


if __name__ == "__main__":
    from benchmarks.convolution import main as run  # a process of its own finds Image by this name

    run()
