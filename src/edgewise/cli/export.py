"""``edgewise export``: a model as a file that other programs run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from edgewise.cli._common import one_line_errors

SOURCES = {".c": "to_c", ".js": "to_javascript", ".py": "to_python", ".sql": "to_sql"}


@click.command()
@click.argument("model", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--domain",
    metavar="LOW,HIGH",
    help="Of all features: where the bound holds. Needed for tables.",
)
@click.option("--tolerance", type=float, help="Divide cells until the proven bound is below this.")
@click.option("--degree", type=click.IntRange(0, 3), default=2, show_default=True)
@click.option(
    "--dtype",
    type=click.Choice(["float32", "int16", "int8"]),
    default="float32",
    show_default=True,
    help="Of the tables.",
)
@click.option("--cells", type=int, default=16, show_default=True, help="Of each edge at first.")
@click.option("--name", help="Of the function, or of the table that SQL reads.")
def export(model: Path, target: Path, domain: str | None, name: str | None, **tables: Any) -> None:
    """Write MODEL, a file of edgewise, as a TARGET that other programs run.

    TARGET.onnx is a graph and TARGET.pt2 a program of torch.export; TARGET.c, .js, .py and .sql are
    source code of tables, whose largest difference from the model is proven and printed. Estimators
    are written as .onnx, .py and .sql.
    """
    with one_line_errors():
        import edgewise as ew

        loaded = ew.load(model)
        suffix = target.suffix
        if suffix == ".onnx":
            ew.export.to_onnx(loaded, target)
        elif suffix == ".pt2":
            _save_program(ew.export.to_program(loaded), target)
        elif suffix not in SOURCES:
            raise ValueError(
                f"expected a target ending in .onnx, .pt2, {', '.join(SOURCES)}, got {target}"
            )
        elif hasattr(loaded, "schema_"):
            _write_estimator(loaded, target, name)
        else:
            if domain is None:
                raise ValueError("expected --domain LOW,HIGH, within which the bound is proven")
            made = ew.export.tabulate(loaded, _read_pair(domain), **tables)
            named = {} if name is None else {"table" if suffix == ".sql" else "name": name}
            getattr(ew.export, SOURCES[suffix])(made, target, **named)
            click.echo(str(made.report))
        click.echo(f"{model} → {target}")


def _read_pair(text: str) -> tuple[float, float]:
    try:
        low, high = (float(part) for part in text.split(","))
    except ValueError as error:
        raise ValueError(f"expected --domain as two numbers such as -1,1, got {text!r}") from error
    return low, high


def _write_estimator(estimator: Any, target: Path, name: str | None) -> None:
    from edgewise._files import write_text

    if target.suffix == ".py":
        write_text(target, estimator.to_python())
    elif target.suffix == ".sql":
        write_text(target, estimator.to_sql(name or "data"))
    else:
        raise ValueError(f"expected a target ending in .onnx, .py or .sql of a table, got {target}")


def _save_program(program: Any, target: Path) -> None:
    import torch

    from edgewise._files import replace_file

    with replace_file(target) as temporary:
        torch.export.save(program, temporary)
