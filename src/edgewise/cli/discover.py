"""``edgewise discover``: find a formula for a column of a table."""

from __future__ import annotations

import csv
import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click

from edgewise._files import write_text
from edgewise.cli._common import FILE, FOLDER, make_folder, one_line_errors
from edgewise.cli._discover_table import read_table
from edgewise.data.names import list_names

EXTRAS = {
    "pandas": "data",
    "sympy": "symbolic",
    "sklearn": "symbolic",
    "jinja2": "symbolic",
    "matplotlib": "plot",
}

WORDS = {
    "sample_weight": "--weight",
    "x_sigma": "--sigma",
    "output_unit": "--output-unit",
    "n_jobs": "--jobs",
    "input_names": "--inputs",
    "output_name": "--target",
}
"""Python arguments of `discover`, and the options for them."""


@click.command(short_help="Find a formula for a column of a table.")
@click.argument("table", type=FILE)
@click.option("--target", required=True, metavar="A,…", help="Columns to find formulas for.")
@click.option(
    "--inputs", metavar="A,B,…", help="Columns the formula may use. [default: all others]"
)
@click.option(
    "--units",
    metavar="A=UNIT,…",
    help='Units of the inputs, such as "g=m/s^2,l=m", or a JSON file of them; the others have '
    "none.",
)
@click.option("--output-unit", metavar="UNIT", help="Unit of the target, such as s.")
@click.option("--weight", metavar="COLUMN", help="The weight of each row.")
@click.option("--sigma", metavar="COLUMN", help="The standard deviation of each row's target.")
@click.option(
    "--errors",
    type=click.Choice(["constant", "relative", "counts"]),
    help="The kind of the target's errors, if no column has them. [default: the likeliest]",
)
@click.option("--robust", is_flag=True, help="Reduce the weight of outliers.")
@click.option(
    "--budget",
    type=click.FloatRange(0, min_open=True),
    default=60.0,
    show_default=True,
    help="Seconds of processor time, roughly.",
)
@click.option("--seed", type=int, default=0, show_default=True)
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="Number of processes.",
)
@click.option("--out", type=FOLDER, help="Folder of the results. [default: runs/discover-TABLE]")
@click.option("--quiet", is_flag=True, help="No progress bar.")
def discover(
    table: Path,
    target: str,
    inputs: str | None,
    units: str | None,
    output_unit: str | None,
    weight: str | None,
    sigma: str | None,
    errors: str | None,
    robust: bool,
    budget: float,
    seed: int,
    jobs: int,
    out: Path | None,
    quiet: bool,
) -> None:
    """Find a formula in TABLE, a CSV or TSV file whose first line names its columns.

    Targets are columns of numbers or classes, inputs columns of numbers. Separate several targets
    by commas. Writes report.html, card.png (the result at a glance), formula.txt (formulas in
    sympy's notation: the winner, then the others from short to long), front.csv (the same with
    their errors) and model.safetensors (the winner, for edgewise.load). Ctrl-C ends the search and
    writes the formulas found so far.
    """
    with one_line_errors(WORDS):
        _require_extras()
        if sigma is not None and errors is not None:
            raise ValueError("expected --sigma or --errors, got both: leave one of them out")
        targets, data = read_table(table, target, inputs, weight, sigma)
        for note in data.notes:
            click.echo(note)
        given = None if units is None else read_units(units, data.names)
        from edgewise import discovery

        out = out or Path("runs") / f"discover-{table.stem}"
        make_folder(out)
        found = discovery.discover(
            data.x,
            data.y,
            input_names=data.names,
            output_name=targets[0] if len(targets) == 1 else targets,
            units=given,
            output_unit=output_unit,
            sample_weight=data.weight,
            sigma=errors if data.sigma is None else data.sigma,
            robust=robust,
            budget=budget,
            seed=seed,
            n_jobs=jobs,
            progress=not quiet,
        )
        click.echo(str(found))
        written = write_results(found, out)
        click.echo(f"written to {out}/: {' '.join(written)}")


