"""The base of estimators that read a table, and choose and fit models of it."""

from __future__ import annotations

import warnings
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator
from sklearn.utils import check_random_state
from sklearn.utils.validation import check_is_fitted

from edgewise._arrays import Array
from edgewise.additive.additive import Additive
from edgewise.additive.arguments import (
    check_interactions,
    check_known,
    find_folds,
    is_count,
    read_offset,
    read_settings,
    read_slopes,
    read_weight,
)
from edgewise.additive.batches import Parts, cut_rows, holds_parts, list_targets, make_reader
from edgewise.additive.choose import Choice, Refitter, calibrate, choose_additive
from edgewise.additive.columns import Columns, read_columns
from edgewise.additive.fitted_range import Seen, warn_of_spellings
from edgewise.additive.intervals import count_groups, limit_count
from edgewise.additive.loss import Loss
from edgewise.additive.sample import count_rows
from edgewise.additive.schema import Schema, read_schema
from edgewise.additive.settings import Settings
from edgewise.additive.terms import Offset, add_offsets
from edgewise.additive.values import take_values
from edgewise.nn.arguments import level_outside
from edgewise.sklearn.parts import fit_parts, fit_sample
from edgewise.sklearn.tables import check_table, leave_out, list_named, take_named, warn_of_order

S = TypeVar("S", bound="TableFit")


