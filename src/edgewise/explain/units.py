"""Scalers undone: edges of a network trained on scaled columns in the units of the columns."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from torch import nn

from edgewise.explain.edge_curves import DrawsEdges, EdgeView, mixing_norm
from edgewise.explain.names import taken_features
from edgewise.models.as_kan import check_kan
from edgewise.models.kan import KAN


def unscale_edge(
    model: nn.Module,
    view: EdgeView,
    edge: tuple[int, int, int],
    scaler: Any,
    output_scaler: Any,
) -> EdgeView:
    """The edge in the data's units, before ``scaler`` on its axis and ``output_scaler`` behind it.

    Only edges of the first layer have inputs with units, and only those of the last one outputs.

    Raises:
        ValueError: if a scaler hasn't ``inverse_transform`` or other columns than the model, if the
            first layer's normalisation mixes features, or if ``output_scaler`` isn't linear.
    """
    k, i, o = edge
    if isinstance(model, DrawsEdges):
        labels = model.edge_labels()
        depth, width, outputs = len(labels), len(labels[0]), len(labels[-1][0])
    else:
        kan = check_kan("plot_edge", model)
        depth, width, outputs = len(kan.stack()), kan.stack()[0].in_features, kan.widths[-1]
        _check_norms(kan, k, scaler, output_scaler if k + 1 == depth else None)
    if scaler is not None and k == 0:
        columns = width if getattr(model, "inputs", None) is None else int(model.in_features)  # type: ignore[arg-type]
        view = _unscale_axis(view, scaler, taken_features(model, width)[i], columns)
    if output_scaler is None:
        return view
    scale = read_scaling("plot_edge", "output_scaler", output_scaler, outputs).scale
    return _unscale_values(view, scale[o]) if k + 1 == depth else view


def _check_norms(kan: KAN, k: int, scaler: Any, output_scaler: Any) -> None:
    norm = mixing_norm(kan.stack()[0])
    if scaler is not None and k == 0 and norm is not None:
        raise ValueError(
            f"plot_edge expected a first layer that reads each feature separately, got {norm}, "
            "whose values have no units: leave scaler out, or use ew.surgery.unmix(model, x) first"
        )
    if output_scaler is not None and (kan.post is not None or kan.products[-1]):
        behind = "products" if kan.products[-1] else "a LayerNorm"
        raise ValueError(
            f"plot_edge expected edges that add to the outputs, got {behind} behind them: leave "
            "output_scaler out"
        )


def _unscale_axis(view: EdgeView, scaler: Any, feature: int, columns: int) -> EdgeView:
    found = (view.x, view.data, view.knots)
    x, data, knots = (
        None if v is None else _invert("scaler", scaler, v, feature, columns) for v in found
    )
    return replace(view, x=view.x if x is None else x, data=data, knots=knots)


def _unscale_values(view: EdgeView, size: float) -> EdgeView:
    values = None if view.values is None else size * view.values
    return replace(view, y=size * view.y, values=values)


def _invert(name: str, scaler: Any, values: np.ndarray, column: int, columns: int) -> np.ndarray:
    """Values of one column before the scaler."""
    rows = np.zeros((len(values), columns))
    rows[:, column] = values
    return _undo("plot_edge", name, scaler, rows)[:, column]


@dataclass(frozen=True)
class Scaling:
    """original = scale · value + shift, for each column."""

    scale: list[float]
    shift: list[float]


def read_scaling(owner: str, name: str, scaler: Any, columns: int) -> Scaling:
    """What a fitted scaler of scikit-learn's kind does, undone; nothing for None."""
    if scaler is None:
        return Scaling([1.0] * columns, [0.0] * columns)
    rows = np.repeat(np.arange(3.0)[:, None], columns, 1)
    zero, one, two = _undo(owner, name, scaler, rows)
    if not np.allclose(two - zero, 2 * (one - zero), rtol=1e-6):
        raise ValueError(
            f"{owner} expected {name} to shift and multiply, got {scaler!r:.80}: values "
            "of edges then have no units; leave it out"
        )
    return Scaling((one - zero).tolist(), zero.tolist())


def _undo(owner: str, name: str, scaler: Any, rows: np.ndarray) -> np.ndarray:
    """Rows before the scaler."""
    undo = getattr(scaler, "inverse_transform", None)
    if not callable(undo):
        raise ValueError(
            f"{owner} expected {name} to have inverse_transform, as those of scikit-learn do, got "
            f"{scaler!r:.80}"
        )
    columns = rows.shape[1]
    known = getattr(scaler, "n_features_in_", columns)
    if known != columns:
        raise ValueError(
            f"{owner} expected {name} to have been fitted to {columns} columns, got {known}: pass "
            "the one that made the model's data"
        )
    return np.asarray(undo(rows), dtype=np.float64)
