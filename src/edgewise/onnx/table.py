"""Fitted estimators of tables as ONNX graphs, from the cells and polynomials of their effects."""

from __future__ import annotations

from collections.abc import Sequence
from functools import singledispatch
from typing import Any

import numpy as np

from edgewise.additive.columns import Columns, Schema
from edgewise.additive.links import LARGEST
from edgewise.additive.pieces import Absence, Names, Number, Pair, Pieces, Reading, Recipe

OPSET = 20
"""Texts can be compared since 19."""
IR_VERSION = 10
TEXT, INTEGER, TRUTH, DOUBLE = 8, 7, 9, 11
"""ONNX's numbers for types."""
MARK = "missing"
"""Under which the file says which text stands for a missing category."""


def write_table(recipe: Recipe, schema: Schema) -> Any:
    """An ``onnx.ModelProto`` of an estimator; see :func:`.to_onnx`."""
    from onnx import helper

    graph, mark = Graph(), choose_mark(recipe)
    inputs = [f"column_{k}" for k in range(len(recipe.names))]
    writer = _Writer(graph, inputs, mark)
    sums = [writer.write_sum(pieces) for pieces in recipe.sums]
    outputs = _write_shares(graph, recipe, sums[0]) if recipe.classes else None
    outputs = outputs or _write_numbers(graph, recipe, sums)
    kinds = [TEXT if categorical else DOUBLE for categorical in schema.categorical]
    used = {name for node in graph.nodes for name in node.input}
    made = helper.make_graph(
        graph.nodes,
        "edgewise",
        [
            helper.make_tensor_value_info(name, kind, ["rows", 1], doc_string=title)
            for name, kind, title in zip(inputs, kinds, recipe.names, strict=True)
        ],
        [helper.make_tensor_value_info(*output) for output in outputs],
        [constant for constant in graph.constants if constant.name in used],
    )
    opsets = [helper.make_opsetid("", OPSET)]
    model = helper.make_model(made, opset_imports=opsets, ir_version=IR_VERSION)
    model.producer_name = "edgewise"
    helper.set_model_props(model, {MARK: mark})
    return model


def choose_mark(recipe: Recipe) -> str:
    """A text that no category is called: "", unless there is one."""
    readings = [main.reading for pieces in recipe.sums for main in pieces.mains]
    readings += [r for pieces in recipe.sums for pair in pieces.pairs for r in pair.readings]
    levels = {name for r in readings if isinstance(r, Names) for name, _ in r.cells}
    mark = ""
    while mark in levels:
        mark = f"<{mark or 'missing'}>"
    return mark


def feed_columns(columns: Columns, mark: str) -> dict[str, Any]:
    """Columns of a table as the inputs of its graph."""
    feed = {}
    for k, column in enumerate(columns):
        if column.dtype == object:
            column = np.array([mark if v is None else v for v in column], dtype=object)
        feed[f"column_{k}"] = column[:, None]
    return feed


