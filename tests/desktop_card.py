"""Show a card that tries to run something in the real desktop program, and count what it reaches.

usage: python -m tests.desktop_card COMMAND ...

COMMAND imports the package ``{package}`` into Anki and shows both sides of its cards, under Xvfb
for example. It is run twice. The first package is built as every other. Its cards must reach
nothing. The second has the same notes under ``html: trusted``. If its cards reach nothing either,
the command showed no card.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from cardwright.cli import run
from tests.server import running

_CARD = """\
## What is a leaf <img src=x onerror="fetch('{url}front')">?

<script>fetch('{url}script'); pycmd('ans'); bridgeCommand('ease4')</script>
<img src=x onerror="new Image().src='{url}onerror'; pycmd('ans')">
<svg onload="fetch('{url}svg')"><script>fetch('{url}svg-script')</script></svg>
<math><mtext><img src=x onerror="fetch('{url}math')"></mtext>
<annotation-xml encoding="text/html"><script>fetch('{url}annotation')</script></annotation-xml>
</math>
<iframe srcdoc="<script>fetch('{url}frame')</script>"></iframe>
<iframe src="javascript:fetch('{url}address')"></iframe>
<style>@import "{url}import"; body {background: url({url}style)}</style>
<b style="background: url({url}inline)">b</b> <link rel=stylesheet href="{url}link">
<video src="{url}video" autoplay></video> <object data="{url}object"></object>
<embed src="{url}embed"> <details open ontoggle="fetch('{url}toggle')">d</details>
<input autofocus onfocus="fetch('{url}focus')"> <a href=# onclick=pycmd('ans')>c</a>
[a](javascript:pycmd('ans')) <meta http-equiv=refresh content="0;url={url}meta"> <base href="{url}">
{{Question}} {{#Id}}x{{/Id}} {{type:Id}} {{tts en_US:Question}} [sound:{url}sound.mp3]
{{c1::<img src=x onerror=fetch('{url}template')>}}

$\\href{javascript:fetch('{url}formula')}{x}$ $\\htmlData{onclick=pycmd('ans')}{x}$

## What is {{c1::a<img src=x onerror="fetch('{url}cloze')">::<script>fetch('{url}hint')</script>}}?

Text.
"""


def main(command: list[str]) -> int:
    """Show both packages; 0 if only the trusted one reaches anything."""
    reached = {}
    for kind in ("clean", "trusted"):
        with tempfile.TemporaryDirectory() as name, running() as server:
            folder = Path(name)
            (folder / "cards.md").write_text(_CARD.replace("{url}", server.url("")), "utf-8")
            (folder / "deck.yml").write_text(f"deck: {kind}\nhtml: {kind}\n", "utf-8")
            run(["build", name, "-o", f"{name}/build", "--offline", "--trust"])
            package = f"{name}/build/{kind}.apkg"
            words = [word.replace("{package}", package) for word in command]
            subprocess.run(words, check=False, capture_output=True)
            reached[kind] = sorted(set(server.asked))
        print(f"{kind}: {len(reached[kind])} reached: {' '.join(reached[kind])}")
    return 0 if reached["trusted"] and not reached["clean"] else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
