from .discover import discover as discover
from .ode import OdeDiscovery as OdeDiscovery
from .ode import discover_ode as discover_ode
from .result import Discoveries as Discoveries
from .result import Discovery as Discovery
from .result import Formula as Formula
from .result import Verdict as Verdict
