"""What a network's edges, nodes and inputs do on data, against torch's own statistics."""

import pytest
import torch

import edgewise as ew
from edgewise.explain.edges import moments

F64 = torch.float64


def reached(model, x):
    """The inputs of each layer, and the outputs."""
    found = [x]
    for layer in model.layers:
        found.append(layer(found[-1]))
    return found


@pytest.mark.parametrize("batch_size", [7, 1000])
@pytest.mark.parametrize("norm", [None, "affine", "layer"])
def test_means_deviations_and_ranges(norm, batch_size):
    g = torch.Generator().manual_seed(0)
    basis = ew.BSpline(4)
    model = ew.KAN([3, 4, 2], basis=basis, norm=norm, dtype=F64, seed=g)
    # Small, of one sign and far from 0: nothing is by chance what a default would be.
    x = torch.rand(60, 3, generator=g, dtype=F64) * torch.tensor([0.1, 0.02, 0.3]) + 0.4
    with torch.no_grad():
        h = reached(model, x)
        found = moments(model, x, batch_size)
        for k, layer in enumerate(model.layers):
            own, z = found[k], layer.normalized(h[k])
            edges = layer.edge_values(h[k])
            wanted = {
                "node_std": h[k + 1].std(0),
                "edge_mean": edges.mean(0),
                "edge_std": edges.std(0),
                "low": z.amin(0),
                "high": z.amax(0),
            }
            for name, value in wanted.items():
                torch.testing.assert_close(getattr(own, name), value, rtol=1e-9, atol=1e-12)


def test_edges_that_are_constant_have_no_spread():
    """Splines of equal coefficients add up to one: rounding must not make a root of less than 0."""
    g = torch.Generator().manual_seed(1)
    model = ew.KAN([30, 20], basis=ew.BSpline(6), norm=None, base=None, dtype=F64, seed=g)
    with torch.no_grad():
        level = torch.randn(30, 1, 20, generator=g, dtype=F64)
        model.layers[0].coef.copy_(level.expand_as(model.layers[0].coef))
    x = torch.rand(50, 30, generator=g, dtype=F64) * 2 - 1
    (found,) = moments(model, x)
    assert found.edge_std.isfinite().all()
    assert float(found.edge_std.max()) < 1e-6
    torch.testing.assert_close(found.edge_mean, level[:, 0])
