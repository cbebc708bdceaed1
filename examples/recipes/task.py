"""The task of the recipes, and a KAN and an MLP with about the same number of parameters."""

import time
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn

import edgewise as ew

STEPS, BATCH = 800, 128
LEARNING_RATE = 0.03  # the best of .003, .01 and .03 for the KAN and for the MLP


def make_rows(count: int, seed: int) -> tuple[Tensor, Tensor]:
    """Four standard normal inputs a, b, c, d, and the target sin 2a + bc + .3 d²."""
    x = torch.randn(count, 4, generator=torch.Generator().manual_seed(seed))
    a, b, c, d = x.split(1, dim=1)
    return x, torch.sin(2 * a) + b * c + 0.3 * d**2


ROWS = make_rows(2000, seed=0)
UNSEEN = make_rows(1000, seed=1)


def make_kan() -> ew.KAN:
    """The default KAN, with 313 parameters."""
    return ew.KAN([4, 8, 1], seed=0)


def make_mlp() -> ew.MLP:
    """An MLP with two hidden layers and about as many parameters, 311."""
    torch.manual_seed(0)
    return ew.MLP([4, 14, 15, 1], activation="silu")


def count_numbers(model: nn.Module) -> int:
    """The number of trainable parameters."""
    return sum(p.numel() for p in model.parameters() if p.requires_grad)


@torch.no_grad()
def find_error(model: nn.Module) -> float:
    """The share of unexplained variance on test rows."""
    x, y = UNSEEN
    was_training = model.training
    off = model.eval()(x) - y
    model.train(was_training)
    return float(off.square().mean() / y.var())


def compare(
    title: str, run: Callable[[Callable[[], nn.Module], int], dict[str, Any]], steps: int = STEPS
) -> dict[str, Any]:
    """Call `run(make, steps)` for the KAN and for the MLP, and print one line.

    `run` makes and trains a network. It returns a dict with "error", and further entries if it
    likes. Seconds are CPU time, because the machine may be shared.
    """
    run(make_kan, 1)  # a warm-up, which isn't timed
    found = {}
    for name, make in (("KAN", make_kan), ("MLP", make_mlp)):
        start = time.process_time()
        result = run(make, steps)
        found[name] = {"seconds": time.process_time() - start, **result}
    show(title, found)
    return found


def show(title: str, found: dict[str, Any]) -> None:
    """Print one line: the error and the seconds of each network."""
    parts = (f"{name} {r['error']:.4f} in {r['seconds']:.1f} s" for name, r in found.items())
    print(f"{title}: error " + ", ".join(parts))
