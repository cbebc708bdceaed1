"""`to_onnx`: a network, tables or an estimator as one ONNX model, and what it is fed with."""

from __future__ import annotations

import os
from typing import Any

from torch import Tensor, nn

from edgewise._files import write_bytes
from edgewise.additive.columns import read_columns
from edgewise.additive.values import take_values
from edgewise.onnx.network import write_network
from edgewise.onnx.piecewise import MARK, feed_columns, write_program
from edgewise.piecewise.program import Program
from edgewise.piecewise.writing import Writable, read_request


def to_onnx(
    model: Any,
    path: str | os.PathLike[str] | None = None,
    *,
    example: Tensor | None = None,
    opset: int | None = None,
    contributions: bool = False,
    coverage: float | None = None,
    reasons: int = 0,
) -> Any:
    """The model as an ONNX graph of standard operators, for any number of rows.

    A network has the input "x" and the output "y", tables have those of float64. An estimator has
    an input of shape (rows, 1) for each column: "column_0", … in the order of the fit, whose
    documentation is the column's name; of float64 with NaN for what is missing, or of text. Its
    outputs are "prediction", and "shares" of the classes. :func:`feed_onnx` makes these inputs of a
    table. What is in float64 needs a runtime that computes in it, as onnxruntime does.

    Args:
        model: a KAN, another module of one tensor, tables of :func:`tabulate`, or a fitted
            KANRegressor or KANClassifier.
        path: a file to write; None for none. It is complete or absent.
        example: rows such as a module takes, if it doesn't say itself how many features it reads.
        opset: of networks; None for that of torch's exporter.
        contributions: whether tables of one layer and estimators have the output "contributions",
            (rows, effects, outputs), whose sum over effects is the prediction or the argument of
            the link; the graph's metadata names "effect_0", the base, and so on, and several
            targets or labels, "output_0" and so on.
        coverage: of the output "interval" of numbers, (rows, 2) or (rows, targets, 2), or of the
            output "set" of classes, (rows, classes), or of labels, (rows, labels, 2); None for
            neither.
        reasons: how many texts the output "reasons" has of the strongest effects, "" where there
            are no more: (rows, reasons), or (rows, targets, reasons).

    Returns:
        The graph, an ``onnx.ModelProto``.

    Raises:
        ImportError: without onnx and, for networks, onnxscript: ``pip install 'edgewise[onnx]'``.
        TypeError: if it is no such model.
        ValueError: if it needs an example, isn't fitted, or has no contributions.

    Example:
        >>> import edgewise as ew
        >>> graph = ew.export.to_onnx(ew.KAN([2, 3, 1])).graph
        >>> [value.name for value in (*graph.input, *graph.output)]
        ['x', 'y']
    """
    _check_installed("onnxscript" if isinstance(model, nn.Module) else "onnx")
    if isinstance(model, nn.Module):
        if contributions:
            raise ValueError("to_onnx expected tables or an estimator for contributions=True")
        if coverage is not None or reasons:
            raise ValueError("to_onnx expected an estimator for coverage= and reasons=")
        made = write_network(model, example, opset)
    elif not isinstance(model, Program | Writable):
        raise TypeError(
            "to_onnx expected a torch.nn.Module, tables, or a fitted KANRegressor or "
            f"KANClassifier, got {type(model).__name__}"
        )
    else:
        program, effects = read_request("to_onnx", model, contributions, coverage, reasons)
        made = write_program(program, effects, reasons)
    if path is not None:
        write_bytes(path, made.SerializeToString())
    return made


def feed_onnx(graph: Any, estimator: Any, table: Any) -> dict[str, Any]:
    """What ``onnxruntime.InferenceSession.run`` takes for the rows of a table.

    Args:
        graph: what :func:`to_onnx` made of the estimator.
        table: as its ``predict`` takes it.

    Raises:
        TypeError: if the graph is none, or the estimator isn't one of ours that was fitted.
        ValueError: if the table isn't that of the fit.

    Example:
        >>> import numpy as np, edgewise as ew
        >>> x = np.random.default_rng(0).uniform(-2, 2, (100, 2))
        >>> model = ew.KANRegressor(random_state=0).fit(x, x[:, 0])
        >>> feed = ew.export.feed_onnx(ew.export.to_onnx(model), model, x[:3])
        >>> {name: column.shape for name, column in feed.items()}
        {'column_0': (3, 1), 'column_1': (3, 1)}
    """
    if not hasattr(graph, "metadata_props") or not hasattr(estimator, "schema_"):
        raise TypeError(
            "feed_onnx expected a graph that to_onnx made and the fitted estimator of it, got "
            f"{type(graph).__name__} and {type(estimator).__name__}"
        )
    mark = {entry.key: entry.value for entry in graph.metadata_props}.get(MARK, "")
    table = take_values("table", table)
    return feed_columns(read_columns(table, estimator.schema_), mark)


def _check_installed(name: str) -> None:
    from importlib.util import find_spec

    if find_spec("onnx") is None or find_spec(name) is None:
        raise ImportError(f"to_onnx needs onnx and {name}: pip install 'edgewise[onnx]'")
