"""Convolutions of KAN edges beside ordinary ones, on images."""
