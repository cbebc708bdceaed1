"""Proven bounds of the functions in a network of formulas, for certificates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from edgewise._arrays import Array
from edgewise.certify.intervals import Interval
from edgewise.certify.stack import EdgeFunctions, Stage, read_layer
from edgewise.certify.taylor_models import Jet, concatenate
from edgewise.engines.activation import IDENTITY
from edgewise.formula.expression import Expression, Input
from edgewise.formula.function import Function
from edgewise.formula.module import FormulaModule
from edgewise.formula.program import Arithmetic, Program
from edgewise.symbolic.mixed_layer import SymbolicLayer
from edgewise.symbolic.trees import edge_tree


def stage_of(owner: str, layer: SymbolicLayer) -> Stage:
    """A layer of a network as a stage of a certificate; its nodes only add.

    Raises:
        ValueError: if a function has no known bounds.
    """
    symbolic = layer.symbolic
    bias = symbolic.bias.detach().cpu().double().numpy()
    stage = None if layer.numeric is None else read_layer(owner, layer.numeric)
    parts: tuple[EdgeFunctions, ...] = () if stage is None else stage.parts
    if symbolic.ends:
        trees: list[list[Expression]] = [[] for _ in range(layer.in_features)]
        slots = max(sum(i == end[0] for end in symbolic.ends) for i in range(layer.in_features))
        weights = np.zeros((layer.in_features, slots, layer.out_features))
        for edge in symbolic.edges():
            weights[edge.i, len(trees[edge.i]), edge.o] = 1.0
            trees[edge.i].append(edge_tree(edge, Input(0)))
        functions = FunctionPart(tuple(map(tuple, trees)), weights)
        functions.check(owner)
        parts = (*parts, cast(EdgeFunctions, functions))
    if not parts:
        nothing = np.zeros((layer.in_features, 1, layer.out_features))
        parts = (EdgeFunctions(None, (), None, IDENTITY, nothing, False),)
    if stage is None:
        return Stage(parts, bias, None)
    return Stage(parts, bias + stage.bias, stage.norm)


@dataclass(frozen=True, eq=False)
class FunctionPart:
    """The functions on the edges of a layer, with the methods of :class:`.EdgeFunctions`.

    Attributes:
        trees: the functions of each input, as formulas of x0.
        weights: (in, features, out), 1 where a function belongs to an edge. Inputs with fewer
            functions are padded with features of 0.
    """

    trees: tuple[tuple[Expression, ...], ...]
    weights: Array
    grids: tuple[Array, ...] = ()
    norm: None = None
    base: None = None
    standardized: bool = False
    feeds_base: bool = False

    @property
    def basis(self) -> FunctionPart:
        """The object that evaluates the features: the part itself."""
        return self

    def key(self, i: int) -> int:
        """A key that inputs with the same functions share."""
        return i

    def is_smooth(self, i: int) -> bool:
        """Whether the functions of an input have continuous slopes; all known ones do."""
        return True

    def changes(self, i: int) -> tuple[Array, Array, float]:
        """The points at which the formula changes: none."""
        return np.zeros(0), np.zeros(0), 0.0

    def check(self, owner: str) -> None:
        """Raise ValueError for a function without known bounds."""
        near = Jet.begin(Interval.of(np.zeros(1)), np.ones(1))
        for tree in {tree.key: tree for row in self.trees for tree in row}.values():
            try:
                self._expand(tree, near)
            except _NoBounds as error:
                raise ValueError(
                    f"{owner} expected functions among {', '.join(KNOWN)}, sums, products and "
                    f"integer powers of them, got {error}, whose bounds aren't "
                    "known: use edgewise.export.to_onnx"
                ) from error

    def evaluate(self, z: Tensor, grid: tuple[Tensor, ...]) -> Tensor:
        """The features at rows; (rows, in) → (rows, in, features)."""
        found = z.new_zeros(*z.shape, self.weights.shape[1])
        for i, row in enumerate(self.trees):
            for slot, tree in enumerate(row):
                found[..., i, slot] = FormulaModule(tree).requires_grad_(False)(z[..., i : i + 1])
        return found

    def expand(self, inputs: NDArray[np.intp], x: Jet) -> Jet:
        """The features of a jet, of the input that each piece belongs to.

        Shape:
            inputs, x: (pieces,) → (pieces, features)
        """
        places = [np.flatnonzero(inputs == i) for i in np.unique(inputs)]
        each = [self._expand_input(inputs[place[0]], x[place]) for place in places]
        return concatenate(each, axis=0)[np.argsort(np.concatenate(places))]

    def _expand_input(self, i: int, x: Jet) -> Jet:
        """The features of a jet of one input; (pieces,) → (pieces, features)."""
        row = [self._expand(tree, x) for tree in self.trees[i]]
        zero = Jet.read(np.zeros_like(x.range.lo))
        return Jet.stack(row + [zero] * (self.weights.shape[1] - len(row)))

    def _expand(self, tree: Expression, z: Jet) -> Jet:
        program = Program(tree)
        numbers = [Jet.read(np.full_like(z.range.lo, n)) for n in program.numbers]
        made: Jet = program.run(_Column(z), numbers, JETS)[-1]
        return made


@dataclass(frozen=True)
class _Column:
    """The single input of a function, in the form that :meth:`.Program.run` indexes."""

    z: Jet

    def __getitem__(self, place: Any) -> Jet:
        return self.z


class _NoBounds(Exception):
    """A function has no known bounds; the message is its name."""


KNOWN: dict[str, Callable[[Jet], Jet]] = {
    "exp": Jet.exp,
    "tanh": Jet.tanh,
    "sin": Jet.sin,
    "cos": Jet.cos,
    "gaussian": lambda u: (-u.square()).exp(),
}


class _Jets:
    """Arithmetic of jets of intervals."""

    def add(self, parts: Sequence[Jet]) -> Jet:
        return reduce(lambda a, b: a + b, parts)

    def multiply(self, parts: Sequence[Jet]) -> Jet:
        return reduce(lambda a, b: a * b, parts)

    def power(self, base: Jet, exponent: Jet, known: float | None) -> Jet:
        if known is None or known != int(known) or not 1 <= known <= 12:
            raise _NoBounds("x**y" if known is None else f"x**{known:g}")
        return base ** int(known)

    def apply(self, function: Function, argument: Jet) -> Jet:
        if function.name not in KNOWN:
            raise _NoBounds(function.name)
        return KNOWN[function.name](argument)


JETS: Arithmetic = _Jets()
