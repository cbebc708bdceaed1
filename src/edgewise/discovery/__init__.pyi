from .discover import discover as discover
from .formula import Formula as Formula
from .formula import Verdict as Verdict
from .result import Discoveries as Discoveries
from .result import Discovery as Discovery
