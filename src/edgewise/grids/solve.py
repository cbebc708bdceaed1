"""Linear least squares, rows arriving in blocks: many dense problems at once, or a banded one."""

from __future__ import annotations

import torch
from torch import Tensor

DEPENDENT = 1e-12
"""What a column keeps of its length, at most, where it is a sum of others to rounding."""


class LeastSquares:
    """min ‖A c − T‖ for several problems with the same sizes, each with many right-hand sides.

    Keeps the triangle R of A = QR and QᵀT, so memory doesn't grow with the number of rows; the
    accuracy is that of A itself, not of AᵀA. Directions that the rows say nothing about (fewer rows
    than columns, repeated rows, columns of zeros) get no part in the solution: it is always finite,
    and the smallest one in columns scaled to one length.

    Reference: Golub and Van Loan, *Matrix Computations*, 4th ed., 5.3 and 5.5.
    """

    def __init__(self, problems: int, columns: int, targets: int, device: torch.device) -> None:
        self.r = torch.zeros(problems, columns, columns, dtype=torch.float64, device=device)
        self.t = torch.zeros(problems, columns, targets, dtype=torch.float64, device=device)

    def add(self, a: Tensor, t: Tensor) -> None:
        """Take further rows into account.

        Shape:
            a: (problems, rows, columns), t: (problems, rows, targets), float64
        """
        q, self.r = torch.linalg.qr(torch.cat([self.r, a], 1))
        self.t = q.mT @ torch.cat([self.t, t], 1)

    def solve(self) -> Tensor:
        """The solution.

        Shape:
            (problems, columns, targets)

        Raises:
            ValueError: if rows held values that aren't finite, or whose squares aren't.
        """
        check_sums(self.r, self.t)
        length = self.r.norm(dim=1, keepdim=True)  # The lengths of the columns of A.
        length = torch.where(length > 0, length, torch.ones_like(length))
        u, s, vh = torch.linalg.svd(self.r / length, full_matrices=False)
        least = s[:, :1] * (self.r.shape[-1] * torch.finfo(torch.float64).eps)
        inverse = torch.where(s > least, 1 / s.clamp_min(1e-300), torch.zeros_like(s))
        scaled = vh.mT @ (inverse[..., None] * (u.mT @ self.t))
        return scaled / length.mT


class BandedLeastSquares:
    """min ‖A c − T‖ where a row sees neighbouring columns only: time and memory grow with their
    number, not with its square.

    Blocks of rows come in the order of their columns. Once later rows can't see a column any more,
    its row of the triangle is final and only the rest is carried on. A column that is zero, or a
    sum of earlier ones to rounding, has the solution 0.

    Args:
        columns, targets: sizes.
        like: a tensor on the device where the rows are.

    Reference: Lawson and Hanson, *Solving Least Squares Problems* (1974), chapter 27.
    """

    def __init__(self, columns: int, targets: int, like: Tensor) -> None:
        self.columns = columns
        self.squares = like.new_zeros(columns, dtype=torch.float64)
        self.first = 0  # the column where what is carried on begins
        self.a = like.new_zeros(0, 0, dtype=torch.float64)
        self.t = like.new_zeros(0, targets, dtype=torch.float64)
        self.blocks: list[tuple[int, Tensor, Tensor]] = []

    def add(self, first: int, a: Tensor, t: Tensor) -> None:
        """Take further rows into account, whose columns begin no earlier than those of the last.

        Shape:
            a: (rows, columns from ``first`` on), t: (rows, targets), float64
        """
        self._finish(first)
        end = max(self.a.shape[1], a.shape[1])
        self.squares[first : first + a.shape[1]] += a.square().sum(0)
        self.a = torch.cat([_widen(self.a, end), _widen(a, end)])
        self.t = torch.cat([self.t, t])

    def solve(self) -> Tensor:
        """The solution.

        Shape:
            (columns, targets)

        Raises:
            ValueError: if rows held values that aren't finite, or whose squares aren't.
        """
        self._finish(self.columns)
        solution = self.t.new_zeros(self.columns, self.t.shape[1])
        for first, r, t in reversed(self.blocks):
            check_sums(r, t)
            own, end = len(r), first + r.shape[1]
            rest = t - r[:, own:] @ solution[first + own : end]
            solved = torch.linalg.solve_triangular(r[:, :own], rest, upper=True)
            solution[first : first + own] = solved
        return solution

    def _finish(self, first: int) -> None:
        """Make the rows of the triangle final up to a column, exclusively."""
        done = first - self.first
        if not done:
            return
        a = _widen(self.a, max(done, self.a.shape[1]))
        a = torch.nn.functional.pad(a, (0, 0, 0, done))
        t = torch.cat([self.t, self.t.new_zeros(done, self.t.shape[1])])
        least = DEPENDENT * self.squares[self.first : first].sqrt()
        r, solved = _triangle(a, t)
        while bool((known := r.diagonal()[:done].abs() <= least).any()):
            k = int(known.nonzero()[0])  # which changes what is left of later ones
            a[:, k], a[k - done, k], least[k] = 0, 1, -1
            r, solved = _triangle(a, t)
        t = solved
        self.blocks.append((self.first, r[:done], t[:done]))
        self.first, self.a, self.t = first, r[done:, done:], t[done:]


def _triangle(a: Tensor, t: Tensor) -> tuple[Tensor, Tensor]:
    """R of A = QR, and QᵀT. Heavy rows come first, or rounding would spoil the light ones."""
    heavy = a.abs().amax(1).argsort(descending=True)
    q, r = torch.linalg.qr(a[heavy])
    return r, q.mT @ t[heavy]


def check_sums(*sums: Tensor) -> None:
    """Raise ValueError unless sums over all rows are finite."""
    if not all(each.isfinite().all() for each in sums):
        raise ValueError(
            "expected curves of finite values, got NaN, Inf or numbers whose squares overflow: "
            "scale the data, or remove the rows that are far from all others"
        )


def _widen(a: Tensor, columns: int) -> Tensor:
    """With columns of zeros behind it."""
    return torch.nn.functional.pad(a, (0, columns - a.shape[1]))
