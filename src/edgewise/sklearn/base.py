"""The base class of all estimators: explains its models, edits and exports them."""

from __future__ import annotations

import copy
from abc import abstractmethod
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timezone
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.utils.validation import check_is_fitted
from torch import Tensor

from edgewise._arrays import Array
from edgewise._checks import read_count
from edgewise.additive.additive import Additive
from edgewise.additive.columns import Columns
from edgewise.additive.edit import Edit, apply_edits, make_edit
from edgewise.additive.encoder import Encoder
from edgewise.additive.explain import Explanation, explain_model
from edgewise.additive.fitted_range import describe_seen, find_outside
from edgewise.additive.local_explanation import LocalExplanation, explain_rows
from edgewise.additive.network import find_encoder, make_kan
from edgewise.additive.outputs import Output, Target
from edgewise.additive.readings import COVERAGE
from edgewise.additive.training_summary import Key, Summary, summarise
from edgewise.additive.values import take_values
from edgewise.additive.what_if import Changeable, Outlook
from edgewise.explorer.table_edits import read_table_log
from edgewise.explorer.table_losses import RowLoss
from edgewise.models import KAN
from edgewise.piecewise.writing import Writable
from edgewise.sklearn.editing import read_rows
from edgewise.sklearn.fitting import TableFit
from edgewise.sklearn.quality import Quality
from edgewise.sklearn.scores import score_unseen
from edgewise.sklearn.tables import label_rows, leave_out, take_named_entry


