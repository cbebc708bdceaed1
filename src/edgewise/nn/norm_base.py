"""What a normalisation n(x) is: what a layer does to its inputs before the basis sees them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar

from torch import Tensor, nn

from edgewise.engines.normalization import NORMALIZATIONS


class Norm(nn.Module, ABC):
    """A map that stands between a layer's inputs and its basis.

    Layers ask a normalisation what it needs and never which one it is: what a method is for, and
    what a property says, holds for all of them, and most have nothing to do.

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

    @property
    def is_settled(self) -> bool:
        """Whether inputs of training steps no longer change it; most never follow them."""
        return True

    @property
    def is_new(self) -> bool:
        """Whether it follows inputs and hasn't seen any yet."""
        return False

    def forward(self, x: Tensor) -> Tensor:
        """n(x), by the formula that engines know under its name; others write their own."""
        return NORMALIZATIONS[self.name].value(x, self.affine_map() or ())

    def reset_parameters(self) -> None:  # most have none
        """Set what is trained, or follows inputs, to its first values."""

    def aim(self, centre: float, unit: float) -> None:  # most end where they end
        """Map features of mean 0 and deviation 1 to ``centre`` ± ``unit``, in place.

        One that follows inputs begins anew.
        """

    def typical(self, x: Tensor) -> Tensor:
        """n(x) of one feature before any training, where x are draws from a standard normal.

        A layer's initialisation asks for it, to know where the basis will be evaluated.

        Shape:
            (rows,) → (rows,)
        """
        return x

    @abstractmethod
    def affine_map(self) -> tuple[Tensor, Tensor] | None:
        """The scale and shift, one for every feature, that it ends with; None without."""

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

        A layer calls it only until :attr:`is_settled`.

        Args:
            together: all processes are here, each with rows of its own, and learn from all.
        """

    def settle(self) -> None:  # most never move by themselves
        """Stop following inputs: the map stays as it is, in place, however few it has seen."""

    def fit_(self, x: Tensor, lo: float = -1.0, hi: float = 1.0) -> Norm:
        """Set what is trained so that each feature of ``x`` spans [lo, hi]; return self.

        A normalisation that finds the scale of its values by itself takes no range.
        """
        return self

    def span_(self, x: Tensor, lo: float, hi: float) -> Norm:
        """As :meth:`fit_`, but one that finds its scale by itself takes this one; return self."""
        return self.fit_(x, lo, hi)

    def keep(self, features: Tensor) -> None:
        """Drop, in place, all features but these.

        Raises:
            ValueError: if the others would then get something else.
        """
        if self.mixes:
            raise ValueError(f"expected features that {self.title} treats one by one")
        self.reorder(features)

    def reorder(self, order: Tensor) -> None:
        """Put the features, in place, in another order."""
        each = {id(t) for t in self.affine_map() or ()}
        for name, parameter in list(self.named_parameters(recurse=False)):
            if id(parameter) in each:
                chosen = parameter.detach()[order].contiguous()
                setattr(self, name, nn.Parameter(chosen, requires_grad=parameter.requires_grad))


def has_hooks(module: nn.Module) -> bool:
    """Whether calling the module also calls functions that someone registered on it, or on all."""
    own = (
        module._forward_pre_hooks,
        module._forward_hooks,
        module._backward_pre_hooks,
        module._backward_hooks,
    )
    return any(map(bool, own)) or nn.modules.module._has_any_global_hook()
