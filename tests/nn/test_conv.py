"""Convolutions: the unfolded formula, all gradients, and what is kept for the backward pass."""

import pytest
import torch
import torch.nn.functional as F
from torch import nn

import edgewise as ew
from edgewise.nn.conv import KANConv1d, KANConv2d, KANConv3d
from every_pair import every_pair

F64 = torch.float64
CONVS = {1: KANConv1d, 2: KANConv2d, 3: KANConv3d}
PLAIN = {1: nn.Conv1d, 2: nn.Conv2d, 3: nn.Conv3d}


def relative(a, b):
    a, b = a.detach(), b.detach()
    return float((a - b).norm() / b.norm().clamp_min(1e-300))


def unfolded(conv, x):
    """The formula with F.unfold, which knows two dimensions, and one KANLinear a group."""
    (top, bottom), (left, right) = conv._pads
    mode = "constant" if conv.padding_mode == "zeros" else conv.padding_mode
    x = F.pad(x, (left, right, top, bottom), mode=mode)
    windows = F.unfold(x, conv.kernel_size, conv.dilation, 0, conv.stride)
    parts = windows.transpose(1, 2).chunk(conv.groups, -1)
    y = torch.cat([layer(p) for layer, p in zip(conv.layers, parts, strict=True)], -1)
    size = [
        (n - d * (k - 1) - 1) // s + 1
        for n, d, k, s in zip(
            x.shape[2:], conv.dilation, conv.kernel_size, conv.stride, strict=True
        )
    ]
    return y.transpose(1, 2).unflatten(2, size)


SETTINGS = {
    "plain": {},
    "same": {"padding": "same", "dilation": (2, 1), "kernel_size": (2, 3)},
    "strided": {"stride": (2, 3), "padding": (1, 2)},
    "mostly padding": {"stride": (1, 2), "padding": (5, 4), "kernel_size": 2},
    "reflect": {"padding": 1, "padding_mode": "reflect"},
    "circular": {"padding": 2, "padding_mode": "circular", "dilation": 2},
    "grouped": {"groups": 2, "padding": 1},
    "depthwise": {"groups": 4, "bias": False, "norm": "affine"},
    "layer": {"norm": "layer", "basis": ew.Gaussian(4)},
    "chebyshev": {"basis": "chebyshev", "base": None, "coef_scale": True},
    "wavelet": {"basis": ew.bases.Wavelet(4), "padding": 1},
}


def make(name, memory=2**24, **more):
    settings = {"kernel_size": 3} | SETTINGS[name] | more
    generator = torch.Generator().manual_seed(1)
    return KANConv2d(4, 6 if name != "depthwise" else 4, **settings, memory=memory,
                     seed=generator, dtype=F64)  # fmt: skip


@pytest.mark.parametrize("memory", [2**24, 1], ids=["one block", "rows"])
@pytest.mark.parametrize("name", SETTINGS)
def test_is_the_unfolded_formula_with_all_gradients(name, memory):
    conv = make(name, memory)
    x = (torch.rand(2, 4, 7, 8, dtype=F64) * 2 - 1).requires_grad_()
    wanted = [x, *conv.parameters()]
    expected, y = unfolded(conv, x), conv(x)
    assert y.shape == expected.shape
    assert y.is_contiguous()
    assert relative(y, expected) <= 1e-12
    dy = torch.randn_like(y)
    for ours, exact in zip(
        torch.autograd.grad(y, wanted, dy), torch.autograd.grad(expected, wanted, dy), strict=True
    ):
        assert relative(ours, exact) <= 1e-12


