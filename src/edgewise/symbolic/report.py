"""`Report` of a symbolic regression: its fit, its verdict, and the function of every edge."""

from __future__ import annotations

from dataclasses import dataclass, field

from edgewise._shown import shown_as_text
from edgewise.formula.verdict import Judged, Verdict

NOT_JUDGED = Verdict("approximation", "nobody has judged it")


@dataclass(frozen=True)
class EdgeReport:
    """The function of one edge, and its R² against the curve that it replaced.

    ``r2`` is None for a function that replaced another function, and ``function`` is None for an
    edge that is still a curve.

    Example:
        >>> import torch, edgewise as ew
        >>> x = torch.linspace(-1, 1, 100)[:, None]
        >>> model = ew.surgery.from_formula("sin(3*x0)", basis=ew.BSpline(80))
        >>> edge = ew.symbolic.regress(model, x, library=["x", "sin"]).report.edges[0]
        >>> edge.function, round(edge.r2, 6)
        ('sin', 1.0)
    """

    layer: int
    input: int
    output: int
    function: str | None
    r2: float | None


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

    @property
    def exact(self) -> bool:
        """Whether the verdict is "exact"."""
        return self.verdict.kind == "exact"

    def __str__(self) -> str:
        lines = [
            f"{'found' if self.found else 'no formula found'}: {self.reason}",
            f"R² {self.r2:.6f} (network {self.network_r2:.6f}), RMSE {self.rmse:.2e}, "
            f"{self.bits:.0f} bits, {self.seconds:.1f} s",
        ]
        for e in self.edges:
            name = "(curve)" if e.function is None else e.function
            quality = "" if e.r2 is None else f"  R² {e.r2:.6f}"
            lines.append(f"  layer {e.layer}, {e.input} → {e.output}: {name}{quality}")
        return "\n".join(lines)
