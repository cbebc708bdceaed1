"""An ONNX graph while it is written: nodes, constants, and names for values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

TEXT, INTEGER, TRUTH, DOUBLE = 8, 7, 9, 11
"""ONNX's numbers for types."""
Values = list[tuple[str, int, Any]]
"""Name, type and shape of inputs or outputs."""


class Graph:
    """Nodes and constants of a graph that is being written; every value has a name of its own."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def constant(self, value: Any) -> str:
        """The name of a constant: numbers as they are, texts as ONNX holds them."""
        from onnx import TensorProto, numpy_helper

        name, array = f"c{len(self.constants)}", np.asarray(value)
        if array.dtype.kind in "OU":
            # helper.make_tensor would lose zeros at a text's end.
            texts = [text.encode() for text in array.ravel().tolist()]
            tensor = TensorProto(name=name, dims=array.shape, data_type=TEXT, string_data=texts)
            self.constants.append(tensor)
        else:
            self.constants.append(numpy_helper.from_array(np.array(array, order="C"), name))
        return name

    def call(self, operator: str, *inputs: str, result: str = "", **settings: Any) -> str:
        """The name of what an operator makes of its inputs; ``result`` asks for a name."""
        from onnx import helper

        name = result or f"v{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, list(inputs), [name], **settings))
        return name

    def order(self, value: str, most: int, largest: int = 1) -> tuple[str, str]:
        """The largest along the last axis or the least, and their places, the first of equal ones
        first."""
        from onnx import helper

        names = f"v{len(self.nodes)}", f"places{len(self.nodes)}"
        inputs = [value, self.axes(most)]
        self.nodes.append(helper.make_node("TopK", inputs, names, axis=-1, largest=largest))
        return names

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

    def axes(self, *axes: int) -> str:
        """A constant of whole numbers."""
        return self.constant(np.array(axes))

    def horner(self, powers: Sequence[str], t: str) -> str:
        """Σ powers[p] t^p."""
        value = powers[-1]
        for power in reversed(powers[:-1]):
            value = self.call("Add", self.call("Mul", value, t), power)
        return value

    def polynomial(self, table: Any, cell: str, t: str) -> str:
        """That of each cell, of a table (cells, powers, …)."""
        powers = np.moveaxis(table, 1, 0)
        chosen = [self.call("Gather", self.constant(p), cell, axis=0) for p in powers]
        return self.horner(chosen, t)
