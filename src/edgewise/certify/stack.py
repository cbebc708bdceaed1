"""A trained network as stages of edges: exact numbers, whose functions intervals can enclose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from edgewise.bases import Basis
from edgewise.certify.features import changes, expand, is_smooth
from edgewise.certify.intervals import Interval
from edgewise.certify.taylor_models import Jet, beside
from edgewise.engines.normalization import EPS
from edgewise.models.kan import check_kan
from edgewise.nn.linear import KANLinear
from edgewise.nn.reading import read_array

Array = NDArray[np.float64]
NORMS = (None, "layer", "affine", "standard", "tanh")
"""The normalisations that stages have; what isn't among them has no proven bound."""


@dataclass(frozen=True, eq=False)
class Part:
    """Functions of one number for every edge: Σ_f weights_f · ψ_f(x).

    Attributes:
        basis: of the curves, or None where there is a base activation alone.
        grids: the grid tensors, (1, …) for all inputs or (in, …).
        scale, shift: what the basis sees of x, (in,) each; None for x itself.
        squash: whether it sees tanh x.
        base: "silu", "identity" or None.
        weights: (in, features, out), of the curves and then of the base.
        standardized: whether the part reads what LayerNorm made of x.
        feeds_base: whether the base activation sees what the basis does, instead of x.
    """

    basis: Basis | None
    grids: tuple[Array, ...]
    scale: Array | None
    shift: Array | None
    squash: bool
    base: str | None
    weights: Array
    standardized: bool
    feeds_base: bool = False

    def row(self, i: int) -> list[Array]:
        """The grid of one input."""
        return [g[i if len(g) > 1 else 0] for g in self.grids]

    def key(self, i: int) -> tuple[Any, ...]:
        """Inputs of the same key have the same functions."""
        own = any(len(g) > 1 for g in self.grids) or self.scale is not None
        return (i,) if own else ()

    def expand(self, i: int, x: Jet) -> Jet:
        """ψ of a jet, (pieces,) → (pieces, features)."""
        parts = []
        z = x.tanh() if self.squash else x
        if self.scale is not None and self.shift is not None:
            z = x * Interval.of(self.scale[i]) + Interval.of(self.shift[i])
        if self.basis is not None:
            parts.append(expand(self.basis, z, self.row(i)))
        if self.base is not None:
            s = z if self.feeds_base else x
            parts.append((s * s.sigmoid() if self.base == "silu" else s).stand())
        return parts[0] if len(parts) == 1 else beside(parts)

    def is_smooth(self, i: int) -> bool:
        """Whether the functions of an input have continuous slopes."""
        return self.basis is None or is_smooth(self.basis, self.row(i))

    def changes(self, i: int, near: float) -> tuple[Array, Array, float]:
        """Where in x formulas change, how far these points may be off, and the steepest slope.

        The slope holds as far from them as they may be off and, in x, ``near`` them.
        """
        if self.basis is None:
            return np.zeros(0), np.zeros(0), 0.0
        scale, shift = 1.0, 0.0
        if self.scale is not None and self.shift is not None:
            scale, shift = float(self.scale[i]), float(self.shift[i])
        near = near * abs(scale) + 2.0**-40 * abs(shift)
        points, slope = changes(self.basis, self.row(i), near)
        if self.squash:
            points = points[np.abs(points) < 1]
            off = 2.0**-48 * (1 + np.abs(np.arctanh(points))) / (1 - points**2)
            return np.arctanh(points), off, slope
        if self.scale is not None:
            if scale == 0:
                return np.zeros(0), np.zeros(0), 0.0
            off = 2.0**-48 * (np.abs(points) + abs(shift) + 1e-300) / abs(scale)
            return (points - shift) / scale, off, slope * abs(scale)
        return points, np.zeros_like(points), slope


@dataclass(frozen=True, eq=False)
class Standardize:
    """LayerNorm: weight · (x - mean) / √(variance + eps) + bias."""

    weight: Array
    bias: Array
    eps: float = EPS


@dataclass(frozen=True, eq=False)
class Stage:
    """y = bias + Σ over parts and inputs of the edges' functions."""

    parts: tuple[Part, ...]
    bias: Array
    norm: Standardize | None

    @property
    def in_features(self) -> int:
        return len(self.parts[0].weights)

    @property
    def out_features(self) -> int:
        return len(self.bias)


@dataclass(frozen=True, eq=False)
class Stack:
    """The stages, and which features of x the first reads."""

    stages: tuple[Stage, ...]
    inputs: tuple[int, ...]
    in_features: int
    input_names: tuple[str, ...]


