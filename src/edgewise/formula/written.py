"""`Written`: the base of results that are one formula, in every notation."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import Any

from edgewise.formula import printing
from edgewise.formula.expression import Expression


class Written(ABC):
    """A formula and the names of its inputs."""

    tree: Expression

    @property
    @abstractmethod
    def inputs(self) -> Sequence[str]:
        """The names of the inputs."""

    @property
    def expression(self) -> Any:
        """The formula as a sympy expression of symbols named like the inputs."""
        return printing.to_sympy(self.tree, self.inputs)

    def latex(self, digits: int | None = 4) -> str:
        """The formula in LaTeX, its numbers rounded to `digits` significant digits."""
        return printing.to_latex(self.tree, self.inputs, digits)

    def numpy(self) -> Callable[..., Any]:
        """A numpy function of the inputs' columns."""
        return printing.to_numpy(self.tree)

    def torch(self) -> Any:
        """A torch module of (rows, in) → (rows,), its numbers as parameters."""
        return printing.to_torch(self.tree)

    def python(self) -> str:
        """A Python function of numpy arrays, as source."""
        return printing.to_python(self.tree, self.inputs)

    def c(self) -> str:
        """A function in C99, as source."""
        return printing.to_c(self.tree, self.inputs)

    def excel(self) -> str:
        """A formula for a spreadsheet, the inputs in A1, B1, …"""
        return printing.to_excel(self.tree)
