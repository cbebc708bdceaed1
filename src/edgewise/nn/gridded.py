"""A module that holds the tensors of a basis."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

import torch
from torch import Tensor, nn

from edgewise.bases import Basis, Grid
from edgewise.nn.sharding import is_sharded

Self = TypeVar("Self", bound="Gridded")


class Gridded(nn.Module):
    """The part of a layer that owns its basis and the tensors of it, the grid.

    Grid tensors are buffers, or parameters where the basis trains them, under the names that the
    basis gives them.

    Shape:
        Attribute coef (in_features, num_basis, out_features)
    """

    in_features: int
    basis: Basis
    coef: nn.Parameter

    @property
    def grid(self) -> Grid:
        """The tensors of the basis, in the order of ``basis.grid_names``."""
        return tuple([getattr(self, name) for name in self.basis.grid_names])

    def set_basis(self, basis: Basis, grid: Grid) -> None:
        """Replace the basis and its grid; the coefficients stay, so num_basis must too.

        Raises:
            ValueError: if the coefficients have another num_basis, or the grid other shapes.
        """
        if basis.num_basis != self.coef.shape[1]:
            raise ValueError(
                f"KANLinear expected a basis of {self.coef.shape[1]} functions, got {basis} with "
                f"{basis.num_basis}"
            )
        shapes = basis.grid_shapes(self.in_features)
        got = [tuple(t.shape) for t in grid]
        if len(got) != len(shapes) or any(g not in ok for g, ok in zip(got, shapes, strict=True)):
            raise ValueError(f"KANLinear expected grid tensors of shapes {shapes}, got {got}")
        for name in self.basis.grid_names:
            delattr(self, name)
        self._adopt(basis, grid)

    def _adopt(self, basis: Basis, grid: Grid) -> None:
        self.basis = basis
        for name, tensor, trained in zip(basis.grid_names, grid, basis.trainable_grid, strict=True):
            if trained:
                # FSDP2's fully_shard takes no scalars.
                self.register_parameter(
                    name, nn.Parameter(tensor if tensor.dim() else tensor[None])
                )
            else:
                self.register_buffer(name, tensor)

    @torch.no_grad()
    def reset_grid(self) -> None:
        """Put the grid where it begins, in place; tensors that are sharded stay."""
        grid = self.basis.init_grid(
            self.in_features, device=self.coef.device, dtype=self.coef.dtype
        )
        for own, first in zip(self.grid, grid, strict=True):
            if not is_sharded(own):
                own.copy_(first)

    def expand_grid(self, shapes: Sequence[Sequence[int]]) -> None:
        """Give the grid these shapes: every input may have centres of its own, for example."""
        if [list(t.shape) for t in self.grid] != shapes:
            pairs = zip(self.grid, shapes, strict=True)
            grid = [t.detach().expand(s or t.shape).clone() for t, s in pairs]
            self.set_basis(self.basis, tuple(grid))

    def trace(self, i: int, weights: Tensor, rows: int, bins: float) -> tuple[Tensor, Tensor]:
        """Trace Σ_g weights_g φ_g(z) of input i, from the grid's first to its last point.

        Args:
            rows: the number of points z.
            bins: how far z goes on at either end, in mean spacings of the grid; without a grid, in
                parts of the domain, of which there are num_basis.

        Shape:
            weights: (num_basis,) → (rows,) and (rows,)
        """
        points = self.basis.points(self.grid)
        if points is None:
            lo, hi = self.basis.domain(self.grid)
            step = (hi - lo) / self.basis.num_basis
        else:
            row = points if points.dim() == 1 else points[i]
            lo, hi = float(row[0]), float(row[-1])
            step = (hi - lo) / (len(row) - 1) if len(row) > 1 else 1.0
        z = torch.linspace(
            lo - bins * step,
            hi + bins * step,
            rows,
            device=self.coef.device,
            dtype=self.coef.dtype,
        )
        phi = self.basis.evaluate(z[:, None].expand(-1, self.in_features), self.grid)
        return z, phi[:, i] @ weights

    def _apply(self: Self, fn: Any, recurse: bool = True) -> Self:
        # A grid that was never moved is made anew in a new type: rounded knots are no longer
        # equidistant, neither in the numbers nor for the engines.
        before = tuple(t.detach() for t in self.grid)
        super()._apply(fn, recurse)
        pairs = list(zip(before, self.grid, strict=True))
        if any(old.dtype == new.dtype or old.is_meta or new.is_meta for old, new in pairs):
            return self
        for k, (old, new) in enumerate(pairs):
            first = self.basis.init_grid(self.in_features, device="cpu", dtype=old.dtype)[k]
            first = first if first.dim() else first.expand(old.shape)  # a width, see _adopt
            if old.shape == first.shape and torch.equal(old.cpu(), first):
                with torch.no_grad():
                    new.copy_(self.basis.init_grid(self.in_features, dtype=new.dtype)[k])
        return self
