"""The axis and the functions that a curve of an edge is made of."""

import torch

import edgewise as ew
from edgewise.explain.edge_curves import profile


def test_the_axis_goes_over_the_range_of_the_data():
    layer, h = ew.KANLinear(3, 2, dtype=torch.float64), torch.rand(50, 3).double() * 3 - 1
    axis, psi = profile(layer, h, [2, 0], 7)
    for k, i in enumerate((2, 0)):
        wanted = torch.linspace(float(h[:, i].min()), float(h[:, i].max()), 7).double()
        torch.testing.assert_close(axis[:, k], wanted, atol=1e-6, rtol=1e-6)
        at = torch.zeros(7, 3).double()
        at[:, i] = axis[:, k]
        torch.testing.assert_close(psi[:, k], layer.features(at)[:, i])


def test_it_is_made_where_the_model_is():
    layer, h = ew.KANLinear(3, 2, device="meta"), torch.rand(9, 3, device="meta")
    axis, psi = profile(layer, h, [0, 2], 5)
    assert {axis.device.type, psi.device.type} == {"meta"}
    assert axis.shape == (5, 2)
