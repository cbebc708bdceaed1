from .curves import UnknownCurve as UnknownCurve
from .discover import discover as discover
from .formula import Formula as Formula
from .grouped_result import GroupedDiscovery as GroupedDiscovery
from .limits import Limits as Limits
from .result import Discoveries as Discoveries
from .result import Discovery as Discovery
from .verdict import Verdict as Verdict
