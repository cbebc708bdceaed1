"""A network whose edges are functions with names, some of them perhaps still curves."""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor, nn

from edgewise.interpret.edges import edge_values, handed_down
from edgewise.symbolic.constants import Constant, constant_named
from edgewise.symbolic.library import LIBRARY, Function, Library
from edgewise.nn import KANLinear
from edgewise.training.levenberg import Linearised, levenberg_marquardt

if TYPE_CHECKING:
    import sympy

    from edgewise.symbolic.report import Report


ROUNDING = 1e-9
"""So far outside of its domain a function's argument may be."""


@dataclass(frozen=True)
class Edge:
    """One symbolic edge: c · f(a x + b) + d, from input i to output o of its layer.

    d counts at nodes that multiply; those that add have a bias instead. The constants of a fixed
    edge are exact: no refit and no change of scale touches them.
    """

    i: int
    o: int
    function: Function
    a: float
    b: float
    c: float
    d: float = 0.0
    fixed: bool = False


class SymbolicEdges(Linearised):
    """y_o = bias_o + Σ_e c_e f_e(a_e x_i(e) + b_e), or at a node that multiplies
    y_o = bias_o + Π_e [c_e f_e(a_e x_i(e) + b_e) + d_e].

    Args:
        in_features: size of the input.
        bias: (out,), where to begin.
        edges: in any order.
        products: the outputs that multiply.

    Attributes:
        affine: (edges, 4), the a, b, c and d of each edge.
        bias: (out,).
        free: (edges, 4) and free_bias: (out,), False for constants that a refit leaves alone.

    Shape:
        (*, in) → (*, out)
    """

    affine: nn.Parameter
    bias: nn.Parameter
    free: Tensor
    free_bias: Tensor
    source: Tensor
    target: Tensor

    def __init__(
        self,
        in_features: int,
        bias: Tensor,
        edges: Sequence[Edge],
        products: Sequence[int] = (),
    ) -> None:
        super().__init__()
        self.in_features, self.out_features = in_features, len(bias)
        self.functions = [e.function for e in edges]
        self.ends = [(e.i, e.o) for e in edges]
        self.products = sorted(set(products) & {e.o for e in edges})
        rows = [[e.a, e.b, e.c, e.d if e.o in self.products else 0.0] for e in edges]
        constants = torch.tensor(rows, dtype=bias.dtype, device=bias.device).reshape(-1, 4)
        self.affine = nn.Parameter(constants)
        self.bias = nn.Parameter(bias.detach().clone())
        free = torch.ones(len(edges), 4, dtype=torch.bool, device=bias.device)
        factor = [o in self.products for _, o in self.ends]
        self.fixed = [e.fixed for e in edges]
        free[self.fixed] = False
        free[:, 3] &= torch.tensor(factor, dtype=torch.bool, device=bias.device)
        self.register_buffer("free", free, persistent=False)
        # Beside a product a constant would be one term more: it has none, unless given one.
        bound = {e.o for e in edges if e.fixed} | set(self.products)
        adds = [o not in bound for o in range(len(bias))]
        self.register_buffer("free_bias", torch.tensor(adds, device=bias.device), persistent=False)
        for name, column in (("source", 0), ("target", 1)):
            index = torch.tensor([e[column] for e in self.ends], dtype=torch.long)
            self.register_buffer(name, index.to(bias.device), persistent=False)
        names = [f.name for f in self.functions]
        # One call for each function, on all edges that have it.
        self._groups = [[k for k, m in enumerate(names) if m == n] for n in dict.fromkeys(names)]
        order = [k for group in self._groups for k in group]
        self._back = [order.index(k) for k in range(len(order))]
        self._sums = [k for k, is_factor in enumerate(factor) if not is_factor]
        self._factors = {
            o: [k for k, end in enumerate(self.ends) if end[1] == o] for o in self.products
        }

    def edges(self) -> list[Edge]:
        """The edges with their constants as numbers."""
        constants = self.affine.detach().tolist()
        parts = zip(self.ends, self.functions, constants, self.fixed, strict=True)
        return [Edge(i, o, f, a, b, c, d, fixed) for (i, o), f, (a, b, c, d), fixed in parts]

    def arguments(self, x: Tensor) -> Tensor:
        """a x_i + b of each edge; (*, in) → (*, edges)."""
        return x[..., self.source] * self.affine[:, 0] + self.affine[:, 1]

    def apply_functions(self, u: Tensor) -> Tensor:
        """f_e(u_e); (*, edges) → (*, edges)."""
        if len(self._groups) == 1:
            return self.functions[0](u)
        values = [self.functions[g[0]](u[..., g]) for g in self._groups]
        return torch.cat(values, -1)[..., self._back]

    def terms(self, x: Tensor) -> Tensor:
        """c f(a x + b) + d of each edge; (*, in) → (*, edges)."""
        f = self.apply_functions(self.arguments(x))
        terms = self.affine[:, 2] * f
        return terms + self.affine[:, 3] if self.products else terms

    def forward(self, x: Tensor) -> Tensor:
        y = self.bias.expand(*x.shape[:-1], -1)
        if not self.ends:
            return y + 0 * x[..., :1]
        terms = self.terms(x)
        if not self.products:
            return y.index_add(-1, self.target, terms)
        y = y.index_add(-1, self.target[self._sums], terms[..., self._sums])
        made = [terms[..., factors].prod(-1) for factors in self._factors.values()]
        where = torch.tensor(self.products, device=y.device)
        return y.index_add(-1, where, torch.stack(made, -1))

    def solved(self) -> list[Tensor]:
        return [self.affine, self.bias]

    def movable(self) -> Tensor:
        return torch.cat([self.free.flatten(), self.free_bias])

    @torch.no_grad()
    def derivatives(self, x: Tensor, slope: Tensor) -> Tensor:
        """By a, b, c and d of each edge, and by each bias; 0 for those that aren't free."""
        bias = slope * self.free_bias
        if not self.ends:
            return bias
        u = self.arguments(x)
        values, slopes = torch.empty_like(u), torch.empty_like(u)
        for g in self._groups:
            values[:, g], slopes[:, g] = self.functions[g[0]].value_and_slope(u[:, g])
        each = slope[:, self.target]
        if self.products:
            terms = self.affine[:, 2] * values + self.affine[:, 3]
            for factors in self._factors.values():
                for k in factors:
                    others = [n for n in factors if n != k]
                    each[:, k] = each[:, k] * terms[:, others].prod(-1)
        inner = each * self.affine[:, 2] * slopes
        by = torch.stack([inner * x[:, self.source], inner, each * values, each], -1)
        return torch.cat([(by * self.free).flatten(1), bias], 1)


