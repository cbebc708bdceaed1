"""Programs of tables and of estimators as ONNX graphs."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import singledispatch
from typing import Any

import numpy as np

from edgewise.additive.columns import Columns
from edgewise.certify.stack import Standardize
from edgewise.onnx.answers import (
    write_interval,
    write_numbers,
    write_reasons,
    write_set,
    write_shares,
)
from edgewise.onnx.graph import DOUBLE, INTEGER, TEXT, Graph, Values
from edgewise.piecewise.cells import Names, Number, Reading
from edgewise.piecewise.program import CellTable, PiecewiseTerm, Program, Stage

OPSET = 20
"""Texts can be compared since 19."""
IR_VERSION = 10
MARK = "missing"
"""Under which the file says which text stands for a missing category."""


def write_program(program: Program, effects: Sequence[str], reasons: int) -> Any:
    """An ``onnx.ModelProto`` of a program; see :func:`.to_onnx`.

    Args:
        effects: the names of contributions, or none if they aren't asked for.
        reasons: how many are told in words.
    """
    graph, mark, answer = Graph(), choose_mark(program), program.answer
    kinds = [TEXT if categorical else DOUBLE for categorical in program.categorical]
    inputs: Values = [(f"column_{k}", kind, ["rows", 1]) for k, kind in enumerate(kinds)]
    titles: Sequence[str] = program.input_names
    if program.is_network:
        inputs, titles = [("x", DOUBLE, ["rows", program.in_features])], [""]
        total, parts = _write_network(graph, program)
        graph.call("Identity", total, result="y")
        outputs: Values = [("y", DOUBLE, ["rows", program.out_features])]
    else:
        columns = [name for name, *_ in inputs]
        poison = _find_infinite(graph, program, columns)
        total, parts = _write_terms(graph, program.stages[0], columns, mark, poison)
        outputs = (write_shares if answer.classes else write_numbers)(graph, answer, total)
        if program.interval is not None:
            stage, found = program.interval.stage, ""
            if stage.width:
                found, _ = _write_terms(graph, stage, columns, mark, poison)
            write = write_set if program.interval.least else write_interval
            outputs.append(write(graph, answer, program.interval, total, found))
    if reasons:
        outputs.append(write_reasons(graph, program, parts, reasons))
    if effects:
        graph.call("Identity", parts, result="contributions")
        outputs.append(("contributions", DOUBLE, ["rows", len(effects), program.out_features]))
    named = {f"effect_{k}": name for k, name in enumerate(effects)}
    named |= {f"output_{k}": name for k, name in enumerate(answer.outputs)}
    return _make_model(graph, inputs, titles, outputs, {MARK: mark, **named})


def _make_model(
    graph: Graph,
    inputs: Values,
    titles: Sequence[str],
    outputs: Values,
    told: Mapping[str, str],
) -> Any:
    """The ``onnx.ModelProto`` of a graph; titles are those of the inputs, and it tells the rest."""
    from onnx import helper

    used = {name for node in graph.nodes for name in node.input}
    made = helper.make_graph(
        graph.nodes,
        "edgewise",
        [
            helper.make_tensor_value_info(*value, doc_string=title)
            for value, title in zip(inputs, titles, strict=True)
        ],
        [helper.make_tensor_value_info(*output) for output in outputs],
        [constant for constant in graph.constants if constant.name in used],
    )
    opsets = [helper.make_opsetid("", OPSET)]
    model = helper.make_model(made, opset_imports=opsets, ir_version=IR_VERSION)
    model.producer_name = "edgewise"
    helper.set_model_props(model, dict(told))
    return model


def choose_mark(program: Program) -> str:
    """A text that no category is called: "", unless there is one."""
    levels = {name for r in program.readings() if isinstance(r, Names) for name, _ in r.cells}
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


# What is added up.


def _add_parts(
    graph: Graph, bias: str, parts: Sequence[str], x: str, outputs: int
) -> tuple[str, str]:
    """The sums, (rows, outputs), and what they are of: the bias and parts (rows, n, outputs)."""
    shape = graph.call("Concat", graph.call("Shape", x, end=1), graph.axes(outputs), axis=0)
    base = graph.call("Unsqueeze", graph.call("Expand", bias, shape), graph.axes(1))
    every = graph.call("Concat", base, *parts, axis=1) if parts else base
    return graph.call("ReduceSum", every, graph.axes(1), keepdims=0), every


def _find_infinite(graph: Graph, program: Program, inputs: Sequence[str]) -> str:
    """NaN for rows with a number that isn't accepted, else 0: (rows, 1), or a single 0."""
    nothing = graph.constant(0.0)
    numbers = {r.column for r in program.readings() if not program.categorical[r.column]}
    for column in sorted(numbers):
        accepted, x = program.accepted[column], inputs[column]
        below = graph.call("Less", x, graph.constant(accepted.low))
        wrong = graph.call("Or", below, graph.call("Greater", x, graph.constant(accepted.high)))
        if not accepted.missing:
            wrong = graph.call("Or", wrong, graph.call("IsNaN", x))
        nothing = graph.call("Where", wrong, graph.constant(np.nan), nothing)
    return nothing


