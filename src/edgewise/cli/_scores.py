"""How well rows are predicted that were not fitted: ours beside what people would try first."""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.compose import make_column_transformer
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression, RidgeCV
from sklearn.model_selection import KFold, StratifiedKFold, cross_validate
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, StandardScaler

NUMBERS = {"neg_root_mean_squared_error": "error", "r2": "R²"}
CLASSES = {"neg_log_loss": "log loss", "accuracy": "accuracy"}


def compare(model: Any, frame: Any, y: Any, classes: bool, folds: int, seed: int) -> str:
    """A table of scores, mean ± standard error over the folds."""
    measures = CLASSES if classes else NUMBERS
    least = int(np.unique(y, return_counts=True)[1].min()) if classes else 0
    kind = StratifiedKFold if classes and least >= folds else KFold
    splits = list(kind(folds, shuffle=True, random_state=seed).split(frame, y))
    lines = [f"{'':18}" + "".join(f"{name:>22}" for name in measures.values())]
    for name, each in {"KAN": model, **make_others(frame, classes, seed)}.items():
        scores = cross_validate(each, frame, y, cv=splits, scoring=list(measures))
        cells = []
        for measure in measures:
            values = np.abs(scores[f"test_{measure}"]) if measure[:4] == "neg_" else None
            values = scores[f"test_{measure}"] if values is None else values
            spread = values.std(ddof=1) / np.sqrt(len(values))
            cells.append(f"{f'{values.mean():.4g} ± {spread:.2g}':>22}")
        lines.append(f"{name:18}" + "".join(cells))
    return "\n".join([f"rows that were not fitted, {folds} folds:", *lines])


def make_others(frame: Any, classes: bool, seed: int) -> dict[str, Any]:
    """A linear model and gradient boosting of scikit-learn, for columns of any kind."""
    from pandas.api.types import is_bool_dtype, is_numeric_dtype

    numbers = [n for n in frame if is_numeric_dtype(frame[n]) and not is_bool_dtype(frame[n])]
    texts = [n for n in frame if n not in numbers]
    whole = make_pipeline(
        SimpleImputer(keep_empty_features=True, add_indicator=True), StandardScaler()
    )
    levels = OneHotEncoder(handle_unknown="infrequent_if_exist", max_categories=100)
    codes = OrdinalEncoder(
        handle_unknown="use_encoded_value", unknown_value=np.nan, encoded_missing_value=np.nan
    )
    linear = LogisticRegression(max_iter=1000) if classes else RidgeCV(np.logspace(-3, 4, 15))
    boosting = HistGradientBoostingClassifier if classes else HistGradientBoostingRegressor
    return {
        "linear model": make_pipeline(
            make_column_transformer((whole, numbers), (levels, texts)), linear
        ),
        "gradient boosting": make_pipeline(
            make_column_transformer((codes, texts), remainder="passthrough"),
            boosting(random_state=seed),
        ),
    }
