"""Small models and data for the tests of training."""

import torch
from torch import Tensor, nn


def mlp(inputs: int = 3, outputs: int = 1, *, dropout: float = 0.0, seed: int = 1) -> nn.Module:
    torch.manual_seed(seed)
    layers = [nn.Linear(inputs, 8), nn.Tanh(), nn.Dropout(dropout), nn.Linear(8, outputs)]
    return nn.Sequential(*layers)


def regression(rows: int = 50, *, dtype: torch.dtype = torch.float32) -> tuple[Tensor, Tensor]:
    generator = torch.Generator().manual_seed(7)
    x = torch.randn(rows, 3, generator=generator, dtype=dtype)
    return x, (x.square().sum(1) - x[:, 0]).unsqueeze(1)


def classification(rows: int = 60) -> tuple[Tensor, Tensor]:
    x, y = regression(rows)
    return x, (y[:, 0] > 2).long() + (y[:, 0] > 4).long()


def weights(model: nn.Module) -> list[Tensor]:
    return [t.detach().clone() for t in model.state_dict().values()]


def same(first: nn.Module, second: nn.Module) -> bool:
    pairs = zip(weights(first), weights(second), strict=True)
    return all(torch.equal(a, b) for a, b in pairs)


class Stop(Exception):
    """Ends a run in the middle of a step."""


class StopAt:
    """A regularizer of zero that raises at its n-th call."""

    def __init__(self, call: int) -> None:
        self.left = call

    def __call__(self, model: nn.Module, x: Tensor) -> float:
        self.left -= 1
        if not self.left:
            raise Stop
        return 0.0
