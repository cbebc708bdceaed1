"""``edgewise check``: compare an engine with the reference on this device."""

from __future__ import annotations

from datetime import date

import click

from edgewise.cli._common import one_line_errors

SHAPES = [(400, 17, 70), (1, 1, 1), (7, 63, 3), (2, 5, 500), (0, 3, 2), (1100, 130, 257)]
"""Rows, inputs and outputs; every basis is computed with the first."""


@click.command(short_help="Compare every basis on this machine with float64.")
@click.option(
    "--device",
    type=click.Choice(["cpu", "cuda"]),
    default="cuda",
    show_default=True,
    help="cpu checks the C++ engine, and keeps no verdict.",
)
def check(device: str) -> None:
    """Compare every basis on this device with the float64 reference, values and gradients.

    For a GPU the verdict on this card, driver, torch and Triton is kept in the user's cache folder.
    Layers use the Triton kernels if it is good. Compiling them takes minutes. The exit status is 1
    if a comparison fails.
    """
    with one_line_errors():
        import torch

        from edgewise._bars import Bar
        from edgewise.engines import conformance
        from edgewise.engines.native import NativeEngine
        from edgewise.engines.native import unavailable as native_unavailable
        from edgewise.engines.triton.engine import TritonEngine
        from edgewise.engines.triton.engine import unavailable as triton_unavailable

        on_card = device == "cuda"
        if reason := triton_unavailable() if on_card else native_unavailable():
            raise click.ClickException(f"nothing to check on {device}: {reason}")
        engine = TritonEngine() if on_card else NativeEngine()
        types = [torch.float32, torch.bfloat16, torch.float16]
        cases = list(conformance.cases(SHAPES, types if on_card else [torch.float32]))
        failures = [
            line
            for case in Bar(cases, unit="case", leave=False, disable=None)
            for line in conformance.find_failures(engine, case, device)
        ]
        for line in failures:
            click.echo(line)
        if on_card:
            _keep(len(cases), failures)
        click.echo(f"{engine.name} on {device}: {len(cases)} cases, {len(failures)} failures")
        if failures:
            raise click.exceptions.Exit(1)


def _keep(count: int, failures: list[str]) -> None:
    import torch

    from edgewise.engines.triton import verdicts

    setting = verdicts.setting_of(torch.cuda.current_device())
    today = date.today().isoformat()
    file = verdicts.keep(verdicts.Verdict(setting, today, count, tuple(failures)))
    click.echo(f"the verdict on {setting.card} is kept in {file}")
