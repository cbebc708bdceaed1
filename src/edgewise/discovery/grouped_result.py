"""What a discovery by groups found: one form, and each group's numbers."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from edgewise._arrays import Array
from edgewise._files import write_text
from edgewise._pages import mark_safe
from edgewise.charts.chart import Axis, Chart
from edgewise.charts.marks import Line, Mark, scatter
from edgewise.charts.numbers import format_number, with_error
from edgewise.charts.style import ORANGE
from edgewise.data.tables import read_columns
from edgewise.discovery.formula import Formula
from edgewise.discovery.report import page
from edgewise.discovery.result import Discovery
from edgewise.formula.expression import Number
from edgewise.formula.folding import normal_form
from edgewise.formula.verdict import Judged, Verdict
from edgewise.laws.residual_charts import PredictedRows, draw_observed

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure


MOST_DRAWN, MOST_LISTED = 24, 200
CURVE_POINTS = 81


@dataclass(frozen=True, repr=False)
class GroupedDiscovery(Judged):
    """The result of :func:`edgewise.discover` with ``group=``.

    Attributes:
        whole: the discovery, with the groups' numbers as further inputs of the formula.
        groups: the numbers of the groups, one row per group, with standard errors in columns
            "± name".
        group: the group of each row of ``whole.x``.

    Example:
        >>> import numpy as np, edgewise as ew
        >>> t = np.tile(np.linspace(0, 4, 40), 3)
        >>> dish = np.repeat(["A", "B", "C"], 40)
        >>> k = np.repeat([0.5, 1.25, 2.0], 40)
        >>> found = ew.discover(t[:, None], k * t**2 + 3, group=dish, progress=False)
        >>> found.verdict.kind, str(found.formula)
        ('exact', 'a*x0**2 + 3')
        >>> found.groups["a"].round(6).to_dict()
        {'A': 0.5, 'B': 1.25, 'C': 2.0}
        >>> found.predict([[2.0]], group=["B"]).round(6).tolist()
        [8.0]
    """

    whole: Discovery
    groups: pd.DataFrame
    group: NDArray[Any]

    @property
    def winner(self) -> Formula:
        """The formula of the inputs and the groups' numbers."""
        return self.whole.winner

    @property
    def front(self) -> list[Formula]:
        """Formulas none of which is both shorter and more accurate than another."""
        return self.whole.front

    @property
    def verdict(self) -> Verdict:  # type: ignore[override]  # that of the whole
        """Whether the winner is exact, a law or an approximation."""
        return self.whole.verdict

    @property
    def formula(self) -> Any:
        """The winner as a sympy expression of the inputs and the groups' numbers."""
        return self.winner.expression

    @property
    def parameters(self) -> list[str]:
        """The names of the groups' own numbers."""
        return list(self.winner.names[len(self.input_names) :])

    @property
    def input_names(self) -> list[str]:
        """The names of the inputs, without the groups' numbers."""
        count = len(self.winner.names) - len(self.groups.columns) // 2
        return list(self.winner.names[:count])

    def formula_of(self, label: Any) -> Formula:
        """The formula of one group, with its numbers filled in.

        Raises:
            ValueError: if there is no such group.
        """
        values = self._numbers_of([label])[0]
        first = len(self.input_names)
        numbers = {first + k: Number(float(v)) for k, v in enumerate(values)}
        tree = normal_form(self.winner.tree.substitute(numbers))
        return replace(self.winner, tree=tree, names=tuple(self.input_names))

    def predict(self, x: Any, group: Any) -> Array:
        """The winner at rows of inputs, each with the numbers of its group.

        Args:
            group: the label of each row, or one for all.

        Shape:
            x: (rows, in) → (rows,)

        Raises:
            ValueError: if a group wasn't in the data, or the rows have another width.
        """
        rows = read_columns("predict x", x)
        one = isinstance(group, str) or np.ndim(group) == 0
        labels = [group] * len(rows) if one else np.asarray(group).tolist()
        width = len(self.input_names)
        if rows.shape[1] != width or len(labels) != len(rows):
            raise ValueError(
                f"predict expected x of shape (rows, {width}) and a group for each row, got "
                f"{rows.shape} and {len(labels)} groups"
            )
        return self.winner.predict(np.concatenate([rows, self._numbers_of(labels)], 1))

    def _numbers_of(self, labels: Sequence[Any]) -> Array:
        """The own numbers of the groups with these labels; (labels, numbers)"""
        known = self.groups.index.tolist()
        unknown = [label for label in labels if label not in known]
        if unknown:
            raise ValueError(
                f"expected groups among {known!r:.120}, got {unknown[0]!r}: "
                "fit the formula's numbers to rows of the new group"
            )
        table = self.groups[self.parameters].to_numpy(dtype=np.float64)
        return table[self.groups.index.get_indexer(list(labels))]

    def html(self) -> str:
        """The report as one self-contained HTML page, with a curve for each group."""
        return page([self.whole], groups=describe_groups(self))

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write :meth:`html` to a file, atomically."""
        write_text(path, self.html())

    def card(self, path: str | os.PathLike[str] | None = None) -> Figure:
        """The result at a glance, as :meth:`.Discovery.card` draws it."""
        return self.whole.card(path)

    def _repr_html_(self) -> str:
        return self.whole._repr_html_()

    def _repr_latex_(self) -> str:
        return self.winner._repr_latex_()

    def __repr__(self) -> str:
        """One line, as of a :class:`.Discovery`, and the number of groups."""
        told = repr(self.whole).removeprefix("<Discovery").removesuffix(">")
        return f"<GroupedDiscovery{told}, {len(self.groups)} groups>"

    def __str__(self) -> str:
        return f"{self.whole}\n{self.groups.to_string()}"


def describe_groups(found: GroupedDiscovery) -> dict[str, Any]:
    """The table and the charts of the groups."""
    labels = sorted(found.groups.index.tolist(), key=_divide)
    rows = []
    for label in labels[:MOST_LISTED]:
        row = found.groups.loc[label]
        pairs = [(float(row[p]), float(row[f"± {p}"])) for p in found.parameters]
        rows.append((str(label), [_write(*pair) for pair in pairs]))
    drawn = [
        {"title": str(label), "markup": mark_safe(_draw(found, label).html(f"group {label}"))}
        for label in labels[:MOST_DRAWN]
    ]
    return {
        "names": found.parameters,
        "rows": rows,
        "more": max(0, len(labels) - MOST_LISTED),
        "charts": drawn,
        "undrawn": max(0, len(labels) - MOST_DRAWN),
    }


def _divide(label: Any) -> list[Any]:
    """A key that sorts texts by their numbers: "drug 5" before "drug 20"."""
    parts = re.split(r"(\d+)", label) if isinstance(label, str) else [label]
    return [int(part) if k % 2 else part for k, part in enumerate(parts)]


def _write(value: float, error: float) -> str:
    if not np.isfinite(error) or error <= 0:
        return format_number(value)
    return with_error(value, error)


def _draw(found: GroupedDiscovery, label: Any) -> Chart:
    """A group's rows and its curve; with several inputs, observed against predicted."""
    mine = found.group == label
    width = len(found.input_names)
    x, y = found.whole.x[mine, :width], found.whole.y[mine]
    if width == 1:
        at = np.linspace(x.min(), x.max(), CURVE_POINTS)
        curve = found.predict(at[:, None], label)
        marks: list[Mark] = [scatter(x[:, 0], y, 3.5, alpha=0.5)]
        good = np.isfinite(curve)
        marks.append(Line(at[good], curve[good], width=2.0, colour=ORANGE))
        return Chart(marks, Axis(found.input_names[0]), Axis(found.whole.output_name))
    told = found.predict(x, label)
    good = np.isfinite(told)
    rows = PredictedRows(y[good], told[good], int((~good).sum()))
    return draw_observed(rows, found.whole.output_name)
