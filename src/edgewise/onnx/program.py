"""`to_program`: a network as a program of torch.export, of torch's own operations alone."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import torch
from torch import Tensor, nn
from torch.export import Dim, ExportedProgram

from edgewise.nn.inspect import check_module, in_evaluation, model_device, model_dtype, unwrap


def to_program(model: nn.Module, example: Tensor | None = None) -> ExportedProgram:
    """The model as a ``torch.export`` program that runs where edgewise isn't installed.

    It holds operations of torch's own only and takes any number of rows. The model is read as it
    predicts, in evaluation mode, and isn't changed.

    Args:
        model: a KAN, a SymbolicKAN, or another module of one tensor.
        example: rows such as the model takes; None makes some, where the model says how many
            features it reads.

    Raises:
        TypeError: if it is no module.
        ValueError: if there is no example and the model doesn't say what it takes.

    Example:
        >>> import torch, edgewise as ew
        >>> program = ew.export.to_program(ew.KAN([2, 3, 1]))
        >>> program.module()(torch.rand(7, 2)).shape
        torch.Size([7, 1])
    """
    return decompose(trace(model, example), {})


def trace(model: nn.Module, example: Tensor | None) -> ExportedProgram:
    """The program of a model in evaluation mode, its first dimension free."""
    check_module(model)
    rows = _make_rows(model) if example is None else _repeat_rows(example)
    with torch.no_grad(), ignore_warnings():
        still = in_evaluation(model)
        if None in still._buffers.values():  # torch 2.13 counts them where it looks for the others
            still = nn.Sequential(still)
        return torch.export.export(still, (rows,), dynamic_shapes=({0: Dim.AUTO},))


def decompose(program: ExportedProgram, others: Mapping[Any, Callable[..., Any]]) -> Any:
    """The program with layers, and ``others``, written out in operations of torch's own."""
    operator = torch.ops.edgewise.kan_linear.default
    table = torch.export.default_decompositions()
    table.update({operator: torch._decomp.decomposition_table[operator], **others})
    with ignore_warnings():
        return program.run_decompositions(table)


@contextmanager
def ignore_warnings() -> Iterator[None]:
    """Torch's exporters warn of calls of their own, of which no caller can do anything."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _make_rows(model: nn.Module) -> Tensor:
    """Two rows of zeros: with one, torch would take 1 for the only number of rows there is."""
    model = unwrap(model)
    features = getattr(model, "in_features", None)
    widths = getattr(model, "widths", None)
    if features is None and widths:
        features = widths[0]
    if not isinstance(features, int):
        raise ValueError(
            f"expected an example of the rows that a {type(model).__name__} takes, got None: pass "
            "example=x[:2]"
        )
    kind: Any = {"device": model_device(model), "dtype": model_dtype(model)}
    return torch.zeros(2, features, **kind)


def _repeat_rows(example: Tensor) -> Tensor:
    if not isinstance(example, Tensor) or example.dim() < 2 or not len(example):
        raise ValueError(
            f"expected an example of shape (rows, …) with at least one row, got "
            f"{getattr(example, 'shape', type(example).__name__)}"
        )
    return example if len(example) > 1 else torch.cat([example, example])
