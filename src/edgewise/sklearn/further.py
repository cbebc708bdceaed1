"""Add rows to a fitted estimator (``partial_fit``); merge estimators, or subtract one's rows."""

from __future__ import annotations

import copy
import warnings
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sklearn.utils import check_random_state

from edgewise._checks import quote
from edgewise.additive.arguments import read_weight
from edgewise.additive.columns import Columns, read_columns
from edgewise.additive.files import describe
from edgewise.additive.growing import Growth, measure_growth
from edgewise.additive.outputs import name_targets
from edgewise.additive.streaming import NumberCoding
from edgewise.additive.values import take_values
from edgewise.nn.arguments import level_outside
from edgewise.sklearn.tables import list_named, take_named, warn_of_order


def fit_further(
    estimator: Any, X: Any, y: Any, sample_weight: Any, offset: Any, exposure: Any
) -> None:
    """Fit an estimator to these rows, and to those that it has been given before."""
    _check_sums(estimator, exposure)
    if hasattr(estimator, "models_") and not hasattr(estimator, "choices_"):
        raise ValueError(
            "partial_fit expected an estimator fitted by it, got one that was read from "
            "a file, which doesn't hold what it needs: call sklearn.base.clone first"
        )
    taken = list_named(X, y, sample_weight)
    X, y, sample_weight = take_named(X, y, sample_weight)
    warn_of_order(X, y=y, sample_weight=sample_weight)
    before = getattr(estimator, "_growth", None)
    if before is not None and not before.choices:  # a pickle of version 0.1.0
        before = replace(before, choices=tuple(estimator.choices_))
    if before is None and hasattr(estimator, "models_"):
        warnings.warn(
            "partial_fit begins anew with these rows, because fit keeps nothing of its own to "
            "add them to: begin with partial_fit, or fit all rows at once",
            UserWarning,
            stacklevel=level_outside(),
        )
    if before is None:
        columns = read_columns(estimator._see_columns(X), estimator.schema_)
        columns = estimator._see_offset(columns, offset, exposure)
    else:
        columns = _read_known(estimator, X, offset, exposure)
    estimator.taken_ = taken
    y, sample_weight = take_values("y", y), take_values("sample_weight", sample_weight)
    targets = estimator._read_targets(y)
    weight = read_weight(sample_weight, len(columns[0]), len(targets))
    if before is None:
        estimator._fit_targets(columns, targets, weight, None, growing=True)
        estimator._names = name_targets(y, targets.shape[1])
        seed = int(check_random_state(estimator.random_state).randint(2**31 - 1))
        choices = estimator.choices_
    else:
        seed, choices = before.seed, before.choices
    if targets.shape[1] != len(choices):
        raise ValueError(f"expected {len(choices)} targets, got {targets.shape[1]}")
    parts = zip(estimator._shift, estimator._scale, estimator.losses_, strict=True)
    codings = [NumberCoding(k, *part) for k, part in enumerate(parts)]
    growth = measure_growth(seed, choices, codings, columns, targets, weight)
    if before is None:
        estimator._growth = growth
        estimator._remember(*growth.columns(len(columns)), growth.total)
    else:
        _take_over(estimator, before.merge(growth))


def _check_sums(estimator: Any, exposure: Any) -> None:
    """ValueError unless sums of squares and products are all that the fit needs of rows."""
    if estimator.loss not in ("squared_error", "lognormal"):
        raise ValueError(
            f"partial_fit expected loss='squared_error' or 'lognormal', got {estimator.loss!r}, "
            "whose fit reads rows several times: call fit with batches"
        )
    if estimator.interactions == "deep":
        raise ValueError(
            "partial_fit expected interactions='pairs' or 'triples', got 'deep', whose "
            "networks read rows many times: call fit with all rows"
        )
    if exposure is not None and estimator.loss == "squared_error":
        raise ValueError(
            "partial_fit expected no exposure with loss='squared_error', whose effects add up "
            "here: take loss='lognormal', or divide y by it"
        )


def _read_known(estimator: Any, X: Any, offset: Any, exposure: Any) -> Columns:
    """The columns of a further table, with an offset or exposure if the first had one.

    Raises:
        ValueError: if it is missing, or another one.
    """
    known, given = estimator.offset_, exposure if offset is None else offset
    if estimator.appended_ and given is None:
        raise ValueError(f"partial_fit expected {known.name}= of every table, as of the first one")
    if not isinstance(given, str):
        return estimator._read(X, offset, exposure)
    own = None if known is None else estimator.schema_.names[known.columns[0]]
    if estimator.appended_ or own != given or known.is_exposure == (exposure is None):
        raise ValueError(
            f"partial_fit expected the offset or exposure of the first table, got {given!r}"
        )
    return estimator._read(X)


def _take_over(estimator: Any, growth: Growth) -> None:
    """Predict from all rows of a growth; edits were of a model of fewer or of more rows."""
    if estimator.edits_:
        warnings.warn(
            f"the {len(estimator.edits_)} edits of the estimator aren't made again: "
            "replay(edits_) of the one before does it",
            UserWarning,
            stacklevel=level_outside(),
        )
    estimator.choices_, columns, weight = growth.fit(len(estimator.schema_.names))
    estimator._set_models([choice.model for choice in estimator.choices_])
    estimator._growth = growth
    estimator._remember(columns, weight, growth.total)


