"""Training on one task after another without forgetting: ``fit(…, continual=…, memory=…)``."""

from edgewise.training import Anchored, Continual, Frozen, Memory, Moments

__all__ = ["Anchored", "Continual", "Frozen", "Memory", "Moments"]


def __dir__() -> list[str]:
    return __all__
