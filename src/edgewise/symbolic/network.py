"""`SymbolicKAN`: a network whose edges are formulas, or still curves of a KAN."""

from __future__ import annotations

import copy
import json
import os
import warnings
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from edgewise._checks import check_flags, read_count
from edgewise._tensors import Device, DType
from edgewise.certify.stack import Stage, read_stages
from edgewise.explain.attribution import score_moments
from edgewise.explain.cut import cut_network, read_inputs
from edgewise.explain.edges import moments
from edgewise.formula.constants import Constant
from edgewise.formula.continuation import is_defined
from edgewise.formula.expression import Expression, Input
from edgewise.formula.library import LIBRARY, Library
from edgewise.formula.printing import to_latex
from edgewise.formula.printing.text import in_sympy
from edgewise.formula.program import Program
from edgewise.formula.simplify import simplify_tree
from edgewise.functional import check_same_device
from edgewise.models import io
from edgewise.models.layered import Layered
from edgewise.models.widths import Level, slice_layers
from edgewise.nn.reading import read_features
from edgewise.nn.selection import Selection
from edgewise.symbolic import drawing, earlier_files, files  # noqa: F401  reads earlier files
from edgewise.symbolic.bounds import stage_of
from edgewise.symbolic.edges import Bias, ConstantIndex, Edge, SymbolicEdges
from edgewise.symbolic.mixed_layer import SymbolicLayer
from edgewise.symbolic.trees import trees_of
from edgewise.training.levenberg import levenberg_marquardt

__all__ = ["Bias", "Edge", "SymbolicEdges", "SymbolicKAN", "SymbolicLayer"]

ROUNDING = 1e-9
"""An argument may be this far outside a function's domain."""


def _make_with_functions(model: SymbolicKAN) -> io.Maker:
    """A reader of descriptions with the functions that this model uses."""
    functions = [f for layer in model.stack() for f in layer.symbolic.functions().values()]
    return partial(SymbolicKAN.from_config, library=LIBRARY.with_functions(*functions))


