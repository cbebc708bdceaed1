"""What both estimators share: reading a table, its constraints and folds, choosing a model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator
from sklearn.utils import check_random_state
from sklearn.utils.validation import check_array, check_is_fitted, validate_data

from edgewise.tables.additive import Settings
from edgewise.tables.arguments import read_settings, split_folds, take_values
from edgewise.tables.choose import Choice, calibrate, choose_additive
from edgewise.tables.columns import Columns, read_columns, read_schema
from edgewise.tables.intervals import describe_seen, find_outside
from edgewise.tables.links import Link
from edgewise.tables.reading import Readable
from edgewise.tables.writing import Writable

Array = NDArray[np.float64]


class TableEstimator(Readable, Writable, BaseEstimator):
    """An estimator of scikit-learn's kind that takes a table as it is.

    scikit-learn reads the arguments of an estimator from its own ``__init__``: so both list them.
    """

    def __init__(
        self,
        categorical_features: Any,
        monotonic_cst: Any,
        convexity_cst: Any,
        interaction_cst: Any,
        exclude: Any,
        cv: Any,
        random_state: Any,
    ) -> None:
        self.categorical_features = categorical_features
        self.monotonic_cst = monotonic_cst
        self.convexity_cst = convexity_cst
        self.interaction_cst = interaction_cst
        self.exclude = exclude
        self.cv = cv
        self.random_state = random_state

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        tags.input_tags.categorical = True
        tags.input_tags.string = True
        return tags

    def _read_fit(self, X: Any, y: Any) -> Columns:
        """The columns of the table that is fitted; remembers what they are.

        Raises:
            ValueError: if they hold what a table can't, or there is no target.
        """
        X = self._check_table(X, reset=True)
        self.schema_ = read_schema(X, self.categorical_features)
        columns = read_columns(X, self.schema_)
        self.seen_ = describe_seen(columns)
        if y is None:
            raise ValueError("requires y to be passed, but the target y is None")
        return columns

    def _read(self, X: Any) -> Columns:
        check_is_fitted(self)
        return read_columns(self._check_table(X, reset=False), self.schema_)

    def outside(self, X: Any) -> NDArray[np.bool_]:
        """Which values are beyond the data of the fit, or levels that it hasn't seen.

        Shape:
            (rows, columns). A missing value counts where none was missing.
        """
        return find_outside(self._read(X), self.seen_)

    def _check_table(self, X: Any, reset: bool) -> Any:
        """A frame as it is, an array of numbers checked by scikit-learn's own rules."""
        X = take_values("X", X)
        if hasattr(X, "column_names") and not hasattr(X, "iloc"):
            X = X.to_pandas()
        if hasattr(X, "columns") and not hasattr(X, "toarray"):
            for count, what in zip(X.shape, ("sample(s)", "feature(s)"), strict=True):
                if count == 0:
                    raise ValueError(
                        f"Found a table with 0 {what} while a minimum of 1 is required."
                    )
            validate_data(self, X, reset=reset, skip_check_array=True)
            return X
        if not hasattr(X, "toarray") and np.asarray(X).dtype.kind in "OUS":
            values = check_array(X, dtype=None, ensure_all_finite=False)
            validate_data(self, X, reset=reset, skip_check_array=True)
            return values
        return validate_data(self, X, reset=reset, dtype=np.float64, ensure_all_finite="allow-nan")

    def _settings(self) -> Settings:
        """Constraints as positions of columns."""
        return read_settings(
            self.schema_,
            self.monotonic_cst,
            self.convexity_cst,
            self.interaction_cst,
            self.exclude,
        )

    def _choose(
        self, columns: Columns, y: Array, weight: Array, links: Sequence[Link], labels: Any = None
    ) -> Choice:
        """The model that rows speak for that were not fitted."""
        random = check_random_state(self.random_state)
        # Rows of weight 0 keep their places, which `cv` may name, until the folds are made.
        counted = weight > 0
        places = np.cumsum(counted) - 1
        folds = [
            (places[fit[counted[fit]]], places[judge[counted[judge]]])
            for fit, judge in split_folds(len(y), self.cv, labels, random)
        ]
        columns, y, weight = [c[counted] for c in columns], y[counted], weight[counted]
        choice = choose_additive(columns, y, weight, links, self._settings(), folds)
        return calibrate(choice, y, weight) if labels is not None else choice
