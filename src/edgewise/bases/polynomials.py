"""`Polynomials`: the base class of polynomials with a three-term recurrence."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import torch
from torch import Tensor

from edgewise._checks import read_count
from edgewise._tensors import Device, DType
from edgewise.bases.base import Basis, Grid


@dataclass(frozen=True)
class Polynomials(Basis, abstract=True):
    """Polynomials P_0 … P_degree by a three-term recurrence; a basis states its numbers.

    .. math:: P_0 = 1,\\quad P_{n+1}(z) = (a_n z + b_n) P_n(z) - c_n P_{n-1}(z)

    They grow like z^degree outside of [-1, 1], so layers squash their inputs with tanh unless told
    otherwise. The grid is the table of (a_n, b_n, c_n), which one kernel reads for all of them;
    ``grid_names = ()`` leaves it out, for a basis with kernels of its own.

    Args:
        degree: highest degree, ≥ 0.
        linear_tails: whether functions go on as straight lines beyond the domain.

    Raises:
        ValueError: if ``degree`` is negative or no integer.

    Example:
        >>> import torch, edgewise as ew
        >>> from dataclasses import dataclass
        >>> @dataclass(frozen=True)
        ... class Powers(ew.bases.Polynomials):
        ...     name = "powers"
        ...     def recurrence(self, n):
        ...         return 1.0, 0.0, 0.0
        >>> basis = Powers(degree=3)
        >>> basis.evaluate(torch.tensor([2.0]), basis.init_grid(1))
        tensor([[1., 2., 4., 8.]])
    """

    named: ClassVar[Mapping[str, Any]] = {"degree": 3}
    grid_names: ClassVar[tuple[str, ...]] = ("recurrence",)
    size_name: ClassVar[str] = "degree"
    affine: ClassVar[bool] = True
    default_norm: ClassVar[str | None] = "tanh"

    degree: int = 4

    def __post_init__(self) -> None:
        super().__post_init__()
        read_count(type(self).__name__, "degree", self.degree, 0)

    @abstractmethod
    def recurrence(self, n: int) -> tuple[float, float, float]:
        """a_n, b_n and c_n, by which P_{n+1} follows from P_n and P_{n-1}; c_0 is 0."""

    @property
    def num_basis(self) -> int:
        return self.degree + 1

    def init_grid(self, in_features: int, *, device: Device = None, dtype: DType = None) -> Grid:
        if not self.grid_names:
            return ()
        kind = dtype or torch.get_default_dtype()
        return (torch.tensor(self._rows(()), device=device, dtype=kind).reshape(-1, 3),)

    def grid_shapes(self, in_features: int) -> tuple[tuple[tuple[int, ...], ...], ...]:
        return (((self.degree, 3),),) * len(self.grid_names)

    def functions(self, z: Tensor, grid: Grid) -> Tensor:
        p = [torch.zeros_like(z), torch.ones_like(z)]
        for a, b, c in self._rows(grid):
            p.append((a * z + b) * p[-1] - c * p[-2])
        return torch.stack(p[1:], -1)

    def slopes(self, z: Tensor, grid: Grid) -> Tensor:
        p = self.functions(z, grid).unbind(-1)
        d = [torch.zeros_like(z), torch.zeros_like(z)]
        for value, (a, b, c) in zip(p, self._rows(grid), strict=False):
            d.append(a * value + (a * z + b) * d[-1] - c * d[-2])  # P'_{n+1}
        return torch.stack(d[1:], -1)

    def curve_derivatives(self, z: Tensor, grid: Grid, order: int) -> Tensor:
        return differentiate_recurrence(z, self._rows(grid), order)

    def _rows(self, grid: Grid) -> list[Any]:
        """(a_n, b_n, c_n) of every step: tensors of the grid, or numbers without one."""
        if grid:
            return [row.unbind() for row in grid[0].unbind()]
        return [self.recurrence(n) for n in range(self.degree)]


def differentiate_recurrence(z: Tensor, rows: Iterable[Sequence[Any]], order: int) -> Tensor:
    """Polynomials P_{n+1} = (a_n z + b_n) P_n - c_n P_{n-1} and their derivatives up to an order.

    .. math:: P_{n+1}^{(k)} = (a_n z + b_n)\\, P_n^{(k)} + k a_n P_n^{(k-1)} - c_n P_{n-1}^{(k)}

    Args:
        rows: (a_n, b_n, c_n), one for each polynomial after P_0 = 1.

    Shape:
        z: (*, in) → (order + 1, *, in, len(rows) + 1)
    """
    before = z.new_zeros(order + 1, *z.shape)
    last = before.clone()
    last[0] = 1
    times = torch.arange(1, order + 1, device=z.device, dtype=z.dtype)
    times = times.reshape(-1, *(1 for _ in z.shape))
    found, known = [last], None
    for a, b, c in rows:
        if known != (a, b):  # of numbers: most steps of a recurrence have those of the one before
            line, steep = a * z + b, a * times
            known = (a, b) if isinstance(a, float) else None
        new = torch.addcmul(-c * before, line, last)
        if order:
            new[1:].addcmul_(steep, last[:-1])
        before, last = last, new
        found.append(new)
    return torch.stack(found, -1)
