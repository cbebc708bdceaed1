"""Models that leave Python: ONNX, tables with a proven bound, source code, and certificates."""

from edgewise.certify.certificates import Certificate, Difference, certify
from edgewise.onnx.file import feed_onnx, to_onnx
from edgewise.onnx.program import to_program
from edgewise.piecewise.lookup import TableReport, Tables
from edgewise.piecewise.source_c import to_c
from edgewise.piecewise.source_scripts import to_javascript, to_python
from edgewise.piecewise.source_sql import to_sql
from edgewise.piecewise.tables import tabulate

__all__ = [
    "Certificate",
    "Difference",
    "TableReport",
    "Tables",
    "certify",
    "feed_onnx",
    "tabulate",
    "to_c",
    "to_javascript",
    "to_onnx",
    "to_program",
    "to_python",
    "to_sql",
]


def __dir__() -> list[str]:
    return __all__
