"""A fitted estimator as formulas and as programs."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any

from edgewise.additive.formulas import make_sympy, write_formula
from edgewise.additive.pieces import Recipe
from edgewise.additive.source_python import write_python
from edgewise.additive.source_sql import write_sql


class Writable(ABC):
    """What can be written in other languages."""

    @abstractmethod
    def _recipe(self) -> Recipe:
        """All that a prediction needs."""

    def formula(self, digits: int = 4) -> str:
        """The model as a text: a line for each piece of its curves and each level.

        Surfaces of pairs are named, not written out.
        """
        return write_formula(self._recipe(), digits)

    def to_sympy(self) -> Any:
        """The sum of effects as an expression of sympy, exact, or one for each target or class.

        Columns of numbers are symbols of their names; a level has a symbol such as "cut = Ideal",
        which is 1 where the column has it and else 0. A value is taken to be there.

        Raises:
            ValueError: if there are pairs: fit with ``interaction_cst="no_interactions"``.
        """
        return make_sympy(self._recipe())

    def to_python(self) -> str:
        """The source of a module that needs no package: ``predict(row)`` of a dictionary."""
        return write_python(self._recipe())

    def to_sql(
        self, table: str = "data", keep: Sequence[str] = (), *, materialized: bool = True
    ) -> str:
        """A SELECT that predicts the rows of a table.

        Args:
            table: its name.
            keep: columns that the result has beside ``prediction``; without an order of rows, the
                result needs a column that tells them apart.
            materialized: whether each step says AS MATERIALIZED, as PostgreSQL, SQLite and DuckDB
                understand it. Without the word a database may compute a step many times.

        Raises:
            TypeError: if a name is no text.
        """
        return write_sql(self._recipe(), table, keep, materialized)
