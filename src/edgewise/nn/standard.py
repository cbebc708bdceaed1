"""Standardisation of features by the mean and deviation of the first training rows."""

from __future__ import annotations

from typing import Any, ClassVar, TypeVar

import torch
from torch import Tensor, nn

from edgewise._derivatives import check_weights
from edgewise._tensors import Device, DType, has_values, is_in_backward, is_transformed
from edgewise.nn.norm_base import Norm

Self = TypeVar("Self", bound="Standard")

MOST_DEVIATIONS = 3.0
"""The greatest distance of a value from its mean, in units of s.

A limit of 2 is better on images, and 4 on tables. Without a limit, the test loss on digits is 1.5
times the MLP's; with this one it equals the MLP's.
"""
ENOUGH = 2**40
"""The count of a map that is final, far above any ``rows``.

AveragedModel averages this count with earlier, smaller ones. The average, too, is above ``rows``,
so that an averaged map is final.
"""
STATISTICS = "mean", "variance", "low", "high"
"""The buffers that are never in half precision.

There small updates would be lost, and a variance above 65,504 would be infinite in float16.
"""


class Standard(Norm):
    """Standardises every feature with the statistics of the first training rows.

    .. math:: n(x)_i = c + u\\, (x_i - m_i) / s_i

    m and s are the mean and the standard deviation of each feature over the first ``rows`` training
    rows. A row counts as a training row if the module is in training mode and gradients are
    recorded. Values that aren't finite are left out. Before the first row m = 0 and s = 1. After
    ``rows`` rows the map n is final: training and evaluation use the same map, and the output for a
    row doesn't depend on the other rows of its batch.

    Two kinds of features get another s. A constant feature gets s = 1. A nearly constant feature,
    such as a pixel at the edge of an image, would have a tiny s, and a huge n(x) in the few rows
    where it differs. Therefore s is at least a third of the greatest distance from m.

    c and u move the standardised features into the domain of the basis. The base activation sees
    n(x), too, so columns of any scale can be used as they are.

    The transforms of torch.func allow no change in place, so m and s can't be updated under them.
    Call :func:`edgewise.nn.settle` with training rows first. In :func:`edgewise.fit`, and if FSDP2
    shards the layer itself, m and s are the statistics of the rows of all processes. In a loop of
    your own DistributedDataParallel copies the map of its first process to the others before every
    step.

    Args:
        features: the number of features.
        device, dtype: device and type of the statistics, which have at least 32 bits.
        centre, unit: c and u.
        rows: the number of rows whose mean and deviation are used.

    Shape:
        (*, features) → (*, features)

    Example:
        >>> import torch, edgewise as ew
        >>> norm = ew.nn.Standard(1)
        >>> x = torch.tensor([[1000.0], [2000.0], [3000.0]])
        >>> norm.follow(x)
        >>> [round(z, 3) + 0.0 for z in norm(x).flatten().tolist()]
        [-1.225, 0.0, 1.225]
    """

    name: ClassVar[str] = "standard"
    title: ClassVar[str] = "standardised"
    mixes: ClassVar[bool] = False
    feeds_base: ClassVar[bool] = True
    _counts_forward: bool = False
    """Whether the last rows were counted outside of a backward pass."""

    def __init__(
        self,
        features: int,
        device: Device = None,
        dtype: DType = None,
        centre: float = 0.0,
        unit: float = 1.0,
        rows: int = 1000,
    ) -> None:
        super().__init__()
        self.rows = rows
        self._aim = centre, unit
        dtype = torch.get_default_dtype() if dtype is None else dtype
        types = dict.fromkeys(("scale", "shift", "centre", "unit"), dtype)
        types |= dict.fromkeys(STATISTICS, torch.promote_types(dtype, torch.float32))
        types |= {"count": torch.int64}
        for name, kind in types.items():
            self.register_buffer(name, torch.empty(features, device=device, dtype=kind))
        self.scale: Tensor
        self.shift: Tensor
        self.mean: Tensor
        self.variance: Tensor
        self.low: Tensor
        self.high: Tensor
        self.centre: Tensor
        self.unit: Tensor
        self.count: Tensor
        self._forget()

    @property
    def is_settled(self) -> bool:
        return self._settled

    @property
    def is_new(self) -> bool:
        return not self._settled and not bool(self.count.any())

    def aim(self, centre: float, unit: float) -> None:
        self._aim = centre, unit
        self.reset_parameters()

    def reset_parameters(self) -> None:
        super().reset_parameters()
        self._forget()

    @torch.no_grad()
    def _forget(self) -> None:
        """Let it be as if it had seen no rows."""
        centre, unit = self._aim
        self.unit.fill_(unit)
        self.scale.fill_(unit)
        self.centre.fill_(centre)
        self.shift.fill_(centre)
        for tensor in (self.mean, self.variance, self.low, self.high, self.count):
            tensor.zero_()
        self._settled = False

    def forward(self, x: Tensor) -> Tensor:
        scale, shift = self._measured()
        return torch.addcmul(shift, x, scale)

    def _measured(self) -> tuple[Tensor, Tensor]:
        """Scale and shift by the rows so far."""
        if self.training and not self._settled:
            # The layer may be called again, which changes its buffers, before the backward pass.
            return self.scale.clone(), self.shift.clone()
        return self.scale, self.shift

    def typical(self, x: Tensor) -> Tensor:
        centre, unit = self._aim
        return centre + unit * x

    @torch.no_grad()
    def follow(self, x: Tensor, together: bool = False) -> None:
        tracing = torch.jit.is_tracing()  # type: ignore[attr-defined]  # no __all__
        if self._settled or is_transformed() or tracing or not (x.numel() or together):
            return
        compiling = torch.compiler.is_compiling()
        if not (compiling or has_values(x)):
            return
        if not compiling:
            check_weights(type(self).__name__, self)
            # A checkpoint computes its outputs once more in the backward pass. These rows have been
            # counted then, unless the first pass had no gradients (use_reentrant=True).
            is_repeated = is_in_backward()
            if is_repeated and self._counts_forward:
                return
            self._counts_forward = not is_repeated
        rows = x.detach().reshape(-1, x.shape[-1])
        self._take(rows[:0] if self.is_repeated else rows, together)
        if not compiling:  # reading a number breaks the graph
            self._settled = bool((self.count >= self.rows).any())

    def _take(self, x: Tensor, together: bool = False) -> None:
        """Update the statistics with these rows, for features that have seen too few so far."""

        def add_up(rows: Tensor) -> Tensor:
            total = rows.sum(0)
            if together:
                torch.distributed.all_reduce(total)
            return total

        def find_greatest(rows: Tensor) -> Tensor:
            lowest = rows.new_full(rows.shape[1:], -torch.inf)
            greatest = torch.cat([rows, lowest[None]]).amax(0)
            if together:
                torch.distributed.all_reduce(greatest, torch.distributed.ReduceOp.MAX)
            return greatest

        x = x.to(torch.float32 if x.device.type == "mps" else torch.float64)
        known = x.isfinite()
        count = add_up(known)
        some = count.clamp_min(1)
        mean = add_up(torch.where(known, x, 0)) / some
        variance = add_up(torch.where(known, x - mean, 0).square()) / some
        before = self.count.to(x)
        total = before + count
        share = torch.where(total > 0, count / total.clamp_min(1), 0)
        step = mean - self.mean
        merged = torch.lerp(self.variance.to(x), variance, share) + share * (1 - share) * step**2
        low = -find_greatest(torch.where(known, -x, -torch.inf))
        high = find_greatest(torch.where(known, x, -torch.inf))
        low = torch.where(before > 0, torch.minimum(low, self.low), low)
        high = torch.where(before > 0, torch.maximum(high, self.high), high)
        wanted = (before < self.rows) & (count > 0)
        self.low.copy_(torch.where(wanted, low, self.low))
        self.high.copy_(torch.where(wanted, high, self.high))
        self.variance.copy_(torch.where(wanted, merged, self.variance))
        self.mean.copy_(torch.where(wanted, self.mean + share * step, self.mean))
        self.count.copy_(torch.where(wanted & (total < self.rows), total, before))
        self.count.masked_fill_(wanted & (total >= self.rows), ENOUGH)
        self._set_map(wanted)

    def _set_map(self, wanted: Tensor) -> None:
        """Compute scale and shift of the wanted features from their statistics."""
        # The variance of a constant feature may be a rounding error instead of 0.
        rounding = torch.finfo(self.mean.dtype).eps * self.mean.abs()
        varies = self.variance > (4 * rounding).square()
        reach = torch.maximum(self.high - self.mean, self.mean - self.low)
        deviation = torch.maximum(self.variance.sqrt(), reach / MOST_DEVIATIONS)
        deviation = torch.where(varies, deviation, 1.0)
        scale = torch.where(wanted, self.unit / deviation, self.scale).to(self.scale.dtype)
        self.shift.copy_(torch.where(wanted, self.centre - scale * self.mean, self.shift))
        self.scale.copy_(scale)

    @torch.no_grad()
    def fit_(self, x: Tensor, lo: float = -1.0, hi: float = 1.0) -> Standard:
        """Standardise by all of these rows, for good; return self. lo and hi have no effect."""
        self.reset_parameters()
        self._take(x.reshape(-1, x.shape[-1]))
        self.settle()
        return self

    def standardise(self, x: Tensor) -> Tensor | None:
        if not (self.count >= self.rows).any():
            return None
        return (torch.addcmul(self.shift, x, self.scale) - self.centre) / self.unit

    def settle(self) -> None:
        self.count.fill_(ENOUGH)
        self._settled = True

    @torch.no_grad()
    def span_(self, x: Tensor, lo: float, hi: float) -> Standard:
        """Map the range of each feature of ``x`` to [lo, hi], for good; return self.

        The middle of [lo, hi] has to be c.
        """
        low, high = x.reshape(-1, x.shape[-1]).aminmax(dim=0)
        self.reset_parameters()
        for tensor in (self.mean, self.low, self.high):  # so that the limit on s has no effect
            tensor.copy_((low + high) / 2)
        self.variance.copy_((self.unit * (high - low) / (hi - lo)).square())
        self._set_map(torch.ones_like(self.count, dtype=torch.bool))
        self.settle()
        return self

    def affine_map(self) -> tuple[Tensor, Tensor]:
        return self.scale, self.shift

    def reorder(self, order: Tensor) -> None:
        for name, buffer in list(self.named_buffers(recurse=False)):
            setattr(self, name, buffer[order].contiguous())

    def _apply(self: Self, fn: Any, recurse: bool = True) -> Self:
        before = {name: getattr(self, name) for name in STATISTICS}
        super()._apply(fn, recurse)
        for name, old in before.items():
            new = getattr(self, name)
            exact = torch.promote_types(new.dtype, torch.float32)
            if new.dtype != exact:
                setattr(self, name, old.to(new.device, exact))
        return self

    def _load_from_state_dict(self, *args: Any) -> None:
        self._settled = False  # the next training step reads the loaded count
        super()._load_from_state_dict(*args)


