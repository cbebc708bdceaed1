"""Normalisations n(x): what a layer does to its inputs before the basis sees them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any, ClassVar

import torch
from torch import Tensor, nn

from edgewise.bases.base import is_transformed
from edgewise.engines.normalization import EPS, NORMALIZATIONS


class Norm(nn.Module, ABC):
    """What stands between a layer's inputs and its basis.

    Shape:
        (*, features) → (*, features)
    """

    name: ClassVar[str]
    """What settings and files call it."""
    title: ClassVar[str]
    """What axes and notes of pictures call it."""
    mixes: ClassVar[bool]
    """Whether n(x)_i depends on more than x_i, so that an edge is no function of one input."""
    mixes_rows: ClassVar[bool] = False
    """Whether n(x) of one row depends on other rows, so that a batch can't be computed in parts."""
    feeds_base: ClassVar[bool] = False
    """Whether the base activation sees n(x), as the basis does, instead of x."""
    rescales: ClassVar[bool] = True
    """Whether its values keep their scale when all inputs are multiplied by a large number."""

    def forward(self, x: Tensor) -> Tensor:
        """n(x), by the formula that engines know under its name; others write their own."""
        return NORMALIZATIONS[self.name].value(x, self.affine_map() or ())

    def reset_parameters(self) -> None:  # most have none
        """Set what is trained to its first values, which change nothing."""

    def typical(self, x: Tensor) -> Tensor:
        """n(x) of one feature before any training, where x are draws from a standard normal.

        A layer's initialisation asks for it, to know where the basis will be evaluated.

        Shape:
            (rows,) → (rows,)
        """
        return x

    @abstractmethod
    def affine_map(self) -> tuple[Tensor, Tensor] | None:
        """The trained scale and shift, one for every feature, that it ends with; None without."""

    def for_engine(self) -> tuple[str, tuple[Tensor, ...]] | None:
        """The name that engines know it by, and its trained tensors.

        None if they don't know it, or if hooks wait for its values, which an engine that computes
        n(x) within its kernels never hands out.
        """
        if self.name not in NORMALIZATIONS or has_hooks(self):
            return None
        return self.name, self.affine_map() or ()

    def follow(  # most have nothing to learn from the inputs alone
        self, x: Tensor, together: bool = False
    ) -> None:
        """Learn from the inputs of a training step, in place, before they are normalised.

        Args:
            together: all processes are here, each with rows of its own, and learn from all.
        """

    def fit_(self, x: Tensor, lo: float = -1.0, hi: float = 1.0) -> Norm:
        """Set what is trained so that each feature of ``x`` spans [lo, hi]; return self.

        A normalisation that settles the scale of its values by itself stays as it is.
        """
        return self

    def keep(self, features: Tensor) -> None:
        """Drop, in place, all features but these.

        Raises:
            ValueError: if the others would then get something else.
        """
        if self.mixes:
            raise ValueError(f"expected features that {self.title} treats one by one")

    def reorder(self, order: Tensor) -> None:
        """Put the features, in place, in another order."""
        each = {id(t) for t in self.affine_map() or ()}
        for name, parameter in list(self.named_parameters(recurse=False)):
            if id(parameter) in each:
                setattr(self, name, _part(parameter, order))


class LayerNorm(Norm):
    """Subtract each row's mean, divide by its deviation, then scale and shift every feature.

    .. math:: n(x)_i = weight_i \\, (x_i - \\bar x) / \\sqrt{\\mathrm{Var}\\, x + 10^{-5}} + bias_i

    Shape:
        (*, features) → (*, features)

    Raises:
        ValueError: for a single feature, of which nothing would be left.
    """

    name: ClassVar[str] = "layer"
    title: ClassVar[str] = "LayerNorm"
    mixes: ClassVar[bool] = True
    eps: ClassVar[float] = EPS

    def __init__(
        self,
        features: int,
        device: torch.device | str | None = None,
        dtype: torch.dtype | None = None,
    ) -> None:
        if features == 1:
            raise ValueError(
                'norm="layer" expected at least 2 input features, got 1, for which LayerNorm '
                'outputs 0: use norm=None or norm="affine"'
            )
        super().__init__()
        self.weight = nn.Parameter(torch.ones(features, device=device, dtype=dtype))
        self.bias = nn.Parameter(torch.zeros(features, device=device, dtype=dtype))

    def reset_parameters(self) -> None:
        nn.init.ones_(self.weight)
        nn.init.zeros_(self.bias)

    def affine_map(self) -> tuple[Tensor, Tensor]:
        return self.weight, self.bias


