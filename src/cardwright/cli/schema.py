"""Defines ``cardwright schema``."""

from __future__ import annotations

import click

from cardwright.cli.arguments import command


@command("cardwright schema > deck.schema.json", "cardwright schema front-matter")
@click.argument("what", type=click.Choice(["deck", "front-matter"]), default="deck")
def schema(what: str) -> int:
    """Print the JSON Schema of deck.yml, or of front matter.

    With it, an editor completes keys and values, and marks mistakes while you type. In VS Code,
    save it as deck.schema.json and start deck.yml with:

    \b
      # yaml-language-server: $schema=deck.schema.json
    """
    import json

    from cardwright.config.schema import deck_schema, front_matter_schema

    found_schema = deck_schema() if what == "deck" else front_matter_schema()
    click.echo(json.dumps(found_schema, indent=2, ensure_ascii=False))
    return 0
