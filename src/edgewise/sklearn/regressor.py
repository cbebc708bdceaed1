"""`KANRegressor`, an estimator of numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from sklearn.base import RegressorMixin
from sklearn.metrics import mean_squared_error, r2_score
from sklearn.utils.validation import check_is_fitted

from edgewise._arrays import Array
from edgewise.additive.additive import Additive
from edgewise.additive.arguments import read_bounds, read_weight
from edgewise.additive.batches import Parts, holds_parts
from edgewise.additive.choose import Choice, list_squares
from edgewise.additive.columns import Columns, find_size
from edgewise.additive.growing import Growth
from edgewise.additive.intervals import IntervalRule, check_coverage, learn_intervals
from edgewise.additive.links import Identity, Log
from edgewise.additive.loss import Loss
from edgewise.additive.losses import LOSSES, Gaussian
from edgewise.additive.outputs import Output, name_targets
from edgewise.additive.robust import Quantile
from edgewise.additive.settings import Settings
from edgewise.additive.stages import explain_deviance
from edgewise.additive.streaming import NumberCoding, StreamingRefitter
from edgewise.additive.values import take_values
from edgewise.explorer.table_losses import RowLoss
from edgewise.piecewise.additive_program import write_interval, write_program
from edgewise.piecewise.program import Interval, Program
from edgewise.sklearn.base import TableEstimator
from edgewise.sklearn.further import fit_further
from edgewise.sklearn.page_losses import list_deviances
from edgewise.sklearn.tables import take_named
from edgewise.sklearn.targets import check_loss, check_rows, read_targets
from edgewise.sklearn.whole_fits import all_or_nothing


@dataclass(kw_only=True, eq=False, repr=False)
class KANRegressor(RegressorMixin, TableEstimator):
    """Predict numbers from a table: curves of columns, values of categories, surfaces of pairs.

    .. math:: E[y] = h\\Bigl(b + \\sum_i f_i(x_i) + \\sum_{ij} f_{ij}(x_i, x_j)\\Bigr)

    with h(s) = s or exp(s), whichever predicts unseen rows better, or what the loss asks for. Each
    f_i is a B-spline on knots at the column's quantiles, whose smoothness maximises the restricted
    likelihood; a category has a value for each level, shrunk more for levels of fewer rows; a
    missing number has a value of its own. ``to_kan()`` gives the model as an
    :class:`~edgewise.KAN`.

    Args:
        loss: what is minimised, and the range of predictions:

            - "squared_error": any numbers;
            - "poisson": counts, whose expectation is exp(s), and whose variance is φ times that;
            - "negative_binomial": counts of variance μ + μ²/θ, θ estimated;
            - "gamma": amounts above 0 whose deviation is proportional to their expectation exp(s);
            - "tweedie": amounts that may be 0, such as claims, of variance φ μ^p, p estimated;
            - "lognormal": amounts above 0, by the squared error of log y; ``predict`` gives E y;
            - "binomial": shares from 0 to 1 with the number of trials as ``sample_weight``, or
              counts of successes with it as ``exposure``; the sum is the log odds;
            - "huber": any numbers, with outliers;
            - "quantile": the quantiles ``quantile`` of any numbers.
        quantile: a number between 0 and 1, or several in rising order: then there is a prediction
            for each, and none is below that of a smaller one.
        categorical_features: names, positions or a mask of columns of numbers that are
            categories; text, categories and truth values are so anyway.
        monotonic_cst: 1 for a column whose effect must rise, -1 for one whose effect must fall: a
            list with a number for each column, or a dictionary by name. Such columns are in no
            pair.
        convexity_cst: 1 for a column whose effect must be convex, -1 for concave, in the same way.
            It is so before exp(s), and the effect goes on straight outside of the data.
        interaction_cst: "no_interactions", or sets of columns within which interactions may be;
            None and "pairs" allow all.
        interactions: "pairs"; or "triples": then surfaces of three columns each may be added to
            pairs, where that lowers the loss out of fold; or "deep": then small KANs, fitted to
            what curves leave, may take the place of pairs in the same way. They read all columns
            but those held to a shape, and take several times as long; or None: then there are no
            interactions at all.
        exclude: names or positions of columns that must have no effect.
        cyclic: the ends of the cycle of periodic columns, such as ``{"hour": (0, 24)}``: their
            curve ends as it began. The season and the hour of dates are periodic anyway.
        groups: name or position of a column whose values are groups of rows that belong together,
            such as schools or patients. Each has a value of its own (a random intercept, whose
            variance maximises the restricted likelihood), and no group is on both sides of a
            fold, so that the size of the model and ``predict_interval`` are right for new groups,
            which get the mean of all.
        slopes: names or positions of columns of numbers, along which each group has a slope of its
            own beside the common curve (a random slope).
        bounds: the least and the greatest prediction, None for no bound; predictions beyond a
            bound are moved to it.
        cv: the folds that choose link and size: their number, a splitter of scikit-learn, or
            pairs of fitted and judged rows.
        n_jobs: the number of folds that joblib computes at once.
        random_state: the seed of the folds.

    Attributes:
        models_: an :class:`~edgewise.additive.additive.Additive` for each target or quantile.
        losses_: of :mod:`edgewise.additive.losses`, with the number that was estimated.
        n_features_in_, feature_names_in_: of the table.

    Raises:
        ValueError: if the table holds infinite numbers or things that are neither numbers, levels
            nor dates, or isn't that of the fit.

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

    loss: str = "squared_error"
    quantile: Any = 0.5
    interactions: Any = "pairs"
    groups: Any = None
    slopes: Any = ()
    bounds: Any = None

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.target_tags.multi_output = True
        return tags

    def __call__(self, X: Any) -> Array:
        """The predictions: programs that explain a function, such as shap, take the estimator."""
        return self.predict(X)

    @all_or_nothing
    def fit(
        self,
        X: Any,
        y: Any = None,
        sample_weight: Any = None,
        offset: Any = None,
        exposure: Any = None,
    ) -> KANRegressor:
        """Fit a model of the table.

        Tables larger than memory come in parts, as :meth:`KANClassifier.fit` describes.

        Args:
            y: the targets, or the name of their column in X.
            sample_weight: a row of weight 2 counts as two rows; it may be a name if y is one.
            offset: a known part of the sum of effects: the name of a column, which has no effect
                beside that, or a number for each row, which :meth:`predict` takes, too.
            exposure: time, area or the like to which the expectation is proportional, in the same
                way: its logarithm is the offset. For "binomial" the number of trials.

        Raises:
            ValueError: if y isn't such as the loss expects, or an exposure isn't above 0.

        Example:
            >>> import numpy as np
            >>> from edgewise.sklearn import KANRegressor
            >>> random = np.random.default_rng(0)
            >>> x, years = random.uniform(-1, 1, (500, 1)), random.uniform(0.5, 3, 500)
            >>> claims = random.poisson(years * np.exp(x[:, 0]))
            >>> model = KANRegressor(loss="poisson", random_state=0).fit(x, claims, exposure=years)
            >>> rate = model.predict([[0.5]])  # a year's
            >>> bool(abs(rate[0] / np.exp(0.5) - 1) < 0.15)
            True
        """
        self._check_loss()
        if exposure is not None and self.loss in ("huber", "quantile"):
            raise ValueError(
                f"loss={self.loss!r} expected no exposure, for its effects add up: divide y by it"
            )
        if exposure is not None and self.loss == "binomial" and holds_parts(X):
            raise ValueError(
                "loss='binomial' expected no exposure of a table in parts: pass shares as y and "
                "the number of trials as sample_weight"
            )
        return self._fit_table(X, y, sample_weight, offset, exposure)

    def _fit_rows(self, columns: Columns, y: Any, sample_weight: Any, parts: Parts | None) -> None:
        targets = self._read_targets(y)
        weight = read_weight(sample_weight, len(columns[0]), len(targets))
        if parts is None:
            targets, weight = self._count_trials(columns, targets, weight)
        self._fit_targets(columns, targets, weight, parts)
        self._names = self._name_outputs(name_targets(y, targets.shape[1]))
        self._growth: Growth | None = None
        self._remember(columns, weight, None if parts is None else parts.total)

    def _name_outputs(self, names: Sequence[str]) -> list[str]:
        if self.loss != "quantile":
            return list(names)
        return [
            f"{name} at {level:.6g}" for name in names for level in np.atleast_1d(self.quantile)
        ]

    def _settings(self, columns: Columns) -> Settings:
        """Constraints; an exposure of "binomial" is a weight and no part of the sum."""
        settings = super()._settings(columns)
        trials = self.loss == "binomial" and self.offset_ is not None and self.offset_.is_exposure
        return replace(settings, offset=None) if trials else settings

    def _count_trials(self, columns: Columns, y: Any, weight: Array) -> tuple[Any, Array]:
        """Shares of successes, and weights that count trials, where the exposure is these."""
        if self.loss != "binomial" or self.offset_ is None or not self.offset_.is_exposure:
            return y, weight
        trials = columns[self.offset_.columns[0]]
        return (y.T / trials).T, weight * trials

    def _fit_many(self, columns: Columns, y: Any, sample_weight: Any) -> None:
        y = y if hasattr(y, "iloc") else np.asarray(y)
        weight = read_weight(sample_weight, len(columns[0]), len(y))
        super()._fit_many(columns, *self._count_trials(columns, y, weight))

    def _read_targets(self, y: Any) -> Array:
        """(rows, targets); remembers whether there is one."""
        self._check_loss()
        targets, self._single = read_targets(y, self._has_quantiles)
        return targets

    def _check_loss(self) -> None:
        """ValueError unless loss, quantile and bounds are such as the documentation says."""
        read_bounds(self.bounds)
        check_loss(self.loss, self.quantile)

    def _list_candidates(self, target: Array, weight: Array, growing: bool) -> list[list[Loss]]:
        """For each output of a target the losses among which folds choose."""
        if self.loss == "quantile":
            return [[Quantile(level=float(level))] for level in np.atleast_1d(self.quantile)]
        if self.loss == "squared_error" and self.offset_ is not None:
            return [[Gaussian(Log() if self.offset_.is_exposure else Identity())]]
        if self.loss == "squared_error":
            return [[Gaussian()] if growing else list_squares(target, weight)]
        return [[LOSSES[self.loss]()]]

    def _fit_targets(
        self,
        columns: Columns,
        targets: Array,
        weight: Array,
        parts: Parts | None,
        growing: bool = False,
    ) -> None:
        """A model for each target, or for each quantile.

        Args:
            growing: whether only losses may be chosen that are squared errors of the sum.
        """
        self.choices_: list[Choice] = []
        self.errors_: list[IntervalRule] = []
        self.losses_: list[Loss] = []
        self._shift, self._scale = [], []
        fixed = self._settings(columns).fixed
        if self.offset_ is not None:  # errors grow with an exposure
            fixed -= set(self.offset_.columns)
        if self.groups is not None:  # of a new group nobody knows how large its errors are
            fixed |= set(self.schema_.find(self.groups))
        for k, target in enumerate(targets.T):
            for candidates in self._list_candidates(target, weight, growing):
                # With two links there is no shift, for effects that multiply have no use for it.
                shift, scale = candidates[-1].units(target, weight)
                self._shift.append(shift)
                self._scale.append(scale)
                coding = NumberCoding(k, shift, scale, candidates[-1])
                refit = None if parts is None else StreamingRefitter(parts, coding)
                scaled, _ = coding.encode(list(targets.T))
                unit = scale if candidates[0].link == Identity() else 1.0
                choice = self._choose(columns, scaled, weight, candidates, None, refit, unit)
                self.choices_.append(choice)
                self.losses_.append(choice.loss)
                rule = learn_intervals(columns, scaled, weight, choice, fixed)
                self.errors_.append(self._count_groups(rule, columns, weight))
        self._set_models([choice.model for choice in self.choices_])

    @all_or_nothing
    def partial_fit(
        self,
        X: Any,
        y: Any,
        sample_weight: Any = None,
        offset: Any = None,
        exposure: Any = None,
    ) -> KANRegressor:
        """Continue with further rows; earlier ones needn't be kept.

        The terms (knots, levels, surfaces) are chosen on the first table, with the identity as
        link; the loss is "squared_error" or "lognormal", whose sums of squares add up over tables.
        After each table coefficients and smoothness are those of one fit of these terms to all rows
        so far; ``fit`` would choose its terms on all rows. Intervals keep the errors of the first
        table. After ``fit``, which keeps no sums of squares, it starts from the beginning, with a
        warning. Edits are forgotten, with a warning: ``replay`` makes them again.

        Args:
            y, sample_weight: as for :meth:`fit`.
            offset, exposure: as there, for every table or for none; an exposure only with the loss
                "lognormal", whose effects multiply.

        Raises:
            ValueError: if the estimator was read from a file, or its loss is another one.
        """
        fit_further(self, X, y, sample_weight, offset, exposure)
        return self

    def _list_outputs(self) -> list[Output]:
        parts = zip(self._names, self.models_, self._shift, self._scale, strict=True)
        ends = read_bounds(self.bounds)
        return [
            Output(name, model, 0, k, shift, scale, ends)
            for k, (name, model, shift, scale) in enumerate(parts)
        ]

    def _measure_loss(self, X: Any, y: Any, sample_weight: Any, **known: Any) -> float:
        if self.loss == "squared_error":
            self._warn_of_exposure(known.get("exposure"))
            found = self.predict(X, **known)
            return float(mean_squared_error(y, found, sample_weight=sample_weight))
        return 1.0 - self.score(X, y, sample_weight, **known)

    def _place_targets(self, y: Any, columns: Columns, entry: Any) -> Array | list[RowLoss] | None:
        if y is None:
            return None
        if self.loss != "squared_error":
            return list_deviances(self, columns, *self._encode_rows(columns, y, None))
        targets = read_targets(y, False)[0].reshape(-1, len(self.models_))
        check_rows(len(columns[0]), len(targets))
        return targets

    def _program(self) -> Program:
        check_is_fitted(self)
        scales = list(zip(self._shift, self._scale, strict=True))
        ends = read_bounds(self.bounds)
        names = () if self._single else self._names
        program = write_program(self.schema_, self.models_, scales, ends, None, names)
        return replace(program, answer=replace(program.answer, rising=self._has_quantiles))

    def _interval(self, coverage: float) -> Interval:
        self._check_interval(coverage)
        sizes = [errors.multiples(coverage) for errors in self.errors_]
        scales = list(zip(self._shift, self._scale, strict=True))
        unedited = self._unedited[0] if self.edits_ else None
        return write_interval(self.schema_, coverage, scales, sizes, unedited)

    def predict(self, X: Any, offset: Any = None, exposure: Any = None) -> Array:
        """The expected target of each row, or its quantiles.

        Args:
            offset, exposure: numbers for each row, if the fit had values of an offset; without them
                the exposure is 1.

        Shape:
            (rows,), (rows, targets) or (rows, quantiles)
        """
        columns = self._read(X, offset, exposure)
        found = self._predict_each(self.models_, columns)
        found = np.sort(found, axis=1) if self._has_quantiles else found
        return found[:, 0] if self._single else found

    def _predict_each(self, models: Sequence[Additive], columns: Columns) -> Array:
        """(rows, outputs)"""
        pairs = zip(self._list_outputs(), models, strict=True)
        return np.stack([replace(one, model=model).predict(columns) for one, model in pairs], 1)

    @property
    def _has_quantiles(self) -> bool:
        """Whether outputs are quantiles of one target, which must not cross."""
        return self.loss == "quantile" and np.ndim(self.quantile) > 0

    def score(
        self,
        X: Any,
        y: Any,
        sample_weight: Any = None,
        offset: Any = None,
        exposure: Any = None,
    ) -> float:
        """The fraction D² of the deviance that the model explains; R² for the squared error.

        .. math:: D^2 = 1 - \\frac{\\sum_n w_n\\, l(y_n, s_n)}{\\sum_n w_n\\, l(y_n, c)}

        with the best constant c beside the offset. Of several targets or quantiles it is the mean.
        y may be the name of a column of X, as in :meth:`fit`.

        Source: Hastie et al., *Statistical learning with sparsity* (2015), eq. 3.11.
        """
        X, y, sample_weight = take_named(X, y, sample_weight)
        self._warn_of_exposure(exposure)
        targets = np.asarray(take_values("y", y), dtype=np.float64)
        if self.loss == "squared_error":
            size = np.array([find_size(each) for each in np.atleast_2d(targets.T)])
            predicted = self.predict(X, offset, exposure) / size  # whose squares are finite
            return float(r2_score(targets / size, predicted, sample_weight=sample_weight))
        columns = self._read(X, offset, exposure)
        each, weight = self._encode_rows(columns, targets, sample_weight)
        outputs = zip(self.models_, self.losses_, each, strict=True)
        found = [explain_deviance(model, loss, columns, y, weight) for model, loss, y in outputs]
        return float(np.mean(found))

    def _encode_rows(
        self, columns: Columns, y: Any, sample_weight: Any
    ) -> tuple[list[Array], Array]:
        """The targets of each output in the units of its fit, (rows, 1), and the rows' weights."""
        targets = np.asarray(take_values("y", y), dtype=np.float64)
        check_rows(len(columns[0]), len(targets))
        targets = targets.reshape(len(targets), -1)
        weight = read_weight(sample_weight, len(columns[0]), len(targets))
        targets, weight = self._count_trials(columns, targets, weight)
        if self._has_quantiles:
            targets = np.repeat(targets, len(self.models_), axis=1)
        parts = zip(self._shift, self._scale, self.losses_, strict=True)
        coded = [NumberCoding(k, *part).encode(list(targets.T))[0] for k, part in enumerate(parts)]
        return coded, weight

    def predict_interval(
        self, X: Any, coverage: float = 0.9, offset: Any = None, exposure: Any = None
    ) -> Array:
        """Prediction intervals: the target of a new row is within with probability ``coverage``.

        They are conformal. If the loss has a distribution ("poisson", "gamma" and so on), its
        quantiles are moved so that the wanted share of rows out of fold is within; counts have
        whole numbers of at least 0 as ends. Otherwise the ends are quantiles of errors out of fold
        over their expected size, which may differ from row to row. With too few rows for the
        coverage the ends are infinite. An edit changes the prediction but not where targets lie:
        the interval of an edited estimator is that of the unedited one, widened to include the
        prediction.

        Shape:
            (rows, 2), or (rows, targets, 2).

        Raises:
            ValueError: for "binomial", where new rows have no number of trials, and for several
                quantiles, which are ends of intervals themselves.

        Source: Vovk et al., *Algorithmic learning in a random world* (2005).
        """
        self._check_interval(coverage)
        return self._find_intervals(self._read(X, offset, exposure), coverage)

    @property
    def _has_interval(self) -> bool:
        return self.loss != "binomial" and not self._has_quantiles

    def _check_interval(self, coverage: float) -> None:
        """ValueError unless there are intervals of this coverage."""
        check_coverage(coverage)
        if not self._has_interval:
            raise ValueError(
                "predict_interval expected another loss than 'binomial' and a single quantile: "
                "take scipy.stats.binom(trials, predict(X)), or two of the quantiles"
            )

    def _find_limits(self, columns: Columns, coverage: float) -> Array | None:
        if not self._has_interval:
            return None
        return self._find_intervals(columns, coverage)

    def _find_intervals(self, columns: Columns, coverage: float) -> Array:
        both = self._unedited[0], self.models_
        held, now = (self._predict_each(models, columns) for models in both)
        ends = [
            errors.ends(columns, mean, scale, coverage)
            for errors, mean, scale in zip(self.errors_, held.T, self._scale, strict=True)
        ]
        low, high = np.stack(ends, 1).transpose(2, 0, 1)
        # The mean of counts may lie beyond a narrow interval, and only an edited one is included.
        whole = np.array([errors.is_whole for errors in self.errors_])
        mean = np.where(whole & (now == held), low, now)
        least, most = np.where(whole, np.floor(mean), now), np.where(whole, np.ceil(mean), now)
        limits = np.stack([np.minimum(low, least), np.maximum(high, most)], -1)
        limits = limits[:, 0] if self._single else limits
        return np.clip(limits, *read_bounds(self.bounds))
