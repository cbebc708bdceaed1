"""The payload of the explorer's page: a network and some rows as JSON-able data.

Arrays are sent as base64 of little-endian floats, so that no bit is lost: float32 if all numbers
are exactly representable, else float64.
"""

from __future__ import annotations

import base64
import copy
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from edgewise.bases import Basis
from edgewise.certify.features import Row, changes, expand
from edgewise.certify.stack import rows_of_grid
from edgewise.data.rows import pick_evenly
from edgewise.explain.attribution import attribute
from edgewise.explain.names import check_names
from edgewise.explain.units import Scaling, read_scaling
from edgewise.explorer.edited import EditedKAN
from edgewise.explorer.edits import write_log
from edgewise.explorer.parts import as_stack, curves_of, existing_edges, formulas_of
from edgewise.explorer.polynomials import Polynomials, surround, tabulate_functions
from edgewise.grids.layers import as_input
from edgewise.nn import KANLinear
from edgewise.nn.inspect import in_evaluation
from edgewise.nn.norm_base import Norm
from edgewise.nn.reading import read_real, read_rows
from edgewise.symbolic.edges import SymbolicEdges
from edgewise.symbolic.network import SymbolicKAN

MOST_EDGES = 100_000
MOST_CELLS = 300_000
"""Most numbers of x on a page; a wide table is shown with fewer rows."""
LEAST_ROWS = 200


@dataclass(frozen=True)
class Wishes:
    """The settings of :func:`edgewise.explore`.

    Attributes:
        known: what an estimator's ``fit`` took for each row beside y, by name.
    """

    input_names: Sequence[str] | None = None
    output_names: Sequence[str] | None = None
    scaler: Any = None
    output_scaler: Any = None
    rows: int = 1000
    known: Mapping[str, Any] = field(default_factory=dict)


