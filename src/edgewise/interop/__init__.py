"""Checkpoints of the programs that edgewise replaces: in and out."""

from edgewise.interop.convert import FORMATS, adopt, adopt_attention, export, load, recognize

__all__ = ["FORMATS", "adopt", "adopt_attention", "export", "load", "recognize"]
