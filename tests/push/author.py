"""An author who edits a deck of Markdown files, and what a learner must then have."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(slots=True)
class Question:
    """A question with an explicit id, so that a test knows its note whatever happens to it."""

    id: str
    front: str
    answer: str
    is_reverse: bool = False
    cloze: int = 0

    def markdown(self) -> str:
        if self.cloze:
            holes = " ".join(f"{{{{c{n}::part {n}}}}}" for n in range(1, self.cloze + 1))
            return f"## {self.front} {holes} {{#{self.id}}}\n\n{self.answer}\n"
        mark = " reverse" if self.is_reverse else ""
        return f"## {self.front} {{#{self.id}{mark}}}\n\n{self.answer}\n"


@dataclass(slots=True)
class Author:
    """The deck as the author has it: questions by file title, those that were taken out."""

    folder: Path
    root: str = "Garden"
    tags: tuple[str, ...] = ()
    files: dict[str, list[Question]] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    gone: list[Question] = field(default_factory=list)
    count: int = 0

    def write(self) -> None:
        """Put everything on the disk as it is now."""
        self.folder.mkdir(exist_ok=True)
        tags = f"tags: [{', '.join(self.tags)}]\n" if self.tags else ""
        (self.folder / "deck.yml").write_text(f"deck: {self.root}\n{tags}questions: headings\n")
        for name, questions in self.files.items():
            body = "\n".join(question.markdown() for question in questions)
            (self.folder / f"{name}.md").write_text(f"# {self.titles[name]}\n\n{body}")

    def deck(self, name: str) -> str:
        return f"{self.root}::{self.titles[name]}"

    def questions(self) -> list[tuple[str, Question]]:
        return [(name, question) for name in sorted(self.files) for question in self.files[name]]

    def plant(self, name: str) -> None:
        """Add a question to a file, somewhere."""
        self.count += 1
        question = Question(
            f"q{self.count}", f"What is plant number {self.count}?", f"Kind {self.count}."
        )
        self.files[name].insert(len(self.files[name]) // 2, question)

    def edit(self, chance: random.Random) -> str:
        """One edit of any kind; its name."""
        name = chance.choice(sorted(self.files))
        questions = self.files[name]
        kind = chance.choice(KINDS)
        if kind == "add" or (len(questions) < 3 and kind in ("remove", "move")):
            self.plant(name)
            return "add"
        question = chance.choice(questions)
        match kind:
            case "answer":
                question.answer += f" More {chance.randrange(1000)}."
            case "reword":
                question.front = question.front.replace("?", " now?")
            case "respell":
                question.answer = question.answer.replace(". ", ".  ")
            case "remove":
                questions.remove(question)
                self.gone.append(question)
            case "return" if self.gone:
                questions.append(self.gone.pop(chance.randrange(len(self.gone))))
            case "move":
                other = chance.choice(sorted(self.files))
                questions.remove(question)
                self.files[other].append(question)
            case "retitle":
                self.titles[name] = f"Bed {chance.randrange(100)} of {name}"
            case "rename":
                self.root = f"Garden {chance.randrange(100)}"
            case "tags":
                self.tags = tuple(chance.sample(("green", "wild", "spring"), 2))
            case "order":
                chance.shuffle(questions)
            case "reverse":
                question.is_reverse = not question.is_reverse
        return kind


KINDS = (
    *("answer", "answer", "reword", "respell", "add", "remove", "return", "move"),
    *("retitle", "rename", "tags", "order", "reverse"),
)
