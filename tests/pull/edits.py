"""Edits as people make them in Anki's editor, and the Markdown that a person would write for each.

``SHOWN`` stands for an edit that has no sure place, so that it is shown and nothing is written.
"""

from __future__ import annotations

from dataclasses import dataclass

SHOWN = None
PASTED = (
    '<span style="color: rgb(32, 33, 34); font-family: sans-serif; font-size: 14px; '
    'background-color: rgb(255, 255, 255);">'
)


PHONE = "phone"
"""The field of an edit in AnkiDroid's editor, which saves each line end as ``<br>``."""


@dataclass(frozen=True)
class Kind:
    """An edit: ``old`` in the field's HTML becomes ``new``, and ``before`` becomes ``after``.

    ``before`` and ``after`` are the answer of a question, or with ``is_file`` a whole file.
    ``new`` is the whole field where ``old`` is empty.
    """

    name: str
    before: str
    old: str
    new: str
    after: str | None
    field: str = "Answer"
    is_file: bool = False

    def file(self, text: str) -> str:
        if self.is_file:
            return text
        before, behind = f"## Before {self.name}?\n\nYes.", f"## Behind {self.name}?\n\nNo."
        return f"# Topic\n\n{before}\n\n## What of {self.name}?\n\n{text}\n\n{behind}\n"


def asked(question: str, answer: str = "An organ.") -> str:
    return f"# Topic\n\n## {question}\n\n{answer}\n\n## And behind it?\n\nNo.\n"


def chosen(question: str, *options: str) -> str:
    """A quiz whose questions name the right option in a gap."""
    return (
        f"1. {question} ( A )\nA. {options[0]}\nB. {options[1]}\n\n2. Bark is ( B ).\nA. a\nB. b\n"
    )


def hidden(text: str) -> str:
    """A file with a cloze note of this text."""
    return f"# Leaves\n\n{text}\n\nThe {{{{c1::root}}}} is below.\n"


WRAPPED = "A leaf is a flat organ of a plant\nthat makes sugar from light."
LIST = "Leaves have:\n\n- a blade\n- a stalk\n- veins\n\nThat is all."
STEPS = "1. Open the door.\n2. Go in.\n3. Close it."
TABLE = "| part | use |\n|:--|--:|\n| blade | light |\n| stalk | hold |"
OTHER = "\n## And the leaf?\n\n![leaf](leaf.png) is it.\n"
KATEX = "§"
"""The HTML of the first formula of the field."""

IMAGE, FIRST, SECOND, LEAF = "¤", "¹", "²", "³"
"""The HTML of the first image of the field, and the names of the files of the first two, and of
the picture of a leaf."""

