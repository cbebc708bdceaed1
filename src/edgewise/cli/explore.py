"""``edgewise explore``: write a page on which a network or an estimator can be edited."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from edgewise.cli._common import FILE, NEW_FILE, one_line_errors
from edgewise.data.csv_files import check_columns, keep_complete, read_csv, read_dates, split_names
from edgewise.data.names import list_names


@click.command(short_help="Write a page to read and edit a model.")
@click.argument("model", type=FILE)
@click.argument("table", type=FILE)
@click.option(
    "-o",
    "--out",
    type=NEW_FILE,
    help="The page. [default: MODEL-explorer.html]",
)
@click.option(
    "--target",
    metavar="A,…",
    help="Columns that the model predicts. [default: those that aren't inputs]",
)
@click.option(
    "--inputs",
    metavar="A,B,…",
    help="Columns that it reads, in its order. [default: the model's input names, else all but "
    "the targets]",
)
@click.option(
    "--edits", type=click.Path(exists=True, path_type=Path), help="A log of edits to start with."
)
@click.option(
    "--rows", type=click.IntRange(min=2), default=1000, show_default=True, help="Rows in the page."
)
def explore(
    model: Path,
    table: Path,
    out: Path | None,
    target: str | None,
    inputs: str | None,
    edits: Path | None,
    rows: int,
) -> None:
    """Write a page on which the model in MODEL can be read and edited, with the data of TABLE.

    MODEL is a file of edgewise.save or of `edgewise fit`, TABLE a CSV or TSV file whose first line
    names its columns. The page holds the model and some rows, and needs neither a server nor the
    internet. Its log of edits goes into --edits, or in Python to edgewise.explorer.apply_edits (a
    network's) or model.replay (an estimator's).
    """
    with one_line_errors():
        import edgewise as ew

        loaded = ew.load(model)
        frame, notes = read_csv(table)
        open_model = _open_estimator if hasattr(loaded, "feature_names_in_") else _open_network
        found, more = open_model(loaded, frame, model, inputs, target, edits, rows)
        for note in [*notes, *more]:
            click.echo(note)
        out = out or model.with_name(f"{model.stem}-explorer.html")
        found.save(out)
        click.echo(f"written to {out}: {out.stat().st_size / 1e6:.1f} MB")


def _open_network(
    loaded: Any,
    frame: Any,
    path: Path,
    inputs: str | None,
    target: str | None,
    edits: Path | None,
    rows: int,
) -> tuple[Any, list[str]]:
    """The explorer of a network, and notes on rows that were dropped."""
    import edgewise as ew

    if not isinstance(loaded, ew.KAN | ew.symbolic.SymbolicKAN | ew.explorer.EditedKAN):
        raise ValueError(f"expected a KAN or an estimator in {path}, got {type(loaded).__name__}")
    if edits is not None:
        loaded = ew.explorer.apply_edits(loaded, edits)
    reads, predicts = _columns(loaded, frame, inputs, target)
    used, dropped = keep_complete(frame, [*reads, *predicts])
    x = used[reads].to_numpy("float64")
    y = _targets(used, predicts, loaded) if predicts else None
    names = predicts if len(predicts) == loaded.widths[-1] else None
    return ew.explore(loaded, x, y, input_names=reads, output_names=names, rows=rows), dropped


def _open_estimator(
    loaded: Any,
    frame: Any,
    path: Path,
    inputs: str | None,
    target: str | None,
    edits: Path | None,
    rows: int,
) -> tuple[Any, list[str]]:
    """The explorer of an estimator; it finds its columns by name."""
    import edgewise as ew

    if inputs is not None:
        raise ValueError("--inputs is for networks: an estimator reads the columns of its fit")
    names = list(loaded.feature_names_in_)
    rest = [name for name in frame.columns if name not in names]
    predicts = split_names(target, frame.columns) if target else rest if len(rest) == 1 else []
    check_columns([*names, *predicts], frame)
    used, dropped = keep_complete(frame, predicts)
    if edits is not None:
        loaded = loaded.replay(edits)
    y = used[predicts[0]] if len(predicts) == 1 else used[predicts] if predicts else None
    dated, _ = read_dates(frame.loc[used.index, names])
    return ew.explore(loaded, dated, y, rows=rows), dropped


def _columns(
    model: Any, frame: Any, inputs: str | None, target: str | None
) -> tuple[list[str], list[str]]:
    """Names of the columns that the model reads, and of those that it predicts."""
    columns = list(frame.columns)
    size, outputs = model.in_features, model.widths[-1]
    predicts = None if target is None else split_names(target, columns)
    if inputs is not None:
        reads = split_names(inputs, columns)
    elif model.input_names and set(model.input_names) <= set(columns):
        reads = list(model.input_names)
    else:
        reads = [name for name in columns if name not in (predicts or [])]
        reads = reads if predicts is not None else reads[:size]
    check_columns([*reads, *(predicts or [])], frame)
    if len(reads) != size:
        raise ValueError(
            f"expected {size} columns that the model reads, got {len(reads)} "
            f"({list_names(reads)}): name them with --inputs A,B,…"
        )
    if predicts is not None:
        return reads, predicts
    rest = [name for name in columns if name not in reads]
    return reads, rest if len(rest) in (1, outputs) else []


def _targets(frame: Any, names: list[str], model: Any) -> Any:
    """Targets as numbers, or the classes of one column if the model has an output for each."""
    import numpy as np
    import pandas as pd

    outputs = model.widths[-1]
    if len(names) == 1 and outputs > 1:
        codes, values = pd.factorize(frame[names[0]], sort=True)
        if len(values) > outputs:
            raise ValueError(
                f"expected at most {outputs} classes in {names[0]!r}, one for each output, got "
                f"{len(values)}: name the columns of the outputs with --target"
            )
        whole = pd.api.types.is_integer_dtype(frame[names[0]])
        return frame[names[0]].to_numpy(np.int64) if whole else codes.astype(np.int64)
    try:
        return frame[names].to_numpy("float64")
    except ValueError as error:
        raise ValueError(f"expected numbers in {list_names(names)}: {error}") from error
