"""`Discovery`, the result of `discover` for one output, and `Discoveries` for several."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from edgewise._files import write_text
from edgewise.charts.card import write_cards
from edgewise.discovery.card import make_card, stamp
from edgewise.discovery.curves import UnknownCurve
from edgewise.discovery.formula import Formula
from edgewise.discovery.next_measurement import Measurement, propose_measurements
from edgewise.discovery.noise import NoiseEstimate
from edgewise.discovery.replicates import LackOfFit
from edgewise.discovery.report import page
from edgewise.discovery.verdict import Evidence, list_objections
from edgewise.formula.verdict import Verdict
from edgewise.plotting.plot import plot
from edgewise.symbolic.network import SymbolicKAN

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Array = NDArray[np.float64]


@dataclass(frozen=True, repr=False)
class Discovery:
    """The result of :func:`edgewise.discover`.

    Attributes:
        front: formulas none of which is both shorter and more accurate than another, shortest
            first.
        winner: the one to use.
        verdict: what may be said of it.
        alternatives: other forms that the data can't tell from the winner.
        baseline: cross-validated R² of the best plain or numeric model (Gaussian process).
        seconds: that it took; `evaluations`: the work.
        input_names, output_name: as given.
        accuracy: of the winner on unseen rows, for two classes; None for numbers.
        classes: the two classes, the one of lower values first; None for numbers.
        x, y: the rows that were used.
        noise: what was taken for the errors of y; None for two classes.
        lack_of_fit: the F test of the winner where rows repeat the inputs; None without such.
        outliers: with `robust`, the places in y of rows that hardly count.
        evidence: what the verdict rests on; None for two classes.
        curves: the unknown functions of a given form, by their names.
        units, output_unit: as given: of inputs by their names, and of y.

    Example:
        >>> import numpy as np, edgewise as ew
        >>> x = np.linspace(-1, 1, 50)[:, None]
        >>> found = ew.discover(x, 2 * x[:, 0] + 1, input_names=["speed"], progress=False)
        >>> found.verdict.kind, str(found.formula), float(found.predict([[3.0]])[0])
        ('exact', '2*speed + 1', 7.0)
    """

    front: list[Formula]
    winner: Formula
    verdict: Verdict
    alternatives: list[Formula]
    baseline: float
    seconds: float
    evaluations: int
    input_names: list[str]
    output_name: str
    accuracy: float | None = None
    x: Array = field(repr=False, default_factory=lambda: np.empty((0, 0)))
    y: Array = field(repr=False, default_factory=lambda: np.empty(0))
    evidence: Evidence | None = field(repr=False, default=None)
    curves: Mapping[str, UnknownCurve] = field(repr=False, default_factory=dict)
    noise: NoiseEstimate | None = field(repr=False, default=None)
    lack_of_fit: LackOfFit | None = field(repr=False, default=None)
    outliers: NDArray[np.int64] = field(
        repr=False, default_factory=lambda: np.empty(0, dtype=np.int64)
    )
    classes: tuple[Any, Any] | None = None
    units: Mapping[str, str] = field(default_factory=dict)
    output_unit: str | None = None

    @property
    def found(self) -> bool:
        """Whether the winner is claimed to be the formula of the data: exact or a law."""
        return self.verdict.is_claimed

    @property
    def reason(self) -> str:
        """Why, in one sentence."""
        return self.verdict.reason

    def objections(self) -> list[str]:
        """All that stands in the way of a claim, a sentence each; none for exact and for a law.

        They name what takes the rest of the probability: other formulas (:attr:`alternatives`),
        none of those that were found, or structure in what is left over.
        """
        if self.found:
            return []
        told = [] if self.evidence is None else list(list_objections(self.evidence))
        return list(dict.fromkeys([self.reason, *told]))

    def next_measurements(self) -> list[Measurement]:
        """Where another measurement would best tell the winner from the likeliest other formula.

        One place within the range of the data and one outside; none if no formula rivals it.
        """
        return propose_measurements(self)

    @property
    def formula(self) -> Any:
        """The winner as a sympy expression."""
        return self.winner.expression

    @property
    def model(self) -> SymbolicKAN:
        """The winner as a network."""
        return self.winner.model

    def predict(self, x: Any) -> Array:
        """The winner at rows of inputs."""
        return self.winner.predict(x)

    def front_table(self) -> Any:
        """The front as a pandas DataFrame, a row a formula."""
        import pandas as pd

        rows = [
            {
                "formula": str(f),
                "complexity": f.complexity,
                "bits": f.bits,
                "rmse": f.rmse,
                "r2": f.r2,
                "source": f.source,
                "winner": f is self.winner,
            }
            for f in self.front
        ]
        return pd.DataFrame(rows)

    def figure(self) -> Figure:
        """The winner's network, drawn."""
        import torch

        return plot(self.model, torch.from_numpy(self.x), output_names=[self.output_name])

    def card(self, path: str | os.PathLike[str] | None = None) -> Figure:
        """The result at a glance, as a picture of 1,200 by 630 pixels for a chat or a slide.

        Args:
            path: a file to write it to.

        Raises:
            ImportError: matplotlib is not installed.
        """
        return make_card(self).save(path)

    def html(self) -> str:
        """A report in one page that needs nothing else."""
        return page([self])

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write :meth:`html` to a file, all of it or nothing."""
        write_text(path, self.html())

    def _repr_html_(self) -> str:
        return write_cards([make_card(self)])

    def _repr_latex_(self) -> str:
        return self.winner._repr_latex_()

    def __repr__(self) -> str:
        """One line: the kind of result, the formula and how well it fits."""
        return f"<Discovery: {self._headline}; R² {self.winner.r2:.4g} on unseen rows>"

    @property
    def _headline(self) -> str:
        if not self.winner.tree.inputs:
            return f"no formula found for {self.output_name}"
        approximates = self.verdict.kind == "approximation"
        label = self.verdict.head if approximates else stamp(self).lower()
        return f"{label}: {self.output_name} = {self.winner.brief()}"

    def __str__(self) -> str:
        lines = [
            self._headline,
            f"R² {self.winner.r2:.6f}, RMSE {self.winner.rmse:.2e} on rows not fitted; "
            f"{self.reason}; {self.seconds:.1f} s",
        ]
        if self.winner.law is not None:
            lines.insert(1, str(self.winner.law))
        if self.accuracy is not None:
            lines.append(f"accuracy {self.accuracy:.3f} on rows not fitted")
        return "\n".join(lines)


class Discoveries(Sequence[Discovery]):
    """One discovery for each output or class, in order.

    Example:
        >>> import numpy as np, edgewise as ew
        >>> x = np.linspace(-1, 1, 50)[:, None]
        >>> found = ew.discover(x, np.hstack([2 * x, x**2]), library=["x", "x^2"], progress=False)
        >>> [str(one.formula) for one in found], found.predict([[3.0]]).tolist()
        (['2*x0', 'x0**2'], [[6.0, 9.0]])
    """

    def __init__(self, discoveries: Sequence[Discovery], classes: Sequence[Any] | None = None):
        self._all = list(discoveries)
        self.classes = None if classes is None else list(classes)

    def __getitem__(self, index: Any) -> Any:
        return self._all[index]

    def __len__(self) -> int:
        return len(self._all)

    @property
    def found(self) -> bool:
        """Whether each has a formula."""
        return all(d.found for d in self._all)

    def predict(self, x: Any) -> Any:
        """(rows, outputs), or for classes the likeliest of them; (rows,)"""
        values = np.stack([d.predict(x) for d in self._all], 1)
        if self.classes is None:
            return values
        return np.asarray(self.classes)[values.argmax(1)]

    def html(self) -> str:
        """A report on all of them in one page that needs nothing else."""
        return page(self._all, self.classes)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write :meth:`html` to a file, all of it or nothing."""
        write_text(path, self.html())

    def _repr_html_(self) -> str:
        return write_cards([make_card(one, f"e{k}") for k, one in enumerate(self._all)])

    def __repr__(self) -> str:
        return f"[{', '.join(map(repr, self._all))}]"

    def __str__(self) -> str:
        return "\n".join(map(str, self._all))
