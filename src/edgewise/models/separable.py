"""Sums of products of curves, one curve a coordinate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn

from edgewise._checks import read_count
from edgewise._tensors import Device, DType
from edgewise.bases import Basis, Chebyshev, Polynomials
from edgewise.bases.base import Grid
from edgewise.models.io import savable
from edgewise.models.kan import KAN
from edgewise.nn.arguments import read_seed
from edgewise.nn.linear import KANLinear
from edgewise.nn.norm import Affine
from edgewise.nn.stretch import Stretch


@savable("SeparableKAN")
class SeparableKAN(nn.Module):
    """A sum of products of curves: a KAN layer for each coordinate, and nodes that multiply.

    .. math:: y_o = \\sum_{r=1}^{R} \\prod_{i} φ_{ior}(s_i(x_i))

    Where few terms suffice, as for many solutions of differential equations, a function of d
    variables needs the parameters of d · R curves only.

    Args:
        in_features: the number of coordinates.
        out_features: the number of fields.
        rank: R, the number of products of each field.
        basis: that of the curves, one for all coordinates or one for each. None takes Chebyshev
            polynomials up to degree 8.
        stretches: s_i, a :class:`~edgewise.nn.stretch.Stretch` or ``nn.Identity()`` for each
            coordinate; by default the coordinates are those of the curves, [-1, 1].
        init: the initialisation of the coefficients, as :class:`~edgewise.KANLinear` takes it.
        seed: seed of random coefficients.
        device, dtype: of the parameters, as for torch's layers.

    Shape:
        (*, in_features) → (*, out_features)

    Raises:
        ValueError: if there aren't as many bases or stretches as coordinates, or a number is 0.

    Example:
        >>> import torch, edgewise as ew
        >>> model = ew.models.SeparableKAN(2, rank=3, basis=ew.Chebyshev(10))
        >>> model(torch.rand(5, 2)).shape, sum(p.numel() for p in model.parameters())
        (torch.Size([5, 1]), 66)

    Reference: Cho et al., *Separable physics-informed neural networks*, arXiv:2306.15969 (2023).
    """

    def __init__(
        self,
        in_features: int,
        out_features: int = 1,
        *,
        rank: int = 8,
        basis: Basis | Sequence[Basis] | None = None,
        stretches: Sequence[Stretch | nn.Identity] | None = None,
        init: str = "auto",
        seed: int | torch.Generator | None = None,
        device: Device = None,
        dtype: DType = None,
    ) -> None:
        super().__init__()
        in_features = read_count("SeparableKAN", "in_features", in_features, 1)
        out_features = read_count("SeparableKAN", "out_features", out_features, 1)
        rank = read_count("SeparableKAN", "rank", rank, 1)
        basis = Chebyshev(8) if basis is None else basis
        bases = [basis] * in_features if isinstance(basis, Basis) else list(basis)
        for name, given in (("bases", bases), ("stretches", stretches)):
            if given is not None and len(given) != in_features:
                raise ValueError(
                    f"SeparableKAN expected {in_features} {name}, one a coordinate, got "
                    f"{len(given)}"
                )
        seed = read_seed("SeparableKAN", seed, device)
        self.in_features, self.out_features, self.rank = in_features, out_features, rank
        self.stretches = nn.ModuleList(stretches or [nn.Identity() for _ in bases])
        self.layers = nn.ModuleList(
            KANLinear(
                1, out_features * rank, basis=each, norm=None, base=None, bias=False, init=init,
                seed=seed, device=device, dtype=dtype,
            )
            for each in bases
        )  # fmt: skip

    def forward(self, x: Tensor) -> Tensor:
        product: Any = 1.0
        for i, (stretch, layer) in enumerate(zip(self.stretches, self.layers, strict=True)):
            product = layer(stretch(x[..., i : i + 1])) * product
        total: Tensor = product.unflatten(-1, (self.out_features, self.rank)).sum(-1)
        return total

    def to_kan(self) -> KAN:
        """The same function as a KAN whose hidden nodes multiply, to plot, edit or export.

        Its first layer has the curves, one product node each of the R products of a field; the
        second adds the products. Edges that this model doesn't have are masked.

        Raises:
            ValueError: if a coordinate is stretched by more than a scale and a shift, or bases
                differ by more than the degree of polynomials and the places of their functions.

        Example:
            >>> import torch, edgewise as ew
            >>> model = ew.models.SeparableKAN(2, rank=3, seed=0)
            >>> kan, x = model.to_kan(), torch.rand(5, 2)
            >>> kan.products[0], torch.allclose(kan(x), model(x), atol=1e-6)
            ((2, 2, 2), True)
        """
        layers = self._layers()
        basis = max((layer.basis for layer in layers), key=lambda each: each.num_basis)
        grid = _join_grids(basis, layers)
        lines = [_find_line(s, n.norm) for s, n in zip(self.stretches, layers, strict=True)]
        bent = [k for k, line in enumerate(lines) if line is None]
        if bent or grid is None:
            what = f"coordinate {bent[0]} is stretched" if bent else "bases differ"
            raise ValueError(
                f"to_kan expected coordinates of one basis that are at most scaled, but {what}: "
                "read the curves from model.layers, or fit a KAN to the model's values"
            )
        straight = [line for line in lines if line is not None]
        like: Any = layers[0].coef
        size, count = self.in_features, self.out_features * self.rank
        made: dict[str, Any] = {"base": None, "bias": False, "init": "zero"}
        made |= {"device": like.device, "dtype": like.dtype}
        first = KANLinear(size, size * count, basis=basis, norm="affine", **made)
        first.set_basis(basis, grid)
        second = KANLinear(count, self.out_features, basis=Chebyshev(1), norm=None, **made)
        owners = torch.eye(self.out_features).repeat_interleave(self.rank, 0)
        norm: Any = first.norm
        with torch.no_grad():
            for k, (layer, line) in enumerate(zip(layers, straight, strict=True)):
                coef, _ = layer.edge_weights()
                first.coef[k, : coef.shape[1], k::size] = coef[0]
                norm.scale[k], norm.shift[k] = line
            second.coef[:, 1] = owners
        first.mask = torch.eye(size, dtype=like.dtype, device=like.device).repeat(1, count)
        second.mask = owners.to(like)
        if size == 1:
            return KAN.from_layers([first, second])
        return KAN.from_layers([first, second], products=[(size,) * count, ()])

    def to_config(self) -> dict[str, Any]:
        """The architecture as JSON-able data."""
        return {
            "model": "SeparableKAN",
            "out_features": self.out_features,
            "rank": self.rank,
            "bases": [layer.basis.to_config() for layer in self._layers()],
            "stretches": [
                stretch.to_config() if isinstance(stretch, Stretch) else None
                for stretch in self.stretches
            ],
            "norms": [layer.norm and layer.norm.name for layer in self._layers()],
        }

    @classmethod
    def from_config(
        cls,
        config: dict[str, Any],
        *,
        device: Device = None,
        dtype: DType = None,
    ) -> SeparableKAN:
        """The model that :meth:`to_config` described, with coefficients still to be loaded."""
        given = config["stretches"]
        stretches = (
            None
            if all(each is None for each in given)
            else [
                nn.Identity() if each is None else Stretch(**each, device=device, dtype=dtype)
                for each in given
            ]
        )
        made = cls(
            len(config["bases"]), config["out_features"], rank=config["rank"],
            basis=[Basis.from_config(each) for each in config["bases"]], stretches=stretches,
            init="zero", device=device, dtype=dtype,
        )  # fmt: skip
        for layer, norm in zip(made._layers(), config.get("norms", ()), strict=False):
            layer.set_norm(norm, device, dtype)
        return made

    def _layers(self) -> list[KANLinear]:
        return [layer for layer in self.layers if isinstance(layer, KANLinear)]


def _find_line(stretch: nn.Module, norm: nn.Module | None) -> tuple[Any, Any] | None:
    """Scale and shift of a coordinate by its stretch, then its layer's norm; None if it is bent."""
    scale, shift = 1.0, 0.0
    if isinstance(stretch, Stretch) and stretch.is_line:
        length = stretch.high - stretch.low
        scale, shift = 2 / length, -(stretch.low + stretch.high) / length
    elif not isinstance(stretch, nn.Identity):
        return None
    if norm is None:
        return scale, shift
    if not isinstance(norm, Affine):
        return None
    return norm.scale[0] * scale, norm.scale[0] * shift + norm.shift[0]


def _join_grids(basis: Basis, layers: Sequence[KANLinear]) -> Grid | None:
    """The grids of layers of one input as that of a layer of all; None if their bases differ.

    Polynomials may have any degree: all are the first of those of the highest.
    """
    if isinstance(basis, Polynomials):
        alike = all(
            isinstance(layer.basis, Polynomials) and layer.basis.resized(basis.degree) == basis
            for layer in layers
        )
        return max(layers, key=lambda layer: layer.basis.num_basis).grid if alike else None
    if any(layer.basis != basis for layer in layers):
        return None
    joined = []
    shapes = basis.grid_shapes(len(layers))
    for allowed, each in zip(
        shapes, zip(*(layer.grid for layer in layers), strict=True), strict=True
    ):
        made = each[0].detach()
        if tuple(made.shape) not in allowed or not all(t.is_meta or t.equal(made) for t in each):
            made = torch.cat([t.detach().reshape(1, -1) for t in each])
        if tuple(made.shape) not in allowed:
            return None
        joined.append(made.clone())
    return tuple(joined)
