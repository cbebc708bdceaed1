"""Find columns to doubt: names of rows, and values that are known only after the target."""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.model_selection import KFold, cross_val_predict
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

LEAST_LEFT, FEWEST_ROWS, SUSPECTED_ROWS = 0.02, 20, 10_000


def list_suspects(frame: Any, y: Any, classes: bool) -> list[str]:
    """What a reader should know of columns that may be names of rows, or know the target.

    A column knows the target if a tree on this column alone has at most a fiftieth of the error of
    a constant, on rows that it was not fitted to. Of large tables 10,000 rows are looked at.
    """
    some = np.random.default_rng(0).permutation(len(frame))[:SUSPECTED_ROWS]
    frame, y = frame.iloc[some], np.asarray(y)[some]
    told = []
    for name in frame:
        column = frame[name]
        if column.nunique() == len(column) >= FEWEST_ROWS and _is_whole(column):
            told.append(f"{name} may be an id: its values are all different.")
        elif _share_left(column, y, classes) < LEAST_LEFT:
            told.append(
                f"{name} alone predicts nearly everything: is it known when a prediction is made?"
            )
    return told


def _is_whole(column: Any) -> bool:
    """Whether it holds texts, or whole numbers."""
    if hasattr(column, "dt"):  # dates may all be different
        return False
    values = column.to_numpy()
    return values.dtype.kind not in "fc" or bool(np.all(values == np.round(values)))


def _share_left(column: Any, y: Any, classes: bool) -> float:
    """The error of a tree on one column where that is known, relative to that of a constant."""
    known = column.notna().to_numpy()
    if known.sum() < FEWEST_ROWS:
        return 1.0
    column, y = column[known], y[known]
    codes = np.unique(column.to_numpy(object).astype(str), return_inverse=True)[1]
    codes = column.to_numpy(np.float64) if column.dtype.kind in "fiub" else codes
    tree = DecisionTreeClassifier if classes else DecisionTreeRegressor
    cutter = KFold(5, shuffle=True, random_state=0)
    guess = cross_val_predict(tree(min_samples_leaf=2), codes[:, None], y, cv=cutter)
    if classes:
        counts = np.unique(y, return_counts=True)[1]
        return float(np.sum(guess != y) / max(len(y) - counts.max(), 1))
    left, whole = np.sum((guess - y) ** 2), np.sum((y - y.mean(0)) ** 2)
    return float(left / whole) if whole else 1.0
