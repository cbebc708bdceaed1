"""A trained network as stages of edges: exact numbers, whose functions intervals can enclose."""

from __future__ import annotations

import copy
from dataclasses import dataclass, replace
from functools import cached_property, singledispatch
from typing import Any, cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from edgewise._arrays import Array
from edgewise.bases import Basis
from edgewise.certify.features import as_grid, changes, expand
from edgewise.certify.intervals import Interval
from edgewise.certify.taylor_models import Jet, concatenate
from edgewise.engines.activation import SILU, Activation
from edgewise.models.as_kan import check_layered
from edgewise.models.kan import KAN
from edgewise.nn.linear import KANLinear
from edgewise.nn.norm_base import Norm
from edgewise.nn.reading import read_array


@dataclass(frozen=True, eq=False)
class EdgeFunctions:
    """Functions of one number for every edge: Σ_f weights_f · ψ_f(x).

    Attributes:
        basis: of the curves, or None where there is a base activation alone.
        grids: the grid tensors, (1, …) for all inputs or (in, …).
        norm: what the basis sees of each x by itself; None for x itself.
        weights: (in, features, out), of the curves and then of the base.
        standardized: whether the part reads what LayerNorm made of x.
        feeds_base: whether the base activation sees what the basis does, instead of x.
    """

    basis: Basis | None
    grids: tuple[Array, ...]
    norm: Norm | None
    base: Activation | None
    weights: Array
    standardized: bool
    feeds_base: bool = False

    def row(self, i: int | NDArray[np.intp]) -> list[Array]:
        """The grid of one input, or of several, one below another."""
        return [g[i] if len(g) > 1 else g[0] for g in self.grids]

    def key(self, i: int) -> int:
        """Inputs of the same key have the same functions."""
        own = self.norm is not None and self.norm.affine_map() is not None
        return i if own or any(len(g) > 1 for g in self.grids) else 0

    def expand(self, inputs: NDArray[np.intp], x: Jet) -> Jet:
        """ψ of a jet, of the input that each piece belongs to, (pieces,) → (pieces, features)."""
        parts: list[Any] = []
        z: Any = x if self.norm is None else self.norm.of_feature(cast(Any, x), inputs)
        if self.basis is not None:
            parts.append(expand(self.basis, z, self.row(inputs)))
        if self.base is not None:
            parts.append(self.base(z if self.feeds_base else cast(Any, x))[..., None])
        return parts[0] if len(parts) == 1 else concatenate(parts)

    def is_smooth(self, i: int) -> bool:
        """Whether the functions of an input have continuous slopes."""
        return self.basis is None or self.basis.is_smooth(as_grid(self.row(i)))

    def changes(self, i: int) -> tuple[Array, Array, float]:
        """Where in x formulas change, how far these points may be off, and the steepest slope."""
        points, slope = self._changes(i if any(len(g) > 1 for g in self.grids) else 0)
        if self.norm is None or not len(points):
            return points, np.zeros_like(points), slope
        x = self.norm.undo(torch.from_numpy(points), i).numpy()
        points, x = points[np.isfinite(x)], x[np.isfinite(x)]
        seen: Any = self.norm.of_feature(cast(Any, Jet.begin(Interval.of(x), np.ones_like(x))), i)
        steep = seen.parts[1]
        least = np.minimum(np.abs(steep.lo), np.abs(steep.hi))
        off = 16 * (seen.range - Interval.of(points)).size / least + 2.0**-48 * np.abs(x)
        return x, off, slope * float(steep.size.max(initial=0.0))

    def _changes(self, i: int) -> tuple[Array, float]:
        """Of the basis, by what it sees; inputs with the same grid ask once."""
        if self.basis is None:
            return np.zeros(0), 0.0
        if i not in self._known:
            self._known[i] = changes(self.basis, self.row(i))
        return self._known[i]

    @cached_property
    def _known(self) -> dict[int, tuple[Array, float]]:
        return {}


@dataclass(frozen=True, eq=False)
class Standardize:
    """LayerNorm: weight · (x - mean) / √(variance + eps) + bias."""

    weight: Array
    bias: Array
    eps: float


@dataclass(frozen=True, eq=False)
class Stage:
    """y = bias + Σ over parts and inputs of the edges' functions.

    Attributes:
        products: for each product above, how many of the last outputs are its factors.
    """

    parts: tuple[EdgeFunctions, ...]
    bias: Array
    norm: Standardize | None
    products: tuple[int, ...] = ()

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


def read_stack(owner: str, model: Any, products: bool = False) -> Stack:
    """A trained KAN, or a network with functions on some edges, as stages.

    Args:
        products: whether the caller knows what to do with nodes that multiply.

    Raises:
        TypeError: if it is no KAN.
        ValueError: if its answer for a row depends on other rows, its base activation or
            normalisation is one of the user's, or its numbers aren't finite.
    """
    kan = check_layered(owner, model)
    for name, tensor in kan.state_dict().items():
        if tensor.is_meta or not bool(torch.isfinite(tensor).all()):
            raise ValueError(f"{owner} expected finite numbers, got others in {name}: train again")
    if any(kan.product_nodes()) and not (products and isinstance(kan, KAN)):
        raise ValueError(
            f"{owner} expected sums only, got nodes that multiply: their errors have no bound yet; "
            "edgewise.export.to_onnx takes them"
        )
    stages = read_stages(kan, owner)
    inputs = range(kan.in_features) if kan.inputs is None else kan.inputs
    names = kan.input_names or [f"x{i}" for i in range(kan.in_features)]
    return Stack(tuple(stages), tuple(inputs), kan.in_features, tuple(map(str, names)))


