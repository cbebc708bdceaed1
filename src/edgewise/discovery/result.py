"""`Discovery`, the result of `discover` for one output, and `Discoveries` for several."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from edgewise._arrays import Array
from edgewise._files import write_text
from edgewise.charts.card import write_cards
from edgewise.charts.numbers import with_error
from edgewise.discovery.card import make_card, stamp
from edgewise.discovery.findings import Findings
from edgewise.discovery.next_measurement import Measurement, propose_measurements
from edgewise.discovery.report import page
from edgewise.discovery.verdict import list_objections
from edgewise.plotting.plot import plot
from edgewise.symbolic.network import SymbolicKAN

if TYPE_CHECKING:
    from matplotlib.figure import Figure

BY_UNITS = (
    "only formulas with y's unit were tried: if they need a constant with a unit, such as g or c, "
    "pass it as a column"
)
MOST_NUMBERS = 6
"""The most fitted numbers that are printed with their errors."""


@dataclass(frozen=True, repr=False)
class Discovery(Findings):
    """The result of :func:`edgewise.discover`.

    Attributes:
        front: the Pareto front: formulas none of which is both shorter and more accurate than
            another, shortest first.
        winner: the formula to use.
        verdict: whether it is exact, a law or an approximation, and its probability.
        alternatives: formulas of other forms that fit the data about as well as the winner.
        baseline: R² of the best model without a formula, the mean among them, in the same
            cross-validation as R² of formulas; of a search by groups, R² of the groups' means.
        seconds, evaluations: the time and the work of the search.
        input_names, output_name: names of the inputs and of y.
        accuracy: for two classes, the winner's accuracy on unseen rows; None for numbers.
        classes: the two classes, the lower value first; None for numbers.
        x, y: the rows that were used.
        noise: the errors of y that were given or estimated; None for two classes.
        lack_of_fit: the winner's F test against repeated rows; None without repeated rows.
        outliers: with `robust`, the indices of rows that got little weight.
        evidence: the statistics behind the verdict; None for two classes.
        curves: the unknown functions of a given form, by name.
        units, output_unit: units of the inputs by name, and of y, as given.
        own_numbers: of a search by groups, those of `input_names` that are numbers of each group;
            None without groups.

    Example:
        >>> import numpy as np, edgewise as ew
        >>> x = np.linspace(-1, 1, 50)[:, None]
        >>> found = ew.discover(x, 2 * x[:, 0] + 1, input_names=["speed"], progress=False)
        >>> found.verdict.kind, str(found.formula), float(found.predict([[3.0]])[0])
        ('exact', '2*speed + 1', 7.0)
    """

    def objections(self) -> list[str]:
        """The reasons why the winner isn't called a law, one sentence each; empty if it is.

        They name the competing explanations: other formulas (:attr:`alternatives`), none of the
        formulas that were found, or structure in the residuals.
        """
        if self.found:
            return []
        told = [] if self.evidence is None else list(list_objections(self.evidence))
        return list(dict.fromkeys([self.reason, *told, *([BY_UNITS] if self.units else [])]))

    def next_measurements(self) -> list[Measurement]:
        """The points at which a measurement would best distinguish the winner from its first rival.

        One point lies within the range of the data, one outside; none without a rival.
        """
        return propose_measurements(self)

    @property
    def formula(self) -> Any:
        """The winner as a sympy expression."""
        return self.winner.expression

    @property
    def model(self) -> SymbolicKAN:
        """The winner as a network of formulas, a torch module."""
        return self.winner.model

    def predict(self, x: Any) -> Array:
        """The winner at rows of inputs."""
        return self.winner.predict(x)

    def front_table(self) -> Any:
        """The front as a pandas DataFrame, one row per formula."""
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
        """A drawing of the winner as a network."""
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
        """The report as one self-contained HTML page."""
        return page([self])

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write :meth:`html` to a file, atomically."""
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
            f"R² {self.winner.r2:.6f}, RMSE {self.winner.rmse:.2e} on unseen rows; "
            f"{self.reason}; {self.seconds:.1f} s",
        ]
        numbers = [with_error(*pair) for pair in self.winner.fitted_numbers]
        law = self.winner.law
        if law is not None and not law.is_refuted:
            lines.insert(1, str(law))
        elif self.winner.tree.inputs and 0 < len(numbers) <= MOST_NUMBERS:
            kind = "fitted numbers" if len(numbers) > 1 else "fitted number"
            lines.insert(1, f"{kind}: {', '.join(numbers)}")
        if self.accuracy is not None:
            lines.append(f"accuracy {self.accuracy:.3f} on unseen rows")
        return "\n".join(lines)


class Discoveries(Sequence[Discovery]):
    """One discovery for each output or class, in order.

    Args:
        discoveries: one for each output or class.
        classes: the classes in the same order; None for outputs.

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
        """Whether a formula was found for each output."""
        return all(d.found for d in self._all)

    def predict(self, x: Any) -> Any:
        """Predictions of all outputs, (rows, outputs), or the likeliest classes, (rows,)."""
        values = np.stack([d.predict(x) for d in self._all], 1)
        if self.classes is None:
            return values
        return np.asarray(self.classes)[values.argmax(1)]

    def html(self) -> str:
        """The report on all outputs as one self-contained HTML page."""
        return page(self._all, self.classes)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write :meth:`html` to a file, atomically."""
        write_text(path, self.html())

    def _repr_html_(self) -> str:
        return write_cards([make_card(one, f"e{k}") for k, one in enumerate(self._all)])

    def __repr__(self) -> str:
        """One line: each output with its kind of result and its formula."""
        return f"<Discoveries: {'; '.join(each._headline for each in self._all)}>"

    def __str__(self) -> str:
        return "\n".join(map(str, self._all))
