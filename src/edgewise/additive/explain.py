"""Explanations of a model and of its predictions for rows, as frames, figures and a page."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from edgewise._files import write_text
from edgewise.additive import page, pictures
from edgewise.additive.cards import make_card, make_row_card
from edgewise.additive.columns import Array, Columns
from edgewise.additive.comparison import Comparison, compare_models
from edgewise.additive.edit import Edit
from edgewise.additive.effects import MISSING, UNITS, Effect, Output, Units, find_effects
from edgewise.additive.reasons import choose_reasons, title_targets, word_effects
from edgewise.additive.training_summary import Key, Summary, group_terms
from edgewise.additive.waterfall import Waterfall
from edgewise.additive.what_if import Changeable, describe_what_if
from edgewise.charts.card import Card, write_cards
from edgewise.charts.numbers import format_number
from edgewise.charts.style import save_figure
from edgewise.nn.arguments import check_integer

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from pandas import DataFrame

ROWS_SHOWN = 3
"""The rows that a notebook shows."""


@dataclass(frozen=True, eq=False, repr=False)
class Explanation:
    """The effects of every column and pair, one set for each target or class.

    Attributes:
        effects: by the name of the target or class, the most important first.
        bases: the prediction (for classes: its log odds) where all effects are 0.
        unused: names of the columns that have no effect at all.
        coverage: of the bands.
        rows: of the fit, or the sum of their weights.
        edits: the log of edits.
        others: of two classes, the one that isn't an output, by the name of the one that is.
        scores: of the model and of simple rivals on rows that were not fitted, if any were given.
    """

    effects: Mapping[str, Sequence[Effect]]
    bases: Mapping[str, float]
    unused: Sequence[str]
    coverage: float
    rows: float
    edits: Sequence[Edit]
    others: Mapping[str, str] = field(default_factory=dict)
    scores: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str | tuple[str, str]) -> Effect:
        """The effect of a column, or of a pair, on the only or first target.

        Raises:
            KeyError: if it has none.
        """
        return self.find(name)

    def find(self, name: str | tuple[str, str], output: Any = None) -> Effect:
        """The effect of a column or pair on one target or class; None is the first.

        Raises:
            KeyError: if it has none.
        """
        effects = self.effects[_find_output(output, list(self.effects))]
        names = {name} if isinstance(name, str) else set(name)
        for effect in effects:
            if set(effect.names) == names:
                return effect
        known = ", ".join(effect.name for effect in effects[:12])
        raise KeyError(f"expected a column or pair that has an effect, such as {known}: got {name}")

    def importances(self) -> DataFrame:
        """A row for each effect: its standard deviation over the rows, and that one's error."""
        import pandas as pd

        return pd.DataFrame(
            [
                {
                    "output": output,
                    "effect": effect.name,
                    "kind": effect.kind,
                    "importance": effect.importance,
                    "error": effect.error,
                    "edited": effect.edited,
                }
                for output, effects in self.effects.items()
                for effect in effects
            ],
            columns=["output", "effect", "kind", "importance", "error", "edited"],
        )

    def frame(self, name: str | tuple[str, str] | None = None, output: Any = None) -> DataFrame:
        """An effect as a frame: where, how large, its band; None gives the importances."""
        import pandas as pd

        return self.importances() if name is None else pd.DataFrame(self.find(name, output).rows())

    def log(self) -> DataFrame:
        """The edits since the fit, with the loss before and after each where it was measured."""
        import pandas as pd

        columns = ["edit", "output", "loss before", "loss after", "rows", "by", "on"]
        return pd.DataFrame([edit.tell() for edit in self.edits], columns=columns)

    def figure(self, name: str | tuple[str, str] | None = None, output: Any = None) -> Figure:
        """An effect as a figure; None draws the importances and the most important ones.

        Raises:
            ImportError: matplotlib is not installed.
            KeyError: if the column or pair has no effect.
        """
        output = _find_output(output, list(self.effects))
        if name is not None:
            return pictures.draw_effect(self.find(name, output))
        title = str(output) if len(self.effects) > 1 else ""
        return pictures.draw_overview(self.effects[output], title)

    def card(
        self,
        path: str | os.PathLike[str] | None = None,
        output: Any = None,
        *,
        scores: Mapping[str, str] | None = None,
    ) -> Figure:
        """The three strongest effects, as a picture of 1,200 by 630 for a chat or a slide.

        Args:
            path: a file to write it to.
            output: of which target or class; None is the first.
            scores: what is known of the quality, such as ``{"R² on unseen rows": "0.45"}``.

        Raises:
            ImportError: matplotlib is not installed.
        """
        return save_figure(self._make_card(output, scores or {}).figure(), path, dpi=100)

    def _make_card(self, output: Any = None, scores: Mapping[str, str] | None = None) -> Card:
        name = _find_output(output, list(self.effects))
        told = {**self.scores, **(scores or {})}
        return make_card(
            name, self.effects[name], self.bases[name], self.others.get(name), self.rows, told
        )

    def __repr__(self) -> str:
        told = "; ".join(
            f"{output}: {', '.join(e.name for e in effects[:3]) or 'nothing'}"
            + (f" and {len(effects) - 3} more" if len(effects) > 3 else "")
            for output, effects in list(self.effects.items())[:3]
        )
        return f"<Explanation of {told}>"

    def _repr_html_(self) -> str:
        return write_cards([self._make_card(output) for output in list(self.effects)[:3]])

    def html(self, scores: Mapping[str, str] | None = None) -> str:
        """One page that needs nothing else: search and order, phone, dark and print.

        Args:
            scores: what is known of the model's quality, which the page begins with, such as
                ``{"R² on unseen rows": "0.45 ± 0.03", "linear model": "0.43 ± 0.03"}``.

        Raises:
            ImportError: jinja2 is not installed.
        """
        log = [edit.tell() for edit in self.edits]
        return page.write_page(
            self.effects,
            self.bases,
            self.unused,
            self.coverage,
            self.rows,
            log,
            self.others,
            {**self.scores, **(scores or {})},
        )

    def compare(
        self, other: Explanation, names: Sequence[str] = ("this model", "the other one")
    ) -> Comparison:
        """This model and another one of the same targets, as a frame or as one page.

        It shows what an edit, other rows or another setting change.

        Args:
            other: the explanation of the other model.
            names: how a reader tells them apart.

        Raises:
            ValueError: if the models predict different things, or tell effects in other units.

        Example:
            >>> import numpy as np
            >>> from edgewise.sklearn import KANRegressor
            >>> x = np.random.default_rng(0).uniform(-2, 2, (200, 2))
            >>> model = KANRegressor(random_state=0).fit(x, x[:, 0] + x[:, 1])
            >>> edited = model.edit("x0", "flatten").explain_global()
            >>> both = model.explain_global().compare(edited, ["fitted", "edited"])
            >>> [list(both.frame()), float(both.frame().set_index("effect").edited["x0"])]
            [['output', 'effect', 'fitted', 'edited'], 0.0]
        """
        return compare_models(self, other, names)

    def save(self, path: str | os.PathLike[str], scores: Mapping[str, str] | None = None) -> None:
        """Write :meth:`html` to a file, all of it or nothing."""
        write_text(path, self.html(scores))


