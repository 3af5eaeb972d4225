"""Who is who after an edit, and when a note counts as changed."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cardwright.config import Config, ImagesConfig, MarkdownConfig, MathConfig
from cardwright.diagnostics import Code
from cardwright.identify import Identified, drafts, identify
from cardwright.identify.hashes import project_for
from cardwright.identify.matching import reading_order
from cardwright.identify.stamps import stamp_notetypes
from cardwright.lock import Lock, LockEntry
from cardwright.lock.text import format_lock, parse_lock
from cardwright.model import (
    DeckName,
    FiledNote,
    Guid,
    Html,
    Line,
    Media,
    NoteSource,
    NoteTypeStamp,
    Passage,
    Place,
    ResolvedNote,
)
from tests.notes import drafts_of
from tests.work import calls_of

NOTHING = Lock(project="salt")
DEFAULTS = Config()


def question(
    front: str,
    back: str = "An answer.",
    *,
    file: str = "a.md",
    section: str = "",
    id: str = "",
    is_new: bool = False,
    hint: str = "",
    definitions: str = "",
    macros: tuple[tuple[str, str], ...] = (),
    is_reverse: bool = False,
    tags: tuple[str, ...] = (),
    deck: str = "Deck",
    context: str = "",
    images: tuple[str, ...] = (),
    line: int = 1,
    look: str = "",
) -> FiledNote:
    """A question as if it were rendered; ``look`` tells apart what comes of the same Markdown."""

    def passage(text: str) -> Passage:
        lines = text.split("\n") if text else ()
        return Passage(file, tuple(Line(t, line + n) for n, t in enumerate(lines)))

    source = NoteSource(
        place=Place(file, line),
        front=passage(front),
        back=passage(back),
        definitions=passage(definitions),
        hint=passage(hint),
        extra=passage(""),
        section=(section,) if section else (),
        explicit_id=id,
        macros=macros,
        is_reverse=is_reverse,
        is_new=is_new,
    )
    media = tuple(Media(f"{name}.png", b"", name) for name in images)
    shown = "".join(f'<img src="{each.name}">' for each in media)
    spelled = back.replace("_", "*")  # two signs for emphasis that look the same on a card
    html = Html(front), Html(spelled + shown + look), Html(hint), Html("")
    return FiledNote(
        ResolvedNote(source, *html, front, media), DeckName(deck), tags, Html(context), Html("")
    )


def build(
    *notes: FiledNote, lock: Lock = NOTHING, now: int = 1000, config: Config = DEFAULTS
) -> Identified:
    return identify(notes, drafts_of(notes, config), lock, now)


def guids(built: Identified) -> list[Guid]:
    assert built.diagnostics == ()
    return [note.guid for note in built.notes]


def rebuild(before: Sequence[FiledNote], after: Sequence[FiledNote]) -> list[int | None]:
    """Which note of ``before`` each one of ``after`` is, by its position; ``None``: a new one."""
    first = build(*before)
    known = {guid: position for position, guid in enumerate(guids(first))}
    return [known.get(guid) for guid in guids(build(*after, lock=first.lock, now=2000))]


OUTPUT = "What is the output?"


def outputs(*answers: object, **where: str) -> list[FiledNote]:
    """Look-alikes: one front, many answers."""
    return [question(OUTPUT, f"Answer {answer}", **where) for answer in answers]  # type: ignore[arg-type]


# GUIDs


def test_a_guid_depends_on_project_and_front_alone() -> None:
    one = guids(build(question("What is a token?", "A piece of text.")))
    other = guids(build(question("What is\n  a token?", "A word.", file="b/c.md", tags=("x",))))

    assert one == other == ["ix3wui3txee2g"]
    assert guids(build(question("What is a token?"), lock=Lock("pepper"))) != one


def test_an_id_makes_the_guid_whatever_the_front() -> None:
    one = guids(build(question("What is a token?", id="token")))
    other = guids(build(question("What are tokens?", id="token", file="b.md")))

    assert one == other != guids(build(question("What is a token?")))


def test_equal_fronts_are_numbered_in_source_order() -> None:
    two = guids(build(*outputs(1, 2)))
    three = guids(build(*outputs(3, 4, 5, file="z.md")))

    assert len(set(three)) == 3
    assert two == three[:2]


def test_a_retired_notes_guid_is_not_given_away() -> None:
    first = build(question(OUTPUT, "1"))
    second = build(lock=first.lock)
    third = build(question(OUTPUT, "2", is_new=True), lock=second.lock)

    assert guids(third) != guids(first)


def test_a_project_comes_from_the_root_decks_name() -> None:
    assert project_for("LLM Interview") == project_for("LLM Interview") != project_for("LLM")


# Ids


def test_an_id_keeps_the_note_when_all_its_text_changes() -> None:
    before = [question("What is a token?", "A piece.", id="token"), question("What is BPE?")]
    after = [question("What is BPE?"), question("Define tokens", "Words.", id="token")]

    assert rebuild(before, after) == [1, 0]


def test_an_id_is_looked_for_in_its_file_first() -> None:
    before = [question("A?", id="x", file="a.md"), question("B?", id="x", file="b.md")]
    after = [question("C?", id="x", file="b.md"), question("D?", id="x", file="a.md")]

    assert rebuild(before, after) == [1, 0]


def test_an_id_that_is_unique_in_the_deck_is_found_in_another_file() -> None:
    assert rebuild([question("A?", id="x")], [question("B?", id="x", file="b.md")]) == [0]


def test_an_id_that_is_repeated_now_matches_no_note_of_another_file() -> None:
    before = [question("A?", id="x", file="a.md")]
    after = [question(f"{file}?", id="x", file=file) for file in ("b.md", "c.md")]

    assert rebuild(before, after) == [None, None]


@pytest.mark.parametrize("file", ["a.md", "b.md"])
def test_an_id_belongs_to_a_live_note_before_a_retired_one(file: str) -> None:
    first = build(question("A?", id="x"))
    second = build(question("B?", id="x", is_new=True), lock=first.lock)
    third = build(question("C?", "3", id="x", file=file), lock=second.lock)

    assert guids(third) == guids(second) != guids(first)


def test_an_id_that_other_files_have_belongs_to_a_live_note_first() -> None:
    other = question("D?", id="x", file="b.md")
    first = build(question("A?", id="x"), other)
    second = build(question("B?", id="x", is_new=True), other, lock=first.lock)
    third = build(question("C?", "3", id="x"), other, lock=second.lock)

    assert guids(third) == guids(second)


def test_an_id_that_two_files_have_is_not_taken_across_files() -> None:
    before = [question("A?", id="x", file="a.md"), question("B?", id="x", file="b.md")]
    after = [question("A?", id="x", file="a.md"), question("C?", id="x", file="c.md")]

    assert rebuild(before, after) == [0, None]


@pytest.mark.parametrize(("old_id", "new_id"), [("", "x"), ("x", "y"), ("x", "")])
def test_an_id_added_changed_or_removed_keeps_the_note(old_id: str, new_id: str) -> None:
    before = [question("A?", id=old_id), question("B?")]
    after = [question("A?", "Edited too.", id=new_id), question("B?")]

    assert rebuild(before, after) == [0, 1]


def test_a_note_with_another_id_matches_after_one_without_an_id() -> None:
    before = [question("A?", "1", id="x"), question("A?", "2")]
    after = [question("A?", "3", id="y")]

    assert rebuild(before, after) == [1]


def test_a_guid_as_id_claims_its_note() -> None:
    first = build(*outputs(1, 2))
    claim = question("Something else?", "Entirely.", id=guids(first)[1], file="z.md")

    second = build(*outputs(1), claim, lock=first.lock)
    third = build(*outputs(1), replace_id(claim, ""), lock=second.lock)

    assert guids(second) == guids(first)
    assert guids(third) == guids(first)


def replace_id(filed: FiledNote, id: str) -> FiledNote:
    source = replace(filed.note.source, explicit_id=id)
    return replace(filed, note=replace(filed.note, source=source))


def test_two_questions_cannot_claim_one_note() -> None:
    first = build(question("A?"))
    claims = [question(f, file=f, id=guids(first)[0]) for f in ("b.md", "c.md")]

    assert [d.code for d in build(*claims, lock=first.lock).diagnostics] == [Code.AMBIGUOUS_MATCH]


def test_a_retired_note_comes_back_by_its_id() -> None:
    first = build(question("A?", "1", id="x"))
    second = build(lock=first.lock)
    third = build(question("B?", "2", id="x", file="b.md"), lock=second.lock)

    assert guids(third) == guids(first)
    assert third.changes.returned == first.changes.new


# Same front and same answer


def test_order_files_and_sections_do_not_matter_to_the_same_text() -> None:
    before = [question(f"{n}?", str(n), file=f"{n % 3}.md") for n in range(9)]
    after = [question(f"{n}?", str(n), section="Moved", file="new.md") for n in range(9)][::-1]

    assert rebuild(before, after) == list(range(9))[::-1]


def test_one_text_in_two_files_stays_where_it_is() -> None:
    copies = [question("A?", file=file) for file in ("a.md", "b.md")]

    assert rebuild(copies, copies[::-1]) == [1, 0]
    assert rebuild(copies, copies[1:]) == [1]
    assert rebuild(copies, [question("A?", file="a.md"), question("A?", file="c.md")]) == [0, 1]


def test_the_copy_between_the_old_neighbours_keeps_the_note() -> None:
    x, y, z, copy = (question(f"{name}?") for name in "xyzc")

    assert rebuild([x, copy, y, copy, z], [x, y, copy, z]) == [0, 2, 3, 4]
    assert rebuild([x, copy, y, copy, z], [x, copy, y, z]) == [0, 1, 2, 4]


def test_white_space_and_unicode_forms_are_the_same_text() -> None:
    before = [question("Über  was?", "Ein\n\nWort."), question("B?")]
    after = [question("B?"), question("U\u0308ber was?", "Ein\n\n\nWort.  ")]

    assert rebuild(before, after) == [1, 0]


def test_a_retired_note_comes_back_with_its_text() -> None:
    a, b = question("A?", "1"), question("B?", "2")
    first = build(a, b)
    second = build(b, lock=first.lock, now=2000)
    third = build(a, b, lock=second.lock, now=3000)

    assert second.changes.retired == (guids(first)[0],)
    assert guids(third) == guids(first)
    assert third.changes.returned == (guids(first)[0],)
    assert third.changes.unchanged == tuple(guids(first))
    assert build(a, b, lock=third.lock).changes.returned == ()


def test_a_text_goes_to_a_live_copy_in_another_file_before_a_retired_one_here() -> None:
    here, *there = question("A?"), question("A?", file="b.md"), question("A?", file="b.md")
    first = build(here, *there)
    second = build(*there, lock=first.lock)
    third = build(here, lock=second.lock)

    assert second.changes.retired == (guids(first)[0],)
    assert guids(third)[0] in guids(second)


def test_two_copies_come_back_as_they_were() -> None:
    copies = [question("A?"), question("A?")]
    first = build(*copies)
    second = build(lock=first.lock)

    assert guids(build(*copies, lock=second.lock)) == guids(first)


# Same front


def test_fifty_look_alikes_keep_their_notes_when_one_is_put_on_top() -> None:
    before = outputs(*range(50))

    assert rebuild(before, outputs("new", *range(50))) == [None, *range(50)]


def test_look_alikes_keep_their_notes_when_one_is_inserted_and_one_edited() -> None:
    after = outputs("new", *range(20), "20, corrected", *range(21, 50))

    assert rebuild(outputs(*range(50)), after) == [None, *range(50)]


def test_look_alikes_that_are_all_edited_keep_their_order() -> None:
    assert rebuild(outputs(1, 2, 3), outputs(4, 5, 6)) == [0, 1, 2]
    assert rebuild(outputs(1, 2, 3, 4), outputs(1, "2b", "3b", 4)) == [0, 1, 2, 3]


def test_an_edited_look_alike_is_found_in_its_section_then_in_its_file() -> None:
    before = [*outputs(1, section="S"), *outputs(2, section="T"), *outputs(3, file="b.md")]
    after = [*outputs("3b", file="b.md"), *outputs("2b", section="T"), *outputs("1b", section="S")]

    assert rebuild(before, after) == [2, 1, 0]


def test_an_edited_question_is_found_in_another_file() -> None:
    assert rebuild([question("A?", "1")], [question("A?", "2", file="b.md")]) == [0]


def test_a_section_that_was_renamed_is_known_by_the_neighbours() -> None:
    def section(name: str, *answers: str) -> list[FiledNote]:
        return [
            question("First?", answers[0], section=name),
            *outputs(answers[1], section=name),
            question("Last?", answers[2], section=name),
        ]

    before = [*section("S", "a", "b", "c"), *section("T", "d", "e", "f")]
    after = [*section("U", "a", "b2", "c"), *section("V", "d", "e2", "f")]

    assert rebuild(before, after) == list(range(6))


def test_one_neighbour_is_enough_without_evidence_against_it() -> None:
    v, w, x, y, z = (question(f"{name}?") for name in "vwxyz")
    before = [x, *outputs(1), y, w, *outputs(2), v, z]
    after = [x, *outputs("1b"), w, *outputs("2b"), z, y, v]

    assert rebuild(before, after) == [0, 1, 3, 4, 6, 2, 5]


def test_a_note_found_beside_its_neighbour_is_a_neighbour_too() -> None:
    k, u, v, x, z = (question(f"{name}?") for name in "kuvxz")
    r1, r2, edited_r = (question("R?", answer) for answer in ("1", "2", "1b"))
    q1, q2, edited_q1, edited_q2 = (question("Q?", answer) for answer in ("1", "2", "1b", "2b"))
    before = [x, r1, q1, r2, v, z, q2, u, k]
    after = [x, edited_r, edited_q1, z, edited_q2, k, v, u]

    assert rebuild(before, after) == [0, 1, 2, 5, 6, 8, 4, 7]


@pytest.mark.parametrize("front", [f"{name}?" for name in "abcdefgh"])
def test_a_note_that_returns_is_no_neighbour_yet(front: str) -> None:
    first = build(question(front), *outputs(1, 2))
    second = build(*outputs(1, 2), lock=first.lock)
    third = build(question(front), *outputs("1b", "2b"), lock=second.lock)

    assert guids(third) == guids(first)


def test_two_neighbours_that_name_two_notes_decide_nothing() -> None:
    x, y, z = (question(f"{name}?") for name in "xyz")
    first = build(x, *outputs(1), y, *outputs(2), z)
    second = build(x, *outputs("1b"), z, *outputs("2b"), y, lock=first.lock)

    assert [problem.code for problem in second.diagnostics] == [Code.AMBIGUOUS_MATCH]


def test_an_edited_look_alike_and_a_new_one_are_told_apart_by_their_answers() -> None:
    words = "It counts up from zero while the list grows, and stops at the first gap."
    before = [question(OUTPUT, words), *outputs(2)]
    after = [*outputs("new"), question(OUTPUT, f"{words} Always."), *outputs(2)]

    assert rebuild(before, after) == [None, 0, 1]


def test_without_evidence_from_answers_it_is_an_error() -> None:
    first = build(*outputs(1, 2))
    after = [question(OUTPUT, "Leaf"), question(OUTPUT, "Root"), *outputs(2)]
    second = build(*after, lock=first.lock)

    (problem,) = second.diagnostics
    assert problem.code is Code.AMBIGUOUS_MATCH
    assert second.lock == first.lock
    assert OUTPUT in problem.message
    assert f"{{#{guids(first)[0]}}}" in problem.hint
    assert "{new}" in problem.hint


def test_the_error_names_every_place_and_the_neighbours() -> None:
    first = build(question("A?", line=1), *outputs(1, 2), question("B?"))
    after = [question("A?"), question(OUTPUT, "3", line=5), question("B?", line=9)]
    after += [question(OUTPUT, "4", line=12), question(OUTPUT, "5", line=20)]
    (problem,) = build(*after, lock=first.lock).diagnostics
    one, two = guids(first)[1:3]

    assert problem.place == Place("a.md", 5)
    assert problem.message == (
        f"'{OUTPUT}' could be any of the old notes {one} (a.md, after 'A?') "
        f"and {two} (a.md, after '{OUTPUT}'); so could a.md:12 and a.md:20"
    )
    assert problem.hint == (
        f"write {{#{one}}} or {{#{two}}} at the end of the question that belongs to that note, "
        "or {new} at the end of a new question; --accept-new makes all of them new notes"
    )


def test_new_or_a_guid_decides() -> None:
    first = build(*outputs(1, 2))
    fresh, edited, kept = [*outputs("new"), *outputs("1, corrected"), *outputs(2)]
    marked = question(OUTPUT, "Answer new", is_new=True)
    claimed = replace_id(edited, guids(first)[0])

    by_new = build(marked, edited, kept, lock=first.lock)
    by_guid = build(fresh, claimed, kept, lock=first.lock)

    assert guids(by_new)[1:] == guids(by_guid)[1:] == guids(first)
    assert guids(by_new)[0] == guids(by_guid)[0]


def test_new_never_takes_an_old_note_and_is_not_made_twice() -> None:
    first = build(question("A?", "1"))
    second = build(question("A?", "1", is_new=True), lock=first.lock, now=2000)
    third = build(question("A?", "1", is_new=True), lock=second.lock, now=3000)
    edited = build(question("A?", "2", is_new=True), lock=third.lock, now=4000)
    unmarked = build(question("A?", "3"), lock=edited.lock, now=5000)

    assert guids(second) != guids(first)
    assert second.changes.retired == tuple(guids(first))
    assert third.lock == second.lock
    assert guids(edited) == guids(unmarked) == guids(second)


def test_new_moved_to_another_question_makes_another_note() -> None:
    marked, old = question("A?", "1", is_new=True), question("A?", "1")
    first = build(marked)
    second = build(question("A?", "2", is_new=True), old, lock=first.lock)

    assert guids(second)[1:] == guids(first)


def test_a_retired_note_comes_back_with_its_front() -> None:
    first = build(question("A?", "1"))
    second = build(lock=first.lock)

    assert guids(build(question("A?", "2", file="b.md"), lock=second.lock)) == guids(first)


def test_a_live_note_goes_before_a_retired_one() -> None:
    first = build(*outputs(1, 2))
    second = build(*outputs(2), lock=first.lock)
    third = build(*outputs("2, corrected"), lock=second.lock)

    assert guids(third) == guids(first)[1:]


def test_an_ambiguous_question_does_not_fall_back_on_a_retired_note() -> None:
    first = build(*outputs(1), *outputs(2, 3, file="b.md"))
    second = build(*outputs(2, 3, file="b.md"), lock=first.lock)
    third = build(*outputs(4), lock=second.lock)

    assert [problem.code for problem in third.diagnostics] == [Code.AMBIGUOUS_MATCH]


def test_new_does_not_bring_back_what_was_retired() -> None:
    marked = question("A?", is_new=True)
    first = build(marked)
    second = build(lock=first.lock)

    assert guids(build(marked, lock=second.lock)) != guids(first)


def test_another_front_is_another_note() -> None:
    first = build(question("What is a token?"))
    second = build(question("Who?", "Me."), lock=first.lock)

    assert second.changes.new == tuple(guids(second))
    assert second.changes.retired == tuple(guids(first))


# What was made from what


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (question("A?", "x"), question("A?", "y")),
        (question("A?", "x"), question("A?", "x", hint="h")),
        (
            question("A?", "[x]"),
            question("A?", "[x]", definitions="[x]: https://example.org", look="a link"),
        ),
        (question("A?", "x"), question("A?", "x", tags=("t",))),
        (question("A?", "x"), question("A?", "x", context="Basics")),
        (question("A?", "x"), question("A?", "x", is_reverse=True)),
        (question("A?", "a\nb"), question("A?", "a  \nb")),
        (
            question("A?", "```\na\n\nb\n```", look="<pre>"),
            question("A?", "```\na\n\n\nb\n```", look="<pre>"),
        ),
        (question("A?", "![](x)", images=("x",)), question("A?", "![](x)", images=("y",))),
        (question("A?", "![](x)"), question("A?", "![](x)", images=("x",))),
        (
            question("A?", "$\\R$", macros=(("\\R", "\\mathbb{R}"),)),
            question("A?", "$\\R$", macros=(("\\R", "\\mathbf{R}"),), look="bold"),
        ),
        (
            question("A?", "$\\R$", macros=(("\\R", "\\B{R}"), ("\\B", "\\mathbb"))),
            question("A?", "$\\R$", macros=(("\\R", "\\B{R}"), ("\\B", "\\mathbf")), look="bold"),
        ),
    ],
)
def test_what_shows_on_a_card_is_a_change(old: FiledNote, new: FiledNote) -> None:
    first = build(old, now=1000)
    second = build(new, lock=first.lock, now=2000)

    assert second.changes.changed == tuple(guids(first))
    assert second.notes[0].mod == 2000


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (question("A?", "a\n\nb"), question("A?", "\na  \n\n\n\nb\n", line=7)),
        (question("A?", "über"), question("A?", "u\u0308ber")),
        (question("A?", "x", file="a.md"), question("A?", "x", file="b.md")),
        (question("A?", "x", tags=("s", "t")), question("A?", "x", tags=("t", "s"))),
        (question("A?", "x", macros=(("\\R", "1"),)), question("A?", "x", macros=(("\\R", "2"),))),
        (question("A?", "![](x)", images=("x",)), question("A?", "![](x)")),
    ],
)
def test_an_invisible_difference_is_no_edit(old: FiledNote, new: FiledNote) -> None:
    first = build(old, now=1000)
    second = build(new, lock=first.lock, now=2000)

    assert second.changes.unchanged == tuple(guids(first))
    assert second.notes[0].mod == 1000


def test_an_image_that_was_away_for_a_build_is_no_change_when_it_is_back() -> None:
    here, away = question("A?", "![](x)", images=("x",)), question("A?", "![](x)")
    first = build(here, now=1000)
    second = build(away, lock=first.lock, now=2000)

    assert build(here, lock=second.lock, now=3000).notes[0].mod == 1000


@pytest.mark.parametrize(
    ("text", "config"),
    [
        ("x", Config(html="trusted")),
        ("x", Config(markdown=MarkdownConfig("python-markdown"))),
        ("x", Config(markdown=MarkdownConfig(line_breaks=True))),
        ("$x$", Config(math=MathConfig("mathjax"))),
        ("a $$x$$", Config(math=MathConfig(inline_dollars=True))),
        ("$\\R$", Config(math=MathConfig(macros=(("\\R", "\\mathbb{R}"),)))),
        ("![](x)", Config(images=ImagesConfig(max_width=800))),
    ],
)
def test_a_setting_changes_the_notes_that_it_touches(text: str, config: Config) -> None:
    first = build(question("A?", text), question("B?", "x"), now=1000)
    second = build(
        question("A?", text, look="other"),
        question("B?", "x", look="other"),
        lock=first.lock,
        config=config,
        now=2000,
    )

    assert second.notes[0].mod == 2000
    assert second.notes[1].mod == (2000 if text == "x" else 1000)
    same = build(question("A?", text), question("B?", "x"), lock=first.lock, config=config)
    assert same.changes.unchanged == tuple(guids(first)), "nothing else came out"


def test_other_settings_change_nothing() -> None:
    other = Config(deck="D", description="d", source_url="u", math=MathConfig("mathjax"))
    first = build(question("A?"))

    assert build(question("A?"), lock=first.lock, config=other, now=2000).lock == first.lock


def test_raising_render_ships_formulas_and_output_that_changes_now(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    formula = question("A?", "$x$", look="<math>x</math>")
    first = build(formula, question("B?"), question("C?"))
    monkeypatch.setattr(drafts, "RENDER", drafts.RENDER + 1)

    second = build(formula, question("B?", look="other"), question("C?"), lock=first.lock)
    assert second.changes.changed == tuple(guids(first))[:2]


def test_render_ships_every_note_of_a_lock_from_before(monkeypatch: pytest.MonkeyPatch) -> None:
    first = build(question("A?"), question("B?"))
    before = tuple(replace(entry, output="") for entry in first.lock.entries)
    monkeypatch.setattr(drafts, "RENDER", drafts.RENDER + 1)

    lock = replace(first.lock, entries=before)
    assert build(question("A?"), question("B?"), lock=lock).changes.changed == tuple(guids(first))


# Times


def test_a_clock_that_goes_back_moves_no_time_back() -> None:
    first = build(question("A?", "1"), now=5000)
    second = build(question("A?", "2"), question("B?"), lock=first.lock, now=1000)

    assert [note.mod for note in second.notes] == [5001, 5000]


def test_no_change_is_older_than_the_newest_of_the_lock() -> None:
    first = build(question("A?", "1"), question("B?", "1"), now=1000)
    second = build(question("A?", "2"), question("B?", "1"), lock=first.lock, now=9000)
    third = build(question("A?", "2"), question("B?", "2"), lock=second.lock, now=2000)

    assert [note.mod for note in third.notes] == [9000, 9000]


def test_note_ids_are_times_of_birth_and_never_change() -> None:
    first = build(question("A?"), question("B?"), now=8000)
    second = build(question("C?"), question("B?"), question("A?"), lock=first.lock, now=8000)
    third = build(question("D?"), question("B?"), lock=second.lock, now=9000)

    assert [note.note_id for note in first.notes] == [8_000_000, 8_000_001]
    assert [note.note_id for note in second.notes] == [8_000_002, 8_000_001, 8_000_000]
    assert [note.note_id for note in third.notes] == [9_000_000, 8_000_001]


def test_two_branches_births_are_told_apart_for_good() -> None:
    ours, theirs = build(question("A?"), now=8000), build(question("B?"), now=8000)
    lock = replace(NOTHING, entries=(*ours.lock.entries, *theirs.lock.entries))
    merged = build(question("A?"), question("B?"), lock=lock)

    ids = [note.note_id for note in merged.notes]
    assert sorted(ids) == [8_000_000, 8_000_001]
    assert [n.note_id for n in build(question("B?"), lock=merged.lock).notes] == ids[1:]


def test_a_clock_that_starts_in_1970_gives_valid_note_ids() -> None:
    first = build(question("A?"), question("B?"), now=0)
    old = replace(first.lock, entries=tuple(replace(e, born=0) for e in first.lock.entries))

    for built in (first, build(question("A?"), question("B?"), lock=old, now=0)):
        assert sorted(note.note_id for note in built.notes) == [7_200_000, 7_200_001]


def test_note_types_are_stamped_by_the_same_rule() -> None:
    def drafts(**fingerprints: str) -> list[NoteTypeStamp]:
        return [NoteTypeStamp(kind, len(kind), text, 0) for kind, text in fingerprints.items()]

    first = stamp_notetypes(NOTHING, drafts(qa="f"), now=1000)
    same = stamp_notetypes(first, drafts(qa="f"), now=2000)
    other = stamp_notetypes(first, drafts(qa="g", cloze="h"), now=500)

    assert same == first == replace(NOTHING, notetypes=(NoteTypeStamp("qa", 2, "f", 1000),))
    assert [(s.kind, s.mod) for s in other.notetypes] == [("cloze", 1000), ("qa", 1001)]
    assert stamp_notetypes(other, drafts(qa="g"), now=500) == other


def test_a_known_note_type_keeps_its_id() -> None:
    lock = stamp_notetypes(NOTHING, [NoteTypeStamp("qa", 7, "f", 0)], now=1000)

    after = stamp_notetypes(lock, [NoteTypeStamp("qa", 8, "g", 0)], now=1000)

    assert [stamp.id for stamp in after.notetypes] == [7]


# What changed


def test_each_note_is_new_changed_moved_or_unchanged() -> None:
    before = [question(f"{name}?", "1") for name in "abcd"]
    first = build(*before)
    after = [
        question("e?", "1"),
        question("c?", "1"),
        question("b?", "2", deck="Deck::Other"),
        question("a?", "1", deck="Deck::Other"),
    ]
    changes = build(*after, lock=first.lock, now=2000).changes
    a, b, c, d = guids(first)

    assert (changes.changed, changes.moved, changes.unchanged) == ((b,), (a,), (c,))
    assert len(changes.new) == 1
    assert changes.retired == (d,)
    assert changes.left_behind == (b, a)


def test_a_new_order_is_no_change_but_for_due() -> None:
    first = build(question("A?"), question("B?"))
    second = build(question("B?"), question("A?"), lock=first.lock, now=2000)

    assert second.changes.unchanged == tuple(guids(first)[::-1])
    assert [note.due for note in second.notes] == [1, 2]


def test_the_same_again_leaves_the_lock_as_it_is() -> None:
    notes = [*outputs(1, 1, 2, 2, 2), *outputs(1, 1, file="b.md"), question("A?", id="x")]
    first = build(*notes)
    second = build(*notes, lock=first.lock, now=2000)

    assert second.lock == first.lock
    assert second.notes == first.notes


# Walks: one front in three, every answer once, so that the truth is known


@st.composite
def walks(draw: st.DrawFn) -> tuple[list[FiledNote], list[tuple[str, int, int]]]:
    places = st.tuples(st.sampled_from("AB"), st.sampled_from("ab"), st.sampled_from("ST"))
    start = [
        question(f"{front}?", f"Answer *{n}*", file=f"{file}.md", section=section)
        for n, (front, file, section) in enumerate(draw(st.lists(places, max_size=8)))
    ]
    kinds = st.sampled_from(["move", "insert", "delete", "edit", "relocate", "respell"])
    numbers = st.integers(0, 99)
    return start, draw(st.lists(st.tuples(kinds, numbers, numbers), max_size=12))


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(walks())
def test_no_walk_of_single_edits_loses_or_swaps_a_note(
    walk: tuple[list[FiledNote], list[tuple[str, int, int]]],
) -> None:
    notes, steps = walk
    built = build(*notes)
    truth = guids(built)
    for now, (kind, from_number, to_number) in enumerate(steps, 2000):
        known: list[Guid | None]
        notes, known = edited(notes, truth, kind, from_number, to_number, f"Answer *{now}*")
        built = build(*notes, lock=built.lock, now=now)
        for guid, note, known_guid in zip(guids(built), built.notes, known, strict=True):
            assert guid == (known_guid or guid)
            assert (note.mod == now) == (guid in built.changes.new + built.changes.changed)
        assert len(built.changes.new) == (kind == "insert" or not truth)
        assert len(built.changes.changed) == (kind == "edit" and bool(truth))
        truth = guids(built)
        assert len(set(truth)) == len(truth)
        assert truth == guids(build(*notes, lock=built.lock, now=now + 1))


def edited(
    notes: list[FiledNote], truth: list[Guid], kind: str, from_: int, to: int, answer: str
) -> tuple[list[FiledNote], list[Guid | None]]:
    """The notes after one edit, and who each of them has to be, ``None`` for the new one."""
    pairs: list[tuple[FiledNote, Guid | None]] = list(zip(notes, truth, strict=True))
    if kind == "insert" or not pairs:
        front = "AB"[from_ % 2]
        fresh = question(f"{front}?", answer, file=f"{'ab'[to % 2]}.md", section="S", is_new=True)
        pairs.insert(to % (len(pairs) + 1), (fresh, None))
    elif kind == "delete":
        del pairs[from_ % len(pairs)]
    else:
        note, guid = pairs[from_ % len(pairs)]
        source = note.note.source
        if kind in ("edit", "respell"):
            old = source.back.markdown
            back = answer if kind == "edit" else old.translate({42: "_", 95: "*"})
            pairs[from_ % len(pairs)] = rewritten(note, back, source.place.path), guid
        else:
            del pairs[from_ % len(notes)]
            file = source.place.path if kind == "move" else f"{'ab'[to % 2]}.md"
            moved = rewritten(note, source.back.markdown, file)
            pairs.insert(to % (len(pairs) + 1), (moved, guid))
    return [note for note, _ in pairs], [guid for _, guid in pairs]


def rewritten(filed: FiledNote, back: str, file: str) -> FiledNote:
    source = filed.note.source
    section = source.section[0] if source.section else ""
    return question(source.front.markdown, back, file=file, section=section, is_new=source.is_new)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from("AB"), st.sampled_from("ST")), min_size=1, max_size=8),
    st.integers(0, 99),
    st.integers(0, 99),
)
def test_an_insertion_and_an_edit_are_told_apart_or_reported(
    fronts: list[tuple[str, str]], edit: int, insert: int
) -> None:
    notes = [question(f"{f}?", f"Answer {n}", section=s) for n, (f, s) in enumerate(fronts)]
    first = build(*notes)
    truth: list[Guid | None] = list(guids(first))
    notes[edit % len(notes)] = rewritten(notes[edit % len(notes)], "Edited", "a.md")
    at = insert % (len(notes) + 1)
    notes.insert(at, question("A?", "Inserted", section="S"))
    truth.insert(at, None)

    second = build(*notes, lock=first.lock, now=2000)

    if not second.diagnostics:
        found = [note.guid if note.guid in truth else None for note in second.notes]
        assert found == truth


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(st.data())
def test_arbitrary_notes_and_locks_give_every_question_its_own_guid(data: st.DataObject) -> None:
    notes = st.lists(
        st.builds(
            question,
            front=st.sampled_from(["A?", "B?", ""]),
            back=st.sampled_from(["1", "2"]),
            file=st.sampled_from(["a.md", "b.md"]),
            section=st.sampled_from(["", "S"]),
            id=st.sampled_from(["", "x", "y"]),
            is_new=st.booleans(),
        ),
        max_size=8,
    )
    lock = NOTHING
    for now in range(1000, 1004):
        built = build(*data.draw(notes), lock=lock, now=now)
        lock = built.lock
        changes = built.changes
        assert len({note.guid for note in built.notes}) == len(built.notes)
        assert len({note.note_id for note in built.notes}) == len(built.notes)
        assert sorted(
            (*changes.new, *changes.changed, *changes.moved, *changes.unchanged)
        ) == sorted(note.guid for note in built.notes)
        assert parse_lock(format_lock(lock), "deck.lock")[0] == lock


@pytest.mark.parametrize("edit", ["every answer", "every second gone", "reversed and edited"])
def test_look_alikes_do_not_take_the_square_of_their_number(edit: str) -> None:
    def rebuilt(count: int) -> int:
        answers = range(count)
        lock = build(*outputs(*answers)).lock
        after = {
            "every answer": outputs(*(f"{n}, edited" for n in answers)),
            "every second gone": outputs(*answers[::2]),
            "reversed and edited": outputs(*(f"{n}{'!' * (n % 3 == 0)}" for n in answers[::-1])),
        }[edit]
        return calls_of(lambda: build(*after, lock=lock))

    assert rebuilt(800) < 2.6 * rebuilt(400)


@pytest.mark.slow
def test_matching_a_renamed_file_of_look_alikes_takes_linear_time() -> None:
    def rebuilt(count: int) -> int:
        before = build(*(question("What is it?", f"{n} ferns", file="a.md") for n in range(count)))
        after = [question("What is it?", f"moss {n}", file="b.md") for n in range(count)]
        return calls_of(lambda: build(*after, lock=before.lock))

    assert rebuilt(1200) < 2.6 * rebuilt(600)


# The order that the lock remembers


def entries_after(**after: str) -> list[LockEntry]:
    lock = build(*(question(f"{guid}?") for guid in after)).lock
    return [
        replace(entry, guid=Guid(guid), after=before)
        for entry, (guid, before) in zip(lock.entries, after.items(), strict=True)
    ]


@pytest.mark.parametrize(
    ("entries", "order"),
    [
        (entries_after(a="c", b="", c="b"), "bca"),
        (entries_after(a="", b="a", c="a", d="b"), "abdc"),
        (entries_after(a="gone", b="c", c="a"), "acb"),
        (entries_after(a="b", b="a", c="c", d=""), "dabc"),
    ],
    ids=["as it was", "two after one", "the first has left", "rings"],
)
def test_the_reading_order_follows_the_neighbours(entries: list[LockEntry], order: str) -> None:
    assert "".join(entry.guid for entry in reading_order(entries)) == order
    assert reading_order(entries[::-1]) == reading_order(entries)


def test_a_note_after_one_that_went_to_another_file_begins_its_file() -> None:
    a, b = entries_after(a="", b="a")

    assert [e.guid for e in reading_order([replace(a, file="z.md"), b])] == ["b", "a"]


# Branches, merged by git


def git(folder: Path, *arguments: str) -> None:
    names = {f"GIT_{role}_{key}": "a@b.c" for role in ("AUTHOR", "COMMITTER") for key in KEYS}
    environment = {**os.environ, **names, "GIT_CONFIG_GLOBAL": os.devnull}
    subprocess.run(["git", *arguments], cwd=folder, env=environment, check=True, timeout=60)


KEYS = ("NAME", "EMAIL")


def merged(
    folder: Path, base: Sequence[FiledNote], ours: Sequence[FiledNote], theirs: Sequence[FiledNote]
) -> tuple[Lock, Lock, Lock]:
    """The locks of a base and two branches built from it, and what git merges them to: (ours,
    theirs, merged)."""
    path = folder / "deck.lock"
    git(folder, "init", "--quiet", "--initial-branch=main")
    (folder / ".gitattributes").write_text("*.lock merge=union\n", "utf-8")
    first = build(*base).lock if base else NOTHING
    if base:
        path.write_text(format_lock(first), "utf-8")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message=base")
    locks = []
    for branch, notes, now in (("theirs", theirs, 2000), ("ours", ours, 3000)):
        git(folder, "switch", "--quiet", "--create", branch, "main")
        locks.append(build(*notes, lock=first, now=now).lock)
        path.write_text(format_lock(locks[-1]), "utf-8")
        git(folder, "add", ".")
        git(folder, "commit", "--quiet", "--message=edit")
    git(folder, "merge", "--quiet", "--no-edit", "theirs")
    lock, problems = parse_lock(path.read_text("utf-8"), "deck.lock")
    assert problems == ()
    assert lock is not None
    return locks[1], locks[0], lock


BASE = [question(f"{n}?", "1", file=f"{n % 2}.md") for n in range(10)]


def test_branches_that_add_edit_and_move_in_different_places_merge(tmp_path: Path) -> None:
    ours = [
        question("ours?", file="0.md"),
        question("0?", "edited by us", file="0.md"),
        *BASE[1:9],
        question("9?", "1", file="new.md"),
    ]
    theirs = [
        *BASE[:4],
        question("4?", "edited by them", file="0.md"),
        *BASE[5:8],
        question("theirs?", file="0.md"),
        question("8?", "1", file="other.md"),
        BASE[9],
    ]
    both = [
        question("ours?", file="0.md"),
        question("0?", "edited by us", file="0.md"),
        *BASE[1:4],
        question("4?", "edited by them", file="0.md"),
        *BASE[5:8],
        question("theirs?", file="0.md"),
        question("8?", "1", file="other.md"),
        question("9?", "1", file="new.md"),
    ]

    our_lock, their_lock, lock = merged(tmp_path, BASE, ours, theirs)
    built = build(*both, lock=lock, now=4000)

    known = {e.front: e.guid for e in (*our_lock.entries, *their_lock.entries)}
    assert guids(built) == [known[note.plain] for note in built.notes]
    assert built.changes.unchanged == tuple(guids(built))
    assert built.changes.retired == ()


def test_a_note_that_both_branches_edit_has_the_later_mod(tmp_path: Path) -> None:
    ours, theirs = ([question("0?", text, file="0.md"), *BASE[1:]] for text in ("ours", "theirs"))

    _, _, lock = merged(tmp_path, BASE, ours, theirs)
    take_ours = build(*ours, lock=lock, now=4000)
    take_theirs = build(*theirs, lock=lock, now=4000)

    assert len(lock.entries) == len(BASE)
    assert take_ours.notes[0].mod == 3000
    assert take_theirs.notes[0].mod == 4000


def test_two_first_builds_merge(tmp_path: Path) -> None:
    _, _, lock = merged(tmp_path, (), BASE[:6], BASE[4:])
    built = build(*BASE, lock=lock, now=4000)

    assert guids(built) == guids(build(*BASE))
    assert built.changes.unchanged == tuple(guids(built))


# Copies


WHICH = "Who lowers it?\n\n- A: an enzyme\n- B: a moss\n- C: the sun\n- D: a `b - c` of ions"
SAME_QUIZ = {
    "boxes": "Who lowers it? - [ ] an enzyme - [ ] a moss - [ ] the sun - [ ] a `b - c` of ions",
    "another order": "Who lowers it?\n\nA) the sun\nB) a `b - c` of ions\nC) an enzyme\nD) a moss",
    "another option": WHICH.replace("an enzyme", "it depends"),
    "two more": f"{WHICH}\n- E: both\n- F: none",
}


@pytest.mark.parametrize("file", ["a.md", "b.md"])
@pytest.mark.parametrize("front", SAME_QUIZ.values(), ids=SAME_QUIZ)
def test_a_quiz_question_with_other_options_keeps_its_note(front: str, file: str) -> None:
    before = question(WHICH, "**A.** an enzyme")
    after = question(front, "it depends", file=file)

    assert rebuild([before], [after]) == [0]
    gone = build(lock=build(before).lock, now=1500)
    back = build(after, lock=gone.lock, now=2000)
    is_other = "depends" in front or "both" in front
    assert (guids(back) == guids(build(before))) is not is_other


def test_the_same_quiz_question_over_other_options_is_another_one() -> None:
    before = question("Which one is a plant?\n\n- A: a moss\n- B: a cat\n- C: an owl", "a moss")
    after = question("Which one is a plant?\n\n- A: a fern\n- B: a dog\n- C: an elk", "a fern")

    assert rebuild([before], [after]) == [None]


def test_a_copy_keeps_the_first_note_when_the_first_question_is_deleted_later() -> None:
    first = build(question("What is a leaf?", file="a.md"))
    copy = question("What is a leaf?", file="b.md")
    both = build(question("What is a leaf?", file="a.md"), copy, lock=first.lock, now=2000)
    third = build(copy, lock=both.lock, now=3000)

    assert guids(third) == guids(first)
    assert third.changes.retired == (guids(both)[1],)
    assert guids(build(replace_id(copy, guids(both)[1]), lock=both.lock, now=3000)) != guids(first)


def test_a_copy_from_the_first_build_keeps_its_own_note() -> None:
    both = build(question("What is a leaf?"), question("What is a leaf?", file="b.md"))
    second = build(question("What is a leaf?", file="b.md"), lock=both.lock, now=2000)

    assert guids(second) == guids(both)[1:]


def test_a_copy_with_new_stays_a_new_note() -> None:
    first = build(question("What is a leaf?"))
    copy = question("What is a leaf?", file="b.md", is_new=True)
    both = build(question("What is a leaf?"), copy, lock=first.lock, now=2000)

    assert guids(build(copy, lock=both.lock, now=3000)) == guids(both)[1:]
