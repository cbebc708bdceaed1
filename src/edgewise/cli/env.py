"""``edgewise env``: versions, devices, and which engine runs."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import platform
import sys

import click

OPTIONAL = {
    "matplotlib": "plots (pip install edgewise[plot])",
    "pandas": "History.to_dataframe (pip install edgewise[data])",
    "sklearn": "digits and tables (pip install edgewise[data])",
    "triton": "the Triton engine and compilation on GPUs (pip install edgewise[triton])",
}


@click.command(short_help="Print versions, devices and engines.")
def env() -> None:
    """Print versions, devices and engines.

    For each basis: which engine computes a layer here, and why.
    """
    import torch

    import edgewise as ew
    from edgewise.bases import registry
    from edgewise.engines.select import ENGINES
    from edgewise.nn.inspect import explain_engine

    threads = torch.get_num_threads()
    rows = [
        ("edgewise", ew.__version__),
        ("python", f"{platform.python_version()} ({sys.platform}, {platform.machine()})"),
        ("torch", f"{torch.__version__}, {threads} thread{'s' * (threads != 1)}"),
        ("numpy", importlib.metadata.version("numpy")),
        ("CPU", torch.backends.cpu.get_cpu_capability()),
    ]
    cards = [torch.cuda.get_device_name(k) for k in range(torch.cuda.device_count())]
    rows.append(("GPU", ", ".join(cards) or "none"))
    rows += [(f"engine {engine.name}", engine.describe()) for engine in ENGINES]
    for device in ["cpu", *(["cuda"] if cards else [])]:
        for name, basis in sorted(registry().items()):
            layer = ew.KANLinear(2, 1, basis=basis(), device=device)
            choice = explain_engine(layer, layer.coef)
            rows.append((f"{name} on {device}", f"{choice.engine}: {choice.reason}"))
    for name, use in OPTIONAL.items():
        found = importlib.util.find_spec(name) is not None
        rows.append((name, "installed" if found else f"missing: needed for {use}"))
    width = max(len(name) for name, _ in rows)
    for name, value in rows:
        click.echo(f"{name:<{width}}  {value}")
