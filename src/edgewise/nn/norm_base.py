"""The base class of normalisations n(x), which a layer applies to its inputs before the basis."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from edgewise._tensors import Device, DType
from edgewise.engines.normalization import NORMALIZATIONS
from edgewise.nn.scripting import refuse_script


class Norm(nn.Module, ABC):
    """A map n(x) between a layer's inputs and its basis.

    Layers use only the methods and properties below, and never ask for the class. Most methods do
    nothing by default, and most normalisations need few of them.

    Shape:
        (*, features) → (*, features)
    """

    __prepare_scriptable__ = refuse_script

    name: ClassVar[str]
    """Its name in settings and files."""
    title: ClassVar[str]
    """Its name in pictures."""
    mixes: ClassVar[bool]
    """Whether n(x)_i depends on more than x_i; an edge is then no function of one input."""
    mixes_rows: ClassVar[bool] = False
    """Whether n(x) of a row depends on other rows; a batch then can't be computed in parts."""
    feeds_base: ClassVar[bool] = False
    """Whether the base activation sees n(x), as the basis does, instead of x."""
    statistics_of: ClassVar[str | None] = None
    """Whose numbers x is compared with before the affine map: "row", which is standardised by its
    mean and variance, "batch", whose least and greatest number become -1 and 1, or nobody's."""
    eps: ClassVar[float] = 0.0
    """What is added to the variance of a row."""
    is_shared: bool = False
    """Whether all processes call :meth:`follow` together, as in a `fit` of several."""
    is_repeated: bool = False
    """Whether another process has the rows of this step, too, and counts them."""
    rescales: ClassVar[bool] = True
    """Whether n(x) stays in the same range when all inputs are multiplied by a large number."""

    def __init__(self, features: int = 1, device: Device = None, dtype: DType = None) -> None:
        """Make its tensors, if it has any, for so many features."""
        super().__init__()

    @property
    def is_settled(self) -> bool:
        """Whether training rows no longer change it; true of all that don't depend on them."""
        return True

    @property
    def is_new(self) -> bool:
        """Whether it depends on training rows and hasn't seen any yet."""
        return False

    def forward(self, x: Tensor) -> Tensor:
        """n(x), by the formula that engines have under its name; others override this."""
        return NORMALIZATIONS[self.name].value(x, self.affine_map() or ())

    @torch.no_grad()
    def reset_parameters(self) -> None:
        """Reset parameters and running statistics to their first values."""
        for parameter, first in zip(self.trained_map(), (1.0, 0.0), strict=False):
            parameter.fill_(first)

    def aim(self, centre: float, unit: float) -> None:  # most have a fixed range
        """Set the mean and the standard deviation of the output, in place, where they can be set.

        Statistics of training rows are reset.
        """

    def typical(self, x: Tensor) -> Tensor:
        """n(x) of one feature of an untrained layer, for standard normal x.

        A layer's initialisation uses it as the points where the basis will be evaluated.

        Shape:
            (rows,) → (rows,)
        """
        return x

    @abstractmethod
    def affine_map(self) -> tuple[Tensor, Tensor] | None:
        """The scale and the shift of every feature, the last step of n(x); None if it has none."""

    def trained_map(self) -> tuple[nn.Parameter, ...]:
        """The parameters with one number for each feature, from which the affine map is made."""
        return tuple(t for t in self.affine_map() or () if isinstance(t, nn.Parameter))

    def compose(self, scale: Tensor, shift: Tensor) -> None:
        """Let scale · n(x) + shift be the new n(x), in place.

        Raises:
            ValueError: if n(x) doesn't end in an affine map.
        """
        pair = self.affine_map()
        if pair is None:
            raise ValueError(f"expected a norm that ends in a scale and a shift, got {self.title}")
        a, b = pair
        a.mul_(scale.to(a))
        b.mul_(scale.to(b)).add_(shift.to(b))

    def of_feature(self, x: Tensor, i: int | NDArray[np.intp]) -> Tensor:
        """n(x)_i of numbers x of feature i alone, for norms that don't mix features.

        Proofs compute it with intervals instead of tensors (``edgewise.certify.intervals``), for
        several features together: then i says of which feature each number is.

        Shape:
            any → the same
        """
        trained = self.affine_map()
        return self(x) if trained is None else x * trained[0][i] + trained[1][i]

    def undo(self, z: Tensor, i: int) -> Tensor:
        """The x with n(x)_i = z, the inverse of :meth:`of_feature`; not finite where there is none.

        Raises:
            ValueError: if the norm states no inverse.
        """
        trained = self.affine_map()
        if trained is None or self.mixes:
            raise ValueError(f"expected a norm that states its inverse, got {self.title}")
        return (z - trained[1][i]) / trained[0][i]

    def for_engine(self) -> tuple[str, tuple[Tensor, ...]] | None:
        """Its name in the engines, and its scale and shift.

        None if engines have no formula for it, or if hooks are registered on it: an engine that
        computes n(x) inside its kernels doesn't call them.
        """
        if self.name not in NORMALIZATIONS or has_hooks(self):
            return None
        return self.name, self.affine_map() or ()

    def follow(  # most keep no statistics
        self, x: Tensor, together: bool = False
    ) -> None:
        """Update statistics with the inputs of a training step, in place, before n is applied.

        A layer calls it only until :attr:`is_settled`.

        Args:
            together: whether all processes call this, each with its own rows, and share sums.
        """

    def standardise(self, x: Tensor) -> Tensor | None:  # most keep no statistics
        """x in units of the training rows that made the map final, or None where there are none.

        Shape:
            (*, features) → (*, features)
        """
        return None

    def settle(self) -> None:  # most keep no statistics
        """Make the map final, in place, however few rows it has seen."""

    def fit_(self, x: Tensor, lo: float = -1.0, hi: float = 1.0) -> Norm:
        """Set the parameters so that each feature of ``x`` spans [lo, hi]; return self.

        A normalisation whose output has a fixed scale ignores the interval.
        """
        return self

    def span_(self, x: Tensor, lo: float, hi: float) -> Norm:
        """Like :meth:`fit_`, but standardisation, too, maps to [lo, hi]; return self."""
        return self.fit_(x, lo, hi)

    def keep(self, features: Tensor) -> None:
        """Drop all features but these, in place.

        Raises:
            ValueError: if n(x) of the features that stay depends on the dropped ones.
        """
        if self.mixes:
            raise ValueError(f"expected features that {self.title} treats one by one")
        self.reorder(features)

    def reorder(self, order: Tensor) -> None:
        """Reorder the features in place."""
        each = {id(t) for t in self.trained_map()}
        for name, parameter in list(self.named_parameters(recurse=False)):
            if id(parameter) in each:
                chosen = parameter.detach()[order].contiguous()
                setattr(self, name, nn.Parameter(chosen, requires_grad=parameter.requires_grad))


def has_hooks(module: nn.Module) -> bool:
    """Whether hooks are registered on the module or on all modules, or it has a forward of its own.

    accelerate puts one there, which fetches offloaded tensors before it computes.
    """
    own = (
        module._forward_pre_hooks,
        module._forward_hooks,
        module._backward_pre_hooks,
        module._backward_hooks,
    )
    return (
        any(map(bool, own)) or "forward" in vars(module) or nn.modules.module._has_any_global_hook()
    )
