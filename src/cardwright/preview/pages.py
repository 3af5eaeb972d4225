"""Provides the files of the page and its content security policy."""

from __future__ import annotations

import json
from base64 import b64encode
from functools import cache
from hashlib import sha256
from html import escape
from mimetypes import guess_type
from pathlib import Path

_FOLDER = Path(__file__).with_name("page")


@cache
def page_file(name: str) -> str:
    """Return ``index.html``, ``page.css``, ``page.js`` or ``frame.js``."""
    return (_FOLDER / name).read_text("utf-8")


def frame_hash() -> str:
    """Return the hash, for a content security policy, of the one script in a card's frame."""
    digest = sha256(page_file("frame.js").encode()).digest()
    return f"sha256-{b64encode(digest).decode()}"


def index_page(title: str, editor: str, root: str, *, is_export: bool) -> str:
    """Return ``index.html``. ``editor`` is a link pattern, ``root`` the folder of the content.

    Both are empty if readers must not know paths of this machine.
    """
    settings = {
        "isExport": is_export,
        "editor": editor,
        "root": root,
        "frame": page_file("frame.js"),
        "frameHash": frame_hash(),
    }
    block = json.dumps(settings).replace("<", "\\u003c")
    policy = scripts = ""
    if is_export:
        scripts = '<script src="data/deck.js"></script>'
        policy = f'<meta http-equiv="Content-Security-Policy" content="{_policy(_SAME_FOLDER)}">'
    page = page_file("index.html").replace("<!-- settings -->", block)
    page = page.replace("<!-- policy -->", policy).replace("<!-- scripts -->", scripts)
    return page.replace("<!-- title -->", escape(title))


_SAME_FOLDER = "'self' file:"
"""The sources of files beside an exported page, on a server and on disk."""


def page_policy(host: str) -> str:
    """Return the content security policy of the page, which its frames inherit.

    Cards may have inline styles. Only the scripts of the page and the frame run. A frame shows what
    the page writes into it, and cannot navigate.
    """
    here = f"http://{host}"
    return f"{_policy(here)}; connect-src {here}; frame-ancestors 'none'"


def _policy(here: str) -> str:
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {here} '{frame_hash()}'",
            f"style-src {here} 'unsafe-inline'",
            f"img-src {here} data:",
            f"media-src {here} data:",
            f"font-src {here} data:",
            f"base-uri {here}",
            "frame-src 'none'",
            "form-action 'none'",
        )
    )


def media_type(name: str) -> str:
    """Return the MIME type of a file in the package."""
    return guess_type(name)[0] or "application/octet-stream"
