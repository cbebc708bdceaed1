"""What do the Triton engine's kernels take of a card, and how fast could they be there?

`python -m benchmarks.triton_kernels --help` from the root of the repository.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import product
from typing import Any

import click
import torch

from benchmarks.machine import CORES
from benchmarks.markdown import pivot, provenance, table
from benchmarks.options import names
from benchmarks.study import Choice, Job, Rows, Study
from benchmarks.triton_kernels.lowering import TARGETS, Lowered, lower_for
from benchmarks.triton_kernels.roofline import CARDS, Sizes, bound
from edgewise.bases import Basis, registry
from edgewise.engines.triton import configurations, launch
from edgewise.engines.triton.basis_functions import curves_of
from edgewise.engines.triton.configurations import Tiles, Work

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
                **_bounds(basis, dtype, target, lowered),
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


def describe(rows: Rows) -> str:
    """Two tables: what kernels take, and how fast they could be."""
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
            limits = ("memory_ms", "products_ms", "instructions_ms")
            line += [f"{float(own[target][n]):.2g}" if target in own else "" for n in limits]
        times.append(line)
    head = ["basis", "type", "kernel"]
    heads = [f"{CARDS[t].name}: {what}" for t in CARDS for what in ("memory", "products", "code")]
    shape = "{} × {} → {}".format(*LAYER)
    return "\n\n".join(
        (
            provenance(rows),
            "Registers of a thread / bytes of shared memory of a program / bytes spilled by a "
            "thread:",
            table([*head, *TARGETS], taken),
            f"Least times in ms, {shape}, of memory, of matrix units, and of the instructions of "
            "the loop:",
            table([*head, *heads], times),
        )
    )


def plan(choice: Choice) -> Iterator[Job]:
    """A job for each basis, type and target; the kernel of the inputs' gradient is the last."""
    for name, dtype, target in product(choice.bases, choice.dtypes, choice.targets):
        basis = registry()[name](linear_tails=choice.tails).engine_name
        case = {"basis": basis, "dtype": dtype, "target": target, "kernel": "input_kernel"}
        yield Job(partial(measure, name, dtype, target, choice.tails), [case])


STUDY = Study(
    "triton_kernels",
    key=("basis", "dtype", "target", "kernel", "commit"),
    columns=(
        *("basis", "dtype", "target", "kernel", "functions", "rows", "inputs", "outputs", "warps"),
        *("registers", "spills", "shared", "loop", "special", "memory_ms", "products_ms"),
        "instructions_ms",
    ),
    help="""Lower every kernel for an A100, an H100 and an MI300, into triton_kernels.csv.

    Needs Triton and no card. Registers, shared memory and spills come from the compiled code, least
    times from data sheets and from the code's innermost loop.
    """,
    plan=plan,
    describe=describe,
    options=(
        names("--bases", sorted(registry())),
        names("--dtypes", DTYPES),
        names("--targets", TARGETS),
        click.option("--tails", is_flag=True,
                     help="Of functions that go on as lines beyond the domain."),
    ),
    quick={"bases": ["gaussian"]},
    cores=CORES,
    newest=True,
    part="triton kernels",
)  # fmt: skip
main = STUDY.command

if __name__ == "__main__":
    main()