class Graph:
    """Nodes and constants of a graph that is being written; every value has a name of its own."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def constant(self, value: Any) -> str:
        """The name of a constant: numbers as they are, texts as ONNX holds them."""
        from onnx import helper, numpy_helper

        name, array = f"c{len(self.constants)}", np.asarray(value)
        if array.dtype.kind in "OU":
            texts = [text.encode() for text in array.ravel().tolist()]
            self.constants.append(helper.make_tensor(name, TEXT, array.shape, texts))
        else:
            self.constants.append(numpy_helper.from_array(np.array(array, order="C"), name))
        return name

    def call(self, operator: str, *inputs: str, result: str = "", **settings: Any) -> str:
        """The name of what an operator makes of its inputs; ``result`` asks for a name."""
        from onnx import helper

        name = result or f"v{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, list(inputs), [name], **settings))
        return name

    def hold(self, value: str, low: float, high: float) -> str:
        """A value within two ends, which may be infinite."""
        value = self.call("Max", value, self.constant(low)) if low > -np.inf else value
        return self.call("Min", value, self.constant(high)) if high < np.inf else value

    def arcsinh(self, u: str) -> str:
        """sign u · log(|u| + √(u² + 1)), of numbers whose square is one."""
        size = self.hold(self.call("Abs", u), 0.0, 1e150)
        square = self.call("Add", self.call("Mul", size, size), self.constant(1.0))
        inside = self.call("Add", size, self.call("Sqrt", square))
        return self.call("Mul", self.call("Sign", u), self.call("Log", inside))


class _Writer:
    """Writes sums of effects; a column that is read in one way is read once."""

    def __init__(self, graph: Graph, inputs: Sequence[str], mark: str) -> None:
        self.graph = graph
        self.inputs = inputs
        self.mark = mark
        self._places: dict[int, tuple[str, str]] = {}

    def write_sum(self, pieces: Pieces) -> str:
        """(rows, outputs)."""
        total = self.graph.constant(pieces.intercept[None])
        for main in pieces.mains:
            cell, t = self._locate(main.reading, len(main.table))
            table = np.concatenate([main.table, np.zeros_like(main.table[:1])])
            total = self.graph.call("Add", total, self._polynomial(table, cell, t))
        for pair in pieces.pairs:
            total = self.graph.call("Add", total, self._write_pair(pair))
        if not pieces.mains and not pieces.pairs:  # the input says how many rows there are
            total = self._spread(total)
        return total

    def _spread(self, total: str) -> str:
        graph = self.graph
        rows = graph.call("Shape", self.inputs[0], end=1)
        one = graph.constant(np.array([1], dtype=np.int64))
        return graph.call("Expand", total, graph.call("Concat", rows, one, axis=0))

    def _locate(self, reading: Reading, cells: int) -> tuple[str, str]:
        """The cell of each row, ``cells`` for none, (rows,), and t, (rows, 1)."""
        key = id(reading)
        if key not in self._places:
            x = self.inputs[reading.column]
            self._places[key] = locate(reading, self.graph, x, cells, self.mark)
        return self._places[key]

    def _polynomial(self, table: Any, cell: str, t: str) -> str:
        """Σ table[cell, power] t^power, (rows, outputs), by Horner's rule."""
        graph, value = self.graph, ""
        for power in reversed(range(table.shape[1])):
            term = graph.call("Gather", graph.constant(table[:, power]), cell, axis=0)
            value = graph.call("Add", graph.call("Mul", value, t), term) if value else term
        return value

    def _write_pair(self, pair: Pair) -> str:
        graph, table = self.graph, np.pad(pair.table, [(0, 1), (0, 1), (0, 0), (0, 0), (0, 0)])
        (one, t), (other, v) = (
            self._locate(reading, cells)
            for reading, cells in zip(pair.readings, pair.table.shape, strict=False)
        )
        row = graph.call("Mul", one, graph.constant(np.int64(table.shape[1])))
        cell, flat, value = graph.call("Add", row, other), table.reshape(-1, *table.shape[2:]), ""
        for power in reversed(range(flat.shape[1])):
            inner = self._polynomial(flat[:, power], cell, v)
            value = graph.call("Add", graph.call("Mul", value, t), inner) if value else inner
        return value


# How columns are read.


@singledispatch
def locate(reading: Reading, graph: Graph, x: str, cells: int, mark: str) -> tuple[str, str]:
    """The cell of each row, ``cells`` for none, (rows,), and t, (rows, 1)."""
    raise TypeError(f"expected a way of reading a column, got {type(reading).__name__}")


@locate.register
def _locate_number(reading: Number, graph: Graph, x: str, cells: int, mark: str) -> tuple[str, str]:
    missing = graph.call("IsNaN", x)
    known = graph.call("Where", missing, graph.constant(reading.centre), x)
    u = graph.call("Sub", known, graph.constant(reading.centre))
    u = graph.call("Div", u, graph.constant(reading.scale))
    u = graph.hold(graph.arcsinh(u) if reading.tame else u, reading.low, reading.high)
    beyond = graph.call("GreaterOrEqual", u, graph.constant(np.array([reading.places])))
    count = _count(graph, graph.call("Cast", beyond, to=INTEGER))
    origin = graph.call("Gather", graph.constant(np.array(reading.origins())), count, axis=0)
    t = graph.call("Sub", u, _stand(graph, origin))
    absent = graph.call("Squeeze", missing, graph.constant(np.array([1])))
    return graph.call("Where", absent, graph.constant(np.int64(cells)), count), t