def without_rows(estimator: Any) -> Any:
    """A new estimator with the same terms but without rows, to be given those of somebody else.

    It predicts as before until ``partial_fit`` gives it rows; from then on only these count. In
    this way fits of tables that can't be brought together have the same terms, which :func:`merge`
    needs.

    Args:
        estimator: a KANRegressor that began with ``partial_fit``.

    Example:
        >>> import numpy as np
        >>> from edgewise.sklearn import KANRegressor, merge, without_rows
        >>> x = np.random.default_rng(0).uniform(-2, 2, (400, 2))
        >>> y = np.sin(2 * x[:, 0]) + x[:, 1]
        >>> here = KANRegressor(random_state=0).partial_fit(x[:200], y[:200])
        >>> there = without_rows(here)
        >>> bool((there.predict(x) == here.predict(x)).all())  # there are no rows of its own yet
        True
        >>> there = there.partial_fit(x[200:], y[200:])
        >>> bool(merge([here, there]).score(x, y) > 0.99)
        True
    """
    new = copy.copy(estimator)
    new._growth = _find_growth("without_rows", estimator).empty()
    return new


def merge(estimators: Sequence[Any]) -> Any:
    """A new estimator: the fit of the rows of all, to rounding, whatever their order.

    Only sums of squares and products are added; no row is read.

    Args:
        estimators: KANRegressors of the same terms: one that began with ``partial_fit``, and others
            that :func:`without_rows` made of it.

    Raises:
        ValueError: if there are none, or their terms aren't the same.

    Example:
        >>> import numpy as np
        >>> from edgewise.sklearn import KANRegressor, merge, without_rows
        >>> x = np.random.default_rng(0).uniform(-2, 2, (400, 2))
        >>> y = np.sin(2 * x[:, 0]) + x[:, 1]
        >>> here = KANRegressor(random_state=0).partial_fit(x[:200], y[:200])
        >>> there = without_rows(here).partial_fit(x[200:], y[200:])
        >>> merged = merge([here, there]).predict(x)
        >>> both = here.partial_fit(x[200:], y[200:])  # where the rows could travel
        >>> bool(np.abs(merged - both.predict(x)).max() < 1e-10)
        True
    """
    if not isinstance(estimators, Sequence) or not estimators:
        raise ValueError(
            f"merge expected a list of at least one estimator, got {quote(estimators)}"
        )
    first, *others = estimators
    growth = _find_growth("merge", first)
    for other in others:
        growth = growth.merge(_check_same("merge", first, other))
    new = copy.copy(first)
    _take_over(new, growth)
    return new


def subtract(whole: Any, part: Any) -> Any:
    """A new estimator: the fit of the rows of one without those of another, to rounding.

    This is the fit that :func:`merge` makes of the rows that stay. With pairs, the first table's
    own fit differs a little from it: that was found step by step, curves before pairs, and what a
    step leaves out stays out. ``merge([first])`` fits its terms together.

    Args:
        whole: a KANRegressor with the rows of both.
        part: one of the same terms with rows that are among these, as :func:`without_rows` and
            ``partial_fit`` make it.

    Raises:
        ValueError: if their terms aren't the same, or no rows are left.

    Example:
        >>> import numpy as np
        >>> from edgewise.sklearn import KANRegressor, merge, subtract, without_rows
        >>> x = np.random.default_rng(0).uniform(-2, 2, (400, 2))
        >>> y = np.sin(2 * x[:, 0]) + x[:, 1]
        >>> here = KANRegressor(random_state=0).partial_fit(x[:200], y[:200])
        >>> there = without_rows(here).partial_fit(x[200:], y[200:])
        >>> ours = subtract(merge([here, there]), there)
        >>> bool(np.abs(ours.predict(x) - here.predict(x)).max() < 1e-10)
        True
    """
    own = _find_growth("subtract", whole)
    new = copy.copy(whole)
    _take_over(new, own.subtract(_check_same("subtract", whole, part)))
    return new


def _find_growth(owner: str, estimator: Any) -> Growth:
    growth = getattr(estimator, "_growth", None)
    if not isinstance(growth, Growth):
        has_sums = hasattr(estimator, "partial_fit")
        remedy = "call partial_fit instead of fit" if has_sums else "fit all rows at once"
        raise ValueError(
            f"{owner} expected KANRegressors that began with partial_fit, which keep sums of "
            f"squares, got {type(estimator).__name__} without: {remedy}"
        )
    return growth


def _check_same(owner: str, one: Any, other: Any) -> Growth:
    """What another estimator keeps; ValueError unless it is of the same terms and units."""
    found = _find_growth(owner, one), _find_growth(owner, other)
    terms = []
    for estimator, growth in zip((one, other), found, strict=True):
        tensors: dict[str, Any] = {}
        models = [(c.lines.terms, c.whole.terms) for c in growth.choices]
        said = describe([estimator.schema_, estimator._shift, estimator._scale, models], tensors)
        terms.append((said, {name: each.numpy().tobytes() for name, each in tensors.items()}))
    if terms[0] != terms[1]:
        raise ValueError(
            f"{owner} expected estimators of the same terms, got others: make the second one of "
            "the first by without_rows, and give it its rows by partial_fit"
        )
    return found[1]