@every_pair(
    dimensions=[1, 2, 3],
    memory=[2**24, 400],
    settings=[{}, {"padding": "same", "dilation": 2}, {"stride": 2, "padding": 1, "groups": 2}],
)
def test_linear_edges_are_torchs_convolution(dimensions, memory, settings):
    conv = CONVS[dimensions](4, 2, 3, **settings, basis=ew.bases.Legendre(1), base=None, norm=None,
                             memory=memory, dtype=F64)  # fmt: skip
    plain = PLAIN[dimensions](4, 2, 3, **settings, dtype=F64)
    with torch.no_grad():
        shift = []
        for g, layer in enumerate(conv.layers):  # y = C_1 · z + C_0
            weight = plain.weight[g * layer.out_features : (g + 1) * layer.out_features]
            weight.copy_(layer.coef[:, 1].t().reshape(weight.shape))
            layer.bias.normal_()
            shift.append(layer.bias + layer.coef[:, 0].sum(0))
        plain.bias.copy_(torch.cat(shift))
    size = (9, 7, 6)[:dimensions]
    x = torch.randn(3, 4, *size, dtype=F64, requires_grad=True)
    y, expected = conv(x), plain(x)
    assert relative(y, expected) <= 1e-12
    dy = torch.randn_like(y)
    ours, exact = (torch.autograd.grad(t, x, dy)[0] for t in (y, expected))
    assert relative(ours, exact) <= 1e-12
    assert torch.allclose(conv(x[0]), y[0])


@pytest.mark.parametrize("memory", [2**24, 1])
def test_gradcheck_and_second_derivatives(memory):
    conv = KANConv2d(1, 1, 2, padding=1, basis=ew.Gaussian(2), memory=memory, dtype=F64)
    x = (torch.rand(1, 1, 2, 2, dtype=F64) * 2 - 1).requires_grad_()
    names = [n for n, _ in conv.named_parameters()]

    def run(x, *values):
        return torch.func.functional_call(conv, dict(zip(names, values, strict=True)), (x,))

    inputs = [x, *(p.detach().clone().requires_grad_() for p in conv.parameters())]
    assert torch.autograd.gradcheck(run, inputs)
    assert torch.autograd.gradgradcheck(run, inputs)


def test_second_derivatives_of_recomputed_blocks():
    x = torch.rand(2, 2, 3, 2, dtype=F64, requires_grad=True)
    found = []
    for memory in (2**24, 1):
        generator = torch.Generator().manual_seed(0)
        conv = KANConv2d(2, 2, 2, basis=ew.Gaussian(3), memory=memory, seed=generator,
                         dtype=F64)  # fmt: skip
        wanted = [x, *conv.parameters()]
        (slope,) = torch.autograd.grad(conv(x).square().sum(), x, create_graph=True)
        found.append(torch.autograd.grad(slope.square().sum(), wanted, materialize_grads=True))
    for kept, recomputed in zip(*found, strict=True):
        assert torch.allclose(recomputed, kept, atol=1e-12)
    assert found[0][0].any()


def test_no_samples_and_one_sample():
    conv = KANConv2d(2, 3, 3)
    assert conv(torch.empty(0, 2, 5, 6)).shape == (0, 3, 3, 4)
    assert conv(torch.rand(2, 5, 6)).shape == (3, 3, 4)


def test_keeps_its_inputs_and_never_the_windows():
    conv = KANConv2d(8, 4, 3, padding=1, basis=ew.Gaussian(6), memory=2**12)
    x, kept = torch.randn(4, 8, 12, 12, requires_grad=True), []
    hooks = torch.autograd.graph.saved_tensors_hooks(lambda t: kept.append(t) or t, lambda t: t)
    with hooks:
        conv(x)
    own = {p.untyped_storage().data_ptr() for p in (*conv.parameters(), *conv.buffers())}
    others = {t.untyped_storage().data_ptr(): t.untyped_storage().nbytes() for t in kept}
    assert sum(n for at, n in others.items() if at not in own) <= x.numel() * 4


@pytest.mark.parametrize("engine", [None, "reference"])
@pytest.mark.parametrize("samples", [1, 3])
def test_blocks_follow_what_the_engine_holds_of_them(samples, engine):
    """So that a step's peak follows the inputs and outputs: at most 2 times nn.Conv2d's."""
    conv = KANConv2d(64, 64, 3, padding=1, norm="layer", basis=ew.Gaussian(8),
                     engine=engine)  # fmt: skip
    x, blocks = torch.randn(samples, 64, 32, 32), []
    conv.layers[0].register_forward_hook(lambda layer, args, y: blocks.append(args[0].numel()))
    with torch.no_grad():
        y = conv(x)
    held = 1 + ew.nn.inspect.count_held(conv.layers[0], x)  # n(x), two gradients; the basis
    assert held > 8 if engine == "reference" else held == 4
    budget = max(x.numel() + y.numel(), 2**18)  # 1 MiB in any case
    assert sum(blocks) == 9 * x.numel()
    assert budget / 4 < max(blocks) * held <= budget
    assert min(blocks) >= max(blocks) / 3


