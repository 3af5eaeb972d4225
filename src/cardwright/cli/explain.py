"""Defines ``cardwright explain``."""

from __future__ import annotations

from pathlib import Path

import click

from cardwright.cli.arguments import LOCK, PATH, TRUST, command, print_json


@command("cardwright explain", "cardwright explain notes.md", "cardwright explain notes --json")
@PATH
@click.option("--json", "as_json", is_flag=True, help="Print the explanation as JSON.")
@LOCK
@TRUST
def explain(path: Path, as_json: bool, lock_file: Path | None, trust: bool) -> int:
    """Show how each file of PATH was read, and why.

    Each file has up to four tables. The first one counts the questions that each dialect finds, and
    says why the dialect was chosen (*) or not. The outline has sections (§) and questions on the
    left. On the right are the lines of the answer and what ends it, or why there is no card. "…"
    means more text. "Other shapes" lists text that looks like questions and was left out, with the
    setting that includes it. "Left out" lists lines that are on no card, except blank lines.

    It reports problems of reading only; 'check' also reports formulas and images. It writes
    nothing. PATH may also be one file in a deck's folder.
    """
    from cardwright.diagnostics import as_dict, has_errors
    from cardwright.explain import explain_path
    from cardwright.explain.report import explanation_object, explanation_rows
    from cardwright.terminal import Terminal

    terminal = Terminal(is_quiet=as_json)
    with terminal:
        explained, problems = explain_path(
            path, lock_file, terminal.show_progress, is_trusted=trust
        )
    if as_json:
        shown = [explanation_object(explanation) for explanation in explained]
        diagnostics = [as_dict(problem) for problem in problems]
        print_json({"files": shown, "diagnostics": diagnostics})
    else:
        for number, explanation in enumerate(explained):
            if number:
                terminal.row(())
            for row in explanation_rows(explanation):
                terminal.row(row)
        terminal.problems(problems, is_strict=False, scope="while reading: ")
    return 1 if has_errors(problems, strict=False) else 0
