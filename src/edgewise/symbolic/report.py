"""`Report` of a symbolic regression: its fit, its verdict, and the function of every edge."""

from __future__ import annotations

from dataclasses import dataclass, field

from edgewise._pages import make_environment
from edgewise._shown import shown_as_text
from edgewise.charts.numbers import format_number
from edgewise.charts.style import begin_large, figure_class
from edgewise.explain.names import function_name
from edgewise.formula.typeset import Statement, put_on_card
from edgewise.formula.verdict import Judged, Verdict

MOST_EDGES = 60
"""Formulas of networks with more edges are too long to be read, and slow to write."""
MEANING = "R² of a function: how closely it follows the curve that it replaced; 1 is exactly."
NOT_JUDGED = Verdict("approximation", "nobody has judged it")


@dataclass(frozen=True)
class EdgeReport:
    """The function of one edge, and its R² against the curve that it replaced.

    Attributes:
        layer, input, output: its place; all count from 0.
        function: its name; None for an edge that is still a curve.
        r2: None for a function that replaced another function.
        name: such as "x₀ → h₀", or with the names of the inputs.

    Example:
        >>> import torch, edgewise as ew
        >>> x = torch.linspace(-1, 1, 100)[:, None]
        >>> model = ew.surgery.from_formula("sin(3*x0)", basis=ew.BSpline(80))
        >>> edge = ew.symbolic.regress(model, x, library=["x", "sin"]).report.edges[0]
        >>> edge.name, edge.function, round(edge.r2, 6)
        ('x₀ → y', 'sin', 1.0)
    """

    layer: int
    input: int
    output: int
    function: str | None
    r2: float | None
    name: str = ""


@shown_as_text
@dataclass(frozen=True)
class Report(Judged):
    """The report of a symbolic regression.

    Attributes:
        edges: one entry for each edge.
        r2, rmse: R² and RMSE of the formula on its data.
        network_r2: R² of the original network on the same data.
        verdict: "exact" (as in :func:`edgewise.discover`), "plausible" (every edge has a function
            and the residuals look like noise) or "approximation", with the reason.
        bits: the description length; smaller is better (see :mod:`.criterion`).
        seconds: the time that it took.
        statements: the formula of each output; empty while edges are curves, and for more than
            :data:`MOST_EDGES` edges.

    Example:
        >>> import torch, edgewise as ew
        >>> x = torch.linspace(-1, 1, 100)[:, None]
        >>> model = ew.surgery.from_formula("sin(3*x0)", basis=ew.BSpline(80))
        >>> report = ew.symbolic.regress(model, x, torch.sin(3 * x), library=["x", "sin"]).report
        >>> report.verdict.kind, report.found, round(report.r2, 6)
        ('exact', True, 1.0)
    """

    edges: list[EdgeReport] = field(default_factory=list)
    r2: float = 0.0
    rmse: float = 0.0
    network_r2: float = 0.0
    verdict: Verdict = NOT_JUDGED
    bits: float = 0.0
    seconds: float = 0.0
    statements: list[Statement] = field(default_factory=list, repr=False)

    @property
    def exact(self) -> bool:
        """Whether the verdict is "exact"."""
        return self.verdict.kind == "exact"

    @property
    def _fit(self) -> str:
        """How well the formula and the network fit."""
        return (
            f"R² {self.r2:.6f} (network {self.network_r2:.6f}), RMSE {format_number(self.rmse)}; "
            f"{self.seconds:.1f} s"
        )

    @property
    def _head(self) -> str:
        return f"{'found' if self.found else 'no formula found'}: {self.reason}"

    def __str__(self) -> str:
        lines = [self._head, *map(str, self.statements), self._fit]
        for e in self.edges:
            quality = "" if e.r2 is None else f"  R² {e.r2:.6f}"
            lines.append(f"  {e.name}: {e.function or '(curve)'}{quality}")
        return "\n".join([*lines, MEANING])

    def _repr_html_(self) -> str:
        figure_class("The HTML of a report")  # fail before the work
        environment = make_environment("edgewise.symbolic", "The HTML of a report", "symbolic")
        edges = [
            (
                e.name,
                "(curve)" if e.function is None else function_name(e.function),
                "" if e.r2 is None else f"{e.r2:.6f}",
            )
            for e in self.edges
        ]
        return environment.get_template("report.html.j2").render(
            verdict=begin_large(self._head),
            formulas=[put_on_card(each) for each in self.statements],
            fit=self._fit,
            edges=edges,
            meaning=MEANING,
        )
