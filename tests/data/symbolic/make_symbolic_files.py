"""Networks of formulas as edgewise wrote them at commit 4b376e0, when an edge held four numbers.

Run with that commit on PYTHONPATH: ``python make_symbolic_files.py``. It writes the files and
``values.npz``, what the networks answer at its ``x``.
"""

from pathlib import Path

import numpy as np
import torch

import edgewise as ew
from edgewise.formula.constants import Constant
from edgewise.formula.expression import Input, add, apply, exact, free, multiply, power
from edgewise.symbolic import LIBRARY, SymbolicKAN
from edgewise.symbolic.composite import make_function
from edgewise.symbolic.edges import Edge, Scalar, SymbolicEdges, SymbolicLayer

HERE = Path(__file__).parent
F64 = torch.float64
X = Input(0)
TREE = add(multiply(free(0.7), apply(LIBRARY["sin"], multiply(free(3.2), X))), power(X, exact(7)))


def network() -> SymbolicKAN:
    """All that an edge could be: free, exact, held, frozen; a function, a power, a formula."""
    first = [
        Edge(0, 0, LIBRARY["sin"], Constant(1, 1, "pi"), 0.3, 1.5),
        Edge(1, 0, make_function(TREE), Constant(1), Constant(0), Constant(1)),
        Edge(0, 1, LIBRARY["x^2"], 0.5, 0.25, 1.5, -0.4),
        Edge(1, 1, make_function(TREE), 0.5, 0.1, 2.0, Constant(3)),
        Edge(1, 2, LIBRARY["x"], -1.0, 0.0, 2.0, fixed=True),
        Edge(0, 2, LIBRARY["log"], 0.3, 2.5, 0.4, frozen=True),
    ]
    biases = [Scalar.of(Constant(1, 2)), Scalar(0.2), Scalar(-0.7, False)]
    second = [
        Edge(0, 0, LIBRARY["x"], fixed=True),
        Edge(1, 1, LIBRARY["tanh"], 0.2, 0.1, 3.0),
        Edge(2, 1, LIBRARY["1/x"], 0.1, 2.0, 1.0),
    ]
    layers = [SymbolicEdges(2, biases, first, [1]), SymbolicEdges(3, [0.0, 0.6], second)]
    stack = [SymbolicLayer(layer) for layer in layers]
    return SymbolicKAN(stack, input_names=["t", "u v"])


def fixed_edges() -> SymbolicKAN:
    """A KAN with a product, two of its edges functions, one of them frozen."""
    model = ew.KAN([2, (1, 1), 1], basis=ew.BSpline(4), norm=None, seed=0, dtype=F64)
    model = ew.surgery.fix_edge(model, (0, 0, 0), "sin", numbers=(2.0, 0.1, 0.5, 0.2))
    model = ew.surgery.fix_edge(model, (0, 1, 1), "gaussian", numbers=(1.0, 0.0, 2.0, 0.0))
    return ew.surgery.freeze(model, (0, 1, 1))


def main() -> None:
    x = torch.rand(20, 2, generator=torch.Generator().manual_seed(0), dtype=F64) * 1.5 + 0.2
    edit = {"do": "fix", "edge": [0, 1, 2], "function": "x^2"} | {"a": 1, "b": 0, "c": 3, "d": 0}
    log = {"edgewise_edits": 1, "widths": [2, 3, 2], "edits": [edit]}
    models = {
        "network": network(),
        "fixed_edges": fixed_edges(),
        "edited": ew.explorer.apply_edits(network(), log),
        "parts": torch.nn.Sequential(network(), fixed_edges()),
    }
    for name, model in models.items():
        ew.save(model, HERE / f"{name}.safetensors")
    values = {name: model(x).detach().numpy() for name, model in models.items()}
    np.savez(HERE / "values.npz", x=x.numpy(), **values)


if __name__ == "__main__":
    main()
