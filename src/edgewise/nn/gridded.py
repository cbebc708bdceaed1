"""`Gridded`: the base of modules that hold a basis, its grid and its other tensors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

import torch
from torch import Tensor, nn

from edgewise.bases import Basis, Grid
from edgewise.nn.scripting import refuse_script
from edgewise.nn.sharding import is_sharded

Self = TypeVar("Self", bound="Gridded")


class Gridded(nn.Module):
    """The part of a layer that holds the basis and the tensors of the basis, its grid.

    Grid tensors are buffers, or parameters if the basis trains them. Their names come from
    ``basis.grid_names``.

    Shape:
        Attribute coef (in_features, num_basis, out_features)
    """

    in_features: int
    basis: Basis
    coef: nn.Parameter
    __prepare_scriptable__ = refuse_script

    @property
    def grid(self) -> Grid:
        """The tensors of the basis, in the order of ``basis.grid_names``."""
        return tuple([getattr(self, name) for name in self.basis.grid_names])

    def set_basis(self, basis: Basis, grid: Grid) -> None:
        """Replace the basis and its grid, and keep the coefficients.

        Raises:
            ValueError: if num_basis differs from the coefficients', or shapes don't fit.
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
        """Reset the grid to its first values, in place, except for sharded tensors."""
        grid = self.basis.init_grid(
            self.in_features, device=self.coef.device, dtype=self.coef.dtype
        )
        for own, first in zip(self.grid, grid, strict=True):
            if not is_sharded(own):
                own.copy_(first)

    def shared_grid(self) -> list[bool]:
        """Whether all inputs share it, for each tensor of the grid."""
        shapes = self.basis.grid_shapes(self.in_features + 1)
        return [tuple(t.shape) in own for t, own in zip(self.grid, shapes, strict=True)]

    def match_grid(self, basis: Basis, grid: Grid) -> Grid:
        """A grid of another basis in the layer's type, where it has to be a row for each input."""
        pairs = zip(grid, basis.grid_shapes(self.in_features), strict=True)
        repeated = (
            t.expand(self.in_features, -1) if t.dim() == 1 and tuple(t.shape) not in own else t
            for t, own in pairs
        )
        return tuple(t.to(self.coef).clone() for t in repeated)

    def expand_grid(self, shapes: Sequence[Sequence[int]]) -> None:
        """Expand the grid to these shapes, for example to separate centres for every input."""
        if [list(t.shape) for t in self.grid] != shapes:
            pairs = zip(self.grid, shapes, strict=True)
            grid = [t.detach().expand(s or t.shape).clone() for t, s in pairs]
            self.set_basis(self.basis, tuple(grid))

    def trace(self, i: int, weights: Tensor, rows: int, bins: float) -> tuple[Tensor, Tensor]:
        """Evaluate Σ_g weights_g φ_g(z) for input i, from the grid's first to its last point.

        Args:
            rows: the number of points z.
            bins: how far z extends beyond either end, in mean spacings of the grid. Without a grid
                the spacing is the length of the domain / num_basis.

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

    def _told(self) -> dict[str, Any]:
        """What the tensors don't say of the function, for the metadata of a state dict."""
        return {"basis": self.basis.name, "linear_tails": self.basis.linear_tails}

    def _save_to_state_dict(self, destination: Any, prefix: str, keep_vars: bool) -> None:
        super()._save_to_state_dict(destination, prefix, keep_vars)
        if hasattr(destination, "_metadata"):
            destination._metadata[prefix[:-1]] |= self._told()

    def _load_from_state_dict(
        self, state_dict: Any, prefix: str, metadata: Any, strict: Any, *lists: Any
    ) -> None:
        ours, theirs = self._told(), metadata
        if wrong := [name for name in ours if theirs.get(name, ours[name]) != ours[name]]:
            want, got = (", ".join(f"{n}={told[n]!r}" for n in wrong) for told in (ours, theirs))
            lists[-1].append(  # torch raises one error with all of these
                f"{prefix[:-1] or type(self).__name__} expected the state of a layer with {want}, "
                f"got that of one with {got}, whose numbers mean another function: build the model "
                "with the settings of the saved one, or save models by edgewise.save, whose files "
                "have them"
            )
            return
        super()._load_from_state_dict(state_dict, prefix, metadata, strict, *lists)

    def _apply(self: Self, fn: Any, recurse: bool = True) -> Self:
        # A change of dtype rounds the knots, which are then no longer exactly equidistant, and
        # engines check that. So a grid that was never moved is built again in the new dtype.
        before = tuple(t.detach() for t in self.grid)
        super()._apply(fn, recurse)
        pairs = list(zip(before, self.grid, strict=True))
        if any(old.dtype == new.dtype or old.is_meta or new.is_meta for old, new in pairs):
            return self
        for k, (old, new) in enumerate(pairs):
            first, wanted = (
                self.basis.init_grid(self.in_features, device="cpu", dtype=t.dtype)[k]
                for t in (old, new)
            )
            first = first if first.dim() else first.expand(old.shape)  # a width, see _adopt
            if old.shape == first.shape and torch.equal(old.cpu(), first):
                with torch.no_grad():
                    new.copy_(wanted)
        return self