# fmt: off
TYPOS = (
    Kind("a letter", "A laef is green.", "laef", "leaf", "A leaf is green."),
    Kind("a word put in", WRAPPED, "flat organ", "flat, green organ",
         "A leaf is a flat, green organ of a plant\nthat makes sugar from light."),
    Kind("a word taken out", WRAPPED, "flat organ", "organ",
         "A leaf is a organ of a plant\nthat makes sugar from light."),
    Kind("two words exchanged", "It is old and green.", "old and green", "green and old",
         "It is green and old."),
    Kind("a comma", "A leaf which is green.", "leaf which", "leaf, which",
         "A leaf, which is green."),
    Kind("a capital letter", "it is green.", "it is", "It is", "It is green."),
    Kind("the word before a line end", WRAPPED, "a plant\n", "a tree\n",
         "A leaf is a flat organ of a tree\nthat makes sugar from light."),
    Kind("words at the end", WRAPPED, "light.", "light and air.",
         "A leaf is a flat organ of a plant\nthat makes sugar from light and air."),
    Kind("words at the start", "**Leaves** are green.", "<p><strong>", "<p>All <strong>",
         "All **Leaves** are green."),
    Kind("in bold", "It is **vrey green** there.", "vrey", "very", "It is **very green** there."),
    Kind("in italics with underscores", "It is _vrey_ green.", "vrey", "very",
         "It is _very_ green."),
    Kind("in code", "Call `lst.sort()` first.", "lst", "rows", "Call `rows.sort()` first."),
    Kind("in the text of a link", "Leaves are on [teh page](https://a.example/b).", "teh", "the",
         "Leaves are on [the page](https://a.example/b)."),
    Kind("in a heading of the answer", "### Prats\n\nOne.", "Prats", "Parts", "### Parts\n\nOne."),
    Kind("in a list", LIST, "a stalk", "one stalk", LIST.replace("a stalk", "one stalk")),
    Kind("in a nested list", "- a\n    - bb\n    - c\n- d", "bb", "b",
         "- a\n    - b\n    - c\n- d"),
    Kind("in a cell", TABLE, "hold", "to hold", TABLE.replace("hold", "to hold")),
    Kind("in a quote", "> All leafs\n> are green.", "leafs", "leaves",
         "> All leaves\n> are green."),
    Kind("in a callout", "> [!note]\n> All leafs are green.", "leafs", "leaves",
         "> [!note]\n> All leaves are green."),
    Kind("in the title of a callout", "> [!tip] Remembr it\n> Green.", "Remembr", "Remember",
         "> [!tip] Remember it\n> Green."),
    Kind("in a directive between colons", ":::{note}\nAll leafs are green.\n:::", "leafs", "leaves",
         ":::{note}\nAll leaves are green.\n:::"),
    Kind("in a directive in a fence", "```{note}\nAll leafs are green.\n```", "leafs", "leaves",
         SHOWN),
    Kind("beside a directive in a fence", "```ad-note\ntitle: A\nGreen.\n```\n\nEdn.",
         "Edn", "End", "```ad-note\ntitle: A\nGreen.\n```\n\nEnd."),
    Kind("in the caption of a figure", ":::{figure} dot.png\n:alt: a\nAll leafs.\n:::",
         "leafs", "leaves", ":::{figure} dot.png\n:alt: a\nAll leaves.\n:::"),
    Kind("in code with options", "```{code-block} c\n:linenos:\nprnt(x)\n```", "prnt", "print",
         "```{code-block} c\n:linenos:\nprint(x)\n```"),
    Kind("beside a formula of MyST", "```{math}\n:label: a\nx\n```\n\nEdn.", "Edn", "End",
         "```{math}\n:label: a\nx\n```\n\nEnd."),
    Kind("in code with a title", "```python title=\"a.py\"\nprnt(x)\n```\n\nEnd.",
         "prnt", "print", "```python title=\"a.py\"\nprint(x)\n```\n\nEnd."),
    Kind("beside code with a title", "```python title=\"a.py\"\nprint(x)\n```\n\nEdn.",
         "Edn", "End", "```python title=\"a.py\"\nprint(x)\n```\n\nEnd."),
    Kind("the title of code", "```python title=\"a.py\"\nprint(x)\n```\n\nEnd.",
         "a.py", "b.py", SHOWN),
    Kind("in a line of code", "```python\nfor x in rows:\n    prnt(x)\n```\n\nEnd.",
         "prnt", "print", "```python\nfor x in rows:\n    print(x)\n```\n\nEnd."),
    Kind("in a footnote", "Green[^1].\n\n[^1]: Mostly greeen.", "greeen", "green",
         "Green[^1].\n\n[^1]: Mostly green."),
    Kind("in a definition", "Blade\n: The falt part.", "falt", "flat", "Blade\n: The flat part."),
    Kind("beside an escaped sign", r"It costs 5\* or more.", "more", "less",
         r"It costs 5\* or less."),
    Kind("beside an entity", "Q&amp;A is old&nbsp;style.", "style", "fashion",
         "Q&amp;A is old&nbsp;fashion."),
    Kind("two in one paragraph", "A laef is geren.", "laef is geren", "leaf is green",
         "A leaf is green."),
    Kind("in a question", asked("What is a laef?"), "laef", "leaf", asked("What is a leaf?"),
         "Question", is_file=True),
    Kind("in a question with number and tag", asked("3. Is a laef flat? {.basics}", "Mostly."),
         "laef", "leaf", asked("3. Is a leaf flat? {.basics}", "Mostly."),
         "Question", is_file=True),
    Kind("in options that are lines", chosen("Which is hard?", "bark", "a laef"), "laef",
         "leaf", chosen("Which is hard?", "bark", "a leaf"), "Question", is_file=True),
    Kind("beside a gap that names an option", chosen("Where is sap storred?", "in roots", "in air"),
         "storred", "stored", chosen("Where is sap stored?", "in roots", "in air"), "Question",
         is_file=True),
    Kind("in a hint", asked("What?", "> [!hint]\n> It is geren.\n\nA leaf."), "geren", "green",
         asked("What?", "> [!hint]\n> It is green.\n\nA leaf."), "Hint", is_file=True),
    Kind("in an answer with a label", "Q: What is it?\nA: A laef.\n\nQ: And that?\nA: No.\n",
         "laef", "leaf", "Q: What is it?\nA: A leaf.\n\nQ: And that?\nA: No.\n", is_file=True),
    Kind("in Chinese", "叶子是绿色的。", "绿色", "绿颜色", "叶子是绿颜色的。"),
    Kind("the whole answer", "It is red.", "", "<p>Nobody knows the colour.</p>",
         "Nobody knows the colour."),
)