class StandardAffine(Standard):
    """Standardises every feature, and then trains a scale and a shift for it.

    .. math:: n(x)_i = c + a_i u\\, (x_i - m_i) / s_i + b_i

    m, s, c and u are those of :class:`Standard`. The scale a starts at 1 and the shift b at 0. A
    learning rate means the same for columns of all units, because a and b act on standardised
    features. The gradients of a and b need those of the inputs: for many features this costs up to
    half of a training step.

    Args:
        features, device, dtype, centre, unit, rows: as for :class:`Standard`.

    Shape:
        (*, features) → (*, features)

    Example:
        >>> import torch, edgewise as ew
        >>> norm = ew.KAN([2, 5, 1]).stack()[0].norm
        >>> sorted(name for name, _ in norm.named_parameters())
        ['gain', 'offset']
    """

    name: ClassVar[str] = "standard_affine"
    title: ClassVar[str] = "standardised and scaled"

    def __init__(
        self,
        features: int,
        device: Device = None,
        dtype: DType = None,
        centre: float = 0.0,
        unit: float = 1.0,
        rows: int = 1000,
    ) -> None:
        super().__init__(features, device, dtype, centre, unit, rows)
        self.gain = nn.Parameter(torch.ones(features, device=device, dtype=dtype))
        self.offset = nn.Parameter(torch.zeros(features, device=device, dtype=dtype))

    def trained_map(self) -> tuple[nn.Parameter, ...]:
        return self.gain, self.offset

    def forward(self, x: Tensor) -> Tensor:
        scale, shift = self.affine_map()
        return torch.addcmul(shift, x, scale)

    def affine_map(self) -> tuple[Tensor, Tensor]:
        scale, shift = self._measured()
        shift = self.centre + self.gain * (shift - self.centre) + self.offset
        return self.gain * scale, shift

    def compose(self, scale: Tensor, shift: Tensor) -> None:
        self.gain.mul_(scale.to(self.gain))
        middle = self.centre + self.offset
        self.offset.copy_(scale.to(middle) * middle + shift.to(middle) - self.centre)

    def reorder(self, order: Tensor) -> None:
        super().reorder(order)
        Norm.reorder(self, order)
