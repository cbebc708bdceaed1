"""What do the Triton engine's kernels take of a card, and how fast could they be there?

`python -m benchmarks.triton_kernels --help` from the root of the repository.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click
import torch

from benchmarks.machine import PROVENANCE, describe_run
from benchmarks.markdown import pivot, provenance, renew_part, table
from benchmarks.options import Names, add_record_options, choose_folder
from benchmarks.records import Records
from benchmarks.triton_kernels.lowering import TARGETS, Lowered, lower_for
from benchmarks.triton_kernels.roofline import CARDS, Sizes, bound
from edgewise.bases import Basis, registry
from edgewise.engines.triton import configurations, launch
from edgewise.engines.triton.configurations import Tiles, Work
from edgewise.engines.triton.curves import curves_of

KEY = ("basis", "dtype", "target", "kernel", "commit")
COLUMNS = (
    *KEY[:-1], "functions", *("rows", "inputs", "outputs", "warps"), "registers", "spills",
    "shared", "loop", "special", "memory_ms", "products_ms", "instructions_ms", *PROVENANCE,
)  # fmt: skip
KERNELS = {
    "forward_kernel": configurations.of_forward,
    "coefficient_kernel": configurations.of_coefficients,
    "input_kernel": configurations.of_inputs,
}
"""Those with products, and who chooses their tiles."""
LAYER = (8192, 4096, 4096)
"""Rows, inputs and outputs that the least times are of."""
LOWERED = (256, 256, 256)
"""And of the tensors that kernels are lowered with: large enough for full tiles."""
DTYPES = {"bfloat16": torch.bfloat16, "float32": torch.float32}
PAGE = Path(__file__).parents[2] / "docs" / "performance.md"


def lower(basis: Basis, dtype: str, target: str) -> list[Lowered]:
    """All kernels of a layer with LayerNorm, a base and, without tails, trained grids."""
    rows, features, outputs = LOWERED
    kind = DTYPES[dtype]

    def make(*shape: int) -> torch.Tensor:
        return torch.zeros(shape, dtype=kind)

    x, dy = make(rows, features), make(rows, outputs)
    tensors = (make(features, basis.num_basis, outputs), make(features, outputs), make(outputs))
    grid = [t.to(kind) for t in basis.init_grid(features)]
    trained = [make(features), make(features)]
    settings = (grid, basis.engine_name, "silu", "layer", trained)
    learns = ("centers", "width", "inv_denominator") if not basis.linear_tails else ()
    wanted = [name in learns for name in basis.grid_names]
    with lower_for(target) as found:
        launch.forward(x, None, *tensors, *settings)
        launch.backward(
            dy, x, None, *tensors, *settings, [True, False, True, True, True, *wanted, True, True]
        )
    return found


def measure(name: str, dtype: str, target: str, tails: bool = False) -> Iterator[dict[str, Any]]:
    """A row for each kernel with products."""
    basis = registry()[name](linear_tails=tails)
    for lowered in lower(basis, dtype, target):
        if lowered.kernel in KERNELS:
            yield {
                "basis": basis.engine_name, "dtype": dtype, "target": target,
                "functions": basis.num_basis,
                **_tiles(basis, dtype, lowered), **lowered._asdict(),
                **_bounds(basis, dtype, target, lowered), **describe_run(),
            }  # fmt: skip


def _work(basis: Basis, dtype: str) -> Tiles | Any:
    size = torch.empty((), dtype=DTYPES[dtype]).element_size()
    curves = curves_of(basis.engine_name)
    assert curves is not None, basis
    return Work(*LAYER, basis.num_basis, size, 132, curves.kept)


def _tiles(basis: Basis, dtype: str, lowered: Lowered) -> dict[str, int]:
    tiles = KERNELS[lowered.kernel](_work(basis, dtype))
    return {"rows": tiles.rows, "inputs": tiles.inputs, "outputs": tiles.outputs}


def _bounds(basis: Basis, dtype: str, target: str, lowered: Lowered) -> dict[str, float | None]:
    if target not in CARDS:
        return {}
    rows, features, outputs = LAYER
    work = _work(basis, dtype)
    tiles = KERNELS[lowered.kernel](work)
    least = bound(
        CARDS[target],
        dtype,
        lowered.kernel,
        Sizes(rows, features, basis.num_basis, outputs, work.bytes),
        (tiles.rows, tiles.inputs, tiles.outputs),
        lowered.warps,
        lowered.loop,
        lowered.special,
    )
    return {f"{name}_ms": time for name, time in least._asdict().items()}


def markdown(rows: Sequence[Mapping[str, str]]) -> str:
    """Two tables: what kernels take, and how fast they could be."""
    if not rows:
        return "Nothing is lowered yet."
    taken, times = [], []
    for (basis, dtype, kernel), own in pivot(rows, ("basis", "dtype", "kernel"), "target").items():
        short = kernel.removesuffix("_kernel")
        cells = [
            f"{own[t]['registers']} / {own[t]['shared']} / {own[t]['spills']}" if t in own else ""
            for t in TARGETS
        ]
        taken.append([basis, dtype, short, *cells])
        line = [basis, dtype, short]
        for target in CARDS:
            names = ("memory_ms", "products_ms", "instructions_ms")
            line += [f"{float(own[target][n]):.2g}" if target in own else "" for n in names]
        times.append(line)
    head = ["basis", "type", "kernel"]
    limits = [f"{CARDS[t].name}: {what}" for t in CARDS for what in ("memory", "products", "code")]
    shape = "{} × {} → {}".format(*LAYER)
    return "\n\n".join(
        (
            provenance(rows),
            "Registers of a thread / bytes of shared memory of a program / bytes spilled by a "
            "thread:",
            table([*head, *TARGETS], taken),
            f"Least times in ms, {shape}, of memory, of matrix units, and of the instructions of "
            "the loop:",
            table([*head, *limits], times),
        )
    )


@click.command()
@click.option("--bases", type=Names(sorted(registry())), default="all", show_default=True)
@click.option("--dtypes", type=Names(DTYPES), default="all", show_default=True)
@click.option("--targets", type=Names(TARGETS), default="all", show_default=True)
@click.option("--tails", is_flag=True, help="Of functions that go on as lines beyond the domain.")
@click.option("--write", is_flag=True, help="Put the tables into docs/performance.md.")
@add_record_options
def main(
    results: Path | None,
    again: bool,
    report: bool,
    quick: bool,
    write: bool,
    tails: bool,
    bases: list[str],
    dtypes: list[str],
    targets: list[str],
) -> None:
    """Lower every kernel for an A100, an H100 and an MI300, into triton_kernels.csv.

    Needs Triton and no card. Registers, shared memory and spills come from the compiled code, least
    times from data sheets and from the code's innermost loop.
    """
    records = Records(choose_folder(results, quick) / "triton_kernels.csv", KEY, COLUMNS)
    if not report:
        about = describe_run()
        for name in ["gaussian"] if quick else bases:
            for dtype in dtypes:
                for target in targets:
                    basis = registry()[name](linear_tails=tails).engine_name
                    case = {"basis": basis, "dtype": dtype, "target": target, **about}
                    if not again and case | {"kernel": "input_kernel"} in records:
                        continue
                    for row in measure(name, dtype, target, tails):
                        records.append(row)
                    click.echo(f"{basis} in {dtype} for {target}", err=True)
    text = markdown(records.newest())
    click.echo(text)
    if write:
        renew_part(PAGE, "triton kernels", text)


if __name__ == "__main__":
    main()
