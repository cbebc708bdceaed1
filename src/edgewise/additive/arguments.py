"""Check the arguments of the estimators: columns by name, constraints, bounds, weights, folds."""

from __future__ import annotations

import math
import warnings
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import (
    GroupKFold,
    KFold,
    StratifiedGroupKFold,
    StratifiedKFold,
    check_cv,
)
from sklearn.utils.validation import _check_sample_weight

from edgewise._checks import check_choice
from edgewise.additive.columns import Array, Columns, find_size
from edgewise.additive.schema import Schema, list_columns
from edgewise.additive.settings import Settings
from edgewise.additive.terms import EXPOSURES, Offset
from edgewise.additive.values import take_values
from edgewise.nn.arguments import level_outside
from edgewise.nn.reading import read_array

TOTALS = 2.0**-30, 2.0**40
"""Sums of weights between these are left unchanged."""
FEW = 0.5
"""The mean of positive weights below which a warning says that they count as fewer rows."""
KINDS_OF_INTERACTIONS = "pairs", "triples", "deep"


def read_signs(given: Any, argument: str, schema: Schema) -> dict[int, int]:
    """The sign, 1 or -1, of each column that has one.

    Of a column of dates it is that of the trend.

    Args:
        given: None, a number for each column, or a dictionary by name or position.
        argument: its name, for errors.

    Raises:
        ValueError: if it names no column, or one of categories, or is none of -1, 0 and 1.
    """
    names = schema.names
    if given is None:
        return {}
    if isinstance(given, Mapping):
        signs = {schema.find(name)[0]: sign for name, sign in given.items()}
    elif not isinstance(given, Sequence | np.ndarray) or isinstance(given, str):
        raise ValueError(
            f"{argument} expected a number for each column, or a dictionary by name, got "
            f"{type(given).__name__}"
        )
    elif len(given) != len(schema.table):
        raise ValueError(
            f"{argument} expected a number for each of {len(schema.table)} columns, got "
            f"{len(given)}"
        )
    else:
        signs = {schema.find(k)[0]: sign for k, sign in enumerate(given)}
    for k, sign in signs.items():
        if not isinstance(sign, (int, float, np.number)) or sign not in (-1, 0, 1):
            raise ValueError(f"{argument} expected -1, 0 or 1 for {names[k]!r}, got {sign!r}")
        if sign and schema.categorical[k] and k not in schema.orders:
            raise ValueError(
                f"{argument} expected a column of numbers, but {names[k]!r} holds categories, "
                "which have no order: give them one with pandas.Categorical(ordered=True)"
            )
        if sign and (k in schema.cycles or (k in schema.orders and argument != "monotonic_cst")):
            what = "goes round" if k in schema.cycles else "holds categories"
            raise ValueError(
                f"{argument} expected a column whose effect can do so, but {names[k]!r} {what}"
            )
    return {k: int(sign) for k, sign in signs.items() if sign}


def read_settings(
    schema: Schema, rising: Any, convex: Any, interactions: Any, exclude: Any
) -> Settings:
    """Constraints as positions of columns.

    Args:
        rising, convex, interactions, exclude: as the estimators' monotonic_cst, convexity_cst,
            interaction_cst and exclude.

    Raises:
        ValueError: if a constraint names no column, or one of categories that have no order, or is
            none of -1, 0 and 1.
    """
    allowed: tuple[frozenset[int], ...] | None = None
    if isinstance(interactions, str):
        if interactions not in ("pairs", "no_interactions"):
            raise ValueError(
                "interaction_cst expected 'pairs', 'no_interactions', sets of columns or None, "
                f"got {interactions!r}"
            )
    elif interactions is not None:
        allowed = tuple(
            frozenset(chain.from_iterable(schema.find_each("interaction_cst", group)))
            for group in list_columns("interaction_cst", interactions)
        )
    return Settings(
        read_signs(rising, "monotonic_cst", schema),
        1 if isinstance(interactions, str) and interactions == "no_interactions" else 2,
        allowed,
        frozenset(chain.from_iterable(schema.find_each("exclude", exclude))),
        read_signs(convex, "convexity_cst", schema),
        orders=schema.orders,
        cycles=schema.cycles,
    )


