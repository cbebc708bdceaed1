"""A network to look at and to change: in a notebook, or as a page."""

from __future__ import annotations

import base64
import functools
import io
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from edgewise._files import write_text
from edgewise.explorer.edited import EditedKAN, apply_edits
from edgewise.explorer.page import read_static, write_page
from edgewise.explorer.payload import describe
from edgewise.nn.arguments import check_integer
from edgewise.plotting.plot import plot


@dataclass(frozen=True)
class Wishes:
    """What :func:`explore` was asked for beside the model and its rows."""

    input_names: Sequence[str] | None
    output_names: Sequence[str] | None
    scaler: Any
    output_scaler: Any
    rows: int


def explore(
    model: Any,
    x: Any,
    y: Any = None,
    *,
    input_names: Sequence[str] | None = None,
    output_names: Sequence[str] | None = None,
    scaler: Any = None,
    output_scaler: Any = None,
    rows: int = 1000,
) -> Explorer:
    """Look at a network or an estimator with its curves, change them, and take the changes home.

    In a notebook the last expression of a cell shows it, with anywidget
    (``pip install "edgewise[notebook]"``); :meth:`Explorer.save` writes it as one page. Both
    compute the model themselves: what is shown is the model's answer to 1e-5. Every edit goes
    into a log: :func:`apply_edits` repeats a network's, ``estimator.replay(log)`` an estimator's.
    See docs/explorer.md.

    Args:
        model: a KAN, a SymbolicKAN or an edited KAN, whose edits go on; it isn't changed. Curves
            behind a normalisation that mixes features can only be removed:
            ``ew.surgery.unmix(model, x)`` makes others of them. Or a fitted ``ew.KANRegressor``
            or ``ew.KANClassifier``.
        x: rows of inputs. Scores see all of them; the page gets ``rows`` of them, evenly chosen.
            Of an estimator the table, as ``predict`` takes it.
        y: numbers, (rows,) or (rows, out); whole numbers as classes where there are several
            outputs; None to see only what changes. Of an estimator the targets, as ``fit`` takes
            them.
        input_names: of all features of x; default: the model's.
        output_names: of the outputs.
        scaler, output_scaler: fitted scalers of scikit-learn's kind that made x and y out of
            columns in other units, in which everything is shown then.
        rows: at most so many go into the page; fewer of a network with very many inputs.

    Shape:
        x: (*, in_features)

    Raises:
        TypeError: for a model that is no KAN.
        ValueError: if data doesn't fit or isn't finite, names aren't as many as there are columns,
            a scaler doesn't just shift and multiply, or the page can't compute the model; the
            message names what it can't.

    Example:
        >>> import torch, edgewise as ew
        >>> model = ew.KAN([2, 3, 1], norm=None)
        >>> x = torch.rand(50, 2)
        >>> page = ew.explore(model, x, model(x).detach()).html()
        >>> page[:15]
        '<!doctype html>'
    """
    check_integer("explore", "rows", rows, 2)
    wishes = Wishes(input_names, output_names, scaler, output_scaler, rows)
    return open_explorer(model, x, y, wishes)


@functools.singledispatch
def open_explorer(model: Any, x: Any, y: Any, wishes: Wishes) -> Explorer:
    """The explorer of a kind of model: of a network, unless another kind is registered."""
    payload = describe(model, x, y, **vars(wishes))
    base = model.base if isinstance(model, EditedKAN) else model
    draw = functools.partial(
        plot, base, x, input_names=wishes.input_names, output_names=wishes.output_names
    )
    return Explorer(base, payload, apply_edits, draw)


class Explorer:
    """What :func:`explore` makes: a widget in notebooks, and a page.

    Attributes:
        base: the model without edits.

    Example:
        >>> import os, tempfile, torch, edgewise as ew
        >>> model = ew.KAN([2, 3, 1], norm=None)
        >>> explorer = ew.explore(model, torch.rand(50, 2), input_names=["speed", "mass"])
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     explorer.save(os.path.join(folder, "network.html"))
        ...     print(os.listdir(folder), "speed" in explorer.html())
        ['network.html'] True
    """

    def __init__(
        self,
        base: Any,
        payload: dict[str, Any],
        replay: Callable[[Any, Any], Any],
        draw: Callable[[], Any],
    ) -> None:
        self.base = base
        self._draw = draw
        self._payload = payload
        self._replay = replay
        self._widget: Any = None

    def html(self) -> str:
        """The explorer as one page, with the model and the rows of data in it."""
        return write_page(self._payload)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write :meth:`html` to a file, all of it or nothing."""
        write_text(path, self.html())

    @property
    def widget(self) -> Any:
        """The explorer as an anywidget.

        Raises:
            ImportError: without anywidget; the message says how to get it.
        """
        if self._widget is None:
            self._widget = _make_widget(self._payload)
        return self._widget

    @property
    def log(self) -> Any:
        """The log of the edits that were made in the notebook."""
        return self.widget.log

    def edited(self) -> Any:
        """The model with the edits that were made in the notebook."""
        return self._replay(self.base, self.log)

    def _repr_mimebundle_(self, **options: Any) -> Any:
        """The widget, and a picture of the model without edits for notebooks that are only read."""
        bundle, more = self.widget._repr_mimebundle_(**options)
        return bundle | self._make_picture(), more

    def _make_picture(self) -> dict[str, str]:
        try:
            figure = self._draw()
        except ImportError:  # without matplotlib the widget is all there is
            return {}
        file = io.BytesIO()
        figure.savefig(file, format="png", dpi=100)
        return {"image/png": base64.b64encode(file.getvalue()).decode("ascii")}


def _make_widget(payload: dict[str, Any]) -> Any:
    try:
        import anywidget
        import traitlets
    except ImportError as error:
        raise ImportError(
            "explore needs anywidget to be shown in a notebook, which is not installed: run `pip "
            'install "edgewise[notebook]"`, or write a page with explore(…).save("page.html")'
        ) from error

    class Widget(anywidget.AnyWidget):
        _esm = read_static("explorer.js")
        _css = read_static("explorer.css")
        payload = traitlets.Dict().tag(sync=True)
        log = traitlets.Dict().tag(sync=True)

    return Widget(payload=payload, log=payload["log"])
