"""PyTorch's own tools: averaged weights, gradient accumulation, bfloat16, compile, torch.func.

python examples/recipes/plain_torch.py
"""

from collections.abc import Callable
from typing import Any

import torch
from task import BATCH, LEARNING_RATE, ROWS, compare, find_error
from torch import Tensor, nn
from torch.func import functional_call, grad, vmap
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn


# begin-train
def train(
    model: nn.Module, steps: int, parts: int = 1, half: bool = False, compiled: bool = False
) -> nn.Module:
    """Train by Adam, each batch in `parts`; return the exponential average of the weights."""
    model(ROWS[0][:1000])  # fixes the standardisation of a KAN's inputs
    averaged = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(0.98))
    optimizer = torch.optim.Adam(model.parameters(), lr=LEARNING_RATE)
    order = torch.Generator().manual_seed(0)
    forward = torch.compile(model, backend="aot_eager", fullgraph=True) if compiled else model
    for _ in range(steps):
        rows = torch.randint(len(ROWS[0]), (BATCH,), generator=order)
        optimizer.zero_grad()
        for part in rows.chunk(parts):
            x, y = ROWS[0][part], ROWS[1][part]
            with torch.autocast("cpu", torch.bfloat16, enabled=half):
                loss = (forward(x) - y).square().mean() / parts
            loss.backward()
        optimizer.step()
        averaged.update_parameters(model)
    return averaged.module


# end-train


# begin-functional
def find_gradients(model: nn.Module, x: Tensor, y: Tensor) -> dict[str, Tensor]:
    """Per-sample gradients: the gradient of each row's squared error."""
    model(x)  # torch.func can't update the standardisation of the inputs: fix it first
    parameters = {name: p.detach() for name, p in model.named_parameters()}
    buffers = dict(model.named_buffers())

    def find_loss(parameters: dict[str, Tensor], x: Tensor, y: Tensor) -> Tensor:
        return (functional_call(model, (parameters, buffers), (x,)) - y).square().sum()

    return vmap(grad(find_loss), (None, 0, 0))(parameters, x, y)


# end-functional


def run(make: Callable[[], nn.Module], steps: int) -> dict[str, Any]:
    """Train in float32, and judge the averaged weights."""
    model = make()
    averaged = train(model, steps)
    return {"error": find_error(averaged)}


def main() -> dict[str, Any]:
    """Train the KAN and the MLP."""
    return compare("PyTorch, averaged", run)


if __name__ == "__main__":
    torch.set_num_threads(1)
    main()