@singledispatch
def read_stages(model: Any, owner: str) -> list[Stage]:
    """The layers of a network as stages."""
    raise TypeError(f"{owner} expected a network of layers, got {type(model).__name__}")


@read_stages.register
def _(model: KAN, owner: str) -> list[Stage]:
    stages: list[Stage] = []
    posts: list[Any] = [*model.post_norms()] or [None] * len(model.stack())
    for layer, post, arities in zip(model.stack(), posts, model.products, strict=True):
        stages.append(replace(read_layer(owner, layer), products=arities))
        if post is not None:
            stages.append(_read_post(post))
    return stages


def read_layer(owner: str, layer: KANLinear) -> Stage:
    """A layer of curves as a stage."""
    norm = _read_norm(owner, layer)
    coef, base_weight = (_numbers(t) for t in (layer.coef, layer.base_weight))
    for factor, both in ((_numbers(layer.coef_scale), False), (_numbers(layer.mask), True)):
        if factor is not None:
            coef = coef * factor[:, None, :]
            base_weight = base_weight * factor if both and base_weight is not None else base_weight
    grids = rows_of_grid(layer)
    bias = _numbers(layer.bias)
    bias = np.zeros(layer.out_features) if bias is None else bias
    base = None if base_weight is None else layer.activation
    if base is not None:
        _check_formula(owner, "base 'silu', 'identity', None or a function of bounds", base)
    lone = base_weight[:, None, :] if base_weight is not None else None
    trained = None if norm is None else norm.affine_map()
    if norm is not None and norm.mixes and trained is not None:
        curves = EdgeFunctions(layer.basis, grids, None, None, coef, True)
        others = [] if lone is None else [EdgeFunctions(None, (), None, base, lone, False)]
        scale, shift = (t.numpy() for t in trained)
        return Stage((curves, *others), bias, Standardize(scale, shift, norm.eps))
    weights = coef if lone is None else np.concatenate([coef, lone], 1)
    feeds_base = norm is not None and norm.feeds_base
    return Stage(
        (EdgeFunctions(layer.basis, grids, norm, base, weights, False, feeds_base),), bias, None
    )


def _read_norm(owner: str, layer: KANLinear) -> Norm | None:
    """A copy of a layer's normalisation with exact numbers."""
    if layer.norm is None:
        return None
    norm = copy.deepcopy(layer.norm).eval().cpu().double().requires_grad_(False)
    if norm.mixes_rows:
        raise ValueError(
            f"{owner} expected a model that answers row by row, got norm={norm.name!r}, whose "
            "answer depends on the other rows: train with norm='tanh'"
        )
    if not norm.mixes:
        _check_formula(owner, "a normalisation of bounds", lambda x: norm.of_feature(x, 0))
    elif norm.statistics_of != "row" or norm.affine_map() is None:
        raise ValueError(
            f"{owner} expected a normalisation that treats features one by one or standardises "
            f"rows, got {norm.name!r}, whose bounds aren't known: use edgewise.export.to_onnx"
        )
    return norm


def _check_formula(owner: str, what: str, formula: Any) -> None:
    """Raise ValueError unless a jet can go through a function of one number."""
    try:
        formula(Jet.begin(Interval(np.array([-8.0]), np.array([8.0])), np.ones(1)))
    except (AttributeError, TypeError, ValueError) as error:
        raise ValueError(
            f"{owner} expected {what}, got one without known bounds: use edgewise.export.to_onnx"
        ) from error


def _read_post(post: torch.nn.LayerNorm) -> Stage:
    """LayerNorm and SiLU behind a layer: edges that go straight on."""
    weight, bias = _numbers(post.weight), _numbers(post.bias)
    diagonal = np.eye(len(weight))[:, None, :]
    part = EdgeFunctions(None, (), None, SILU, diagonal, True)
    return Stage((part,), np.zeros(len(weight)), Standardize(weight, bias, post.eps))


def rows_of_grid(layer: KANLinear) -> tuple[Array, ...]:
    """Each grid tensor with a dimension of inputs first, of 1 where they share it."""
    n, made = layer.in_features, []
    for tensor, shapes in zip(layer.grid, layer.basis.grid_shapes(n + 1), strict=True):
        # A shape that goes with another number of inputs, too, says nothing about each of them.
        shared = tuple(tensor.shape) in shapes
        made.append(_numbers(tensor)[None] if shared else _numbers(tensor))
    return tuple(made)


def _numbers(tensor: Tensor | None) -> Any:
    return None if tensor is None else tensor.detach().cpu().double().numpy()


def read_domain(domain: Any, stack: Stack) -> Array:
    """(in_features, 2) of one pair or of pairs."""
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
