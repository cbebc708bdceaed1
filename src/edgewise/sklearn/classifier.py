"""`KANClassifier`, an estimator of classes and their probabilities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_softmax
from sklearn.base import ClassifierMixin
from sklearn.metrics import accuracy_score, log_loss
from sklearn.utils import compute_sample_weight
from sklearn.utils.validation import check_is_fitted, column_or_1d

from edgewise._arrays import Array
from edgewise.additive.additive import Additive
from edgewise.additive.arguments import read_weight
from edgewise.additive.batches import Parts
from edgewise.additive.choose import Choice
from edgewise.additive.columns import Columns
from edgewise.additive.intervals import Scores, check_coverage, score_classes
from edgewise.additive.loss import Loss
from edgewise.additive.losses import Binomial, Multinomial
from edgewise.additive.outputs import Output, Target, name_targets
from edgewise.additive.streaming import ClassCoding, StreamingRefitter, code_classes
from edgewise.additive.values import take_values
from edgewise.piecewise.additive_program import write_program, write_set
from edgewise.piecewise.program import Interval, Program
from edgewise.sklearn.base import TableEstimator
from edgewise.sklearn.tables import take_named
from edgewise.sklearn.targets import read_classes, take_classes, warn_of_numbers
from edgewise.sklearn.whole_fits import all_or_nothing


@dataclass(kw_only=True, eq=False, repr=False)
class KANClassifier(ClassifierMixin, TableEstimator):
    """Predict classes from a table, with calibrated probabilities.

    The model is that of :class:`KANRegressor`. With two classes the sum of effects is the log odds
    of the second one; with more there is a sum for each class, and the probabilities are their
    softmax. One factor on all effects, chosen out of fold, calibrates them.

    If rows may have several labels, such as the topics of a text, y has a column of 0 and 1 for
    each label (scikit-learn's multilabel indicator). Each label has a model of its own.

    Args:
        class_weight: "balanced", or a dictionary by class, multiplied with the sample weights; it
            acts on each of several labels alone.
        categorical_features, monotonic_cst, convexity_cst: as for :class:`KANRegressor`.
        interaction_cst, interactions, exclude, cyclic: as for :class:`KANRegressor`.
        groups, slopes, cv, n_jobs, random_state: as for :class:`KANRegressor`.

    Attributes:
        classes_: the classes in order; for several labels 0 and 1 for each, (labels, 2).
        models_: an :class:`~edgewise.additive.additive.Additive` for each label.

    Raises:
        ValueError: as for :class:`KANRegressor`; also if there is a single class, or a constraint
            on the shape of an effect with more than two classes.

    Example:
        >>> import numpy as np
        >>> from edgewise.sklearn import KANClassifier
        >>> x = np.random.default_rng(0).normal(size=(200, 2))
        >>> model = KANClassifier(random_state=0).fit(x, np.hypot(*x.T) > 1.2)
        >>> bool(model.score(x, np.hypot(*x.T) > 1.2) > 0.95)
        True
    """

    interactions: Any = "pairs"
    groups: Any = None
    slopes: Any = ()
    class_weight: Any = None

    def __call__(self, X: Any) -> Array:
        """The probabilities: programs that explain a function, such as shap, take the estimator."""
        return self.predict_proba(X)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.classifier_tags.multi_label = True
        return tags

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Pickles of earlier versions hold a single model."""
        if "model_" in state:
            old = {"models_": [state["model_"]], "scores_": [state["scores_"]]}
            state = {**state, **old, "choices_": [state["choice_"]], "_single": True}
            state["_names"] = ["y"]
        super().__setstate__(state)

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
            y: the classes, or the name of their column in X.
            sample_weight: a row of weight 2 counts as two rows; it may be a name if y is one.
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
        labels, self._single = read_classes(y)
        weight = read_weight(sample_weight, len(columns[0]), len(labels[0]))
        self._names = name_targets(y, len(labels))
        classes: list[NDArray[Any]] = []
        self.choices_: list[Choice] = []
        self.scores_: list[Scores] = []
        for k, label in enumerate(labels):
            known, factor, codes = self._code(columns, k, label, weight)
            count, own = len(known), weight * factor[codes]
            coding = ClassCoding(known, factor, k)
            refit = None if parts is None else StreamingRefitter(parts, coding)
            loss: Loss = Binomial() if count == 2 else Multinomial()
            choice = self._choose(columns, code_classes(codes, count), own, [loss], codes, refit)
            scores = score_classes(codes, own, choice)
            self.scores_.append(self._count_groups(scores, columns, own))
            self.choices_.append(choice)
            classes.append(known)
        self.classes_ = classes[0] if self._single else np.stack(classes)
        self._set_models([choice.model for choice in self.choices_])
        total = None if parts is None else parts.total
        self._remember(columns, own if self._single else weight, total)

    def _code(
        self, columns: Columns, k: int, label: NDArray[Any], weight: Array
    ) -> tuple[NDArray[Any], Array, NDArray[np.intp]]:
        """The classes in order, the factor of each on weights, and the place of each row's.

        Raises:
            ValueError: if the model can't have so many.
        """
        known, first, codes = np.unique(label, return_index=True, return_inverse=True)
        factor = np.ones(len(known))
        if isinstance(self.class_weight, list):
            raise ValueError(
                'class_weight expected "balanced" or a dictionary by class, the same one for every '
                f"label, got a list of {len(self.class_weight)}: fit an estimator for each label"
            )
        if self.class_weight is not None:
            factor = compute_sample_weight(self.class_weight, label)[first]
        count = len(known)
        warn_of_numbers(known)
        if len(np.unique(codes[(weight * factor[codes]) > 0])) < 2:
            of = "" if self._single else f" of the label {self._names[k]}"
            raise ValueError(
                f"KANClassifier expected at least two classes{of}, got one class: {known[:1]}"
            )
        if count > 2 and self._settings(columns).shaped:
            raise ValueError(
                f"monotonic_cst and convexity_cst expected two classes, got {count}: leave them out"
            )
        if count > 2 and self.offset_ is not None:
            raise ValueError(f"offset expected two classes, got {count}: leave it out")
        return known, factor, codes

    @property
    def model_(self) -> Additive:
        """The model of a single label."""
        check_is_fitted(self)
        if not self._single:
            raise AttributeError(f"model_ expected one label, got {len(self.models_)}: see models_")
        return self.models_[0]

    def _list_outputs(self) -> list[Output]:
        if not self._single:
            parts = enumerate(zip(self._names, self.models_, strict=True))
            return [Output(name, model, 0, k) for k, (name, model) in parts]
        (model,), names = self.models_, [str(label) for label in self.classes_]
        if len(names) == 2:
            return [Output(names[1], model, 0, other=names[0])]
        return [Output(name, model, k) for k, name in enumerate(names)]

    def _describe_target(self, of_rows: bool = False) -> Target:
        """The name of the column of classes; "y" is none."""
        return Target(self._names[0], True) if self._single and self._names[0] != "y" else Target()

    def _list_classes(self) -> list[NDArray[Any]]:
        """The classes of each label."""
        return [self.classes_] if self._single else list(self.classes_)

    def _measure_loss(self, X: Any, y: Any, sample_weight: Any, **known: Any) -> float:
        """The mean over the labels."""
        columns, labels = self._read(X, **known), read_classes(y)[0]
        parts = zip(labels, self._shares(self.models_, columns), self._list_classes(), strict=True)
        losses = [
            log_loss(label, shares, sample_weight=sample_weight, labels=classes)
            for label, shares, classes in parts
        ]
        return float(np.mean(losses))

    def _place_targets(self, y: Any, columns: Columns, entry: Any) -> Array | None:
        if y is None:
            return None
        rows = len(columns[0])
        if not self._single:
            labels = np.stack(read_classes(y)[0], 1)
            if labels.shape != (rows, len(self.models_)):
                raise ValueError(
                    f"explore expected {rows} rows of {len(self.models_)} labels in y, got "
                    f"{labels.shape[0]} of {labels.shape[1]}"
                )
            return labels.astype(np.float64)
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
        classes = self.classes_.tolist() if self._single else None
        scales = [(0.0, 1.0)] * len(self.models_)
        names = () if self._single else self._names
        return write_program(self.schema_, self.models_, scales, (0.0, 1.0), classes, names)

    def _interval(self, coverage: float) -> Interval:
        unedited = self._unedited[0] if self.edits_ else None
        return write_set(self.schema_, coverage, self._find_least(coverage), unedited)

    def _find_least(self, coverage: float) -> list[float]:
        """The least probability of a class in a set, for each label."""
        share = check_coverage(coverage)
        return [1 - scores.quantile(share) for scores in self.scores_]

    def _join(self, parts: Sequence[NDArray[Any]]) -> NDArray[Any]:
        """The only one, or those of all labels behind one another."""
        return parts[0] if self._single else np.stack(parts, 1)

    def decision_function(self, X: Any, offset: Any = None) -> Array:
        """The sum of effects, (rows,) for two classes, else (rows, classes) or (rows, labels).

        Args:
            offset: a number for each row, if the fit had values of an offset; None is 0.
        """
        columns = self._read(X, offset)
        sums = [model.effects(columns) for model in self.models_]
        return self._join([each[:, 0] if each.shape[1] == 1 else each for each in sums])

    def predict_proba(self, X: Any, offset: Any = None) -> Array:
        """The probability of each class, (rows, classes), or of each label's 1, (rows, labels)."""
        columns = self._read(X, offset)
        shares = self._shares(self.models_, columns)
        return shares[0] if self._single else np.stack([each[:, 1] for each in shares], 1)

    def predict_log_proba(self, X: Any, offset: Any = None) -> Array:
        """The logarithms of :meth:`predict_proba`, finite where that is 0 to rounding."""
        columns, found = self._read(X, offset), []
        for model in self.models_:
            sums = model.effects(columns)
            if sums.shape[1] == 1:
                sums = np.concatenate([np.zeros_like(sums), sums], 1)
            logs = log_softmax(sums, axis=1)
            found.append(logs if self._single else logs[:, 1])
        return self._join(found)

    def _shares(self, models: Sequence[Additive], columns: Columns) -> list[Array]:
        """The probabilities of each label's classes, (rows, classes)."""
        return [model.link.shares(model.effects(columns)) for model in models]

    def predict_set(self, X: Any, coverage: float = 0.9, offset: Any = None) -> NDArray[np.bool_]:
        """Prediction sets: the true class of a new row is in with probability ``coverage``.

        Shape:
            (rows, classes), or (rows, labels, 2), where each label has a set of 0 and 1 of its own;
            the likeliest class is always in. An edited estimator's sets are those of the unedited
            one, and its own likeliest class.

        Source: Sadinle et al., *Least ambiguous set-valued classifiers* (2019).
        """
        return self._find_limits(self._read(X, offset), coverage)

    def _find_limits(self, columns: Columns, coverage: float) -> NDArray[np.bool_]:
        known, shares = (self._shares(some, columns) for some in (self._unedited[0], self.models_))
        parts = zip(known, shares, self._find_least(coverage), strict=True)
        return self._join(
            [(held >= least) | (now >= now.max(1, keepdims=True)) for held, now, least in parts]
        )

    def predict(self, X: Any, offset: Any = None) -> NDArray[Any]:
        """The likeliest class of each row, (rows,), or of each of its labels, (rows, labels)."""
        columns = self._read(X, offset)
        shares = self._shares(self.models_, columns)
        parts = zip(self._list_classes(), shares, strict=True)
        return self._join([classes[each.argmax(1)] for classes, each in parts])

    def score(self, X: Any, y: Any, sample_weight: Any = None, offset: Any = None) -> float:
        """The share of rows whose class is the likeliest one; of several labels, all of them.

        y may be the name of a column of X, as in :meth:`fit`.
        """
        X, y, sample_weight = take_named(X, y, sample_weight)
        predicted = self.predict(X, offset)
        return float(accuracy_score(take_classes(y), predicted, sample_weight=sample_weight))
