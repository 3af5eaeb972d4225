"""The questions that are found in a file; most cases are text, in ``tests/spec/outline``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from rich.cells import cell_len

from cardwright.config import Config
from cardwright.diagnostics import Code, Diagnostic
from cardwright.dialects import Choice
from cardwright.explain import Explanation, explain
from cardwright.explain.parts import is_answer_marker
from cardwright.explain.report import explanation_rows
from cardwright.model import Deletion, EarlierReading, FrontMatter, NoteSource, SourceFile
from cardwright.parse import ParsedFile, parse
from cardwright.planning.rows import WIDTH
from cardwright.source.frontmatter import read_front_matter
from tests.spec_files import Example, check_examples, each_file

QUESTIONS = frozenset({Code.EMPTY_ANSWER, Code.PLACEHOLDER_ANSWER, Code.LINK_ANSWER})


def parsed(
    markdown: str,
    front_matter: FrontMatter | None = None,
    kept: Choice | None = None,
    known: Sequence[str] = (),
    path: str = "plants.md",
) -> tuple[ParsedFile, tuple[Diagnostic, ...]]:
    lines = tuple(markdown.split("\n"))
    read, _ = read_front_matter(lines, path)
    source = SourceFile(path, lines, front_matter or read)
    return parse(source, Config(), EarlierReading(kept, known))


def shown(file: ParsedFile, problems: tuple[Diagnostic, ...]) -> str:
    lines: list[str] = []
    if file.choice:
        level = file.choice.level
        lines.append(" + ".join(file.choice.dialects) + (f" {level}" if level else ""))
    for note in file.notes:
        lines.append(f"{note.place.line}: {' '.join(_front(note))}")
        lines += [f"| {line.text}".rstrip() for line in note.back.lines]
    lines += [
        f"{problem.code.code} {problem.place.line}" if problem.code in QUESTIONS
        else problem.code.code
        for problem in problems
    ]  # fmt: skip
    return "\n".join(lines)


def _front(note: NoteSource) -> Iterator[str]:
    yield _in_one_line(note.front.markdown)
    if note.section:
        yield f"({' › '.join(note.section)})"
    if note.outer:
        yield f"(in {' › '.join(note.outer)})"
    yield from (_hidden(note, deletion) for deletion in note.deletions)
    words = [f"#{note.explicit_id}"] if note.explicit_id else []
    words += [f".{tag}" for tag in note.tags]
    words += ["reverse"] if note.is_reverse else []
    words += ["new"] if note.is_new else []
    if words:
        yield f"[{' '.join(words)}]"
    if note.hint.lines:
        yield f"[hint: {note.hint.markdown}]"
    if note.extra.lines:
        yield "[extra: {}]".format(note.extra.markdown.replace("\n", " ⏎ "))


def _in_one_line(markdown: str) -> str:
    return markdown.replace("\n\n", " ⏎ ⏎ ").replace("\n", " ⏎ ")


def _hidden(note: NoteSource, deletion: Deletion) -> str:
    """``{1: leaf}``, a hint as it is written."""
    opening, closing = deletion.opening, deletion.closing
    rows = [line.text for line in note.front.lines[opening.line : closing.line + 1]]
    rows[-1] = rows[-1][: closing.start]
    rows[0] = rows[0][opening.end :]
    hidden = _in_one_line("\n".join(rows))
    return f"{{{deletion.number}: {hidden}}}"


@each_file("outline")
def test_an_example_is_read_as_written_and_explained_to_the_last_line(file: Path) -> None:
    check_examples(file, _check_example)


def _check_example(example: Example) -> None:
    file, problems = parsed(example.markdown)
    lines = example.markdown.split("\n")

    assert shown(file, problems) == example.expected
    for note in file.notes:
        assert_every_line_knows_its_line_and_column(note, lines)
    assert_no_answer_holds_another_question(file)
    assert_an_edit_elsewhere_changes_no_note(file, example.markdown)
    explanation = explain(file, problems, "plants.md")
    assert_no_line_is_lost(file, explanation)
    rows = ["".join(text for text, _ in row) for row in explanation_rows(explanation)]
    assert all(cell_len(row.rstrip()) <= WIDTH for row in rows)
    assert_the_settings_that_are_named_take_in_what_was_left_out(file, explanation)


def assert_every_line_knows_its_line_and_column(note: NoteSource, lines: Sequence[str]) -> None:
    for passage in (note.front, note.back, note.hint, note.extra):
        for line in passage.lines:
            if line.text.strip():
                there = _words(lines[line.number - 1][line.column - 1 :])
                words = _words(line.text)[:16]
                bare = there, there[1:] if there[:1].isdigit() else there
                lettered = words[1:] if words[:1] in "ABCDEFGHIJ" else words
                is_lettered = any(each.startswith(lettered) for each in bare)
                assert there.startswith(words) or is_lettered


def _words(text: str) -> str:
    """Letters and digits alone, without tags, ticks and filled gaps, which may go."""
    text = re.sub(r"<[^<>]*>", "", text)
    return "".join(filter(str.isalnum, re.sub(r"[(\[（] ?[xXA-D]+ ?[)\]）]", "", text)))


def assert_no_answer_holds_another_question(file: ParsedFile) -> None:
    notes = [note for note in file.notes if not note.deletions]
    fronts = {note.front.lines[0].number: note for note in notes if note.front.lines}

    for note in notes:
        held = (*note.back.lines, *note.hint.lines, *note.extra.lines)
        own = {line.number for line in note.front.lines}
        assert not [line for line in held if line.number in fronts.keys() - own]


def assert_an_edit_elsewhere_changes_no_note(first: ParsedFile, markdown: str) -> None:
    """The second build knows the questions of the first, and finds no others."""
    known = [" ".join(note.front.markdown.split()) for note in first.notes]

    again, _ = parsed(f"{markdown}\n", kept=first.choice, known=known)

    sides = [(note.place, note.front, note.back) for note in first.notes]
    assert [(note.place, note.front, note.back) for note in again.notes] == sides


def assert_no_line_is_lost(file: ParsedFile, explanation: Explanation) -> None:
    said = {entry.line for entry in explanation.entries}
    for part in explanation.left_out:
        said.update(range(part.start, part.end + 1))
    for outcome in file.outcomes:
        said.update(range(outcome.question.line, outcome.question.answer.end))
        if outcome.note is not None:
            said.update(line.number for line in outcome.note.back.lines)

    assert [
        line
        for number, line in enumerate(file.source.lines, 1)
        if number not in said and not is_answer_marker(line)
    ] == []


def assert_the_settings_that_are_named_take_in_what_was_left_out(
    file: ParsedFile, explanation: Explanation
) -> None:
    for left in explanation.file.left_out:
        setting = re.fullmatch(
            r"'questions: \[?([a-z, -]+)\]?'(?: and 'question_level: (\d)')?", left.setting
        )
        assert setting
        names, level = setting.groups()
        front_matter = replace(
            file.source.front_matter,
            questions=tuple(names.split(", ")),
            question_level=int(level) if level else None,
        )
        asked, _ = parse(replace(file.source, front_matter=front_matter), Config())
        lines = {outcome.question.line for outcome in asked.outcomes}
        wanted = left.outside or left.shape.candidates

        assert {each.question.line for each in wanted if each.is_answered} <= lines


SECTIONS = "## S\n\n### What is a leaf?\n\nAn organ.\n\n## T\n\n### Root\n\nThe rest.\n"


def test_a_dialect_without_a_level_finds_the_level_as_auto_does_and_keeps_it() -> None:
    file, problems = parsed(SECTIONS, FrontMatter(questions=("headings",)))

    assert [note.front.markdown for note in file.notes] == ["What is a leaf?", "Root"]
    assert (file.choice, problems) == (Choice(("headings",), 3), ())
    kept, (problem,) = parsed(
        SECTIONS, FrontMatter(questions=("headings",)), kept=Choice(("headings",), 2)
    )
    assert [note.front.markdown for note in kept.notes] == ["S", "T"]
    assert problem.code is Code.DIALECT_KEPT


def test_every_fold_is_a_question_where_the_settings_say_so() -> None:
    text = "Words.\n\n<details><summary>Blade</summary>\n\nFlat.\n\n</details>\n\n"
    text += "<details><summary>Show code</summary>\n\n`leaf()`\n\n</details>\n"

    file, _ = parsed(text, FrontMatter(questions=("details",)))
    nothing, _ = parsed(text)

    assert [note.front.markdown for note in file.notes] == ["Blade"]
    assert nothing.notes == ()


def test_the_same_questions_under_another_dialects_name_keep_the_choice_and_say_nothing() -> None:
    text = "## What is a leaf?\n\nAn organ.\n\n## What is a root?\n\nThe rest.\n"
    fresh, _ = parsed(text.replace("## ", "## Q: "))

    kept, problems = parsed(text.replace("## ", "## Q: "), kept=Choice(("headings",), 2))

    assert (str(fresh.choice), problems) == ("question-headings of level 2", ())
    assert kept.choice == Choice(("headings",), 2)
    assert [note.front for note in kept.notes] == [note.front for note in fresh.notes]


TERMS = [
    "Blade",
    "Petiole",
    "Cuticle",
    "Stoma",
    "Vein",
    "Margin",
    "Midrib",
    "Sheath",
    "Stipule",
    "Tip",
]


def test_questions_that_moved_to_another_level_are_read_there() -> None:
    terms = "".join(f"### {term}\n\nA part of a leaf.\n\n" for term in TERMS)
    pairs = [("Why do leaves fall?", "The stalk breaks."), ("What is a bud?", "A young shoot."),
             ("What is sap?", "A juice.")]  # fmt: skip
    asking = "".join(f"- {asked}\n  - {answer}\n" for asked, answer in pairs)

    fresh, _ = parsed(f"# Leaf\n\n{terms}{asking}")
    file, problems = parsed(
        f"# Leaf\n\n{terms}{asking}", kept=Choice(("headings",), 4), known=TERMS
    )

    assert fresh.choice == Choice(("list-items",))
    assert (file.choice, problems) == (Choice(("headings",), 3), ())
    assert [note.front.markdown for note in file.notes] == TERMS


FORMS = {
    "headings": "## {}\n\n{}\n\n",
    "bold": "**{}**\n\n{}\n\n",
    "leads": "**{}** {}\n\n",
    "pairs": "Q: {}\nA: {}\n\n",
    "details": "<details>\n<summary>{}</summary>\n\n{}\n\n</details>\n\n",
    "list-items": "- {}\n\n  {}\n\n",
}


@pytest.mark.parametrize("before", ["headings", "bold", "pairs"])
@pytest.mark.parametrize("after", FORMS)
@pytest.mark.parametrize("changed", [range(1, 10), range(7, 10), range(9, 10)], ids=str)
def test_known_questions_with_new_marks_are_in_no_answer(
    before: str, after: str, changed: range
) -> None:
    fronts = [f"What is part {n} of a leaf?" for n in range(10)]
    text = "".join(
        FORMS[after if n in changed else before].format(front, f"It is part {n}.")
        for n, front in enumerate(fronts)
    )
    kept = Choice((before,), 2 if before == "headings" else None)

    file, problems = parsed(f"# Leaf\n\n{text}", kept=kept, known=fronts)

    assert [note.front.markdown for note in file.notes] == fronts
    assert [note.back.markdown for note in file.notes] == [f"It is part {n}." for n in range(10)]
    assert problems == ()


_PART = "{1} {0}\n\nIt is a part.\n\n{1}# More\n\nIt has cells.\n\n"


@pytest.mark.parametrize("number", ["", "1. ", "Q1: "])
@pytest.mark.parametrize("front", ["What is part {}?", "Part {}"])
@pytest.mark.parametrize("levels", [(2, 3), (3, 2), (2, 1)], ids=str)
@pytest.mark.parametrize(
    "moved", [range(1), range(3, 6), range(1, 10, 2), range(1, 10), range(10)], ids=str
)
def test_known_headings_are_questions_at_every_level(
    number: str, front: str, levels: tuple[int, int], moved: range
) -> None:
    fronts = [front.format(name) for name in "abcdefghij"]
    before, after = ("#" * level for level in levels)
    first = "# Leaf\n\n" + "".join(_PART.format(number + each, before) for each in fronts)
    second = "# Leaf\n\n" + "".join(
        _PART.format(number + each, after if at in moved else before)
        for at, each in enumerate(fronts)
    )
    old, _ = parsed(first)

    new, _ = parsed(second, kept=old.choice, known=fronts)

    assert [note.front.markdown for note in old.notes] == fronts
    assert [note.front.markdown for note in new.notes] == fronts
    assert {note.back.lines[-1].text for note in new.notes} == {"It has cells."}


def test_known_headings_stay_questions_beside_a_new_section_that_asks() -> None:
    terms = "".join(f"## {term}\n\nA part of a leaf.\n\n" for term in TERMS)
    asking = ["What is a cone?", "What is a thorn?"]
    more = "# Others\n\n" + "".join(f"## {front}\n\nNo leaf.\n\n" for front in asking)
    before, _ = parsed(f"# Leaf\n\n{terms}")

    after, problems = parsed(f"# Leaf\n\n{terms}{more}", kept=before.choice, known=TERMS)
    fresh, _ = parsed(f"# Leaf\n\n{terms}{more}")

    assert [note.front.markdown for note in before.notes] == TERMS
    assert [note.front.markdown for note in after.notes] == [*TERMS, *asking]
    assert [note.front.markdown for note in fresh.notes] == asking
    assert problems == ()


def test_reworded_headings_stay_questions_under_a_title_that_would_refuse_them() -> None:
    terms = "".join(f"## {term}\n\nA part of a leaf.\n\n" for term in TERMS)
    before, _ = parsed(f"# Leaf\n\n{terms}")
    fronts = [f"The {term.lower()}'s use" for term in TERMS[:8]] + TERMS[8:]
    anew = "".join(f"## {front}\n\nA part of a leaf.\n\n" for front in fronts)

    after, (problem,) = parsed(f"# Roadmap\n\n{anew}", kept=before.choice, known=TERMS)
    fresh, _ = parsed(f"# Roadmap\n\n{anew}")

    assert [note.front.markdown for note in fresh.notes] == []
    assert [note.front.markdown for note in after.notes] == fronts
    assert problem.code is Code.DIALECT_KEPT
    assert "would keep only 2 questions of those builds" in problem.message


def test_known_lines_that_are_far_apart_stay_questions() -> None:
    fronts = [f"What does a {name} hold?" for name in ("leaf", "root", "stem")]
    cards = [f"{front}\n- Water, and more.\n" for front in fronts]
    facts = "".join(f"- Fact {number} about plants.\n" for number in range(40))
    before, _ = parsed("\n".join(cards))

    after, _ = parsed(f"\n\n{facts}\n## Part\n\n".join(cards), kept=before.choice, known=fronts)

    assert [note.front.markdown for note in before.notes] == fronts
    assert [note.front.markdown for note in after.notes] == fronts


def test_a_known_term_over_boxes_to_tick_keeps_its_answer() -> None:
    text = "".join(f"## {term}\n\n- [ ] Draw it.\n- [ ] Press it.\n\n" for term in TERMS)

    new, _ = parsed(f"# Leaf\n\n{text}")
    known, _ = parsed(f"# Leaf\n\n{text}", kept=Choice(("headings",), 2), known=TERMS)

    assert new.notes == ()
    assert [note.front.markdown for note in known.notes] == TERMS


@pytest.mark.parametrize("footer", ["", "\n## References\n\n- A book.\n- Another one.\n"])
def test_a_file_that_changes_its_form_may_end_with_references(footer: str) -> None:
    pairs = "".join(f"Q: What does a {name} hold?\nA: Water.\n\n" for name in ("leaf", "root"))
    lines = "".join(f"What is a {name}? :: A part.\n\n" for name in ("stem", "bark", "twig"))

    file, problems = parsed(f"# Tree\n\n{pairs}{lines}{footer}")

    assert len(file.notes) == 5
    assert {note.back.markdown for note in file.notes} == {"Water.", "A part."}
    assert problems == ()


def test_a_known_term_stays_a_question_as_a_heading_of_any_name() -> None:
    terms = ["Index", *TERMS, "Summary"]
    text = "# Glossary\n\n" + "".join(f"## {term}\n\nA part of it.\n\n" for term in terms)

    new, _ = parsed(text)
    known, _ = parsed(text, kept=Choice(("definitions",)), known=terms[:-1])

    assert [note.front.markdown for note in new.notes] == TERMS
    assert [note.front.markdown for note in known.notes] == terms[:-1]


def test_a_chapter_around_known_headings_is_no_question() -> None:
    known = "".join(f"## {term}\n\nA part of a leaf.\n\n" for term in TERMS)
    moved = "## Edges\n\nThe outside.\n\n" + known.replace("## ", "### ")

    file, problems = parsed(f"# Leaf\n\n{moved}", kept=Choice(("headings",), 2), known=TERMS)

    assert [note.front.markdown for note in file.notes] == TERMS
    assert problems == ()


@pytest.mark.parametrize("form", ["- **{}**: A part of it.\n", "**{}** - A part of it.\n\n"])
def test_known_headings_that_become_bold_terms_keep_their_notes(form: str) -> None:
    text = "# Leaf\n\n" + "".join(map(form.format, TERMS))

    file, problems = parsed(text, kept=Choice(("headings",), 2), known=TERMS)

    assert [note.front.markdown for note in file.notes] == TERMS
    assert {note.back.markdown for note in file.notes} == {"A part of it."}
    assert problems == ()


def test_known_terms_and_new_pairs_are_read_together() -> None:
    terms = "".join(f"## {term}\n\nA part of a leaf.\n\n" for term in TERMS)
    pairs = "Q: Why do leaves fall?\nA: The stalk breaks.\n"

    file, problems = parsed(f"# Leaf\n\n{terms}{pairs}", kept=Choice(("headings",), 2), known=TERMS)

    assert [note.front.markdown for note in file.notes] == [*TERMS, "Why do leaves fall?"]
    assert problems == ()


@pytest.mark.parametrize(
    "quote", ["{}**What is a leaf?** above.\n", "**What is a leaf?** below.\n\n{}"]
)
def test_a_known_question_that_is_quoted_is_no_second_note(quote: str) -> None:
    text = "Q: What is a leaf?\nA: An organ.\n\nQ: What is a root?\nA: The rest.\n\n"
    known = ["What is a leaf?", "What is a root?"]

    file, _ = parsed(quote.format(text), kept=Choice(("pairs",)), known=known)

    assert [note.front.markdown for note in file.notes] == known
    assert file.notes[0].back.markdown == "An organ."
    assert file.notes[1].back.markdown.startswith("The rest.")


CONVERTED = {
    "What is a leaf?": "An organ.",
    "Why do leaves fall?": "The stalk breaks.",
    "What does a root do?": "It drinks.",
    "How do mosses drink?": "With their leaves.",
    "When do buds open?": "In spring.",
}
CONVERTED_FORMS = {
    "headings": "### {n}. {}\n\n{}\n\n",
    "pairs": "Q: {}\nA: {}\n\n",
    "folded": "{n}. **{}**\n\n<details><summary>Show answer</summary>\n\n{}\n\n</details>\n\n",
    "details": "<details>\n<summary>{}</summary>\n\n{}\n\n</details>\n\n",
    "lines": "❓ {}\n\n{}\n\n",
    "callouts": "> [!question]- {}\n> {}\n\n",
    "bold": "**{}**\n\n{}\n\n",
    "tagged": "### {} #card\n\n{}\n\n",
}


@pytest.mark.parametrize(
    ("old", "new", "places", "footer"),
    [
        ("pairs", "folded", "34", ""),
        ("folded", "pairs", "01", ""),
        ("lines", "pairs", "023", ""),
        ("pairs", "lines", "13", ""),
        ("headings", "details", "13", ""),
        ("bold", "callouts", "34", "---\n\n[Back to top](#top)\n"),
        ("headings", "tagged", "13", ""),
    ],
)
def test_a_file_whose_form_changes_in_part_keeps_its_questions(
    old: str, new: str, places: str, footer: str
) -> None:
    def text(changed: str) -> str:
        each = enumerate(CONVERTED.items())
        forms = ((CONVERTED_FORMS[new if str(n) in changed else old], n, pair) for n, pair in each)
        return "# Leaf\n\n" + "".join(form.format(*pair, n=n + 1) for form, n, pair in forms)

    first, _ = parsed(text("") + footer)
    again, problems = parsed(text(places) + footer, kept=first.choice, known=[*CONVERTED])

    for file in (first, again):
        assert {n.front.markdown: n.back.markdown for n in file.notes} == CONVERTED
    assert problems == ()


def test_the_forms_that_the_lock_keeps_end_each_other() -> None:
    asked = [*CONVERTED.items()]
    tagged = "".join(CONVERTED_FORMS["tagged"].format(*pair) for pair in asked[:3])
    folds = [CONVERTED_FORMS["details"].format(*pair) for pair in asked[3:]]
    folds[0] = folds[0].replace("</details>", "#### What else?\n\nNot much.\n\n</details>")
    kept = Choice(("tagged", "details"))

    file, problems = parsed(f"{folds[0]}{tagged}{folds[1]}", kept=kept, known=[*CONVERTED])

    assert {note.front.markdown for note in file.notes} == CONVERTED.keys()
    assert [problem.code for problem in problems] == [Code.DIALECT_KEPT]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Baum = tree\nHaus = house\nHut = hat", "\n\nA hat has no roof." * 4),
        ("- Bark is dead. (True)\n- A leaf is. (False)\n- Roots drink. (True)", "\n- x\n- y"),
        ("| Cue | Notes |\n|---|---|\n| What is a leaf? | a |\n| Why roots? | b |", "\n|c|d|" * 4),
    ],
    ids=["glossary", "statements", "table"],
)
def test_a_small_edit_loses_no_known_question(before: str, after: str) -> None:
    first, _ = parsed(f"# Vocabulary\n\n{before}\n")
    known = [note.front.markdown for note in first.notes]

    second, _ = parsed(f"# Vocabulary\n\n{before}{after}\n", kept=first.choice, known=known)

    assert len(known) > 1
    assert [note.front.markdown for note in second.notes][: len(known)] == known


def test_the_name_of_a_folder_says_that_its_files_hold_terms() -> None:
    items = "# Garden\n\n- leaf: an organ\n- root: it drinks\n- bark: a skin\n"

    inside, _ = parsed(items, path="notes/Key vocabulary/garden.md")
    outside, _ = parsed(items, path="notes/garden.md")

    assert [note.front.markdown for note in inside.notes] == ["leaf", "root", "bark"]
    assert [note.front.markdown for note in outside.notes] == ["Garden"]


def test_numbered_items_ask_in_any_words_if_the_name_of_the_file_says_so() -> None:
    text = "".join(
        f"{number}. {asked}\n\nIt holds {number}.\n\n"
        for number, asked in enumerate(
            ["What is it?", "A leaf…", "A root is old.", "Bark?", "Who?"], 1
        )
    )

    assert len(parsed(text, path="domande.md")[0].notes) == 5
    assert not parsed(text.replace("?", "."), path="plants.md")[0].notes


@pytest.mark.parametrize("number", ["03", "4.1", "2.10.3 -"])
def test_a_number_that_orders_files_is_no_part_of_the_question_in_a_name(number: str) -> None:
    file, _ = parsed("It makes sugar.", path=f"notes/{number} What does a leaf make.md")

    assert [note.front.markdown for note in file.notes] == ["What does a leaf make"]


def test_hashes_without_a_space_are_no_part_of_a_question() -> None:
    text = "".join(f"##What is a {name}?\n\nAn organ.\n\n" for name in TERMS)

    file, _ = parsed(text)

    assert [note.front.markdown for note in file.notes] == [f"What is a {t}?" for t in TERMS]


def test_settings_that_find_nothing_are_named() -> None:
    file, (problem,) = parsed(SECTIONS, FrontMatter(questions=("list-headings",)))

    assert file.notes == ()
    assert problem.code is Code.NOTHING_HERE
    assert "the settings ask for list-headings; without them" in problem.hint


def test_an_id_makes_a_term_a_question_among_marked_answers() -> None:
    asked = "".join(
        f"### What is part {n} of a plant? {{#part-{n}}}\n\nIt is part {n}.\n\n"
        "> [!extra]\n> It is small.\n\n"
        for n in range(1, 12)
    )
    text = f"# Plants\n\n{asked}### Leaf {{#leaf reverse}}\n\nA flat part that catches light.\n"

    file, _ = parsed(text)

    assert file.notes[-1].explicit_id == "leaf"


def test_a_section_that_asks_and_answers_itself_is_not_reported_as_a_question() -> None:
    asking = SECTIONS.replace("## T\n", "## What is a root?\n\nIt holds the plant.\n")

    _, (problem,) = parsed(asking)
    _, nothing = parsed(asking.replace("It holds the plant.\n", ""))

    assert (problem.code, problem.place.line) == (Code.NOT_READ, 7)
    assert nothing == ()


def test_a_few_items_that_ask_in_long_notes_are_no_cards_unless_a_heading_announces_them() -> None:
    notes = "".join(f"- Leaf {n} is {n} mm long.\n- It fell on day {n}.\n" for n in range(30))
    asking = "".join(f"- What is {part}?\n  - A part.\n" for part in ("bark", "a leaf", "a root"))
    text = f"# Walks\n\n## Leaves\n\n{notes}\n## {{}}\n\n{asking}"

    for title, cards in (("At home", 0), ("Review questions", 3)):
        assert len(parsed(text.format(title))[0].notes) == cards


def test_a_note_carries_the_definitions_that_it_uses_whole_and_no_others() -> None:
    text = "## What is a leaf?\n\nFlat.[^1]\n\n## What is a root?\n\nIt grows [below][a].\n\n"
    text += "[a]: https://example.org\n\n[^1]: Needles are not.\n\n    Nor are scales.\n"

    file, problems = parsed(text)

    leaf, root = file.notes
    assert leaf.definitions.markdown.rstrip() == "[^1]: Needles are not.\n\n    Nor are scales."
    assert root.definitions.markdown == "[a]: https://example.org"
    assert root.back.markdown == "It grows [below][a]."
    assert [line.number for line in leaf.definitions.lines][:3] == [11, 12, 13]
    assert problems == ()


def test_the_name_of_a_note_asks_if_nothing_in_it_does() -> None:
    lines = ("## In short", "", "They keep other light.")
    source = SourceFile("plants/Why are leaves green.md", lines)

    file, _ = parse(source, Config())

    (note,) = file.notes
    assert (note.front.markdown, note.back.markdown) == ("Why are leaves green", "\n".join(lines))
    assert parse(SourceFile("plants/why-are-leaves-green.md", lines), Config())[0].notes == ()


PARTS = [f"Part {letter}" * 2 for letter in "abcdefghij"]


def sections(*titles: str) -> str:
    return "# The garden\n\n" + "\n\n".join(f"## {title}\n\nIt grows." for title in titles)


@pytest.mark.parametrize(
    ("path", "titles", "notes"),
    [
        ("README.md", PARTS, 10),
        ("README.md", [*PARTS, "Installation"], 11),
        ("README.md", [*PARTS, "Installation", "Usage of leaves"], 0),
        ("README.fr.md", [*PARTS, "Installation", "Utilisation"], 0),
        (
            "README.md",
            [
                *PARTS,
                *(f"{part} of {at}" for part in PARTS for at in PARTS[:4]),
                "Installation",
                "Usage",
            ],
            52,
        ),
        ("plants.md", [*PARTS, "Installation", "Usage of leaves"], 12),
        ("docs/SECURITY.md", PARTS, 0),
        ("security.md", PARTS, 10),
        ("CODE_OF_CONDUCT.md", PARTS, 0),
        ("PLANT_APP_REQUIREMENTS.md", PARTS, 0),
        ("PLANT-DEPLOY-GUIDE.md", PARTS, 0),
        ("PLANT_PARTS.md", PARTS, 0),
        ("PLANT_TERMS.md", PARTS, 10),
        ("README.md", ["How we meet"], 0),
        ("plants.md", ["How we meet"], 1),
        ("2026_11_28.md", PARTS, 0),
        ("28 November 2026 Saturday.md", PARTS, 0),
        ("samedi 28 novembre 2026.md", PARTS, 0),
        ("November 28th, 2026.md", PARTS, 0),
        ("28 leaves 2026.md", PARTS, 10),
    ],
)
def test_pages_of_a_project_are_no_terms(path: str, titles: list[str], notes: int) -> None:
    file, problems = parsed(sections(*titles), path=path)

    assert len(file.notes) == notes
    assert problems


def test_a_few_headings_of_a_readme_ask_only_with_a_question_mark() -> None:
    few = ["How we meet", "How to plant"]

    for path, titles, notes in (
        ("README.md", few, 0),
        ("README.md", [f"{title}?" for title in few], 2),
        ("README.md", [f"How to plant {part}" for part in PARTS[:5]], 5),
        ("plants.md", few, 2),
    ):
        assert len(parsed(sections(*titles), path=path)[0].notes) == notes

    file, _ = parsed(sections(*few), path="README.md")
    assert file.reading is not None
    assert {verdict.words for verdict in file.reading.verdicts} == {"few, in a README"}


def test_headings_over_links_are_no_terms_of_a_readme() -> None:
    text = sections(*PARTS).removesuffix("It grows.") + "[More](more.md)"

    assert not parsed(text, path="README.md")[0].notes
    assert parsed(text, path="plants.md")[0].notes


def test_questions_in_a_file_for_agents_are_samples() -> None:
    text = "Q: What is a leaf?\nA: An organ.\n\nQ: What is a root?\nA: A part.\n"

    for name, notes in (("CLAUDE.md", 0), ("skills/cards/SKILL.md", 0), ("Claude.md", 2)):
        assert len(parsed(text, path=name)[0].notes) == notes, name


def test_the_title_of_a_readme_asks_only_with_a_question_mark() -> None:
    text = "# {}\n\nThis tool writes labels.\n\n## How it works\n\nIt prints them.\n"

    for title, path, notes in (
        ("Write for plants", "README.md", 0),
        ("Why are leaves green?", "README.md", 1),
        ("Write for plants", "plants.md", 1),
    ):
        file, _ = parsed(text.format(title), path=path)
        assert len(file.notes) == notes


def test_the_solution_of_a_readme_is_that_of_its_project() -> None:
    text = "# Bed planner\n\nBeds are hard to plan.\n\n## Solution\n\nWe draw them.\n"
    text += "\n## References\n\nA book.\n"

    assert not parsed(text, path="README.md")[0].notes
    assert [note.back.markdown for note in parsed(text)[0].notes] == ["We draw them."]


def test_days_of_a_diary_are_no_terms() -> None:
    days = [f"[[{day} November 2026 {name}]]" for day, name in ((27, "Friday"), (28, "Saturday"))]

    file, _ = parsed(sections(*days, *(f"{day} May 2026" for day in range(1, 10))))

    assert file.notes == ()


def test_known_headings_of_one_level_bring_in_no_other_level() -> None:
    sections = "## Where it grows\n\nIn soil.\n\n## The parts\n\n"
    terms = "".join(f"### Part {letter}\n\nIt grows.\n\n" for letter in "abcdefgh")
    text = (
        f"# The garden\n\n## How to read this\n\nSlowly.\n\n{sections}{terms}## Sources\n\nHere.\n"
    )
    first, _ = parsed(text)
    known = [note.front.markdown for note in first.notes]

    again, _ = parsed(f"Some words of mine.\n\n{text}", kept=first.choice, known=known)

    assert again.choice == first.choice
    assert [note.front.markdown for note in again.notes] == known


def test_questions_with_options_are_known_at_another_level() -> None:
    tasks = [
        f"### Which part of plant {number} grows?\n[ ] The stone\n[x] Leaf {number}\n"
        for number in range(6)
    ]
    text = "# The garden\n## Quiz of the garden\n\n" + "\n".join(tasks)
    first, _ = parsed(text)
    fronts = [" ".join(note.front.markdown.split()) for note in first.notes]

    again, _ = parsed(re.sub(r"(?m)^#", "##", text), kept=first.choice, known=fronts)

    assert len(fronts) == 6
    assert "[ ] The stone" in fronts[0]
    assert [" ".join(note.front.markdown.split()) for note in again.notes] == fronts


PARTED = """\
#### Why moss instead of grass?
            - No need to mow it
