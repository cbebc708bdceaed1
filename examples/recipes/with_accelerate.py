"""Accelerate: four small batches give the gradient of one large batch.

python examples/recipes/with_accelerate.py
"""

from collections.abc import Callable
from typing import Any

import torch
from accelerate import Accelerator
from task import BATCH, LEARNING_RATE, ROWS, compare, find_error
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


# begin-train
def train(model: nn.Module, steps: int, parts: int) -> nn.Module:
    """Train by Adam, each batch in `parts`."""
    model(ROWS[0][:1000])  # fixes the standardisation of a KAN's inputs
    accelerator = Accelerator(cpu=True, gradient_accumulation_steps=parts)
    order = torch.Generator().manual_seed(0)
    loader = DataLoader(
        TensorDataset(*ROWS), BATCH // parts, shuffle=True, drop_last=True, generator=order
    )
    optimizer = torch.optim.Adam(model.parameters(), lr=LEARNING_RATE)
    prepared, optimizer, loader = accelerator.prepare(model, optimizer, loader)
    done = 0
    while done < steps:
        for x, y in loader:
            with accelerator.accumulate(prepared):
                loss = (prepared(x) - y).square().mean()
                accelerator.backward(loss)
                optimizer.step()
                optimizer.zero_grad()
            done += accelerator.sync_gradients
            if done == steps:
                break
    return accelerator.unwrap_model(prepared)


# end-train


def run(make: Callable[[], nn.Module], steps: int) -> dict[str, Any]:
    """Train with every batch in four parts."""
    model = train(make(), steps, parts=4)
    return {"error": find_error(model), "network": model}


def main() -> dict[str, Any]:
    """Train the KAN and the MLP."""
    return compare("Accelerate", run)


if __name__ == "__main__":
    torch.set_num_threads(1)
    main()
