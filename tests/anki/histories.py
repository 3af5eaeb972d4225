"""Decks whose author edits them at random, with the truth about every question and hidden word."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field


def _listed(words: str) -> list[str]:
    return words.split()


SUBJECTS = _listed(
    "heart liver kidney spleen lung stomach brain retina cochlea pancreas thyroid bladder femur "
    "tibia skull sternum aorta vein capillary neuron axon synapse myelin cortex thalamus "
    "amygdala bronchus alveolus trachea larynx tendon ligament cartilage marrow platelet lymph "
    "thymus gallbladder appendix colon duodenum oesophagus ureter nephron iris cornea pupil "
    "lens"
)
VERBS = _listed("pump filter store release absorb carry protect move feel divide cool warm")
PLACES = _listed("children sleep winter illness sport pregnancy old age darkness cold water space")
WORDS = _listed(
    "blood oxygen sugar water salt acid fat protein signal pressure wall muscle valve cell "
    "tissue fluid hormone enzyme energy heat rhythm nerve vessel bone gland growth waste air "
    "food light slowly quickly always often upper lower inner outer thick thin left right small "
    "large"
)
GERMAN = _listed(
    "Blut Sauerstoff Zucker Wasser Salz fließt durch die Wand und kommt langsam zurück wenn der "
    "Druck steigt oder ein Muskel sich spannt"
)
FRAMES = (
    "Why does the {} {} in {}?", "How can a {} {} during {}?", "What makes the {} {} after {}?",
)  # fmt: skip


@dataclass(eq=False)
class Word:
    """A word of a cloze note. It stays the same one wherever it goes, hidden or not."""

    text: str
    is_hidden: bool = False
    written: int = 0
    hint: str = ""

    def __str__(self) -> str:
        hint = f"::{self.hint}" if self.hint else ""
        if self.is_hidden and (self.written or hint):
            return f"{{{{c{self.written}::{self.text}{hint}}}}}"
        return f"=={self.text}==" if self.is_hidden else self.text


@dataclass(eq=False)
class Question:
    """A question with an answer, or a cloze note with words."""

    file: str
    section: str
    front: str = ""
    answer: str = ""
    hint: str = ""
    braces: str = ""
    words: list[Word] = field(default_factory=list)
    gone: list[Word] = field(default_factory=list)

    @property
    def content(self) -> tuple[str, ...]:
        """All that the cards of the note depend on."""
        return (self.section, self.front, self.answer, self.hint, self.braces, self.text)

    @property
    def text(self) -> str:
        return " ".join(map(str, self.words)) + "." if self.words else ""

    @property
    def hidden(self) -> list[Word]:
        return [word for word in self.words if word.is_hidden]

    def markdown(self) -> str:
        if self.words:
            return self.text
        hint = f"\n\n> [!hint]\n> {self.hint}" if self.hint else ""
        return f"### {self.front}{self.braces}\n\n{self.answer}{hint}"


class Author:
    """Edits a deck. What one build may take for another question is in ``free`` until the next."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.subjects = self.chance.sample(SUBJECTS, len(SUBJECTS))
        self.files = {
            f"{name}.md": f"Topic {name}" for name in ("q-alpha", "q-beta", "c-gamma", "c-delta")
        }
        self.sections = {file: ["Basics", "Details"] for file in self.files}
        self.questions: list[Question] = []
        self.deleted: list[Question] = []
        self.free: set[Question] = set()
        self.touched: set[Question] = set()
        for _ in range(8):
            self.write_question()
        for _ in range(3):
            self.write_cloze()

    def text_of(self, file: str) -> str:
        lines = ["---\nquestions: cloze\n---"] if file.startswith("c-") else []
        lines.append(f"# {self.files[file]}")
        here = [each for each in self.questions if each.file == file]
        for section in self.sections[file]:
            lines.append(f"## {section}")
            lines += [each.markdown() for each in here if each.section == section]
        return "\n\n".join(lines) + "\n"

    def in_order(self) -> list[Question]:
        """The questions as a build reads them."""
        return sorted(
            self.questions,
            key=lambda each: (each.file, self.sections[each.file].index(each.section)),
        )

    def edit(self) -> list[str]:
        """Make some edits. A question is edited once before the next build."""
        self.touched.clear()
        self.free.clear()
        done = []
        for _ in range(self.chance.randint(1, 5)):
            edit = self.chance.choice(EDITS)
            done.append(edit.__name__)
            edit(self)
        return done

    def pick(self, *, is_cloze: bool = False) -> Question | None:
        """A question that this round has not edited."""
        found = [
            each
            for each in self.questions
            if bool(each.words) == is_cloze and each not in self.touched
        ]
        if not found:
            return None
        question = self.chance.choice(found)
        self.touched.add(question)
        return question

    def sentence(self, length: int) -> str:
        return " ".join(self.chance.choices(WORDS, k=length)).capitalize() + "."

    def place(self, kind: str = "q-") -> tuple[str, str]:
        file = self.chance.choice([file for file in sorted(self.files) if file.startswith(kind)])
        return file, self.chance.choice(self.sections[file])

    def write_question(self) -> None:
        if self.subjects:
            verb, place = self.chance.choice(VERBS), self.chance.choice(PLACES)
            front = self.chance.choice(FRAMES).format(self.subjects.pop(), verb, place)
            new = Question(*self.place(), front, self.sentence(self.chance.randint(5, 12)))
            self.put(new)

    def write_cloze(self) -> None:
        if self.subjects:
            chosen = [self.subjects.pop(), *self.chance.sample(WORDS, 9)]
            words = [Word(text) for text in chosen]
            are_written = self.chance.random() < 0.3
            for number, word in enumerate(self.chance.sample(words[1:], 3), 1):
                word.is_hidden, word.written = True, number * are_written
            self.put(Question(*self.place("c-"), words=words))

    def put(self, question: Question) -> None:
        self.questions.insert(self.chance.randint(0, len(self.questions)), question)
        self.touched.add(question)