def _write_terms(
    graph: Graph, stage: Stage, inputs: Sequence[str], mark: str, poison: str
) -> tuple[str, str]:
    """Sums and parts of an estimator; a column that is read in one way is read once.

    Args:
        poison: what is added to the base.
    """
    added = [graph.constant(start[None]) for start in stage.start]
    hidden = ""
    if stage.hidden is not None:
        hidden, _ = _write_terms(graph, stage.hidden, inputs, mark, poison)
    found: dict[Reading, tuple[str, str]] = {}
    for term in stage.terms:
        for reading, cells in zip(term.readings, term.table.shape, strict=False):
            if reading not in found:
                if reading.hidden:
                    x = graph.call("Gather", hidden, graph.axes(reading.column), axis=1)
                else:
                    x = inputs[reading.column]
                found[reading] = locate(reading, graph, x, cells, mark)
    for term in stage.terms:
        value = _write_term(graph, term, [found[r] for r in term.readings], stage.width)
        added[term.effect] = graph.call("Add", added[term.effect], value)
    parts = [graph.call("Unsqueeze", value, graph.axes(1)) for value in added[1:]]
    base = graph.call("Add", graph.constant(stage.start[0]), poison)
    return _add_parts(graph, base, parts, inputs[0], stage.width)


def _write_term(
    graph: Graph, term: PiecewiseTerm, places: list[tuple[str, str]], outputs: int
) -> str:
    """(rows, outputs); a cell more than there are, of zeros, is for values in none."""
    width = (term.first, outputs - term.outputs.stop)
    table = np.pad(term.table, [(0, 1), (0, len(places) - 1), (0, 0), (0, 0), width])
    (cell, t), *others = places
    if not others:
        return graph.polynomial(table[:, 0, :, 0], cell, t)
    other, v = others[0]
    row = graph.call("Mul", cell, graph.constant(np.int64(table.shape[1])))
    flat = table.reshape(-1, *table.shape[2:])
    place = graph.call("Add", row, other)
    inner = [graph.polynomial(powers, place, v) for powers in np.moveaxis(flat, 1, 0)]
    return graph.horner(inner, t)


def _write_network(graph: Graph, program: Program) -> tuple[str, str]:
    """Sums and parts of the last stage."""
    low, high = program.domain[list(program.inputs)].T
    total = _move_into(
        graph, graph.call("Gather", "x", graph.axes(*program.inputs), axis=1), low, high
    )
    for stage in program.stages:
        x = total
        z = x if stage.norm is None else _standardize(graph, stage.norm, x)
        parts = [_write_table(graph, t, z if t.standardized else x) for t in stage.tables]
        for other in parts[1:]:
            parts[0] = graph.call("Add", parts[0], other)
        bias = graph.constant(stage.start[0])
        total, every = _add_parts(graph, bias, parts[:1], x, stage.width)
    return total, every


