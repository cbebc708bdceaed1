"""`Formula`: one formula of a result, with its errors and its notation in every language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from edgewise._arrays import Array
from edgewise.data.names import list_names
from edgewise.formula import printing
from edgewise.formula.expression import Expression
from edgewise.formula.program import Program
from edgewise.formula.written import Written
from edgewise.laws.fitted import FittedFormula
from edgewise.nn.reading import read_array
from edgewise.symbolic.from_tree import network_of
from edgewise.symbolic.network import SymbolicKAN

MOST_PRINTED = 120
"""Largest formula, in nodes, that is printed in full."""


@dataclass(frozen=True, repr=False)
class Formula(Written):
    """One formula of the front.

    Attributes:
        tree: the formula of inputs x_0, x_1, …
        names: names of the inputs.
        bits: its description length, functions and constants together.
        rmse, r2: cross-validated: each row is predicted by a refit without it.
        train_rmse: error on the rows that it was fitted to.
        source: the strategy that found it.
        law: the named law that it equals, with parameters and their errors; None if it has no
            name, and for all formulas except the winner.

    Example:
        >>> import numpy as np, edgewise as ew
        >>> x = np.linspace(-1, 1, 50)[:, None]
        >>> found = ew.discover(x, 2 * x[:, 0] ** 2, library=["x", "x^2"], progress=False)
        >>> str(found.winner), found.winner.complexity, found.winner.latex()
        ('2*x0**2', 5, '2 x_{0}^{2}')
    """

    tree: Expression
    names: tuple[str, ...]
    bits: float
    rmse: float
    r2: float
    train_rmse: float
    source: str
    law: FittedFormula | None = None

    @property
    def complexity(self) -> int:
        """The number of nodes of the tree."""
        return self.tree.size

    @property
    def fitted_numbers(self) -> list[tuple[float, float]]:
        """Each fitted number with its standard error, in the order of ``tree.numbers()``."""
        return [
            (number.value, abs(number.error))
            for number in self.tree.numbers()
            if number.exact is None and number.error is not None
        ]

    @property
    def inputs(self) -> tuple[str, ...]:
        """The names of the inputs."""
        return self.names

    @property
    def model(self) -> SymbolicKAN:
        """The formula as a network, a torch module."""
        return network_of(self.tree, self.names)

    def predict(self, x: Any) -> Array:
        """The formula at rows of inputs; (rows, in) → (rows,)

        Raises:
            ValueError: unless x holds real numbers, one column for each input.
        """
        rows = read_array("predict", x.to_numpy() if hasattr(x, "to_numpy") else x)
        if rows.ndim == 0 or rows.size != len(rows) * len(self.names):
            raise ValueError(
                f"predict expected x of shape (rows, {len(self.names)}), got {rows.shape}"
            )
        return Program(self.tree).values(rows.reshape(len(rows), len(self.names)))

    def brief(self, digits: int | None = None) -> str:
        """The formula as text, or for a very long one the kind of model and its size.

        Args:
            digits: significant digits of its numbers; all by default.
        """
        if self.complexity <= MOST_PRINTED:
            return printing.to_shown_text(self.tree, self.names, digits)
        inputs = list_names([self.names[i] for i in sorted(self.tree.inputs)])
        return f"[{self.source} of {inputs}: {self.complexity:,} nodes]"

    def __str__(self) -> str:
        return printing.to_text(self.tree, self.names)

    def __repr__(self) -> str:
        return f"<Formula: {self.brief()}, RMSE {self.rmse:.3g}, R² {self.r2:.4g}>"

    def _repr_latex_(self) -> str:
        return f"$\\displaystyle {self.latex()}$"
