"""χ²: how large the residuals of a formula are beside the errors of y."""

from __future__ import annotations

from dataclasses import dataclass

from scipy import stats

from edgewise.charts.style import begin_large

REFUTED = 1e-3
"""A formula whose χ² has a smaller p-value isn't that of the rows; its errors mean nothing."""


@dataclass(frozen=True)
class ChiSquare:
    """χ² = Σ (residual / σ)² of a formula.

    Attributes:
        value: χ².
        freedom: the degrees of freedom, rows minus fitted numbers; at least 1.

    Source: Bevington & Robinson, *Data Reduction and Error Analysis* (2003), chapter 4.

    Example:
        >>> found = ChiSquare(90.0, 30)
        >>> found.reduced, found.is_refuted
        (3.0, True)
        >>> found.brief
        'reduced χ² 3 (χ² 90 with 30 degrees of freedom, p = 6.6e-08)'
        >>> ChiSquare(31.0, 30).meaning
        'the residuals are as large as the errors of y let expect'
    """

    value: float
    freedom: int

    @property
    def reduced(self) -> float:
        """χ² over its degrees of freedom; about 1 for the true formula and right errors."""
        return self.value / self.freedom

    @property
    def p(self) -> float:
        """The probability of a larger χ² if the formula is true."""
        return float(stats.chi2.sf(self.value, self.freedom))

    @property
    def is_refuted(self) -> bool:
        """Whether χ² is larger than chance explains."""
        return self.p < REFUTED

    @property
    def brief(self) -> str:
        """The numbers: "reduced χ² 1.03 (χ² 31 with 30 degrees of freedom, p = 0.41)"."""
        p = "< 1e-12" if self.p < 1e-12 else f"= {self.p:.2g}"
        told = f"χ² {self.value:.4g} with {self.freedom} degrees of freedom, p {p}"
        return f"reduced χ² {self.reduced:.3g} ({told})"

    @property
    def meaning(self) -> str:
        """What it says of the formula and of the errors."""
        if self.is_refuted:
            return (
                "the residuals are larger than the errors of y let expect, so the formula misses "
                "something or the errors are too small"
            )
        if stats.chi2.cdf(self.value, self.freedom) < REFUTED:
            return (
                "the residuals are smaller than the errors of y let expect, so the errors are too "
                "large or the formula has too many fitted numbers"
            )
        return "the residuals are as large as the errors of y let expect"

    def __str__(self) -> str:
        return begin_large(f"{self.brief}: {self.meaning}")
