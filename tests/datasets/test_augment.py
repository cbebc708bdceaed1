"""Shifted images against a shift written with loops."""

import pytest
import torch

from edgewise.datasets import ShiftedImages


def moved(image, down, right, background):
    """The image with its content moved by that many pixels."""
    side = image.shape[0]
    out = torch.full_like(image, background)
    for r in range(side):
        for c in range(side):
            if 0 <= r - down < side and 0 <= c - right < side:
                out[r, c] = image[r - down, c - right]
    return out


def test_each_image_is_one_of_the_allowed_shifts_with_its_label():
    torch.manual_seed(0)
    x = torch.rand(10, 25) - 0.5
    y = torch.arange(10)
    batches = ShiftedImages(x, y, batch_size=4, pixels=1)
    assert len(batches) == 2
    seen, shifts = [], set()
    for _ in range(8):
        labels = []
        for images, label in batches:
            assert images.shape == (4, 25)
            for image, k in zip(images, label.tolist(), strict=True):
                found = [
                    (d, r)
                    for d in (-1, 0, 1)
                    for r in (-1, 0, 1)
                    if torch.equal(
                        image.view(5, 5), moved(x[k].view(5, 5), d, r, batches.background)
                    )
                ]
                assert len(found) == 1
                shifts.update(found)
                labels.append(k)
        assert len(set(labels)) == 8  # none twice in a pass
        seen.append(labels)
    assert len({tuple(s) for s in seen}) == 8
    assert len(shifts) == 9


def test_the_global_generator_decides():
    batches = ShiftedImages(torch.rand(8, 9), torch.arange(8), 4)
    passes = []
    for seed in (1, 1, 2):
        torch.manual_seed(seed)
        passes.append(torch.cat([x for x, _ in batches]))
    assert torch.equal(passes[0], passes[1])
    assert not torch.equal(passes[0], passes[2])


@pytest.mark.parametrize(
    ("x", "y", "size", "message"),
    [
        (torch.rand(4, 10), torch.arange(4), 2, "square"),
        (torch.rand(4, 3, 3), torch.arange(4), 2, "square"),
        (torch.rand(4, 9), torch.arange(3), 2, "labels"),
        (torch.rand(4, 9), torch.arange(4), 5, "from 1 to 4, got 5"),
        (torch.rand(4, 9), torch.arange(4), 0, "from 1 to 4, got 0"),
    ],
)
def test_misfits(x, y, size, message):
    with pytest.raises(ValueError, match=message):
        ShiftedImages(x, y, size)
