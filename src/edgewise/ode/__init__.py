"""Discover equations of motion from trajectories, and equations of fields from measured fields."""

from edgewise.ode.check import Agreement, TrajectoryCheck
from edgewise.ode.driver import discover_ode
from edgewise.ode.pde import discover_pde
from edgewise.ode.pde_result import FieldEquation, PdeDiscovery, Source
from edgewise.ode.result import OdeDiscovery

__all__ = [
    "Agreement",
    "FieldEquation",
    "OdeDiscovery",
    "PdeDiscovery",
    "Source",
    "TrajectoryCheck",
    "discover_ode",
    "discover_pde",
]


def __dir__() -> list[str]:
    return __all__
