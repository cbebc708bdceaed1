"""Unknown functions of one coordinate in an equation, and their estimates from data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from edgewise._checks import quote, read_count
from edgewise.equations.chebyshev_curves import Curves
from edgewise.equations.parts import check_within, in_plain_torch
from edgewise.equations.space import FieldSpace
from edgewise.nn.reading import read_real

Guess = float | Callable[[Tensor], Any]


@dataclass(frozen=True)
class UnknownCurve:
    """An unknown function of one coordinate, to be found from data.

    Attributes:
        coordinate: its argument.
        guess: the first guess: a number or a function.
        most: largest number of Chebyshev curves; the data determine the number.

    Example:
        >>> UnknownCurve("x", 1.0, 20).coordinate
        'x'
    """

    coordinate: str
    guess: Guess
    most: int

    def begin(self, low: float, high: float, count: int) -> tuple[Curves, Tensor]:
        """The curves of an interval, and the coefficients of the guess; (count,)"""
        curves = Curves.over(low, high, count)
        nodes = curves.nodes()
        made = self.guess(nodes) if callable(self.guess) else self.guess
        values = read_real("the guess of a curve", made).double()
        if values.shape not in ((), nodes.shape) or not bool(values.isfinite().all()):
            raise ValueError(
                "curve expected a guess that is a number, or a function of finite values of the "
                f"shape of its argument {tuple(nodes.shape)}, got {quote(made)}"
            )
        values = values.expand(len(nodes))
        return curves, curves.transform @ values


def curve(coordinate: str, guess: Guess = 1.0, *, most: int = 20) -> UnknownCurve:
    """An unknown function of one coordinate, for ``solve(unknowns={"k": curve("x")}, data=…)``.

    The residual uses it like a field: ``k``, and ``k.dx`` for its derivative. It is a sum of
    Chebyshev polynomials, whose number is determined by the data.

    Args:
        coordinate: its argument.
        guess: the first guess: a number or a function for which the equation has a solution.
        most: largest number of polynomials.

    Example:
        >>> import edgewise as ew
        >>> ew.equations.curve("x", guess=0.1)
        UnknownCurve(coordinate='x', guess=0.1, most=20)
    """
    most = read_count("curve", "most", most, 1)
    return UnknownCurve(coordinate, guess, most)


@dataclass(frozen=True, eq=False)
class FreeCurve:
    """A function of one coordinate whose coefficients are found from data.

    Attributes:
        curves: the curves that the function is a sum of.
        coefs: the coefficients, (count,), known or a first guess.
        most: the largest allowed number of curves.
    """

    axis: int
    curves: Curves
    coefs: Tensor
    most: int

    def space(self, curves: Sequence[Curves], free: bool) -> FieldSpace:
        """The function as products of all curves, with all coefficients free or none."""
        own = curves[self.axis]
        along = own.transform @ self.curves.table(own.nodes().clamp(*self.curves.ends), 0)[0]
        factors = [torch.eye(c.count, 1, dtype=torch.float64) for c in curves]
        factors[self.axis] = along
        zero = torch.zeros([c.count for c in curves], dtype=torch.float64)
        if free:
            return FieldSpace(tuple(factors), zero)
        at: list[int | slice] = [0] * len(curves)
        at[self.axis] = slice(None)
        zero[tuple(at)] = along @ self.coefs
        return FieldSpace(tuple(f[:, :0] for f in factors), zero)


@dataclass(frozen=True, eq=False)
class InferredCurve:
    """A function of one coordinate that was found from data, k(x) = Σ c_j T_j(x); call it with x.

    Attributes:
        curves: T_j.
        coefs: c, (count,).
        covariance: the covariance matrix of c, (count, count).

    Example:
        >>> import torch
        >>> coefs, errors = torch.full((2,), 0.5).double(), 0.01 * torch.eye(2).double()
        >>> k = InferredCurve(Curves.over(0, 1, 2), coefs, errors)  # k(x) = x
        >>> round(k(0.25).item(), 6), round(k.error(1.0).item(), 3)
        (0.25, 0.141)
    """

    curves: Curves
    coefs: Tensor
    covariance: Tensor

    @in_plain_torch()
    def __call__(self, x: Any) -> Tensor:
        """k(x), of the shape of x.

        Raises:
            ValueError: if x isn't numbers within the interval of the fit.
        """
        table, shape = self._table(x)
        return (table @ self.coefs).reshape(shape)

    @in_plain_torch()
    def error(self, x: Any) -> Tensor:
        """The standard error of k(x), of the shape of x, from the scatter of the data."""
        table, shape = self._table(x)
        variance = torch.einsum("ni,ij,nj->n", table, self.covariance, table)
        return variance.clamp(min=0).sqrt().reshape(shape)

    def _table(self, x: Any) -> tuple[Tensor, torch.Size]:
        at = read_real("a curve's x", x).double()
        check_within("a curve expected x", at, self.curves.ends)
        return self.curves.table(at.reshape(-1), 0)[0], at.shape

    def __repr__(self) -> str:
        low, high = self.curves.ends
        return f"<InferredCurve of {self.curves.count} Chebyshev curves on [{low:g}, {high:g}]>"
