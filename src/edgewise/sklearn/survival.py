"""`KANSurvival`, an estimator of times until an event, some of them censored."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from scipy.stats import norm
from sklearn.utils.validation import check_is_fitted

from edgewise._checks import check_flags, read_count
from edgewise.additive.additive import Additive
from edgewise.additive.arguments import check_known, read_weight
from edgewise.additive.batches import Parts
from edgewise.additive.columns import Array, Columns
from edgewise.additive.curves import find_quantiles
from edgewise.additive.intervals import check_coverage
from edgewise.additive.outputs import Output, Target
from edgewise.additive.stages import fit_curves, make_problem
from edgewise.additive.survival import (
    Baseline,
    Events,
    JointFit,
    Lives,
    cut_time,
    guess_offsets,
    integrate_baseline,
    make_baseline,
    measure_log_errors,
)
from edgewise.additive.survival_scores import (
    choose_times,
    integrate_brier,
    list_functions,
    measure_brier,
    measure_calibration,
    measure_concordance,
)
from edgewise.additive.terms import Offset
from edgewise.additive.training_summary import Key
from edgewise.additive.values import take_values
from edgewise.additive.what_if import Outlook
from edgewise.charts.numbers import format_number
from edgewise.charts.scales import STRAIGHT
from edgewise.explorer.table_losses import RowLoss
from edgewise.nn.arguments import level_outside, renamed
from edgewise.nn.reading import read_array
from edgewise.piecewise.additive_program import write_program
from edgewise.piecewise.cells import Accepted
from edgewise.piecewise.program import Interval, Program
from edgewise.piecewise.source_javascript import write_javascript
from edgewise.sklearn.base import TableEstimator
from edgewise.sklearn.page_losses import accumulate, list_events
from edgewise.sklearn.quality import Quality
from edgewise.sklearn.scores import score_survival
from edgewise.sklearn.tables import list_columns, list_named, take_named_entry, warn_of_order
from edgewise.sklearn.targets import check_rows, name_times, read_times
from edgewise.sklearn.whole_fits import all_or_nothing

OUTLOOK = 5
"""The approximate number of times for which pages of rows tell a probability."""
MOST_TIMES = 1000
"""The most times at which survival curves are given."""
HAZARD, RELATIVE = "hazard", "relative hazard"


class KANSurvival(TableEstimator):
    """Predict times until an event, from a table in which some rows are censored.

    .. math:: h(t \\mid x) = \\exp\\Bigl(b + f_0(t) + \\sum_i f_i(x_i)
              + \\sum_{ij} f_{ij}(x_i, x_j)\\Bigr)

    A row is censored if it was observed only up to a time before its event. The hazard h of a row
    is that of a baseline, a smooth curve f_0 of time, times a factor for each column and pair;
    these factors don't depend on time (proportional hazards). All curves are fitted
    together by the likelihood of events in short cells of time. Restricted maximum likelihood
    chooses their smoothness, and cross-validation the size of the model, as for
    :class:`KANRegressor`.

    The programs of ``to_python()``, ``to_sql(…)`` and so on take the columns and ``time``, and
    give the cumulative hazard H(time | x); exp(-H) is the probability of no event until then.
    ``to_kan()`` gives the numbers of :meth:`predict`: the hazard at a time is exp(network) times
    the baseline's.

    Args:
        categorical_features, monotonic_cst, convexity_cst, interaction_cst, exclude, cyclic: as
            for :class:`KANRegressor`; a constraint is on the logarithm of the hazard.
        cv, n_jobs, random_state: as for :class:`KANRegressor`.

    Attributes:
        model_: an :class:`~edgewise.additive.additive.Additive`, whose first term is the baseline.
        edges_: of the cells of time.
        event_times_: the different times of events, at most 1,000 quantiles of them.
        entry_: the name of the column of entries, "" where the fit had values of them, None if all
            rows were at risk from the start. Without ``entry=`` other verbs read that column, too.

    Raises:
        ValueError: if no two events have different times, or a time isn't after its entry.

    Example:
        >>> import numpy as np
        >>> from edgewise.sklearn import KANSurvival
        >>> random = np.random.default_rng(0)
        >>> x = random.uniform(-1, 1, (400, 2))
        >>> time, lost = random.exponential(np.exp(-2 * x[:, 0])), random.exponential(2, 400)
        >>> y = np.array(list(zip(time <= lost, np.minimum(time, lost))), "?,f8")
        >>> model = KANSurvival(random_state=0).fit(x, y)
        >>> bool(model.score(x, y) > 0.7)  # concordance
        True
        >>> model.predict_survival_function(x[:2], times=[0.5, 1.0]).shape
        (2, 2)

    Source: Bender et al., *A generalized additive model approach to time-to-event analysis* (2018).
    """

    edges_: Array
    event_times_: Array
    entry_: str | None = None
    _target_names = ("event", "time")

    @all_or_nothing
    def fit(
        self, X: Any, y: Any = None, sample_weight: Any = None, entry: Any = None
    ) -> KANSurvival:
        """Fit a model of the table.

        Args:
            y: a structured array of two fields, a truth value (whether the event was seen) and a
                number (when it was, or when the row was lost), as scikit-survival's; or a frame or
                array of these two columns, or a list of their names in X.
            sample_weight: a row of weight 2 counts as two rows; it may be a name if y are.
            entry: when each row came under observation (left truncation), or the name of that
                column; None is 0.

        Raises:
            ValueError: if a time isn't after its entry, or there aren't two different times of
                events.
        """
        if y is None:
            raise ValueError("requires y to be passed, but the target y is None")
        taken = (*list_named(X, y, sample_weight), *list_named(X, entry))
        name = entry if isinstance(entry, str) else ""
        X, y, sample_weight, entry = take_named_entry(X, y, sample_weight, entry)
        warn_of_order(X, y=y, entry=entry)
        lives = self._read_lives(y, entry)
        self._target_names = name_times(take_values("y", y))
        self._fit_table(X, lives, sample_weight, None, None)
        self.taken_ = taken
        self.entry_ = name if np.any(lives.entry > self.edges_[0]) else None
        return self

    def _take_rows(self, X: Any, y: Any, sample_weight: Any, entry: Any) -> tuple[Any, ...]:
        """Features, lives, weights and entries; these are the fit's column if the table has it."""
        if entry is None and y is not None and self.entry_ is not None:
            if self.entry_ in list_columns(take_values("X", X)):
                entry = self.entry_
            else:
                warnings.warn(
                    "expected entry=, for in the fit rows came under observation late, got none: "
                    "all rows count as at risk from the start. Pass entry=, zeros if they were",
                    UserWarning,
                    stacklevel=level_outside(),
                )
        return super()._take_rows(X, y, sample_weight, entry)

    def _read_lives(self, y: Any, entry: Any, sample_weight: Any = None) -> Lives:
        """The rows of y; ValueError unless each has a time after its entry."""
        event, time = read_times(y)
        start = np.zeros(len(time)) if entry is None else take_values("entry", entry)
        start = check_known("entry", start, len(time))
        late = time <= start
        if late.any():
            raise ValueError(
                f"expected times after their entry, got {time[late][0]:.6g} at an entry of "
                f"{start[late][0]:.6g}: leave these rows out, or add half of the unit that time "
                "was measured in"
            )
        return Lives(event, start, time, read_weight(sample_weight, len(time), len(time)))

    def _fit_rows(self, columns: Columns, y: Any, sample_weight: Any, parts: Parts | None) -> None:
        if parts is not None or not isinstance(y, Lives):
            raise ValueError("KANSurvival expected a table in memory, got one in parts")
        weight = read_weight(sample_weight, len(columns[0]), len(y.time))
        counted = weight > 0
        columns = [column[counted] for column in columns]
        lives = replace(y, weight=weight).take(np.flatnonzero(counted))
        time = len(columns)
        self.edges_ = cut_time(lives)
        curve = make_baseline(lives, self.edges_, time)
        self.schema_, self.appended_ = self.schema_.append("time"), True
        self.offset_ = Offset((time,), (), False)
        offsets = self._guess_offsets(columns, lives)
        joint = JointFit(lives, self.edges_, curve)
        self.choice_ = self._choose(
            *([*columns, offsets], lives.event[:, None], lives.weight, [Events()]), refit=joint
        )
        self.offset_ = None
        self._set_models([self.choice_.model])
        shares = np.linspace(0, 1, MOST_TIMES)
        known = lives.event > 0
        self.event_times_ = np.unique(
            find_quantiles(lives.time[known], lives.weight[known], shares)
        )
        self._remember([*columns, lives.time], lives.weight, None)

    def _fit_many(self, columns: Columns, y: Any, sample_weight: Any) -> None:
        """All rows at once: no design of rows and cells is made."""
        self._fit_rows(columns, y, sample_weight, None)

    def _guess_offsets(self, columns: Columns, lives: Lives) -> Array:
        """The logarithm of each row's cumulative baseline hazard, by a first model's risks."""
        offsets = guess_offsets(lives, self.edges_, np.zeros(len(lives.time)))
        columns, settings = [*columns, offsets], self._settings(columns)
        problem = make_problem(columns, lives.event[:, None], lives.weight, Events(), settings)
        risk = fit_curves(problem).model.effects(columns)[:, 0] - offsets
        return guess_offsets(lives, self.edges_, risk)

    def _read(self, X: Any, offset: Any = None, exposure: Any = None) -> Columns:
        """The columns of a table, and missing times."""
        columns = super()._read(X, offset, exposure)
        return [*columns[:-1], np.full(len(columns[0]), np.nan)]

    def _list_models(self) -> list[Additive]:
        return [self.model_]

    def _set_models(self, models: Sequence[Additive]) -> None:
        (self.model_,) = models

    def _list_outputs(self) -> list[Output]:
        return [Output(HAZARD, self.model_)]

    def _list_beside(self) -> set[str]:
        """The time, which has no effect where the hazard is constant."""
        return {self.schema_.names[self._time]}

    def _describe_target(self, of_rows: bool = False) -> Target:
        """The hazard of the event, and the time's name, which tells the unit if it has one."""
        told, time = self._name_of_event(RELATIVE if of_rows else HAZARD), self._target_names[1]
        return Target(f"the {told}" + (f" (time: {time})" if time != "time" else ""))

    def _name_of_event(self, hazard: str) -> str:
        event = self._target_names[0]
        return f"{hazard} of {'the event' if event == 'event' else event}"

    def _measure_loss(self, X: Any, y: Any, sample_weight: Any, **known: Any) -> float:
        """Minus the mean log-likelihood of the rows' events, beside what doesn't depend on X."""
        lives = self._read_lives(y, known.get("entry"), sample_weight)
        columns = self._read(X)
        there = [*columns[:-1], lives.time]
        gone = np.exp(self._find_risk(columns)) * accumulate(self._integrate(), lives)
        each = gone - lives.event * self.model_.effects(there)[:, 0]
        return float(np.average(each, weights=lives.weight))

    def _score_unseen(self, X: Any, y: Any, folds: int, exposure: Any, entry: Any) -> Quality:
        if exposure is not None:
            raise ValueError("explain_global expected no exposure of KANSurvival")
        lives = self._read_lives(y, entry)
        check_known("y", lives.time, len(self._read(X)[0]))
        return score_survival(self, X, lives, folds)

    def _place_targets(self, y: Any, columns: Columns, entry: Any) -> list[RowLoss] | None:
        if y is None:
            return None
        lives = self._read_lives(y, entry)
        check_known("y", lives.time, len(columns[0]))
        return [list_events(self.model_, self._keep_risk(), self._integrate(), columns, lives)]

    @property
    def _time(self) -> int:
        """The position of the time among the columns."""
        return len(self.schema_.names) - 1

    @property
    def _accepted_times(self) -> Accepted:
        """The times after the start of the fit, and up to its end."""
        low, high = self.edges_[[0, -1]]
        return Accepted(max(np.nextafter(low, np.inf), np.finfo(float).tiny), high, False)

    def _integrate(self) -> Baseline:
        check_is_fitted(self)
        return integrate_baseline(self.model_, self.edges_, self._time)

    def _keep_risk(self) -> Additive:
        """The model without intercept and baseline."""
        check_is_fitted(self)
        terms = list(zip(self.model_.terms, self.model_.places(), strict=True))
        kept = [(term, place) for term, place in terms if term.columns != (self._time,)]
        coef = [np.zeros((1, 1)), *(self.model_.coef[place] for _, place in kept)]
        parts = tuple(term for term, _ in kept)
        return replace(self.model_, terms=parts, coef=np.concatenate(coef), solutions=())

    def _find_risk(self, columns: Columns) -> Array:
        return self._keep_risk().effects(columns)[:, 0]

    def _list_sums(self) -> list[Output]:
        """The hazard of a row relative to that of an average one, whatever the time."""
        return [Output(self._name_of_event(RELATIVE), self._keep_risk())]

    def _find_outlook(self) -> Outlook:
        """The probability of no event until some round times, of which few rows live longer."""
        event, time = self._target_names
        last = float(np.quantile(self.event_times_, 0.9))
        start = float(self.edges_[0])
        times = [at for at in STRAIGHT.choose_values(start, last, OUTLOOK) if at > start] or [last]
        hazards = np.exp(self._integrate().log_hazard(self._check_times(times)))
        told = ", ".join(format_number(at) for at in times)
        lead = f"Probability of no {event} until {time} = {told}"
        return Outlook(lead, tuple(hazards.tolist()))

    def _list_unclear(self) -> dict[str, frozenset[Key]]:
        return {self._name_of_event(RELATIVE): super()._list_unclear()[HAZARD]}

    def _write_for_pages(self) -> str:
        risk, scale = self._keep_risk(), [(0.0, 1.0)]
        program = write_program(self.schema_, [risk], scale, (0.0, np.inf), None)
        return write_javascript(program, "model", contributions=True, reasons=0)

    def _program(self) -> Program:
        """The cumulative hazard, of the columns and the time."""
        risk, curve = self._keep_risk(), self._integrate().curve
        model = replace(
            risk, terms=(curve, *risk.terms), coef=np.insert(risk.coef, 1, np.ones((1, 1)), axis=0)
        )
        made = write_program(self.schema_, [model], [(0.0, 1.0)], (0.0, np.inf), None)
        return replace(made, accepted=(*made.accepted[: self._time], self._accepted_times))

    def _interval(self, coverage: float) -> Interval:
        raise ValueError(
            "expected no interval of KANSurvival, whose predictions are hazards: see "
            "predict_survival_band"
        )

    def predict(self, X: Any) -> Array:
        """The risk of each row: the logarithm of its hazard over that of the baseline, (rows,)."""
        return self._find_risk(self._read(X))

    def predict_cumulative_hazard_function(
        self, X: Any, times: Any = None, return_array: bool = False
    ) -> Any:
        """H(t | x), the integral of the hazard.

        Args:
            times: at which it is computed; None takes ``event_times_``, and gives functions of time
                from the first entry of the fit to its last time, unless ``return_array``.

        Shape:
            (rows, times), or (rows,) functions with ``x`` and ``y``.

        Raises:
            ValueError: if times aren't between the least and the greatest of the fit.
        """
        return self._follow(X, times, return_array, np.asarray)

    def predict_survival_function(
        self, X: Any, times: Any = None, return_array: bool = False
    ) -> Any:
        """S(t | x) = exp(-H(t | x)), the probability of no event until t; otherwise as for H."""
        return self._follow(X, times, return_array, lambda hazard: np.exp(-hazard))

    def _follow(
        self, X: Any, times: Any, return_array: bool, show: Callable[[Array], Array]
    ) -> Any:
        """What ``show`` makes of the cumulative hazard at times, or functions of time."""
        check_flags("KANSurvival", return_array=return_array)
        at, is_array = self._check_times(times), return_array or times is not None
        at = at if is_array else np.unique(np.r_[at, self.edges_[[0, -1]]])
        found = show(np.exp(self.predict(X)[:, None] + self._integrate().log_hazard(at)))
        return found if is_array else list_functions(at, found)

    def predict_survival_band(self, X: Any, times: Any = None, coverage: float = 0.95) -> Array:
        """The ends of a pointwise band of S(t | x), (rows, times, 2).

        log H(t | x) is nearly Gaussian; its standard error follows from the posterior of all
        coefficients, those of the baseline included.
        """
        at, columns, baseline = self._check_times(times), self._read(X), self._integrate()
        width = float(norm.ppf(0.5 + check_coverage(coverage) / 2))
        logs = self._find_risk(columns)[:, None] + baseline.log_hazard(at)
        reach = width * measure_log_errors(self.model_, baseline, columns, at)
        return np.exp(-np.exp(np.stack([logs + reach, logs - reach], -1)))

    def _check_times(self, times: Any) -> Array:
        check_is_fitted(self)
        if times is None:
            return self.event_times_
        at, (start, end) = np.atleast_1d(read_array("times", times)), self.edges_[[0, -1]]
        if at.ndim != 1 or not np.all((start <= at) & (at <= end)):
            raise ValueError(
                f"times expected numbers from {start:.6g} to {end:.6g}, the times of the fit, got "
                f"{times!r:.80}"
            )
        return at

    def score(self, X: Any, y: Any, sample_weight: Any = None, entry: Any = None) -> float:
        """Harrell's C: the share of comparable pairs whose earlier event has the higher risk.

        y, sample_weight and entry may be names of columns of X, as in :meth:`fit`.
        """
        X, y, sample_weight, entry = self._take_rows(X, y, sample_weight, entry)
        lives = self._read_lives(y, entry, sample_weight)
        risk = self.predict(X)
        check_rows(len(risk), len(lives.time))
        return measure_concordance(lives, risk)

    def brier_score(self, X: Any, y: Any, times: Any, sample_weight: Any = None) -> Array:
        """The mean squared error of S(t | x) at each time, (times,).

        Rows that were lost before are compensated for by inverse probability weights.

        Raises:
            ValueError: if rows weren't at risk from the start: for those that came late it would be
                an error of S(t) / S(entry).

        Source: Graf et al., *Assessment and comparison of prognostic classification schemes for
        survival data* (1999).
        """
        at = self._check_times(times)
        return measure_brier(*self._pair_early(X, y, at, sample_weight), at)

    def integrated_brier_score(
        self, X: Any, y: Any, times: Any = None, sample_weight: Any = None
    ) -> float:
        """The mean of :meth:`brier_score` over time; None takes the middle 80 % of events."""
        at = self._check_times(times)
        at = choose_times(at) if times is None else at
        return integrate_brier(*self._pair_early(X, y, at, sample_weight), at)

    def _pair_early(self, X: Any, y: Any, at: Array, sample_weight: Any) -> tuple[Lives, Array]:
        """The rows of y and S(t | x), of rows that are all at risk from the start."""
        lives, survival = self._pair(X, y, at, sample_weight)
        late = lives.entry > self.edges_[0]
        if late.any():
            raise ValueError(
                f"a Brier score expected rows at risk from the start, got {late.sum()} of "
                f"{len(late)} with a later {self.entry_!r}: leave these out, or take score or "
                "calibration, which count them from their entry"
            )
        return lives, survival

    def _pair(
        self, X: Any, y: Any, at: Array, sample_weight: Any = None, entry: Any = None
    ) -> tuple[Lives, Array]:
        """The rows of y, and S(t | x) of those of X; ValueError unless they are as many."""
        X, y, sample_weight, entry = self._take_rows(X, y, sample_weight, entry)
        lives = self._read_lives(y, entry, sample_weight)
        survival = self.predict_survival_function(X, at)
        check_rows(len(survival), len(lives.time))
        return lives, survival

    @renamed(groups="n_bins")
    def calibration(
        self, X: Any, y: Any, time: float, n_bins: int = 10, *, entry: Any = None
    ) -> Any:
        """Predicted and observed shares of events until a time, in bins of about as many rows.

        A frame with a row for each bin, from the least to the greatest predicted share: the mean
        of that, Kaplan and Meier's estimate, its 95 % interval and the number of rows.

        Args:
            entry: as for :meth:`fit`.
        """
        import pandas as pd

        n_bins = read_count("calibration", "n_bins", n_bins, 1)
        at = self._check_times(time)
        lives, survival = self._pair(X, y, at, entry=entry)
        rows = measure_calibration(lives, 1 - survival[:, 0], float(at[0]), n_bins)
        return pd.DataFrame(rows, columns=["predicted", "observed", "low", "high", "rows"])