MARKS = (
    Kind("a word before italics with underscores", "It is _very green_ there.", "It is",
         "That is", "That is _very green_ there."),
    Kind("more in italics with underscores", "It is _very green_ there.", "is <em>",
         "is <em>not ", "It is _not very green_ there."),

    Kind("bold", "A leaf is green.", "green", "<b>green</b>", "A leaf is **green**."),
    Kind("bold over two words and a line end", WRAPPED, "a plant\nthat makes",
         "a <b>plant\nthat makes</b>",
         "A leaf is a flat organ of a **plant\nthat makes** sugar from light."),
    Kind("bold taken away", "A leaf is **green**, always.", "<strong>green</strong>", "green",
         "A leaf is green, always."),
    Kind("bold for less", "It is **old and green**.", "<strong>old and green</strong>",
         "<strong>old</strong> and green", "It is **old** and green."),
    Kind("bold with a blank in it", "A leaf is green.", "leaf ", "<b>leaf </b>",
         "A **leaf** is green."),
    Kind("italics", "A leaf is green.", "leaf", "<i>leaf</i>", "A *leaf* is green."),
    Kind("italics as the author writes them", "A _leaf_ is green.", "green", "<i>green</i>",
         "A _leaf_ is _green_."),
    Kind("bold and italics", "A leaf is green.", "green", "<b><i>green</i></b>",
         "A leaf is ***green***."),
    Kind("underlined", "A leaf is green.", "green", "<u>green</u>", "A leaf is <u>green</u>."),
    Kind("a subscript", "Water is H2O.", "H2O", "H<sub>2</sub>O", "Water is H<sub>2</sub>O."),
    Kind("code", "Call sort first.", "sort", "<code>sort</code>", "Call `sort` first."),
    Kind("a link", "Leaves are on the page.", "the page",
         '<a href="https://a.example/b">the page</a>',
         "Leaves are on [the page](https://a.example/b)."),
    Kind("a link to elsewhere", "Leaves make [sugar](https://a.example/b).", "https://a.example/b",
         "https://a.example/c", "Leaves make [sugar](https://a.example/c)."),
    Kind("a link taken away", "See [it](https://a.example/b) now.",
         '<a href="https://a.example/b">it</a>', "it", "See it now."),
    Kind("half of a word bold", "A leafstalk is green.", "leafstalk", "leaf<b>stalk</b>",
         "A leaf**stalk** is green."),
    Kind("a colour", "A leaf is green.", "green",
         '<span style="color: rgb(255, 0, 0);">green</span>', SHOWN),
)

