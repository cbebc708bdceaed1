"""`explore`: view and edit a model in a notebook or on a page."""

from __future__ import annotations

import base64
import functools
import io
import os
from collections.abc import Callable, Sequence
from typing import Any

from edgewise._checks import read_count
from edgewise._files import write_text
from edgewise._tensors import tensors_on_cpu
from edgewise.explorer.edited import EditedKAN, apply_edits
from edgewise.explorer.page import read_static, write_page
from edgewise.explorer.payload import Wishes, describe
from edgewise.plotting.plot import plot


@tensors_on_cpu()
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
    offset: Any = None,
    exposure: Any = None,
    entry: Any = None,
) -> Explorer:
    """View a network or an estimator with its curves, and edit them.

    A notebook shows the explorer with anywidget (``pip install "edgewise[notebook]"``) if it is the
    last expression of a cell; :meth:`Explorer.save` writes it as one page. Both compute the model
    in the browser, to 1e-5. Edits are logged: :func:`apply_edits` replays those of a network,
    ``estimator.replay(log)`` those of an estimator. See docs/explorer.md.

    Args:
        model: a KAN, a SymbolicKAN, an edited KAN (whose edits are kept), or a fitted
            ``ew.KANRegressor``, ``ew.KANClassifier`` or ``ew.KANSurvival``; it isn't changed.
            Curves after a normalisation that mixes features can only be removed; use
            ``ew.surgery.unmix(model, x)`` first.
        x: rows of inputs; for an estimator the table, as for ``predict``. Scores use all rows; the
            page gets ``rows`` of them, evenly chosen.
        y: targets, (rows,) or (rows, out), or integers as classes if there are several outputs; for
            an estimator as for ``fit``. With None only changes are shown.
        input_names: names of all features of x; by default the model's.
        output_names: names of the outputs.
        scaler, output_scaler: fitted scikit-learn scalers that were applied to x and y; everything
            is then shown in the original units.
        rows: most rows on the page; fewer for a network with very many inputs.
        offset, exposure, entry: a number for each row, if an estimator's fit had them.

    Shape:
        x: (*, in_features)

    Raises:
        TypeError: if the model isn't a KAN or an estimator.
        ValueError: if data don't fit or aren't finite, there isn't one name for each column, a
            scaler isn't linear, or the page can't compute a part of the model.

    Example:
        >>> import torch, edgewise as ew
        >>> model = ew.KAN([2, 3, 1], norm=None)
        >>> x = torch.rand(50, 2)
        >>> page = ew.explore(model, x, model(x).detach()).html()
        >>> page[:15]
        '<!doctype html>'
    """
    rows = read_count("explore", "rows", rows, 2)
    given = {"offset": offset, "exposure": exposure, "entry": entry}
    known = {name: values for name, values in given.items() if values is not None}
    wishes = Wishes(input_names, output_names, scaler, output_scaler, rows, known)
    return open_explorer(model, x, y, wishes)


@functools.singledispatch
def open_explorer(model: Any, x: Any, y: Any, wishes: Wishes) -> Explorer:
    """The explorer of a model: that of networks, unless its type is registered."""
    payload = describe(model, x, y, wishes)
    base = model.base if isinstance(model, EditedKAN) else model
    draw = functools.partial(
        plot, base, x, input_names=wishes.input_names, output_names=wishes.output_names
    )
    return Explorer(base, payload, apply_edits, draw)


class Explorer:
    """The explorer of a model: a widget in notebooks, and a page.

    :func:`explore` makes it.

    Args:
        base: the model without edits.
        payload: what the page gets, as JSON-able data.
        replay: the function that makes the edited model of ``base`` and a log.
        draw: the function that draws a picture of the model.

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

    def __repr__(self) -> str:
        return f"<Explorer of {type(self.base).__name__}: show it, or save(path)>"

    def html(self) -> str:
        """The explorer as a self-contained HTML page with the model and the rows."""
        return write_page(self._payload)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write :meth:`html` to a file, atomically."""
        write_text(path, self.html())

    @property
    def widget(self) -> Any:
        """The explorer as an anywidget.

        Raises:
            ImportError: anywidget is not installed.
        """
        if self._widget is None:
            self._widget = _make_widget(self._payload)
        return self._widget

    @property
    def log(self) -> Any:
        """The log of the edits made in the notebook."""
        return self.widget.log

    def edited(self) -> Any:
        """The model with the edits made in the notebook."""
        return self._replay(self.base, self.log)

    def _repr_mimebundle_(self, **options: Any) -> Any:
        """The widget, and a picture of the unedited model for static notebooks."""
        bundle, more = self.widget._repr_mimebundle_(**options)
        return bundle | self._make_picture(), more

    def _make_picture(self) -> dict[str, str]:
        try:
            figure = self._draw()
        except ImportError:  # without matplotlib, show only the widget
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