@dataclass(frozen=True, eq=False, repr=False)
class LocalExplanation:
    """What each effect adds to the predictions of some rows.

    Attributes:
        names, keys: of the effects, and the columns of each.
        columns: of the rows.
        outputs: names of targets or classes.
        units: of the parts of each output: added, multiplied, or log odds.
        base: (outputs,).
        parts: (rows, effects, outputs), in these units.
        totals: (rows, outputs): base and parts together.
        predictions: (rows, outputs): what the model predicts; for classes their probabilities.
        others: of two classes, the one that isn't an output, by the name of the one that is.
        model: what a page needs to predict rows that a reader changes, or None.
    """

    names: Sequence[str]
    keys: Sequence[Key]
    columns: Columns
    outputs: Sequence[str]
    units: Sequence[Units]
    base: Array
    parts: Array
    totals: Array
    predictions: Array
    others: Mapping[str, str] = field(default_factory=dict)
    model: Changeable | None = None

    def frame(self, output: Any = None) -> DataFrame:
        """A row for each row: base, effects and prediction; for classes also the sum.

        Raises:
            KeyError: if there is no such target or class.
        """
        import pandas as pd

        k = list(self.outputs).index(_find_output(output, self.outputs))
        data = {"(base)": np.full(len(self.parts), self.base[k])}
        data |= {name: self.parts[:, j, k] for j, name in enumerate(self.names)}
        if self.units[k].is_log_odds:
            data["(log odds)"] = self.totals[:, k]
        data["(prediction)"] = self.predictions[:, k]
        return pd.DataFrame(data)

    def figure(self, row: int = 0, output: Any = None) -> Figure:
        """The waterfall of one row: from the base, effect by effect, to the prediction.

        Raises:
            ImportError: matplotlib is not installed.
            ValueError: if there is no such row.
        """
        return pictures.draw_waterfall(self.waterfall(row, output))

    def waterfall(self, row: int = 0, output: Any = None) -> Waterfall:
        """The data of that picture, the largest effects first.

        Raises:
            ValueError: if there is no such row.
        """
        if not -len(self.parts) <= row < len(self.parts):
            raise ValueError(f"expected one of {len(self.parts)} rows, got {row}")
        k = list(self.outputs).index(_find_output(output, self.outputs))
        parts = self.parts[row, :, k]
        order = np.argsort(-np.abs(self.units[k].read(parts)), kind="stable")
        return Waterfall(
            str(self.outputs[k]),
            self.units[k],
            tuple(self.names[j] for j in order),
            tuple(_tell(self.columns, self.keys[j], row) for j in order),
            parts[order],
            float(self.base[k]),
            float(self.totals[row, k]),
            float(self.predictions[row, k]),
            self.others.get(str(self.outputs[k])),
        )

    def reasons(self, count: int = 3) -> list[list[str]] | list[list[list[str]]]:
        """The strongest effects of each row in words, as exported programs give them.

        Of classes these are reasons of the likeliest one; of several targets there is a list for
        each. Effects are compared on the scale on which they add up; one of 0 is no reason.

        Args:
            count: of a row, at most.

        Raises:
            ValueError: if count isn't a whole number from 1.

        Example:
            >>> import numpy as np
            >>> from edgewise.sklearn import KANRegressor
            >>> x = np.random.default_rng(0).uniform(-2, 2, (200, 2))
            >>> model = KANRegressor().fit(x, 3 * x[:, 0] - x[:, 1])
            >>> model.explain_local([[1.0, 1.0]]).reasons()
            [['x0 raises the prediction', 'x1 lowers the prediction']]
        """
        check_integer("reasons", "count", count, 1)
        values = np.stack([u.read(self.parts[..., k]) for k, u in enumerate(self.units)], 1)
        if self.others or self.units[0] is UNITS["softmax"]:
            rows = zip(values, self.predictions, strict=True)
            return [self._explain_class(parts, shares, count) for parts, shares in rows]
        titles = title_targets(len(self.units), len(self.units) == 1)
        texts = word_effects(self.names, titles, False)
        by_output = [
            [choose_reasons(said, parts, count) for parts in values[:, k]]
            for k, said in enumerate(texts)
        ]
        if len(texts) == 1:
            return by_output[0]
        return [list(row) for row in zip(*by_output, strict=True)]

    def _explain_class(self, values: Array, shares: Array, count: int) -> list[str]:
        """Reasons of the likeliest class; values: (outputs, effects), shares: (outputs,)."""
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
        falls = [self.waterfall(row) for row in range(min(len(self.parts), ROWS_SHOWN))]
        return write_cards([make_row_card(row, fall) for row, fall in enumerate(falls)])

    def html(self, rows: Sequence[int] | None = None) -> str:
        """One page with the waterfalls of some rows, the first ones if none are named.

        Of several classes it shows the likeliest one of each row. Its reader can change the values
        of a row, and sees the prediction, its interval and the reasons: the page holds the model.

        Raises:
            ImportError: jinja2 is not installed.
        """
        chosen = range(min(len(self.parts), page.MOST_ROWS)) if rows is None else rows
        classes = self.units[0].is_log_odds
        falls = []
        for row in chosen:
            several = [self.predictions[row].argmax()] if classes else range(len(self.outputs))
            falls += [(row, self.waterfall(row, self.outputs[int(k)])) for k in several]
        source = self.model.write() if self.model is not None and len(chosen) else None
        if self.model is None or source is None:
            return page.write_rows(falls, len(self.parts))
        what_if = describe_what_if(self, self.model, chosen)
        return page.write_rows(falls, len(self.parts), what_if, source)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write :meth:`html` to a file, all of it or nothing."""
        write_text(path, self.html())


def explain_model(
    outputs: Sequence[Output],
    summary: Summary,
    names: Sequence[str],
    coverage: float,
    edits: Sequence[Edit],
) -> Explanation:
    """The effects of every output; :func:`~edgewise.additive.effects.find_effects` says how."""
    if not 0 < coverage < 1:
        raise ValueError(f"coverage expected a share between 0 and 1, got {coverage!r}")
    effects = {
        output.name: find_effects(
            output, summary, names, coverage, _list_edited(edits, output.name, names)
        )
        for output in outputs
    }
    used = {k for every in effects.values() for effect in every for k in effect.key}
    return Explanation(
        effects,
        {output.name: output.base for output in outputs},
        [name for k, name in enumerate(names) if k not in used],
        coverage,
        summary.rows,
        edits,
        {output.name: output.other for output in outputs if output.other is not None},
    )


def _list_edited(edits: Sequence[Edit], output: str, names: Sequence[str]) -> frozenset[Key]:
    """The columns and pairs that were edited for an output, pairs in both orders."""
    mine = [edit for edit in edits if edit.output in (None, output)]
    keys = [tuple(names.index(name) for name in edit.feature) for edit in mine]
    return frozenset([*keys, *(key[::-1] for key in keys)])


def explain_rows(
    outputs: Sequence[Output],
    columns: Columns,
    names: Sequence[str],
    model: Changeable | None = None,
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
        mean = output.model.link.mean(output.model.effects(columns))[:, output.place]
        predictions[:, k] = np.clip(output.shift + output.scale * mean, *output.bounds)
    return LocalExplanation(
        [" × ".join(names[k] for k in key) for key in keys],
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
    )


def _tell(columns: Columns, key: Key, row: int) -> str:
    """The values of a row in the columns of an effect, as text."""
    values = (columns[k][row] for k in key)
    return ", ".join(
        MISSING if v is None or v != v else v if isinstance(v, str) else format_number(v, 4)
        for v in values
    )


def _find_output(given: Any, outputs: Sequence[str]) -> str:
    """The name of a target or class; None is the first.

    Raises:
        KeyError: if there is none of this name.
    """
    if given is None:
        return outputs[0]
    if str(given) in outputs:
        return str(given)
    raise KeyError(f"expected one of {', '.join(outputs[:12])}, got {given!r}")
