"""Small models in float64 and points to try them on."""

import torch

import edgewise as ew


def model_of(basis, widths=(3, 4, 2), seed=0, **settings):
    generator = torch.Generator().manual_seed(seed)
    return ew.KAN(widths, basis=basis, dtype=torch.float64, seed=generator, **settings)


def points(rows=400, columns=3, spread=1.0, seed=1):
    g = torch.Generator().manual_seed(seed)
    return (torch.rand(rows, columns, generator=g, dtype=torch.float64) * 2 - 1) * spread


def largest(a, b, x):
    with torch.no_grad():
        return float((a(x) - b(x)).abs().max())