def _require_extras() -> None:
    """Check that packages for the results are installed, before the search."""
    for package, extra in EXTRAS.items():
        if find_spec(package) is None:
            raise ImportError(
                f"discover needs {package}, which is not installed: "
                f"run `pip install edgewise[{extra}]`"
            )


def read_units(text: str, names: list[str]) -> dict[str, str]:
    """Units by input, from a JSON file or from a text such as "g=m/s^2,l=m"."""
    units = _units_of_file(Path(text)) if text.endswith(".json") else _units_of_text(text)
    if strange := [name for name in units if name not in names]:
        raise ValueError(
            f"--units expected names of inputs, got {list_names(strange)}: choose from "
            f"{list_names(names)}"
        )
    return units


def _units_of_file(path: Path) -> dict[str, str]:
    try:
        units = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:  # JSONDecodeError or UnicodeDecodeError
        raise ValueError(f"--units expected JSON in {path}: {error}") from error
    if not isinstance(units, dict) or not all(isinstance(u, str) for u in units.values()):
        raise ValueError(f'--units expected an object such as {{"g": "m/s^2"}} in {path}')
    return units


def _units_of_text(text: str) -> dict[str, str]:
    units: dict[str, str] = {}
    (pairs,) = csv.reader([text], skipinitialspace=True)
    for pair in pairs:
        name, equals, unit = pair.rpartition("=")
        name = name.strip()
        if not equals or not name or not unit.strip() or name in units:
            raise ValueError(
                f"--units expected NAME=UNIT once for each input, such as g=m/s^2, got {pair!r}"
            )
        units[name] = unit.strip()
    return units


# What is written.


def write_results(found: Any, out: Path) -> list[str]:
    """Write the page, formulas, the front and models; return the names of the files."""
    from edgewise.discovery.result import Discoveries

    every = list(found) if isinstance(found, Discoveries) else [found]
    texts = {
        "report.html": found.html(),
        "formula.txt": "".join(_formula_lines(d, len(every) > 1) for d in every),
        "front.csv": _front_csv(every),
    }
    for name, text in texts.items():
        write_text(out / name, text)
    return [*texts, *_write_cards(every, out), *_write_models(every, out)]


def _write_cards(every: list[Any], out: Path) -> list[str]:
    """Write one card for each output."""
    names = name_files("card", "png", [d.output_name for d in every])
    for discovery, name in zip(every, names, strict=True):
        discovery.card(out / name)
    return names


def name_files(stem: str, ending: str, outputs: list[str]) -> list[str]:
    """The name of each output's file; a single output needs no suffix."""
    from edgewise.formula.printing import safe_names

    if len(outputs) == 1:
        return [f"{stem}.{ending}"]
    return [f"{stem}-{name}.{ending}" for name in safe_names(outputs)]


def _formula_lines(discovery: Any, several: bool) -> str:
    """Lines with one formula each, in sympy's notation; comments start with #."""
    from edgewise.formula.printing import name_mapping

    lines = [f"# {_one_line(discovery.output_name)} ="] if several else []
    for safe, name in name_mapping(discovery.input_names).items():
        lines.append(f"# {safe}: {_one_line(name)}")
    others = [formula for formula in discovery.front if formula is not discovery.winner]
    lines += [str(formula.expression) for formula in (discovery.winner, *others)]
    return "".join(f"{line}\n" for line in lines)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _front_csv(every: list[Any]) -> str:
    """All fronts as one table."""
    import pandas as pd

    frames = []
    for discovery in every:
        frame = discovery.front_table()
        frame.insert(0, "output", discovery.output_name)
        frames.append(frame)
    return str(pd.concat(frames).to_csv(index=False))


def _write_models(every: list[Any], out: Path) -> list[str]:
    """Write the winners as networks; skip those that aren't networks, with a message."""
    import edgewise as ew

    names = name_files("model", "safetensors", [d.output_name for d in every])
    written = []
    for discovery, name in zip(every, names, strict=True):
        try:
            model = discovery.model
        except ValueError as error:
            click.echo(f"{name} is left out: {error}")
            (out / name).unlink(missing_ok=True)  # remove the file of an earlier search
            continue
        ew.save(model, out / name)
        written.append(name)
    return written
