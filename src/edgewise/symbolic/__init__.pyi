from .network import SymbolicKAN as SymbolicKAN
from .regress import regress as regress
from .report import EdgeReport as EdgeReport
from .report import Report as Report
from .suggestions import Suggestion as Suggestion
from .suggestions import suggest as suggest
