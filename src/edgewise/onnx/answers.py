"""Answers of a program in ONNX: numbers, shares of classes, intervals, sets and reasons."""

from __future__ import annotations

from typing import Any

import numpy as np

from edgewise.onnx.graph import DOUBLE, INTEGER, TEXT, TRUTH, Graph, Values
from edgewise.piecewise.program import Answer, Interval, Program, list_reasons


def _find_targets(graph: Graph, answer: Answer, value: str) -> str:
    """(rows, targets) of sums."""
    multiplied = np.array([link == "log" for link in answer.links])
    if multiplied.any():
        low, high = np.array(answer.limits).T
        powers = graph.call("Max", value, graph.constant(low))
        powers = graph.call("Exp", graph.call("Min", powers, graph.constant(high)))
        value = graph.call("Where", graph.constant(multiplied), powers, value)
    if answer.links[0] == "logistic":
        value = graph.call("Sigmoid", graph.hold(value, *answer.limits[0]))
    return graph.hold(value, *answer.bounds)


def write_numbers(graph: Graph, answer: Answer, value: str) -> Values:
    value = _find_targets(graph, answer, value)
    if answer.rising:
        value, _ = graph.order(value, len(answer.links), largest=0)
    if answer.single:
        graph.call("Squeeze", value, graph.axes(1), result="prediction")
        return [("prediction", DOUBLE, ["rows"])]
    graph.call("Identity", value, result="prediction")
    return [("prediction", DOUBLE, ["rows", len(answer.links)])]


def _find_shares(graph: Graph, answer: Answer, value: str) -> str:
    """The shares of classes, (rows, classes), or of 0 and 1 of labels, (rows, labels, 2)."""
    if answer.links[0] == "softmax":
        return graph.call("Softmax", value, axis=1)
    share = _find_targets(graph, answer, value)
    share = share if answer.classes else graph.call("Unsqueeze", share, graph.axes(2))
    return graph.call("Concat", graph.call("Sub", graph.constant(1.0), share), share, axis=-1)


def write_shares(graph: Graph, answer: Answer, value: str) -> Values:
    classes = answer.classes or ()
    shares = graph.call("Identity", _find_shares(graph, answer, value), result="shares")
    place = graph.call("ArgMax", shares, axis=1, keepdims=0)
    labels = np.array(classes, dtype=object if isinstance(classes[0], str) else None)
    kinds = {"O": TEXT, "U": TEXT, "b": TRUTH, "i": INTEGER, "u": INTEGER, "f": DOUBLE}
    graph.call("Gather", graph.constant(labels), place, axis=0, result="prediction")
    kind = kinds[labels.dtype.kind]
    return [("prediction", kind, ["rows"]), ("shares", DOUBLE, ["rows", len(classes)])]


def write_interval(
    graph: Graph, answer: Answer, interval: Interval, total: str, found: str
) -> tuple[str, int, Any]:
    """Both ends, (rows, targets, 2), or (rows, 2) of a single target."""
    count = len(interval.ends)
    now = known = _find_targets(graph, answer, total)
    if interval.edited:
        before = graph.axes(*range(count, interval.stage.width))
        known = _find_targets(graph, answer, graph.call("Gather", found, before, axis=1))
    logarithm = graph.call("Gather", found, graph.axes(*range(count)), axis=1)
    low, high = (graph.constant(ends) for ends in np.array(interval.limits).T)
    size = graph.call("Exp", graph.call("Min", graph.call("Max", logarithm, low), high))
    size = graph.call("Mul", size, graph.constant(2.0))  # of half the multiples: see _rescale
    ends = []
    for multiples, widen in zip(np.array(interval.ends).T, ("Min", "Max"), strict=True):
        reach = graph.call("Mul", size, graph.constant(multiples / 2))
        end = graph.call(widen, graph.call("Add", known, reach), now)
        end = graph.hold(end, *answer.bounds)
        ends.append(end if answer.single else graph.call("Unsqueeze", end, graph.axes(2)))
    graph.call("Concat", *ends, axis=-1, result="interval")
    return "interval", DOUBLE, ["rows", 2] if answer.single else ["rows", count, 2]


