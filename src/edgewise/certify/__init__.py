"""Proven bounds of a network: interval arithmetic, Taylor models and certificates."""
