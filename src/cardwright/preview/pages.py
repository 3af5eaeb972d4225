"""The page itself: its files, and what it is told when it opens."""

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
    """One of ``index.html``, ``page.css``, ``page.js`` and ``frame.js``."""
    return (_FOLDER / name).read_text("utf-8")


def frame_hash() -> str:
    """What a content security policy calls the one script that may run beside a card."""
    digest = sha256(page_file("frame.js").encode()).digest()
    return f"sha256-{b64encode(digest).decode()}"


def index_page(title: str, editor: str, root: str, *, is_export: bool) -> str:
    """``index.html``; ``editor`` is the pattern of a link, ``root`` the folder of the content.

    Both are empty where nobody may know where files are.
    """
    told = {
        "isExport": is_export,
        "editor": editor,
        "root": root,
        "frame": page_file("frame.js"),
        "frameHash": frame_hash(),
    }
    block = json.dumps(told).replace("<", "\\u003c")
    policy = scripts = ""
    if is_export:
        scripts = '<script src="data/deck.js"></script>'
        policy = f'<meta http-equiv="Content-Security-Policy" content="{_policy(_BESIDE)}">'
    page = page_file("index.html").replace("<!-- told -->", block)
    page = page.replace("<!-- policy -->", policy).replace("<!-- scripts -->", scripts)
    return page.replace("<!-- title -->", escape(title))


_BESIDE = "'self' file:"
"""What lies beside an exported page, on a server and on the disk."""


def page_policy(host: str) -> str:
    """The content security policy of the page, which its frames inherit.

    Cards have styles of their own; of scripts there are the page's and the frame's. A frame shows
    what the page writes into it, and can be led nowhere.
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
    """What a file of a package is called over HTTP, by its name."""
    return guess_type(name)[0] or "application/octet-stream"
