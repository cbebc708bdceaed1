"""Explain the predictions of rows as frames, figures, sentences and a page."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from edgewise._checks import quote, read_count
from edgewise._files import write_text
from edgewise.additive import page, pictures
from edgewise.additive.cards import make_row_card
from edgewise.additive.columns import Array, Columns
from edgewise.additive.dates import write_value
from edgewise.additive.effects import MISSING
from edgewise.additive.outputs import Output, find_output
from edgewise.additive.readings import COVERAGE, write_interval, write_set
from edgewise.additive.reasons import choose_reasons, title_targets, word_effects
from edgewise.additive.training_summary import Key, group_terms, name_effect
from edgewise.additive.waterfall import Waterfall
from edgewise.additive.what_if import Changeable, ExplainedRows, describe_what_if
from edgewise.charts.card import write_cards
from edgewise.charts.numbers import format_number

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from pandas import DataFrame

ROWS_SHOWN = 3
"""The number of rows that a notebook shows."""
CHOICES = ("first", "highest", "lowest")
"""How a page chooses rows where none are named."""


@dataclass(frozen=True, eq=False, repr=False)
class LocalExplanation(ExplainedRows):
    """The contribution of each effect to the predictions of some rows.

    Attributes:
        names, keys: the names of the effects, and the columns of each.
        columns: the columns of the rows.
        outputs: the names of targets or classes.
        units: the units of the parts of each output: added, multiplied, or log odds.
        base: (outputs,).
        parts: (rows, effects, outputs), in these units.
        totals: (rows, outputs), base and parts together.
        predictions: (rows, outputs), the predictions; for classes their probabilities.
        others: for two classes, the one that isn't an output, by the name of the one that is.
        model: the model with which a page predicts rows that a reader changes, or None.
        labels: the labels of the rows; empty if they only have numbers.
        target: what titles say that is predicted.
    """

    def frame(self, output: Any = None) -> DataFrame:
        """A row for each row: base, effects and prediction; for classes also the sum.

        Raises:
            KeyError: if there is no such target or class.
        """
        import pandas as pd

        k = list(self.outputs).index(find_output(output, self.outputs))
        data = {"(base)": np.full(len(self.parts), self.base[k])}
        data |= {name: self.parts[:, j, k] for j, name in enumerate(self.names)}
        if self.units[k].is_log_odds:
            data["(log odds)"] = self.totals[:, k]
        data["(prediction)"] = self.predictions[:, k]
        return pd.DataFrame(data)

    def to_shap(self, output: Any = None) -> Any:
        """The effects on one output as a ``shap.Explanation``, for SHAP's plots.

        Each column and each pair is a feature. Values are exact, and add up with ``base_values``
        to the argument of the link: of factors they are logarithms, for classes log odds. Without
        pairs they are the Shapley values relative to the rows of the fit.

        Shape:
            values, data: (rows, effects); base_values: (rows,)

        Raises:
            ImportError: shap is not installed.
            KeyError: if there is no such target or class.

        Source: Lundberg and Lee, *A unified approach to interpreting model predictions* (2017).
        """
        import shap

        k = list(self.outputs).index(find_output(output, self.outputs))
        rows, read = range(len(self.parts)), self.units[k].read
        data = np.empty(self.parts.shape[:2], dtype=object)
        for j, (name, key) in enumerate(zip(self.names, self.keys, strict=True)):
            many = [_write_values(self.columns, name, key, row) for row in rows]
            data[:, j] = self.columns[key[0]] if len(key) == 1 else many
        return shap.Explanation(
            read(self.parts[:, :, k]),
            base_values=np.full(len(rows), read(self.base[k])),
            data=data,
            feature_names=list(self.names),
            output_names=str(self.outputs[k]),
        )

    def figure(self, row: int = 0, output: Any = None) -> Figure:
        """The waterfall of one row: from the base, effect by effect, to the prediction.

        Raises:
            ImportError: matplotlib is not installed.
            ValueError: if there is no such row.
        """
        return pictures.draw_waterfall(self.waterfall(row, output))

    def waterfall(self, row: int = 0, output: Any = None) -> Waterfall:
        """The data of the waterfall, the largest effects first.

        Raises:
            ValueError: if there is no such row.
        """
        row = self._place(row)
        k = list(self.outputs).index(find_output(output, self.outputs))
        parts = self.parts[row, :, k]
        unclear = self.unclear.get(str(self.outputs[k]), frozenset())
        order = np.argsort(-np.abs(self.units[k].read(parts)), kind="stable")
        return Waterfall(
            str(self.outputs[k]),
            self.units[k],
            tuple(self.names[j] for j in order),
            tuple(_write_values(self.columns, self.names[j], self.keys[j], row) for j in order),
            parts[order],
            float(self.base[k]),
            float(self.totals[row, k]),
            float(self.predictions[row, k]),
            self.others.get(str(self.outputs[k])),
            np.array([self.keys[j] in unclear for j in order], dtype=bool),
            self._describe_spread(row, k),
            self._describe_rate(row, k),
        )

    def _describe_spread(self, row: int, k: int) -> str:
        """The interval, the set of classes or probabilities of no event in words; "" if unknown."""
        if self.model is not None and self.model.outlook is not None:
            return self.model.outlook.describe(float(self.predictions[row, k]))
        columns = [column[row : row + 1] for column in self.columns]
        limits = None if self.model is None else self.model.find_limits(columns, COVERAGE)
        if limits is None:
            return ""
        if limits.dtype != bool:
            low, high = limits.reshape(-1, 2)[k]
            return write_interval(low, high, COVERAGE)
        classes, held = [*self.others.values(), *self.outputs], limits[0]
        if not self.has_classes:
            classes, held = [f"not {self.outputs[k]}", self.outputs[k]], held[k]
        kept = [name for name, within in zip(classes, held, strict=True) if within]
        return write_set(kept, classes, COVERAGE)

    def _describe_rate(self, row: int, k: int) -> str:
        """The prediction per unit of exposure in words; "" if it isn't proportional to one."""
        place = None if self.model is None else self.model.exposure
        if self.model is None or place is None or not self.units[k].neutral:
            return ""
        exposure = float(self.columns[place][row])
        rate = self.units[k].write_sum(float(self.predictions[row, k]) / exposure)
        name = self.model.names[place]
        return f"{rate} per unit of {name}, of which it has {format_number(exposure)}."

    def _place(self, row: int) -> int:
        if not isinstance(row, int | np.integer) or not -len(self.parts) <= row < len(self.parts):
            raise ValueError(f"expected one of {len(self.parts)} rows, got {quote(row)}")
        return int(row) % len(self.parts)

    def reasons(self, count: int = 3) -> list[list[str]] | list[list[list[str]]]:
        """The strongest effects of each row in words, as exported programs give them.

        For classes these are reasons for the most likely one; for several targets there is a list
        for each. Effects are compared on the scale on which they add up; an effect of 0 is no
        reason.

        Args:
            count: the largest number of reasons per row.

        Raises:
            ValueError: if count isn't a whole number of at least 1.

        Example:
            >>> import numpy as np
            >>> from edgewise.sklearn import KANRegressor
            >>> x = np.random.default_rng(0).uniform(-2, 2, (200, 2))
            >>> model = KANRegressor().fit(x, 3 * x[:, 0] - x[:, 1])
            >>> model.explain_local([[1.0, 1.0]]).reasons()
            [['x0 raises the prediction', 'x1 lowers the prediction']]
        """
        count = read_count("reasons", "count", count, 1)
        values = np.stack([u.read(self.parts[..., k]) for k, u in enumerate(self.units)], 1)
        if self.has_classes:
            rows = zip(values, self.predictions, strict=True)
            return [self._explain_class(parts, shares, count) for parts, shares in rows]
        texts = word_effects(self.names, title_targets(self.outputs), False)
        by_output = [
            [choose_reasons(said, parts, count) for parts in values[:, k]]
            for k, said in enumerate(texts)
        ]
        if len(texts) == 1:
            return by_output[0]
        return [list(row) for row in zip(*by_output, strict=True)]

    def _explain_class(self, values: Array, shares: Array, count: int) -> list[str]:
        """Reasons for the most likely class; values: (outputs, effects), shares: (outputs,)."""
        k, sign = int(shares.argmax()), 1
        label = self.outputs[k]
        if self.others and shares[0] <= 0.5:
            label, sign = self.others[label], -1
        (texts,) = word_effects(self.names, [label], True)
        return choose_reasons(texts, sign * values[k], count)

    def __repr__(self) -> str:
        count, outputs = len(self.parts), ", ".join(map(str, self.outputs[:6]))
        return f"<LocalExplanation of {count:,} rows: {outputs}>"

    def _repr_html_(self) -> str:
        shown = range(min(len(self.parts), ROWS_SHOWN))
        return write_cards([make_row_card(self.title(row), self.waterfall(row)) for row in shown])

    def html(self, rows: str | Sequence[int] = "first") -> str:
        """One page with the waterfalls of some rows.

        Of several classes it shows the likeliest one of each row. Its reader can change the values
        of a row, and sees the prediction, its interval and the reasons: the page holds the model.

        Args:
            rows: their positions; or "first", or those with the "highest" or "lowest" predictions
                (of two classes: probabilities of the second), of which the page shows 20.

        Raises:
            ImportError: jinja2 is not installed.
            ValueError: if rows are chosen by predictions, and there are several of each row.

        Example:
            >>> import numpy as np
            >>> from edgewise.sklearn import KANRegressor
            >>> x = np.random.default_rng(0).uniform(-2, 2, (200, 2))
            >>> rows = KANRegressor().fit(x, 3 * x[:, 0] - x[:, 1]).explain_local(x)
            >>> "The 20 of 200 rows with the highest predictions" in rows.html("highest")
            True
        """
        chosen, told = self._choose_rows(rows)
        falls = []
        for row in chosen:
            likeliest = [self.predictions[row].argmax()]
            several = likeliest if self.has_classes else range(len(self.outputs))
            every = [self.waterfall(row, self.outputs[int(k)]) for k in several]
            falls += [(row, self.title(row), fall) for fall in every]
        source = self.model.write() if self.model is not None and chosen else None
        what_if = describe_what_if(self, self.model, chosen) if self.model and source else None
        return page.write_rows(self, falls, told, what_if, source or "")

    def _choose_rows(self, rows: str | Sequence[int]) -> tuple[list[int], str]:
        """The rows of a page, and which ones they are in words."""
        total = len(self.parts)
        count, of = min(total, page.LISTED_ROWS), f"{format_number(total, 7)} rows"
        if not isinstance(rows, str):
            chosen = [self._place(row) for row in rows]
            return chosen, f"{len(chosen)} of {of}."
        if rows not in CHOICES:
            raise ValueError(f"rows expected positions or one of {CHOICES}, got {rows!r}")
        if rows == "first":
            some = "All" if count == total else f"The first {count} of"
            return [*range(count)], f"{some} {of}."
        if len(self.outputs) > 1:
            raise ValueError(
                f"rows={rows!r} expected one prediction of each row, got {len(self.outputs)}: pass "
                "positions, such as explained.frame(output)['(prediction)'].nlargest(20).index"
            )
        sign = -1 if rows == "highest" else 1
        order = np.argsort(sign * self.predictions[:, 0], kind="stable")
        what = f"probabilities of {self.outputs[0]}" if self.others else "predictions"
        return order[:count].tolist(), f"The {count} of {of} with the {rows} {what}."

    def save(self, path: str | os.PathLike[str], rows: str | Sequence[int] = "first") -> None:
        """Write :meth:`html` to a file, all of it or nothing."""
        write_text(path, self.html(rows))


