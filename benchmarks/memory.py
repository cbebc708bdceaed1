"""What does a training step keep for its backward pass, and what does it need at its peak?

`python -m benchmarks.memory --help` from the root of the repository.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import product
from typing import Any

import click
import torch
from torch import Tensor, nn

from benchmarks.charts import make_panels, name_lines, put_legend
from benchmarks.machine import CORES
from benchmarks.markdown import pivot, provenance, table, tell_origin
from benchmarks.networks import count
from benchmarks.options import Counts, Widths, names
from benchmarks.peak import measure_peak
from benchmarks.records import pick_newest
from benchmarks.speed import networks
from benchmarks.study import Choice, Figures, Job, Rows, Study, one_row
from edgewise.charts.style import BLUE, GREY, ORANGE

MIB = 2**20
BATCHES = {"kept": 1024, "peak": 8192}
"""At which batch each of the two is measured unless another is asked for."""


def saved_bytes(model: nn.Module, x: Tensor) -> int:
    """Bytes of the storages that the graph of ``model(x)`` keeps, parameters and buffers excluded.

    The input counts if it is kept; a storage that several tensors share counts once.
    """
    own = {t.untyped_storage().data_ptr() for t in (*model.parameters(), *model.buffers())}
    kept: dict[int, Tensor] = {}  # held, so that no address is used twice

    def pack(tensor: Tensor) -> Tensor:
        kept[tensor.untyped_storage().data_ptr()] = tensor
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(pack, lambda tensor: tensor):
        model(x)
    return sum(t.untyped_storage().nbytes() for at, t in kept.items() if at not in own)


def measure_kept(network: str, widths: list[int], batch: int) -> dict[str, Any]:
    """What the KAN and the MLP keep for backward."""
    kan = networks.build(network, widths)
    mlp = networks.matching_mlp(count(kan, trainable=False), widths)
    x, _ = networks.inputs(widths, batch)
    return _compare(saved_bytes(kan, x), saved_bytes(mlp, x))


def measure_peaks(network: str, widths: list[int], batch: int) -> dict[str, Any]:
    """The peaks of a step above parameters, gradients and inputs."""
    parameters = count(networks.build(network, widths), trainable=False)
    builds = (
        partial(networks.build, network, widths),
        partial(networks.matching_mlp, parameters, widths),
    )
    kan, mlp = (measure_peak(build, widths, batch, CORES) for build in builds)
    return _compare(kan.step, mlp.step) | {"failure": kan.reason or mlp.reason}


MEASURES = {"kept": measure_kept, "peak": measure_peaks}


def _compare(kan: int | None, mlp: int | None) -> dict[str, Any]:
    known = kan is not None and mlp
    ratio = f"{kan / mlp:.4g}" if known else None  # type: ignore[operator]
    return {"kan_bytes": kan, "mlp_bytes": mlp, "ratio": ratio}


def measure_one(network: str, widths: str, batch: int, measure: str) -> dict[str, Any]:
    """One of the two, at widths such as "784-64-10"."""
    return MEASURES[measure](network, networks.widths_of(widths), batch)


def plan(choice: Choice) -> Iterator[Job]:
    """A job for each network, widths, measure and batch."""
    for widths, network, (measure, usual) in product(
        choice.widths, choice.networks, BATCHES.items()
    ):
        for batch in choice.batches or [usual]:
            case = {"network": network, "widths": widths, "batch": batch, "measure": measure}
            yield one_row(measure_one, case)


def describe(rows: Rows) -> str:
    """A line for each network and widths, in MiB."""
    head, lines = ["layer", "widths"], []
    for measure in MEASURES:
        head += [f"{measure}: batch", "KAN", "MLP", "ratio"]
    for (network, widths), own in pivot(rows, ("network", "widths"), "measure").items():
        line = [networks.NETWORKS[network].label, widths]
        for measure in MEASURES:
            row = own.get(measure)
            line += _columns(row) if row else [""] * 4
        lines.append(line)
    return f"{provenance(rows)}\n\n{table(head, lines)}"


def _columns(row: Mapping[str, str]) -> list[str]:
    sizes = [f"{int(row[c]) / MIB:.2f}" if row[c] else "" for c in ("kan_bytes", "mlp_bytes")]
    ratio = f"{float(row['ratio']):.2f}" if row["ratio"] else row["failure"]
    return [row["batch"], *sizes, ratio]


def findings(rows: Rows) -> list[str]:
    """What a step keeps and needs, relative to the MLP."""
    sentences = []
    titles = {"kept": "What is kept for the backward pass", "peak": "The peak of a training step"}
    for measure, title in titles.items():
        own = [r for r in pick_newest(rows) if r["measure"] == measure and r["ratio"]]
        if own:
            low, high = (pick(own, key=lambda r: float(r["ratio"])) for pick in (min, max))
            less = sum(float(r["ratio"]) <= 1 for r in own)
            least, most = (networks.NETWORKS[r["network"]].label for r in (low, high))
            sentences.append(
                f"{title} is from {float(low['ratio']):.2f} ({least}) to "
                f"{float(high['ratio']):.2f} of the MLP's ({most}), and no more than it for {less} "
                f"of {len(own)} layers; {tell_origin(own[-1])}."
            )
    return sentences


def charts(rows: Rows) -> Figures:
    """What is kept and what is needed, over the MLP's."""
    own = [r for r in pick_newest(rows) if r["ratio"]]
    shown = list(dict.fromkeys(r["network"] for r in own))
    figure, (axes,) = make_panels(1.2 + 0.3 * len(shown))
    told = {"kept": (BLUE, "kept for backward"), "peak": (ORANGE, "peak of a step")}
    for measure, (colour, label) in told.items():
        part = [r for r in own if r["measure"] == measure]
        axes.plot(
            [float(r["ratio"]) for r in part], [shown.index(r["network"]) for r in part],
            "o", color=colour, label=label,
        )  # fmt: skip
    axes.axvline(1, color=GREY, linewidth=1)
    axes.set_xlim(0, None)
    name_lines(axes, [networks.NETWORKS[n].label for n in shown])
    axes.set_xlabel("bytes relative to the MLP\nwith as many parameters", size=9)
    put_legend(figure, [axes])
    return {"memory": figure}


STUDY = Study(
    "memory",
    key=("network", "widths", "batch", "measure", "commit", "machine"),
    columns=("network", "widths", "batch", "measure", "kan_bytes", "mlp_bytes", "ratio", "failure"),
    help="""Memory of a training step of each KAN beside the MLP of its size, into memory.csv.

    What is kept for backward (the input included, parameters not), and the peak of a step above
    parameters, gradients and inputs, in a process of its own.
    """,
    plan=plan,
    describe=describe,
    findings=findings,
    charts=charts,
    options=(
        names("--networks", networks.NETWORKS),
        click.option("--widths", type=Widths(), default="784-64-10", show_default=True),
        click.option(
            "--batches", type=Counts(), help="[default: 1024 for what is kept, 8192 for the peak]"
        ),
    ),
    quick={"networks": ["cubic5", "gaussian8"], "batches": [1024]},
    cores=CORES,
    newest=True,
    title="How much memory do they need?",
    about="What a training step keeps for its backward pass at batch 1,024, and its peak at batch "
    "8,192, beside the MLP with as many parameters.",
    listed=("network", "widths", "batch", "measure", "kan_bytes", "mlp_bytes", "ratio"),
)
main = STUDY.command

if __name__ == "__main__":
    main()
