"""Defines ``cardwright rule``."""

from __future__ import annotations

import click

from cardwright.cli.arguments import examples


def _codes(_context: click.Context, _parameter: click.Parameter, typed: str) -> list[str]:
    from cardwright.diagnostics import Code

    return [each.code for each in Code if each.code.startswith(typed.upper())]


@click.command(epilog=examples("cardwright rule QA305", "cardwright rule"))
@click.argument("code", default="", metavar="[CODE]", shell_complete=_codes)
def rule(code: str) -> int:
    """Explain a diagnostic CODE, with examples of wrong and right. Without CODE, list all codes."""
    from difflib import get_close_matches

    from cardwright.diagnostics import Code, code_named, rule_page

    known = code_named(code)
    if not code:
        for each in sorted(Code, key=lambda each: each.code):
            click.echo(f"{each.code}  {each.severity.value:7}  {each.meaning}")
        return 0
    if known is None:
        near = get_close_matches(code.upper(), [each.code for each in Code], n=1)
        hint = f"did you mean '{near[0]}'? " if near else ""
        raise click.UsageError(f"there is no rule '{code}'; {hint}'cardwright rule' lists them all")
    click.echo(rule_page(known).rstrip())
    return 0
