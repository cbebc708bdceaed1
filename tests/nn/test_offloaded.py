"""Layers whose tensors are elsewhere, as tools that offload them to a disk or another device do."""

import copy

import pytest
import torch

import edgewise as ew


class FetchedWhenCalled:
    """What accelerate does: numbers are on "meta" but while the module's own forward computes."""

    def __init__(self, module):
        self.own = {n: p.data for n, p in module.named_parameters(recurse=False)}
        self.module, self.forward = module, module.forward
        self.place(meta=True)
        module.forward = self

    def place(self, meta):
        for name, values in self.own.items():
            values = values.to("meta") if meta else values
            self.module._parameters[name] = torch.nn.Parameter(values)

    def __call__(self, x):
        self.place(meta=False)
        y = self.forward(x)
        self.place(meta=True)
        return y


@pytest.mark.parametrize("engine", [None, "reference"])
@pytest.mark.parametrize("norm", ["affine", "layer", "standard_affine"])
def test_offloaded_modules_compute_as_they_did(norm, engine):
    model = ew.KAN([3, 4, 2], norm=norm, engine=engine, seed=0).eval()
    x, offloaded = torch.randn(9, 3), copy.deepcopy(model)
    for module in offloaded.modules():
        if next(module.parameters(recurse=False), None) is not None:
            FetchedWhenCalled(module)
    with torch.no_grad():
        torch.testing.assert_close(offloaded(x), model(x), rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("engine", [None, "reference"])
@pytest.mark.parametrize("name", ["base_weight", "bias", "coef_scale", "mask", "knots", "scale"])
def test_a_tensor_that_is_elsewhere_is_named_and_never_read(name, engine):
    layer = ew.KANLinear(3, 2, norm="affine", base="silu", coef_scale=True, engine=engine)
    layer.mask = torch.ones(3, 2)
    owner = layer.norm if name == "scale" else layer
    tensors = owner._parameters if name in owner._parameters else owner._buffers
    tensors[name] = torch.empty_like(tensors[name], device="meta")
    said = "affine's numbers 0" if name == "scale" else name
    with torch.no_grad(), pytest.raises(ValueError, match=f"got {said} on meta and coef on cpu"):
        layer(torch.randn(5, 3))


@pytest.mark.parametrize(
    ("model", "x"),
    [
        (ew.nn.KANTransformerBlock(8, 2, seed=0), torch.randn(2, 3, 8)),
        (ew.presets.FasterKANvolver([20, 3], view=(1, 16, 16)), torch.randn(2, 1, 16, 16)),
    ],
    ids=["block", "volver"],
)
def test_models_leave_offloaded_parts_to_these(model, x):
    model, offloaded = model.eval(), copy.deepcopy(model).eval()
    for module in offloaded.modules():
        if next(module.parameters(recurse=False), None) is not None:
            FetchedWhenCalled(module)
    with torch.no_grad():
        torch.testing.assert_close(offloaded(x), model(x), rtol=1e-5, atol=1e-5)