def _standardize(graph: Graph, norm: Standardize, x: str) -> str:
    away = graph.call("Sub", x, graph.call("ReduceMean", x, graph.axes(1)))
    square = graph.call("ReduceMean", graph.call("Mul", away, away), graph.axes(1))
    root = graph.call("Sqrt", graph.call("Add", square, graph.constant(float(norm.eps))))
    z = graph.call("Mul", graph.call("Div", away, root), graph.constant(norm.weight))
    return graph.call("Add", z, graph.constant(norm.bias))


def _move_into(graph: Graph, x: str, low: Any, high: Any) -> str:
    """Values within two ends; NaN stays NaN."""
    ends = graph.constant(low), graph.constant(high)
    known = graph.call("Where", graph.call("IsNaN", x), ends[0], x)
    held = graph.call("Min", graph.call("Max", known, ends[0]), ends[1])
    return graph.call("Where", graph.call("IsNaN", x), x, held)


def _write_table(graph: Graph, table: CellTable, x: str) -> str:
    """What each input adds, (rows, in) → (rows, in, out); NaN where it is NaN."""
    away = graph.call("Sub", _move_into(graph, x, table.low, table.high), graph.constant(table.low))
    u = graph.call("Mul", away, graph.constant(table.inverse))
    known = graph.call("Where", graph.call("IsNaN", u), graph.constant(0.0), u)
    last = graph.constant(np.int64(table.cells - 1))
    cell = graph.call("Min", graph.call("Cast", known, to=INTEGER), last)
    t = graph.call("Sub", u, graph.call("Cast", cell, to=DOUBLE))
    t = graph.call("Unsqueeze", t, graph.axes(2))
    values = (table.values * table.scale).reshape(-1, *table.values.shape[2:])
    first = graph.constant(np.arange(len(table.low)) * table.cells)
    value = graph.polynomial(values, graph.call("Add", cell, first), t)
    return graph.call("Add", value, graph.call("Mul", t, graph.constant(0.0)))


# How columns are read.


@singledispatch
def locate(reading: Reading, graph: Graph, x: str, cells: int, mark: str) -> tuple[str, str]:
    """The cell of each row, ``cells`` for none, (rows,), and t, (rows, 1)."""
    raise TypeError(f"expected a way of reading a column, got {type(reading).__name__}")


@locate.register
def _locate_number(reading: Number, graph: Graph, x: str, cells: int, mark: str) -> tuple[str, str]:
    missing = graph.call("IsNaN", x)
    unit, centre, scale = _rescale(reading.centre, reading.scale)
    known = graph.call("Where", missing, graph.constant(reading.centre), x)
    u = graph.call("Sub", graph.call("Mul", known, graph.constant(unit)), graph.constant(centre))
    u = graph.call("Div", u, graph.constant(scale))
    u = graph.hold(graph.arcsinh(u) if reading.tame else u, reading.low, reading.high)
    beyond = graph.call("GreaterOrEqual", u, graph.constant(np.array([reading.places])))
    count = _count(graph, graph.call("Cast", beyond, to=INTEGER))
    origin = graph.call("Gather", graph.constant(np.array(reading.origins())), count, axis=0)
    t = graph.call("Sub", u, graph.call("Unsqueeze", origin, graph.axes(1)))
    absent = graph.call("Squeeze", missing, graph.axes(1))
    place = cells if reading.missing < 0 else reading.missing
    return graph.call("Where", absent, graph.constant(np.int64(place)), count), t


def _rescale(centre: float, scale: float) -> tuple[float, float, float]:
    """A power of two, and both multiplied by it, so that the scale is between 2 and 4.

    onnxruntime drops a difference of a number that is 0 in float32, and a quotient by one that is
    1 there.
    """
    unit = math.ldexp(1.0, min(max(2 - math.frexp(scale)[1], -1000), 1000))
    centre, scale = centre * unit, scale * unit
    return unit, centre if abs(centre) > 1e-40 else 0.0, scale


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


def _count(graph: Graph, numbers: str) -> str:
    """Sums over columns, (rows, n) → (rows,)."""
    return graph.call("ReduceSum", numbers, graph.axes(1), keepdims=0)
