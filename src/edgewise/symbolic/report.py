"""`Report` of a symbolic regression: its fit, its verdict, and the function of every edge."""

from __future__ import annotations

from dataclasses import dataclass, field

from edgewise._shown import shown_as_text
from edgewise.formula.verdict import Verdict

NOT_JUDGED = Verdict("approximation", "nobody has judged it")


@dataclass(frozen=True)
class EdgeReport:
    """One edge: its function, and R² of the function against the curve that it replaced.

    ``r2`` is None for a function that was exchanged later, when there was no curve any more.
    ``function`` is None for an edge that is still a curve.

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
class Report:
    """The whole: how good the formula is, and whether it may be called one.

    Attributes:
        edges: one entry for each edge.
        r2, rmse: of the formula on the data that it was made for.
        network_r2: of the network before, on the same data.
        verdict: what may be claimed of it: "exact" in the sense of :func:`edgewise.discover`,
            "plausible" if every edge has a function and the residuals look like noise, else
            "approximation"; and the reason.
        bits: description length, the smaller the better (see :mod:`.criterion`).
        seconds: that it took.

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
    def found(self) -> bool:
        """Whether this is a formula *of the data*: the verdict is no mere approximation."""
        return self.verdict.is_claimed

    @property
    def exact(self) -> bool:
        """Whether the verdict is that it is exact."""
        return self.verdict.kind == "exact"

    @property
    def reason(self) -> str:
        """Why the verdict is what it is."""
        return self.verdict.reason

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
