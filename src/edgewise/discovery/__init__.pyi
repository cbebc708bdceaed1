from .discover import discover as discover
from .result import Discoveries as Discoveries
from .result import Discovery as Discovery
from .result import Formula as Formula
from .result import Verdict as Verdict
