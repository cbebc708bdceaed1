"""``edgewise export``: write a model as C, JavaScript, Python, SQL, ONNX or a torch program."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import click

from edgewise.cli._common import FILE, NEW_FILE, one_line_errors


@click.command(short_help="Write a model as C, SQL, ONNX, JavaScript …")
@click.argument("model", type=FILE)
@click.argument("target", type=NEW_FILE)
@click.option(
    "--domain",
    metavar="LOW,HIGH",
    help="Range of all features on which the bound holds. Needed for tables.",
)
@click.option("--tolerance", type=float, help="Divide cells until the proven bound is below this.")
@click.option("--degree", type=click.IntRange(0, 3), default=2, show_default=True)
@click.option(
    "--dtype",
    type=click.Choice(["float32", "int16", "int8"]),
    default="float32",
    show_default=True,
    help="Type of the tables' numbers.",
)
@click.option(
    "--cells", type=int, default=16, show_default=True, help="Initial cells of each edge."
)
@click.option("--name", help="Name of the function, or of the table that SQL reads.")
@click.option(
    "--contributions",
    is_flag=True,
    help="Also write what each input adds (estimators, single layers).",
)
@click.option(
    "--coverage", type=float, help="Also write intervals or sets of classes (estimators)."
)
@click.option(
    "--reasons", type=int, default=0, help="Also write this many reasons in words (estimators)."
)
def export(model: Path, target: Path, **options: Any) -> None:
    """Write MODEL, a file of edgewise, as a TARGET that other programs run.

    TARGET.onnx is a graph and TARGET.pt2 a program of torch.export. TARGET.c, .js, .py and .sql are
    source code: exact for an estimator, from tables for a network. The largest difference of the
    tables from the model is proven and printed.
    """
    with one_line_errors():
        import edgewise as ew

        write = WRITERS.get(target.suffix)
        if write is None:
            raise ValueError(f"expected a target ending in {', '.join(WRITERS)}, got {target}")
        write(ew.load(model), target, options)
        click.echo(f"{model} → {target}")


def _write_onnx(model: Any, target: Path, options: dict[str, Any]) -> None:
    import edgewise as ew

    ew.export.to_onnx(model, target, **{name: options[name] for name in ASKED})


def _write_program(model: Any, target: Path, options: dict[str, Any]) -> None:
    import torch

    import edgewise as ew
    from edgewise._files import write_bytes

    if not isinstance(model, torch.nn.Module):
        raise ValueError(
            f"expected a network for a .pt2 file, got {type(model).__name__}: choose another "
            f"ending, {', '.join(end for end in WRITERS if end != '.pt2')}"
        )
    content = io.BytesIO()
    torch.export.save(ew.export.to_program(model), content)
    write_bytes(target, content.getvalue())


def _write_source(model: Any, target: Path, options: dict[str, Any]) -> None:
    """Write source code; for a network from its tables."""
    import torch

    import edgewise as ew

    function, title = SOURCES[target.suffix]
    domain, name = options.pop("domain"), options.pop("name")
    asked = {name: options.pop(name) for name in ASKED}
    if isinstance(model, torch.nn.Module):
        if domain is None:
            raise ValueError("expected --domain LOW,HIGH, within which the bound is proven")
        model = ew.export.tabulate(model, _read_pair(domain), **options)
        click.echo(str(model.report))
    named = {} if name is None else {title: name}
    getattr(ew.export, function)(model, target, **asked, **named)


def _read_pair(text: str) -> tuple[float, float]:
    try:
        low, high = (float(part) for part in text.split(","))
    except ValueError as error:
        raise ValueError(f"expected --domain as two numbers such as -1,1, got {text!r}") from error
    return low, high


ASKED = ("contributions", "coverage", "reasons")
"""Options for outputs in addition to predictions."""
SOURCES = {
    ".c": ("to_c", "name"),
    ".js": ("to_javascript", "name"),
    ".py": ("to_python", "name"),
    ".sql": ("to_sql", "table"),
}
"""Functions that write source code, and their argument for --name."""
WRITERS = {".onnx": _write_onnx, ".pt2": _write_program, **dict.fromkeys(SOURCES, _write_source)}