def read_stack(owner: str, model: Any) -> Stack:
    """A trained KAN as stages.

    Raises:
        TypeError: if it is no KAN.
        ValueError: if its answer for a row depends on other rows, its base activation or
            normalisation is one of the user's, or its numbers aren't finite.
    """
    kan = check_kan(owner, model)
    for name, tensor in kan.state_dict().items():
        if tensor.is_meta or not bool(torch.isfinite(tensor).all()):
            raise ValueError(f"{owner} expected finite numbers, got others in {name}: train again")
    if any(kan.products):
        raise ValueError(
            f"{owner} expected sums only, got nodes that multiply: their errors have no bound yet; "
            "edgewise.export.to_onnx takes them"
        )
    stages: list[Stage] = []
    posts: list[Any] = [*kan.post_norms()] or [None] * len(kan.stack())
    for layer, post in zip(kan.stack(), posts, strict=True):
        stages.append(_read_layer(owner, layer))
        if post is not None:
            stages.append(_read_post(post))
    inputs = range(kan.in_features) if kan.inputs is None else kan.inputs
    names = kan.input_names or [f"x{i}" for i in range(kan.in_features)]
    return Stack(tuple(stages), tuple(inputs), kan.in_features, tuple(map(str, names)))


def _read_layer(owner: str, layer: KANLinear) -> Stage:
    if layer.norm_name == "batch_minmax":
        raise ValueError(
            f"{owner} expected a model that answers row by row, got norm='batch_minmax', whose "
            "answer depends on the other rows: train with norm='tanh'"
        )
    if layer.norm_name not in NORMS:
        raise ValueError(
            f"{owner} expected a normalisation among {', '.join(map(repr, NORMS))}, got "
            f"{layer.norm_name!r}, of which it knows no bounds: edgewise.export.to_onnx takes it"
        )
    if callable(layer.base):
        raise ValueError(
            f"{owner} expected base 'silu', 'identity' or None, got {layer.base!r}, of which it "
            "knows no bounds"
        )
    coef, base_weight = (_numbers(t) for t in (layer.coef, layer.base_weight))
    for factor, both in ((_numbers(layer.coef_scale), False), (_numbers(layer.mask), True)):
        if factor is not None:
            coef = coef * factor[:, None, :]
            base_weight = base_weight * factor if both and base_weight is not None else base_weight
    grids = tuple(_rows(layer, k) for k in range(len(layer.grid)))
    bias = _numbers(layer.bias)
    bias = np.zeros(layer.out_features) if bias is None else bias
    name, base = layer.norm_name, layer.base if base_weight is not None else None
    trained = None if layer.norm is None else layer.norm.affine_map()
    scale, shift = (None, None) if trained is None else (_numbers(t) for t in trained)
    lone = base_weight[:, None, :] if base_weight is not None else None
    if name == "layer" and scale is not None and shift is not None:
        curves = Part(layer.basis, grids, None, None, False, None, coef, True)
        others = [] if lone is None else [Part(None, (), None, None, False, base, lone, False)]
        return Stage((curves, *others), bias, Standardize(scale, shift))
    weights = coef if lone is None else np.concatenate([coef, lone], 1)
    feeds_base = layer.norm is not None and layer.norm.feeds_base
    squash = name == "tanh"
    part = Part(layer.basis, grids, scale, shift, squash, base, weights, False, feeds_base)
    return Stage((part,), bias, None)


def _read_post(post: torch.nn.LayerNorm) -> Stage:
    """LayerNorm and SiLU behind a layer: edges that go straight on."""
    weight, bias = _numbers(post.weight), _numbers(post.bias)
    diagonal = np.eye(len(weight))[:, None, :]
    part = Part(None, (), None, None, False, "silu", diagonal, True)
    return Stage((part,), np.zeros(len(weight)), Standardize(weight, bias, post.eps))


def _rows(layer: KANLinear, k: int) -> Array:
    """A grid tensor with a dimension of inputs first, of 1 where they share it."""
    tensor = _numbers(layer.grid[k])
    recurrence = layer.basis.grid_names[k] == "recurrence"
    return tensor[None] if tensor.ndim < 2 or recurrence else tensor


def _numbers(tensor: Tensor | None) -> Any:
    return None if tensor is None else tensor.detach().cpu().double().numpy()


def read_domain(domain: Any, stack: Stack) -> Array:
    """(in_features, 2) of one pair or of pairs.

    Raises:
        ValueError: unless low ≤ high, both finite, for each feature.
    """
    ends = read_array("domain", domain)
    if ends.shape == (2,):
        ends = np.tile(ends, (stack.in_features, 1))
    if ends.shape != (stack.in_features, 2):
        raise ValueError(
            f"expected a domain (low, high), or {stack.in_features} such pairs, got shape "
            f"{ends.shape}"
        )
    if not np.isfinite(ends).all() or (ends[:, 0] > ends[:, 1]).any():
        raise ValueError("expected a domain with low ≤ high, both finite, for each feature")
    return ends