def check_interactions(interactions: Any, allowed: Any) -> None:
    """Raise ValueError unless interactions are None or of a known kind that the others allow."""
    if interactions is None:
        return
    remedy = "None leaves them out"
    check_choice("fit", "interactions", interactions, KINDS_OF_INTERACTIONS, remedy)
    if interactions == "deep" and allowed is not None and not isinstance(allowed, str):
        raise ValueError(
            "interactions='deep' expected no sets of columns as interaction_cst, for its networks "
            "read all of them: leave one of both out"
        )
    if interactions != "pairs" and isinstance(allowed, str) and allowed == "no_interactions":
        raise ValueError(
            f"interactions={interactions!r} expected that interactions are allowed, got "
            "interaction_cst='no_interactions': leave one of both out"
        )


def read_slopes(schema: Schema, groups: Any, slopes: Any) -> tuple[tuple[int, int], ...]:
    """Pairs of a column of numbers and a column of groups, each of which has its own slope.

    Raises:
        ValueError: if there are slopes without groups, or a slope isn't of a column of numbers.
    """
    slopes = list_columns("slopes", slopes)
    if not slopes:
        return ()
    if groups is None:
        raise ValueError("slopes expected groups, got none: say which column they are")
    places = [found[0] for found in schema.find_each("slopes", slopes)]
    for k in places:
        if schema.categorical[k] or k in schema.cycles:
            raise ValueError(f"slopes expected columns of numbers, got {schema.names[k]!r}")
    return tuple((k, schema.find(groups)[0]) for k in places)


def read_bounds(given: Any) -> tuple[float, float]:
    """The least and the greatest prediction.

    Raises:
        ValueError: unless they are two numbers, the smaller one first.
    """
    if given is None:
        return -np.inf, np.inf
    try:
        low, high = given
        low = -np.inf if low is None else float(low)
        high = np.inf if high is None else float(high)
    except (TypeError, ValueError):
        low, high = np.nan, np.nan
    if not low < high:
        raise ValueError(f"bounds expected two numbers such as (0, None), got {given!r}")
    return low, high


def read_weight(given: Any, rows: int, targets: int) -> Array:
    """The weight of each row; ValueError unless there are as many targets as rows."""
    if rows != targets:
        raise ValueError(
            f"expected as many targets as rows, got inconsistent numbers of samples: {rows} and "
            f"{targets}"
        )
    if not rows:
        raise ValueError("expected at least one row, got a table with 0 sample(s)")
    weight: Array = _check_sample_weight(
        None if given is None else read_array("sample_weight", given),
        np.zeros((rows, 1)),
        dtype=np.float64,
        ensure_non_negative=True,
    )
    if not weight.any():
        raise ValueError("sample_weight expected a weight above 0 somewhere, got zeros")
    total, counted = float((weight / rows).sum()) * rows, int(np.count_nonzero(weight))
    if total < FEW * counted:
        warnings.warn(
            f"sample_weight counts {counted} rows as {total:.3g}, as a row of weight 2 counts as "
            "two rows, so curves will be smoother than these rows deserve. If only ratios of the "
            "weights matter, divide them by their mean",
            stacklevel=level_outside(),
        )
    return _hold_weight(weight)


def _hold_weight(weight: Array) -> Array:
    """Weights multiplied by a power of two if their sum is beyond :data:`TOTALS`.

    Beyond these totals it makes no difference whether rows are even more, or even fewer.
    """
    size = find_size(weight)
    total = float((weight / size).sum())
    low, high = (math.log2(each) - math.log2(total) for each in TOTALS)
    exponent = math.log2(size)
    held = min(max(exponent, math.ceil(low)), math.floor(high))
    return weight if held == exponent else weight / size * 2.0**held


def is_count(cv: Any) -> bool:
    """Whether folds are given by their number, rather than by a splitter or by rows."""
    return isinstance(cv, (int, np.integer)) and not isinstance(cv, bool)