BLOCKS = (
    Kind("a hint where there was none", asked("Does it grow?", "A lot."), "",
         "<p>Think of <b>trees</b>.</p>",
         asked("Does it grow?", "A lot.\n\n> [!hint]\n> Think of **trees**."),
         "Hint", is_file=True),
    Kind("an extra where there was none", asked("Does it end?", "Not soon."), "",
         "See also:<br><br>the end",
         asked("Does it end?", "Not soon.\n\n> [!extra]\n> See also:\n>\n> the end"),
         "Extra", is_file=True),

    Kind("an item behind an address", "Sources:\n\n* https://a.example/b", "</li>",
         "</li><li>A book.</li>", "Sources:\n\n* https://a.example/b\n* A book."),
    Kind("a changed line of code over one that is indented",
         "```js\nf(() => {\n  a()\n  b()\n})\n```", ">a<", ">c<",
         "```js\nf(() => {\n  c()\n  b()\n})\n```"),
    Kind("a paragraph beside an extra taken out",
         "One.\n\nTwo.\n\n> [!extra]\n> More.\n\nThree.", "<p>Two.</p>\n", "",
         "One.\n\n> [!extra]\n> More.\n\nThree."),
    Kind("a film", "One.", "<p>One.</p>", '<p>One.</p><video src="a.mp4"></video>', SHOWN),

    Kind("an item at the end", LIST, "<li>veins</li>", "<li>veins</li><li>cells</li>",
         LIST.replace("- veins", "- veins\n- cells")),
    Kind("an item at the start", LIST, "<ul>\n<li>a blade</li>",
         "<ul><li>skin</li><li>a blade</li>", LIST.replace("- a blade", "- skin\n- a blade")),
    Kind("an item in between", LIST, "<li>a stalk</li>", "<li>a stalk</li><li>skin</li>",
         LIST.replace("- a stalk", "- a stalk\n- skin")),
    Kind("an item taken out", LIST, "<li>a stalk</li>\n", "", LIST.replace("- a stalk\n", "")),
    Kind("items exchanged", LIST, "<li>a blade</li>\n<li>a stalk</li>",
         "<li>a stalk</li>\n<li>a blade</li>",
         LIST.replace("- a blade\n- a stalk", "- a stalk\n- a blade")),
    Kind("an item nested as browsers do", LIST, "<li>veins</li>",
         "<li>veins</li><ul><li>thin</li></ul>", LIST.replace("- veins", "- veins\n  - thin")),
    Kind("an item of a list with stars", "* a\n* b", "<li>b</li>", "<li>b</li><li>c</li>",
         "* a\n* b\n* c"),
    Kind("an item of a loose list", "- a\n\n- b", "<li>\n<p>b</p>\n</li>",
         "<li>\n<p>b</p></li><li><p>c</p></li>", "- a\n\n- b\n\n- c"),
    Kind("a step in between", STEPS, "<li>Go in.</li>", "<li>Go in.</li><li>Sit down.</li>",
         "1. Open the door.\n2. Go in.\n3. Sit down.\n4. Close it."),
    Kind("a step taken out", STEPS, "<li>Go in.</li>\n", "", "1. Open the door.\n2. Close it."),
    Kind("a paragraph made a list", "Parts:\n\nBlade.", "<p>Blade.</p>",
         "<ul><li>Blade.</li><li>Stalk.</li></ul>", "Parts:\n\n- Blade.\n- Stalk."),
    Kind("a paragraph at the end", WRAPPED, "light.</p>", "light.</p><p>It is green.</p>",
         WRAPPED + "\n\nIt is green."),
    Kind("a line at the end as old editors write it", "One.", "<p>One.</p>",
         "<p>One.</p><div>Two.</div>", "One.\n\nTwo."),
    Kind("a paragraph parted", "It is green. It is flat.", "green. It",
         "green.</p><p>It", "It is green.\n\nIt is flat."),
    Kind("a paragraph parted by two breaks", "It is green. It is flat.", "green. It",
         "green.<br><br>It", "It is green.\n\nIt is flat."),
    Kind("paragraphs joined", "It is green.\n\nIt is flat.", "green.</p>\n<p>It is flat.",
         'green.&nbsp;<span style="font-size: 1rem;">It is flat.</span>',
         "It is green. It is flat."),
    Kind("a paragraph taken out", "One.\n\nTwo.\n\nThree.", "<p>Two.</p>\n", "", "One.\n\nThree."),
    Kind("a line break", "Roses are red, violets blue.", "red, violets", "red,<br>violets",
         "Roses are red,  \nviolets blue."),
    Kind("a row of a table", TABLE, "</tr>\n</tbody>",
         "</tr><tr><td>vein</td><td>flow</td></tr></tbody>", TABLE + "\n| vein | flow |"),
    Kind("a line of code more", "```python\nx = 1\ny = 2\n```", "</code>", "\nz = 3</code>",
         "```python\nx = 1\ny = 2\nz = 3\n```"),
    Kind("a paragraph of a quote", "> Green.", "<p>Green.</p>", "<p>Green.</p><p>Flat.</p>",
         "> Green.\n>\n> Flat."),
    Kind("a paragraph beside a comment", "One.\n\n<!-- ask Ann -->\n\nTwo.", "<p>Two.</p>", "",
         SHOWN),
)

