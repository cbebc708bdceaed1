"""Numbers from a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import RegressorMixin
from sklearn.metrics import mean_squared_error
from sklearn.utils import check_random_state
from sklearn.utils.validation import check_array, check_is_fitted, column_or_1d

from edgewise.additive.additive import Additive
from edgewise.additive.arguments import read_bounds, read_weight, take_values
from edgewise.additive.batches import Parts
from edgewise.additive.choose import Choice, list_links
from edgewise.additive.columns import LARGEST, Columns, find_size, read_columns
from edgewise.additive.effects import Output, name_targets
from edgewise.additive.growing import Growth, fit_growth, grow
from edgewise.additive.intervals import Errors, check_coverage, measure_errors
from edgewise.additive.links import Identity, Link, Log
from edgewise.additive.streaming import Numbers, Refit
from edgewise.piecewise.additive_program import write_interval, write_program
from edgewise.piecewise.program import Interval, Program
from edgewise.sklearn.base import TableEstimator

Array = NDArray[np.float64]


class KANRegressor(RegressorMixin, TableEstimator):
    """Numbers from a table: curves of columns, values of categories, surfaces of pairs.

    .. math:: E[y] = h\\Bigl(b + \\sum_i f_i(x_i) + \\sum_{ij} f_{ij}(x_i, x_j)\\Bigr)

    with h(s) = s or exp(s), whichever predicts unseen rows better. Each f_i is a B-spline on knots
    at the column's quantiles, whose smoothness maximises the restricted likelihood; a category has
    a value for each level, shrunk more for levels of fewer rows; a missing number has a value of
    its own. ``to_kan()`` gives the model as an :class:`~edgewise.KAN`.

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
        n_jobs: how many folds are computed at once, by joblib.
        random_state: of the folds.

    Attributes:
        models_: an :class:`~edgewise.additive.additive.Additive` for each target.
        n_features_in_, feature_names_in_: of the table.

    Raises:
        ValueError: if the table holds dates, infinite numbers or other things that are neither
            numbers nor levels, or isn't that of the fit.

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
        n_jobs: int | None = None,
        random_state: Any = None,
    ) -> None:
        super().__init__(
            *(categorical_features, monotonic_cst, convexity_cst, interaction_cst),
            *(exclude, cv, n_jobs, random_state),
        )
        self.bounds = bounds

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.target_tags.multi_output = True
        return tags

    def _fit_rows(self, columns: Columns, y: Any, sample_weight: Any, parts: Parts | None) -> None:
        targets = self._read_targets(y)
        weight = read_weight(sample_weight, len(columns[0]), len(targets))
        self._fit_targets(columns, targets, weight, parts, [Identity(), Log()])
        self._names = name_targets(y, targets.shape[1])
        self._growth: Growth | None = None
        self._remember(columns, weight, None if parts is None else parts.total)

    def _read_targets(self, y: Any) -> Array:
        """(rows, targets); remembers whether there is one."""
        read_bounds(self.bounds)
        with np.errstate(invalid="ignore", over="ignore"):  # sums of numbers near the largest
            targets = check_array(y, ensure_2d=False, dtype=np.float64, input_name="y")
        if targets.ndim == 2 and targets.shape[1] == 1:
            targets = column_or_1d(targets, warn=True)
        if np.abs(targets).max(initial=0.0) > LARGEST:
            raise ValueError(
                f"y expected numbers of at most {LARGEST:.2g} in size, got larger ones: their "
                "differences overflow; divide y by a power of ten"
            )
        self._single = targets.ndim == 1
        return np.asarray(targets[:, None] if targets.ndim == 1 else targets)

    def _fit_targets(
        self,
        columns: Columns,
        targets: Array,
        weight: Array,
        parts: Parts | None,
        allowed: Sequence[Link],
    ) -> None:
        """A model for each target, with one of the links that are allowed."""
        self.choices_: list[Choice] = []
        self.errors_: list[Errors] = []
        self._shift, self._scale = [], []
        fixed = self._settings().fixed
        for k, given in enumerate(targets.T):
            size = find_size(given)
            target = given / size
            links = [link for link in list_links(target, weight) if link in allowed]
            # Effects that multiply have no use for a shift: then only the scale is taken out.
            shift = 0.0 if len(links) > 1 else float(np.average(target, weights=weight))
            scale = float(np.sqrt(np.average((target - shift) ** 2, weights=weight)))
            self._shift.append(shift * size)
            self._scale.append(scale * size or 1.0)
            coding = Numbers(k, self._shift[-1], self._scale[-1])
            refit = None if parts is None else Refit(parts, coding)
            scaled, _ = coding.encode(list(targets.T))
            choice = self._choose(columns, scaled, weight, links, refit=refit)
            self.choices_.append(choice)
            self.errors_.append(measure_errors(columns, scaled, weight, choice, fixed))
        self._set_models([choice.model for choice in self.choices_])

    def partial_fit(self, X: Any, y: Any, sample_weight: Any = None) -> KANRegressor:
        """Continue with further rows; earlier ones needn't be kept.

        The terms (knots, levels, pairs) are chosen on the first table, with the identity as link.
        After each table coefficients and smoothness are as if all rows so far had been fitted at
        once; intervals keep the errors of the first table. After ``fit``, which keeps no sums of
        squares, it starts from the beginning.

        Raises:
            ValueError: if the estimator was read from a file.
        """
        loaded = hasattr(self, "models_") and not hasattr(self, "choices_")
        if loaded:
            raise ValueError(
                "partial_fit expected an estimator that began with it, got one that was read from "
                "a file, which doesn't hold what it needs: call sklearn.base.clone first"
            )
        first = getattr(self, "_growth", None) is None
        columns = read_columns(self._see_columns(X), self.schema_) if first else self._read(X)
        y, sample_weight = take_values("y", y), take_values("sample_weight", sample_weight)
        targets = self._read_targets(y)
        weight = read_weight(sample_weight, len(columns[0]), len(targets))
        seed = int(check_random_state(self.random_state).randint(2**31 - 1)) if first else 0
        if first:
            self._fit_targets(columns, targets, weight, None, [Identity()])
            self._names = name_targets(y, targets.shape[1])
        elif targets.shape[1] != len(self.models_):
            raise ValueError(f"expected {len(self.models_)} targets, got {targets.shape[1]}")
        before = None if first else self._growth
        pairs = zip(self._shift, self._scale, strict=True)
        codings = [Numbers(k, *pair) for k, pair in enumerate(pairs)]
        growth = grow(before, seed, self.choices_, codings, columns, targets, weight)
        some, weight = growth.columns(len(columns))
        if not first:
            self.choices_ = [
                fit_growth(choice, moments, growth.total, some)
                for choice, moments in zip(self.choices_, growth.moments, strict=True)
            ]
            self._set_models([choice.model for choice in self.choices_])
        self._growth = growth
        self._remember(some, weight, growth.total)
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

    def _program(self) -> Program:
        check_is_fitted(self)
        scales = list(zip(self._shift, self._scale, strict=True))
        ends = read_bounds(self.bounds)
        return write_program(self.schema_, self.models_, scales, ends, None, self._single)

    def _interval(self, coverage: float) -> Interval:
        check_coverage(coverage)
        sizes = [(e.size, e.limits, e.multiples(coverage)) for e in self.errors_]
        scales = list(zip(self._shift, self._scale, strict=True))
        unedited = self._unedited[0] if self.edits_ else None
        return write_interval(self.schema_, coverage, scales, sizes, unedited)

    def predict(self, X: Any) -> Array:
        """The expected target of each row, (rows,) or (rows, targets)."""
        columns = self._read(X)
        return self._predict(self.models_, columns)

    def _predict(self, models: Sequence[Additive], columns: Columns) -> Array:
        parts = [
            shift + scale * model.link.mean(model.effects(columns))[:, 0]
            for model, shift, scale in zip(models, self._shift, self._scale, strict=True)
        ]
        return np.clip(parts[0] if self._single else np.stack(parts, 1), *read_bounds(self.bounds))

    def predict_interval(self, X: Any, coverage: float = 0.9) -> Array:
        """Prediction intervals: the target of a new row is within with probability ``coverage``.

        They are conformal: quantiles of errors out of fold, over their expected size, which may
        differ from row to row. With too few rows for the coverage the ends are infinite. Edits
        change the prediction and not where targets lie: the interval of an edited estimator is that
        of the unedited one, widened to include the prediction.

        Shape:
            (rows, 2), or (rows, targets, 2).

        Source: Vovk et al., *Algorithmic learning in a random world* (2005).
        """
        check_coverage(coverage)
        columns = self._read(X)
        ends = [
            scale * errors.reach(columns, coverage)
            for errors, scale in zip(self.errors_, self._scale, strict=True)
        ]
        reach = ends[0] if self._single else np.stack(ends, 1)
        held = self._predict(self._unedited[0], columns)[..., None] + reach
        now = self._predict(self.models_, columns)
        held = np.stack([np.minimum(held[..., 0], now), np.maximum(held[..., 1], now)], -1)
        return np.clip(held, *read_bounds(self.bounds))
