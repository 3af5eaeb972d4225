"""The text form of the lock: exact, made for git's merges, and never half believed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cardwright.diagnostics import Code
from cardwright.lock import (
    CollectionState,
    Delivery,
    FileChoice,
    HiddenPart,
    ImagePin,
    KeptTitle,
    Lock,
    LockEntry,
    entry_order,
)
from cardwright.lock.deliveries import with_known_collections
from cardwright.lock.order import in_source_order
from cardwright.lock.text import format_lock, parse_lock
from cardwright.model import DeckName, Guid, NoteTypeStamp, Place


def entry(guid: str = "aaaaaaaaaaaaa", front: str = "What is a token?", mod: int = 7) -> LockEntry:
    return LockEntry(
        guid=Guid(guid),
        file="ml/a.md",
        section=("Basics",),
        front=front,
        answer="answer",
        made="made",
        media=("image",),
        mod=mod,
        born=7000,
        deck=DeckName("ML::A"),
    )


LOCK = Lock(
    project="k3v9",
    deck="ML",
    notetypes=(NoteTypeStamp("qa", 2**40, "style", 7),),
    files=(FileChoice("ml/a.md", "headings", 3, "section"),),
    entries=(entry(),),
)

TEXT = """\
{"lock": 1, "project": "k3v9"}

{"deck": "ML"}

{"kind": "qa", "id": 1099511627776, "fingerprint": "style", "mod": 7}

{"file": "ml/a.md", "questions": "headings", "question_level": 3, "subdecks": "section"}

{"guid": "aaaaaaaaaaaaa", "file": "ml/a.md", "section": ["Basics"], "front": "What is a token?", \
"answer": "answer", "made": "made", "media": ["image"], "mod": 7, "born": 7000, "deck": "ML::A", \
"id": "", "after": "", "is_new": false, "is_retired": false}