FORMULAS = (
    Kind("a formula", "It is small.", "small", r"\(x^2\)", "It is $x^2$."),
    Kind("a formula replaced", "Here $x^2 + 1$ is meant.", KATEX, r"\(x^3 + 1\)",
         "Here $x^3 + 1$ is meant."),
    Kind("a formula replaced in the author's delimiters", r"Here \(x^2\) is meant.", KATEX,
         r"\(x^3\)", r"Here \(x^3\) is meant."),
    Kind("a formula taken out", "It is $x$ large.", KATEX + " ", "", "It is large."),
    Kind("a word beside a formula", r"It is \(\tilde x_t\) large.", "large", "small",
         r"It is \(\tilde x_t\) small."),
    Kind("a formula set off", "So:\n\n$$\nx^2\n$$\n\nEnd.", "<p>End.</p>",
         r"<p>Then:</p><p>\[y^2\]</p><p>End.</p>",
         "So:\n\n$$\nx^2\n$$\n\nThen:\n\n$$\ny^2\n$$\n\nEnd."),
    Kind("a dollar sign", "It is cheap.", "cheap", "$5 or $6", "It is $5 or $6."),
    Kind("signs that look like a formula", "It is cheap.", "cheap", "$x$", r"It is \$x\$."),
)

IMAGES = (
    Kind("an image of another question",
         asked("Where is it?", "Here ![dot](dot.png) it is.") + OTHER, FIRST, LEAF,
         asked("Where is it?", "Here ![leaf](leaf.png) it is.") + OTHER, is_file=True),
    Kind("an image taken out", "One ![dot](dot.png) more.", IMAGE + " ", "", "One more."),
    Kind("an image for another of the note", "![dot](dot.png)\n\n![leaf](leaf.png)",
         FIRST, SECOND, "![leaf](leaf.png)\n\n![leaf](leaf.png)"),
    Kind("a figure taken out", "```{figure} dot.png\nOne.\n```\n\nTwo.", f"<p>{IMAGE}</p>\n", "",
         SHOWN),
    Kind("an image moved", "One ![dot](dot.png) two three.", IMAGE + " two", "two " + IMAGE,
         "One two ![dot](dot.png) three."),
    Kind("an image that the content does not have", "One ![dot](dot.png) more.",
         FIRST, "paste-1.png", SHOWN),
    Kind("a word beside an image", "One ![dot](dot.png) more.", "more", "less",
         "One ![dot](dot.png) less."),
    Kind("an image made smaller", "One ![dot](dot.png) more.", 'alt="dot"', 'alt="dot" width="2"',
         SHOWN),
)

PASTES = (
    Kind("words of a web page", "It is green.", "green", f"{PASTED}very green</span>",
         "It is very green."),
    Kind("words with a link and bold", "It is.", "It is.",
         f'It is.{PASTED}&nbsp;See&nbsp;<b style="color: rgb(32, 33, 34);">this</b>&nbsp;</span>'
         '<a href="https://en.example.org/wiki/Leaf" style="color: rgb(51, 102, 204);">'
         f"leaf</a>{PASTED}&nbsp;page.</span>",
         "It is. See **this** [leaf](https://en.example.org/wiki/Leaf) page."),
    Kind("a paragraph", "One.", "<p>One.</p>",
         '<p>One.</p><p style="margin: 0.5em 0px; color: rgb(32, 33, 34);">Two, &nbsp;too.</p>',
         "One.\n\nTwo, too."),
    Kind("a list", "Parts:", "<p>Parts:</p>",
         '<p>Parts:</p><ul style="margin: 0.3em;"><li style="margin: 1px;"><span style="'
         'font-weight: 600;">blade</span></li><li>stalk</li></ul>',
         "Parts:\n\n- **blade**\n- stalk"),
    Kind("a heading", "One.", "<p>One.</p>",
         '<p>One.</p><h3 id="x"><span>Parts</span></h3><p>A.</p>',
         "One.\n\n### Parts\n\nA."),
    Kind("a block of code", "Run:", "<p>Run:</p>",
         '<p>Run:</p><pre style="font-family: monospace;">a = 1<br>b = 2</pre>',
         "Run:\n\n```\na = 1\nb = 2\n```"),
    Kind("signs of Markdown", "It is.", "It is.", "It is a*b*c and _d_ # e.",
         r"It is a\*b\*c and \_d\_ # e."),
    Kind("signs of HTML", "It is.", "It is.", "It is a &lt;b&gt; c &amp; d.",
         r"It is a \<b> c & d."),
    Kind("a name with underscores", "It is.", "It is.", "It is snake_case_name.",
         "It is snake_case_name."),
)

