"""Each way to mark a question, with each way to write an answer: whatever people combine, is read.

The examples in ``spec/outline`` show what is special about a form. This shows that forms which have
nothing to do with each other go together.
"""

from __future__ import annotations

import re
from functools import partial

import pytest

from tests.each import check_each
from tests.test_parse import parsed

PLANTS = (
    ("What is a leaf?", "The organ in which a plant makes sugar."),
    ("How does a stem carry water?", "Through long dead cells called xylem."),
    ("When do buds open?", "When the days get longer than twelve hours."),
)

HEADINGS = (
    "## {q}", "### {q}", "## {n}. {q}", "### Q{n}: {q}", "### Q{n}. {q}", "### Question {n}: {q}",
    "## [{q}](#a{n})", "### **{q}**", "### ❓ {q}", "###### {q}",
)  # fmt: skip
ITEMS = ("- {q}", "- **{q}**", "- [ ] {q}", "- Q: {q}")
NUMBERED = (
    "**{n}. {q}**", "{n}. **{q}**", "{n}. {q}", "{n}) {q}", "**Q{n}: {q}**", "Q{n}: {q}",
    "Q{n}. {q}", "Question {n}: {q}", "{n}、{q}", "[{n}] {q}", "({n}) {q}", "**{n}.** {q}",
)  # fmt: skip
LABELLED = ("**Q{n}:** {q}", "**Q.** {q}", "Q: {q}", "Question: {q}", "**Question:** {q}")
APART = ("### Question {n}\n\n{q}", "**Question {n}**\n\n{q}")
LINES = (
    "**{q}**", "<b>{q}</b>", "<u>{q}</u>", "=={q}==", "> {q}", "> **{q}**", "{q}", "#{n} {q}",
)  # fmt: skip
SIGNED = ("*{q}*", "❓ {q}")
QUESTIONS = (*HEADINGS, *ITEMS, *NUMBERED, *LABELLED, *APART, *LINES, *SIGNED)

BELOW = (
    "\n\n{a}", "\n{a}", "  \n{a}", "\n\nA: {a}", "\nA{n}: {a}", "\n\n**A:** {a}", "\nA. {a}",
    "\n\nAnswer: {a}", "\n**Answer:** {a}", "\n\n**Answer**\n\n{a}", "\n\nAnswer {n}: {a}",
    "\n\n> {a}", "\n> {a}", "\n\n> **Answer:** {a}", "\n  - {a}", "\n    - {a}", "\n\n    {a}",
    "\n- Answer: {a}", "\n→ {a}", "\n=> {a}", "\n\n```\n{a}\n```", "\n\n||{a}||",
    "\n\n#### Answer\n\n{a}",
    "\n\n<details><summary>Answer</summary>\n\n{a}\n\n</details>", "\n\nSolution: {a}", "\n✅ {a}",
    "\n<details>\n<summary>Show</summary>\n{a}\n</details>", "\n\n(Answer: {a})",
    "\n\n[Answer: {a}]",
    '\n\n<div class="answer">{a}</div>', "\n\n{a}\n\nThere is more.",
    "\n\n| a | b |\n|---|---|\n| {a} | c |",
)  # fmt: skip
OF_BULLETS = ("\n\n- {a}\n- There is more.", "\n- {a}")
"""Not below bullets, where they would be siblings."""
BEHIND = (
    " {a}", " - {a}", " — {a}", ": {a}", "<br>{a}", "\t{a}", " A: {a}", "<br>**Answer:** {a}",
    " → {a}", " => {a}", " :: {a}",
)  # fmt: skip
"""On the line of the question. People do not write so behind a heading or a sign."""


@pytest.mark.slow
@pytest.mark.parametrize("mark", QUESTIONS)
def test_every_form_of_question_works_with_every_form_of_answer(mark: str) -> None:
    answers = [*BELOW]
    answers += () if mark in ITEMS else OF_BULLETS
    answers += () if mark in (*HEADINGS, *APART, *SIGNED) else BEHIND
    check_each([(answer, answer) for answer in answers], partial(_check_form, mark))


def _check_form(mark: str, answer: str) -> None:
    rows = [
        (mark + answer).format(q=question, a=said, n=number)
        for number, (question, said) in enumerate(PLANTS, 1)
    ]

    file, _ = parsed("# Botany\n\n" + "\n\n".join(rows) + "\n")

    sides = [(_words(note.front.markdown), _words(note.back.markdown)) for note in file.notes]
    for (front, back), (question, said) in zip(sides, PLANTS, strict=True):
        assert front == _words(question)
        assert _words(said) in back
        assert not any(_words(other) in back for other, _ in PLANTS)


def _words(markdown: str) -> str:
    return re.sub(r"[\W_]+", " ", markdown).strip().casefold()