{"end": "lock"}
"""


def test_the_text_form_is_pinned() -> None:
    assert format_lock(LOCK) == TEXT
    assert parse_lock(TEXT, "deck.lock") == (LOCK, ())


def test_what_version_two_adds_has_records_of_its_own() -> None:
    pin = ImagePin("https://example.org/leaf.png", "ab" * 32, 9)
    lock = replace(LOCK, katex="0.19.1", pins=(pin,))

    text = format_lock(lock)

    assert text.startswith('{"lock": 2, "project": "k3v9"}\n')
    assert '\n\n{"katex": "0.19.1"}\n\n{"image": "https://example.org/leaf.png", ' in text
    assert parse_lock(text, "deck.lock") == (lock, ())


def test_the_later_of_two_merged_pins_or_versions_counts() -> None:
    older, newer = (
        ImagePin("https://example.org/leaf.png", digit * 64, int(digit)) for digit in "12"
    )
    text = format_lock(replace(LOCK, katex="0.19.1", pins=(newer,)))
    both = text.replace('{"katex": "0.19.1"}', '{"katex": "0.19.1"}\n\n{"katex": "0.9.3"}')
    line = f'{{"image": "{older.image}", "sha256": "{older.sha256}", "mod": 1}}'
    both = both.replace('{"guid"', f'{line}\n\n{{"guid"', 1)

    lock, problems = parse_lock(both, "deck.lock")

    assert problems == ()
    assert lock is not None
    assert (lock.katex, lock.pins) == ("0.19.1", (newer,))


def test_two_locks_of_a_project_that_a_merge_joined_are_one() -> None:
    other = entry("bbbbbbbbbbbbb", "What is moss?")
    newer = format_lock(replace(LOCK, katex="0.19.1", entries=(other,)))
    older = format_lock(LOCK).removesuffix('{"end": "lock"}\n')

    lock, problems = parse_lock(older + newer, "deck.lock")

    assert problems == ()
    assert lock == replace(LOCK, katex="0.19.1", entries=(LOCK.entries[0], other))


def test_a_newer_lock_that_a_merge_joined_is_refused_as_newer() -> None:
    joined = TEXT.replace("\n\n", '\n\n{"lock": 99, "project": "k3v9"}\n\n', 1)

    assert parse_lock(joined, "deck.lock")[1][0].code is Code.NEWER_LOCK


def test_two_locks_of_two_projects_are_damage() -> None:
    newer = format_lock(replace(LOCK, katex="0.19.1", project="other"))
    older = format_lock(LOCK).removesuffix('{"end": "lock"}\n')

    lock, (problem,) = parse_lock(older + newer, "deck.lock")

    assert lock is None
    assert "a second lock" in problem.message


def test_letters_are_written_as_they_are() -> None:
    front = "Was heißt \u2028 überanpassen? 過学習 \x85"

    text = format_lock(replace(LOCK, entries=(entry(front=front),)))

    assert front in text
    lock, problems = parse_lock(text, "deck.lock")
    assert lock is not None
    assert lock.entries[0].front == front
    assert problems == ()


@pytest.mark.parametrize(
    "text",
    [TEXT.replace("\n", "\r\n"), "\ufeff" + TEXT, TEXT.rstrip("\n"), TEXT.replace("\n\n", "\n")],
    ids=["crlf", "bom", "no line end at the end", "no blank lines"],
)
def test_what_editors_and_git_do_to_a_text_file_is_no_damage(text: str) -> None:
    assert parse_lock(text, "deck.lock") == (LOCK, ())


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
whole = st.integers(0, 2**53 - 1)
times = st.integers(0, 10**11 - 1)
collections = st.sampled_from(["", "1700000000000", "1800000000000"])
entries = st.builds(
    LockEntry,
    guid=st.from_regex("[a-z0-9]{13}", fullmatch=True).map(Guid),
    file=texts,
    section=st.lists(texts, max_size=3).map(tuple),
    front=texts,
    answer=texts,
    made=texts,
    media=st.lists(texts, max_size=3).map(tuple),
    mod=times,
    born=times.map(lambda seconds: seconds * 1000),
    deck=texts.map(DeckName),
    id=texts,
    after=texts,
    is_new=st.booleans(),
    is_retired=st.booleans(),
    output=texts,
    behind=st.lists(
        st.builds(CollectionState, collection=collections, deck=texts, is_retired=st.booleans()),
        max_size=3,
        unique_by=lambda each: each.collection,
    ).map(tuple),
    hidden=st.lists(
        st.builds(
            lambda number, start, length, is_hidden: HiddenPart(
                number, start, start + length, is_hidden
            ),
            st.integers(1, 500),
            st.integers(0, 99),
            st.integers(0, 9),
            st.booleans(),
        ),
        max_size=3,
    ).map(tuple),
)
stamps = st.builds(NoteTypeStamp, kind=texts, id=whole, fingerprint=texts, mod=times)
choices = st.builds(
    FileChoice,
    file=texts,
    questions=texts,
    question_level=st.none() | st.integers(1, 6),
    subdecks=texts,
)
locks = st.builds(
    Lock,
    project=texts,
    deck=texts,
    notetypes=st.lists(stamps, max_size=3, unique_by=lambda stamp: stamp.kind).map(
        lambda found: tuple(sorted(found, key=lambda stamp: stamp.kind))
    ),
    files=st.lists(choices, max_size=3, unique_by=lambda choice: choice.file).map(
        lambda found: tuple(sorted(found, key=lambda choice: choice.file))
    ),
    titles=st.lists(st.builds(KeptTitle, title=texts, file=texts), max_size=3, unique=True).map(
        lambda found: tuple(sorted(found, key=lambda kept: (kept.title, kept.file)))
    ),
    deliveries=st.lists(
        st.builds(Delivery, collection=collections, at=times),
        max_size=3,
        unique_by=lambda each: each.collection,
    ).map(lambda found: tuple(sorted(found, key=lambda each: each.collection))),
    entries=st.lists(entries, max_size=5, unique_by=lambda entry: entry.guid).map(
        lambda found: tuple(sorted(found, key=entry_order))
    ),
).map(with_known_collections)


@given(locks)
def test_a_lock_that_is_written_and_read_is_the_same(lock: Lock) -> None:
    text = format_lock(lock)

    assert parse_lock(text, "deck.lock") == (lock, ())
    assert format_lock(lock) == text


@given(locks, st.data())
def test_a_lock_cut_anywhere_is_damaged(lock: Lock, data: st.DataObject) -> None:
    text = format_lock(lock)
    end = data.draw(st.integers(0, len(text.rstrip()) - 1))

    found, problems = parse_lock(text[:end], "deck.lock")

    assert found is None
    assert [problem.code for problem in problems] == [Code.DAMAGED_LOCK]


@given(st.text())
def test_any_other_text_is_an_error(text: str) -> None:
    lock, problems = parse_lock(text, "deck.lock")

    assert lock is None
    assert len(problems) == 1


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("\n\n", 1),
        ("just words", 1),
        ("[" * 100_000, 1),
        ('{"deck": "ML"}', 1),
        (TEXT.replace('{"lock": 1, "project": "k3v9"}\n\n', ""), 1),
        (TEXT.replace('"lock": 1', '"lock": 0'), 1),
        (TEXT.replace('"lock": 1', '"lock": true'), 1),
        (TEXT.replace('{"deck"', '{"dock"'), 3),
        (TEXT.replace('"mod": 7, "born"', '"mod": "7", "born"'), 9),
        (TEXT.replace('"mod": 7, "born"', '"mod": -7, "born"'), 9),
        (TEXT.replace('"mod": 7, "born"', '"mod": 7e400, "born"'), 9),
        (TEXT.replace('"mod": 7, "born"', '"mod": 9007199254740991, "born"'), 9),
        (TEXT.replace('"born": 7000', '"born": 9007199254740991'), 9),
        (TEXT.replace('"mod": 7}', '"mod": 9007199254740991}'), 5),
        (TEXT.replace('"mod": 7, "born"', '"mod": ' + "7" * 5000 + ', "born"'), 9),
        (TEXT.replace('"mod": 7, "born"', '"mod": 7, "mod": 8, "born"'), 9),
        (TEXT.replace('"mod": 7, "born"', '"born"'), 9),
        (TEXT.replace('["Basics"]', '[["Basics"]]'), 9),
        (TEXT.replace('["Basics"]', '{"Basics": 1}'), 9),
        (TEXT.replace('"is_new": false', '"is_new": 0'), 9),
        (TEXT.replace("aaaaaaaaaaaaa", "AAAAAAAAAAAAA"), 9),
        (TEXT.replace("What is", "\\ud800"), 9),
        (TEXT.replace('{"end": "lock"}\n', ""), 9),
        (TEXT + TEXT, 12),
        (TEXT + '{"deck": "ML"}', 12),
    ],
)
def test_a_damaged_lock_is_an_error_with_its_line(text: str, line: int) -> None:
    lock, problems = parse_lock(text, "deck.lock")

    assert lock is None
    assert [(p.code, p.place) for p in problems] == [(Code.DAMAGED_LOCK, Place("deck.lock", line))]
    assert "restore" in problems[0].hint


def test_the_hint_names_the_content_that_is_there_now(tmp_path: Path) -> None:
    lock_file = (tmp_path / "leaves.lock").as_posix()
    hints = [parse_lock("", lock_file)[1][0].hint]
    (tmp_path / "leaves.md").touch()
    hints.append(parse_lock("", lock_file)[1][0].hint)

    assert ["--lock" in hint for hint in hints] == [True, False]


def test_conflict_markers_are_named_with_their_line() -> None:
    text = TEXT.replace('{"deck": "ML"}', '<<<<<<< HEAD\n{"deck": "A"}\n=======\n>>>>>>> b')

    lock, problems = parse_lock(text, "deck.lock")

    assert lock is None
    assert [(p.code, p.place.line) for p in problems] == [(Code.CONFLICTED_LOCK, 3)]


def test_a_newer_lock_is_refused_whatever_else_it_holds() -> None:
    text = '{"lock": 99, "project": "k3v9", "salt": []}\n\n{"picture": 1}\n'

    lock, problems = parse_lock(text, "deck.lock")

    assert lock is None
    assert [(p.code, p.place.line) for p in problems] == [(Code.NEWER_LOCK, 1)]


def parsed(*entries: LockEntry) -> tuple[LockEntry, ...]:
    lock, problems = parse_lock(format_lock(replace(LOCK, entries=entries)), "deck.lock")
    assert lock is not None
    assert problems == ()
    return lock.entries


def test_the_later_state_of_a_duplicate_note_counts() -> None:
    early, late = entry(mod=7), replace(entry(mod=8), file="z.md", made="later")

    assert parsed(early, late) == (late,)
    assert parsed(replace(early, file="zz.md"), late) == (late,)


def test_two_states_of_a_note_with_one_time_are_both_outdated() -> None:
    ours, theirs = entry(), replace(entry(), made="theirs", front="What are tokens?")

    (kept,) = parsed(ours, theirs)

    assert kept.mod == 7
    assert kept.made not in {ours.made, theirs.made}


def test_a_note_retired_on_one_branch_and_untouched_on_the_other_is_live() -> None:
    live, retired = replace(entry(), after="b" * 13), replace(entry(), is_retired=True)

    assert parsed(live, retired) == (live,)
    assert parsed(retired, live) == (live,)


def test_one_of_two_duplicate_note_types_or_choices_is_kept() -> None:
    early, late = NoteTypeStamp("qa", 1, "old", 7), NoteTypeStamp("qa", 1, "new", 8)
    ours, theirs = FileChoice("a.md", "headings", 3, "none"), FileChoice("a.md", "lists", None, "")
    text = format_lock(replace(LOCK, notetypes=(late, early), files=(ours, theirs)))

    lock, problems = parse_lock(text, "deck.lock")

    assert lock is not None
    assert problems == ()
    assert lock.notetypes == (late,)
    assert lock.files == (theirs,)


def test_two_styles_of_a_note_type_with_one_time_are_both_outdated() -> None:
    ours, theirs = NoteTypeStamp("qa", 1, "ours", 7), NoteTypeStamp("qa", 1, "theirs", 7)

    lock, _ = parse_lock(format_lock(replace(LOCK, notetypes=(ours, theirs))), "deck.lock")

    assert lock is not None
    assert lock.notetypes == (NoteTypeStamp("qa", 1, "", 7),)


@pytest.mark.parametrize("digest", ["/etc/passwd", "../../x", "ab", "\0" * 64, "AB" * 32, "é" * 64])
def test_a_pin_is_no_path(digest: str) -> None:
    pin = ImagePin("https://example.org/leaf.png", digest, 9)

    lock, (problem,) = parse_lock(format_lock(replace(LOCK, pins=(pin,))), "deck.lock")

    assert lock is None
    assert "'sha256' has an invalid value" in problem.message


def _placed(guid: str, after: str = "", born: int = 1, **changes: Any) -> LockEntry:
    return replace(entry(guid), after=after, born=born, **changes)


def test_entries_are_in_the_order_of_files_and_places() -> None:
    gone = {"is_retired": True}
    entries = (
        _placed("z", file="10.md"),
        _placed("y", file="9.md"),
        _placed("c", after="a", born=2),
        _placed("m", after="a", born=8, **gone),  # between the two, and younger
        _placed("a", born=3),
        _placed("n", after="m", born=9, **gone),
        _placed("x", after="w", file="circle.md", born=5),
        _placed("w", after="x", file="circle.md", born=4, **gone),
    )
    lock = replace(LOCK, entries=entries)

    assert _order(lock, "acmnzy") == "yzamnc"
    assert _order(lock, "nc") == "nc"
    assert _order(lock, "wx") == "wx"


def _order(lock: Lock, guids: str) -> str:
    return "".join(each.guid for each in in_source_order(lock, {*map(Guid, guids)}))
