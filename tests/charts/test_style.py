"""One look for every picture."""

from __future__ import annotations

import pytest
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from edgewise.charts.style import GREY, INK, LINE, PALETTE, PAPER, SILVER, save_figure


def luminance(colour):
    """Of light, as the guidelines for contrast on the web define it."""
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_letters_can_be_read_on_white():
    assert all(1.05 / (luminance(c) + 0.05) >= 4.5 for c in (INK, GREY))


def test_greys_become_lighter():
    greys = [luminance(c) for c in (INK, GREY, SILVER, LINE, PAPER)]
    assert greys == sorted(greys)


def test_colours_differ():
    assert len(set(PALETTE)) == len(PALETTE)


def test_figures_are_whole_or_absent(tmp_path):
    figure = Figure()
    assert save_figure(figure, None) is figure
    save_figure(figure, tmp_path / "a")
    save_figure(figure, tmp_path / "b.svg")
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
    assert "<svg" in (tmp_path / "b.svg").read_text()
    with pytest.raises(ValueError, match="not supported"):
        save_figure(figure, tmp_path / "c.nothing")
    assert {p.name for p in tmp_path.iterdir()} == {"a.png", "b.svg"}
