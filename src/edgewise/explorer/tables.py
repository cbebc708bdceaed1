"""The payload of an estimator's explorer: the effects of an additive model, and some rows.

The page adds up effects as the model does. The original contributions of each row are sent with it;
an edited curve is the polygon through its points, as in :meth:`~edgewise.KANRegressor.edit`.
Interactions of three columns are shown and stay as they are; those that networks have found are a
part of the rest of each sum.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch

from edgewise.additive.additive import Additive
from edgewise.additive.columns import Array, Columns
from edgewise.additive.edit import Edit
from edgewise.additive.effects import Effect, LevelsEffect, NumberEffect, SurfaceEffect
from edgewise.additive.explain import Explanation
from edgewise.additive.local_explanation import explain_rows
from edgewise.additive.outputs import Output
from edgewise.additive.pictures import write_cells
from edgewise.additive.readings import describe_course
from edgewise.charts.style import begin_large
from edgewise.data.rows import pick_evenly
from edgewise.explorer.payload import table
from edgewise.explorer.table_edits import write_table_log
from edgewise.explorer.table_losses import RowLoss


def describe_table(
    outputs: Sequence[Output],
    explanation: Explanation,
    columns: Columns,
    names: Sequence[str],
    target: Array | Sequence[RowLoss] | None,
    rows: int,
    edits: Sequence[Edit],
    rising: bool,
) -> dict[str, Any]:
    """The payload of an estimator's page.

    Args:
        columns: the columns of the given rows, of which the page gets at most ``rows``.
        names: theirs, and behind them those of what isn't shown, the time of survival.
        target: (rows, targets), 0 and 1 of labels, or the index of each row's class, (rows,); the
            losses of outputs whose errors aren't squared; or None.
        rising: whether predictions of a row are sorted, as quantiles are.
    """
    total = len(columns[0])
    few = pick_evenly(total, rows)
    columns = [column[few] for column in columns]
    local = explain_rows(outputs, columns, names)
    effects = []
    for k, output in enumerate(outputs):
        own = output.units.read(local.parts[:, :, k])
        places = {key: j for j, key in enumerate(local.keys)}
        shown = [e for e in explanation.effects[output.name] if e.key and e.key in places]
        whole = np.asarray(output.model.effects(columns)[:, output.place] * output.size)
        rest = whole - own[:, [places[e.key] for e in shown]].sum(1)
        effects.append(
            {
                "rest": _pack(rest),
                "effects": [
                    _describe_effect(e, own[:, places[e.key]], output.model) for e in shown
                ],
            }
        )
    link = outputs[0].model.link.name
    return {
        "kind": "table",
        "title": explanation.target.title(explanation.effects, explanation.others),
        "output_names": [output.name for output in outputs],
        "other": outputs[0].other,
        "link": link,
        "units": outputs[0].units.word,
        "scales": [[o.shift, o.scale] for o in outputs],
        "bounds": [float(end) if np.isfinite(end) else None for end in outputs[0].bounds],
        "columns": [
            _describe_column(name, column) for name, column in zip(names, columns, strict=False)
        ],
        "outputs": effects,
        "y": _pack(target[few]) if isinstance(target, np.ndarray) else None,
        "losses": None
        if target is None or isinstance(target, np.ndarray)
        else [loss.describe(few, _pack) for loss in target],
        "rising": rising,
        "classes": link in ("logistic", "softmax"),
        "rows": total,
        "log": write_table_log(edits, names, outputs),
    }


def _pack(values: Any) -> dict[str, Any]:
    return table(torch.from_numpy(np.ascontiguousarray(values, dtype=np.float64)))


def _describe_column(name: str, column: Any) -> dict[str, Any]:
    """Numbers, some of them missing, or indices of levels."""
    if column.dtype != object:
        return {"name": name, "values": _pack(column), "levels": None}
    levels = list(dict.fromkeys(column.tolist()))
    place = {level: k for k, level in enumerate(levels)}
    return {"name": name, "values": _pack([place[v] for v in column]), "levels": levels}


def _describe_effect(effect: Effect, parts: Array, model: Additive) -> dict[str, Any]:
    read = effect.units.read
    sign, bend = (
        rule.get(effect.key[0], 0) if len(effect.key) == 1 else 0
        for rule in (model.signs, model.bends)
    )
    common = {
        "kind": effect.kind,
        "names": list(effect.names),
        "columns": list(effect.key),
        "importance": effect.importance,
        "edited": effect.edited,
        "sign": sign,
        "bend": bend,
        "parts": _pack(parts),
    }
    if isinstance(effect, NumberEffect):
        missing = read(effect.missing.value)
        return common | {
            "at": _pack(effect.at),
            "value": _pack(read(effect.band.value)),
            "low": _pack(read(effect.band.low)),
            "high": _pack(read(effect.band.high)),
            "missing": float(missing[0]) if len(missing) else None,
        }
    if isinstance(effect, LevelsEffect):
        return common | {
            "levels": list(effect.levels),
            "value": _pack(read(effect.band.value)),
            "counts": _pack(effect.counts),
        }
    assert isinstance(effect, SurfaceEffect)  # the only other kind with columns
    pairs = zip(effect.cells.sides, effect.scales, strict=True)
    return common | {
        "sides": [write_cells(at, scale) for at, scale in pairs],
        "value": _pack(read(effect.band.value).ravel()),
        "counts": _pack(effect.cells.counts.ravel()),
        "course": begin_large(describe_course(effect)),
    }
