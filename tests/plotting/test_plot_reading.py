"""What a reader can tell from a drawn network: scales, ranges, the legend, names and constants."""

import numpy as np
import pytest
import torch

import edgewise as ew
from edgewise.formula.expression import Input, Number, add, apply, exact, multiply, power
from edgewise.plotting.words import format_end, shorten, text_width, wrap
from edgewise.symbolic import LIBRARY
from edgewise.symbolic.from_tree import network_of

pytest.importorskip("matplotlib")

LONG = "standard deviation of the fractal dimension of the boundary of the cell nuclei"


class Lines:
    """Edges that are straight lines of given rises, each from its own start, one layer for each."""

    def __new__(cls, *layers):
        model = _Lines()
        model.tables = [np.array(layer, dtype=float) for layer in layers]
        return model


class _Lines(torch.nn.Module):
    def edge_curves(self, x, points):
        t = torch.linspace(0, 1, points, dtype=torch.float64)
        found = []
        for table in self.tables:
            start, rise = torch.from_numpy(table).unbind(-1)
            found.append((10 * t.expand(len(table), -1), start[..., None] + rise[..., None] * t))
        return found

    def edge_scores(self, x):
        return [torch.from_numpy(np.abs(table[..., 1]).clip(0, 1e300)) for table in self.tables]

    def edge_labels(self):
        return [[[None] * table.shape[1] for _ in table] for table in self.tables]


def segments(figure, kind):
    return [c.get_segments() for c in figure.axes[0].collections if c.get_gid() == kind]


def texts(figure, kind):
    return [t for t in figure.axes[0].texts if t.get_gid() == kind]


def words(figure, kind):
    return [t.get_text() for t in texts(figure, kind)]


def data(features=2):
    return torch.rand(50, features, generator=torch.Generator().manual_seed(0))


def heights(curves):
    return np.array([np.ptp(c[:, 1]) for c in curves])


# Scales.


def test_curves_of_a_layer_share_one_scale_and_layers_do_not():
    model = Lines([[[0, 4.0], [0, -1.0]], [[0, 2.0], [-1, 0.5]]], [[[0, 100.0]], [[0, 50.0]]])
    below, above = (heights(c) for c in segments(ew.plot(model, data()), "curves"))
    np.testing.assert_allclose(below / below[0], [1, 0.5, 0.25, 0.125])  # output by output
    np.testing.assert_allclose(above / above[0], [1, 0.5])
    # Values stand where the scale says, offsets too: the last line ends half below 0.
    lines, zeros = (
        segments(ew.plot(model, data()), "curves")[0],
        segments(ew.plot(model, data()), "zeros")[0],
    )
    unit = below[0] / 4
    ends = [(c[0, 1] - z[0, 1]) / unit for c, z in zip(lines, zeros, strict=True)]
    np.testing.assert_allclose(ends, [0, 0, 0, -1], atol=1e-9)


def test_own_scales_are_asked_for_and_said():
    model = Lines([[[0, 4.0]], [[1, 0.01]]])
    figure = ew.plot(model, data(), share_scale=False)
    (curves,) = segments(figure, "curves")
    assert heights(curves)[0] == pytest.approx(heights(curves)[1])
    assert "Every curve has a scale of its own." in words(figure, "note")
    assert not words(figure, "scale")
    (zeros,) = segments(figure, "zeros")
    assert len(zeros) == 1  # the second curve is never near 0


def test_the_ends_of_the_scale_and_zero_are_written_where_they_are():
    figure = ew.plot(Lines([[[-1, 4.0]], [[0, 0.5]]]), data())
    labels = {t.get_text(): t.get_position()[1] for t in texts(figure, "scale")}
    assert set(labels) == {"3", "0", "−1"}
    (curves,), (zeros,) = segments(figure, "curves"), segments(figure, "zeros")
    assert labels["3"] == pytest.approx(curves[0][-1, 1])
    assert labels["−1"] == pytest.approx(curves[0][0, 1])
    assert labels["0"] == pytest.approx(zeros[0][0, 1])
    assert all(t.get_position()[0] < curves[0][:, 0].min() for t in texts(figure, "scale"))


