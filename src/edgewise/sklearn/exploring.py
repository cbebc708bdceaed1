"""Estimators in the explorer."""

from __future__ import annotations

from typing import Any

from edgewise.explorer.explore import Explorer, open_explorer
from edgewise.explorer.payload import Wishes
from edgewise.explorer.tables import describe_table
from edgewise.sklearn.base import TableEstimator
from edgewise.sklearn.tables import take_named


@open_explorer.register
def open_table(model: TableEstimator, x: Any, y: Any, wishes: Wishes) -> Explorer:
    """The explorer of a fitted estimator, whose log :meth:`TableEstimator.replay` repeats.

    Raises:
        ValueError: if the page can't compute the estimator's loss, or names or scalers are given,
            which an estimator has from its table.
    """
    for name in ("input_names", "output_names", "scaler", "output_scaler"):
        if getattr(wishes, name) is not None:
            raise ValueError(
                f"explore expected no {name} with an estimator, which has names and units from its "
                "table"
            )
    known = model.offset_
    if y is not None and known is not None and model.appended_:
        raise ValueError(
            f"explore expected no y of an estimator whose fit had an {known.name} for each row, "
            f"which the page doesn't have: fit with {known.name}= the name of a column, or leave y "
            "out to see changes only"
        )
    x, y, _ = take_named(x, y)
    columns = model._read(x)
    target = model._place_targets(y, len(columns[0]))
    explained = model.explain_global()
    payload = describe_table(
        model._list_outputs(),
        explained,
        columns,
        model.schema_.names,
        target,
        wishes.rows,
        model.edits_,
    )
    return Explorer(model, payload, TableEstimator.replay, explained.figure)
