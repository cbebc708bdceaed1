"""Regression datasets sampled from a function."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from edgewise._checks import check_device, check_flags, check_numbers, read_count
from edgewise._memory import check_memory
from edgewise._tensors import Device
from edgewise.datasets._dataset import Split, moments, spread


@dataclass(frozen=True, eq=False, repr=False)
class FunctionDataset(Split):
    """Train and test samples of a function, and the normalisation that was applied to them.

    The original values are ``x * x_std + x_mean`` and ``y * y_std + y_mean``; without normalisation
    the means are 0 and the stds 1.

    Shape:
        - `x_train`, `x_test`: ``(N, in_features)``
        - `y_train`, `y_test`: ``(N, out_features)``
        - `x_mean`, `x_std`: ``(in_features,)``; `y_mean`, `y_std`: ``(out_features,)``

    Example:
        >>> import torch, edgewise as ew
        >>> data = ew.datasets.create_dataset(lambda x: 100 + x.sum(1), 2, normalize_y=True)
        >>> f"{float(data.y_train.std()):.1f}, {float(data.y_mean):.0f}"
        '1.0, 100'
        >>> y = data.denormalize_y(data.y_test)
        >>> torch.allclose(y, 100 + data.x_test.sum(1, keepdim=True))
        True
    """

    x_train: Tensor
    y_train: Tensor
    x_test: Tensor
    y_test: Tensor
    x_mean: Tensor
    x_std: Tensor
    y_mean: Tensor
    y_std: Tensor

    @property
    def out_features(self) -> int:
        """Number of outputs of the function."""
        return self.y_train.shape[1]

    def denormalize_y(self, y: Tensor) -> Tensor:
        """Bring `y`, for example a model's predictions, back to the units of the function.

        Shape:
            - y: ``(*, out_features)``
            - output: the same
        """
        return y * self.y_std + self.y_mean

    def __repr__(self) -> str:
        return (
            f"FunctionDataset(train={len(self.x_train)}, test={len(self.x_test)}, "
            f"in_features={self.in_features}, out_features={self.out_features}, "
            f"dtype={self.x_train.dtype}, device='{self.x_train.device}')"
        )


def create_dataset(
    f: Callable[[Tensor], Tensor],
    in_features: int,
    *,
    num_train: int = 1000,
    num_test: int = 1000,
    ranges: Sequence[float] | Sequence[Sequence[float]] | Tensor = (-1.0, 1.0),
    noise: float = 0.0,
    normalize_x: bool = False,
    normalize_y: bool = False,
    seed: int = 0,
    dtype: torch.dtype = torch.float32,
    device: Device = None,
) -> FunctionDataset:
    """Sample `f` at points drawn uniformly from a box.

    Points and values are computed in float64 on the CPU and then cast, so that one seed means the
    same points in every dtype and on every device. The global random state is neither read nor
    changed.

    Args:
        f: the function; it is called once, with all points, in float64.
        in_features: number of inputs of `f`.
        num_train, num_test: number of points in each part.
        ranges: ``(low, high)`` for all inputs, or one such pair per input.
        noise: standard deviation of Gaussian noise added to `y_train`, as a fraction of the
            standard deviation of each column of the clean `y_train`. `y_test` stays clean.
        normalize_x: shift and scale x to mean 0 and std 1 on the train part.
        normalize_y: the same for y, after the noise.
        seed: seed of the points and of the noise.
        dtype, device: of the tensors.

    Shape:
        - f: ``(N, in_features)`` to ``(N,)``, ``(N, 1)`` or ``(N, out_features)``

    Raises:
        ValueError: an argument is out of range, or `f` returns a wrong shape or a value that is
            not finite.
        TypeError: `dtype` is not a floating-point type, or `f` does not return a real tensor.

    Example:
        >>> data = create_dataset(lambda x: x[:, 0] * x[:, 1], 2, num_train=100)
        >>> data.y_train.shape
        torch.Size([100, 1])
    """
    for name, count, least in (
        ("in_features", in_features, 1),
        ("num_train", num_train, 1),
        ("num_test", num_test, 0),
    ):
        read_count("create_dataset", name, count, least)
    seed = read_count("create_dataset", "seed", seed, 1 - 2**63)
    numbers, kind = (num_train + num_test) * in_features, torch.float64
    check_memory("create_dataset", "points", numbers, "take fewer points", device="cpu", dtype=kind)
    check_numbers("create_dataset", noise=noise)
    check_flags("create_dataset", normalize_x=normalize_x, normalize_y=normalize_y)
    if not isinstance(dtype, torch.dtype) or not dtype.is_floating_point:
        raise TypeError(f"dtype must be a floating-point type, got {dtype}")
    check_device("create_dataset", device)
    low, high = read_ranges("create_dataset", ranges, in_features)

    generator = torch.Generator().manual_seed(seed)
    unit = torch.rand(
        num_train + num_test, in_features, generator=generator, dtype=torch.float64, device="cpu"
    )
    x = low + (high - low) * unit
    y = _values(f, x)
    x_train, x_test = x[:num_train], x[num_train:]
    y_train, y_test = y[:num_train], y[num_train:]

    if noise:
        scale = noise * spread(y_train)
        # Drawn last: with and without noise, the points are the same.
        y_train = y_train + scale * torch.randn(
            y_train.shape, generator=generator, dtype=torch.float64, device="cpu"
        )
    x_mean, x_std = moments(x_train) if normalize_x else _identity(x_train)
    y_mean, y_std = moments(y_train) if normalize_y else _identity(y_train)
    return FunctionDataset(
        *(
            value.to(device=device, dtype=dtype)
            for value in (
                (x_train - x_mean) / x_std,
                (y_train - y_mean) / y_std,
                (x_test - x_mean) / x_std,
                (y_test - y_mean) / y_std,
                x_mean,
                x_std,
                y_mean,
                y_std,
            )
        )
    )


def read_ranges(owner: str, ranges: Any, in_features: int) -> tuple[Tensor, Tensor]:
    """The least and the greatest value of each input, (in_features,) each, in float64.

    Args:
        ranges: (low, high) for all inputs, or one such pair for each.
    """
    wanted = f"{owner} expected ranges (low, high), or {in_features} of these, one for each input"
    try:
        box = torch.as_tensor(ranges, device="cpu").detach().cpu()
        box = box if box.is_complex() else box.to(torch.float64)
    except (TypeError, ValueError, RuntimeError, OverflowError) as error:
        raise ValueError(f"{wanted}, got {ranges!r:.80}") from error
    if box.is_complex() or box.layout != torch.strided or box.shape not in ((2,), (in_features, 2)):
        raise ValueError(f"{wanted}, got {ranges!r:.80}")
    low, high = box.expand(in_features, 2).unbind(-1)
    if not (bool(box.isfinite().all()) and bool((low < high).all())):
        raise ValueError(f"{wanted}, finite and low < high, got {ranges!r:.80}")
    return low, high


def _values(f: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
    """``f(x)``, checked, of shape ``(N, out_features)``."""
    y = f(x.clone())  # f may work in place
    if not isinstance(y, Tensor) or y.is_complex():
        got = y.dtype if isinstance(y, Tensor) else type(y).__name__
        raise TypeError(f"f must return a real torch tensor, got {got}")
    num = len(x)
    if y.dim() not in (1, 2) or y.shape[0] != num or y.shape[-1] == 0:
        raise ValueError(
            f"f must map {tuple(x.shape)} to ({num},), ({num}, 1) or ({num}, out_features), "
            f"got shape {tuple(y.shape)}"
        )
    y = y.detach().to(device="cpu", dtype=torch.float64).reshape(num, -1)
    bad = (~y.isfinite().all(1)).nonzero()
    if len(bad):
        row = int(bad[0])
        raise ValueError(
            f"f is not finite at {len(bad)} of {num} points: first f({x[row].tolist()}) = "
            f"{y[row].tolist()}; choose ranges= inside its domain"
        )
    return y


def _identity(values: Tensor) -> tuple[Tensor, Tensor]:
    """The mean and std that change nothing."""
    return torch.zeros_like(values[0]), torch.ones_like(values[0])