def test_small_batches_are_one_block_that_keeps_its_windows():
    conv = KANConv2d(8, 16, 3, stride=2, basis=ew.Chebyshev(3))
    blocks = []
    conv.layers[0].register_forward_hook(lambda layer, args, y: blocks.append(len(args[0])))
    conv(torch.randn(128, 8, 13, 13)).sum().backward()
    assert blocks == [128]


def test_large_batches_have_windows_of_16_mib():
    conv = KANConv2d(32, 16, 3, padding=1, basis=ew.Gaussian(2), norm=None)
    blocks = []
    conv.layers[0].register_forward_hook(lambda layer, args, y: blocks.append(args[0].numel()))
    with torch.no_grad():
        conv(torch.randn(256, 32, 32, 32))
    assert 2**21 < max(blocks) <= 2**22  # of 4 bytes


def test_recomputed_blocks_under_autocast():
    x = torch.randn(2, 3, 6, 6)
    found = []
    for memory in (2**24, 1):
        generator = torch.Generator().manual_seed(0)
        conv = KANConv2d(3, 4, 3, basis=ew.Gaussian(3), memory=memory, seed=generator)
        with torch.autocast("cpu", torch.bfloat16):
            y = conv(x.bfloat16())
        y.float().square().sum().backward()
        found.append([y, *(p.grad for p in conv.parameters())])
    for kept, recomputed in zip(*found, strict=True):
        assert recomputed.dtype == kept.dtype
        assert relative(recomputed, kept) <= 1e-2


def test_recomputed_blocks_leave_frozen_parameters_alone():
    conv = KANConv2d(2, 3, 3, basis=ew.Gaussian(3), memory=1, dtype=F64)
    conv.layers[0].coef.requires_grad_(False)
    conv(torch.rand(2, 2, 5, 5, dtype=F64)).sum().backward()
    assert conv.layers[0].coef.grad is None
    assert conv.layers[0].base_weight.grad.any()


def test_recomputed_blocks_within_a_checkpoint():
    conv = make("layer", memory=1)
    x = torch.rand(2, 4, 7, 8, dtype=F64, requires_grad=True)
    wanted = [x, *conv.parameters()]
    around = torch.utils.checkpoint.checkpoint(lambda x: conv(x.sin()), x, use_reentrant=False)
    expected = torch.autograd.grad(conv(x.sin()).square().sum(), wanted)
    for ours, exact in zip(
        torch.autograd.grad(around.square().sum(), wanted), expected, strict=True
    ):
        assert torch.equal(ours, exact)


def test_a_norm_over_the_whole_batch_has_all_windows_in_one_block():
    whole, cut = (make("plain", memory, norm="batch_minmax") for memory in (2**24, 1))
    x = torch.randn(3, 4, 6, 6, dtype=F64)
    assert torch.equal(cut(x), whole(x))


@pytest.mark.parametrize("memory", [2**24, 2000])
def test_compile_fullgraph(memory):
    conv = KANConv2d(3, 2, 3, padding=1, basis=ew.Gaussian(3), memory=memory)
    compiled = torch.compile(conv, fullgraph=True, backend="aot_eager")
    x = torch.randn(2, 3, 5, 5, requires_grad=True)
    y, expected = compiled(x), conv(x)
    assert torch.allclose(y, expected, atol=1e-5)
    wanted = [x, *conv.parameters()]
    for a, b in zip(
        torch.autograd.grad(y.square().sum(), wanted),
        torch.autograd.grad(expected.square().sum(), wanted),
        strict=True,
    ):
        assert torch.allclose(a, b, atol=1e-4, rtol=1e-4)