@io.savable("SymbolicKAN", _make_with_functions)
class SymbolicKAN(Layered):
    """A network of formulas, the result of :func:`regress`.

    .. math:: y_o = b_o + \\sum_i f_{io}(x_i)

    in each layer; some nodes multiply instead of adding. Each f is a formula of one input, usually
    c · f(a x + b) + d. Missing edges are 0, and some edges may still be curves of a KAN layer.
    It is a torch module like any other, and reads as a formula.

    Args:
        layers: the layers, from the inputs on.
        input_names: names of all features of x; by default x0, x1, ….
        inputs: the features that the first layer reads; None for all.
        in_features: how many features x has, if the first layer reads some only.

    Attributes:
        report: the report of the function that made this model (:func:`regress`,
            :func:`edgewise.prune` or :func:`~edgewise.surgery.fix_edge`), or None; not saved.
        input_names, output_names: the names in formulas.

    Shape:
        (*, in_features) → (*, out_features)

    Example:
        >>> import torch, edgewise as ew
        >>> model = ew.surgery.from_formula("2*exp(x0) + x1**2")
        >>> model.widths, model.is_symbolic, str(model.formula())
        ([2, 1], True, 'x1**2 + 2*exp(x0)')
        >>> model(torch.tensor([[0.0, 3.0]], dtype=torch.float64)).item()
        11.0
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
        width, device = layers[0].in_features, layers[0].symbolic.bias.device
        self.select = Selection("SymbolicKAN", width, inputs, in_features, device)
        names = input_names or [f"x{i}" for i in range(self.in_features)]
        if len(names) != self.in_features:
            raise ValueError(
                f"SymbolicKAN expected {self.in_features} input names, got {list(names)}"
            )
        self.input_names = [str(n) for n in names]
        self.report: Any = None

    def stack(self) -> list[SymbolicLayer]:
        return [layer for layer in self.layers if isinstance(layer, SymbolicLayer)]

    def __getitem__(self, index: int | slice) -> SymbolicKAN:
        """A network of copies of consecutive layers, ``model[1:]``, or of one layer, ``model[0]``.

        Raises:
            IndexError: if there is no such layer.
            ValueError: if there are no layers, or they aren't consecutive.
        """
        chosen = slice_layers("SymbolicKAN", len(self), index)
        layers = copy.deepcopy([self.stack()[k] for k in chosen])
        if chosen[0]:
            return SymbolicKAN(layers).train(self.training)
        names, width = self.input_names, self.in_features
        part = SymbolicKAN(layers, input_names=names, inputs=self.inputs, in_features=width)
        return part.train(self.training)

    @property
    def out_features(self) -> int:
        return self.stack()[-1].out_features

    def levels(self) -> list[Level]:
        layers = self.stack()
        return [Level(layers[0].in_features), *(Level(layer.out_features) for layer in layers)]

    def owners(self, k: int) -> Tensor:
        layer = self.stack()[k]
        return torch.arange(layer.out_features, device=layer.symbolic.bias.device)

    def combine(self, k: int, y: Tensor) -> Tensor:
        return y

    def edge_products(self, k: int) -> list[int]:
        return self.stack()[k].symbolic.products

    def free_levels(self) -> list[bool]:
        return [not layer.mixes_features for layer in self.stack()]

    @property
    def mixes_features(self) -> bool:
        return not all(self.free_levels())

    @property
    def is_symbolic(self) -> bool:
        """Whether every edge has a function."""
        return not any(layer.numeric_ends() for layer in self.layers)  # type: ignore[operator]

    @torch.no_grad()
    def is_defined(self, x: Tensor) -> Tensor:
        """Rows at which all functions are defined; elsewhere the network continues them smoothly.

        Shape:
            (*, in_features) → (*,), bool
        """
        h = self._read(x)
        inside = torch.ones(h.shape[:-1], dtype=torch.bool, device=h.device)
        for layer in self.stack():
            edges = layer.symbolic
            if edges.ends:
                for edge in edges.edges():
                    inside &= is_defined(edge.tree, h[..., edge.i], ROUNDING)
            h = layer(h)
        return inside

    def _read(self, x: Tensor) -> Tensor:
        """The features that the first layer reads."""
        h: Tensor = self.select(x)
        check_same_device(h, self.stack()[0].symbolic.bias, "SymbolicKAN")
        return h

    def __getattr__(self, name: str) -> Any:
        if name == "fixing":
            text = "SymbolicKAN.fixing is SymbolicKAN.report now"
            warnings.warn(text, DeprecationWarning, stacklevel=2)
            return self.report
        return super().__getattr__(name)

    def forward(self, x: Tensor) -> Tensor:
        x = self._read(x)
        for layer in self.layers:
            x = layer(x)
        return x

    def formula(self, output: int | None = None, *, simplify: bool = True) -> Any:
        """The outputs as sympy expressions of the inputs; a list if there are several.

        Raises:
            ValueError: if some edges are still curves, or there is no such output.
        """
        import sympy

        symbols = [sympy.Symbol(n) for n in self._names()]
        trees = self._chosen_trees(output, simplify)
        formulas = [sympy.sympify(in_sympy(tree, symbols)) for tree in trees]
        return formulas[0] if len(formulas) == 1 else formulas

    def _chosen_trees(self, output: int | None, simplify: bool = True) -> list[Expression]:
        check_flags("formula", simplify=simplify)
        trees = self.trees()
        if output is not None:
            output = read_count("formula", "output", output, -self.out_features)
            if output >= self.out_features:
                raise ValueError(
                    f"formula expected an output from 0 to {self.out_features - 1}, got {output}"
                )
            trees = [trees[output]]
        return [simplify_tree(t) for t in trees] if simplify else trees

    def trees(self) -> list[Expression]:
        """The formula of each output; exact numbers are exact, zeros and ones left out.

        Raises:
            ValueError: if some edges are still curves.
        """
        read = range(self.in_features) if self.inputs is None else self.inputs
        return trees_of(self.stack(), [Input(i) for i in read])

    def _names(self) -> list[str]:
        """The names of the inputs, which have to be different in a formula."""
        if len(set(self.input_names)) != len(self.input_names):
            raise ValueError(
                f"formula expected different input names, got {self.input_names}: set "
                "model.input_names"
            )
        return self.input_names

    def latex(self, output: int | None = None, digits: int = 4) -> Any:
        """:meth:`formula` in LaTeX, its numbers rounded to `digits` significant digits.

        Raises:
            ValueError: as :meth:`formula`, or if the digits aren't an integer of at least 1.
        """
        texts = [to_latex(tree, self._names(), digits) for tree in self._chosen_trees(output)]
        return texts[0] if len(texts) == 1 else texts

    def _repr_latex_(self) -> str | None:
        """The formulas for notebooks; None while edges are curves, or inputs have one name."""
        if not self.is_symbolic or len(set(self.input_names)) != self.in_features:
            return None
        if self.out_features == 1:
            return f"$\\displaystyle y = {self.latex()}$"
        lines = [f"y_{{{k}}} &= {text}" for k, text in enumerate(self.latex())]
        return r"$\begin{aligned}" + r" \\ ".join(lines) + r"\end{aligned}$"

    def numpy(self) -> Callable[[Any], Any]:
        """The model as a numpy function of (rows, in_features) → (rows, out_features).

        It raises ValueError for an array of another shape, or that isn't numeric.
        """
        import numpy as np

        programs = [Program(tree) for tree in self.trees()]

        def call(x: Any) -> Any:
            rows = read_features("numpy", x, self.in_features)
            return np.stack([program.values(rows) for program in programs], 1)

        return call

    def refine(
        self, x: Tensor, y: Tensor, steps: int = 50, *, damping: float = 1e-3
    ) -> SymbolicKAN:
        """A model with its constants refitted to data; exact ones don't change.

        Args:
            damping: initial damping; use a small one if constants are nearly right.

        Shape:
            x: (rows, in_features), y: (rows, out_features)

        Raises:
            ValueError: as :func:`edgewise.training.levenberg_marquardt`.
        """
        new = copy.deepcopy(self)
        levenberg_marquardt(new, (x, y), steps=steps, damping=damping)
        return new

    def exact_constants(self) -> dict[ConstantIndex, Constant]:
        """The exact constants by index, without exponents of the library's powers."""
        known: dict[ConstantIndex, Constant] = {}
        for k, layer in enumerate(self.stack()):
            for e, edge in enumerate(layer.symbolic.edges()):
                for n, number in enumerate(edge.numbers):
                    if number.exact is not None and not edge.is_of_function(number):
                        known[ConstantIndex(k, e, n)] = number.exact
            for o, bias in enumerate(layer.symbolic.biases()):
                if bias.number.exact is not None:
                    known[ConstantIndex(k, None, o)] = bias.number.exact
        return known

    # The interface for plots.

    def product_nodes(self) -> list[list[int]]:
        return [layer.symbolic.products for layer in self.stack()]

    def edge_labels(self) -> list[list[list[str | None]]]:
        """The name of the function for each layer, input and output; None for curves and gaps."""
        return drawing.edge_labels(self.stack())

    def edge_formulas(self) -> list[list[list[str | None]]]:
        """The labels with all constants, as formulas that matplotlib sets."""
        return drawing.edge_formulas(self.stack())

    def node_constants(self) -> list[list[str | None]]:
        """The constant that each output of each layer adds to its edges; None for 0."""
        return drawing.node_constants(self.stack())

    def edge_curves(self, x: Tensor, points: int = 60) -> list[tuple[Tensor, Tensor]]:
        """For each layer, points (in, n) and each edge's values at them (in, out, n)."""
        return drawing.edge_curves(self.stack(), self.select(x), points)

    def edge_scores(self, x: Tensor) -> list[Tensor]:
        """The scores of edges of :func:`~edgewise.attribute`, (in, out) for each layer."""
        return score_moments(self, moments(self, x), "backward")[0]

    # Files.

    def to_config(self) -> dict[str, Any]:
        """The architecture as JSON-able data; functions by their names."""
        return files.describe(self.stack(), self.input_names, self.inputs, self.in_features)

    @classmethod
    def from_config(
        cls,
        config: dict[str, Any],
        *,
        library: Library = LIBRARY,
        device: Device = None,
        dtype: DType = None,
    ) -> SymbolicKAN:
        """The model that :meth:`to_config` described; its constants have to be loaded.

        Raises:
            ValueError: if the data describe no model, or a function isn't in the library.
        """
        found = files.read_description(config, library, device, dtype)
        return cls(
            found.layers,
            input_names=found.input_names,
            inputs=found.inputs,
            in_features=found.in_features,
        )

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write constants and structure to one safetensors file, as :func:`edgewise.save` does."""
        io.save(self, path)

    @classmethod
    def load(cls, path: str | os.PathLike[str], *, library: Library = LIBRARY) -> SymbolicKAN:
        """Read a file of :meth:`save`.

        Args:
            library: the functions that names in the file refer to; nothing in the file is
                evaluated.

        Raises:
            ValueError: if the file is damaged, of another kind, or names a function that isn't in
                the library.
        """
        config, state = io.read(path)
        if config["model"] != "SymbolicKAN":
            raise ValueError(
                f"expected a SymbolicKAN in {Path(path)}, got a {config['model']}: it is for "
                "edgewise.load"
            )
        try:
            model = io.build(partial(cls.from_config, library=library), config, state)
        except io.DAMAGE as error:
            raise ValueError(
                f"expected constants that fit their description in {Path(path)}, got "
                f"{json.dumps(str(error))}: pass the library that it was made with"
            ) from error
        return model

    def extra_repr(self) -> str:
        return f"{self.in_features} → {self.out_features}"


@cut_network.register
def _(
    model: SymbolicKAN,
    keep: Sequence[Tensor],
    constants: Sequence[Tensor],
    nodes: Sequence[Tensor],
) -> SymbolicKAN:
    layers = [
        layer.cut(keep[k], constants[k], nodes[k], nodes[k + 1])
        for k, layer in enumerate(model.stack())
    ]
    inputs = model.inputs
    if len(nodes[0]) < model.widths[0]:
        inputs = read_inputs(model, nodes[0])
    return SymbolicKAN(
        layers, input_names=model.input_names, inputs=inputs, in_features=model.in_features
    ).train(model.training)


@read_stages.register
def _(model: SymbolicKAN, owner: str) -> list[Stage]:
    return [stage_of(owner, layer) for layer in model.stack()]
