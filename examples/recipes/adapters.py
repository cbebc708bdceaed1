"""Adapters: a KAN beside a frozen linear layer, y = W x + KAN(x), for a network that is trained.

    python examples/recipes/adapters.py

A sensor is replaced, and what it reads is now a curve of what it read before. There are 200 rows
from the new one. The network's weights stay as they are; adapters of equally many numbers learn.
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
    """A linear layer that stays as it is, and what is trained beside it."""

    def __init__(self, linear: nn.Linear, adapter: nn.Module) -> None:
        super().__init__()
        self.linear = linear.requires_grad_(False)
        self.adapter = adapter

    def forward(self, x: Tensor) -> Tensor:
        return self.linear(x) + self.adapter(x)


def make_kan(inputs: int, outputs: int) -> nn.Module:
    """A KAN with a bottleneck, as LoRA has one; it begins with the answer 0."""
    return ew.KAN([inputs, 2, outputs], output_init="zero")


# end-beside


def make_lora(inputs: int, outputs: int) -> nn.Module:
    """LoRA: two matrices, of which the second begins at 0."""
    rank = round(count_numbers(make_kan(inputs, outputs)) / (inputs + outputs))
    up = nn.Linear(rank, outputs, bias=False)
    nn.init.zeros_(up.weight)
    return nn.Sequential(nn.Linear(inputs, rank, bias=False), up)


def make_mlp(inputs: int, outputs: int) -> nn.Module:
    """One hidden layer of SiLU, of which the weights above begin at 0."""
    number = count_numbers(make_kan(inputs, outputs))
    adapter = ew.MLP.matching(number, inputs, outputs, activation="silu")
    nn.init.zeros_(adapter.layers[-1].weight)
    nn.init.zeros_(adapter.layers[-1].bias)
    return adapter


# begin-adapt
def adapt(model: nn.Module, make: Callable[[int, int], nn.Module], name: str) -> nn.Module:
    """A copy of a model, all of it frozen, with an adapter beside the layer of that name."""
    model = copy.deepcopy(model).requires_grad_(False)
    linear = model.get_submodule(name)
    model.set_submodule(name, Beside(linear, make(linear.in_features, linear.out_features)))
    return model


def replace(model: nn.Module, name: str) -> nn.Module:
    """The same with a curve on every edge, without a bottleneck: W stays, only curves move."""
    model = ew.replace_linear(model, name).requires_grad_(False)
    model.get_submodule(name).coef.requires_grad_(True)
    return model


# end-adapt


def train(model: nn.Module, x: Tensor, y: Tensor, lr: float, steps: int) -> None:
    """Adam on all rows; a parameter that is frozen has no gradient."""
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
