"""From trajectories to equations of motion."""

from edgewise.discovery.ode.check import Agreement, TrajectoryCheck
from edgewise.discovery.ode.driver import discover_ode
from edgewise.discovery.ode.result import OdeDiscovery

__all__ = ["Agreement", "OdeDiscovery", "TrajectoryCheck", "discover_ode"]
