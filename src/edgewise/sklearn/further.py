"""Fits that go on with further rows, of which sums of squares and products are kept."""

from __future__ import annotations

import warnings
from typing import Any

from sklearn.utils import check_random_state

from edgewise.additive.arguments import read_weight, take_values
from edgewise.additive.columns import read_columns
from edgewise.additive.effects import name_targets
from edgewise.additive.growing import fit_growth, grow
from edgewise.additive.streaming import Numbers
from edgewise.nn.arguments import level_outside


def fit_further(estimator: Any, X: Any, y: Any, sample_weight: Any) -> None:
    """Fit an estimator to these rows, and to those that it has been given before."""
    loaded = hasattr(estimator, "models_") and not hasattr(estimator, "choices_")
    if loaded:
        raise ValueError(
            "partial_fit expected an estimator that began with it, got one that was read from "
            "a file, which doesn't hold what it needs: call sklearn.base.clone first"
        )
    first = getattr(estimator, "_growth", None) is None
    if first and hasattr(estimator, "models_"):
        warnings.warn(
            "partial_fit begins anew with these rows, because fit keeps nothing of its own to "
            "add them to: begin with partial_fit, or fit all rows at once",
            UserWarning,
            stacklevel=level_outside(),
        )
    columns = (
        read_columns(estimator._see_columns(X), estimator.schema_) if first else estimator._read(X)
    )
    y, sample_weight = take_values("y", y), take_values("sample_weight", sample_weight)
    targets = estimator._read_targets(y)
    weight = read_weight(sample_weight, len(columns[0]), len(targets))
    seed = int(check_random_state(estimator.random_state).randint(2**31 - 1)) if first else 0
    if first:
        estimator.offset_, estimator.appended_ = None, False
        estimator._fit_targets(columns, targets, weight, None, growing=True)
        estimator._names = name_targets(y, targets.shape[1])
    elif targets.shape[1] != len(estimator.models_):
        raise ValueError(f"expected {len(estimator.models_)} targets, got {targets.shape[1]}")
    before = None if first else estimator._growth
    parts = zip(estimator._shift, estimator._scale, estimator.losses_, strict=True)
    codings = [Numbers(k, *part) for k, part in enumerate(parts)]
    growth = grow(before, seed, estimator.choices_, codings, columns, targets, weight)
    some, weight = growth.columns(len(columns))
    if not first:
        estimator.choices_ = [
            fit_growth(choice, moments, growth.total, some)
            for choice, moments in zip(estimator.choices_, growth.moments, strict=True)
        ]
        estimator._set_models([choice.model for choice in estimator.choices_])
    estimator._growth = growth
    estimator._remember(some, weight, growth.total)
