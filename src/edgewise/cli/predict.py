"""``edgewise predict``: predict the rows of a table with a model from `edgewise fit`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from edgewise._files import write_text
from edgewise.cli._common import FILE, NEW_FILE, one_line_errors
from edgewise.data.csv_files import read_csv, read_dates
from edgewise.data.names import list_names


@click.command(short_help="Predict the rows of a table.")
@click.argument("model", type=FILE)
@click.argument("table", type=FILE)
@click.option(
    "--coverage",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    default=0.9,
    show_default=True,
    help="Share of the values between low and high.",
)
@click.option("--out", type=NEW_FILE, help="File of the results. [default: TABLE-predictions.csv]")
def predict(model: Path, table: Path, coverage: float, out: Path | None) -> None:
    """Predict the rows of TABLE, a CSV file, by a MODEL that `edgewise fit` wrote.

    Writes the table with further columns: for numbers prediction, low and high; for classes
    prediction and the share of each class; and outside, which names columns whose value is outside
    the fitted range or an unknown level.
    """
    with one_line_errors():
        import edgewise as ew

        loaded = ew.load(model)
        if not hasattr(loaded, "feature_names_in_"):
            raise ValueError(f"expected a model of a table in {model}, got {type(loaded).__name__}")
        frame, notes = read_csv(table)
        names = list(loaded.feature_names_in_)
        if absent := [name for name in names if name not in frame.columns]:
            raise ValueError(f"expected the columns of the fit in {table}: no {list_names(absent)}")
        dated, _ = read_dates(frame[names])
        results, outside = _predict(loaded, dated, coverage)
        if any(outside):
            notes.append(f"{sum(map(bool, outside)):,} rows have values outside those of the fit")
        for note in notes:
            click.echo(note)
        taken = [name for name in results if name in frame.columns]
        whole = frame.drop(columns=taken).assign(**results)
        out = out or table.with_name(f"{table.stem}-predictions.csv")
        write_text(out, whole.to_csv(index=False))
        click.echo(f"{len(frame):,} rows written to {out}")


def _predict(model: Any, frame: Any, coverage: float) -> tuple[dict[str, Any], list[str]]:
    """The new columns, and for each row the columns with values outside those of the fit."""
    results = {"prediction": model.predict(frame)}
    if hasattr(model, "classes_"):
        shares = model.predict_proba(frame)
        results |= {f"share of {label}": shares[:, k] for k, label in enumerate(model.classes_)}
    elif model.loss != "binomial":  # it would need the number of trials
        results["low"], results["high"] = model.predict_interval(frame, coverage).T
    names = frame.columns
    outside = [" ".join(names[row]) for row in model.outside(frame)]
    return {**results, "outside": outside}, outside
