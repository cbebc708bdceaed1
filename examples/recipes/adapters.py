"""Adapters: a KAN beside a frozen linear layer of a trained network, y = W x + KAN(x).

    python examples/recipes/adapters.py

A sensor is replaced, and its new reading is a nonlinear function of the old one. There are 200 rows
from the new sensor. The weights of the network are frozen, and only adapters are trained. The KAN,
LoRA and the MLP have about the same number of parameters.
"""

import copy
import time
from collections.abc import Callable

import torch
from task import count_numbers, make_rows, show
from torch import Tensor, nn

import edgewise as ew


# begin-beside
class Beside(nn.Module):
    """The sum of a frozen linear layer and an adapter that is trained."""

    def __init__(self, linear: nn.Linear, adapter: nn.Module) -> None:
        super().__init__()
        self.linear = linear.requires_grad_(False)
        self.adapter = adapter

    def forward(self, x: Tensor) -> Tensor:
        return self.linear(x) + self.adapter(x)


def make_kan(inputs: int, outputs: int) -> nn.Module:
    """A KAN with a bottleneck, like LoRA; its output is 0 at first."""
    return ew.KAN([inputs, 2, outputs], output_init="zero")


# end-beside


def make_lora(inputs: int, outputs: int) -> nn.Module:
    """LoRA: the product of two matrices, the second of which is 0 at first."""
    rank = round(count_numbers(make_kan(inputs, outputs)) / (inputs + outputs))
    up = nn.Linear(rank, outputs, bias=False)
    nn.init.zeros_(up.weight)
    return nn.Sequential(nn.Linear(inputs, rank, bias=False), up)


def make_mlp(inputs: int, outputs: int) -> nn.Module:
    """An MLP with one hidden layer and SiLU; its output is 0 at first."""
    number = count_numbers(make_kan(inputs, outputs))
    adapter = ew.MLP.matching(number, inputs, outputs, activation="silu")
    nn.init.zeros_(adapter.layers[-1].weight)
    nn.init.zeros_(adapter.layers[-1].bias)
    return adapter


# begin-adapt
def adapt(model: nn.Module, make: Callable[[int, int], nn.Module], name: str) -> nn.Module:
    """A frozen copy of a model, with an adapter beside the layer of this name."""
    model = copy.deepcopy(model).requires_grad_(False)
    linear = model.get_submodule(name)
    model.set_submodule(name, Beside(linear, make(linear.in_features, linear.out_features)))
    return model


def replace(model: nn.Module, name: str) -> nn.Module:
    """The same without a bottleneck: a curve on every edge is trained, and W is frozen."""
    model = ew.replace_linear(model, name).requires_grad_(False)
    model.get_submodule(name).coef.requires_grad_(True)
    return model


# end-adapt


def train(model: nn.Module, x: Tensor, y: Tensor, lr: float, steps: int) -> None:
    """Train by Adam on all rows at once; frozen parameters are left out."""
    moving = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.Adam(moving, lr=lr)
    for _ in range(steps):
        optimizer.zero_grad()
        (model(x) - y).square().mean().backward()
        optimizer.step()


def main(steps: int = 300) -> dict[str, dict[str, float]]:
    """Train a network, replace the sensors, and adapt it in several ways."""
    torch.manual_seed(0)
    trained = nn.Sequential(
        nn.Linear(4, 32), nn.SiLU(), nn.Linear(32, 32), nn.SiLU(), nn.Linear(32, 1)
    )
    train(trained, *make_rows(2000, seed=0), lr=0.01, steps=600)

    def read(rows: tuple[Tensor, Tensor]) -> tuple[Tensor, Tensor]:
        return 2 * torch.tanh(rows[0] / 1.5) + 0.5, rows[1]

    (x, y), (x_test, y_test) = read(make_rows(200, seed=2)), read(make_rows(1000, seed=3))
    ways = {
        "KAN": lambda: adapt(trained, make_kan, "0"),
        "LoRA": lambda: adapt(trained, make_lora, "0"),
        "MLP": lambda: adapt(trained, make_mlp, "0"),
        "curves on every edge": lambda: replace(trained, "0"),
    }
    found = {}
    for name, make in ways.items():
        best = None
        for lr in (0.01, 0.03):
            torch.manual_seed(0)
            model = make()
            start = time.process_time()
            train(model, x, y, lr, steps)
            seconds = time.process_time() - start
            with torch.no_grad():
                error = float((model.eval()(x_test) - y_test).square().mean() / y_test.var())
            result = {"error": error, "seconds": seconds, "numbers": count_numbers(model)}
            best = result if best is None or error < best["error"] else best
        found[name] = best
    with torch.no_grad():
        before = float((trained(x_test) - y_test).square().mean() / y_test.var())
    show(f"adapters (before {before:.2f})", found)
    return found


if __name__ == "__main__":
    torch.set_num_threads(1)
    main()
