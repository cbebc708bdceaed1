"""Checkpoints of other programs that are damaged, or made to do harm: a ValueError when read."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from dataclasses import replace

import pytest
import torch
from golden import FOLDER, Golden

import edgewise as ew
from edgewise.interop.layout import NativeLayer
from edgewise.models.adopt import check_layers, fill_layer

F64 = torch.float64


def state_of(name):
    return Golden(name).section("state/")


def refuse(folder, state, message, **arguments):
    """Check that the file is refused before it takes memory."""
    path = folder / "their.pt"
    torch.save(state, path)
    tracemalloc.start()
    with pytest.raises(ValueError, match=message):
        ew.load_foreign(path, **{"base": "silu"} | arguments)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2**24


@pytest.mark.parametrize("shape", [(10**5, 10**5), (2, 3)])
def test_one_number_that_is_repeated_without_end(tmp_path, shape):
    state = state_of("fastkan_default")
    state["layers.0.spline_linear.weight"] = torch.zeros((), dtype=F64).expand(shape)
    refuse(tmp_path, state, r"plain tensors with all of their numbers .*spline_linear\.weight")


def test_overlapping_windows(tmp_path):
    state = state_of("fastkan_default")
    weight = state["layers.0.spline_linear.weight"]
    state["layers.0.spline_linear.weight"] = torch.zeros(50, dtype=F64).as_strided(
        weight.shape, (1, 1)
    )
    refuse(tmp_path, state, r"plain tensors with all of their numbers")


@pytest.mark.parametrize("make", [lambda t: t.to_sparse(), lambda t: t.to("meta")])
def test_tensors_that_are_not_dense(tmp_path, make):
    state = state_of("fastkan_default")
    state["layers.0.spline_linear.weight"] = make(state["layers.0.spline_linear.weight"])
    refuse(tmp_path, state, "plain tensors with all of their numbers")


def test_an_archive_that_grows_is_not_unpacked(tmp_path):
    whole = io.BytesIO()
    torch.save(state_of("fastkan_default") | {"more": torch.zeros(10**6)}, whole)
    path = tmp_path / "their.pt"
    with (
        zipfile.ZipFile(whole) as source,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed,
    ):
        for entry in source.infolist():
            packed.writestr(entry, source.read(entry), zipfile.ZIP_DEFLATED)
    assert path.stat().st_size < 10**5
    with pytest.raises(ValueError, match=r"parts unpack to \d{7} bytes"):
        ew.load_foreign(path)


GRIDS = {
    "longer": lambda g: torch.cat([g, g[..., -1:] + 1], -1),
    "shorter": lambda g: g[..., :-1].clone(),
    "another dimension": lambda g: g[None].clone(),
    "empty": lambda g: g[..., :0].clone(),
    "one point": lambda g: g[..., :1].clone(),
    "of text's size": lambda g: g.to(torch.uint8),
    "complex": lambda g: g.to(torch.complex128),
}


FITS_ANOTHER_DEGREE = {("grid", "longer"), ("grid", "shorter")}


@pytest.mark.parametrize("kind", GRIDS)
@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("fastkan_default", "layers.0.rbf.grid"),
        ("fasterkan_published_forward", "layers.0.rbf.grid"),
        ("efficientkan_default", "layers.0.grid"),
        ("pykan_default", "act_fun.0.grid"),
    ],
)
def test_grids_that_do_not_fit(tmp_path, name, key, kind):
    state = state_of(name)
    state[key] = GRIDS[kind](state[key])
    if (key.split(".")[-1], kind) in FITS_ANOTHER_DEGREE and "rbf" not in key:
        torch.save(state, tmp_path / "their.pt")
        first, second = ew.load_foreign(tmp_path / "their.pt", base="silu").layers
        assert first.basis.degree == second.basis.degree + (1 if kind == "longer" else -1)
    else:
        refuse(tmp_path, state, "expected")


@pytest.mark.parametrize("heads", [0, -1, 1.5, "two", None])
def test_numbers_of_heads(tmp_path, heads):
    refuse(tmp_path, state_of("fastkan_attention"), "num_heads", num_heads=heads)


NAMES = sorted(p.stem for p in FOLDER.glob("*.npz"))
OPTIONAL = {"arange", "bias"}
"""A ChebyKAN's numbers 0, 1, …, and a FourierKAN's bias, which may be switched off."""


@pytest.mark.parametrize("name", NAMES)
def test_every_tensor_is_missed(tmp_path, name):
    """Also those that a program leaves out of all its layers alike."""
    whole = state_of(name)
    arguments = {"num_heads": 1} if "attention" in name else {}
    arguments |= {"denominator": 0.5} if "denominator" in name else {}
    for key in whole.keys() - OPTIONAL:
        state = {k: v for k, v in whole.items() if k != key}
        refuse(tmp_path, state, "expected", **arguments)


@pytest.mark.parametrize("factor", [0.9, 1.1])
def test_a_width_off_by_a_tenth_is_not_the_spacing(factor):
    spacing = 4 / 7
    model = ew.FastKAN([5, 3], denominator=spacing)
    ew.saving.to_foreign(model, "fast-kan")
    other = ew.FastKAN([5, 3], denominator=factor * spacing)
    with pytest.raises(ValueError, match="width is the spacing"):
        ew.saving.to_foreign(other, "fast-kan")


def test_tensors_of_other_sizes_in_an_attention(tmp_path):
    whole, path = state_of("fastkan_attention"), tmp_path / "their.pt"
    for key, tensor in whole.items():
        for wrong in (torch.cat([tensor] * 2), tensor[:1]):  # the second one may be broadcast
            if wrong.shape != tensor.shape:
                torch.save(whole | {key: wrong.clone()}, path)
                with pytest.raises(ValueError, match=r"expected|fit"):
                    ew.load_foreign(path, base="silu", num_heads=1)


def test_a_layer_is_checked_before_its_weights_are_taken():
    layer = ew.KANLinear(3, 2, basis=ew.BSpline(4), base=None, norm=None, dtype=F64)
    parameters = {name: p.detach().clone() for name, p in layer.named_parameters()}
    native = NativeLayer(layer.basis, tuple(layer.grid), parameters)
    check_layers("test", {"first": (native, layer)})
    damaged = replace(native, grid=tuple(t[..., :-1] for t in native.grid))
    with pytest.raises(ValueError, match="checkpoint is damaged"):
        check_layers("test", {"first": (damaged, layer)})


@pytest.mark.parametrize("basis", [ew.BSpline(4), ew.Gaussian(5), ew.Chebyshev(4)])
def test_a_layer_shares_no_memory_with_its_checkpoint(basis):
    layer = ew.KANLinear(3, 2, basis=basis, base=None, norm=None, dtype=F64)
    parameters = {name: p.detach().clone() for name, p in layer.named_parameters()}
    native = NativeLayer(
        layer.basis,
        tuple(t.detach().clone() for t in layer.grid),
        parameters | {"mask": torch.ones(3, 2, dtype=F64)},
    )
    fill_layer(native, layer)
    theirs = {t.untyped_storage().data_ptr() for t in (*native.parameters.values(), *native.grid)}
    ours = {t.untyped_storage().data_ptr() for t in (*layer.parameters(), *layer.buffers())}
    assert layer.mask is not None
    assert not ours & theirs
