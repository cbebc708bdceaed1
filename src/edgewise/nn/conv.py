"""Convolutions whose kernels have a learnable univariate function at every weight's place."""

from __future__ import annotations

import math
from abc import ABC
from collections.abc import Sequence
from typing import Any, ClassVar

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from edgewise._checks import check_choice, is_number, read_count, read_list
from edgewise._tensors import Device, DType
from edgewise.bases import Basis
from edgewise.engines.activation import BaseActivation
from edgewise.functional import check_floating
from edgewise.nn.arguments import read_seed, renamed
from edgewise.nn.init import Initializer, leave_zero
from edgewise.nn.inspect import count_held
from edgewise.nn.linear import KANLinear
from edgewise.nn.recompute import may_recompute, recompute
from edgewise.nn.windows import Kernel, PaddedBox, Pads, widths

SMALL_BYTES = 8 * 2**20
"""What a whole batch may take in any case, so that small layers keep their windows."""
LEAST_BYTES = 2**20
"""What a block may take in any case: below it, blocks cost more time than they save memory."""
MOST_BYTES = 16 * 2**20
"""What the windows of one block may take: larger blocks aren't faster."""
WIDTH = 4
"""Bytes of the narrowest type that engines compute in."""
PADDING_MODES = ("zeros", "reflect", "replicate", "circular")

Size = int | Sequence[int]


