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
APART = ("### Question {n}\n\n{q}", "**Question {n}**\n\n{q}", "**Question {n}**\n{q}")
LINES = (
    "**{q}**", "***{q}***", "<b>{q}</b>", "<u>{q}</u>", "=={q}==", "> {q}", "> **{q}**", "{q}",
    "#{n} {q}",
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


TITLES = ("## {t}", "# {t}", "## **{t}**", "---\n\n## {t}", "**{t}**", "**{t}:**", "{t}")
PARTS = ("Leaves", "Stems", "Buds")


@pytest.mark.slow
@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("is_counting_on", [True, False])
def test_titles_of_parts_are_in_no_answer(title: str, is_counting_on: bool) -> None:
    marks = ("### {q}", "### {n}. {q}", "{n}. {q}", "**{q}**", "- {q}", "**Q: {q}**", "❓ {q}")

    def check(mark: str) -> None:
        rows = []
        for part, name in enumerate(PARTS):
            rows.append(title.format(t=name))
            for number, (asked, said) in enumerate(PLANTS, 1):
                asked = asked.replace("?", f" in {name.lower()}?")
                counted = number + part * is_counting_on * len(PLANTS)
                rows.append(f"{mark.format(q=asked, n=counted)}\n\n  {said}")

        file, _ = parsed("# Botany\n\n" + "\n\n".join(rows) + "\n")

        assert len(file.notes) == len(PARTS) * len(PLANTS)
        for note in file.notes:
            assert not any(name in note.back.markdown for name in PARTS)

    check_each([(mark, mark) for mark in marks], check)


OPTIONS = (
    "{A}) {o}", "{A}. {o}", "({A}) {o}", "{a}) {o}", "- {A}) {o}", "- {a}. {o}", "- **{A}.** {o}",
    "**{A})** {o}", "{A}、{o}", "{A}：{o}", "{A}: {o}", "{A}- {o}", "[{A}] {o}", "- [ ] {A}. {o}",
)  # fmt: skip
NAMED = (
    "Answer: {A}", "**Answer:** {A}", "**Answer: {A}**", "Answer: {A}) {o}", "Answer:\n{A}",
    "> Answer: {A}", "The correct answer is {A}.", "**{A}**", "→ {A}", "#### Answer\n\n{A}",
    "<details><summary>Answer</summary>\n\n{A}\n\n</details>", "Gabarito: letra {A}", "答案：{A}",
)  # fmt: skip
QUIZ = (
    ("Which part makes sugar?", ("root", "leaf", "stem"), 1),
    ("Which part drinks water?", ("root", "bud", "bark"), 0),
    ("Which part carries sap?", ("bark", "seed", "stem"), 2),
)


@pytest.mark.slow
@pytest.mark.parametrize("option", OPTIONS)
def test_every_form_of_option_works_with_every_way_to_name_the_right_one(option: str) -> None:
    def check(name: str) -> None:
        rows = []
        for number, (asked, offered, right) in enumerate(QUIZ, 1):
            listed = [
                option.format(A="ABC"[at], a="abc"[at], o=text) for at, text in enumerate(offered)
            ]
            said = name.format(A="ABC"[right], o=offered[right])
            rows += [f"### {number}. {asked}", "\n".join(listed), said]

        file, _ = parsed("# Botany\n\n" + "\n\n".join(rows) + "\n")

        for note, (asked, offered, right) in zip(file.notes, QUIZ, strict=True):
            assert asked in note.front.markdown
            assert all(text in note.front.markdown for text in offered)
            assert [text for text in offered if text in note.back.markdown] == [offered[right]]

    check_each([(name, name) for name in NAMED], check)


TERMS = (
    "**{q}**: {a}", "- **{q}**: {a}", "- {q}: {a}", "* {q} - {a}", "{q} - {a}", "{q}: {a}",
    "{q} = {a}", "{q} → {a}", "{n}. **{q}** - {a}", "- *{q}*: {a}", "- `{q}`: {a}", "{q}\n: {a}",
    "- {q}\n  - {a}", "- **{q}**\n  {a}", "{q} :: {a}", "{q}\t{a}", "**{q}**\n\n{a}",
    "### {q}\n\n{a}",
)  # fmt: skip
WORDS = (("Leaf", "an organ of plants"), ("Root", "the part below"), ("Bark", "a skin of wood"))


@pytest.mark.slow
@pytest.mark.parametrize("title", ["# Glossary", "# Botany\n\nPlants are old.\n\n## Vocabulary"])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_every_form_of_term_works_under_the_title_of_a_document_or_a_section(
    title: str, gap: str
) -> None:
    def check(form: str) -> None:
        rows = [form.format(q=term, a=said, n=at) for at, (term, said) in enumerate(WORDS, 1)]

        file, _ = parsed(f"{title}\n\n{gap.join(rows)}\n")

        found = [(_words(note.front.markdown), _words(note.back.markdown)) for note in file.notes]
        assert found == [(_words(term), said) for term, said in WORDS]

    check_each([(form, form) for form in TERMS], check)


QUIZ_MARKS = (
    "{n}. {q}", "{n}) {q}", "**{n}. {q}**", "{n}. **{q}**", "### {n}. {q}", "### Q{n}: {q}",
    "### Question {n}\n\n{q}", "Q{n}. {q}", "**Q{n}:** {q}", "**Question {n}:** {q}",
    "**Question {n}**\n\n{q}", "#{n} {q}", "## {n}\n\n{q}", "({n}) {q}", "{n}、{q}", "### {q}",
    "**{q}**",
)  # fmt: skip
KEYS = (
    "{n}. {A}", "{n}) {a}", "{n}. {A}) {o}", "{n}-{A}", "{n}: {A}", "{n}. **{A}**", "Q{n}: {A}",
    "**{n}. {A}**", "- {n}. {A}", "**{n}:** {A}", "Question {n}: {A}", "{n}. {A} - a reason",
    "{n} = {A}", "{n}. {o}", "| {n} | {A} |",
)  # fmt: skip
KEYS_IN_A_ROW = (
    "1. B, 2. A, 3. C",
    "1-B  2-A  3-C",
    "1B 2A 3C",
    "| 1 | 2 | 3 |\n|--|--|--|\n| B | A | C |",
)
KEY_TITLES = ("## Answers", "**Answer Key:**", "Answers:", "---\n\n# Solutions", "ANSWERS")


@pytest.mark.slow
@pytest.mark.parametrize("mark", QUIZ_MARKS)
def test_every_form_of_question_works_with_every_form_of_key(mark: str) -> None:
    asked: list[str] = []
    for number, (question, offered, _) in enumerate(QUIZ, 1):
        options = (f"{letter}) {text}" for letter, text in zip("ABC", offered, strict=True))
        asked += [mark.format(n=number, q=question), "\n".join(options)]

    def check(key: str) -> None:
        for title in KEY_TITLES:
            file, _ = parsed("# Quiz\n\n" + "\n\n".join([*asked, title, key]) + "\n")

            for note, (question, offered, right) in zip(file.notes, QUIZ, strict=True):
                assert question in note.front.markdown
                assert all(text in note.front.markdown for text in offered)
                assert [text for text in offered if text in note.back.markdown] == [offered[right]]
                assert not any(other in note.back.markdown for other, *_ in QUIZ)

    keys = [*map(_whole_key, KEYS), *KEYS_IN_A_ROW]
    check_each([(key, key) for key in keys], check)


def _whole_key(form: str) -> str:
    rows = [
        form.format(n=number, A="ABC"[right], a="abc"[right], o=offered[right])
        for number, (_, offered, right) in enumerate(QUIZ, 1)
    ]
    is_table = form.startswith("|")
    return (
        "\n".join(["| Question | Answer |", "|---|---|", *rows]) if is_table else "\n\n".join(rows)
    )


TASKS = (
    ("Prove that the sum of two even numbers is even.", "Let them be 2a and 2b."),
    ("Compute the area of a square with side 3.", "It is 9."),
    ("Show that 4 is even.", "Because 4 is 2 times 2."),
)
TASK_MARKS = (
    "### Exercise {n}\n\n{q}", "### Exercise {n}: {q}", "### {n}. {q}", "### Problem {n}\n\n{q}",
    "**Exercise {n}.** {q}", "**Exercise {n}**\n\n{q}", "Exercise {n}. {q}", "{n}. {q}",
    "**{n}.** {q}", "**Task {n}:** {q}", "## Exercise 1.{n}\n\n{q}", "**1.{n}** {q}",
    "**Ex. {n}.** {q}", "> [!exercise] Exercise {n}\n> {q}", ":::{{exercise}}\n{q}\n:::",
)  # fmt: skip
SOLUTIONS = (
    "**Solution.** {a}", "*Solution.* {a}", "Solution: {a}", "**Solution**\n\n{a}",
    "#### Solution\n\n{a}", "#### Solution {n}\n\n{a}", "### Solution\n\n{a}",
    "> **Solution:** {a}",
    "<details><summary>Solution {n}</summary>\n\n{a}\n\n</details>", "> [!solution]\n> {a}",
    ":::{{dropdown}} Solution\n{a}\n:::", "??? success \"Solution\"\n    {a}", "**Sol.** {a}",
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("mark", TASK_MARKS)
def test_every_form_of_exercise_works_with_every_form_of_solution(mark: str) -> None:
    def check(solution: str) -> None:
        rows = [
            f"{mark}\n\n{solution}".format(n=number, q=task, a=said)
            for number, (task, said) in enumerate(TASKS, 1)
        ]
        file, _ = parsed("# Numbers\n\nSome exercises.\n\n" + "\n\n".join(rows) + "\n")

        sides = [(note.front.markdown, _words(note.back.markdown)) for note in file.notes]
        for (front, back), (task, said) in zip(sides, TASKS, strict=True):
            assert task in front
            assert back == _words(said)

    check_each([(each, each) for each in SOLUTIONS], check)


def _words(markdown: str) -> str:
    return re.sub(r"[\W_]+", " ", markdown).strip().casefold()
