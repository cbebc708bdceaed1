"""`KANClassifier`, an estimator of classes and their probabilities."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import ClassifierMixin
from sklearn.metrics import accuracy_score, log_loss
from sklearn.utils import compute_sample_weight
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_is_fitted, column_or_1d

from edgewise._arrays import Array
from edgewise.additive.additive import Additive
from edgewise.additive.arguments import read_weight, take_values
from edgewise.additive.batches import Parts
from edgewise.additive.columns import Columns
from edgewise.additive.effects import Output
from edgewise.additive.intervals import check_coverage, score_classes
from edgewise.additive.kinds import find_missing
from edgewise.additive.loss import Loss
from edgewise.additive.losses import Binomial, Multinomial
from edgewise.additive.streaming import Classes, StreamingRefitter, code_classes
from edgewise.piecewise.additive_program import write_program, write_set
from edgewise.piecewise.program import Interval, Program
from edgewise.sklearn.base import TableEstimator
from edgewise.sklearn.whole_fits import all_or_nothing


class KANClassifier(ClassifierMixin, TableEstimator):
    """Classes from a table, with calibrated probabilities.

    As :class:`KANRegressor`, but the sum of effects is the log odds of the second of two classes,
    or there is one sum a class, and probabilities are their softmax. They are calibrated by a
    factor on all effects, chosen out of fold.

    Args:
        class_weight: "balanced", or a dictionary by class, multiplied with the sample weights.
        categorical_features, monotonic_cst, convexity_cst, interaction_cst: as there.
        interactions: as there.
        exclude, cyclic, groups, slopes, cv, n_jobs, random_state: as there.

    Attributes:
        classes_: in order.
        model_: an :class:`~edgewise.additive.additive.Additive`.

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
        interactions: Any = "pairs",
        exclude: Any = (),
        cyclic: Any = None,
        groups: Any = None,
        slopes: Any = (),
        class_weight: Any = None,
        cv: Any = 5,
        n_jobs: int | None = None,
        random_state: Any = None,
    ) -> None:
        super().__init__(
            *(categorical_features, monotonic_cst, convexity_cst, interaction_cst),
            *(exclude, cyclic, cv, n_jobs, random_state),
        )
        self.interactions = interactions
        self.class_weight = class_weight
        self.groups = groups
        self.slopes = slopes

    def __call__(self, X: Any) -> Array:
        """The probabilities: programs that explain a function, such as shap, take the estimator."""
        return self.predict_proba(X)

    @all_or_nothing
    def fit(
        self, X: Any, y: Any = None, sample_weight: Any = None, offset: Any = None
    ) -> KANClassifier:
        """Fit a model of the table.

        A table larger than memory comes in parts: the path of a Parquet file or a folder of them,
        a dataset of pyarrow, a frame of Dask, a list of frames or of pairs (x, y), or a function
        that gives an iterator of these. Then y and sample_weight are names of columns. The terms
        of the model are chosen on rows drawn from all parts, and its coefficients fitted to all
        rows, in a few passes. Under torchrun each process reads its own row groups, or an iterable
        of its own, and all get the same model.

        Args:
            sample_weight: a row of weight 2 counts as two rows.
            offset: known log odds of the second of two classes, as :meth:`KANRegressor.fit` takes
                it: those of an earlier model, or log(p / (1 - p)) if the share p of the class among
                the rows is another one than where the model is used.

        Raises:
            ValueError: if y has a single class, or with an offset more than two.

        Example:
            >>> import numpy as np
            >>> from edgewise.sklearn import KANClassifier
            >>> random = np.random.default_rng(0)
            >>> x, before = random.normal(size=(400, 1)), random.normal(size=400)
            >>> y = random.uniform(size=400) < 1 / (1 + np.exp(-before - 2 * x[:, 0]))
            >>> model = KANClassifier(random_state=0).fit(x, y, offset=before)
            >>> model.predict_proba(x, offset=before).shape
            (400, 2)
        """
        return self._fit_table(X, y, sample_weight, offset, None)

    def _fit_rows(self, columns: Columns, y: Any, sample_weight: Any, parts: Parts | None) -> None:
        shape = np.asarray(y).shape
        if len(shape) == 2 and shape[1] > 1:
            raise ValueError(
                f"KANClassifier expected one class in every row, got {shape[1]} columns in "
                "y: sklearn.multioutput.MultiOutputClassifier(KANClassifier()) fits one for each"
            )
        labels = column_or_1d(y, warn=True)
        numbers = labels.dtype.kind == "f"
        if (numbers and np.isnan(labels).any()) or (
            labels.dtype == object and find_missing(labels).any()
        ):
            raise ValueError(
                "KANClassifier expected a class in every row, got missing ones in y: leave out "
                "these rows, or give missing values a class of their own"
            )
        check_classification_targets(labels)
        weight = read_weight(sample_weight, len(columns[0]), len(labels))
        factor = np.ones(len(labels))
        if self.class_weight is not None:
            factor = compute_sample_weight(self.class_weight, labels)
            weight = weight * factor
        self.classes_, first, codes = np.unique(labels, return_index=True, return_inverse=True)
        if len(np.unique(codes[weight > 0])) < 2:
            raise ValueError(
                f"KANClassifier expected at least two classes, got one class: {self.classes_[:1]}"
            )
        count = len(self.classes_)
        if count > 2 and self._settings(columns).shaped:
            raise ValueError(
                f"monotonic_cst and convexity_cst expected two classes, got {count}: leave them out"
            )
        if count > 2 and self.offset_ is not None:
            raise ValueError(f"offset expected two classes, got {count}: leave it out")
        coding = Classes(self.classes_, factor[first])
        refit = None if parts is None else StreamingRefitter(parts, coding)
        loss: Loss = Binomial() if count == 2 else Multinomial()
        y01 = code_classes(codes, count)
        self.choice_ = self._choose(columns, y01, weight, [loss], codes, refit)
        self._set_models([self.choice_.model])
        scores = score_classes(codes, weight, self.choice_)
        self.scores_ = self._count_groups(scores, columns, weight)
        self._remember(columns, weight, None if parts is None else parts.total)

    def _list_models(self) -> list[Additive]:
        return [self.model_]

    def _set_models(self, models: Sequence[Additive]) -> None:
        (self.model_,) = models

    def _list_outputs(self) -> list[Output]:
        places = (
            [(1, 0)] if len(self.classes_) == 2 else [(k, k) for k in range(len(self.classes_))]
        )
        other = str(self.classes_[0]) if len(self.classes_) == 2 else None
        return [
            Output(str(self.classes_[k]), self.model_, place, other=other) for k, place in places
        ]

    def _measure_loss(self, X: Any, y: Any, sample_weight: Any) -> float:
        shares = self.predict_proba(X)
        return float(log_loss(y, shares, sample_weight=sample_weight, labels=self.classes_))

    def _place_targets(self, y: Any, rows: int) -> Array | None:
        if y is None:
            return None
        given = column_or_1d(take_values("y", y))
        places = np.searchsorted(self.classes_, given).clip(max=len(self.classes_) - 1)
        if len(given) != rows or not (self.classes_[places] == given).all():
            raise ValueError(
                f"explore expected {rows} classes in y, one for each row of x, among "
                f"{', '.join(map(str, self.classes_[:12]))}"
            )
        return places.astype(np.float64)

    def _program(self) -> Program:
        check_is_fitted(self)
        classes = self.classes_.tolist()
        ends = (0.0, 1.0)
        return write_program(self.schema_, [self.model_], [(0.0, 1.0)], ends, classes, True)

    def _interval(self, coverage: float) -> Interval:
        least = 1 - self.scores_.quantile(check_coverage(coverage))
        unedited = self._unedited[0][0] if self.edits_ else None
        return write_set(self.schema_, coverage, least, unedited)

    def decision_function(self, X: Any, offset: Any = None) -> Array:
        """The sum of effects, (rows,) for two classes, else (rows, classes).

        Args:
            offset: a number for each row, if the fit had values of an offset; None is 0.
        """
        columns = self._read(X, offset)
        effects = self.model_.effects(columns)
        return effects[:, 0] if len(self.classes_) == 2 else effects

    def predict_proba(self, X: Any, offset: Any = None) -> Array:
        """The probability of each class, (rows, classes)."""
        columns = self._read(X, offset)
        return self._shares(self.model_, columns)

    def _shares(self, model: Additive, columns: Columns) -> Array:
        shares = model.link.mean(model.effects(columns))
        return np.concatenate([1 - shares, shares], 1) if len(self.classes_) == 2 else shares

    def predict_set(self, X: Any, coverage: float = 0.9, offset: Any = None) -> NDArray[np.bool_]:
        """Prediction sets: the true class of a new row is in with probability ``coverage``.

        Shape:
            (rows, classes); the likeliest class is always in. An edited estimator's sets are those
            of the unedited one, and its own likeliest class.

        Source: Sadinle et al., *Least ambiguous set-valued classifiers* (2019).
        """
        return self._find_limits(self._read(X, offset), coverage)

    def _find_limits(self, columns: Columns, coverage: float) -> NDArray[np.bool_]:
        least = 1 - self.scores_.quantile(check_coverage(coverage))
        known, shares = (self._shares(one, columns) for one in (self._unedited[0][0], self.model_))
        return np.asarray((known >= least) | (shares >= shares.max(1, keepdims=True)))

    def predict(self, X: Any, offset: Any = None) -> NDArray[Any]:
        """The likeliest class of each row."""
        places = self.predict_proba(X, offset).argmax(1)
        return np.asarray(self.classes_[places])

    def score(self, X: Any, y: Any, sample_weight: Any = None, offset: Any = None) -> float:
        """The share of rows whose class is the likeliest one."""
        return float(accuracy_score(y, self.predict(X, offset), sample_weight=sample_weight))
