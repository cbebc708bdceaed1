"""`EditedKAN`: a network with the edits of an explorer session, and `apply_edits`."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn

from edgewise._tensors import Device, DType
from edgewise.explorer.edits import Edit, Fix, Label, Remove, read_log, write_log
from edgewise.explorer.parts import as_stack, edge_values, existing_edges, formulas_of
from edgewise.formula.expression import ZERO
from edgewise.models import io
from edgewise.models.as_kan import check_layered
from edgewise.nn.arguments import check_plain
from edgewise.nn.inspect import model_dtype
from edgewise.symbolic.build import as_network, with_edges
from edgewise.symbolic.edges import Edge, EdgeIndex
from edgewise.symbolic.network import SymbolicKAN


@io.savable("EditedKAN")
class EditedKAN(nn.Module):
    """A KAN with edits of its edges, the result of :func:`apply_edits`.

    .. math:: y_o = [\\text{layer}(x)]_o + \\sum_{i} \\big( e_{io}(x_i) - f_{io}(x) \\big)

    in each layer, where f is an original edge and e the edited one. It computes in float64 and
    takes x of any real type. :func:`edgewise.save` writes it, and :func:`edgewise.explore`
    continues with its edits.

    Attributes:
        base: the original network, in float64.
        edits: the edits, in order.

    Shape:
        (*, in_features) → (*, out_features)

    Example:
        >>> import edgewise as ew
        >>> edit = {"do": "fix", "edge": [0, 0, 0], "function": "x^2"} | dict(a=1, b=0, c=3, d=0)
        >>> log = {"edgewise_edits": 1, "widths": [1, 1], "edits": [edit]}
        >>> edited = ew.explorer.apply_edits(ew.KAN([1, 1], norm=None), log)
        >>> str(edited.formula()), edited.log() == log
        ('3.0*x0**2', True)
    """

    base: Any

    def __init__(self, base: nn.Module, edits: Sequence[Edit]) -> None:
        super().__init__()
        self.base = base
        self.edits = list(edits)
        layers = check_layered("EditedKAN", base).stack()
        self._changes = _group(self.edits, len(layers))
        _check_edges(layers, self._changes)

    @property
    def in_features(self) -> int:
        """The number of features of x."""
        return int(self.base.in_features)

    @property
    def inputs(self) -> list[int] | None:
        """The features of x that the first layer reads; None for all."""
        return self.base.inputs

    @property
    def input_names(self) -> list[str] | None:
        return self.base.input_names

    @property
    def widths(self) -> list[int]:
        """Features at the input, at each hidden layer and at the output."""
        return self.base.widths

    @property
    def labels(self) -> dict[tuple[int, int], str]:
        """The names given to hidden nodes, by (level, place); the inputs are level 0."""
        found = {edit.node: edit.text for edit in self.edits if isinstance(edit, Label)}
        return {node: text for node, text in found.items() if text}

    def log(self) -> dict[str, Any]:
        """The edits as JSON-able data, which :func:`apply_edits` repeats."""
        return write_log(self.edits, self.widths)

    def forward(self, x: Tensor) -> Tensor:
        if not isinstance(x, Tensor) or x.is_complex():
            got = f"dtype {x.dtype}" if isinstance(x, Tensor) else type(x).__name__
            raise TypeError(f"EditedKAN expected a tensor of real numbers, got {got}")
        check_plain("EditedKAN", x)
        lead = x.shape[:-1]
        h = self.base.select(x.to(model_dtype(self.base)))
        h = h.reshape(-1, h.shape[-1])
        for k, (layer, changes) in enumerate(zip(self.base.stack(), self._changes, strict=True)):
            y = layer(h)
            if changes:
                ends = list(changes)
                old = edge_values(layer, h, ends)
                columns = [
                    _follow(changes[end], old[:, n], h[:, end[0]]) for n, end in enumerate(ends)
                ]
                at = torch.tensor([o for _, o in ends], device=h.device)
                y = y.index_add(1, at, torch.stack(columns, 1) - old)
            h = self.base.combine(k, y)
        return h.reshape(*lead, h.shape[-1])

    def symbolic(self) -> SymbolicKAN:
        """The network as a SymbolicKAN; edges that weren't edited are still curves.

        Raises:
            ValueError: if an edge was bent, redrawn or clipped, so that it has no formula, or edges
                depend on more than their own input.
        """
        base = self.base
        if base.mixes_features:
            raise ValueError(
                "symbolic expected edges that are functions of one variable, got a normalisation "
                "that mixes them: use ew.surgery.unmix(model, x) before exploring"
            )
        network = base if isinstance(base, SymbolicKAN) else as_network(base)
        chosen = {}
        for k, changes in enumerate(self._changes):
            for (i, o), steps in changes.items():
                chosen[EdgeIndex(k, i, o)] = _as_edge(k, i, o, steps)
        return with_edges(network, chosen)

    def formula(self, output: int | None = None, *, simplify: bool = True) -> Any:
        """The outputs as sympy expressions; see :meth:`SymbolicKAN.formula`.

        Raises:
            ValueError: if some edges are still curves, or were drawn by hand.
        """
        return self.symbolic().formula(output, simplify=simplify)

    def to_config(self) -> dict[str, Any]:
        """The architecture and the edits as JSON-able data."""
        return {
            "model": "EditedKAN",
            "base": io.model_config(self.base),
            "log": self.log(),
        }

    @classmethod
    def from_config(
        cls,
        config: dict[str, Any],
        *,
        device: Device = None,
        dtype: DType = None,
    ) -> EditedKAN:
        """The model that :meth:`to_config` described; its weights have to be loaded."""
        described = config["base"]
        kind = io.model_kinds()[described["model"]]
        if kind is cls:
            raise ValueError("expected a network below the edits, got another edited one")
        base = kind.from_config(described, device=device, dtype=dtype)
        widths = check_layered("EditedKAN", base).widths
        model = cls.__new__(cls)
        nn.Module.__init__(model)
        model.base, model.edits = base, read_log("EditedKAN", config["log"], widths)
        model._changes = _group(model.edits, len(widths) - 1)
        return model

    def extra_repr(self) -> str:
        return f"{len(self.edits)} edits"


Step = tuple[Edit, int]
"""An edit, and the index of one of its edges."""
Changes = dict[tuple[int, int], list[Step]]
"""The steps of each edge of a layer."""


def apply_edits(model: nn.Module, log: Any) -> EditedKAN:
    """Apply the edits of an explorer session: the model that the explorer showed, to 1e-6.

    Args:
        model: the KAN or SymbolicKAN that was explored; it isn't changed.
        log: the log that the explorer copies or downloads: data, JSON, or a .json file.

    Returns:
        A new model in float64, in evaluation mode.

    Raises:
        TypeError: if the model is of another kind.
        ValueError: if the log is damaged, made for other widths, or changes edges that don't exist
            or that multiply.
        FileNotFoundError: if the log's file doesn't exist.

    Example:
        >>> import torch, edgewise as ew
        >>> model = ew.KAN([2, 1], norm=None)
        >>> edit = {"do": "fix", "edge": [0, 0, 0], "function": "x^2"} | dict(a=1, b=0, c=3, d=0)
        >>> log = {"edgewise_edits": 1, "widths": [2, 1], "edits": [edit]}
        >>> edited = ew.explorer.apply_edits(model, log)
        >>> y = edited(torch.tensor([[0.5, 0.2], [0.0, 0.2]])).detach()
        >>> round(float(y[0] - y[1]), 6)
        0.75
    """
    base = as_stack("apply_edits", model)
    edits = read_log("apply_edits", log, base.widths)
    return EditedKAN(copy.deepcopy(base).double(), edits).eval()


def _group(edits: Sequence[Edit], layers: int) -> list[Changes]:
    changes: list[Changes] = [{} for _ in range(layers)]
    for edit in edits:
        for position, (layer, i, o) in enumerate(edit.touched()):
            changes[layer].setdefault((i, o), []).append((edit, position))
    return changes


def _check_edges(layers: Sequence[Any], changes: Sequence[Changes]) -> None:
    """Raises ValueError for edges that can't be edited."""
    for k, (layer, edited) in enumerate(zip(layers, changes, strict=True)):
        there, formulas = existing_edges(layer), formulas_of(layer)
        for (i, o), steps in edited.items():
            if not there[i, o]:
                raise ValueError(
                    f"edits expected edges that the network has, got {(k, i, o)}, which is masked: "
                    "pass the model that was explored"
                )
            if formulas is not None and o in formulas.products:
                raise ValueError(
                    f"edits expected edges that add, got {(k, i, o)}, a factor of a product"
                )
            if layer.mixes_features and any(not isinstance(edit, Remove) for edit, _ in steps):
                raise ValueError(
                    f"edits expected edges that are functions of one variable, got {(k, i, o)} "
                    "behind a normalisation that mixes the inputs: use ew.surgery.unmix(model, x) "
                    "before exploring; such edges can only be removed"
                )


def _follow(steps: Sequence[Step], value: Tensor, x: Tensor) -> Tensor:
    """One edge after all of its edits; (rows,)"""
    for edit, position in steps:
        value = edit.apply(value, x, position)
    return value


def _as_edge(k: int, i: int, o: int, steps: Sequence[Step]) -> tuple[Edge, float]:
    """The edge as a formula, and the constant that is added to its node."""
    edit, position = steps[-1]
    if isinstance(edit, Remove):
        return Edge(i, o, ZERO), edit.constants[position]
    if isinstance(edit, Fix):
        return Edge(i, o, edit.core, edit.a, edit.b, edit.c), edit.d
    raise ValueError(
        f"symbolic expected edges that are curves of the network or functions with names, got edge "
        f"{(k, i, o)}, which was drawn by hand ({edit.kind}): fix a function on it"
    )
