from .discover import discover as discover
from .formula import Formula as Formula
from .formula import Verdict as Verdict
from .ode import OdeDiscovery as OdeDiscovery
from .ode import discover_ode as discover_ode
from .result import Discoveries as Discoveries
from .result import Discovery as Discovery
