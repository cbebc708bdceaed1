"""A network to look at and to change: in a notebook, or as a page."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

from torch import nn

from edgewise._files import write_text
from edgewise.explorer.edited import EditedKAN, apply_edits
from edgewise.explorer.page import read_static, write_page
from edgewise.explorer.payload import describe
from edgewise.nn.arguments import check_integer


def explore(
    model: nn.Module,
    x: Any,
    y: Any = None,
    *,
    input_names: Sequence[str] | None = None,
    output_names: Sequence[str] | None = None,
    scaler: Any = None,
    output_scaler: Any = None,
    rows: int = 1000,
) -> Explorer:
    """Look at a network with its curves, change them, and take the changes home.

    In a notebook the last expression of a cell shows it, with anywidget
    (``pip install "edgewise[notebook]"``); :meth:`Explorer.save` writes it as one page. Both
    compute the network themselves: what is shown is the model's answer to 1e-5. Every edit goes
    into a log that :func:`apply_edits` repeats. See docs/explorer.md.

    Args:
        model: a KAN, a SymbolicKAN or an edited KAN, whose edits go on; it isn't changed. Curves
            behind a normalisation that mixes features can only be removed:
            ``ew.surgery.unmix(model, x)`` makes others of them.
        x: rows of inputs. Scores see all of them; the page gets ``rows`` of them, evenly chosen.
        y: numbers, (rows,) or (rows, out); whole numbers as classes where there are several
            outputs; None to see only what changes.
        input_names: of all features of x; default: the model's.
        output_names: of the outputs.
        scaler, output_scaler: fitted scalers of scikit-learn's kind that made x and y out of
            columns in other units, in which everything is shown then.
        rows: at most so many go into the page.

    Shape:
        x: (*, in_features)

    Raises:
        TypeError: for a model that is no KAN.
        ValueError: if data doesn't fit or isn't finite, names aren't as many as there are columns,
            a scaler doesn't just shift and multiply, or the page can't compute the network; the
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
    payload = describe(
        model,
        x,
        y,
        input_names=input_names,
        output_names=output_names,
        scaler=scaler,
        output_scaler=output_scaler,
        rows=rows,
    )
    return Explorer(model.base if isinstance(model, EditedKAN) else model, payload)


class Explorer:
    """What :func:`explore` makes: a widget in notebooks, and a page.

    Attributes:
        base: the network without edits.

    Example:
        >>> import os, tempfile, torch, edgewise as ew
        >>> model = ew.KAN([2, 3, 1], norm=None)
        >>> explorer = ew.explore(model, torch.rand(50, 2), input_names=["speed", "mass"])
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     explorer.save(os.path.join(folder, "network.html"))
        ...     print(os.listdir(folder), "speed" in explorer.html())
        ['network.html'] True
    """

    def __init__(self, base: nn.Module, payload: dict[str, Any]) -> None:
        self.base = base
        self._payload = payload
        self._widget: Any = None

    def html(self) -> str:
        """The explorer as one page, with the network and the rows of data in it."""
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

    def edited(self) -> EditedKAN:
        """The network with the edits that were made in the notebook."""
        return apply_edits(self.base, self.log)

    def _repr_mimebundle_(self, **options: Any) -> Any:
        return self.widget._repr_mimebundle_(**options)


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

    empty = {"edgewise_edits": 1, "widths": payload["widths"], "edits": []}
    return Widget(payload=payload, log=payload["log"] or empty)