class Affine(Norm):
    """A scale and a shift for every feature: n(x)_i = scale_i · x_i + shift_i.

    Unlike LayerNorm it keeps every feature a function of itself alone, which a formula needs.

    Shape:
        (*, features) → (*, features)

    Example:
        >>> import torch, edgewise as ew
        >>> x = torch.tensor([[0.0, 10.0], [1.0, 18.0], [4.0, 14.0]])
        >>> ew.nn.Affine(2).fit_(x)(x).detach()
        tensor([[-1.0000, -1.0000],
                [-0.5000,  1.0000],
                [ 1.0000,  0.0000]])
    """

    name: ClassVar[str] = "affine"
    title: ClassVar[str] = "Affine"
    mixes: ClassVar[bool] = False
    rescales: ClassVar[bool] = False

    def __init__(
        self,
        features: int,
        device: torch.device | str | None = None,
        dtype: torch.dtype | None = None,
    ) -> None:
        super().__init__()
        self.scale = nn.Parameter(torch.ones(features, device=device, dtype=dtype))
        self.shift = nn.Parameter(torch.zeros(features, device=device, dtype=dtype))

    def reset_parameters(self) -> None:
        nn.init.ones_(self.scale)
        nn.init.zeros_(self.shift)

    @torch.no_grad()
    def fit_(self, x: Tensor, lo: float = -1.0, hi: float = 1.0) -> Affine:
        """Set scale and shift so that each feature of ``x`` spans [lo, hi]; return self.

        A constant feature goes to the middle of the interval, with scale 1.

        Raises:
            ValueError: if ``x`` has no rows, or isn't finite.
        """
        rows = x.reshape(-1, x.shape[-1]) if x.dim() else x.reshape(1, 1)
        if rows.shape[1:] != self.scale.shape or not len(rows) or not rows.isfinite().all():
            raise ValueError(
                f"Affine.fit_ expected at least one row of {len(self.scale)} finite features, got "
                f"shape {tuple(x.shape)}: drop rows with NaN or Inf first"
            )
        low, high = rows.amin(0), rows.amax(0)
        spread = high - low
        self.scale.copy_(torch.where(spread > 0, (hi - lo) / spread, 1))
        self.shift.copy_((lo + hi) / 2 - self.scale * (low + high) / 2)
        return self

    def affine_map(self) -> tuple[Tensor, Tensor]:
        return self.scale, self.shift

    def keep(self, features: Tensor) -> None:
        self.scale = _part(self.scale, features)
        self.shift = _part(self.shift, features)


MOST_DEVIATIONS = 3.0
"""How many s the greatest value may be away. Of 2 and 4, which were tried, 2 was better on images
and 4 on tables; without a limit the loss on digits was 1.5 times the MLP's instead of 1.0."""


ENOUGH = 2**40
"""What the count becomes when the rows suffice. Averages of weights, which round the count of a
settled map and of an earlier one down, leave it far above ``rows``."""


