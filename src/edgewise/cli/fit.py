"""``edgewise fit``: fit a model to a table, and compare it with boosting and a linear model."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from edgewise.cli._common import FILE, FOLDER, make_folder, one_line_errors
from edgewise.data.csv_files import (
    check_columns,
    find_written_numbers,
    keep_complete,
    read_csv,
    read_dates,
    split_names,
)

MOST_CLASSES = 50
FEWEST_ROWS = 10
WITH_EXPOSURE = ("poisson", "negative_binomial", "gamma", "tweedie", "binomial")
"""The losses whose expectation an exposure multiplies; of "binomial" it is the number of trials."""
LOSSES = ("squared_error", "huber", "quantile", "lognormal", *WITH_EXPOSURE)
WORDS = {"the loss": "--loss", "exposure expected": "--exposure expected"}


@click.command(short_help="Fit a model of curves to a table.")
@click.argument("table", type=FILE)
@click.option("--target", required=True, metavar="COLUMN", help="Column to predict.")
@click.option(
    "--kind",
    type=click.Choice(["numbers", "classes"]),
    help="Kind of the target. [default: classes for texts and for two different values]",
)
@click.option(
    "--loss",
    type=click.Choice(LOSSES),
    metavar="NAME",
    help="What the numbers are: counts (poisson, negative_binomial), amounts (gamma, lognormal; "
    "tweedie if some are 0), successes or shares (binomial), numbers (squared_error; huber if some "
    "are outliers); quantile predicts the median. [default: squared_error]",
)
@click.option(
    "--exposure",
    metavar="COLUMN",
    help="Column of years, areas or trials that the expectation is proportional to.",
)
@click.option("--without", metavar="A,B,…", help="Columns to leave out.")
@click.option(
    "--folds",
    type=click.IntRange(min=0),
    default=5,
    show_default=True,
    help="Folds of the comparison with other models; 0 for none.",
)
@click.option("--seed", type=int, default=0, show_default=True)
@click.option("--out", type=FOLDER, help="Folder of the results. [default: runs/fit-TABLE]")
def fit(
    table: Path,
    target: str,
    kind: str | None,
    loss: str | None,
    exposure: str | None,
    without: str | None,
    folds: int,
    seed: int,
    out: Path | None,
) -> None:
    """Fit a model to TABLE, a CSV file whose first line names its columns.

    Prints the score on held-out rows with its standard error, beside those of a linear model and of
    gradient boosting. Writes model.safetensors (for `edgewise predict` and edgewise.load),
    page.html (the effect of each column) and card.png (the strongest effects at a glance).
    """
    with one_line_errors(WORDS):
        import edgewise as ew
        from edgewise.charts.style import choose_letters
        from edgewise.sklearn.quality import Score, list_facts
        from edgewise.sklearn.scores import compare
        from edgewise.sklearn.suspects import list_suspects

        _check_loss(kind, loss, exposure)
        kind = "numbers" if loss else kind
        frame, y, classes = _read(table, target, kind, without, exposure)
        out = out or Path("runs") / f"fit-{table.stem}"
        make_folder(out)
        model: Any = ew.KANClassifier(random_state=seed)
        if not classes:
            model = ew.KANRegressor(loss=loss or "squared_error", random_state=seed)
        known: dict[str, Any] = {"exposure": exposure} if exposure else {}
        scores: list[Score] = []
        notes: list[str] = []
        if folds >= 2:
            click.echo(f"scores on rows that were not fitted, {folds} folds:")
            for score in compare(model, frame, y, classes, folds, seed, **known):
                if not scores:
                    click.echo(" " * 24 + "".join(f"{name:>18}" for name in score.values))
                told = "".join(f"{score.write(measure):>18}" for measure in score.values)
                click.echo(f"{choose_letters(score.model):24}{told}")  # others take a while
                scores.append(score)
            columns = frame.drop(columns=exposure) if exposure else frame
            notes = list_suspects(columns, y, classes)
        for note in notes:
            click.echo(note)
        # A Series, to keep the name.
        model.fit(frame, frame.assign(**{target: y})[target], **known)
        ew.save(model, out / "model.safetensors")
        explained = replace(model.explain_global(), notes=notes)
        facts = list_facts(scores)
        explained.save(out / "page.html", scores=facts)
        explained.card(out / "card.png", scores=facts)
        click.echo(f"written to {out}/: model.safetensors page.html card.png")


def _check_loss(kind: str | None, loss: str | None, exposure: str | None) -> None:
    """ValueError unless the options go together."""
    if loss and kind == "classes":
        raise ValueError("--loss expected numbers, got --kind classes: leave one of them out")
    if exposure and loss not in WITH_EXPOSURE:
        *some, last = WITH_EXPOSURE
        raise ValueError(f"--exposure expected --loss {', '.join(some)} or {last}")


def _read(
    path: Path, target: str, kind: str | None, without: str | None, exposure: str | None
) -> tuple[Any, Any, bool]:
    """Inputs, target, and whether it holds classes; prints notes for the user."""
    frame, notes = read_csv(path)
    spare = split_names(without, frame.columns) if without else []
    check_columns([target, *spare, *([exposure] if exposure else [])], frame)
    if exposure in (target, *spare):
        raise ValueError(f"--exposure expected a column of its own, got {exposure!r}")
    frame, more = read_dates(frame.drop(columns=[n for n in spare if n != target]), target)
    more += find_written_numbers(frame)
    if exposure and (exposure not in frame.columns or _is_text(frame[exposure])):
        raise ValueError(f"--exposure expected numbers in {exposure!r}, got text or dates")
    for name in (target, exposure) if exposure else (target,):
        frame, said = keep_complete(frame, [name], f"no {name}")
        more += said
    y, frame = frame[target], frame.drop(columns=target)
    for note in (*notes, *more):
        click.echo(note)
    if not len(frame.columns.drop([exposure] if exposure else [])):
        raise ValueError(f"expected a column beside {target!r} to predict it from")
    if len(y) < FEWEST_ROWS:
        raise ValueError(f"expected at least {FEWEST_ROWS} rows with a {target}, got {len(y)}")
    classes = _is_classes(y) if kind is None else kind == "classes"
    if not classes and _is_text(y):
        raise ValueError(f"expected numbers in {target!r}, got text such as {y.iloc[0]!r}")
    different = y.nunique()
    if different < 2:
        raise ValueError(f"expected different values of {target!r}, got {y.iloc[0]!r} in all rows")
    if classes and different > MOST_CLASSES:
        raise ValueError(
            f"expected at most {MOST_CLASSES} classes in {target!r}, got {different} different "
            f"values such as {y.iloc[0]!r}: numbers have a text among them, or it names rows"
        )
    return frame, y.astype(str).to_numpy(object) if _is_text(y) else y.to_numpy(), classes


def _is_text(column: Any) -> bool:
    from pandas.api.types import is_numeric_dtype

    return not is_numeric_dtype(column)


def _is_classes(column: Any) -> bool:
    """Whether a target holds classes: text, booleans, or two different values."""
    return _is_text(column) or column.dtype == bool or column.nunique() == 2
