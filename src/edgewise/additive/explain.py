"""Explain the effects of a model as frames, figures and a page."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from edgewise._checks import check_share, read_mapping
from edgewise._files import write_text
from edgewise.additive import page, pictures
from edgewise.additive.cards import make_card
from edgewise.additive.comparison import Comparison, compare_models
from edgewise.additive.edit import Edit
from edgewise.additive.effects import Effect, find_effects
from edgewise.additive.outputs import Output, find_output
from edgewise.additive.page import Explained
from edgewise.additive.terms import Offset
from edgewise.additive.training_summary import Key, Summary
from edgewise.charts.card import Card, write_cards

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from pandas import DataFrame


@dataclass(frozen=True, eq=False, repr=False)
class Explanation(Explained):
    """The effects of columns and of several together, one set for each target or class.

    Attributes:
        effects: the effects by the name of the target or class, the most important first.
        bases: the prediction (for classes: its log odds) if all effects are 0.
        unused: the names of the columns without an effect.
        coverage: the coverage of the bands.
        rows: the number of rows of the fit, or the sum of their weights.
        edits: the log of edits.
        others: for two classes, the one that isn't an output, by the name of the one that is.
        scores: scores of the model and of simple baselines on rows that weren't fitted, if given.
        notes: sentences on columns that may be ids or leak the target, from the same rows.
        beside: a sentence on the model beside a linear one and gradient boosting.
        known: columns that are an offset or an exposure, and which of the two.
        target: what titles say that is predicted.
    """

    def __getitem__(self, name: str | tuple[str, ...]) -> Effect:
        """The effect of a column, or of a pair, on the only or first target.

        Raises:
            KeyError: if it has none.
        """
        return self.find(name)

    def find(self, name: str | tuple[str, ...], output: Any = None) -> Effect:
        """The effect of a column or pair on one target or class; None is the first.

        Raises:
            KeyError: if it has none.
        """
        effects = self.effects[find_output(output, list(self.effects))]
        names = [name] if isinstance(name, str) or not isinstance(name, Iterable) else [*name]
        for effect in effects:
            if sorted(effect.names) == sorted(map(str, names)):
                return effect
        known = ", ".join(effect.name for effect in effects[:12])
        raise KeyError(f"expected a column or pair that has an effect, such as {known}: got {name}")

    def importances(self) -> DataFrame:
        """A row for each effect: its standard deviation over the rows, with a standard error."""
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

    def frame(self, name: str | tuple[str, ...] | None = None, output: Any = None) -> DataFrame:
        """An effect as a frame: places, values and the band; None gives the importances."""
        import pandas as pd

        return self.importances() if name is None else pd.DataFrame(self.find(name, output).rows())

    def log(self) -> DataFrame:
        """The edits since the fit, with the loss before and after each if it was measured."""
        import pandas as pd

        columns = ["edit", "output", "loss before", "loss after", "rows", "by", "on"]
        return pd.DataFrame([edit.describe() for edit in self.edits], columns=columns)

    def figure(self, name: str | tuple[str, ...] | None = None, output: Any = None) -> Figure:
        """An effect as a figure; None draws the importances and the most important ones.

        Raises:
            ImportError: matplotlib is not installed.
            KeyError: if the column or pair has no effect.
        """
        output = find_output(output, list(self.effects))
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
            output: the target or class; None means the first.
            scores: scores by name, such as ``{"R² on unseen rows": "0.45"}``.

        Raises:
            ImportError: matplotlib is not installed.
        """
        return self._make_card(output, scores).save(path)

    def _make_card(self, output: Any, scores: Mapping[str, str] | None = None) -> Card:
        name = find_output(output, list(self.effects))
        return make_card(self, name, {**self.scores, **read_mapping("html", "scores", scores)})

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
        """A self-contained page with search and sorting, for phones, dark mode and print.

        Args:
            scores: scores of the model, shown at the top of the page, such as
                ``{"R² on unseen rows": "0.45 ± 0.03", "R², linear model": "0.43 ± 0.03"}``.

        Raises:
            ImportError: jinja2 is not installed.
        """
        return page.write_page(self, {**self.scores, **read_mapping("html", "scores", scores)})

    def compare(
        self, other: Explanation, names: Sequence[str] = ("this model", "the other one")
    ) -> Comparison:
        """Compare this model with another one of the same targets, as a frame or a page.

        This shows the consequences of an edit, other rows or other settings.

        Args:
            other: the explanation of the other model.
            names: the names of both models.

        Raises:
            ValueError: if the models differ in their targets or in the units of effects.

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


def explain_model(
    outputs: Sequence[Output],
    summary: Summary,
    names: Sequence[str],
    coverage: float,
    edits: Sequence[Edit],
) -> Explanation:
    """The effects of every output; :func:`~edgewise.additive.effects.find_effects` says how."""
    check_share("coverage", "share", coverage)
    effects = {
        output.name: find_effects(
            output, summary, names, coverage, _list_edited(edits, output.name, names)
        )
        for output in outputs
    }
    terms = [term for output in outputs for term in output.model.terms]
    known = {names[term.columns[0]]: term.name for term in terms if isinstance(term, Offset)}
    effects = {
        name: [effect for effect in every if effect.name not in known]
        for name, every in effects.items()
    }
    used = {k for every in effects.values() for effect in every for k in effect.key}
    return Explanation(
        effects,
        {output.name: output.base for output in outputs},
        [name for k, name in enumerate(names) if k not in used and name not in known],
        coverage,
        summary.rows,
        edits,
        {output.name: output.other for output in outputs if output.other is not None},
        known=known,
    )


def _list_edited(edits: Sequence[Edit], output: str, names: Sequence[str]) -> frozenset[Key]:
    """The columns and pairs that were edited for an output, pairs in both orders."""
    mine = [edit for edit in edits if edit.output in (None, output)]
    keys = [tuple(names.index(name) for name in edit.feature) for edit in mine]
    return frozenset([*keys, *(key[::-1] for key in keys)])
