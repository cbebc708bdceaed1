"""What the penalties of `Sparsity` add to a training step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch.nn.functional import cross_entropy

import edgewise as ew
from edgewise.bench.timing import interleaved
from edgewise.models.kan import KAN
from edgewise.training.regularize import Watcher, watching

WIDTHS = (784, 64, 10)
BASES = {"bspline": ew.BSpline(5), "gaussian": ew.Gaussian(8), "rswaf": ew.RSWAF(8)}
PENALTIES: dict[str, Watcher | None] = {
    "none": None,
    "spread": ew.Sparsity(1e-3),
    "backward": ew.Sparsity(1e-3, metric="backward"),
    "coef": ew.Sparsity(1e-3, metric="coef"),
    "all": ew.Sparsity(1e-3, coef=1.0, smoothness=1.0),
}


@dataclass(frozen=True)
class Measured:
    """Milliseconds of a step, and how many times one without a penalty that is."""

    basis: str
    batch: int
    penalty: str
    milliseconds: float
    ratio: float


def measure(basis: str, batch: int, repeats: int) -> list[Measured]:
    """Steps of AdamW at 784-64-10 with and without each penalty, in turns."""
    generator = torch.Generator().manual_seed(0)
    x = torch.rand(batch, WIDTHS[0], generator=generator) * 2 - 1
    y = torch.randint(WIDTHS[-1], (batch,), generator=generator)
    steps = {}
    for name, penalty in PENALTIES.items():
        model = KAN(WIDTHS, basis=BASES[basis], generator=generator)
        steps[name] = _step(model, penalty, x, y)
    found = interleaved(steps, repeats)
    base = found["none"].median
    return [
        Measured(basis, batch, name, 1e3 * t.median, t.median / base) for name, t in found.items()
    ]


def _step(
    model: KAN, penalty: Watcher | None, x: torch.Tensor, y: torch.Tensor
) -> Callable[[], None]:
    optimizer = torch.optim.AdamW(model.parameters(), fused=True)

    def run() -> None:
        optimizer.zero_grad()
        with watching(penalty, model, x) as value:
            answer = model(x)
        (cross_entropy(answer, y) + value()).backward()
        optimizer.step()

    return run


def table(results: Sequence[Measured]) -> str:
    """Markdown: a row for each basis and batch, ratios by penalty."""
    names = [name for name in PENALTIES if name != "none"]
    lines = [
        "| basis | batch | step, ms | " + " | ".join(names) + " |",
        "|---|---|---|" + "---|" * len(names),
    ]
    for basis, batch in dict.fromkeys((r.basis, r.batch) for r in results):
        own = {r.penalty: r for r in results if (r.basis, r.batch) == (basis, batch)}
        ratios = " | ".join(f"{own[name].ratio:.2f}" for name in names)
        lines.append(f"| {basis} | {batch} | {own['none'].milliseconds:.2f} | {ratios} |")
    return "\n".join(lines)