CLOZES = (
    Kind("a word before a deletion with signs of the author's own",
         "# Leaves\n\nC: The [bud] is now [closed].\n\nC: The [fruit] is ripe.\n",
         "is now", "is", "# Leaves\n\nC: The [bud] is [closed].\n\nC: The [fruit] is ripe.\n",
         "Text", is_file=True),

    Kind("a word of a cloze text", hidden("The {{c1::blade}} sits on a {{c2::stalk::part}}."),
         "sits on", "stands on", hidden("The {{c1::blade}} stands on a {{c2::stalk::part}}."),
         "Text", is_file=True),
    Kind("a hidden word", hidden("Its {{c1::balde}} sits on the {{c2::stalk::part}}."),
         "balde", "blade", hidden("Its {{c1::blade}} sits on the {{c2::stalk::part}}."),
         "Text", is_file=True),
    Kind("a deletion more", hidden("A {{c1::flower}} sits on a twig."),
         "twig", "{{c2::twig}}", hidden("A {{c1::flower}} sits on a {{c2::twig}}."),
         "Text", is_file=True),
    Kind("a hint of a deletion", hidden("The {{c1::seed}} is in a fruit."),
         "seed}}", "seed::part}}", hidden("The {{c1::seed::part}} is in a fruit."),
         "Text", is_file=True),
)

PHONES = (
    Kind("a letter on the phone", WRAPPED, "flat", "thin", WRAPPED.replace("flat", "thin"), PHONE),
    Kind("a letter in a list on the phone", LIST, "a stalk", "one stalk",
         LIST.replace("a stalk", "one stalk"), PHONE),
    Kind("a line on the phone", "Roses are red,\nthe sky is blue.",
         "red,\n", "red,\nviolets too,\n",
         "Roses are red,  \nviolets too,\nthe sky is blue.", PHONE),
    Kind("a line of code on the phone", "```python\nx = 1\ny = 2\n```\n\nIt ends\nhere.",
         "ends", "stops", "```python\nx = 1\ny = 2\n```\n\nIt stops\nhere.", PHONE),
    Kind("a word beside a long formula on the phone", "So\n\n$$\na\n= b\n$$\n\nis true.", "is true",
         "is false", "So\n\n$$\na\n= b\n$$\n\nis false.", PHONE),
    Kind("a paragraph on the phone", WRAPPED, "light.</p>", "light.\n\nIt is green.</p>",
         WRAPPED + "\n\nIt is green.", PHONE),
)

# fmt: on

KINDS = (*TYPOS, *MARKS, *BLOCKS, *FORMULAS, *IMAGES, *PASTES, *CLOZES, *PHONES)

NOISE = (
    ("a line break at the end", "<p>One.</p>", "<p>One.<br></p>"),
    ("line ends as AnkiDroid saves them", "\n", "<br>"),
    ("an empty line", "<p>One.</p>", "<p>One.</p><div><br></div>"),
    ("blanks that do not break", "One two", "One&nbsp;two"),
    ("other names for bold", "<strong>b</strong>", "<b>b</b>"),
    ("a line for a paragraph", "<p>One.</p>", "<div>One.</div>"),
    ("an empty element", "One", "One<b></b><span></span>"),
    ("styles that say nothing", "One", '<span style="font-size: 16px; color: black;">One</span>'),
)
"""What Anki's editor writes in another way and nobody changed: its name, old and new HTML."""

_LINES = "A leaf is flat\nand green\nand thin."

LINE_BREAKS = [
    Kind("word", _LINES, "flat", "wide", _LINES.replace("flat", "wide")),
    Kind("new-break", _LINES, "leaf is", "leaf<br>is", _LINES.replace("leaf is", "leaf\nis")),
    Kind("no-break", _LINES, "flat<br>and", "flat and", _LINES.replace("flat\n", "flat ")),
    Kind("new-line", _LINES, "thin.", "thin.<br>It falls.", f"{_LINES}\nIt falls."),
    Kind("lost-line", _LINES, "and green<br>", "", "A leaf is flat\nand thin."),
    Kind("moved-line", _LINES, "and green<br>and thin.", "and thin.<br>and green",
         "A leaf is flat\nand thin.\nand green"),
    Kind("in-list", "- one\n  two\n- three", "two", "two<br>and a half",
         "- one\n  two\n  and a half\n- three"),
    Kind("bold", _LINES, "green", "<b>green</b>", _LINES.replace("green", "**green**")),
    Kind("phone", _LINES, "thin", "thick", _LINES.replace("thin", "thick"), PHONE),
]  # fmt: skip
"""Edits in a deck with ``line_breaks``."""
