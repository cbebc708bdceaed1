"""Reading and editing: what every estimator of tables can tell of itself, and have changed."""

from __future__ import annotations

import copy
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sklearn.utils.validation import check_is_fitted

from edgewise.additive.additive import Additive
from edgewise.additive.columns import Array, Columns, Schema
from edgewise.additive.edit import Edit, apply_edits, make_edit
from edgewise.additive.effects import Output
from edgewise.additive.explain import Explanation, LocalExplanation, explain_model, explain_rows
from edgewise.additive.intervals import Seen, describe_seen
from edgewise.additive.training_summary import Summary, summarise


class Readable(ABC):
    """An estimator whose effects can be read and edited.

    Attributes:
        summary_: what is kept of the table, for pictures.
        edits_: the log of edits since the fit.
    """

    schema_: Schema
    summary_: Summary
    seen_: tuple[Seen, ...]
    edits_: tuple[Edit, ...]
    _unedited: tuple[list[Additive], Summary]

    @abstractmethod
    def _list_models(self) -> list[Additive]:
        """The fitted models, one or one a target."""

    @abstractmethod
    def _set_models(self, models: Sequence[Additive]) -> None:
        """Predict with other ones from now on."""

    @abstractmethod
    def _list_outputs(self) -> list[Output]:
        """The sums of effects, one a target or class, in the units of the table."""

    @abstractmethod
    def _measure_loss(self, X: Any, y: Any, sample_weight: Any) -> float:
        """Mean squared error, or minus the logarithm of the class's share, on given rows."""

    @abstractmethod
    def _read(self, X: Any) -> Columns:
        """The columns of a table."""

    def _remember(self, columns: Columns, weight: Array, total: float | None) -> None:
        """Keep what is drawn of the table and its ends, and forget the edits of an earlier fit.

        Args:
            total: of the weights of all rows, where these are a sample.
        """
        self.seen_ = describe_seen(columns)
        if total is not None:
            weight = weight * (total / weight.sum())
        self.summary_ = summarise(self._list_models(), columns, weight)
        self.edits_ = ()
        self._unedited = self._list_models(), self.summary_

    def explain_global(self, coverage: float = 0.95) -> Explanation:
        """What each column and pair does, in the table's own names and units.

        For each target, or class, there is a curve with its band or a value for each level, a heat
        map for each pair, and how important each is: the standard deviation of its effect over the
        rows of the fit, with its standard error. Read it as frames (``.frame()``,
        ``.frame("age")``), figures (``.figure("age")``) or one page (``.html()``, ``.save(path)``).

        Args:
            coverage: of the bands, which follow from the posterior of the coefficients.

        Source: Marra and Wood, *Coverage properties of confidence intervals for generalized
        additive model components* (2012).
        """
        check_is_fitted(self)
        return explain_model(
            self._list_outputs(), self.summary_, self.schema_.names, coverage, self.edits_
        )

    def explain_local(self, X: Any) -> LocalExplanation:
        """What each column and pair adds to the predictions of rows: they add up exactly.

        With a log link they are factors, and multiply; for classes they are log odds. Read it as a
        frame (``.frame()``), a waterfall (``.figure(row=0)``) or a page (``.html()``).
        """
        columns = self._read(X)
        return explain_rows(self._list_outputs(), columns, self.schema_.names)

    def edit(
        self,
        feature: Any,
        action: str,
        *,
        output: Any = None,
        X: Any = None,
        y: Any = None,
        sample_weight: Any = None,
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

        Raises:
            ValueError: if there is no such column, action or option, or if ``monotonic_cst`` holds
                what the edit would break.

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
        one = make_edit(feature, action, options, output, self._list_outputs(), self.schema_.names)
        edited = self._replay((*self.edits_, one))
        if X is not None:
            before, after = (each._measure_loss(X, y, sample_weight) for each in (self, edited))
            one = replace(one, before=before, after=after, rows=len(y))
            edited.edits_ = (*self.edits_, one)
        return edited

    def undo(self, count: int = 1) -> Any:
        """A new estimator without the last edits.

        Raises:
            ValueError: if there are fewer.
        """
        check_is_fitted(self)
        if not 0 < count <= len(self.edits_):
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
