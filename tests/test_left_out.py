"""What is said of that which looks like questions and gives no card; nothing vanishes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cardwright.blocks import read_blocks
from cardwright.config import Config
from cardwright.diagnostics import Diagnostic, as_text
from cardwright.dialects import Choice, Reading, outline_of, read
from cardwright.model import FrontMatter, SourceFile
from cardwright.parse import parse
from cardwright.parse.leftovers import left_out, leftovers
from cardwright.source.frontmatter import read_front_matter

HEADINGS = "# Wood\n\n" + "".join(
    f"### What is {tree}?\n\nA tree.\n\n" for tree in ("oak", "pine", "fir", "larch")
)


def folds(*titles: str) -> str:
    return "".join(
        f"<details><summary>{title}</summary>\n\nText.\n\n</details>\n\n" for title in titles
    )


def said(markdown: str, *dialects: str, level: int | None = None) -> list[str]:
    problems = parsed(markdown, *dialects, level=level)
    return [line for problem in problems for line in as_text(problem).split("\n")]


def parsed(markdown: str, *dialects: str, level: int | None = None) -> tuple[Diagnostic, ...]:
    front_matter = FrontMatter(questions=dialects, question_level=level)
    return parse(SourceFile("notes.md", tuple(markdown.split("\n")), front_matter), Config())[1]


def without(markdown: str, dialect: str, *dialects: str) -> Reading:
    """The reading of a file in ``dialects``, of which the choice left out one."""
    source = SourceFile("notes.md", tuple(markdown.split("\n")))
    reading = read(outline_of(read_blocks(source), dialects), Choice(dialects))
    verdicts = tuple(
        replace(verdict, is_chosen=False) if verdict.shape.dialect.name == dialect else verdict
        for verdict in reading.verdicts
    )
    lines = {
        question.line
        for verdict in verdicts
        if verdict.is_chosen
        for question in verdict.shape.questions
    }
    questions = tuple(question for question in reading.questions if question.line in lines)
    choice = Choice(tuple(name for name in dialects if name != dialect), 3)
    return replace(reading, verdicts=verdicts, questions=questions, choice=choice)


def test_a_list_in_which_few_items_ask_is_named_with_the_setting() -> None:
    asked = ("What is a leaf?", "What is a root?", "Why green?", "Pots", "Snails", "Tools", "Seeds")
    text = "".join(f"- {title}\n  - Text {number}.\n" for number, title in enumerate(asked))

    assert any(
        "'questions: list-items' makes cards of its 7 list items" in line for line in said(text)
    )


def test_folds_that_were_left_out_are_one_message_with_the_setting() -> None:
    text = HEADINGS + "## Words\n\n" + folds("Why is it dry?", "Bark", "Resin", "Sap", "Cambium")
    reading = without(text, "details", "headings", "details")

    found = left_out(reading)
    (problem,) = leftovers(reading, found, None)

    (left,) = (each for each in found if each.shape.dialect.name == "details")
    assert left.name == "5 folds"
    assert as_text(problem).split("\n") == [
        f"notes.md:21:1: QA313 5 folds look like questions and were left out ({left.lack})",
        "  hint: 'questions: [headings, details]' and 'question_level: 3' between '---' lines at "
        "the top of the file make cards of them",
    ]


def test_a_single_fold_beside_others_that_became_cards_is_named() -> None:
    asked = "".join(f"#### Q. What is {part}?\n\n{folds('Answer')}" for part in ("bark", "sap"))
    asked += "## Gardeners\n\n- Ann\n- Bo\n- Cy\n"

    message, hint = said(folds("What is a leaf?", "Leaf or needle", "What is a root?") + asked)

    assert message == (
        "notes.md:7:1: QA313 'Leaf or needle' looks like a question of the dialect 'details', "
        "but was left out"
    )
    assert "'questions: [question-headings, details]'" in hint


def test_the_setting_makes_a_card_of_each_fold_whether_it_asks_or_not() -> None:
    text = HEADINGS + "## Words\n\n" + folds("Why is it dry?", "Bark", "Resin", "Sap", "Cambium")
    source = SourceFile("notes.md", tuple(text.split("\n")), FrontMatter(questions=("details",)))

    file, _ = parse(source, Config())

    assert [outcome.question.text for outcome in file.outcomes if outcome.note] == [
        "Why is it dry?", "Bark", "Resin", "Sap", "Cambium",
    ]  # fmt: skip


OPEN = "- What does a root drink?\n- Where does it end?\n- Who eats it?\n"


def test_a_list_of_questions_that_nothing_answers_is_told_once() -> None:
    assert said(HEADINGS + "## Exam\n\n" + OPEN.replace("- ", "1. ")) == [
        "notes.md:21:1: QA313 3 list items ask, but nothing answers them",
        "  hint: write an answer under each, and mark them like the other questions",
    ]


def test_a_list_of_the_same_questions_is_a_table_of_contents() -> None:
    contents = "- What is oak?\n- What is pine?\n- What is fir?\n- What is larch?\n\n"

    assert said(HEADINGS.replace("# Wood\n\n", f"# Wood\n\n{contents}")) == []


@pytest.mark.parametrize(
    ("markdown", "message", "hint"),
    [
        (
            OPEN,
            "QA303 3 list items ask ('What does a root drink?', line 1), and nothing answers them",
            "write each answer under its list item, indented like the text of the item",
        ),
        (
            "## Leaves\n\n[Here](a.md)\n\n## Roots\n\n[Here](b.md)\n",
            "QA304 this is an index of links: 2 headings; none asks a question",
            "say in a sentence what each link says",
        ),
        (
            "# Leaf\n\nGreen.\n\n- Flat.\n\n## Proofs\n\n- [[That it is green]]\n",
            "QA302 no question was found: 2 headings and 2 list items; none asks a question",
            "write each question as a heading over its answer",
        ),
        (
            "# Leaf\n\nGreen.\n\n### References\n\n- [What is a leaf?](leaf.md)\n",
            "QA302 no question was found: 2 headings and 1 list item; none asks a question",
            "write each question as a heading over its answer",
        ),
        (
            "A plugin.\n\n> [!info] Left out\n> Leaves.\n\n    <?php\n    ?>\n",
            "QA302 no question was found: no heading and 1 callout; none asks a question",
            "write each question as a heading over its answer",
        ),
        (
            "# Changelog\n\n## 1.0\n\nLeaves.\n\n## 1.1\n\nRoots.\n",
            "QA302 no question was found: 3 headings; none asks a question",
            "'questions: headings' and 'question_level: 2' make cards of its 2 headings of level 2",
        ),
        (
            "# Migration plan\n\n## Copy\n\nAll data.\n\n## Switch\n\nThe server.\n",
            "QA302 no question was found: 3 headings; none asks a question, and "
            "its title 'Migration plan' does not name something to learn",
            "'questions: headings' and 'question_level: 2' make cards of its 2 headings of level 2",
        ),
        (
            "Leaves are green.\n",
            "QA302 no question was found: only text, no heading and no list",
            "write each question as a heading over its answer, '## What is a leaf?'",
        ),
        (
            "-\n",
            "QA302 no question was found: there is no text",
            "write each question as a heading over its answer, '## What is a leaf?'",
        ),
        (
            'A label begins so:\n\n`<?leaf version="1.0"?>`\n',
            "QA302 no question was found: no heading and 1 line; none asks a question",
            "write each question as a heading over its answer, '## What is a leaf?'",
        ),
        (
            "| Tree | Leaf |\n|---|---|\n| oak | lobed |\n\n**Note**\n",
            "QA302 no question was found: no heading, 1 bold line and 2 table rows; "
            "none asks a question",
            "",
        ),
    ],
)
def test_a_file_without_cards_is_described_by_its_marks(
    markdown: str, message: str, hint: str
) -> None:
    first, second = said(markdown)

    assert first == f"notes.md: {message}"
    assert second.startswith(f"  hint: {hint}")
    assert second.endswith(
        "if the file should have no cards, write 'questions: none' between '---' lines at its top"
    )


def test_settings_that_find_nothing_say_what_is_there_instead() -> None:
    assert said(HEADINGS, "table") == [
        "notes.md: QA302 no question was found as table, which the settings ask for: 5 headings; "
        "4 ask ('What is oak?', line 3)",
        "  hint: the settings ask for table; without them it would be read as headings of level 3",
    ]
    assert said(OPEN, "list-items") == [
        "notes.md: QA303 3 list items ask ('What does a root drink?', line 1), and nothing "
        "answers them",
        "  hint: write each answer under its list item, indented like the text of the item; "
        "if the file should have no cards, write 'questions: none' between '---' lines at its top",
    ]


def test_settings_are_obeyed_where_most_is_not_answered() -> None:
    leaves = "".join(f"### Leaf {n}\n\n[Here](leaf.md)\n\n" for n in range(20))

    problems = parsed(f"{leaves}### Bark\n\nA skin.\n", "headings")

    assert {problem.code.code for problem in problems} == {"QA307"}
    assert len(problems) == 20


def test_a_file_with_nothing_left_out_mentions_no_other_choice() -> None:
    assert parsed(HEADINGS) == ()
    assert read(outline_of(read_blocks(SourceFile("notes.md", ("",))))).verdicts == ()


def test_headings_of_another_level_are_taken_in_without_losing_the_questions() -> None:
    first = "# Wood\n\n### What is oak?\n\nHard.\n\n### Pine\n\nSoft.\n\n"
    rest = "{0} Density\n\nHeavy.\n\n{0} Resin\n\nIt sticks.\n"

    hint = said(first + rest.format("##"))[1]

    assert hint.startswith("  hint: give them level 3, like the other questions")
    source = SourceFile("notes.md", tuple((first + rest.format("###")).split("\n")))
    fronts = [note.front.markdown for note in parse(source, Config())[0].notes]
    assert fronts == ["What is oak?", "Pine", "Density", "Resin"]


def test_headings_of_the_level_of_the_questions_are_taken_in_by_a_setting() -> None:
    known = "# Wood\n\n## Oak\n\n### What is oak?\n\nHard.\n\n### How old is it?\n\nOld.\n\n"
    mixed = (
        "## Pine\n\n### What is pine?\n\nSoft.\n\n### Resin\n\nIt sticks.\n\n### Cone\n\nDry.\n\n"
    )
    text = f"{known}{mixed}## Places\n\n### Hill\n\nHigh.\n\n### Lake\n\nDeep.\n"

    first, hint = said(text)

    assert first.endswith("2 headings of level 3 have text of their own and were left out")
    assert hint.startswith("  hint: 'questions: headings' and 'question_level: 3' between")
    assert parsed(text, "headings", level=3) == ()


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("# Walk\n\nWe saw a heron.\n", []),
        ("# Walk\n\n- Why did it rain?\n", ["QA302"]),
    ],
)
def test_where_the_deck_names_dialects_a_file_may_have_none_of_them(
    text: str, codes: list[str]
) -> None:
    source = SourceFile("walk.md", tuple(text.split("\n")))

    _, problems = parse(source, Config(questions=("headings", "pairs")))

    assert [problem.code.code for problem in problems] == codes


LABELLED = (
    "Bakeer: Leaf\nAntw: An organ.\n\nBakeer: Bark\nAntw: A cover.\n\nBakeer: Sap\nAntw: Juice.\n"
)


def test_unknown_labels_that_take_turns_are_named_with_the_setting_that_reads_them() -> None:
    message, hint = said(LABELLED)

    assert "QA302" in message
    setting = 'labels: {question: ["Bakeer"], answer: "Antw"}'
    assert f"'Bakeer' begins a question and 'Antw' its answer, write '{setting}'" in hint
    lines = ["---", setting, "---", *LABELLED.split("\n")]
    front_matter, _ = read_front_matter(lines, "notes.md")
    file, _ = parse(SourceFile("notes.md", tuple(lines), front_matter), Config())
    assert [note.front.markdown for note in file.notes] == ["Leaf", "Bark", "Sap"]


@pytest.mark.parametrize(
    "text",
    [
        LABELLED.replace("Antw: A cover.\n", ""),
        "".join(f"Name: {name}\nMail: a\nTown: b\n\n" for name in ("Ann", "Bob", "Cy")),
    ],
)
def test_labels_that_do_not_take_turns_are_no_hint(text: str) -> None:
    assert not any("labels:" in line for line in said(text))
