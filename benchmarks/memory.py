"""What does a training step keep for its backward pass, and what does it need at its peak?

`python -m benchmarks.memory --help` from the root of the repository.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import click
import torch
from torch import Tensor, nn

from benchmarks.machine import CORES, PROVENANCE, describe_run
from benchmarks.markdown import pivot, provenance, table
from benchmarks.options import Counts, Names, Widths, add_record_options, choose_folder
from benchmarks.peak import measure_peak
from benchmarks.records import Records
from benchmarks.speed import networks

MIB = 2**20
BATCHES = {"kept": 1024, "peak": 8192}
"""At which batch each of the two is measured unless another is asked for."""
KEY = ("network", "widths", "batch", "measure", "commit", "machine")
COLUMNS = (*KEY[:-2], "kan_bytes", "mlp_bytes", "ratio", "failure", *PROVENANCE)


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
    mlp = networks.matching_mlp(networks.count(kan), widths)
    x, _ = networks.inputs(widths, batch)
    return _compare(saved_bytes(kan, x), saved_bytes(mlp, x))


def measure_peaks(network: str, widths: list[int], batch: int) -> dict[str, Any]:
    """The peaks of a step above parameters, gradients and inputs."""
    parameters = networks.count(networks.build(network, widths))
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


def cases(
    chosen: Sequence[str], widths: Sequence[str], batches: Sequence[int] | None
) -> Iterator[dict[str, Any]]:
    """The columns that say which row each is."""
    about = describe_run()
    for text in widths:
        for network in chosen:
            for measure, usual in BATCHES.items():
                for batch in batches or [usual]:
                    case = {"network": network, "widths": text, "batch": batch}
                    yield case | {"measure": measure, **{c: about[c] for c in KEY[-2:]}}


def markdown(rows: Sequence[Mapping[str, str]]) -> str:
    """A line for each network and widths, in MiB."""
    if not rows:
        return "Nothing is measured yet."
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


@click.command()
@click.option(
    "--networks", "chosen", type=Names(networks.NETWORKS), default="all", show_default=True
)
@click.option("--widths", type=Widths(), default="784-64-10", show_default=True)
@click.option(
    "--batches", type=Counts(), help="[default: 1024 for what is kept, 8192 for the peak]"
)
@add_record_options
def main(
    chosen: list[str],
    widths: list[str],
    batches: list[int] | None,
    results: Path | None,
    again: bool,
    report: bool,
    quick: bool,
) -> None:
    """Memory of a training step of each KAN beside the MLP of its size, into memory.csv.

    What is kept for backward (the input included, parameters not), and the peak of a step above
    parameters, gradients and inputs, in a process of its own.
    """
    records = Records(choose_folder(results, quick) / "memory.csv", KEY, COLUMNS)
    if quick:
        chosen, batches = ["cubic5", "gaussian8"], [1024]
    for case in [] if report else cases(chosen, widths, batches):
        if again or case not in records:
            measure = MEASURES[case["measure"]]
            sizes = networks.widths_of(case["widths"])
            row = case | measure(case["network"], sizes, case["batch"]) | describe_run()
            records.append(row)
    click.echo(markdown(records.newest()))


if __name__ == "__main__":
    main()