def explain_rows(
    outputs: Sequence[Output],
    columns: Columns,
    names: Sequence[str],
    model: Changeable | None = None,
    labels: Sequence[str] = (),
) -> LocalExplanation:
    """The effects of rows, one by one."""
    keys: dict[Key, None] = {}
    for output in outputs:
        keys |= dict.fromkeys(group_terms(output.model))
    rows = len(columns[0])
    parts = np.zeros((rows, len(keys), len(outputs)))
    totals, predictions = np.zeros((rows, len(outputs))), np.zeros((rows, len(outputs)))
    for k, output in enumerate(outputs):
        every = output.model.contributions(columns)[:, :, output.place]
        groups = group_terms(output.model)
        for j, key in enumerate(keys):
            parts[:, j, k] = every[:, groups.get(key, [])].sum(1) * output.size
        units = output.units
        totals[:, k] = units.show(units.read(output.base) + parts[:, :, k].sum(1))
        parts[:, :, k] = units.show(parts[:, :, k])
        predictions[:, k] = output.predict(columns)
    return LocalExplanation(
        [name_effect(key, names) for key in keys],
        list(keys),
        columns,
        [output.name for output in outputs],
        [output.units for output in outputs],
        np.array([output.base for output in outputs]),
        parts,
        totals,
        predictions,
        {output.name: output.other for output in outputs if output.other is not None},
        model,
        labels,
    )


def _write_values(columns: Columns, name: str, key: Key, row: int) -> str:
    """The values of a row in the columns of an effect of that name, as text."""
    values = (columns[k][row] for k in key)
    return ", ".join(
        MISSING if v is None or v != v else v if isinstance(v, str) else write_value(name, v)
        for v in values
    )
