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
    """What reads the templates of a package, which may include ``page.css`` of this one.

    Args:
        package: whose folder ``templates`` has them; None for those of this one alone.
        owner, extra: what needs jinja2, and which extra of the package brings it.

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
    """JSON that can stand in a script element: characters of markup are escaped."""
    text = json.dumps(data, allow_nan=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def mark_safe(text: str) -> Markup:
    """What was made here, and needs no escaping."""
    import markupsafe

    return markupsafe.Markup(text)


def read_script(environment: Environment, name: str) -> tuple[Markup, Markup]:
    """A script of the page, and the digest by which its security policy allows no other."""
    assert environment.loader is not None
    return sign_script(environment.loader.get_source(environment, name)[0].strip())


def sign_script(script: str) -> tuple[Markup, Markup]:
    """A script that was written here, and its digest."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return mark_safe(script), mark_safe(digest)