def test_the_ends_of_a_scale_are_written_beside_a_zero_that_is_near():
    for start, rise in ((-0.01, 4.0), (-4.0, 4.01)):
        places = [
            t.get_position()[1] for t in texts(ew.plot(Lines([[[start, rise]]]), data()), "scale")
        ]
        assert len(places) == 3
        assert min(np.diff(sorted(places))) >= 0.0999  # inches


@pytest.mark.parametrize("size", [1e-300, 1e300, 1.7e308])
def test_sizes_at_the_ends_of_the_numbers_have_scales(size):
    (curves,) = segments(ew.plot(Lines([[[-size, size]], [[0, size]]]), data()), "curves")
    np.testing.assert_allclose(heights(curves) / heights(curves)[0], 1)


def test_ranges_of_the_data_stand_below_inputs():
    x = torch.tensor([[-2.0, 10.0], [3.0, 1234.4]])
    assert words(ew.plot(ew.KAN([2, 1]), x), "range") == ["−2 … 3", "10 … 1234"]
    assert not words(ew.plot(ew.FastKAN([2, 1]), x), "range")  # its axes are LayerNorm's values


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (-0.5, "−0.5"),
        (1234.4, "1234"),
        (2e-7, "2e-7"),
        (-3.21e12, "−3.21e12"),
        (0.12345, "0.123"),
    ],
)
def test_numbers_are_short(value, text):
    assert format_end(value).replace("e−", "e-") == text


# The legend.


@pytest.mark.parametrize(
    ("scores", "meaning"),
    [
        (None, "it carries"),
        ("spread", "the more it varies over the data"),
        ([torch.ones(2, 1)], "the greater its score"),
    ],
)
def test_the_legend_says_what_darkness_means(scores, meaning):
    figure = ew.plot(ew.KAN([2, 1]), data(), scores=scores)
    said = " ".join(words(figure, "note"))
    assert said.startswith("The stronger an edge is drawn,")
    assert meaning in said
    assert said.endswith("in % of its layer's strongest:")
    assert words(figure, "legend") == ["1 %", "10 %", "50 %", "100 %"]


def test_the_legend_has_the_colours_of_curves():
    scores = [torch.tensor([[1.0], [0.1]])]
    figure = ew.plot(ew.KAN([2, 1]), data(), scores=scores)
    colours = {c.get_gid(): c.get_edgecolors() for c in figure.axes[0].collections}
    np.testing.assert_allclose(colours["curves"], colours["legend"][[3, 1]])
    assert (np.diff(colours["legend"][:, 0]) < 0).all()


def test_without_edges_there_is_no_legend():
    net = ew.KAN([2, 1])
    net.layers[0].mask = torch.zeros(2, 1)
    assert not words(ew.plot(net, data()), "legend")


# What is kept, and what is said of the rest.


def test_the_strongest_edges_inputs_and_nodes_are_kept():
    scores = torch.tensor([[5.0, 0.1, 3.0], [0.2, 0.3, 0.1], [4.0, 0.4, 0.2], [0.5, 0.6, 2.0]])
    model = Lines(
        np.stack([np.zeros((4, 3)), scores.numpy()], -1), [[[0, 1.0]], [[0, 0.1]], [[0, 0.5]]]
    )
    figure = ew.plot(model, data(4), max_inputs=3, max_nodes=2, max_edges=4)
    assert words(figure, "name") == ["x₀", "x₂", "x₃", "y"]  # x₁ has the least
    below = segments(figure, "curves")[0]
    size = heights(below) / heights(below).max() * 5
    np.testing.assert_allclose(sorted(size), [2, 3, 4, 5], rtol=1e-6)  # of the kept nodes 0 and 2
    assert set(words(figure, "more")) == {"… 1 more input", "… 1 more node", "… 2 weaker edges"}


def test_what_is_left_out_stands_beside_what_is_there():
    figure = ew.plot(ew.KAN([30, 2, 1]), data(30), scores="spread")
    (more,) = [t for t in texts(figure, "more") if "inputs" in t.get_text()]
    assert more.get_text() == "… 20 more inputs"
    nodes = figure.axes[0].lines[0].get_xydata()
    gap, up = np.array(more.get_position()) - nodes[-1]
    assert up == 0
    assert 0.1 < gap < 0.4  # inches
    assert more.get_ha() == "left"