@locate.register
def _locate_names(reading: Names, graph: Graph, x: str, cells: int, mark: str) -> tuple[str, str]:
    levels = [(name, cell) for name, cell in reading.cells if name is not None]
    absent = [cell for name, cell in reading.cells if name is None]
    if reading.numbers:
        names: Any = np.array([[float(name) for name, _ in levels]])
        whole = graph.call("Equal", x, graph.call("Round", x))
        missing = graph.call("Not", whole)  # of NaN too
    else:
        names = np.array([[name for name, _ in levels]], dtype=object)
        missing = graph.call("Equal", x, graph.constant(np.array([[mark]], dtype=object)))
    parts = [graph.call("Equal", x, graph.constant(names))] if levels else []
    places = [cell for _, cell in levels]
    if absent or not levels:
        parts.append(missing)
        places.append(absent[0] if absent else cells)
    chosen = graph.call("Concat", *parts, axis=1) if len(parts) > 1 else parts[0]
    steps = graph.constant(np.array([places], dtype=np.int64) - cells)
    found = graph.call("Mul", graph.call("Cast", chosen, to=INTEGER), steps)
    place = graph.call("Add", _count(graph, found), graph.constant(np.int64(cells)))
    return place, graph.constant(0.0)


@locate.register
def _locate_absence(
    reading: Absence, graph: Graph, x: str, cells: int, mark: str
) -> tuple[str, str]:
    return _count(graph, graph.call("Cast", graph.call("IsNaN", x), to=INTEGER)), graph.constant(
        0.0
    )


def _count(graph: Graph, numbers: str) -> str:
    """Sums over columns, (rows, n) → (rows,)."""
    return graph.call("ReduceSum", numbers, graph.constant(np.array([1])), keepdims=0)


def _stand(graph: Graph, values: str) -> str:
    """(rows,) → (rows, 1)."""
    return graph.call("Unsqueeze", values, graph.constant(np.array([1])))


# What is predicted.


def _write_numbers(graph: Graph, recipe: Recipe, sums: Sequence[str]) -> list[tuple[str, int, Any]]:
    results = []
    for pieces, (shift, scale), value in zip(recipe.sums, recipe.scales, sums, strict=True):
        if pieces.link == "log":
            value = graph.call("Exp", graph.hold(value, -LARGEST, LARGEST))
        scaled = graph.call("Mul", value, graph.constant(scale))
        results.append(graph.hold(graph.call("Add", scaled, graph.constant(shift)), *recipe.bounds))
    if recipe.single:
        axis = graph.constant(np.array([1]))
        graph.call("Squeeze", results[0], axis, result="prediction")
        return [("prediction", DOUBLE, ["rows"])]
    graph.call("Concat", *results, axis=1, result="prediction")
    return [("prediction", DOUBLE, ["rows", len(results)])]


def _write_shares(graph: Graph, recipe: Recipe, value: str) -> list[tuple[str, int, Any]]:
    classes = recipe.classes or ()
    one = graph.constant(1.0)
    if len(classes) == 2:
        falling = graph.call("Exp", graph.call("Neg", graph.hold(value, -LARGEST, LARGEST)))
        share = graph.call("Div", one, graph.call("Add", one, falling))
        other = graph.call("Sub", one, share)
        shares = graph.call("Concat", other, share, axis=1, result="shares")
    else:
        shares = graph.call("Softmax", value, axis=1, result="shares")
    place = graph.call("ArgMax", shares, axis=1, keepdims=0)
    labels = np.array(classes, dtype=object if isinstance(classes[0], str) else None)
    kinds = {"O": TEXT, "U": TEXT, "b": TRUTH, "i": INTEGER, "u": INTEGER, "f": DOUBLE}
    graph.call("Gather", graph.constant(labels), place, axis=0, result="prediction")
    kind = kinds[labels.dtype.kind]
    return [("prediction", kind, ["rows"]), ("shares", DOUBLE, ["rows", len(classes)])]
