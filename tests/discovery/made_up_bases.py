"""A basis that no registry knows about, without a size."""

from dataclasses import dataclass
from typing import ClassVar

import torch

from edgewise.bases import Basis
from edgewise.bases.base import registry


@dataclass(frozen=True)
class Waves(Basis):
    """sin z and cos z."""

    name: ClassVar[str] = "test_waves"

    @property
    def num_basis(self):
        return 2

    def grid_shapes(self, in_features):
        return ()

    def domain(self, grid):
        return -1.0, 1.0

    def evaluate(self, z, grid):
        return torch.stack([z.sin(), z.cos()], -1)


def forget():
    """Other tests go over the registry."""
    from edgewise.bases import base

    del base._REGISTRY["test_waves"]


assert "test_waves" in registry()
forget()
