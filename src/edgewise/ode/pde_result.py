"""The result of `discover_pde`: the equation of each field, its factors and its verdict."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from edgewise._arrays import Array
from edgewise._shown import shown_as_text
from edgewise.charts.chart import Axis, Chart
from edgewise.charts.marks import Line, scatter
from edgewise.charts.numbers import with_error
from edgewise.charts.style import GREY, PALETTE, figure_class
from edgewise.discovery.formula import Formula
from edgewise.formula.expression import Expression
from edgewise.formula.printing.latex import name_in_latex
from edgewise.formula.verdict import Judged, Verdict

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True, eq=False)
class Source:
    """An unknown source: a curve of one coordinate.

    Attributes:
        name: the coordinate.
        at: values of the coordinate.
        values: values of the source there.

    Example:
        >>> import numpy as np, edgewise as ew
        >>> x = np.linspace(0, 1, 3)
        >>> source = ew.ode.Source("x", at=x, values=np.sin(x))
        >>> source.name, source.at.tolist()
        ('x', [0.0, 0.5, 1.0])
    """

    name: str
    at: Array
    values: Array


@shown_as_text
@dataclass(frozen=True, eq=False)
class FieldEquation(Judged):
    """One equation, left = right (+ source).

    Attributes:
        left: the left-hand side as text, such as "u_t".
        right: the right-hand side, a formula of fields, coordinates and derivatives.
        terms: the terms of the right-hand side, without their factors, as text.
        values, errors: the factor of each term and its standard error.
        verdict: whether the equation is exact, a law or an approximation.
        share, expected: the unexplained fraction of the left side's sum of squares, and the
            fraction that noise explains.
        rival: the best other set of terms, as text; empty if there is none.
        source: the unknown source, if one was requested.
        windows: both sides, integrated over windows that were fitted and over unseen ones.

    Example:
        >>> import numpy as np, edgewise as ew
        >>> t, x = np.linspace(0, 1, 40), np.linspace(0, 2 * np.pi, 60)
        >>> modes = [np.exp(-0.5 * k**2 * t)[:, None] * np.sin(k * x + k) for k in (1, 2, 3)]
        >>> heat = ew.ode.discover_pde(t, {"u": sum(modes)}, {"x": x}).equations[0]
        >>> heat.left, heat.terms, heat.values.round(3).tolist()
        ('u_t', ['u_xx'], [0.5])
    """

    left: str
    right: Formula
    terms: list[str]
    values: Array
    errors: Array
    verdict: Verdict
    share: float
    expected: float
    rival: str
    source: Source | None = None
    windows: dict[str, tuple[Array, Array]] = field(repr=False, default_factory=dict)

    def latex(self, digits: int | None = 4) -> str:
        """Write the equation in LaTeX."""
        source = f" + s({self.source.name})" if self.source else ""
        right = self.right.latex(digits)
        for name in self.right.names:  # the writer takes u_xx for the name of a column
            right = right.replace(name_in_latex(name), _derivative_in_latex(name))
        return f"{_derivative_in_latex(self.left)} = {right}{source}"

    def __str__(self) -> str:
        source = f" + s({self.source.name})" if self.source else ""
        return f"{self.left} = {self.right.brief()}{source}"


@shown_as_text
@dataclass(frozen=True, eq=False)
class PdeDiscovery(Judged):
    """The result of :func:`edgewise.ode.discover_pde`.

    Attributes:
        equations: one for each field.
        verdict: the verdict on all equations together.
        noise: the standard deviation of each field's noise, including known fields.
        names: the names of the fields, known fields last.
        axis_names: the names of time and the coordinates of space.
        seconds: the time that the search took.

    Example:
        >>> import numpy as np, edgewise as ew
        >>> t, x = np.linspace(0, 1, 40), np.linspace(0, 2 * np.pi, 60)
        >>> modes = [np.exp(-0.5 * k**2 * t)[:, None] * np.sin(k * x + k) for k in (1, 2, 3)]
        >>> found = ew.ode.discover_pde(t, {"u": sum(modes)}, {"x": x})
        >>> found.found, found.equations[0].terms
        (True, ['u_xx'])
    """

    equations: list[FieldEquation]
    verdict: Verdict
    noise: Array
    names: list[str]
    axis_names: list[str]
    seconds: float

    @property
    def trees(self) -> list[Expression]:
        """The right-hand sides as trees."""
        return [one.right.tree for one in self.equations]

    @property
    def expressions(self) -> list[Any]:
        """The right-hand sides as sympy expressions of symbols such as u and u_xx."""
        return [one.right.expression for one in self.equations]

    def latex(self, digits: int | None = 4) -> list[str]:
        """The equations in LaTeX, their constants rounded to `digits` significant digits."""
        return [one.latex(digits) for one in self.equations]

    def terms_table(self) -> Any:
        """The terms as a pandas DataFrame: equation, term, value and standard error."""
        import pandas as pd

        rows = [
            {"equation": one.left, "term": term, "value": value, "error": error}
            for one in self.equations
            for term, value, error in zip(one.terms, one.values, one.errors, strict=True)
        ]
        return pd.DataFrame(rows, columns=["equation", "term", "value", "error"])

    def figure(self) -> Figure:
        """Both sides of each equation over windows, fitted and unseen, and unknown sources."""
        charts = [chart for one in self.equations for chart in _draw_equation(one)]
        figure = figure_class("PdeDiscovery.figure")(
            figsize=(4.2 * len(charts), 3.8), layout="constrained"
        )
        for k, chart in enumerate(charts):
            chart.draw(figure.add_subplot(1, len(charts), k + 1))
        return figure

    def __str__(self) -> str:
        lines = [f"{self.verdict.head}:"]
        for one in self.equations:
            lines.append(f"  {one}")
            rows = zip(one.terms, one.values, one.errors, strict=True)
            lines += [f"    {term}: {with_error(value, error)}" for term, value, error in rows]
        lines.append(f"{self.reason}; {self.seconds:.1f} s")
        return "\n".join(lines)


def _derivative_in_latex(name: str) -> str:
    """u_xx as u_{xx}; a field by its own name."""
    own, _, marks = name.rpartition("_")
    if not own:
        return name_in_latex(name)
    stem = name_in_latex(own)  # with a subscript of its own it needs braces
    return f"{f'{{{stem}}}' if '_' in stem else stem}_{{{marks}}}"


def _draw_equation(one: FieldEquation) -> list[Chart]:
    """The sides of an equation against each other, and its source if it has one."""
    marks = [
        scatter(right, left, 4.0, colour=PALETTE[k], alpha=0.6, label=name)
        for k, (name, (right, left)) in enumerate(one.windows.items())
    ]
    every = np.concatenate([side for sides in one.windows.values() for side in sides])
    ends = np.array([every.min(), every.max()])
    marks.append(Line(ends, ends, 1.0, colour=GREY))
    x, y = Axis("right side over windows"), Axis(f"{one.left} over windows")
    charts = [Chart(marks, x, y, grid="both")]
    if one.source is not None:
        line = Line(one.source.at, one.source.values, 1.5)
        charts.append(Chart([line], Axis(one.source.name), Axis("source"), grid="both"))
    return charts
