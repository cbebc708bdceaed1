"""One look for every page: the style sheet that each begins with, and how templates are read."""

from __future__ import annotations

import base64
import functools
import hashlib
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup


@functools.cache
def make_environment(package: str | None, owner: str, extra: str) -> Environment:
    """The environment for a package's templates, which may include this room's ``page.css``.

    Args:
        package: the package with a folder ``templates``; None for this room's files alone.
        owner, extra: for the message: what needs jinja2, and the extra that installs it.

    Raises:
        ImportError: jinja2 isn't installed.
    """
    try:
        import jinja2
    except ImportError as error:
        raise ImportError(
            f"{owner} needs jinja2, which is not installed: run `pip install edgewise[{extra}]`"
        ) from error
    folders = [jinja2.PackageLoader(__name__, "")]
    if package is not None:
        folders.insert(0, jinja2.PackageLoader(package))
    return jinja2.Environment(
        loader=jinja2.ChoiceLoader(folders),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def embed(data: Any) -> str:
    """Data as JSON for a script element: characters of markup are escaped."""
    text = json.dumps(data, allow_nan=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def mark_safe(text: str) -> Markup:
    """Mark a text of our own, which needs no escaping."""
    import markupsafe

    return markupsafe.Markup(text)


def read_script(environment: Environment, name: str) -> tuple[Markup, Markup]:
    """A script of a template's folder, and its digest for the page's security policy."""
    assert environment.loader is not None
    return sign_script(environment.loader.get_source(environment, name)[0].strip())


def sign_script(script: str) -> tuple[Markup, Markup]:
    """A script as markup, and its digest, so that the policy allows this script alone."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return mark_safe(script), mark_safe(digest)
