"""The strategies of a search, one file each; each proposes formulas for the front."""

from edgewise.discovery.strategies.baselines import Plain
from edgewise.discovery.strategies.composed import Composed
from edgewise.discovery.strategies.forms import Forms
from edgewise.discovery.strategies.named import Named
from edgewise.discovery.strategies.network import Networks
from edgewise.discovery.strategies.powers import Powers
from edgewise.discovery.strategies.reduced import Reduced, Symmetries
from edgewise.discovery.strategies.separated import Separated
from edgewise.discovery.strategies.started import Started
from edgewise.discovery.strategies.strategy import Candidate, Strategy
from edgewise.discovery.strategies.templates import Templates
from edgewise.discovery.strategies.units import Dimensionless
from edgewise.discovery.strategies.waves import Waves

__all__ = [
    "Candidate",
    "Composed",
    "Dimensionless",
    "Forms",
    "Named",
    "Networks",
    "Plain",
    "Powers",
    "Reduced",
    "Separated",
    "Started",
    "Strategy",
    "Symmetries",
    "Templates",
    "Waves",
]
