"""Networks without normalisations that mix their inputs: an edit, which reading needs, too."""

from edgewise.explain.unmix import unmix

__all__ = ["unmix"]
