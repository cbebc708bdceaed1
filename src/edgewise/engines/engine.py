"""`Engine`: the interface of a way to compute a layer."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar

from torch import Tensor

from edgewise.engines.call import Call


class Engine(ABC):
    """One way to compute a layer. A new one is a subclass and an entry in ``select.ENGINES``."""

    name: ClassVar[str]
    """Its name in a layer's ``engine=``."""

    @abstractmethod
    def obstacle(self, call: Call) -> str | None:
        """The reason why this engine can't compute the call, as a clause; None if it can."""

    def reservation(self, call: Call) -> str | None:
        """The reason why the automatic choice skips this engine although it could compute the call.

        A clause, or None (the default) if there is no reason. A user who names the engine gets it
        in any case.
        """
        return None

    @abstractmethod
    def run(self, call: Call) -> Tensor:
        """The layer's output, differentiable in everything that requires a gradient.

        Call it only if :meth:`obstacle` is None.

        Shape:
            see :class:`~edgewise.engines.call.Call`
        """

    def by_weights(self, call: Call, slope: Tensor, to: Tensor) -> bool:
        """Write per-row gradients by the weights W, given the gradient ``slope`` by the output.

        W are the coefficients, then the base weights, both times scale and mask. With jets,
        ``slope`` has the gradients by all derivatives of the output. Call it only if
        :meth:`obstacle` is None, and without an autograd graph.

        Returns:
            Whether it was done. If False (the default), the reference engine does it.

        Shape:
            slope: (rows, out), or (indices, rows, out) of jets;
            to: (in · num_basis · out [+ in · out], rows)
        """
        return False

    def count_held(self, call: Call) -> int:
        """The peak memory of a training step, in numbers for each number of x, without x itself.

        The default is that of a fused engine: the gradient of x. A normalisation adds to it.
        """
        return 1

    @abstractmethod
    def describe(self) -> str:
        """A line on this engine on this machine, or why it is unavailable."""
