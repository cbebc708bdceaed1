"""Networks of `solve` by name, and the choice between them and products of curves."""

from __future__ import annotations

import warnings

import torch
from torch import nn

from edgewise.bases import Chebyshev
from edgewise.equations.problem import EquationProblem
from edgewise.models import KAN, MLP, SeparableKAN
from edgewise.nn import KANLinear
from edgewise.nn.inspect import count_trainable

MODELS = ("auto", "tensor", "kan", "mlp", "separable")
MOST_COORDINATES = 3
"""Most coordinates for products of curves, whose number grows exponentially with them."""


class SolutionWarning(UserWarning):
    """A solution with an error above the tolerance, or conditions that contradict each other.

    Example:
        >>> import warnings, edgewise as ew
        >>> left = ew.equations.dirichlet("x", 0.0, side="low")
        >>> with warnings.catch_warnings(record=True) as caught:
        ...     warnings.simplefilter("always", ew.equations.SolutionWarning)
        ...     s = ew.solve(lambda u, x: u.dxx + u, {"x": (0, 1)}, [left], progress=False)
        >>> str(caught[0].message).partition(".")[0]
        'conditions may be missing: u has 1 of 2 along x'
    """


def choose_network(problem: EquationProblem, model: str | nn.Module) -> nn.Module | None:
    """The network to train; None if the solution is a sum of products of curves."""
    if isinstance(model, nn.Module):
        return model
    size = len(problem.names)
    if model == "tensor" or (model == "auto" and size <= MOST_COORDINATES):
        return None
    if model == "auto":
        warnings.warn(
            f"products of curves are too many for {size} coordinates, so a deep KAN is trained: "
            "give it more seconds=, or pass a model= of your own",
            SolutionWarning,
            stacklevel=3,
        )
    repeat = sum(c.kind == "periodic" for c in problem.conditions)
    inputs, outputs = size + repeat, len(problem.equation.fields)
    make = {"mlp": make_mlp, "separable": make_separable}.get(model, make_kan)
    return make(inputs, outputs)


def make_kan(inputs: int, outputs: int, seed: int = 0) -> nn.Module:
    """A KAN with two hidden layers of eight nodes, whose Chebyshev curves start as lines.

    The first layer has no normalisation: coordinates fill the domain of the curves.
    """
    generator = torch.Generator().manual_seed(seed)
    layers = [
        KANLinear(
            ins, outs, basis=Chebyshev(8), norm=norm, init="line", seed=generator,
            dtype=torch.float64,
        )
        for ins, outs, norm in ((inputs, 8, None), (8, 8, "tanh"), (8, outputs, "tanh"))
    ]  # fmt: skip
    return KAN.from_layers(layers)


def make_mlp(inputs: int, outputs: int, seed: int = 0) -> nn.Module:
    """An MLP with three hidden layers of tanh units and the number of parameters of the KAN."""
    size = count_trainable(make_kan(inputs, outputs))
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return MLP.matching(size, inputs, outputs, depth=3, activation="tanh", dtype=torch.float64)


def make_separable(inputs: int, outputs: int) -> nn.Module:
    """A sum of eight products of Chebyshev curves of degree 24."""
    return SeparableKAN(inputs, outputs, rank=8, basis=Chebyshev(24), seed=0, dtype=torch.float64)