# Names.


def test_long_names_are_in_lines_or_upright_and_short():
    few = ew.plot(ew.KAN([2, 1]), data(), input_names=["mean radius of the cell nuclei", "b"])
    assert words(few, "name")[0] == "mean radius of the cell\nnuclei"
    assert words(few, "range")  # below the last line of the longest name
    drawn = draw(few)
    lowest = min(t.get_window_extent(drawn).y0 for t in texts(few, "name")[:2])
    assert max(t.get_window_extent(drawn).y1 for t in texts(few, "range")) < lowest + 1
    names = [f"{LONG} {k}" for k in range(8)]
    many = ew.plot(ew.KAN([8, 2]), data(8), input_names=names, output_names=["a" * 60, LONG])
    upright = texts(many, "name")
    assert {t.get_rotation() for t in upright} == {90.0}
    assert len({t.get_text() for t in upright}) == 10
    drawn = draw(many)
    for text in upright:
        box = text.get_window_extent(drawn)
        assert many.bbox.y0 <= box.y0
        assert box.y1 <= many.bbox.y1


def draw(figure):
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    return canvas.get_renderer()


def test_names_break_at_spaces_and_underscores_and_keep_their_ends():
    assert wrap("compactness_worst measured", text_width("compactness_worst"), 9.0) == [
        "compactness_worst",
        "measured",
    ]
    short = shorten(LONG + " 7", 2.0)
    assert text_width(short) <= 2.0
    assert short.startswith("standard dev")
    assert short.endswith("nuclei 7")
    assert shorten("mass", 2.0) == "mass"


# Formulas.


def formula():
    """2.5 sin(3.3 x0 + 0.4) - 0.5 x1² + 1/2."""
    sine = apply(LIBRARY["sin"], add(multiply(Number(3.3), Input(0)), Number(0.4)))
    tree = add(multiply(Number(2.5), sine), multiply(Number(-0.5), power(Input(1), 2)), exact(1, 2))
    return network_of(tree, ["x0", "x1"])


def test_a_formula_is_drawn_with_all_its_constants_and_large():
    figure = ew.plot(formula(), data().double())
    shown = texts(figure, "formula")
    assert [t.get_text() for t in shown] == [
        r"$2.5 \sin\left(3.3 x + 0.4\right)$",
        r"$-0.5 x^{2}$",
        r"$+\,\frac{1}{2}$",
    ]
    assert min(t.get_fontsize() for t in shown) >= 7
    boxes = [np.ptp(c.get_paths()[0].vertices[:, 0]) for c in figure.axes[0].collections[2:4]]
    assert max(boxes) > 0.8  # inches
    draw(figure)


def test_what_matplotlib_cannot_set_or_nobody_can_read_falls_back_to_the_name():
    class Odd(_Lines):
        def edge_labels(self):
            return [[["odd"], ["long"]]]

        def edge_formulas(self):
            return [[[r"$\nonsense{x}$"], ["$" + "x+" * 100 + "x$"]]]

    odd = Odd()
    odd.tables = [np.array([[[0, 1.0]], [[0, 1.0]]])]
    figure = ew.plot(odd, data())
    assert words(figure, "formula") == ["odd", "long"]
    draw(figure)
    draw(ew.plotting.plot_edge(odd, data(), (0, 0, 0)))


def test_an_edge_with_a_formula_is_orange_and_says_it():
    (axes,) = ew.plotting.plot_edge(formula(), data().double(), (0, 1, 0)).axes
    assert [t.get_text() for t in axes.get_legend().get_texts()] == ["$-0.5 x^{2}$"]
    assert axes.lines[0].get_color() == "#D55E00"


# One edge.


class Scaler:
    """What scikit-learn's StandardScaler does, for two columns."""

    def __init__(self, mean, scale):
        self.mean_, self.scale_ = np.array(mean), np.array(scale)
        self.n_features_in_ = len(self.mean_)

    def inverse_transform(self, rows):
        return rows * self.scale_ + self.mean_