class Standard(Norm):
    """Standardise every feature by the first rows that it is trained on, and keep that map.

    .. math:: n(x)_i = c + u\\, (x_i - m_i) / s_i

    m and s are the means and, as a rule, the standard deviations of the first ``rows`` rows that
    arrive in training mode where gradients are wanted, of the finite numbers among them. A feature
    that is nearly always the same, such as a pixel at an image's edge or a rare flag, would become
    huge where it isn't: s is at least a third of the greatest distance from m. Before any rows
    m = 0 and s = 1, and so is s of a feature that doesn't vary. After these rows the map is fixed,
    so that training and evaluation see the same one, whatever a batch holds. u and c put a
    standardised feature where the functions of the basis are. The base activation sees n(x), too,
    so columns of any scale can be used as they are.

    Transforms of torch.func, under which nothing may be changed in place, leave the map as it is.
    Where FSDP2 shards the layer itself, m and s are those of the rows of all processes.
    DistributedDataParallel hands out the map of its first process before every step.

    Args:
        centre, unit: c and u.
        rows: how many rows the map is made from.

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

    def __init__(
        self,
        features: int,
        device: torch.device | str | None = None,
        dtype: torch.dtype | None = None,
        centre: float = 0.0,
        unit: float = 1.0,
        rows: int = 1000,
    ) -> None:
        super().__init__()
        self.rows = rows
        self._aim = centre, unit
        # Half precision can neither count so far nor add up so little.
        dtype = torch.get_default_dtype() if dtype is None else dtype
        exact = torch.promote_types(dtype, torch.float32)
        types = {"scale": dtype, "shift": dtype, "centre": dtype, "unit": dtype}
        types |= {"mean": exact, "variance": exact, "low": exact, "high": exact}
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
        self.reset_parameters()

    def aim(self, centre: float, unit: float) -> None:
        """Put a standardised feature at ``centre`` ± ``unit``, in place; the map begins anew."""
        self._aim = centre, unit
        self.reset_parameters()

    @torch.no_grad()
    def reset_parameters(self) -> None:
        centre, unit = self._aim
        for tensor, value in ((self.centre, centre), (self.unit, unit)):
            tensor.fill_(value)
        self.scale.fill_(unit)
        self.shift.fill_(centre)
        for tensor in (self.mean, self.variance, self.low, self.high, self.count):
            tensor.zero_()
        self._settled = False

    def forward(self, x: Tensor) -> Tensor:
        scale, shift = self.scale, self.shift
        if self.training and not self._settled:
            # A layer may be called again before the backward pass, and its map move meanwhile.
            scale, shift = scale.clone(), shift.clone()
        return torch.addcmul(shift, x, scale)

    def typical(self, x: Tensor) -> Tensor:
        centre, unit = self._aim
        return centre + unit * x

    @torch.no_grad()
    def follow(self, x: Tensor, together: bool = False) -> None:
        tracing = torch.jit.is_tracing()  # type: ignore[attr-defined]  # no __all__
        if self._settled or is_transformed() or tracing or not (x.numel() or together):
            return
        self._take(x.detach().reshape(-1, x.shape[-1]), together)
        if not torch.compiler.is_compiling():  # which would stop to read a number
            self._settled = bool((self.count >= self.rows).any())

    def _take(self, x: Tensor, together: bool = False) -> None:
        """Merge the moments of these rows into those of the rows before, unless these suffice."""

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
        """Make the map of the wanted features from their moments; the others keep theirs."""
        # What is left of a constant after rounding isn't a deviation.
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
        """Make the map from all of these rows, and keep it; return self. The range isn't used."""
        self.reset_parameters()
        self._take(x.reshape(-1, x.shape[-1]))
        self.settle()
        return self

    def settle(self) -> None:
        """Keep the map as it is, however few rows it is made from, in place."""
        self.count.fill_(ENOUGH)
        self._settled = True

    @torch.no_grad()
    def span_(self, x: Tensor, lo: float, hi: float) -> Standard:
        """Let each feature of ``x`` span [lo, hi], around the middle of which a standardised
        feature is, and keep that map; return self."""
        low, high = x.reshape(-1, x.shape[-1]).aminmax(dim=0)
        self.reset_parameters()
        for tensor in (self.mean, self.low, self.high):  # nothing is further away than asked for
            tensor.copy_((low + high) / 2)
        self.variance.copy_((self.unit * (high - low) / (hi - lo)).square())
        self._set_map(torch.ones_like(self.count, dtype=torch.bool))
        self.settle()
        return self

    def affine_map(self) -> tuple[Tensor, Tensor]:
        return self.scale, self.shift

    def keep(self, features: Tensor) -> None:
        self.reorder(features)

    def reorder(self, order: Tensor) -> None:
        for name, buffer in list(self.named_buffers(recurse=False)):
            setattr(self, name, buffer[order].contiguous())

    def _load_from_state_dict(self, *args: Any) -> None:
        self._settled = False  # until the count that was read says so
        super()._load_from_state_dict(*args)


