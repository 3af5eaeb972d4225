"""``cardwright rule``."""

from __future__ import annotations

import click


@click.command()
@click.argument("code", default="", metavar="[CODE]")
def rule(code: str) -> int:
    """Explain a diagnostic CODE, with an example of wrong and right; without one, list them."""
    from cardwright.diagnostics import Code, code_named, rule_page

    known = code_named(code)
    if not code:
        for each in sorted(Code, key=lambda each: each.code):
            click.echo(f"{each.code}  {each.severity.value:7}  {each.meaning}")
        return 0
    if known is None:
        raise click.UsageError(f"there is no rule '{code}'; 'cardwright rule' lists them all")
    click.echo(rule_page(known).rstrip())
    return 0
