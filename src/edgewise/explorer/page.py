"""Write the explorer as one self-contained HTML page."""

from __future__ import annotations

import html
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from edgewise._pages import embed

STATIC = Path(__file__).parent / "static"
POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; font-src data:; "
    "img-src data: blob:; base-uri 'none'; form-action 'none'"
)
PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>html {{ background: #fff; }} body {{ margin: 0; }}
@media (prefers-color-scheme: dark) {{ html {{ background: #191a1c; }} }}
{style}</style>
</head>
<body>
<main id="edgewise-explorer"><noscript>The explorer needs JavaScript.</noscript></main>
<script type="application/json" id="edgewise-payload">{payload}</script>
<script type="module">{script}</script>
</body>
</html>
"""


def write_page(payload: Mapping[str, Any]) -> str:
    """The page with the payload of :func:`.describe` or :func:`.describe_table`."""
    return PAGE.format(
        policy=POLICY,
        title=html.escape(payload["title"]),
        style=read_static("explorer.css"),
        payload=embed(payload),
        script=read_static("explorer.js"),
    )


def read_static(name: str) -> str:
    """A file of the frontend, built by `npm run build` in `frontend/`."""
    return (STATIC / name).read_text(encoding="utf-8")