def find_folds(
    counted: NDArray[np.bool_], cv: Any, labels: Any, random: Any, groups: Any
) -> list[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """The fitted and the judged rows of each fold, as positions among rows of positive weight.

    Args:
        counted: whether the weight of each row is positive. A splitter, or pairs of rows, may also
            name the other rows.
        groups: the group of each row; no group is on both sides of a fold.
    """
    if is_count(cv):
        labels, groups = (None if v is None else v[counted] for v in (labels, groups))
        return split_folds(int(counted.sum()), cv, labels, random, groups)
    places = np.cumsum(counted) - 1
    folds = split_folds(len(counted), cv, labels, random, groups)
    return [(places[fit[counted[fit]]], places[judge[counted[judge]]]) for fit, judge in folds]


def split_folds(
    rows: int, cv: Any, labels: Any, random: Any, groups: Any
) -> list[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """The fitted and the judged rows of each fold; stratified if classes have enough rows."""
    blank = np.zeros((rows, 1))
    if not is_count(cv):
        return [_check_fold(fold, rows) for fold in check_cv(cv).split(blank, labels, groups)]
    if cv < 2:
        raise ValueError(f"cv expected at least 2 folds, got {cv}")
    if groups is not None:
        return _split_groups(blank, cv, labels, random, groups)
    if rows < 4:
        everything = np.arange(rows)
        return [(everything, everything)]
    if labels is not None:
        counts = np.bincount(labels)
        least = int(counts[counts > 0].min())
        if least >= 2:
            folds = StratifiedKFold(min(cv, least), shuffle=True, random_state=random)
            return list(folds.split(blank, labels))
    return list(KFold(min(cv, rows), shuffle=True, random_state=random).split(blank))


def _split_groups(
    blank: Array, cv: int, labels: Any, random: Any, groups: NDArray[Any]
) -> list[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """Folds of whole groups."""
    codes = np.unique([str(group) for group in groups], return_inverse=True)[1]
    count = len(np.unique(codes))
    if count < 2:
        raise ValueError(f"groups expected at least two groups, got {count}")
    kind = GroupKFold if labels is None else StratifiedGroupKFold
    folds = kind(min(cv, count), shuffle=True, random_state=random).split(blank, labels, codes)
    return [(fitted, judged) for fitted, judged in folds if len(judged)]


def _check_fold(fold: Any, rows: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The rows of a fold as numbers; ValueError if there are no such rows."""
    try:
        fitted, judged = (np.arange(rows)[np.asarray(part)] for part in fold)
    except (IndexError, TypeError, ValueError) as error:
        raise ValueError(
            f"cv expected a number of folds, a splitter or pairs of rows to fit and to judge, got "
            f"{fold!r:.80} among {rows} rows ({error})"
        ) from error
    if not fitted.ndim == judged.ndim == 1 or not len(fitted) or not len(judged):
        raise ValueError(f"cv expected rows on both sides of every fold, got {fold!r:.80}")
    return fitted, judged


def read_offset(
    schema: Schema, columns: Columns, offset: Any, exposure: Any
) -> tuple[Offset | None, Array | None]:
    """The known part of the sum of effects, and its values unless they are a column of the table.

    Args:
        offset: the name of a column, or a number for each row, or None.
        exposure: the same, with its logarithm as the offset.

    Raises:
        ValueError: if both are given, there is no such column of numbers, or there is no finite
            number (of an exposure: above 0) for each row.
    """
    given = exposure if offset is None else offset
    if given is None:
        return None, None
    if offset is not None and exposure is not None:
        raise ValueError("expected offset or exposure, got both: add log(exposure) to the offset")
    is_exposure = exposure is not None
    name = "exposure" if is_exposure else "offset"
    if not isinstance(given, str):
        values = check_known(name, take_values(name, given), len(columns[0]))
        return Offset((len(schema.names),), (), is_exposure), values
    place, *parts = schema.find(given)
    if schema.categorical[place] or parts:
        raise ValueError(f"{name} expected a column of numbers, but {given!r} holds others")
    check_known(name, columns[place], len(columns[0]))
    return Offset((place,), (), is_exposure), None


def check_known(name: str, given: Any, rows: int) -> Array:
    """An offset or an exposure of rows.

    Raises:
        ValueError: if there is no finite number (of an exposure: within
            :data:`~edgewise.additive.terms.EXPOSURES`) for each of them.
    """
    values = read_array(name, given)
    expected = f"{name} expected a finite number for each of {rows} rows, got"
    if values.shape != (rows,):
        raise ValueError(f"{expected} an array of shape {values.shape}")
    wrong = np.flatnonzero(~np.isfinite(values))
    if len(wrong):
        raise ValueError(
            f"{expected} {values[wrong[0]]} in {len(wrong)} of them, the first of which is row "
            f"{wrong[0]}: leave these rows out, or fill in what is known of them"
        )
    low, high = EXPOSURES
    if name == "exposure" and not np.all((values >= low) & (values <= high)):
        first = values[(values < low) | (values > high)][0]
        remedy = "multiply all by a power of ten" if first > 0 else "leave the row out"
        raise ValueError(
            f"exposure expected numbers above 0, from {low:g} to {high:g}, got {first:.6g}: "
            f"{remedy}"
        )
    return values