class KANConv(nn.Module, ABC):
    """The common part of the convolutions; :class:`KANConv2d` explains it."""

    dimensions: ClassVar[int]

    @renamed(generator="seed")
    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: Size,
        stride: Size = 1,
        padding: Size | str = 0,
        dilation: Size = 1,
        groups: int = 1,
        bias: bool = True,
        padding_mode: str = "zeros",
        *,
        basis: Basis | str | None = None,
        norm: str | None = "auto",
        base: BaseActivation = "silu",
        coef_scale: bool | float | str = "auto",
        init: str | Initializer = "variance",
        engine: str | None = None,
        seed: int | torch.Generator | None = None,
        memory: int | None = None,
        device: Device = None,
        dtype: DType = None,
    ) -> None:
        super().__init__()
        owner = type(self).__name__
        groups = read_count(owner, "groups", groups, 1)
        in_channels = read_count(owner, "in_channels", in_channels, 1)
        out_channels = read_count(owner, "out_channels", out_channels, 1)
        for name, count in (("in_channels", in_channels), ("out_channels", out_channels)):
            if count % groups:
                raise ValueError(f"{owner} expected groups to divide {name}={count}, got {groups}")
        memory = None if memory is None else read_count(owner, "memory", memory, 1)
        check_choice(owner, "padding_mode", padding_mode, PADDING_MODES)
        self.in_channels = in_channels
        self.out_channels = out_channels
        self.kernel_size = self._sizes("kernel_size", kernel_size, 1)
        self.stride = self._sizes("stride", stride, 1)
        self.dilation = self._sizes("dilation", dilation, 1)
        self.groups = groups
        self.padding_mode = padding_mode
        self.padding = padding if isinstance(padding, str) else self._sizes("padding", padding, 0)
        self._kernel = Kernel(self.kernel_size, self.stride, self.dilation)
        self._pads = self._find_pads()
        self.memory = memory
        seed = read_seed("KANConv", seed, device)
        self.layers = nn.ModuleList(
            KANLinear(
                in_channels // groups * math.prod(self.kernel_size),
                out_channels // groups,
                basis=basis,
                norm=norm,
                base=base,
                bias=bias,
                coef_scale=coef_scale,
                init=init,
                engine=engine,
                seed=seed,
                device=device,
                dtype=dtype,
            )
            for _ in range(groups)
        )

    def _sizes(self, field: str, value: Size, least: int) -> tuple[int, ...]:
        """One number for each dimension; ValueError if that isn't what ``value`` says."""
        owner = type(self).__name__
        numbers = [value] * self.dimensions if is_number(value) else read_list(owner, field, value)
        if len(numbers) != self.dimensions:
            raise ValueError(
                f"{owner} expected {field} as one integer or {self.dimensions}, got {value!r}"
            )
        return tuple(read_count(owner, field, number, least) for number in numbers)

    def _find_pads(self) -> Pads:
        """How much is added before and behind, for each dimension."""
        if not isinstance(self.padding, str):
            return tuple((p, p) for p in self.padding)
        if self.padding not in ("valid", "same"):
            raise ValueError(
                f"{type(self).__name__} expected padding as numbers, 'valid' or 'same', got "
                f"{self.padding!r}"
            )
        if self.padding == "valid":
            return ((0, 0),) * self.dimensions
        if max(self.stride) > 1:
            raise ValueError(
                f"{type(self).__name__} expected stride 1 with padding='same', got {self.stride}: "
                "give the padding as numbers"
            )
        totals = [d * (k - 1) for d, k in zip(self.dilation, self.kernel_size, strict=True)]
        return tuple((total // 2, total - total // 2) for total in totals)

    @renamed(generator="seed")
    def reset_parameters(
        self, init: str | Initializer | None = None, seed: int | torch.Generator | None = None
    ) -> None:
        """Make every layer new: see :meth:`KANLinear.reset_parameters`."""
        seed = read_seed("reset_parameters", seed, self.stack()[0].coef.device)
        for layer in self.stack():
            layer.reset_parameters(init, seed)

    def stack(self) -> list[KANLinear]:
        """The layers of the groups, typed as KAN layers."""
        return [layer for layer in self.layers if isinstance(layer, KANLinear)]

    def forward(self, x: Tensor) -> Tensor:
        self._check(x)
        batch = x if x.dim() == self.dimensions + 2 else x[None]
        part = self._pad(batch)
        outputs = self._count_outputs(part, batch)
        some = self._count_windows(batch, math.prod(outputs))
        if len(batch) * math.prod(outputs) <= some:
            y = self._compute(part)
        else:
            y = self._compute_blocks(part, some, may_recompute(self)).contiguous()
        return y if batch is x else y[0]

    def _check(self, x: Tensor) -> None:
        owner, shape = type(self).__name__, f"(N, {self.in_channels}, {'size, ' * self.dimensions}"
        check_floating(owner, x)
        channel = x.dim() - self.dimensions - 1
        if channel not in (0, 1) or x.shape[channel] != self.in_channels:
            raise ValueError(
                f"{owner} expected inputs of shape {shape[:-2]}) or without N, got "
                f"{tuple(x.shape)}: move the channels to the dimension behind the samples"
            )

    def _pad(self, batch: Tensor) -> PaddedBox:
        """The batch with its zeros still to be added, or padded with other values."""
        if self.padding_mode == "zeros":
            return PaddedBox(batch, self._pads)
        padded = F.pad(batch, widths(self._pads), mode=self.padding_mode)
        return PaddedBox(padded, ((0, 0),) * self.dimensions)

    def _count_outputs(self, part: PaddedBox, batch: Tensor) -> tuple[int, ...]:
        outputs = self._kernel.count_outputs(part)
        if min(outputs) < 1:
            raise ValueError(
                f"{type(self).__name__} expected inputs at least as large as the kernel "
                f"{self.kernel_size}, got {tuple(batch.shape[2:])}: use padding or a smaller kernel"
            )
        return outputs

    def _count_windows(self, batch: Tensor, outputs: int) -> int:
        """How many windows a block may have: what a step holds of them is bounded."""
        # Groups have a layer each, unless whole networks were put in their place.
        layers = [layer for layer in self.modules() if isinstance(layer, KANLinear)]
        if True in [layer.norm is not None and layer.norm.mixes_rows for layer in layers]:
            return len(batch) * outputs
        width = max(batch.element_size(), WIDTH)  # half types are computed in float32
        window = width * self.in_channels * self._kernel.positions
        held = window * (1 + max([1, *[count_held(layer, batch) for layer in layers]]))
        if self.memory is not None:
            return max(1, self.memory // held)
        if len(batch) * outputs * held <= SMALL_BYTES:
            return len(batch) * outputs
        around = width * (batch.numel() + len(batch) * outputs * self.out_channels)
        return max(1, min(max(around, LEAST_BYTES) // held, MOST_BYTES // window))

    def _compute_blocks(self, part: PaddedBox, some: int, again: bool) -> Tensor:
        """Every block by itself; for a backward pass only x is kept where it may compute again."""
        windows = len(part.values) * math.prod(self._kernel.count_outputs(part))
        halves = self._kernel.halve(part) if windows > some else None
        if halves is not None:
            dim, *parts = halves
            return torch.cat([self._compute_blocks(half, some, again) for half in parts], dim)
        if not again:
            return self._compute(part)
        return recompute(self, lambda x: self._compute(PaddedBox(x, part.pads)), part.values)

    def _compute(self, part: PaddedBox) -> Tensor:
        """The outputs of a part at once."""
        windows = self._kernel.cut(part)
        each = windows.shape[-1] // self.groups
        outs = [
            layer(windows[..., g * each : (g + 1) * each] if self.groups > 1 else windows)
            for g, layer in enumerate(self.layers)
        ]
        y = outs[0] if len(outs) == 1 else torch.cat(outs, -1)
        return y.movedim(-1, 1).contiguous()

    def to_config(self) -> dict[str, Any]:
        """The constructor's arguments as JSON-able data.

        Raises:
            ValueError: if the base activation is a callable, which no file can hold.
        """
        return {
            "in_channels": self.in_channels,
            "out_channels": self.out_channels,
            "kernel_size": list(self.kernel_size),
            "stride": list(self.stride),
            "padding": self.padding if isinstance(self.padding, str) else list(self.padding),
            "dilation": list(self.dilation),
            "groups": self.groups,
            "padding_mode": self.padding_mode,
            "memory": self.memory,
            "layers": [layer.to_config() for layer in self.stack()],
        }

    @classmethod
    def from_config(
        cls,
        config: dict[str, Any],
        *,
        device: Device = None,
        dtype: DType = None,
    ) -> KANConv:
        """The layer that :meth:`to_config` described, with weights still to be loaded."""
        settings = dict(config)
        layers = [
            KANLinear.from_config(c, device=device, dtype=dtype) for c in settings.pop("layers")
        ]
        made = cls(**settings, basis="legendre", base=None, init=leave_zero, device="meta")
        each = math.prod(made.kernel_size) * made.in_channels // made.groups
        sizes = {(layer.in_features, layer.out_features) for layer in layers}
        if len(layers) != made.groups or sizes != {(each, made.out_channels // made.groups)}:
            raise ValueError(f"{cls.__name__} expected one layer a group, got {layers}")
        made.layers = nn.ModuleList(layers)
        return made

    def extra_repr(self) -> str:
        parts = [f"{self.in_channels}, {self.out_channels}, kernel_size={self.kernel_size}"]
        parts += [f"stride={self.stride}"] if max(self.stride) > 1 else []
        parts += [f"padding={self.padding}"] if any(map(any, self._pads)) else []
        parts += [f"dilation={self.dilation}"] if max(self.dilation) > 1 else []
        parts += [f"groups={self.groups}"] if self.groups > 1 else []
        parts += [f"padding_mode={self.padding_mode}"] if self.padding_mode != "zeros" else []
        return ", ".join(parts)


class KANConv1d(KANConv):
    """A convolution over one dimension; the arguments are those of :class:`KANConv2d`.

    Shape:
        (N, in_channels, length) → (N, out_channels, out length)

    Example:
        >>> import torch, edgewise as ew
        >>> ew.nn.KANConv1d(2, 3, 5, padding="same")(torch.randn(4, 2, 20)).shape
        torch.Size([4, 3, 20])
    """

    dimensions = 1


class KANConv2d(KANConv):
    """A convolution over two dimensions with a learnable function in place of every weight.

    .. math:: y_{o}(p) = b_o + \\sum_{c, k} \\Big[ V_{cko}\\, s(x_c(p + k))
              + \\sum_g C_{ckgo}\\, φ_g(n(x)_{ck}(p)) \\Big]

    where p + k are the positions of a window and x is padded first: a padded zero goes through
    its edge's function like any other value. n normalises a window, with all its channels and
    positions as the features of :class:`KANLinear`; for a norm over channels or images put one
    of torch's layers in front.

    Memory: windows are cut out a block at a time: of samples, or of a sample's positions where one
    sample is too large. Where all windows of a batch fit into ``memory`` they are kept for the
    backward pass; otherwise only x is (padded, unless with zeros), and every block is computed
    again there.

    Args:
        in_channels, out_channels, kernel_size, stride: as in :class:`torch.nn.Conv2d`.
        padding, padding_mode: as in :class:`torch.nn.Conv2d`; padding may be "valid" or "same".
        dilation, groups, bias: as in :class:`torch.nn.Conv2d`. Every group is a layer of its own in
            ``layers``.
        basis, norm, base, coef_scale, init, engine, seed, device, dtype: as in
            :class:`KANLinear`.
        memory: bytes that one block may take: its windows, their gradients and what the engine
            makes of them, which is many times more in plain torch. None: as many as inputs and
            outputs together, so that the layer's peak follows that of :class:`torch.nn.Conv2d`;
            but at least 1 MiB, 8 MiB where that is enough for the whole batch, and not more than
            16 MiB of windows. Larger blocks of large batches are no faster on a CPU; on a GPU
            plain torch needs fewer launches with them.

    Shape:
        (N, in_channels, height, width) → (N, out_channels, out height, out width), both also
        without N; out = ⌊(size + padding - dilation · (kernel_size - 1) - 1) / stride⌋ + 1

    Raises:
        ValueError: if a setting is out of its range, or inputs don't fit.
        TypeError: if inputs are no floating-point tensor.

    Example:
        >>> import torch, edgewise as ew
        >>> layer = ew.nn.KANConv2d(3, 8, 3, padding=1, basis=ew.Gaussian(5), norm="layer")
        >>> layer(torch.randn(2, 3, 10, 10)).shape
        torch.Size([2, 8, 10, 10])
        >>> depthwise = ew.nn.KANConv2d(8, 8, 3, groups=8)

    Reference: Bodner et al., *Convolutional Kolmogorov-Arnold Networks*, arXiv:2406.13155; Drokin,
    *Kolmogorov-Arnold Convolutions: Design Principles and Empirical Studies*, arXiv:2407.01092.
    """

    dimensions = 2


class KANConv3d(KANConv):
    """A convolution over three dimensions; the arguments are those of :class:`KANConv2d`.

    Shape:
        (N, in_channels, depth, height, width) → (N, out_channels, …)

    Example:
        >>> import torch, edgewise as ew
        >>> ew.nn.KANConv3d(2, 3, 3, stride=2)(torch.randn(1, 2, 7, 7, 7)).shape
        torch.Size([1, 3, 3, 3, 3])
    """

    dimensions = 3
