"""Fit an estimator to a table in parts: choose a model on a sample, then fit it to all rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from sklearn.utils import check_random_state

from edgewise.additive.batches import LocalSource, Parts, Reader, Source, open_source, read_first
from edgewise.additive.columns import Columns
from edgewise.additive.distributed import share_work
from edgewise.additive.sample import Draw, name_like, split_sample
from edgewise.training.distributed import Ranks


def fit_parts(estimator: Any, X: Any, reader: Reader, offset: Any, exposure: Any) -> None:
    """Fit to a table in parts, together with other processes if there are some."""
    estimator.taken_ = (*reader.targets, *([] if reader.weight is None else [reader.weight]))
    with share_work() as team:
        source = open_source(X, Ranks() if team is None else team.ranks, estimator.n_jobs)
        fit = partial(_fit_source, estimator, reader=reader, offset=offset, exposure=exposure)
        if team is None or not isinstance(source, LocalSource):
            fit(source)
        else:
            estimator.__dict__.update(team.lead(source, fit))


def _fit_source(
    estimator: Any, source: Source, reader: Reader, offset: Any, exposure: Any
) -> dict[str, Any]:
    """Fit to all parts, and return the attributes that other processes take over."""
    x, y = read_first(source, reader)
    estimator._see_columns(x)
    parts = Parts(source, replace(reader, schema=estimator.schema_))

    def see(columns: Columns) -> None:
        estimator._see_offset(columns, offset, exposure)
        if estimator.appended_:
            raise ValueError(
                "a table in parts expected the name of a column as offset or exposure, got values"
            )

    fit_sample(estimator, parts, y, see)
    return estimator.__dict__


def fit_sample(
    estimator: Any, parts: Parts, y: Any, see: Callable[[Columns], None] | None = None
) -> None:
    """Choose a model on rows drawn from all parts, and fit it to all of them.

    Args:
        y: the targets of some rows, as they come.
        see: is shown the columns that are drawn.
    """
    seed = int(check_random_state(estimator.random_state).randint(2**31 - 1))
    sample = parts.run(Draw(seed))
    rows = sample.finish()
    columns, targets = split_sample(rows, len(estimator.schema_.names))
    if see is not None:
        see(columns)
    whole = sample.rows == len(rows.weight)
    parts = replace(parts, total=sample.total)
    estimator._fit_rows(columns, name_like(targets, y), rows.weight, None if whole else parts)
