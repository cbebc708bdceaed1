"""From a table to a formula."""

from edgewise.interpret.discovery.discover import discover
from edgewise.interpret.discovery.result import Discovery, Formula

__all__ = ["Discovery", "Formula", "discover"]
