"""Estimators of scikit-learn's kind: a table as it is, without settings, and readable.

Both fit an additive model of curves, levels and surfaces of pairs (:mod:`edgewise.tables`), which
is a Kolmogorov-Arnold network of one layer on B-splines whose knots follow the data, with product
nodes for the pairs. Its size, its link and its smoothness are what unseen rows and restricted
likelihood say.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClassifierMixin, RegressorMixin
from sklearn.metrics import log_loss, mean_squared_error
from sklearn.utils import check_random_state, compute_sample_weight
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import (
    check_array,
    check_is_fitted,
    column_or_1d,
    validate_data,
)

from edgewise.tables.additive import Additive, Settings
from edgewise.tables.arguments import read_bounds, read_settings, read_weight, split_folds
from edgewise.tables.choose import Choice, calibrate, choose_additive, list_links
from edgewise.tables.columns import Columns, read_columns, read_schema
from edgewise.tables.effects import Output, name_targets
from edgewise.tables.intervals import (
    Errors,
    check_coverage,
    describe_seen,
    find_outside,
    measure_errors,
    score_classes,
)
from edgewise.tables.links import Link, Logistic, Softmax
from edgewise.tables.pieces import Recipe, cut_pieces
from edgewise.tables.reading import Readable
from edgewise.tables.writing import Writable

Array = NDArray[np.float64]


class _TableEstimator(Readable, Writable, BaseEstimator):
    """What both estimators share: reading tables, folds and settings."""

    def __init__(
        self,
        *,
        categorical_features: Any = "from_dtype",
        monotonic_cst: Any = None,
        convexity_cst: Any = None,
        interaction_cst: Any = None,
        exclude: Any = (),
        cv: Any = 5,
        random_state: Any = None,
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


class KANRegressor(RegressorMixin, _TableEstimator):
    """Numbers from a table: curves of columns, values of categories, surfaces of pairs.

    .. math:: E[y] = h\\Bigl(b + \\sum_i f_i(x_i) + \\sum_{ij} f_{ij}(x_i, x_j)\\Bigr)

    with h(s) = s or exp(s), whichever predicts unseen rows better. Each f_i is a B-spline on knots
    at the column's quantiles, as smooth as its restricted likelihood says; a category has a value
    for each level, shrunk the more the fewer rows it has; a missing number has a value of its own.

    Args:
        categorical_features: names, positions or a mask of columns of numbers that are
            categories; text, categories and truth values are so anyway.
        monotonic_cst: 1 for a column whose effect must rise, -1 for one whose effect must fall: a
            list with a number for each column, or a dictionary by name. Such columns are in no
            pair.
        convexity_cst: 1 for a column whose effect must be convex, -1 for concave, in the same way.
            It is so before exp(s), and the effect goes on straight outside of the data.
        interaction_cst: "no_interactions", or sets of columns within which pairs may be; None and
            "pairs" allow all.
        exclude: names or positions of columns that must have no effect.
        bounds: the least and the greatest prediction, None where there is none: what lies beyond
            is moved onto them.
        cv: what chooses link and size: a number of folds, a splitter of scikit-learn, or pairs of
            fitted and judged rows.
        random_state: of the folds.

    Attributes:
        models_: an :class:`~edgewise.tables.additive.Additive` for each target.
        n_features_in_, feature_names_in_: of the table.

    Raises:
        ValueError: if the table holds dates, or infinite numbers, or isn't that of the fit.

    Example:
        >>> import numpy as np
        >>> from edgewise.sklearn import KANRegressor
        >>> x = np.random.default_rng(0).uniform(-2, 2, (200, 2))
        >>> model = KANRegressor(random_state=0).fit(x, np.sin(2 * x[:, 0]) + x[:, 1])
        >>> bool(model.score(x, np.sin(2 * x[:, 0]) + x[:, 1]) > 0.999)
        True

    Source: Wood, *Generalized Additive Models* (2017), for penalties and restricted likelihood;
    Lou et al., *Accurate intelligible models with pairwise interactions* (2013), for the pairs.
    """

    def __init__(
        self,
        *,
        categorical_features: Any = "from_dtype",
        monotonic_cst: Any = None,
        convexity_cst: Any = None,
        interaction_cst: Any = None,
        exclude: Any = (),
        bounds: Any = None,
        cv: Any = 5,
        random_state: Any = None,
    ) -> None:
        super().__init__(
            categorical_features=categorical_features,
            monotonic_cst=monotonic_cst,
            convexity_cst=convexity_cst,
            interaction_cst=interaction_cst,
            exclude=exclude,
            cv=cv,
            random_state=random_state,
        )
        self.bounds = bounds

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.target_tags.multi_output = True
        return tags

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> KANRegressor:
        """Fit a model for each target."""
        read_bounds(self.bounds)
        columns = self._read_fit(X, y)
        targets = check_array(y, ensure_2d=False, dtype=np.float64, input_name="y")
        self._single = targets.ndim == 1
        if targets.ndim == 2 and targets.shape[1] == 1:
            targets = column_or_1d(targets, warn=True)
            self._single = True
        targets = targets[:, None] if targets.ndim == 1 else targets
        weight = read_weight(sample_weight, len(columns[0]), len(targets))
        self.choices_: list[Choice] = []
        self.errors_: list[Errors] = []
        self._shift, self._scale = [], []
        fixed = self._settings().fixed
        for target in targets.T:
            links = list_links(target, weight)
            # Effects that multiply have no use for a shift: then only the scale is taken out.
            shift = 0.0 if len(links) > 1 else float(np.average(target, weights=weight))
            scale = float(np.sqrt(np.average((target - shift) ** 2, weights=weight))) or 1.0
            self._shift.append(shift)
            self._scale.append(scale)
            scaled = ((target - shift) / scale)[:, None]
            self.choices_.append(self._choose(columns, scaled, weight, links))
            errors = measure_errors(columns, scaled, weight, self.choices_[-1], fixed)
            self.errors_.append(errors)
        self._set_models([choice.model for choice in self.choices_])
        self._names = name_targets(y, targets.shape[1])
        self._remember(columns, weight)
        return self

    def _list_models(self) -> list[Additive]:
        return self.models_

    def _set_models(self, models: Sequence[Additive]) -> None:
        self.models_ = list(models)

    def _list_outputs(self) -> list[Output]:
        parts = zip(self._names, self.models_, self._shift, self._scale, strict=True)
        ends = read_bounds(self.bounds)
        return [
            Output(name, model, 0, k, shift, scale, ends)
            for k, (name, model, shift, scale) in enumerate(parts)
        ]

    def _measure_loss(self, X: Any, y: Any, sample_weight: Any) -> float:
        return float(mean_squared_error(y, self.predict(X), sample_weight=sample_weight))

    def _recipe(self) -> Recipe:
        check_is_fitted(self)
        kinds = self.schema_.categorical
        return Recipe(
            self.schema_.names,
            tuple(cut_pieces(model, kinds) for model in self.models_),
            tuple(zip(self._shift, self._scale, strict=True)),
            read_bounds(self.bounds),
            None,
            self._single,
        )

    def predict(self, X: Any) -> Array:
        """The expected target of each row, (rows,) or (rows, targets)."""
        columns = self._read(X)
        parts = [
            shift + scale * model.link.mean(model.effects(columns))[:, 0]
            for model, shift, scale in zip(self.models_, self._shift, self._scale, strict=True)
        ]
        return np.clip(parts[0] if self._single else np.stack(parts, 1), *read_bounds(self.bounds))

    def predict_interval(self, X: Any, coverage: float = 0.9) -> Array:
        """Between which two numbers the target of a new row lies, as often as ``coverage`` says.

        Conformal: errors of rows that were not fitted, over their expected size, which may differ
        from row to row. With too few rows for the coverage the ends are infinite.

        Shape:
            (rows, 2), or (rows, targets, 2).

        Source: Vovk et al., *Algorithmic learning in a random world* (2005).
        """
        check_coverage(coverage)
        columns, predicted = self._read(X), self.predict(X)
        ends = [
            scale * errors.reach(columns, coverage)
            for errors, scale in zip(self.errors_, self._scale, strict=True)
        ]
        reach = ends[0] if self._single else np.stack(ends, 1)
        return np.clip(predicted[..., None] + reach, *read_bounds(self.bounds))


class KANClassifier(ClassifierMixin, _TableEstimator):
    """Classes from a table, with shares that are calibrated.

    As :class:`KANRegressor`, but the sum of effects is the logarithm of the odds of the second of
    two classes, or one sum a class whose softmax is their shares. A single number, chosen on rows
    that were not fitted, makes them neither too sure nor too unsure.

    Args:
        class_weight: "balanced", or a dictionary by class, multiplied with the sample weights.
        categorical_features, monotonic_cst, convexity_cst, interaction_cst, exclude, cv,
            random_state: as there.

    Attributes:
        classes_: in order.
        model_: an :class:`~edgewise.tables.additive.Additive`.

    Raises:
        ValueError: as there; if there is a single class; if an effect is held to a shape with more
            than two.

    Example:
        >>> import numpy as np
        >>> from edgewise.sklearn import KANClassifier
        >>> x = np.random.default_rng(0).normal(size=(200, 2))
        >>> model = KANClassifier(random_state=0).fit(x, np.hypot(*x.T) > 1.2)
        >>> bool(model.score(x, np.hypot(*x.T) > 1.2) > 0.95)
        True
    """

    def __init__(
        self,
        *,
        categorical_features: Any = "from_dtype",
        monotonic_cst: Any = None,
        convexity_cst: Any = None,
        interaction_cst: Any = None,
        exclude: Any = (),
        class_weight: Any = None,
        cv: Any = 5,
        random_state: Any = None,
    ) -> None:
        super().__init__(
            categorical_features=categorical_features,
            monotonic_cst=monotonic_cst,
            convexity_cst=convexity_cst,
            interaction_cst=interaction_cst,
            exclude=exclude,
            cv=cv,
            random_state=random_state,
        )
        self.class_weight = class_weight

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> KANClassifier:
        """Fit one model for all classes."""
        columns = self._read_fit(X, y)
        labels = column_or_1d(y, warn=True)
        check_classification_targets(labels)
        weight = read_weight(sample_weight, len(columns[0]), len(labels))
        if self.class_weight is not None:
            weight = weight * compute_sample_weight(self.class_weight, labels)
        self.classes_, codes = np.unique(labels, return_inverse=True)
        if len(np.unique(codes[weight > 0])) < 2:
            raise ValueError(
                f"KANClassifier expected at least two classes, got one class: {self.classes_[:1]}"
            )
        two = len(self.classes_) == 2
        if not two and self._settings().shaped:
            raise ValueError(
                f"monotonic_cst and convexity_cst expected two classes, got {len(self.classes_)}: "
                "leave them out"
            )
        y01 = (codes[:, None] == np.arange(1 if two else 0, len(self.classes_))).astype(float)
        link: Link = Logistic() if two else Softmax()
        self.choice_ = self._choose(columns, y01, weight, [link], codes)
        self._set_models([self.choice_.model])
        self.scores_ = score_classes(codes, weight, self.choice_)
        self._remember(columns, weight)
        return self

    def _list_models(self) -> list[Additive]:
        return [self.model_]

    def _set_models(self, models: Sequence[Additive]) -> None:
        (self.model_,) = models

    def _list_outputs(self) -> list[Output]:
        places = (
            [(1, 0)] if len(self.classes_) == 2 else [(k, k) for k in range(len(self.classes_))]
        )
        return [Output(str(self.classes_[k]), self.model_, place) for k, place in places]

    def _measure_loss(self, X: Any, y: Any, sample_weight: Any) -> float:
        shares = self.predict_proba(X)
        return float(log_loss(y, shares, sample_weight=sample_weight, labels=self.classes_))

    def _recipe(self) -> Recipe:
        check_is_fitted(self)
        pieces = cut_pieces(self.model_, self.schema_.categorical)
        classes = tuple(self.classes_.tolist())
        return Recipe(self.schema_.names, (pieces,), ((0.0, 1.0),), (0.0, 1.0), classes, True)

    def decision_function(self, X: Any) -> Array:
        """The sum of effects, (rows,) for two classes, else (rows, classes)."""
        columns = self._read(X)
        effects = self.model_.effects(columns)
        return effects[:, 0] if len(self.classes_) == 2 else effects

    def predict_proba(self, X: Any) -> Array:
        """The share of each class, (rows, classes)."""
        columns = self._read(X)
        shares = self.model_.link.mean(self.model_.effects(columns))
        return np.concatenate([1 - shares, shares], 1) if len(self.classes_) == 2 else shares

    def predict_set(self, X: Any, coverage: float = 0.9) -> NDArray[np.bool_]:
        """Which classes a new row may have: the true one is among them at least that often.

        Shape:
            (rows, classes); the likeliest class is always in.

        Source: Sadinle et al., *Least ambiguous set-valued classifiers* (2019).
        """
        shares, least = self.predict_proba(X), 1 - self.scores_.quantile(check_coverage(coverage))
        return np.asarray((shares >= least) | (shares >= shares.max(1, keepdims=True)))

    def predict(self, X: Any) -> NDArray[Any]:
        """The likeliest class of each row."""
        places = self.predict_proba(X).argmax(1)
        return np.asarray(self.classes_[places])