def reword_front(author: Author) -> None:
    if question := author.pick():
        words = question.front.split()
        at = author.chance.randrange(len(words) - 1)
        ways = [
            [*words[: at + 1], "usually", *words[at + 1 :]],
            ["Say", *words],
            [word if word not in PLACES else author.chance.choice(PLACES) for word in words],
            [word if len(word) < 6 else word[:2] + word[3:] for word in words],
        ]
        question.front = " ".join(author.chance.choice(ways))


def reword_answer(author: Author) -> None:
    if question := author.pick():
        words = question.answer.split()
        words[author.chance.randrange(len(words))] = author.chance.choice(WORDS)
        question.answer = " ".join([*words, author.chance.choice(WORDS)])


def switch_language(author: Author) -> None:
    if question := author.pick():
        question.answer = " ".join(author.chance.sample(GERMAN, 10)) + "."


def toggle_hint(author: Author) -> None:
    if question := author.pick():
        question.hint = "" if question.hint else author.sentence(3)


def toggle_reverse(author: Author) -> None:
    if question := author.pick():
        question.braces = "" if question.braces else " {reverse}"


def swap_neighbours(author: Author) -> None:
    at = author.chance.randrange(len(author.questions) - 1)
    author.questions[at : at + 2] = reversed(author.questions[at : at + 2])


def move(author: Author) -> None:
    question = author.chance.choice(author.questions)
    question.file, question.section = author.place(question.file[:2])


def rename_file(author: Author) -> None:
    old = author.chance.choice(sorted(author.files))
    new = f"{old[:2]}{author.chance.choice('ghijkl')}{author.chance.randint(10, 99)}.md"
    if new not in author.files:
        author.files[new] = author.files.pop(old)
        author.sections[new] = author.sections.pop(old)
        for each in author.questions:
            each.file = new if each.file == old else each.file
        for each in author.deleted:
            each.file = new if each.file == old else each.file


def rename_section(author: Author) -> None:
    file, old = author.place(author.chance.choice(["q-", "c-"]))
    new = f"{old.split()[0]} {author.chance.randint(10, 99)}"
    if new not in author.sections[file]:
        author.sections[file] = [new if name == old else name for name in author.sections[file]]
        for each in [*author.questions, *author.deleted]:
            if (each.file, each.section) == (file, old):
                each.section = new