def describe(
    model: nn.Module, x: Any, y: Any = None, wishes: Wishes | None = None
) -> dict[str, Any]:
    """The payload of a network; raises the errors of :func:`edgewise.explore`."""
    wishes = Wishes() if wishes is None else wishes
    for name in wishes.known:
        raise ValueError(f"explore expected no {name} with a network: it is for estimators")
    base = as_stack("explore", model.base if isinstance(model, EditedKAN) else model)
    widths = base.widths
    edges = sum(int(existing_edges(layer).sum()) for layer in base.stack())
    if edges > MOST_EDGES:
        raise ValueError(
            f"explore expected at most {MOST_EDGES:,} edges, got {edges:,}: ew.prune(model, x) "
            "makes a smaller network"
        )
    data = as_input(base, x)
    data = data.reshape(-1, data.shape[-1])
    targets = None if y is None else _targets(y, len(data), widths[-1])
    base = in_evaluation(base)
    with torch.no_grad():
        scores = _scores(base, data)
        tables = _Tables()
        most = min(wishes.rows, max(LEAST_ROWS, MOST_CELLS // widths[0]))
        few = torch.from_numpy(pick_evenly(len(data), most))
        shown = base.select(data[few.to(data.device)]).double()
        read = list(range(widths[0])) if base.inputs is None else list(base.inputs)
        given = base.input_names if wishes.input_names is None else wishes.input_names
        names = check_names("input_names", given, "x", base.in_features)
        scaling = read_scaling("explore", "scaler", wishes.scaler, base.in_features)
        outputs = read_scaling("explore", "output_scaler", wishes.output_scaler, widths[-1])
        told = check_names("output_names", wishes.output_names, "y", widths[-1])
        return {
            "kind": "network",
            "title": f"{', '.join(told[:3])} by a KAN {widths}",
            "widths": widths,
            "input_names": [names[i] for i in read],
            "output_names": told,
            "input_scaling": _scale(scaling, read),
            "output_scaling": _scale(outputs, range(widths[-1])),
            "layers": list(_describe_layers(base, base.select(data), tables)),
            "tables": tables.made,
            "scores": [table(s) for s in scores],
            "x": table(shown),
            "y": None if targets is None else table(targets[few.to(targets.device)].double()),
            "classes": targets is not None and not targets.is_floating_point(),
            "rows": len(data),
            "log": model.log() if isinstance(model, EditedKAN) else write_log([], widths),
        }


def table(values: Tensor) -> dict[str, Any]:
    """An array in the format of the payload."""
    array = values.detach().cpu().double().numpy()
    with np.errstate(over="ignore"):
        short = array.astype("<f4")
    kept = short if np.array_equal(short, array) else np.ascontiguousarray(array, dtype="<f8")
    data = base64.b64encode(kept.tobytes()).decode("ascii")
    return {"shape": list(array.shape), "bytes": kept.itemsize, "data": data}


def _scale(scaling: Scaling, columns: Sequence[int]) -> list[list[float]]:
    return [[scaling.scale[c], scaling.shift[c]] for c in columns]


def _targets(y: Any, rows: int, outputs: int) -> Tensor:
    """(rows, out) numbers, or (rows,) classes."""
    tensor = read_real("explore y", y)
    tensor = tensor.long() if tensor.dtype == torch.bool else tensor
    classes = not tensor.is_floating_point() and tensor.dim() == 1 and outputs > 1
    if classes and not bool(((tensor >= 0) & (tensor < outputs)).all()):
        raise ValueError(f"explore expected classes from 0 to {outputs - 1} in y")
    tensor = tensor if classes else read_rows("explore y", tensor.double(), outputs)
    if len(tensor) != rows:
        raise ValueError(f"explore expected {rows} rows of y, one for each of x, got {len(tensor)}")
    return tensor


def _scores(base: Any, data: Tensor) -> list[Tensor]:
    """Backward attribution of each edge, (in, out) for each layer."""
    if isinstance(base, SymbolicKAN):
        return base.edge_scores(data)
    return list(attribute(base, data).edges)


def _describe_layers(base: Any, x: Tensor, tables: _Tables) -> Iterator[dict[str, Any]]:
    """Each layer; x is what the first of them reads, of all rows."""
    posts = getattr(base, "posts", None) or [None] * len(base.stack())
    for k, (layer, post) in enumerate(zip(base.stack(), posts, strict=True)):
        curves, formulas = curves_of(layer), formulas_of(layer)
        yield {
            "in": layer.in_features,
            "out": layer.out_features,
            "mixes": layer.mixes_features,
            "exists": existing_edges(layer).flatten().int().tolist(),
            "numeric": None if curves is None else _describe_curves(curves, x, k, tables),
            "symbolic": None if formulas is None else _describe_functions(formulas),
            "post": None if post is None else [table(p) for p in post.parameters()],
        }
        x = base.combine(k, layer(x))


def _describe_curves(layer: KANLinear, x: Tensor, k: int, tables: _Tables) -> dict[str, Any]:
    """A layer of curves, layer k, and over which numbers they are followed: those of x and more."""
    coef, base = layer.edge_weights()
    grids, z = rows_of_grid(layer), layer.normalized(x)
    with _in_words(f"basis {layer.basis.name!r} of layer {k}"):
        functions = [
            tables.add_basis(layer.basis, [g[i if len(g) > 1 else 0] for g in grids], z)
            for i in range(layer.in_features)
        ]
    with _in_words(f"base activation {layer.base!r} of layer {k}"):
        activation = None if base is None else tables.add(layer.activation, layer.activation, x, z)
    with _in_words(f"normalisation {layer.norm_name!r} of layer {k}"):
        norm = None if layer.norm is None else _describe_norm(layer.norm, x, tables)
    return {
        "functions": functions,
        "norm": norm,
        "coef": table(coef),
        "base": None if base is None else table(base),
        "activation": activation,
        "bias": None if layer.bias is None else table(layer.bias),
    }


class _Tables:
    """The tables that the page evaluates, each stored once for all layers."""

    def __init__(self) -> None:
        self.made: list[dict[str, Any]] = []
        self._places: dict[Hashable, int] = {}

    def add_basis(self, basis: Basis, row: Row, z: Tensor) -> int:
        """The place of the table of a basis with this grid, as far as z goes."""
        grid = tuple(map(torch.as_tensor, row))
        low, high = surround([*basis.domain(grid), *basis.breaks(grid).tolist()], z)
        key = basis, b"".join(t.tobytes() for t in row), low, high
        if key not in self._places:
            points, _ = changes(basis, row)
            lines = basis.linear_tails or not basis.affine
            self._keep(
                key, tabulate_functions(lambda u: expand(basis, u, row), low, high, points, lines)
            )
        return self._places[key]

    def add(self, name: Hashable, function: Callable[[Any], Any], *seen: Tensor) -> int:
        """The place of the table of a function of one number that is a line far from 0."""
        low, high = surround([-20.0, 20.0], *seen)
        key = name, low, high
        if key not in self._places:
            self._keep(key, tabulate_functions(lambda u: function(u)[..., None], low, high))
        return self._places[key]

    def _keep(self, key: Hashable, made: Polynomials) -> None:
        self._places[key] = len(self.made)
        ends, coef = (table(torch.from_numpy(array)) for array in made[:2])
        self.made.append({"ends": ends, "coef": coef})


@contextmanager
def _in_words(what: str) -> Iterator[None]:
    """Name the part in errors about functions that no table can represent."""
    try:
        yield
    except (AttributeError, TypeError, ValueError) as error:
        raise ValueError(
            f"explore expected functions that polynomials follow, got the {what}: {error}"
        ) from error


def _describe_norm(norm: Norm, x: Tensor, tables: _Tables) -> dict[str, Any]:
    exact = copy.deepcopy(norm).cpu().double().requires_grad_(False)
    trained = exact.affine_map()
    each = None
    if norm.mixes and norm.statistics_of is None:
        raise ValueError("it mixes features in a way of its own")
    if not norm.mixes and trained is None:
        each = tables.add(type(norm), lambda u: exact.of_feature(u, 0), x)
    return {
        "title": norm.title,
        "statistics_of": norm.statistics_of,
        "eps": norm.eps,
        "affine": None if trained is None else [table(t) for t in trained],
        "each": each,
        "feeds_base": norm.feeds_base,
    }


def _describe_functions(edges: SymbolicEdges) -> dict[str, Any]:
    found, bias = [], edges.bias.detach().clone()
    for edge in edges.edges():
        parts = edge.parts
        function = parts.core.to_config() if parts.function is None else parts.function.name
        a, b, c, d = parts.values
        if edge.o not in edges.products:  # the page has such constants at their node
            bias[edge.o] += d
        found.append({"i": edge.i, "o": edge.o, "function": function, "numbers": [a, b, c, d]})
    return {"edges": found, "bias": table(bias), "products": list(edges.products)}
