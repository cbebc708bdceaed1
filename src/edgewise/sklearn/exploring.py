"""Estimators in the explorer."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from edgewise.explorer.explore import Explorer, open_explorer
from edgewise.explorer.payload import Wishes
from edgewise.explorer.tables import describe_table
from edgewise.sklearn.base import TableEstimator
from edgewise.sklearn.editing import check_taken


@open_explorer.register
def open_table(model: TableEstimator, x: Any, y: Any, wishes: Wishes) -> Explorer:
    """The explorer of a fitted estimator, whose log :meth:`TableEstimator.replay` repeats.

    Raises:
        ValueError: if names or scalers are given, which an estimator has from its table, or y
            without the exposure or offset of its rows.
    """
    for name in ("input_names", "output_names", "scaler", "output_scaler"):
        if getattr(wishes, name) is not None:
            raise ValueError(
                f"explore expected no {name} with an estimator, which has names and units from its "
                "table"
            )
    known, given = model.offset_, dict(wishes.known)
    if y is not None and known is not None and model.appended_ and known.name not in given:
        raise ValueError(
            f"explore expected {known.name}= with y, for the fit had an {known.name} for each row: "
            f"pass that of these rows, or leave y out to see changes only"
        )
    entry = given.pop("entry", None)
    x, y, _, entry = model._take_rows(x, y, None, entry)
    check_taken("explore", model, {"entry": entry})
    columns = model._read(x, **given)
    target = model._place_targets(y, columns, entry)
    names, explained = model.schema_.names, model.explain_global()
    both = zip(model._list_outputs(), model._list_sums(), strict=True)
    payload = describe_table(
        [replace(told, name=output.name) for output, told in both],
        explained,
        columns[: len(names) - len(model._list_beside())],
        names,
        target,
        wishes.rows,
        model.edits_,
        model._has_quantiles,
    )
    return Explorer(model, payload, TableEstimator.replay, explained.figure)