class SymbolicLayer(nn.Module):
    """Symbolic edges, and the curves of a KAN layer for the rest.

    Shape:
        (*, in) → (*, out)
    """

    def __init__(self, symbolic: SymbolicEdges, numeric: KANLinear | None = None) -> None:
        super().__init__()
        self.symbolic = symbolic
        self.numeric = numeric

    @property
    def in_features(self) -> int:
        return self.symbolic.in_features

    @property
    def out_features(self) -> int:
        return self.symbolic.out_features

    def numeric_ends(self) -> list[tuple[int, int]]:
        """(input, output) of the edges that are still curves."""
        if self.numeric is None or self.numeric.mask is None:
            return []
        return [(int(i), int(o)) for i, o in self.numeric.mask.nonzero().tolist()]

    def forward(self, x: Tensor) -> Tensor:
        y: Tensor = self.symbolic(x)
        return y if self.numeric is None else y + self.numeric(x)


class SymbolicKAN(nn.Module):
    """A network of functions with names: what :func:`regress` finds.

    .. math:: y_o = b_o + \\sum_i c_{io}\\, f_{io}(a_{io} x_i + b_{io})

    in each layer, or at some nodes the product in place of the sum; edges that aren't there are 0,
    and some may still be the curves of a KAN layer.
    It is a torch module like any other, and reads as a formula.

    Attributes:
        report: what :func:`regress` found out; None for a model that was loaded.
        input_names, output_names: as formulas call them.

    Shape:
        (*, in_features) → (*, out_features)
    """

    def __init__(
        self,
        layers: Sequence[SymbolicLayer],
        *,
        input_names: Sequence[str] | None = None,
        inputs: Sequence[int] | None = None,
        in_features: int | None = None,
    ) -> None:
        super().__init__()
        self.layers = nn.ModuleList(layers)
        self.inputs = None if inputs is None else list(inputs)
        self.in_features = layers[0].in_features if in_features is None else in_features
        names = input_names or [f"x{i}" for i in range(self.in_features)]
        if len(names) != self.in_features:
            raise ValueError(
                f"SymbolicKAN expected {self.in_features} input names, got {list(names)}"
            )
        self.input_names = [str(n) for n in names]
        self.report: Report | None = None
        self.snapped: dict[tuple[Any, ...], Constant] = {}
        """Constants that are known exactly, by (layer, edge, "a"|"b"|"c") or (layer, output)."""

    def stack(self) -> list[SymbolicLayer]:
        """The layers, as what they are."""
        return [layer for layer in self.layers if isinstance(layer, SymbolicLayer)]

    @property
    def out_features(self) -> int:
        return self.stack()[-1].out_features

    @property
    def widths(self) -> list[int]:
        """Features at the input, at each hidden layer and at the output."""
        return [self.stack()[0].in_features, *(layer.out_features for layer in self.stack())]

    @property
    def is_symbolic(self) -> bool:
        """Whether every edge has a function."""
        return not any(layer.numeric_ends() for layer in self.layers)  # type: ignore[operator]

    @torch.no_grad()
    def defined(self, x: Tensor) -> Tensor:
        """Rows at which every function is what its name says: elsewhere the network continues it.

        Shape:
            (*, in_features) → (*,), bool
        """
        h = self.select(x)
        inside = torch.ones(h.shape[:-1], dtype=torch.bool, device=h.device)
        for layer in self.stack():
            edges = layer.symbolic
            if edges.ends:
                u = edges.arguments(h)
                for k, f in enumerate(edges.functions):
                    inside &= f.defined(u[..., k], ROUNDING)
            h = layer(h)
        return inside

    def select(self, x: Tensor) -> Tensor:
        """The features of x that the first layer reads."""
        if x.dim() == 0 or x.shape[-1] != self.in_features:
            raise ValueError(
                f"SymbolicKAN expected inputs with last dimension {self.in_features}, got shape "
                f"{tuple(x.shape)}: pass all features, in the order {self.input_names}"
            )
        return x if self.inputs is None else x[..., self.inputs]

    def forward(self, x: Tensor) -> Tensor:
        x = self.select(x)
        for layer in self.layers:
            x = layer(x)
        return x

    def formula(self, output: int | None = None, *, simplify: bool = True) -> Any:
        """The outputs as sympy expressions of the inputs; one of them, or all if there are more.

        Raises:
            ValueError: if some edges are still curves, which no formula holds.
        """
        from edgewise.symbolic.formula import expressions

        found = expressions(self, simplify=simplify)
        if output is not None:
            return found[output]
        return found[0] if len(found) == 1 else found

    def latex(self, output: int | None = None, digits: int = 4) -> Any:
        """:meth:`formula` in LaTeX, numbers rounded to so many digits."""
        import sympy

        from edgewise.symbolic.formula import rounded

        found = self.formula(output)
        if isinstance(found, list):
            return [sympy.latex(rounded(f, digits)) for f in found]
        return sympy.latex(rounded(found, digits))

    def numpy(self) -> Callable[[Any], Any]:
        """The model as a function of a numpy array (rows, in_features) to (rows, out_features)."""
        import numpy as np

        expressions: list[sympy.Expr] = self.formula()
        expressions = expressions if isinstance(expressions, list) else [expressions]
        from edgewise.symbolic.formula import symbols_of, to_numpy

        functions = [to_numpy(e, symbols_of(self.input_names)) for e in expressions]

        def call(x: Any) -> Any:
            x = np.asarray(x, dtype=np.float64)
            columns = [x[:, i] for i in range(self.in_features)]
            return np.stack([np.broadcast_to(f(*columns), len(x)) for f in functions], 1)

        return call

    def refine(self, x: Tensor, y: Tensor, steps: int = 50) -> SymbolicKAN:
        """A model whose constants fit the data better; snapped ones stay.

        Shape:
            x: (rows, in_features), y: (rows, out_features)
        """
        new = copy.deepcopy(self)
        like = new.stack()[0].symbolic.bias
        levenberg_marquardt(new, (x.to(like), y.to(like)), steps=steps)
        return new

    def hold(self, place: tuple[Any, ...]) -> None:
        """Leave a constant, named as in ``snapped``, out of refits."""
        symbolic = self.stack()[place[0]].symbolic
        if len(place) == 2:
            symbolic.free_bias[place[1]] = False
        else:
            symbolic.free[place[1], "abcd".index(place[2])] = False

    def product_nodes(self) -> list[list[int]]:
        """For each layer the outputs that multiply."""
        return [layer.symbolic.products for layer in self.stack()]

    def edge_labels(self) -> list[list[list[str | None]]]:
        """For each layer, input and output the name of the function; None for curves and gaps."""
        found = []
        for layer in self.stack():
            table: list[list[str | None]] = [
                [None] * layer.out_features for _ in range(layer.in_features)
            ]
            for (i, o), f in zip(layer.symbolic.ends, layer.symbolic.functions, strict=True):
                table[i][o] = f.name
            found.append(table)
        return found

    @torch.no_grad()
    def edge_curves(self, x: Tensor, points: int = 60) -> list[tuple[Tensor, Tensor]]:
        """For each layer the points (in, n) and what each edge makes of them (in, out, n)."""
        found, h = [], self.select(x)
        for layer in self.stack():
            share = torch.linspace(0, 1, points, dtype=h.dtype, device=h.device)
            at = torch.lerp(h.amin(0)[:, None], h.amax(0)[:, None], share)
            found.append((at, layer_edge_values(layer, at.t()).permute(1, 2, 0)))
            h = layer(h)
        return found

    @torch.no_grad()
    def edge_scores(self, x: Tensor) -> list[Tensor]:
        """For each layer (in, out): pykan's backward attribution of each edge."""
        h, edges, nodes = self.select(x), [], []
        for layer in self.stack():
            edges.append(layer_edge_values(layer, h).std(0))
            h = layer(h)
            nodes.append(h.std(0))
        return handed_down(edges, nodes, torch.ones_like(nodes[-1]))

    def to_config(self) -> dict[str, Any]:
        """The architecture as JSON-able data; functions by their names."""
        layers = []
        for layer in self.stack():
            numeric = None if layer.numeric is None else layer.numeric.to_config()
            layers.append(
                {
                    "in_features": layer.in_features,
                    "out_features": layer.out_features,
                    "ends": layer.symbolic.ends,
                    "functions": [f.name for f in layer.symbolic.functions],
                    "products": layer.symbolic.products,
                    "fixed": layer.symbolic.fixed,
                    "numeric": numeric,
                }
            )
        return {
            "model": "SymbolicKAN",
            "layers": layers,
            "input_names": self.input_names,
            "inputs": self.inputs,
            "in_features": self.in_features,
            "snapped": [[list(k), str(v)] for k, v in self.snapped.items()],
        }

    @classmethod
    def from_config(
        cls,
        config: dict[str, Any],
        *,
        library: Library = LIBRARY,
        device: torch.device | str | None = None,
        dtype: torch.dtype | None = None,
    ) -> SymbolicKAN:
        """The model that :meth:`to_config` described, with constants still to be loaded.

        Raises:
            KeyError: if a function isn't in the library.
        """
        layers = []
        for c in config["layers"]:
            bias = torch.zeros(c["out_features"], device=device, dtype=dtype)
            ends = zip(c["ends"], c["functions"], c["fixed"], strict=True)
            edges = [
                Edge(i, o, library[name], 1.0, 0.0, 1.0, fixed=fixed)
                for (i, o), name, fixed in ends
            ]
            numeric = c["numeric"]
            if numeric is not None:
                numeric = KANLinear.from_config(numeric, device=device, dtype=dtype)
            symbolic = SymbolicEdges(c["in_features"], bias, edges, c["products"])
            layers.append(SymbolicLayer(symbolic, numeric))
        model = cls(
            layers,
            input_names=config["input_names"],
            inputs=config["inputs"],
            in_features=config["in_features"],
        )
        model.snapped = {tuple(k): constant_named(v) for k, v in config["snapped"]}
        for place in model.snapped:  # as regress left them: refits don't touch them
            model.hold(place)
        return model

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write constants and structure to one safetensors file, as :func:`edgewise.save` does."""
        from edgewise.models.io import save

        save(self, path)

    @classmethod
    def load(cls, path: str | os.PathLike[str], *, library: Library = LIBRARY) -> SymbolicKAN:
        """Read a file of :meth:`save`.

        Args:
            library: where the names in the file find their functions; nothing in the file is
                evaluated.

        Raises:
            ValueError: if the file is damaged, of another kind, or names a function that the
                library hasn't.
        """
        from edgewise.models.io import read

        config, state = read(path)
        if config.get("model") != "SymbolicKAN":
            raise ValueError(
                f"expected a SymbolicKAN in {Path(path)}, got a {config.get('model')}: it is for "
                "edgewise.load"
            )
        try:
            dtype = next((t.dtype for t in state.values() if t.is_floating_point()), None)
            model = cls.from_config(config, library=library, dtype=dtype)
            model.load_state_dict(state)
        except (KeyError, TypeError, RuntimeError, ValueError, IndexError) as error:
            raise ValueError(
                f"expected constants that fit their description in {Path(path)}, got "
                f"{json.dumps(str(error))}: pass the library that it was made with"
            ) from error
        return model

    def extra_repr(self) -> str:
        return f"{self.in_features} → {self.out_features}"


@torch.no_grad()
def layer_edge_values(layer: SymbolicLayer, x: Tensor) -> Tensor:
    """What each edge adds; (rows, in) → (rows, in, out)."""
    symbolic = layer.symbolic
    values = x.new_zeros(len(x), layer.in_features, layer.out_features)
    if symbolic.ends:
        terms = symbolic.terms(x)
        for k, (i, o) in enumerate(symbolic.ends):
            values[:, i, o] = terms[:, k]
    if layer.numeric is not None:
        values = values + edge_values(layer.numeric, x)
    return values