def delete(author: Author) -> None:
    question = author.pick(is_cloze=author.chance.random() < 0.2)
    if question and len(author.questions) > 5:
        author.questions.remove(question)
        author.deleted.append(question)


def restore(author: Author) -> None:
    waiting = [each for each in author.deleted if each not in author.touched]
    if waiting:
        question = author.chance.choice(waiting)
        author.deleted.remove(question)
        author.put(question)


def duplicate_front(author: Author) -> None:
    """Ask the same in another place, with another answer."""
    if question := author.pick():
        file, section = author.place()
        if (file, section) != (question.file, question.section):
            author.put(Question(file, section, question.front, author.sentence(8)))


def split(author: Author) -> None:
    """Make two questions of one. Either may be the old one."""
    question = author.pick()
    if question and len(question.answer.split()) > 5:
        words = question.answer.split()
        half = len(words) // 2
        new = Question(question.file, question.section, f"{question.front} And then?")
        question.answer, new.answer = " ".join(words[:half]) + ".", " ".join(words[half:])
        author.put(new)
        author.free |= {question, new}


def merge(author: Author) -> None:
    """Make one question of two. It may be either."""
    one, other = author.pick(), author.pick()
    if one and other and len(author.questions) > 5:
        one.front, one.answer = f"{one.front} {other.front}", f"{one.answer} {other.answer}"
        author.questions.remove(other)
        author.free |= {one, other}


def hide(author: Author) -> None:
    if question := author.pick(is_cloze=True):
        author.chance.choice(question.words[1:]).is_hidden = True


def unhide(author: Author) -> None:
    question = author.pick(is_cloze=True)
    if question and len(question.hidden) > 1:
        word = author.chance.choice(question.hidden)
        word.is_hidden, word.written, word.hint = False, 0, ""


def hide_another(author: Author) -> None:
    """Take a mark away and set one elsewhere."""
    if question := author.pick(is_cloze=True):
        shown = [word for word in question.words[1:] if not word.is_hidden]
        if shown:
            old = author.chance.choice(question.hidden)
            old.is_hidden, old.written, old.hint = False, 0, ""
            author.chance.choice(shown).is_hidden = True


def insert_word(author: Author) -> None:
    if question := author.pick(is_cloze=True):
        known = {word.text for word in [*question.words, *question.gone]}
        new = [text for text in WORDS if text not in known]
        at = author.chance.randint(1, len(question.words))
        word = Word(author.chance.choice(new), is_hidden=author.chance.random() < 0.5)
        question.words.insert(at, word)


def remove_word(author: Author) -> None:
    question = author.pick(is_cloze=True)
    if question and len(question.words) > 5:
        word = author.chance.choice(question.words[1:])
        if not word.is_hidden or len(question.hidden) > 1:
            question.words.remove(word)
            question.gone.append(word)


def write_word_again(author: Author) -> None:
    question = author.pick(is_cloze=True)
    if question and question.gone:
        word = question.gone.pop(author.chance.randrange(len(question.gone)))
        question.words.insert(author.chance.randint(1, len(question.words)), word)


def move_word(author: Author) -> None:
    if question := author.pick(is_cloze=True):
        word = question.words.pop(author.chance.randrange(1, len(question.words)))
        question.words.insert(author.chance.randint(1, len(question.words)), word)


def write_numbers(author: Author) -> None:
    """Give each deletion a number of the author's, in any order."""
    if question := author.pick(is_cloze=True):
        for number, word in enumerate(
            author.chance.sample(question.hidden, len(question.hidden)), 1
        ):
            word.written = number


def remove_numbers(author: Author) -> None:
    if question := author.pick(is_cloze=True):
        for word in question.words:
            word.written, word.hint = 0, ""


Edit = Callable[[Author], None]
EDITS: tuple[Edit, ...] = (
    reword_front, reword_front, reword_answer, switch_language, toggle_hint, toggle_reverse,
    swap_neighbours, move, rename_file, rename_section, delete, restore, restore, duplicate_front,
    split, merge, hide, hide, unhide, unhide, hide_another, insert_word, remove_word,
    write_word_again, move_word, write_numbers, remove_numbers, Author.write_question,
    Author.write_cloze,
)  # fmt: skip
