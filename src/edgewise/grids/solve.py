"""Linear least squares for many inputs at once, rows arriving in blocks."""

from __future__ import annotations

import torch
from torch import Tensor


class LeastSquares:
    """min ‖A c − T‖ for several problems with the same sizes, each with many right-hand sides.

    Keeps the triangle R of A = QR and QᵀT, so memory doesn't grow with the number of rows; the
    accuracy is that of A itself, not of AᵀA. Directions that the rows say nothing about (fewer rows
    than columns, repeated rows, columns of zeros) get no part in the solution: it is always finite,
    and the smallest one in columns scaled to one length.

    Args:
        problems, columns, targets: sizes.
        device: where the rows are.

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
        if not (self.r.isfinite().all() and self.t.isfinite().all()):
            raise ValueError(
                "expected curves of finite values, got NaN, Inf or numbers whose squares overflow: "
                "scale the data, or remove the rows that are far from all others"
            )
        length = self.r.norm(dim=1, keepdim=True)  # The lengths of the columns of A.
        length = torch.where(length > 0, length, torch.ones_like(length))
        u, s, vh = torch.linalg.svd(self.r / length, full_matrices=False)
        least = s[:, :1] * (self.r.shape[-1] * torch.finfo(torch.float64).eps)
        inverse = torch.where(s > least, 1 / s.clamp_min(1e-300), torch.zeros_like(s))
        scaled = vh.mT @ (inverse[..., None] * (u.mT @ self.t))
        return scaled / length.mT
