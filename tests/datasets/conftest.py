"""A dataset of MNIST's form with four images, so that most tests need neither network nor time."""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from edgewise.datasets._download import RawFile


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "network: really fetches, unless the files are cached")


@dataclass(frozen=True)
class Tiny:
    """Raw files and their content."""

    files: tuple[RawFile, ...]
    content: dict[str, bytes]

    def put(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in self.content.items():
            (folder / name).write_bytes(data)


def idx(values: np.ndarray) -> bytes:
    return struct.pack(f">4B{values.ndim}I", 0, 0, 8, values.ndim, *values.shape) + values.tobytes()


@pytest.fixture
def tiny() -> Tiny:
    rng = np.random.default_rng(0)
    images = rng.integers(0, 256, (4, 28, 28), dtype=np.uint8)
    images[0, 0, :3] = (0, 255, 51)
    content = {
        "train-images-idx3-ubyte": idx(images),
        "train-labels-idx1-ubyte": idx(np.array([3, 0, 9, 1], np.uint8)),
        "t10k-images-idx3-ubyte": idx(images[::-1][:2]),
        "t10k-labels-idx1-ubyte": idx(np.array([1, 9], np.uint8)),
    }
    files = tuple(RawFile(k, len(v), hashlib.md5(v).hexdigest()) for k, v in content.items())
    return Tiny(files, content)
