"""The page itself: its files, and what it is told when it opens."""

from __future__ import annotations

import json
from base64 import b64encode
from functools import cache
from hashlib import sha256
from html import escape
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
    scripts = '<script src="data/deck.js"></script>' if is_export else ""
    page = page_file("index.html").replace("<!-- title -->", escape(title))
    return page.replace("<!-- told -->", block).replace("<!-- scripts -->", scripts)


def page_policy(host: str) -> str:
    """The content security policy of the page, which its frames inherit.

    Cards have styles of their own; of scripts there are the page's and the frame's.
    """
    here = f"http://{host}"
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {here} '{frame_hash()}'",
            f"style-src {here} 'unsafe-inline'",
            f"img-src {here} data:",
            f"media-src {here} data:",
            f"font-src {here} data:",
            f"connect-src {here}",
            f"base-uri {here}",
            "frame-src 'self'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        )
    )