def test_edges_in_the_units_of_the_data():
    net, x = ew.KAN([2, 3, 1], seed=torch.Generator().manual_seed(0)), data()
    ins, out = Scaler([300.0, 1e5], [20.0, 3e4]), Scaler([7.0], [0.5])
    plain = ew.plotting.plot_edge(net, x, (0, 1, 2)).axes[0]
    upper, lower = ew.plotting.plot_edge(net, x, (0, 1, 2), scaler=ins, output_scaler=out).axes
    at, y = plain.lines[0].get_data()
    np.testing.assert_allclose(upper.lines[0].get_xdata(), 1e5 + 3e4 * at)
    np.testing.assert_allclose(upper.lines[0].get_ydata(), y)  # a hidden node has no units
    ticks = [next(c for c in a.collections if c.get_gid() == "grid") for a in (plain, upper)]
    before, after = (np.array([s[0, 0] for s in t.get_segments()]) for t in ticks)
    np.testing.assert_allclose(after, 1e5 + 3e4 * before)
    low, high = lower.get_xlim()
    assert low <= 1e5 + 3e4 * float(x[:, 1].min())
    assert high >= 1e5 + 3e4 * float(x[:, 1].max())
    inner = ew.plotting.plot_edge(net, x, (1, 0, 0)).axes[0].lines[0].get_data()
    scaled = (
        ew.plotting.plot_edge(net, x, (1, 0, 0), scaler=ins, output_scaler=out).axes[0].lines[0]
    )
    np.testing.assert_allclose(scaled.get_xdata(), inner[0])
    np.testing.assert_allclose(scaled.get_ydata(), 0.5 * inner[1])


def test_units_of_chosen_inputs_are_those_of_their_features():
    net = ew.KAN([1, 1])
    net.set_inputs([1], 2)
    x, ins = data(), Scaler([300.0, 1e5], [20.0, 3e4])
    at = ew.plotting.plot_edge(net, x, (0, 0, 0), scaler=ins).axes[0].lines[0].get_xdata()
    assert at[0] == pytest.approx(1e5 + 3e4 * float(x[:, 1].min()))


def test_the_line_at_zero_is_there_unless_it_is_far():
    def zeros(start, rise):
        (axes,) = ew.plotting.plot_edge(Lines([[[start, rise]]]), data(1), (0, 0, 0)).axes
        return [c for c in axes.collections if c.get_gid() == "zero"]

    assert len(zeros(-1, 2.0)) == 1
    assert not zeros(100, 1.0)


class Square(Scaler):
    def inverse_transform(self, rows):
        return rows**2


@pytest.mark.parametrize(
    ("make", "settings", "message"),
    [
        (ew.KAN, {"scaler": 3}, "scaler to have inverse_transform, .* got 3"),
        (ew.KAN, {"scaler": Scaler([1.0], [1.0])}, "fitted to 2 columns, got 1"),
        (ew.KAN, {"output_scaler": Square([1.0], [1.0])}, "shift and multiply"),
        (
            ew.FastKAN,
            {"scaler": Scaler([0, 0], [1, 1])},
            "reads each feature separately, got LayerNorm",
        ),
        (ew.presets.KALNet, {"output_scaler": Scaler([0], [1])}, "got a LayerNorm behind them"),
    ],
)
def test_scalers_that_do_not_fit(make, settings, message):
    with pytest.raises(ValueError, match=message):
        ew.plotting.plot_edge(make([2, 1]), data(), (0, 0, 0), **settings)


@pytest.mark.parametrize("inputs", range(1, 9))
@pytest.mark.parametrize("nodes", [1, 2, 3])
def test_what_is_said_below_ends_inside_of_the_picture(inputs, nodes):
    model = ew.KAN([inputs, nodes, 1])
    figure = ew.plot(model, data(inputs), scores="backward")
    figure.set_dpi(100)  # as screens have it, where letters are wider than on paper
    renderer = draw(figure)
    ends = [t.get_window_extent(renderer).x1 for t in texts(figure, "note")]
    assert ends
    assert max(ends) < figure.bbox.x1 - 5
