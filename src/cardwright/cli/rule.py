"""Defines ``cardwright rule``."""

from __future__ import annotations

import click

from cardwright.cli.arguments import command


def _codes(_context: click.Context, _parameter: click.Parameter, typed: str) -> list[str]:
    from cardwright.diagnostics import Code

    return [each.code for each in Code if each.code.startswith(typed.upper())]


@command("cardwright rule QA305", "cardwright rule")
@click.argument("code", default="", metavar="[CODE]", shell_complete=_codes)
def rule(code: str) -> int:
    """Explain a diagnostic CODE, with examples of wrong and right. Without CODE, list all codes."""
    from cardwright.diagnostics import Code, did_you_mean, rule_page

    known = next((each for each in Code if each.code == code.upper()), None)
    if not code:
        for each in sorted(Code, key=lambda each: each.code):
            click.echo(f"{each.code}  {each.severity.value:7}  {each.meaning}")
        return 0
    if known is None:
        hint = did_you_mean(code, [each.code for each in Code])
        words = f"{hint} 'cardwright rule' lists them all".lstrip()
        raise click.UsageError(f"there is no rule '{code}'; {words}")
    click.echo(rule_page(known).rstrip())
    return 0
