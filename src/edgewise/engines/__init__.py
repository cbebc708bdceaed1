"""Engines: the ways to compute a layer (reference, native C++, Triton), and the choice of one."""
