"""Kernels of the Triton engine lowered for cards that aren't here, and the least times there."""

import pytest

import edgewise as ew
from benchmarks.triton_kernels import __main__ as command
from benchmarks.triton_kernels import lowering
from benchmarks.triton_kernels.roofline import CARDS, Sizes, bound


@pytest.mark.parametrize(("basis", "target"), [("fourier", "sm_80"), ("legendre", "gfx942")])
def test_kernels_are_lowered_with_what_they_take(basis, target):
    """Each target has a test here. Waves keep to their registers: a thread's 32 bytes are the array
    in which sines of large angles are reduced."""
    rows = list(command.measure(basis, "bfloat16", target))
    assert [row["kernel"] for row in rows] == [
        "forward_kernel",
        "input_kernel",
        "coefficient_kernel",
    ]
    for row in rows:
        assert set(row) <= set(command.STUDY.columns)
        assert 32 <= row["registers"] < (255 if basis == "fourier" else 512)
        assert row["spills"] <= (32 if basis == "fourier" else 64)
        assert 0 < row["shared"] <= 2**16
        assert (row["loop"] > 0) == (target in CARDS)
        assert ("products_ms" in row) == (target in CARDS)
    about = {"commit": "c", "machine": "m", "date": "d"}
    text = command.describe([{k: str(v) for k, v in (row | about).items()} for row in rows])
    assert (
        f"| {basis} | bfloat16 | forward | {rows[0]['registers']} / " in text or target != "sm_80"
    )


def test_the_least_times_are_those_of_a_small_example():
    sizes = Sizes(rows=64, features=32, functions=3, outputs=128, bytes=2)
    least = bound(CARDS["sm_90"], "bfloat16", "forward_kernel", sizes, (64, 32, 128), 8, 100, 20)
    weights = 32 * 4 * 128
    assert least.memory == pytest.approx(1e3 * 2 * (64 * 32 + weights + 64 * 128) / 3.35e12)
    assert least.products == pytest.approx(1e3 * 2 * 64 * weights / 989e12)
    cycles = 4 * 8 * 8 * 20 / 4  # 20 special instructions of 8 cycles outweigh 100 of one
    assert least.instructions == pytest.approx(1e3 * cycles / (132 * 1.755e9))


@pytest.fixture
def compiled_only(monkeypatch):
    """Small tiles, as every number of one takes the compiler its time; nothing is read of them."""
    monkeypatch.setattr(command, "LOWERED", (16, 16, 16))
    monkeypatch.setattr(lowering, "_read_nvidia", lambda file: (0, 0, 0, 0))


@pytest.mark.usefixtures("compiled_only")
def test_the_local_path_of_many_cells_is_lowered():
    lowered = command.lower(ew.BSpline(64), "float32", "sm_90")
    assert {"forward_kernel", "input_kernel"} <= {kernel.kernel for kernel in lowered}


def test_linear_tails_are_lowered_with_what_they_take():
    rows = list(command.measure("bspline", "bfloat16", "sm_90", tails=True))
    assert [row["basis"] for row in rows] == ["bspline+tails"] * 3
    assert all(row["spills"] <= 96 for row in rows)
    assert rows[0]["spills"] == 0  # of the forward kernel


@pytest.mark.usefixtures("compiled_only")
def test_linear_tails_of_the_local_path_are_lowered():
    lowered = command.lower(ew.BSpline(64, linear_tails=True), "float32", "sm_90")
    assert {"forward_kernel", "input_kernel"} <= {kernel.kernel for kernel in lowered}