def test_func_transforms():
    conv = KANConv2d(2, 1, 2, basis=ew.Gaussian(3), memory=1, dtype=F64)
    x = torch.rand(3, 2, 3, 3, dtype=F64)
    jacobian = torch.func.vmap(torch.func.jacrev(conv))(x)
    assert jacobian.shape == (3, 1, 2, 2, 2, 3, 3)
    loop = torch.stack([torch.autograd.functional.jacobian(conv, sample) for sample in x])
    assert torch.allclose(jacobian, loop)


# torch-conv-kan's layers that the parts of this library can express. It pads the values of its
# basis with zeros, where these pad x: without padding both are the same.


def test_torch_conv_kans_spline_layer_without_padding():
    """y = PReLU(InstanceNorm(conv(gelu(x), V) + conv(B(x), W))), B(x) as channels (c, g)."""
    torch.manual_seed(0)
    basis, inputs, outputs = ew.BSpline(5, 3), 3, 4
    base_weight = torch.randn(outputs, inputs, 3, 3, dtype=F64)
    spline_weight = torch.randn(outputs, inputs * basis.num_basis, 3, 3, dtype=F64)
    x = torch.rand(2, inputs, 6, 7, dtype=F64) * 2 - 1
    phi = basis.evaluate(x.movedim(1, -1), basis.init_grid(inputs, dtype=F64))
    channels = phi.movedim((3, 4), (1, 2)).flatten(1, 2)
    raw = F.conv2d(F.gelu(x), base_weight) + F.conv2d(channels, spline_weight)
    theirs = F.prelu(F.instance_norm(raw), torch.full((1,), 0.25, dtype=F64))

    conv = KANConv2d(inputs, outputs, 3, basis=basis, base=F.gelu, bias=False, dtype=F64)
    with torch.no_grad():
        split = spline_weight.unflatten(1, (inputs, -1))  # (out, c, g, k, k) → (c k k, g, out)
        conv.layers[0].coef.copy_(split.permute(1, 3, 4, 2, 0).flatten(0, 2))
        conv.layers[0].base_weight.copy_(base_weight.permute(1, 2, 3, 0).flatten(0, 2))
    ours = nn.Sequential(conv, nn.InstanceNorm2d(outputs), nn.PReLU()).double()
    assert relative(ours(x), theirs) <= 1e-12


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"groups": 2}, "groups to divide in_channels=3, got 2"),
        ({"groups": 0}, "groups to be an integer ≥ 1, got 0"),
        ({"kernel_size": (3, 3, 3)}, "kernel_size as one integer or 2, got"),
        ({"stride": 0}, "stride to be an integer ≥ 1, got 0"),
        ({"padding": "full"}, "padding as numbers, 'valid' or 'same', got 'full'"),
        ({"padding": "same", "stride": 2}, "stride 1 with padding='same'"),
        ({"padding_mode": "mirror"}, "padding_mode among zeros, reflect, replicate, circular"),
        ({"memory": 0}, "memory to be an integer ≥ 1"),
        ({"basis": "ripple"}, "expected a basis among"),
    ],
)
def test_bad_settings(settings, message):
    with pytest.raises(ValueError, match=message):
        KANConv2d(3, 4, **({"kernel_size": 3} | settings))


@pytest.mark.parametrize(
    ("x", "error", "message"),
    [
        (torch.rand(2, 4, 5, 5), ValueError, r"shape \(N, 3, size, size\) or without N, got"),
        (torch.rand(3, 5), ValueError, "move the channels"),
        (torch.rand(1, 3, 2, 5), ValueError, r"as large as the kernel \(3, 3\), got \(2, 5\)"),
        (torch.ones(1, 3, 5, 5, dtype=torch.long), TypeError, "floating-point inputs, got torch"),
    ],
)
def test_bad_inputs(x, error, message):
    with pytest.raises(error, match=message):
        KANConv2d(3, 4, 3)(x)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_a_described_convolution_is_made_in_the_type_that_is_asked_for(dtype):
    config = ew.nn.KANConv1d(2, 4, 3, groups=2).to_config()
    made = ew.nn.KANConv1d.from_config(config, dtype=dtype)
    assert {p.dtype for p in made.parameters()} == {dtype}
