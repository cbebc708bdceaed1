"""What a page needs to predict a changed row: the model's source, and what its columns held."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from edgewise.additive.columns import Array, Columns
from edgewise.additive.effects import Units
from edgewise.additive.intervals import Seen
from edgewise.additive.training_summary import Key

SHOWN = 12
"""Columns whose fields are shown at once; the others unfold."""
MOST_LEVELS = 1000


class ExplainedRows(Protocol):
    """What a page shows of rows: see :class:`.explain.LocalExplanation`, which is one."""

    @property
    def names(self) -> Sequence[str]: ...
    @property
    def keys(self) -> Sequence[Key]: ...
    @property
    def columns(self) -> Columns: ...
    @property
    def outputs(self) -> Sequence[str]: ...
    @property
    def units(self) -> Sequence[Units]: ...
    @property
    def parts(self) -> Array: ...
    @property
    def others(self) -> Mapping[str, str]: ...


@dataclass(frozen=True)
class Changeable:
    """A model that a page can compute.

    Attributes:
        write: its source in JavaScript, with contributions, and an interval if it has one; None
            for a model that JavaScript can't compute.
        seen: what its columns held in the fit.
        names: of its columns.
    """

    write: Callable[[], str | None]
    seen: Sequence[Seen]
    names: Sequence[str]


def describe_what_if(
    explained: ExplainedRows, model: Changeable, rows: Sequence[int]
) -> dict[str, Any]:
    """What the template and the script are given of some rows.

    Columns without an effect are left out; the others stand in the order of their effects' sizes.
    """
    units, effects = explained.units[0], list(zip(explained.names, explained.keys, strict=True))
    sizes = np.abs(units.read(explained.parts)).mean(axis=(0, 2))
    order = [k for j in np.argsort(-sizes, kind="stable") for k in explained.keys[j]]
    columns = [_describe_column(k, explained, model, rows) for k in dict.fromkeys(order)]
    told: dict[str, Any] = {
        "rows": [{"place": row, "values": _list_values(explained, model, row)} for row in rows],
        "columns": columns,
        "outputs": [str(name) for name in explained.outputs],
        "other": next(iter(explained.others.values()), None),
        "word": units.word,
        "classes": units.is_log_odds,
        "effects": {name: [model.names[k] for k in key] for name, key in effects},
    }
    data = json.dumps(told).replace("<", "\\u003c").replace("&", "\\u0026")
    other = f" rather than {told['other']}" if told["other"] else ""
    predicted = f"{told['outputs'][0]}{other}" if len(told["outputs"]) == 1 else "Prediction"
    return told | {"shown": SHOWN, "data": data, "predicted": predicted}


def _list_values(explained: ExplainedRows, model: Changeable, row: int) -> dict[str, Any]:
    values = [column[row] for column in explained.columns]
    plain = [None if v is None or v != v else v if isinstance(v, str) else float(v) for v in values]
    return dict(zip(model.names, plain, strict=True))


def _describe_column(
    k: int, explained: ExplainedRows, model: Changeable, rows: Sequence[int]
) -> dict[str, Any]:
    """Its levels, the given rows' among them, or the ends of its numbers."""
    seen, levels = model.seen[k], None
    if seen.levels is not None:
        mine = [explained.columns[k][row] for row in rows]
        levels = list(
            dict.fromkeys([*seen.levels[:MOST_LEVELS], *(v for v in mine if v is not None)])
        )
    ends = {
        name: end if np.isfinite(end) else None
        for name, end in (("low", seen.low), ("high", seen.high))
    }
    return {"name": model.names[k], "levels": levels, "missing": seen.missing, **ends}