def write_set(
    graph: Graph, answer: Answer, interval: Interval, total: str, found: str
) -> tuple[str, int, Any]:
    """Which classes a row may have, (rows, classes), or its labels, (rows, labels, 2)."""
    now = known = _find_shares(graph, answer, total)
    if interval.edited:
        known = _find_shares(graph, answer, found)
    least = graph.constant(np.array(interval.least)[:, None])
    inside = graph.call("GreaterOrEqual", known, least)
    likeliest = graph.call("Equal", now, graph.call("ReduceMax", now, graph.axes(-1)))
    graph.call("Or", inside, likeliest, result="set")
    shape = [len(answer.classes)] if answer.classes else [len(interval.least), 2]
    return "set", TRUTH, ["rows", *shape]


def write_reasons(graph: Graph, program: Program, parts: str, most: int) -> tuple[str, int, Any]:
    """Texts of the strongest effects, (rows, most) or (rows, targets, most); "" is for no more."""
    classes, texts = program.answer.classes, list_reasons(program)
    count, outputs = len(program.effects) - 1, program.out_features
    effects = graph.axes(*range(1, count + 1))
    values = graph.call("Transpose", graph.call("Gather", parts, effects, axis=1), perm=[0, 2, 1])
    known = graph.call("Gather", parts, graph.axes(0), axis=1)  # NaN, of which no text is told
    known = graph.call("Transpose", known, perm=[0, 2, 1])
    values = graph.call("Add", values, graph.call("Mul", known, graph.constant(0.0)))
    place = graph.constant(np.arange(outputs)[None, :, None])
    if classes:
        shares = graph.call("ArgMax", "shares", axis=1, keepdims=1)
        place = graph.call("Unsqueeze", shares, graph.axes(2))
        if len(classes) == 2:
            signs = graph.call("Gather", graph.constant(np.array([-1.0, 1.0])), place)
            values = graph.call("Mul", values, signs)
        else:
            values = graph.call("GatherND", values, shares, batch_dims=1)
            values = graph.call("Unsqueeze", values, graph.axes(1))
    padding = [(0, 0), (0, max(0, most - count)), (0, 0)]
    words = np.pad(np.array(texts, dtype=object).reshape(len(texts), count, 2), padding)
    words = np.concatenate([np.full_like(words[..., :1], ""), words], -1)
    words[words == 0] = ""
    values = graph.call(
        "Pad", values, graph.axes(0, 0, 0, 0, 0, max(0, most - count)), graph.constant(0.0)
    )
    size = graph.call("Abs", values)
    size = graph.call("Where", graph.call("IsNaN", size), graph.constant(0.0), size)
    _, strongest = graph.order(size, most)
    chosen = graph.call("GatherElements", values, strongest, axis=2)
    up = graph.call("Cast", graph.call("Greater", chosen, graph.constant(0.0)), to=INTEGER)
    down = graph.call("Cast", graph.call("Less", chosen, graph.constant(0.0)), to=INTEGER)
    sign = graph.call("Add", down, graph.call("Mul", up, graph.constant(np.int64(2))))
    width = graph.constant(np.int64(words.shape[1]))
    flat = graph.call("Add", graph.call("Mul", place, width), strongest)
    flat = graph.call("Add", graph.call("Mul", flat, graph.constant(np.int64(3))), sign)
    told = graph.call("Gather", graph.constant(words.ravel()), flat)
    if program.answer.single:
        graph.call("Squeeze", told, graph.axes(1), result="reasons")
        return "reasons", TEXT, ["rows", most]
    graph.call("Identity", told, result="reasons")
    return "reasons", TEXT, ["rows", outputs, most]