class TableEstimator(Writable, TableFit):
    """An estimator of tables whose models can be read, edited and exported.

    Attributes:
        summary_: what is kept of the table, for pictures.
        edits_: the log of edits since the fit.
    """

    summary_: Summary
    edits_: tuple[Edit, ...]
    _unedited: tuple[list[Additive], Summary]

    @abstractmethod
    def _list_outputs(self) -> list[Output]:
        """The sums of effects, one a target or class, in the units of the table."""

    @abstractmethod
    def _measure_loss(self, X: Any, y: Any, sample_weight: Any, **known: Any) -> float:
        """Mean squared error, or minus the logarithm of the class's share, on given rows.

        Args:
            known: what ``fit`` takes beside weights, such as ``exposure``.
        """

    @abstractmethod
    def _place_targets(self, y: Any, columns: Columns, entry: Any) -> Array | list[RowLoss] | None:
        """Targets as the explorer's page compares them with predictions: numbers, or 0 and 1 of
        labels, (rows, targets), the place of each class, (rows,), or the losses of outputs; None
        without any.

        Args:
            columns: of the rows, as the model reads them.
            entry: of survival.
        """

    @property
    def _has_quantiles(self) -> bool:
        """Whether outputs are quantiles of one target, which must not cross."""
        return False

    @property
    def feature_importances_(self) -> Array:
        """How much each column of the table matters, (columns,); they add up to 1.

        It is the standard deviation, over the rows of the fit, of the effects that depend on the
        column; the variance of a pair or a triple counts in equal parts for each of its columns,
        and that of other interactions by what each column takes part in them.
        """
        check_is_fitted(self)
        table, sources = self.schema_.table, self.schema_.sources
        known = () if self.offset_ is None else self.offset_.columns
        outputs, total = self._list_outputs(), np.zeros(len(table))
        for output in outputs:
            variance = np.zeros(len(table))
            for key, spread in self.summary_.spreads[output.number].items():
                shares = dict.fromkeys(key, 1.0)
                if not key:
                    parts = self.summary_.shares[output.number]
                    shares = {k: float(part[output.place]) for k, part in parts.items()}
                total_share = sum(shares.values()) or 1.0
                for k in set(shares) - set(known):
                    place = table.index(sources[k].name)
                    part = shares[k] / total_share
                    variance[place] += part * spread.value[output.place] ** 2
            deviation = np.sqrt(variance)
            total += deviation / (deviation.sum() or 1.0) / len(outputs)
        return total[: len(table) - self.appended_]

    def outside(self, X: Any) -> NDArray[np.bool_]:
        """Which values are outside of the range, or none of the levels, of the fit.

        Shape:
            (rows, columns of the table). A missing value counts where none was missing.
        """
        check_is_fitted(self)
        count = len(self.schema_.names) - self.appended_
        found = find_outside(self._read(X)[:count], self.seen_[:count])
        names = [origin.name for origin in self.schema_.sources[:count]]
        starts = [k for k, name in enumerate(names) if k == 0 or name != names[k - 1]]
        return np.logical_or.reduceat(found, starts, axis=1)

    def expand(self, X: Any) -> Any:
        """The columns of a table as the model has them, a frame of numbers and of text.

        Of dates these are the year, the day of the year, the weekday and the hour, of durations
        numbers. They are what the model's source code in other languages and its ONNX file take.

        Example:
            >>> import numpy as np, pandas as pd
            >>> from edgewise.sklearn import KANRegressor
            >>> day = pd.Series(pd.date_range("2022-01-01", periods=900))
            >>> table = pd.DataFrame({"day": day})
            >>> model = KANRegressor(random_state=0).fit(table, day.dt.day_of_week >= 5)
            >>> model.expand(table)["day (weekday)"][:2].tolist()
            ['Saturday', 'Sunday']
        """
        import pandas as pd

        check_is_fitted(self)
        return pd.DataFrame(dict(zip(self.schema_.names, self._read(X), strict=True)))

    def to_kan(self) -> KAN:
        """The model as an :class:`~edgewise.KAN` in float64, with the same predictions.

        It takes the rows that :meth:`encode` makes of a table, and gives the argument of the link,
        one output for each target or class (of two classes, for the second):

        .. math:: y_k = b_k + \\sum_i f_{ki}(x_i) + \\sum_r \\prod_s g_{krs}(x_{i(r, s)})

        So a target is y_k where effects add up and exp(y_k) where they multiply, before ``bounds``;
        classes have the shares 1 / (1 + exp(-y)) or softmax(y). Curves are cubic B-splines on
        their own knots with linear tails, surfaces are product nodes, one for each singular value
        of their weights.
        Edges that the model doesn't have are masked, so the network stays additive if it is trained
        further.

        Shape:
            of the network: (rows, inputs) → (rows, targets), (rows, 1) or (rows, classes)

        Raises:
            ValueError: if no column has an effect.

        Example:
            >>> import numpy as np
            >>> from edgewise.sklearn import KANRegressor
            >>> x = np.random.default_rng(0).uniform(-2, 2, (200, 2))
            >>> model = KANRegressor(random_state=0).fit(x, np.sin(2 * x[:, 0]) + x[:, 1])
            >>> network = model.to_kan()
            >>> y = network(model.encode(x))[:, 0].detach()
            >>> bool(np.abs(y.numpy() - model.predict(x)).max() < 1e-10)
            True
        """
        check_is_fitted(self)
        return make_kan(self._list_sums(), self._find_encoder())

    def encode(self, X: Any) -> Tensor:
        """The inputs of :meth:`to_kan`'s network at the rows of a table, in float64.

        A number stays as it is (asinh((x - centre) / scale) where tails are heavy), held within the
        range outside of which its curve is constant; where tails are long, a further input is held
        within the narrower range of the column's pairs. A missing number is filled in, and an input
        of 0 or 1 says that it was missing. A category has an input of 0 or 1 for each level.

        Shape:
            (rows, inputs); ``to_kan().input_names`` names them.

        Raises:
            ValueError: if a number is missing in a column that was complete in the fit.
        """
        columns = self._read(X)
        return torch.from_numpy(self._find_encoder().encode(columns))

    def _find_encoder(self) -> Encoder:
        check_is_fitted(self)
        return find_encoder(self._list_sums(), self.schema_.names, self.seen_)

    def _remember(self, columns: Columns, weight: Array, total: float | None) -> None:
        """Keep what is drawn of the table and its ends, and forget the edits of an earlier fit.

        Args:
            total: of the weights of all rows, where these are a sample.
        """
        self.seen_ = describe_seen([column[weight > 0] for column in columns])
        if total is not None:
            weight = weight * (total / weight.sum())
        self.summary_ = summarise(self._list_models(), columns, weight)
        self.edits_ = ()
        self._unedited = self._list_models(), self.summary_

    def explain_global(
        self,
        coverage: float = 0.95,
        *,
        X: Any = None,
        y: Any = None,
        folds: int = 5,
        exposure: Any = None,
        entry: Any = None,
    ) -> Explanation:
        """What each column and pair does, in the table's own names and units.

        For each target, or class, there is a curve with its band or a value for each level, a heat
        map for each pair, and how important each is: the standard deviation of its effect over the
        rows of the fit, with its standard error. Read it as frames (``.frame()``,
        ``.frame("age")``), figures (``.figure("age")``) or one page (``.html()``, ``.save(path)``).

        Args:
            coverage: of the bands, which follow from the posterior of the coefficients.
            X, y: rows, and their targets or the name of their column, on which quality is measured,
                for the page and the card: R², the share of right classes, D² of counts, amounts,
                shares and quantiles, or the C-index and the integrated Brier score of times until
                an event. They are of rows that were not fitted, beside a linear model, gradient
                boosting (both with the same loss) and a constant (of times, Kaplan and Meier's
                curve), each fitted anew on all folds but one. Edits and weights don't count.
            folds: their number; each costs a fit.
            exposure, entry: a number for each row of X, where ``fit`` had them.

        Raises:
            ValueError: if y comes without X, or ``fit`` had values of an offset, and no column that
                others could read, too.

        Source: Marra and Wood, *Coverage properties of confidence intervals for generalized
        additive model components* (2012).
        """
        check_is_fitted(self)
        folds = read_count("explain_global", "folds", folds, 2)
        found = explain_model(
            self._list_outputs(), self.summary_, self.schema_.names, coverage, self.edits_
        )
        parts = zip(self.schema_.names, self.schema_.sources, self.seen_, strict=False)
        idle = {name for name, source, seen in parts if source.part and seen.low == seen.high}
        beside = self._list_beside()
        unused = [name for name in found.unused if name not in idle | beside]
        effects = {
            output: [e for e in every if e.importance or e.edited or e.name not in beside]
            for output, every in found.effects.items()
        }
        found = replace(found, effects=effects, unused=unused, target=self._describe_target())
        if X is None and y is None:
            return found
        if X is None or y is None:
            raise ValueError("explain_global expected X and y, or neither, got one of them")
        X, y, _, entry = self._take_rows(X, y, None, entry)
        X = leave_out(take_values("X", X), self.taken_)
        quality = self._score_unseen(X, y, folds, exposure, entry)
        return replace(found, **quality._asdict())

    def _take_rows(self, X: Any, y: Any, sample_weight: Any, entry: Any) -> tuple[Any, ...]:
        """Features, targets, weights and entries, which may be names of columns of the table."""
        return take_named_entry(X, y, sample_weight, entry)

    def _list_beside(self) -> set[str]:
        """What is no column of the table, and isn't told of unless it has an effect."""
        return set()

    def _describe_target(self, of_rows: bool = False) -> Target:
        """What titles say that is predicted: of pages of the model, or of pages of rows."""
        return Target()

    def _score_unseen(self, X: Any, y: Any, folds: int, exposure: Any, entry: Any) -> Quality:
        if entry is not None:
            raise ValueError(f"explain_global expected no entry of {type(self).__name__}")
        return score_unseen(self, X, y, folds, exposure)

    def explain_local(self, X: Any, offset: Any = None, exposure: Any = None) -> LocalExplanation:
        """What each column and pair adds to the predictions of rows: they add up exactly.

        With a log link they are factors, and multiply; for classes they are log odds. Read it as a
        frame (``.frame()``), a waterfall (``.figure(row=0)``) or a page (``.html()``), on which a
        reader can change values of the rows.

        Rows are called by the index of a frame, if that isn't 0, 1, 2 and so on.

        Args:
            offset, exposure: as for ``predict``.
        """
        columns, names, known = self._read(X, offset, exposure), self.schema_.names, self.offset_
        model = Changeable(
            *(self._find_limits, self._list_unclear, self._write_for_pages, self.seen_, names),
            dates=self.schema_.dates,
            outlook=self._find_outlook(),
            exposure=known.columns[0] if known is not None and known.is_exposure else None,
        )
        found = explain_rows(self._list_sums(), columns, names, model, label_rows(X))
        return replace(found, target=self._describe_target(of_rows=True))

    def _list_sums(self) -> list[Output]:
        """What the effects of a row add up to."""
        return self._list_outputs()

    def _find_outlook(self) -> Outlook | None:
        """What a prediction means, if it is a relative hazard."""
        return None

    def _find_limits(self, columns: Columns, coverage: float) -> NDArray[Any] | None:
        """Intervals of rows, or sets of their classes, as :class:`Changeable` has them."""
        return None

    def _list_unclear(self) -> dict[str, frozenset[Key]]:
        """The effects of each target or class whose bands hold none everywhere."""
        return {
            output: frozenset(effect.key for effect in effects if not effect.is_clear)
            for output, effects in self.explain_global().effects.items()
        }

    def _write_for_pages(self) -> str | None:
        """The model in JavaScript, with an interval if its loss has one; None if it can't be."""
        for coverage in (COVERAGE, None):
            with suppress(ValueError):
                return self.to_javascript(contributions=True, coverage=coverage)
        return None

    def edit(
        self,
        feature: Any,
        action: str,
        *,
        output: Any = None,
        X: Any = None,
        y: Any = None,
        sample_weight: Any = None,
        offset: Any = None,
        exposure: Any = None,
        entry: Any = None,
        by: str | None = None,
        **options: Any,
    ) -> Any:
        """A new estimator in which a reader has changed one effect; this one stays as it is.

        Args:
            feature: name or position of a column, or two of them for a pair.
            action: "flatten" (no effect any more); "monotonise" (``sign=1`` or ``-1``, or what is
                nearer); "clip" (``low=``, ``high=``); "replace" (``at=[…]``, ``values=[…]`` and
                perhaps ``missing=`` for numbers, ``values={level: effect}`` for categories).
                Effects are told as :meth:`explain_global` tells them.
            output: the target or class that is edited; None for all.
            X, y, sample_weight: rows on which the loss before and after is measured, for the log
                ``edits_``: the mean squared error, or minus the logarithm of the class's share.
                y may be the name of a column of X, as in ``fit``.
            offset, exposure, entry: a number for each of these rows, where ``fit`` had them.
            by: who makes the edit, for the log; the time stands beside it.

        Raises:
            ValueError: if there is no such column, action or option, or if ``monotonic_cst`` holds
                what the edit would break, or if one of ``X`` and ``y`` is given alone.

        Example:
            >>> import numpy as np
            >>> from edgewise.sklearn import KANRegressor
            >>> x = np.random.default_rng(0).uniform(-2, 2, (200, 2))
            >>> model = KANRegressor(random_state=0).fit(x, np.sin(2 * x[:, 0]) + x[:, 1])
            >>> edited = model.edit("x0", "clip", low=-0.5, high=0.5)
            >>> bool(edited.explain_global()["x0"].band.value.max() < 0.5 + 1e-12)
            True
        """
        check_is_fitted(self)
        known = {"offset": offset, "exposure": exposure, "entry": entry}
        rows = read_rows("edit", self, X, y, sample_weight, **known)
        one = make_edit(feature, action, options, output, self._list_outputs(), self.schema_.names)
        if by is not None:
            one = replace(one, by=by, on=datetime.now(timezone.utc).isoformat(timespec="seconds"))
        edited = self._replay((*self.edits_, one))
        if rows is not None:
            edited.edits_ = (*self.edits_, *rows.note([one], [self, edited]))
        return edited

    def replay(
        self,
        log: Any,
        X: Any = None,
        y: Any = None,
        sample_weight: Any = None,
        *,
        offset: Any = None,
        exposure: Any = None,
        entry: Any = None,
    ) -> Any:
        """A new estimator with the edits of a log, bit for bit.

        The log has all edits since the fit: those that this estimator has already are not made
        twice.

        Args:
            log: what the explorer of this estimator copies or downloads: data, JSON, or a file
                whose name ends in .json; or ``edits_`` of another estimator of these columns, such
                as the one before it was fitted again.
            X, y, sample_weight: rows on which the loss before and after each edit is measured
                anew; the page measured it on the rows that it has.
            offset, exposure, entry: as for :meth:`edit`.

        Raises:
            ValueError: if the log is damaged, made for another table, or breaks a constraint, or
                if one of ``X`` and ``y`` is given alone.
            FileNotFoundError: if the log's file isn't there.

        Example:
            >>> import numpy as np
            >>> from edgewise.sklearn import KANRegressor
            >>> x = np.random.default_rng(0).uniform(-2, 2, (200, 2))
            >>> model = KANRegressor(random_state=0).fit(x, np.sin(2 * x[:, 0]) + x[:, 1])
            >>> edit = {"feature": ["x0"], "action": "flatten", "by": "Ada", "on": "2026-11-28"}
            >>> log = {"columns": ["x0", "x1"], "outputs": ["y"], "edits": [edit]}
            >>> edited = model.replay({"edgewise_table_edits": 1, **log})
            >>> edited.edits_[0].by, bool(np.ptp(edited.predict(x[:, [0]] * [[1, 0]])) == 0)
            ('Ada', True)
        """
        check_is_fitted(self)
        known = {"offset": offset, "exposure": exposure, "entry": entry}
        rows = read_rows("replay", self, X, y, sample_weight, **known)
        edits = read_table_log("replay", log, self.schema_.names, self._list_outputs())
        if rows is not None:
            steps = [self._replay(edits[:k]) for k in range(len(edits) + 1)]
            edits = rows.note(edits, steps)
        return self._replay(edits)

    def undo(self, count: int = 1) -> Any:
        """A new estimator without the last edits.

        Raises:
            ValueError: if there are fewer.
        """
        check_is_fitted(self)
        count = read_count("undo", "count", count, 1)
        if not count <= len(self.edits_):
            raise ValueError(f"undo expected 1 to {len(self.edits_)} edits, got {count}")
        return self._replay(self.edits_[:-count])

    def _replay(self, edits: tuple[Edit, ...]) -> Any:
        """The estimator as it was fitted, with these edits."""
        new = copy.copy(self)
        new._set_models(self._unedited[0])
        models, new.summary_ = apply_edits(
            new._list_outputs(), self._unedited[1], self.schema_.names, edits
        )
        new._set_models(models)
        new.edits_ = edits
        return new
