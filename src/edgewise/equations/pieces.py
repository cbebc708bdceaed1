"""Pieces of answers: fields as sums of products of curves, and these as separable networks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

import torch
from torch import Tensor

from edgewise._arrays import split_outer_products
from edgewise.bases import Chebyshev
from edgewise.equations.chebyshev_curves import Curves
from edgewise.equations.corner_networks import Cornered
from edgewise.equations.fields import Index
from edgewise.equations.least_squares import EquationFit
from edgewise.equations.parts import Part
from edgewise.equations.shape_curves import ShapeCurves
from edgewise.equations.space import Rows, Sampled, ShapeBasis, apply
from edgewise.models.separable import SeparableKAN
from edgewise.nn.stretch import Stretch

VANISHING = 1e-12
"""A field vanishes if it is smaller than this times the largest one."""
SMALL = 1e-14
"""Products smaller than this, relative to the largest, are left out."""


@dataclass(frozen=True, eq=False)
class Piece(Part):
    """All fields as sums of products of curves, on a box.

    Attributes:
        coefs: the coefficients of each field; (count, …)
        shape_curves: the functions of the coordinates that a shape cuts; None on a box.
        bases: for each field, its orthonormal functions on the shape.
    """

    kind: ClassVar[str] = "coefficients of products of curves"
    is_everywhere: ClassVar[bool] = True

    curves: tuple[Curves, ...]
    coefs: Mapping[str, Tensor]
    shape_curves: ShapeCurves | None = None
    bases: Mapping[str, ShapeBasis] = field(default_factory=dict)

    @staticmethod
    def of(fit: EquationFit, free: Tensor) -> Piece:
        """The piece that the free coefficients of a fit describe."""
        bases = {n: space.basis for n, space in fit.spaces.items() if space.basis is not None}
        return Piece(fit.curves, fit.coefficients(free), fit.shape_curves, bases)

    @property
    def ends(self) -> tuple[tuple[float, float], ...]:
        return tuple(c.ends for c in self.curves)

    @property
    def numbers(self) -> int:
        return sum(coefs.numel() for coefs in self.coefs.values())

    def evaluate(self, name: str, rows: Rows, index: Index) -> Tensor:
        return self.derivatives({name: [index]}, rows)[name][index]

    def derivatives(
        self, orders: Mapping[str, Sequence[Index]], rows: Rows
    ) -> dict[str, dict[Index, Tensor]]:
        every = [index for own in orders.values() for index in own]
        evaluate = self._sample(rows, every)
        return {n: {i: evaluate(self.coefs[n], i) for i in own} for n, own in orders.items()}

    def _sample(self, rows: Rows, every: Sequence[Index]) -> Callable[[Tensor, Index], Tensor]:
        if self.shape_curves is None:
            orders = [max(each) for each in zip(*every, strict=True)]
            return Sampled.make(self.curves, rows, orders).evaluate
        shape, sampled = self.shape_curves, self.shape_curves.sample(rows, every)
        return lambda coefs, index: shape.evaluate(sampled, rows, coefs, index)

    def to_network(self, fields: Sequence[str]) -> SeparableKAN | Cornered:
        curves = tuple(c.polynomials for c in self.curves)
        waves = any(c.repeats for c in self.curves)
        coefs = {n: self.resampled(n, curves) if waves else self.coefs[n] for n in fields}
        if self.shape_curves is None:
            return multiply_curves(curves, coefs, fields)
        shape = replace(self.shape_curves, curves=curves)
        products = multiply_curves(
            curves, {n: shape.products(own) for n, own in coefs.items()}, fields
        )
        if not len(shape.singular):
            return products
        heights = shape.heights(coefs)
        flat = [c.resized(1) if a in shape.axes else c for a, c in enumerate(curves)]
        return Cornered.of(
            products, multiply_curves(flat, heights, list(heights)), shape.axes, shape.singular
        )

    def start(self, axis: int) -> Piece:
        """Its values at the lower end of a coordinate, as a piece that is constant along it."""
        at = self.curves[axis].at_ends[0, 0]
        place = axis if self.shape_curves is None else self.shape_curves.place(axis)
        coefs = {
            name: torch.tensordot(at, own, ([0], [place])).unsqueeze(place)
            for name, own in self.coefs.items()
        }
        curves = tuple(c.resized(1) if a == axis else c for a, c in enumerate(self.curves))
        shape = None if self.shape_curves is None else replace(self.shape_curves, curves=curves)
        return Piece(curves, coefs, shape, self.bases)

    def _orthonormal(self, name: str) -> Tensor:
        """The coefficients of a field in a basis that isn't nearly dependent."""
        coefs = self.coefs[name]
        return coefs if self.shape_curves is None else apply(self.bases[name].back, coefs, 0)

    def sizes(self) -> dict[str, float]:
        """The size of the largest coefficient of each field."""
        return {name: float(self._orthonormal(name).abs().max()) for name in self.coefs}

    def tails(self, sizes: Mapping[str, float] | None = None) -> list[float]:
        """The size of the last coefficients of each coordinate, relative to the largest one.

        The coefficients of a field that vanishes are rounding: they are compared with those of the
        largest field.
        """
        sizes = self.sizes() if sizes is None else sizes
        largest = max(sizes.values())
        found = []
        for axis, curves in enumerate(self.curves):
            count = min(curves.count, max(2, curves.count // 10))
            worst = 0.0
            for name in self.coefs:
                coefs = self._orthonormal(name)
                if self.shape_curves is not None and axis in self.shape_curves.axes:
                    last = coefs[self.bases[name].degrees > 1 - (count + 0.5) / curves.count]
                else:
                    place = axis if self.shape_curves is None else self.shape_curves.place(axis)
                    last = coefs.narrow(place, curves.count - count, count)
                size = sizes[name] if sizes[name] > VANISHING * largest else largest
                worst = max(worst, float(last.abs().max()) / max(size, 1e-300))
            found.append(worst)
        return found

    def resampled(self, name: str, curves: Sequence[Curves]) -> Tensor:
        if self.shape_curves is None:
            return super().resampled(name, curves)
        coefs, shape = self.coefs[name], self.shape_curves
        products = Piece(self.curves, {name: shape.products(coefs)})
        singular = coefs[len(coefs) - len(shape.singular) :]
        for a in shape.others:
            points = curves[a].nodes().clamp(*self.ends[a])
            other = curves[a].transform @ self.curves[a].table(points, 0)[0]
            singular = apply(other, singular, shape.place(a))
        made = shape.embed(products.resampled(name, curves))
        made[len(made) - len(singular) :] = singular
        return made


def multiply_curves(
    curves: Sequence[Curves], coefs: Mapping[str, Tensor], fields: Sequence[str]
) -> SeparableKAN:
    """The functions with given coefficients as a separable network, by SVD of the coefficients."""
    terms = [
        list(split_outer_products(coefs[name].detach().cpu().numpy(), SMALL)) for name in fields
    ]
    rank = max(1, *(len(each) for each in terms))
    stretches = [Stretch(**c.stretch.to_config(), dtype=torch.float64) for c in curves]
    model = SeparableKAN(
        len(curves), len(fields), rank=rank, basis=[Chebyshev(c.count - 1) for c in curves],
        stretches=stretches, init="zero", dtype=torch.float64,
    )  # fmt: skip
    with torch.no_grad():
        for axis, layer in enumerate(model.layers):
            coef: Any = layer.coef
            for place, own in enumerate(terms):
                for r, factors in enumerate(own):
                    coef[0, :, place * rank + r] = torch.from_numpy(factors[axis])
    return model
