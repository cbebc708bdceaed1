"""``edgewise bench``: how fast this machine is."""

from __future__ import annotations

from typing import Any

import click

from edgewise.cli._common import Widths, one_line_errors

SECONDS = 0.2
"""How long each time is measured at least."""


@click.group()
def bench() -> None:
    """Measure this machine."""


@bench.command()
@click.option("--widths", type=Widths(), default="784,64,10", show_default=True)
@click.option("--batch", type=click.IntRange(1), default=1024, show_default=True)
@click.option("--threads", type=click.IntRange(1), help="Of torch. [default: all cores]")
def speed(widths: list[int], batch: int, threads: int | None) -> None:
    """Time a KAN of every basis beside the MLP with as many parameters.

    Medians in milliseconds, float32: forward, and forward with all gradients. The original
    programs, other shapes and torch.compile are `python -m benchmarks.speed` and
    `benchmarks.originals` in the repository.
    """
    with one_line_errors():
        import torch

        import edgewise as ew
        from edgewise.bases import registry

        threads = threads or torch.get_num_threads()
        x = torch.randn(batch, widths[0])
        click.echo(f"{'-'.join(map(str, widths))}, batch {batch}, {threads} threads")
        click.echo(f"{'basis':<12}{'forward':>10}{'MLP':>10}{'ratio':>8}"
                   f"{'+ backward':>14}{'MLP':>10}{'ratio':>8}")  # fmt: skip
        for name, basis in sorted(registry().items()):
            kan = ew.KAN(widths, basis=basis())
            count = sum(p.numel() for p in kan.parameters())
            mlp = ew.MLP.matching(count, widths[0], widths[-1])
            ours, theirs = (_times(model, x, threads) for model in (kan, mlp))
            columns = [f"{o:10.3g}{t:10.3g}{o / t:8.2f}" for o, t in zip(ours, theirs, strict=True)]
            click.echo(f"{name:<12}" + "    ".join(columns))


def _times(model: Any, x: Any, threads: int) -> tuple[float, float]:
    """Milliseconds of forward, and of forward and backward."""
    from torch.utils.benchmark import Timer

    statements = ("with torch.no_grad(): model(x)", "model.zero_grad(); model(x).sum().backward()")
    timers = [Timer(s, "import torch", globals={"model": model, "x": x}, num_threads=threads)
              for s in statements]  # fmt: skip
    first, second = (1e3 * t.blocked_autorange(min_run_time=SECONDS).median for t in timers)
    return first, second
