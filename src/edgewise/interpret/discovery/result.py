"""What a discovery found."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor

from edgewise.interpret.symbolic.network import SymbolicKAN
from edgewise.interpret.symbolic.report import Report

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Formula:
    """One formula of the front.

    Attributes:
        model: the symbolic network, a torch module.
        complexity: bits of its functions and constants (see `symbolic.criterion`).
        rmse, r2: on rows that no fit has seen.
        source: how it was found.
    """

    model: SymbolicKAN
    complexity: float
    rmse: float
    r2: float
    source: str

    @property
    def expression(self) -> Any:
        """The formula as a sympy expression."""
        return self.model.formula()

    @property
    def report(self) -> Report:
        """What is known of it."""
        return self.model.report or Report()

    def __str__(self) -> str:
        from edgewise.interpret.symbolic.formula import rounded

        return f"{rounded(self.expression)}   (test RMSE {self.rmse:.2e}, {self.source})"


@dataclass(frozen=True)
class Discovery:
    """The result of :func:`edgewise.discover`.

    Attributes:
        front: formulas none of which is both shorter and more accurate than another, shortest
            first.
        winner: the one with the shortest description of the data.
        found: whether the winner may be called a formula of the data; `reason` says why.
        seconds: that it took.
        input_names, output_name: as formulas and plots call them.
        baseline: R² of the best numeric model on the same unseen rows.
        accuracy: of the winner on unseen rows, for two classes; None for numbers.
    """

    front: list[Formula]
    winner: Formula
    found: bool
    reason: str
    seconds: float
    input_names: list[str]
    output_name: str
    baseline: float
    accuracy: float | None = None
    x: Tensor = field(repr=False, default_factory=lambda: torch.empty(0))

    @property
    def model(self) -> SymbolicKAN:
        """The winner's network."""
        return self.winner.model

    @property
    def formula(self) -> Any:
        """The winner as a sympy expression."""
        return self.winner.expression

    def figure(self) -> Figure:
        """The winner's network, drawn."""
        from edgewise.interpret.plot import plot

        return plot(self.model, self.x, output_names=[self.output_name])

    def html(self) -> str:
        """A report in one page that needs nothing else."""
        from edgewise.interpret.discovery.report import page

        return page(self)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write :meth:`html` to a file, all of it or nothing."""
        from edgewise._files import replacing

        with replacing(Path(path)) as temporary:
            temporary.write_text(self.html(), encoding="utf-8")

    def __str__(self) -> str:
        from edgewise.interpret.symbolic.formula import rounded

        head = "found" if self.found else "no formula found; the best approximation is"
        lines = [
            f"{head}: {self.output_name} = {rounded(self.formula)}",
            f"test RMSE {self.winner.rmse:.2e}, R² {self.winner.r2:.6f}; {self.reason}; "
            f"{self.seconds:.1f} s",
        ]
        if self.accuracy is not None:
            lines.append(f"test accuracy {self.accuracy:.3f}")
        return "\n".join(lines)
