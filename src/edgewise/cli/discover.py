"""``edgewise discover``: a formula out of a table."""

from __future__ import annotations

import csv
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from edgewise.cli._common import one_line_errors

if TYPE_CHECKING:
    from torch import Tensor

EXTRAS = {"pandas": "data", "sympy": "symbolic", "matplotlib": "plot"}
LISTED = 12


@click.command()
@click.argument("table", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--target", required=True, metavar="COLUMN", help="What to find a formula for.")
@click.option(
    "--inputs", metavar="A,B,…", help="What it may depend on. [default: all other columns]"
)
@click.option(
    "--budget",
    type=click.FloatRange(0, min_open=True),
    default=60.0,
    show_default=True,
    help="Seconds, roughly.",
)
@click.option("--seed", type=int, default=0, show_default=True)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the results. [default: runs/discover-TABLE]",
)
@click.option("--quiet", is_flag=True, help="No progress bar.")
def discover(
    table: Path,
    target: str,
    inputs: str | None,
    budget: float,
    seed: int,
    out: Path | None,
    quiet: bool,
) -> None:
    """Find a formula in TABLE, a CSV or TSV file whose first line names its columns.

    The target holds numbers or two classes, the inputs numbers. Writes report.html (a page to look
    at), formula.txt (formulas in sympy's notation: first the one that won, then the others, the
    shortest first) and model.safetensors (the one that won, for edgewise.load).
    """
    with one_line_errors():
        _require_extras()
        wanted = None if inputs is None else [name.strip() for name in inputs.split(",")]
        names, x, y, notes = read_table(table, target, wanted)
        for note in notes:
            click.echo(note)
        from edgewise import discovery

        out = out or Path("runs") / f"discover-{table.stem}"
        out.mkdir(parents=True, exist_ok=True)
        found = discovery.discover(
            x,
            y,
            input_names=names,
            output_name=target,
            budget=budget,
            seed=seed,
            progress=not quiet,
        )
        click.echo(str(found))
        _write(found, out)
        click.echo(f"written to {out}/: report.html formula.txt model.safetensors")


def _require_extras() -> None:
    """Fail before the search, not after."""
    for package, extra in EXTRAS.items():
        if find_spec(package) is None:
            raise ImportError(
                f"discover needs {package}, which is not installed: "
                f"run `pip install edgewise[{extra}]`"
            )


def _write(found: Any, out: Path) -> None:
    import edgewise as ew
    from edgewise._files import replacing

    others = [formula for formula in found.front if formula is not found.winner]
    lines = [f"{formula.expression}\n" for formula in (found.winner, *others)]
    with replacing(out / "formula.txt") as temporary:
        temporary.write_text("".join(lines), encoding="utf-8")
    ew.save(found.model, out / "model.safetensors")
    found.save(out / "report.html")


# The table.


def read_table(
    path: Path, target: str, inputs: list[str] | None
) -> tuple[list[str], Tensor, Tensor, list[str]]:
    """Names of the inputs, their rows, the target, and what the user should know.

    Raises:
        ValueError: if the file is no table, or its columns aren't what is asked for.
    """
    import numpy as np
    import torch

    frame, notes = _frame(path)
    names = _input_names(frame, target, inputs)
    used = frame[[*names, target]].replace([np.inf, -np.inf], np.nan)
    whole = used.dropna()
    if len(whole) < len(used):
        missing = len(used) - len(whole)
        notes.append(f"{missing:,} of {len(used):,} rows left out: values are missing or infinite")
    y, classes = _target(whole[target])
    return names, torch.tensor(whole[names].to_numpy(np.float64)), y, notes + classes


def _frame(path: Path) -> tuple[Any, list[str]]:
    """The table; columns without a name, as the index that pandas writes, are left out."""
    import pandas as pd

    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            head, first = file.readline(), file.readline()
        separator = max("\t;,", key=head.count)
        frame = pd.read_csv(path, sep=separator, encoding="utf-8-sig", skipinitialspace=True)
    except ValueError as error:  # of pandas' parser, and UnicodeDecodeError
        raise ValueError(f"expected a table with a line of names in {path}: {error}") from error
    frame.columns = [str(name).strip() for name in frame.columns]
    nameless = [name for name in frame.columns if name.startswith("Unnamed: ")]
    # More values than names, as R writes row names: pandas takes the first for an index.
    names, values = (len(next(csv.reader([line], delimiter=separator))) for line in (head, first))
    notes = ["a column without a name is left out"] if nameless or values > names else []
    return frame.drop(columns=nameless), notes


def _input_names(frame: Any, target: str, inputs: list[str] | None) -> list[str]:
    columns = list(frame.columns)
    others = [name for name in columns if name != target]
    names = others if inputs is None else inputs
    for name in (target, *names):
        if name not in columns:
            raise ValueError(f"there is no column {name!r}: choose from {_listed(columns)}")
    if target in names or len(set(names)) < len(names):
        raise ValueError(f"--inputs expected different columns without {target!r}, got {names}")
    if not names:
        raise ValueError(f"expected a column beside {target!r} to look for a formula in")
    texts = [name for name in names if not _is_number(frame[name])]
    if texts:
        rest = [name for name in names if name not in texts]
        remedy = (
            f"leave them out with --inputs {','.join(rest)}" if rest else "turn it into numbers"
        )
        value = str(frame[texts[0]].dropna().iloc[0])
        raise ValueError(
            f"expected numbers in the inputs, got text in {_listed(texts)} (such as {value!r}): "
            f"{remedy}"
        )
    return names


def _target(column: Any) -> tuple[Tensor, list[str]]:
    """y, as integers if there are two classes, and which is which."""
    import numpy as np
    import pandas as pd
    import torch

    codes, values = pd.factorize(column, sort=True)
    number = _is_number(column)
    if len(values) == 2 and not (number and any(float(v) % 1 for v in values)):
        low, high = (str(v) for v in values)
        notes = [f"{column.name} has two classes: {low} counts as -1, {high} as 1"]
        return torch.from_numpy(codes.astype(np.int64)), notes
    if not number:
        raise ValueError(
            f"the target {column.name!r} expected numbers or two classes, got {len(values)} "
            f"different texts: {_listed([str(v) for v in values])}"
        )
    return torch.tensor(column.to_numpy(np.float64)), []  # a copy: pandas' own may be read-only


def _is_number(column: Any) -> bool:
    """Also true and false; a column without any value holds no text."""
    from pandas.api.types import is_numeric_dtype

    return is_numeric_dtype(column) or column.dropna().empty


def _listed(names: list[str]) -> str:
    more = len(names) - LISTED
    return ", ".join(names[:LISTED]) + (f" and {more} more" if more > 0 else "")