class Tanh(Norm):
    """The hyperbolic tangent of every feature: n(x)_i = tanh x_i.

    Shape:
        (*, features) → (*, features)
    """

    name: ClassVar[str] = "tanh"
    title: ClassVar[str] = "tanh"
    mixes: ClassVar[bool] = False

    def affine_map(self) -> None:
        return None

    def typical(self, x: Tensor) -> Tensor:
        return x.tanh()


class BatchMinMax(Norm):
    """Scale by the least and greatest entry of the *whole tensor* to [-1, 1], as KAL-Net does.

    .. math:: n(x) = 2 (x - \\min x) / (\\max x - \\min x) - 1

    An answer for one row then depends on the other rows of its batch. It is here to reproduce
    KAL-Net's checkpoints; new models are better off with "tanh". A constant tensor gives -1.

    Shape:
        (*, features) → (*, features)

    Example:
        >>> import torch, edgewise as ew
        >>> ew.nn.BatchMinMax()(torch.tensor([[0.0, 1.0], [2.0, 4.0]]))
        tensor([[-1.0000, -0.5000],
                [ 0.0000,  1.0000]])
    """

    name: ClassVar[str] = "batch_minmax"
    title: ClassVar[str] = "MinMax"
    mixes: ClassVar[bool] = True
    mixes_rows: ClassVar[bool] = True

    def forward(self, x: Tensor) -> Tensor:
        if x.numel() == 0:
            return x
        low, high = x.min(), x.max()
        spread = torch.where(high > low, high - low, 1)
        return 2 * (x - low) / spread - 1

    def affine_map(self) -> None:
        return None

    def typical(self, x: Tensor) -> Tensor:
        return x / x.max()


NORMS: dict[str, Callable[[int, Any, Any], Norm]] = {
    LayerNorm.name: LayerNorm,
    Affine.name: Affine,
    Standard.name: Standard,
    Tanh.name: lambda features, device, dtype: Tanh(),
    BatchMinMax.name: lambda features, device, dtype: BatchMinMax(),
}
"""How each is made for a number of features, on a device and in a type."""


def settle_norms(module: nn.Module) -> None:
    """Keep every map that standardises inputs as it is, in place."""
    for part in module.modules():
        if isinstance(part, Standard):
            part.settle()


def make_norm(
    norm: str | None,
    features: int,
    device: torch.device | str | None = None,
    dtype: torch.dtype | None = None,
) -> Norm | None:
    """Make the normalisation of that name; None for None.

    Raises:
        ValueError: for an unknown name, or "layer" over a single feature, which is always 0.
    """
    if norm is None:
        return None
    if norm not in NORMS:
        raise ValueError(f"expected norm to be None or one of {', '.join(NORMS)}; got {norm!r}")
    return NORMS[norm](features, device, dtype)


def has_hooks(module: nn.Module) -> bool:
    """Whether calling the module also calls functions that someone registered on it, or on all."""
    own = (
        module._forward_pre_hooks,
        module._forward_hooks,
        module._backward_pre_hooks,
        module._backward_hooks,
    )
    return any(map(bool, own)) or nn.modules.module._has_any_global_hook()


def _part(parameter: nn.Parameter, features: Tensor) -> nn.Parameter:
    kept = parameter.detach()[features].contiguous()
    return nn.Parameter(kept, requires_grad=parameter.requires_grad)