#### What's the difference between a root and a stem?
        - 4. Direction and light
#### Which plants have leaves only in summer?
    - **What they are**
        - Trees of the north
    - **Common trees of the north**
        - Birch
    - **Typical places**
        - Forest
    - **Why birches grow first**
        - They need little soil
    - **What they are**
        - Light seeds spread them
#### Why does a tree drop its leaves?
- **The main reason (short)**
        - A **step-by-step end of the year** for the tree
- **What each part does (in turn)**
        - That's exactly what the cork closes.
- **Why frost is not ideal for leaves**
        - Clean breaks by the cork
"""


def test_parts_of_answers_that_ask_do_not_displace_the_questions_of_earlier_builds() -> None:
    fronts = [line[5:] for line in PARTED.split("\n") if line.startswith("#### ")]

    fresh, _ = parsed(PARTED)
    kept, problems = parsed(PARTED, kept=Choice(("headings",), 4), known=fronts)

    assert len(fresh.notes) > len(fronts)
    assert [note.front.markdown for note in kept.notes] == fronts
    assert Code.DIALECT_KEPT in {problem.code for problem in problems}


def test_a_known_item_stays_a_question_alone_under_a_new_heading() -> None:
    items = ["What is a leaf?\n\n   An organ.", "Parts of a root:\n\n   Tip and hair.",
             "What is a stem?\n\n   It holds leaves."]  # fmt: skip
    first, _ = parsed("\n\n".join(f"{n}. {item}" for n, item in enumerate(items, 1)))
    fronts = [note.front.markdown for note in first.notes]

    again, _ = parsed(
        "\n\n".join(f"## Part {n}\n\n{n}. {item}" for n, item in enumerate(items, 1)),
        kept=first.choice,
        known=fronts,
    )

    assert len(fronts) == 3
    assert [note.front.markdown for note in again.notes] == fronts


@pytest.mark.parametrize("blank", ["\n" * 300, ("   \n" * 80), " " * 300 + "\n\n"])
def test_what_nobody_sees_is_no_text_of_a_term(blank: str) -> None:
    text = sections(*TERMS[:3])

    file, _ = parsed(text)
    other, _ = parsed(re.sub(r"\n\n", f"\n{blank}", text))

    fronts = [note.front.markdown for note in file.notes]
    assert fronts == TERMS[:3] == [note.front.markdown for note in other.notes]