@dataclass(kw_only=True, eq=False, repr=False)
class TableFit(ABC, BaseEstimator):
    """An estimator of scikit-learn's kind that takes a table as it is.

    Its fields are the arguments of estimators, which scikit-learn reads from ``__init__``, and what
    fit leaves. Estimators may make more of them arguments.

    Attributes:
        schema_: what the columns of the table are.
        seen_: what was in the columns of the table.
        taken_: the names of the columns that fit took out of the table: target and weight. Other
            verbs leave them out, so that they take the same table.
        offset_: the known part of the sum of effects, or None.
        appended_: whether that is a column behind those of the table.
    """

    categorical_features: Any = "from_dtype"
    monotonic_cst: Any = None
    convexity_cst: Any = None
    interaction_cst: Any = None
    interactions: Any = field(default="pairs", init=False)
    exclude: Any = ()
    cyclic: Any = None
    groups: Any = field(default=None, init=False)
    slopes: Any = field(default=(), init=False)
    cv: Any = 5
    n_jobs: int | None = None
    random_state: Any = None

    schema_: Schema = field(init=False)
    seen_: tuple[Seen, ...] = field(default=(), init=False)
    taken_: tuple[str, ...] = field(default=(), init=False)
    offset_: Offset | None = field(default=None, init=False)
    appended_: bool = field(default=False, init=False)

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Arguments that a pickle of an earlier version doesn't have get their defaults."""
        make: Any = type(self)
        super().__setstate__({**make().get_params(deep=False), **state})

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        tags.input_tags.sparse = True
        tags.input_tags.categorical = True
        tags.input_tags.string = True
        return tags

    def _list_models(self) -> list[Additive]:
        """The fitted models, one or one a target."""
        return self.models_

    def _set_models(self, models: Sequence[Additive]) -> None:
        """Predict with other ones from now on."""
        self.models_ = list(models)

    def _fit_table(self: S, X: Any, y: Any, sample_weight: Any, offset: Any, exposure: Any) -> S:
        """Fit to a table in memory or in parts."""
        if holds_parts(X):
            fit_parts(self, X, make_reader(y, sample_weight), offset, exposure)
            return self
        self.taken_ = list_named(X, y, sample_weight)
        X, y, sample_weight = take_named(X, y, sample_weight)
        weights = {"sample_weight": sample_weight, "offset": offset, "exposure": exposure}
        warn_of_order(X, y=y, **weights)
        y, sample_weight = take_values("y", y), take_values("sample_weight", sample_weight)
        X = self._see_columns(X)
        columns = read_columns(X, self.schema_)
        if y is None:
            raise ValueError("requires y to be passed, but the target y is None")
        columns = self._see_offset(columns, offset, exposure)
        if is_count(self.cv) and len(columns[0]) > 2 * count_rows(len(columns)):
            self._fit_many(columns, y, sample_weight)
        else:
            self._fit_rows(columns, y, sample_weight, None)
        return self

    @abstractmethod
    def _fit_rows(self, columns: Columns, y: Any, sample_weight: Any, parts: Parts | None) -> None:
        """Fit to rows in memory; where they are a sample, to all parts."""

    def _see_offset(self, columns: Columns, offset: Any, exposure: Any) -> Columns:
        """Remember the known part of the sum; its values may be a further column."""
        self.offset_, values = read_offset(self.schema_, columns, offset, exposure)
        self.appended_ = values is not None
        if values is None:
            return columns
        self.schema_ = self.schema_.append("offset" if exposure is None else "exposure")
        return [*columns, values]

    def _fit_many(self, columns: Columns, y: Any, sample_weight: Any) -> None:
        """Fit to rows in memory as to a table in parts, if there are twice those of a sample."""
        targets = [np.asarray(target) for target in list_targets(y)]
        weight = read_weight(sample_weight, len(columns[0]), len(targets[0]))
        fit_sample(self, cut_rows(columns, targets, weight), y)

    def _see_columns(self, X: Any) -> Any:
        """Set the schema of the fitted table.

        Raises:
            ValueError: if they hold what a table can't.
        """
        X = check_table(self, X, reset=True)
        self.schema_ = read_schema(X, self.categorical_features, self.cyclic, self.groups)
        return X

    def _read(self, X: Any, offset: Any = None, exposure: Any = None) -> Columns:
        """The columns of a table, and an offset of 0 or an exposure of 1 if none is given.

        Raises:
            ValueError: if one is given and the fit had none, or another.
        """
        check_is_fitted(self)
        warn_of_order(X, offset=offset, exposure=exposure)
        table = check_table(self, leave_out(X, self.taken_), reset=False)
        given = {"offset": offset, "exposure": exposure}
        wanted = self.offset_.name if self.appended_ and self.offset_ is not None else None
        for name, values in given.items():
            if values is not None and name != wanted:
                raise ValueError(
                    f"expected no values as {name}, for the fit had none: pass them to fit, too, "
                    "or predict from a table that has the column"
                )
        schema = self.schema_.head() if self.appended_ else self.schema_
        columns = read_columns(table, schema)
        warn_of_spellings(columns, self.seen_, schema.names)
        if not self.appended_:
            if self.offset_ is not None:
                check_known(self.offset_.name, columns[self.offset_.columns[0]], len(columns[0]))
            return columns
        if wanted is None or given[wanted] is None:
            return [*columns, np.full(len(columns[0]), float(wanted == "exposure"))]
        values = take_values(wanted, given[wanted])
        return [*columns, check_known(wanted, values, len(columns[0]))]

    def _warn_of_exposure(self, exposure: Any) -> None:
        """Warn if targets are compared with expectations per unit, though those of fit weren't."""
        if exposure is None and self.appended_ and self.offset_ and self.offset_.is_exposure:
            warnings.warn(
                "fit had an exposure for each row, and without any y is compared with what is "
                "expected at an exposure of 1: pass exposure=, too (ones, if y is per unit)",
                stacklevel=level_outside(),
            )

    def _settings(self, columns: Columns) -> Settings:
        """Constraints as positions of columns; dates of a short time have no season."""
        settings = read_settings(
            self.schema_.head() if self.appended_ else self.schema_,
            self.monotonic_cst,
            self.convexity_cst,
            self.interaction_cst,
            self.exclude,
        )
        check_interactions(self.interactions, self.interaction_cst)
        fixed = settings.fixed | self.schema_.find_short_seasons(columns)
        if self.offset_ is not None:
            fixed |= set(self.offset_.columns)
        slopes = read_slopes(self.schema_, self.groups, self.slopes)
        order = {"triples": 3, None: 1}.get(self.interactions, settings.order)
        return replace(settings, offset=self.offset_, fixed=fixed, slopes=slopes, order=order)

    def _choose(
        self,
        columns: Columns,
        y: Array,
        weight: Array,
        candidates: Sequence[Loss],
        labels: Any = None,
        refit: Refitter | None = None,
        unit: float = 1.0,
    ) -> Choice:
        """Choose link and size by cross-validation, and fit that model to all rows.

        Args:
            unit: of the sums of effects, in which an offset is told.
        """
        random = check_random_state(self.random_state)
        counted = weight > 0
        groups = self._find_groups(columns)
        folds = find_folds(counted, self.cv, labels, random, groups)
        if not counted.all():
            columns, y, weight = [c[counted] for c in columns], y[counted], weight[counted]
        settings = self._settings(columns)
        if self.interactions == "deep":
            settings = replace(settings, deep=int(random.randint(2**31 - 1)))
        if settings.offset is not None:
            settings = replace(settings, offset=replace(settings.offset, factor=1 / unit))
        choice = choose_additive(
            columns, y, weight, candidates, settings, folds, refit, self.n_jobs
        )
        if labels is None:
            return choice
        return calibrate(choice, y, weight, add_offsets(choice.model.terms, columns))

    def _find_groups(self, columns: Columns) -> NDArray[Any] | None:
        return None if self.groups is None else columns[self.schema_.find(self.groups)[0]]

    def _count_groups(self, rule: Any, columns: Columns, weight: Array) -> Any:
        """A rule of intervals, or scores, that knows how many groups of rows there are."""
        groups = self._find_groups(columns)
        return rule if groups is None else limit_count(rule, count_groups(weight, groups))
