"""What an engine is: one way to compute a layer."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar

from torch import Tensor

from edgewise.engines.call import Call


class Engine(ABC):
    """One way to compute a layer. A new one is a subclass and an entry in ``select.ENGINES``."""

    name: ClassVar[str]
    """What ``engine=`` of a layer calls it."""

    @abstractmethod
    def obstacle(self, call: Call) -> str | None:
        """Why this engine can't compute the call, as half a sentence; None if it can."""

    def reservation(self, call: Call) -> str | None:
        """Why the automatic choice passes this engine over although it can compute the call.

        As half a sentence; None, as it is unless overridden, if nothing speaks against it. Who asks
        for the engine by name gets it all the same.
        """
        return None

    @abstractmethod
    def run(self, call: Call) -> Tensor:
        """The layer's output, differentiable in everything that requires a gradient.

        Only to be called where :meth:`obstacle` is None.

        Shape:
            as :class:`~edgewise.engines.call.Call` says
        """

    def by_weights(self, call: Call, slope: Tensor, to: Tensor) -> bool:
        """Write ∂/∂W of what has the gradient ``slope`` by the output, for each row by itself.

        W stands for what features are multiplied with: coefficients, then base weights, both times
        scale and mask. With jets, ``slope`` has the gradients by all derivatives of the output.
        Only to be called where :meth:`obstacle` is None, without a graph.

        Returns:
            whether it did; unless overridden, and with False, the reference does it.

        Shape:
            slope: (rows, out), or (indices, rows, out) of jets;
            to: (in · num_basis · out [+ in · out], rows)
        """
        return False

    def count_held(self, call: Call) -> int:
        """How many numbers a step holds at its peak for every number of x, beside x itself.

        Unless overridden that of a fused engine: the gradient of x. A normalisation comes on top.
        """
        return 1

    @abstractmethod
    def describe(self) -> str:
        """What this engine is on this machine, or why it isn't there, in one line."""
