"""From trajectories to equations of motion."""

from edgewise.ode.check import Agreement, TrajectoryCheck
from edgewise.ode.driver import discover_ode
from edgewise.ode.result import OdeDiscovery

__all__ = ["Agreement", "OdeDiscovery", "TrajectoryCheck", "discover_ode"]
