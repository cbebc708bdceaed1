"""From a table to a formula."""

from edgewise.discovery.discover import discover
from edgewise.discovery.result import Discovery, Formula

__all__ = ["Discovery", "Formula", "discover"]
