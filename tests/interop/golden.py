"""The originals' outputs, and how each of our layouts maps onto theirs."""

import json
from pathlib import Path

import numpy as np
import torch

FOLDER = Path(__file__).parent.parent / "data" / "golden"


class Golden:
    """One recorded run of an original program, in float64."""

    def __init__(self, name: str):
        self.name = name
        self._data = np.load(FOLDER / f"{name}.npz")
        self.config = json.loads(str(self._data["config"]))

    def __getitem__(self, key: str) -> torch.Tensor:
        return torch.from_numpy(self._data[key])

    def __contains__(self, key: str) -> bool:
        return key in self._data.files

    def section(self, prefix: str) -> dict[str, torch.Tensor]:
        """The tensors under ``prefix``, without it."""
        return {
            key.removeprefix(prefix): self[key]
            for key in self._data.files
            if key.startswith(prefix)
        }
