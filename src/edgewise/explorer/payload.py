"""What the explorer is given: a network and some rows of data as JSON-able data.

Tables of numbers travel as base64 of little-endian float64, so that the page has every bit.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from edgewise.engines.activation import ACTIVATIONS
from edgewise.explain.attribution import attribute
from edgewise.explain.names import check_names
from edgewise.explorer.edited import EditedKAN
from edgewise.explorer.parts import Part, as_stack, parts_of, widths_of
from edgewise.explorer.scaling import Scaling, read_scaling
from edgewise.grids.layers import as_input
from edgewise.nn import KANLinear
from edgewise.nn.inspect import keep_modes
from edgewise.nn.norm_base import Norm
from edgewise.nn.reading import read_real, read_rows
from edgewise.search.subsample import pick_evenly
from edgewise.symbolic.edges import SymbolicEdges
from edgewise.symbolic.network import SymbolicKAN

BASES = (
    *("bspline", "gaussian", "rswaf", "fourier", "chebyshev", "legendre", "jacobi", "gegenbauer"),
    *("hermite", "sine", "wavelet", "relukan"),
)
"""The bases that `frontend/src/bases.ts` evaluates."""
NORMS = ("layer", "affine", "standard", "tanh", "batch_minmax")
"""The normalisations that `frontend/src/network.ts` computes."""
MOST_EDGES = 20_000


def describe(
    model: nn.Module,
    x: Any,
    y: Any = None,
    *,
    input_names: Sequence[str] | None = None,
    output_names: Sequence[str] | None = None,
    scaler: Any = None,
    output_scaler: Any = None,
    rows: int = 1000,
) -> dict[str, Any]:
    """Everything that the page shows; raises as :func:`edgewise.explore` does."""
    base = as_stack("explore", model.base if isinstance(model, EditedKAN) else model)
    parts = parts_of("explore", base)
    for k, part in enumerate(parts):
        _check_part(k, part)
    widths = widths_of(parts)
    edges = sum(int(part.exists().sum()) for part in parts)
    if edges > MOST_EDGES:
        raise ValueError(
            f"explore expected at most {MOST_EDGES:,} edges, got {edges:,}: ew.prune(model, x) "
            "makes a smaller network"
        )
    data = as_input(base, x)
    data = data.reshape(-1, data.shape[-1])
    targets = None if y is None else _targets(y, len(data), widths[-1])
    with torch.no_grad(), keep_modes(base):
        base.eval()
        scores = _scores(base, data)
        few = torch.from_numpy(pick_evenly(len(data), rows))
        shown = base.select(data[few.to(data.device)]).double()
        read = list(range(widths[0])) if base.inputs is None else list(base.inputs)
        names = check_names(
            "input_names",
            base.input_names if input_names is None else input_names,
            "x",
            base.in_features,
        )
        scaling = read_scaling("scaler", scaler, base.in_features)
        outputs = read_scaling("output_scaler", output_scaler, widths[-1])
        return {
            "widths": widths,
            "input_names": [names[i] for i in read],
            "output_names": check_names("output_names", output_names, "y", widths[-1]),
            "input_scaling": _scale(scaling, read),
            "output_scaling": _scale(outputs, range(widths[-1])),
            "layers": [_describe_part(part) for part in parts],
            "scores": [table(s) for s in scores],
            "x": table(shown),
            "y": None if targets is None else table(targets[few.to(targets.device)].double()),
            "classes": targets is not None and not targets.is_floating_point(),
            "rows": len(data),
            "log": model.log() if isinstance(model, EditedKAN) else None,
        }


def table(values: Tensor) -> dict[str, Any]:
    """Numbers as the page reads them."""
    array = values.detach().cpu().double().numpy()
    data = base64.b64encode(np.ascontiguousarray(array, dtype="<f8").tobytes()).decode("ascii")
    return {"shape": list(array.shape), "data": data}


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


def _check_part(k: int, part: Part) -> None:
    """Raises ValueError for what the page can't compute."""
    layer = part.numeric
    if layer is None:
        return
    if layer.basis.name not in BASES:
        raise ValueError(
            f"explore expected a basis among {', '.join(BASES)}, got {layer.basis.name!r} in layer "
            f"{k}, which the page can't evaluate: edgewise.grids.convert makes another of it"
        )
    if layer.norm_name is not None and layer.norm_name not in NORMS:
        raise ValueError(
            f"explore expected a normalisation among {', '.join(NORMS)}, got {layer.norm_name!r} "
            f"in layer {k}, which the page can't compute"
        )
    if layer.base_weight is not None and layer.activation.name not in ACTIVATIONS:
        raise ValueError(
            f"explore expected a base activation among {', '.join(ACTIVATIONS)}, got "
            f"{layer.base!r} in layer {k}, which the page can't compute"
        )


def _describe_part(part: Part) -> dict[str, Any]:
    return {
        "in": part.widths[0],
        "out": part.widths[1],
        "mixes": part.mixes_features,
        "exists": part.exists().flatten().int().tolist(),
        "numeric": None if part.numeric is None else _describe_curves(part.numeric),
        "symbolic": None if part.symbolic is None else _describe_functions(part.symbolic),
        "post": None if part.post is None else [table(p) for p in part.post.parameters()],
    }


def _describe_curves(layer: KANLinear) -> dict[str, Any]:
    coef, base = layer.edge_weights()
    return {
        "basis": layer.basis.to_config(),
        "grid": [table(t) for t in layer.grid],
        "tails": _describe_tails(layer) if layer.basis.linear_tails else None,
        "norm": _describe_norm(layer.norm),
        "coef": table(coef),
        "base": None if base is None else table(base),
        "activation": layer.activation.name,
        "bias": None if layer.bias is None else table(layer.bias),
    }


def _describe_tails(layer: KANLinear) -> dict[str, Any]:
    """The ends of the domain of each input, and the slopes with which functions go on there.

    Shape:
        ends: (2, in); slopes: (2, in, num_basis)
    """
    basis, like = layer.basis, layer.coef
    each = (torch.as_tensor(end, dtype=like.dtype) for end in basis.ends(layer.grid))
    ends = torch.stack([end.to(like).expand(layer.in_features) for end in each]).double()
    slopes = basis.slopes(ends, tuple(t.double() for t in layer.grid))
    return {"ends": table(ends), "slopes": table(slopes)}


def _describe_norm(norm: Norm | None) -> dict[str, Any] | None:
    if norm is None:
        return None
    trained = [table(t) for t in norm.affine_map() or ()]
    return {
        "name": norm.name,
        "title": norm.title,
        "trained": trained,
        "feeds_base": norm.feeds_base,
    }


def _describe_functions(edges: SymbolicEdges) -> dict[str, Any]:
    found = []
    for edge in edges.edges():
        function = edge.function
        tree = function.name if function.tree is None else function.tree.to_config()
        found.append({"i": edge.i, "o": edge.o, "function": tree, "numbers": list(edge.values())})
    return {"edges": found, "bias": table(edges.bias), "products": list(edges.products)}
