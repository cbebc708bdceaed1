"""``edgewise bench``: measure the speed of layers on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import click

from edgewise.cli._common import Widths, one_line_errors

SECONDS = 0.2
"""Minimal duration of each measurement."""


@click.group()
def bench() -> None:
    """Measure this machine."""


@bench.command()
@click.option("--widths", type=Widths(), default="784,64,10", show_default=True)
@click.option("--batch", type=click.IntRange(1), default=1024, show_default=True)
@click.option("--threads", type=click.IntRange(1), help="Threads of torch. [default: all cores]")
@click.option("--device", type=click.Choice(["cpu", "cuda"]), default="cpu", show_default=True)
def speed(widths: list[int], batch: int, threads: int | None, device: str) -> None:
    """Time a KAN of every basis beside the MLP with as many parameters.

    Medians in milliseconds, float32: forward, and forward with all gradients. On a GPU also the
    peak of memory, and the time of the step as a CUDA graph. The original programs, other shapes
    and torch.compile are `python -m benchmarks.speed` and `benchmarks.originals` in the repository.
    """
    with one_line_errors():
        import torch

        if device == "cuda" and not torch.cuda.is_available():
            raise click.ClickException("nothing to measure on cuda: torch can use no GPU here")
        threads = threads or torch.get_num_threads()
        (_time_on_gpu if device == "cuda" else _time_on_cpu)(widths, batch, threads)


def _pairs(widths: list[int], device: str) -> Iterator[tuple[str, tuple[Any, Any]]]:
    """For every basis, its name, a KAN, and an MLP of the same size."""
    import edgewise as ew
    from edgewise.bases import registry

    for name, basis in sorted(registry().items()):
        kan = ew.KAN(widths, basis=basis())
        count = sum(p.numel() for p in kan.parameters())
        mlp = ew.MLP.matching(count, widths[0], widths[-1])
        yield name, (kan.to(device), mlp.to(device))


def _time_on_cpu(widths: list[int], batch: int, threads: int) -> None:
    import torch

    x = torch.randn(batch, widths[0])
    click.echo(f"{'-'.join(map(str, widths))}, batch {batch}, {threads} threads")
    click.echo(f"{'basis':<12}{'forward':>10}{'MLP':>10}{'ratio':>8}"
               f"{'+ backward':>14}{'MLP':>10}{'ratio':>8}")  # fmt: skip
    for name, models in _pairs(widths, "cpu"):
        ours, theirs = (_times(model, x, threads) for model in models)
        columns = [f"{o:10.3g}{t:10.3g}{o / t:8.2f}" for o, t in zip(ours, theirs, strict=True)]
        click.echo(f"{name:<12}" + "    ".join(columns))


def _time_on_gpu(widths: list[int], batch: int, threads: int) -> None:
    import torch

    from edgewise.cli import _gpu
    from edgewise.nn.inspect import explain_engine

    x = torch.randn(batch, widths[0], device="cuda")
    click.echo(f"{'-'.join(map(str, widths))}, batch {batch}, {torch.cuda.get_device_name()}")
    click.echo(f"{'basis':<12}{'engine':<11}{'ms':>8}{'MLP':>8}{'ratio':>8}"
               f"{'peak MiB':>10}{'MLP':>8}{'graph ms':>10}{'MLP':>8}")  # fmt: skip
    for name, (kan, mlp) in _pairs(widths, "cuda"):
        ours, theirs = (_gpu.measure(partial(_step, model, x)) for model in (kan, mlp))
        engine = explain_engine(kan.layers[0], x).engine
        graphs = [f"{s.captured:.3g}" if s.captured else "none" for s in (ours, theirs)]
        ratio = ours.milliseconds / theirs.milliseconds
        times = f"{ours.milliseconds:8.3g}{theirs.milliseconds:8.3g}{ratio:8.2f}"
        rest = f"{ours.peak:10.3g}{theirs.peak:8.3g}{graphs[0]:>10}{graphs[1]:>8}"
        click.echo(f"{name:<12}{engine:<11}{times}{rest}")


def _step(model: Any, x: Any) -> None:
    """Forward and all gradients, written to the same tensors in every step."""
    model.zero_grad(set_to_none=False)
    model(x).sum().backward()


def _times(model: Any, x: Any, threads: int) -> tuple[float, float]:
    """Milliseconds of forward, and of forward and backward."""
    from torch.utils.benchmark import Timer

    statements = ("with torch.no_grad(): model(x)", "model.zero_grad(); model(x).sum().backward()")
    timers = [Timer(s, "import torch", globals={"model": model, "x": x}, num_threads=threads)
              for s in statements]  # fmt: skip
    first, second = (1e3 * t.blocked_autorange(min_run_time=SECONDS).median for t in timers)
    return first, second
