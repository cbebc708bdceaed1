"""Every chart of the report: all of it is seen, on a phone too, and no two things look alike."""

from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.markers import MarkerStyle
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from PIL import Image

from benchmarks.charts import (
    WIDE,
    fingerprint,
    make_panels,
    name_lines,
    save_with_provenance,
    scale_log,
)
from benchmarks.records import RESULTS
from benchmarks.report.images import draw_all, read_fingerprint, renew_images

IMAGES = Path(__file__).parents[2] / "docs" / "images"
ABOUT = {"commit": "abc", "machine": "a machine, 1 cores", "date": "2026-01-01 10:00"}


@pytest.fixture(scope="module")
def fingerprints():
    """What each chart of today's rows shows, before it is laid out."""
    return {}


@pytest.fixture(scope="module")
def figures(fingerprints):
    """Each chart of today's rows by the name of its picture, laid out."""
    found = {}
    for name, figure, _ in draw_all(RESULTS):
        fingerprints[name] = fingerprint(figure)
        figure.draw_without_rendering()
        found[name] = figure
    return found


def test_no_chart_is_wider_than_a_phone_shows(figures):
    assert {n: f.get_size_inches()[0] for n, f in figures.items() if f.get_figwidth() > WIDE} == {}


def test_no_word_is_cut_at_an_edge(figures):
    assert {name: words for name, f in figures.items() if (words := find_cut(f))} == {}


def test_no_word_lies_on_another(figures):
    assert {name: words for name, f in figures.items() if (words := find_overlaps(f))} == {}


def find_cut(figure):
    """The words of a figure that reach beyond it."""
    width, height = figure.bbox.size
    return [
        text
        for text, box in list_words(figure)
        if box.x0 < -1 or box.y0 < -1 or box.x1 > width + 1 or box.y1 > height + 1
    ]


def find_overlaps(figure):
    """Pairs of words of which one covers the other by more than a pixel in both directions."""
    return [
        (one, other)
        for (one, a), (other, b) in combinations(list_words(figure), 2)
        if min(a.x1, b.x1) - max(a.x0, b.x0) > 1 and min(a.y1, b.y1) - max(a.y0, b.y0) > 1
    ]


def list_words(figure):
    """What can be read in a figure, and where it stands."""
    beyond = [tick.label1 for axes in figure.axes for tick in list_ticks_beyond(axes)]
    seen = [t for t in figure.findobj(Text) if t.get_visible() and t.get_text().strip()]
    seen = [t for t in seen if t not in beyond]
    return [(t.get_text(), t.get_window_extent()) for t in seen if is_shown(t.axes)]


def list_ticks_beyond(axes):
    """Ticks outside of what an axis shows, which are never drawn."""
    for axis in (axes.xaxis, axes.yaxis):
        low, high = sorted(axis.get_view_interval())
        ticks = [*axis.get_major_ticks(), *axis.get_minor_ticks()]
        yield from (tick for tick in ticks if not low <= tick.get_loc() <= high)


def is_shown(axes):
    return axes is None or axes.get_visible()


def test_bars_begin_at_zero_and_so_are_never_logarithmic(figures):
    for name, figure in figures.items():
        for axes in figure.axes:
            bars = [patch for patch in axes.patches if isinstance(patch, Rectangle)]
            assert not bars or axes.get_xscale() == "linear", name
            assert not bars or axes.get_xlim()[0] == 0, name


def test_shares_of_all_runs_end_at_100_percent(figures):
    for name in ("evidence_discovery.png", "evidence_laws.png"):
        assert figures[name].axes[0].get_xlim() == (0, 100)
    assert figures["evidence_noise.png"].axes[0].get_ylim()[1] <= 105


def test_entries_of_a_legend_look_different(figures):
    for name, figure in figures.items():
        for legend in figure.legends:
            looks = Counter(map(look_of, legend.legend_handles))
            assert max(looks.values()) == 1, name


def look_of(handle):
    """Colour, mark and line of an entry, or the colour of its bar."""
    line = handle[0] if isinstance(handle, tuple) else handle
    if not hasattr(line, "get_marker"):
        return str((line.get_edgecolor(), line.get_facecolor()))
    face = line.get_markerfacecolor()
    hollow = MarkerStyle(line.get_marker()).is_filled() and face == "none"
    return to_hex(line.get_color()), line.get_marker(), line.get_linestyle(), hollow


def test_pictures_in_the_documentation_show_the_rows_of_today(figures, fingerprints):
    """If it fails: `python -m benchmarks.report --quotes docs --images docs/images`."""
    shown = {path.name: read_fingerprint(path) for path in IMAGES.glob("evidence_*.png")}
    assert len(shown) >= 10
    assert shown == {name: fingerprints.get(name) for name in shown}
    assert len(figures) > len(shown)


def test_a_fingerprint_tells_points_words_and_bars():
    def draw(x=1.0, word="a", bar=2.0, line="name"):
        figure, (axes,) = make_panels(2.0)
        axes.plot([x], [1.0], label="points")
        axes.barh([0], [bar])
        axes.annotate(word, (0, 0))
        name_lines(axes, [line])
        return fingerprint(figure)

    assert draw() == draw(x=1.0 + 1e-9)
    others = draw(x=1.001), draw(word="b"), draw(bar=2.1), draw(line="other")
    assert len({draw(), *others}) == 5


def test_pictures_are_renewed_where_they_show_something_else(tmp_path):
    folder = tmp_path / "results"
    folder.mkdir()
    (folder / "grids.csv").write_bytes((RESULTS / "grids.csv").read_bytes())
    images = tmp_path / "images"
    (path,) = renew_images(folder, images)
    assert path.name == "evidence_grids.png"
    assert renew_images(folder, images) == []
    figure, (axes,) = make_panels(2.0)
    axes.plot([1.0], [1.0])
    save_with_provenance(figure, [ABOUT], path)
    assert renew_images(folder, images) == [path]
    path.unlink()
    assert renew_images(folder, images) == []  # a folder has the pictures that it wants


def test_pictures_name_machines_that_can_be_told_apart(tmp_path):
    figure, _ = make_panels(2.0)
    other = ABOUT | {"machine": "another, 2 cores"}
    save_with_provenance(figure, [ABOUT, other], tmp_path / "a.png")
    with Image.open(tmp_path / "a.png") as image:
        assert "a machine, 1 core and another, 2 cores" in image.info["Description"]


@pytest.mark.parametrize("which", ["x", "y"])
def test_a_short_logarithmic_axis_has_plain_numbers(which):
    axes = Figure().subplots()
    axes.plot([0.1, 30], [0.1, 30])
    scale_log(axes, which, 300)
    axis = getattr(axes, f"{which}axis")
    assert axis.get_scale() == "log"
    labels = [axis.get_major_formatter()(v, None) for v in axis.get_majorticklocs()]
    assert {"0.1", "0.2", "0.5", "1", "10"} <= set(labels)
