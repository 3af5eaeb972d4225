"""Lists the Python-Markdown extensions and options that any folder may use.

Listed options have plain values. Python-Markdown and pymdownx never call, import, open or fetch
them, or use them as a pattern or template. ``docs/security.md`` says what other options can do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OptionKind:
    """The type of an option: its name in messages, and a test of its JSON value."""

    words: str
    is_fit: Callable[[object], bool]


OptionKinds = Mapping[str, "OptionKind | OptionKinds"]
"""OptionKinds by name. An extension that loads others has their options, by their names."""


def module_of(name: str) -> str:
    """Return the module of a well-known extension ``name``, ``""`` for any other name."""
    module = name if "." in name else f"markdown.extensions.{name}"
    return module if module in EXTENSIONS else ""


_LONGEST = 1_000  # characters of a text, which may appear on a card once for each heading


def _is_text(value: object) -> bool:
    return isinstance(value, str) and len(value) <= _LONGEST


def _whole(low: int, high: int) -> OptionKind:
    def is_fit(value: object) -> bool:
        return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high

    return OptionKind(f"a whole number from {low} to {high}", is_fit)


def _choice(*names: str) -> OptionKind:
    words = ", ".join(f"'{name}'" for name in names[:-1])
    return OptionKind(f"{words} or '{names[-1]}'", lambda value: value in names)


def _matching(words: str, pattern: str) -> OptionKind:
    """Return the kind of a text without special characters of patterns and templates."""
    compiled = re.compile(pattern)

    return OptionKind(words, lambda text: isinstance(text, str) and bool(compiled.fullmatch(text)))


def _either(*kinds: OptionKind) -> OptionKind:
    words = " or ".join(kind.words for kind in kinds)
    return OptionKind(words, lambda value: any(kind.is_fit(value) for kind in kinds))


def _list_of(kind: OptionKind) -> OptionKind:
    return OptionKind(
        f"a list, each part of it {kind.words}",
        lambda value: isinstance(value, list) and all(map(kind.is_fit, value)),
    )


def _mapping_of(kind: OptionKind) -> OptionKind:
    return OptionKind(
        f"a mapping of names to {kind.words}",
        lambda value: (
            isinstance(value, dict) and all(value) and all(map(kind.is_fit, value.values()))
        ),
    )


def _with_keys(
    needed: Mapping[str, OptionKind], others: Mapping[str, OptionKind] | None = None
) -> OptionKind:
    allowed = {**needed, **(others or {})}

    def is_fit(value: object) -> bool:
        if not isinstance(value, dict) or needed.keys() - value.keys():
            return False
        return all(key in allowed and allowed[key].is_fit(part) for key, part in value.items())

    return OptionKind(f"a mapping with no other keys than {', '.join(allowed)}", is_fit)


_FLAG = OptionKind("true or false", lambda value: value is None or isinstance(value, bool))
_TEXT = OptionKind("text", _is_text)
_NAME = _matching("a name of letters, digits, '-' and '_'", r"[A-Za-z][\w-]{0,60}")
_SEPARATOR = _choice("-", "_", ".", ":")
_TEMPLATE = _matching(
    "text with '{}' at most once, and no other brace", r"[^{}]{0,200}(\{\}[^{}]{0,200})?"
)
_LEVEL = _either(_whole(1, 6), _matching("the same in quotes", r"[1-6]"))
_DEPTH = _either(_whole(1, 6), _matching("such as '2-4'", r"[1-6](-[1-6])?"))
_PAIR = OptionKind(
    "a list of two texts",
    lambda value: isinstance(value, list) and len(value) == 2 and all(map(_is_text, value)),
)
_PLAIN = OptionKind(
    "a plain value", lambda value: value is None or isinstance(value, bool | int | str)
)
_LABEL = _either(_FLAG, _TEXT)


def _flags(*names: str) -> OptionKinds:
    return dict.fromkeys(names, _FLAG)


def _texts(*names: str) -> Mapping[str, OptionKind]:
    return dict.fromkeys(names, _TEXT)


_HIGHLIGHT: OptionKinds = {
    **_flags(
        "use_pygments", "noclasses", "linenums", "code_attr_on_pre", "auto_title",
        "anchor_linenums", "pygments_lang_class", "stripnl",
    ),
    "guess_lang": _either(_FLAG, _choice("block", "inline")),
    **_texts(
        "css_class", "linenums_class", "language_prefix", "line_spans", "line_anchors",
        "default_lang",
    ),
    "pygments_style": _NAME,
    "linenums_style": _choice("table", "inline", "pymdownx-inline"),
    "linenums_special": _whole(-1, 1_000),
    "extend_pygments_lang": _list_of(
        _with_keys(_texts("name", "lang"), {"options": _mapping_of(_PLAIN)})
    ),
    "auto_title_map": _mapping_of(_TEXT),
}  # fmt: skip
_FOOTNOTES: OptionKinds = {
    **_flags("UNIQUE_IDS", "USE_DEFINITION_ORDER"),
    "PLACE_MARKER": _matching("text", r".{1,200}"),
    "BACKLINK_TEXT": _TEXT,
    **dict.fromkeys(("SUPERSCRIPT_TEXT", "BACKLINK_TITLE"), _TEMPLATE),
    "SEPARATOR": _SEPARATOR,
}
_TABS: OptionKinds = {**_flags("alternate_style", "combine_header_slug"), "separator": _SEPARATOR}
_SUPERFENCES: OptionKinds = {
    **_flags("disable_indented_code_blocks", "preserve_tabs", "relaxed_headers"),
    "css_class": _TEXT,
    "custom_fences": _list_of(_with_keys({"name": _NAME, "class": _TEXT})),
}
_BETTEREM: OptionKinds = {
    "smart_enable": _choice("underscore", "asterisk", "all", "none"),
    "punctuation": _FLAG,
}
_BOXES = _list_of(_either(_NAME, _with_keys({"name": _NAME}, {"class": _TEXT, "title": _TEXT})))
_TABLES: OptionKinds = _flags("use_align_attribute")
_ABBREVIATIONS: OptionKinds = {"glossary": _mapping_of(_TEXT)}
_FENCED_CODE: OptionKinds = {"lang_prefix": _TEXT}
_WITHOUT_OPTIONS = """
markdown.extensions.admonition markdown.extensions.attr_list markdown.extensions.def_list
markdown.extensions.legacy_attrs markdown.extensions.legacy_em markdown.extensions.md_in_html
markdown.extensions.meta markdown.extensions.nl2br markdown.extensions.sane_lists
pymdownx.blocks.definition pymdownx.bracketspan pymdownx.details pymdownx.saneheaders
pymdownx.snippets
"""

EXTENSIONS: Mapping[str, OptionKinds] = {
    **{name: {} for name in _WITHOUT_OPTIONS.split()},
    "markdown.extensions.abbr": _ABBREVIATIONS,
    "markdown.extensions.codehilite": {
        **_flags("linenums", "guess_lang", "noclasses", "use_pygments"),
        **_texts("css_class", "lang_prefix"),
        "pygments_style": _NAME,
    },
    "markdown.extensions.extra": {
        "fenced_code": _FENCED_CODE,
        "footnotes": _FOOTNOTES,
        "tables": _TABLES,
        "abbr": _ABBREVIATIONS,
    },
    "markdown.extensions.fenced_code": _FENCED_CODE,
    "markdown.extensions.footnotes": _FOOTNOTES,
    "markdown.extensions.smarty": {
        **_flags("smart_quotes", "smart_angled_quotes", "smart_dashes", "smart_ellipses"),
        "substitutions": _mapping_of(_TEXT),
    },
    "markdown.extensions.tables": _TABLES,
    "markdown.extensions.toc": {
        **_flags("anchorlink", "permalink_leading"),
        **_texts(
            "marker", "title", "title_class", "toc_class", "anchorlink_class", "permalink_class",
            "permalink_title",
        ),
        "permalink": _LABEL,
        "baselevel": _LEVEL,
        "separator": _SEPARATOR,
        "toc_depth": _DEPTH,
    },
    "markdown.extensions.wikilinks": _texts("base_url", "end_url", "html_class"),
    "pymdownx.arithmatex": {
        **_flags("generic", "preview", "smart_dollar"),
        "block_syntax": _list_of(_choice("dollar", "square", "begin")),
        "inline_syntax": _list_of(_choice("dollar", "round")),
        **dict.fromkeys(("block_tag", "inline_tag"), _NAME),
        **dict.fromkeys(("tex_block_wrap", "tex_inline_wrap"), _PAIR),
    },
    "pymdownx.betterem": _BETTEREM,
    "pymdownx.blocks.admonition": {"types": _BOXES},
    "pymdownx.blocks.caption": {
        **_flags("auto", "prepend"),
        "auto_level": _whole(0, 10),
        "types": _list_of(
            _either(_NAME, _with_keys({"name": _NAME}, {"prefix": _TEMPLATE, "classes": _TEXT}))
        ),
    },
    "pymdownx.blocks.details": {"types": _BOXES},
    "pymdownx.blocks.html": {
        "custom": _list_of(_with_keys({"tag": _NAME}, {"mode": _NAME})),
    },
    "pymdownx.blocks.tab": _TABS,
    "pymdownx.caret": _flags("smart_insert", "insert", "superscript", "no_space", "punctuation"),
    "pymdownx.critic": {"mode": _choice("view", "accept", "reject"), "raw_view": _FLAG},
    "pymdownx.emoji": {
        "title": _choice("long", "short", "none"),
        "alt": _choice("short", "unicode", "html_entity"),
        "remove_variation_selector": _FLAG,
        "options": _with_keys(
            {},
            {
                "attributes": _mapping_of(_TEXT),
                **_texts("classes", "image_path", "non_standard_image_path", "size"),
            },
        ),
    },
    "pymdownx.escapeall": _flags("hardbreak", "nbsp"),
    "pymdownx.extra": {
        "pymdownx.betterem": _BETTEREM,
        "pymdownx.superfences": _SUPERFENCES,
        "markdown.extensions.footnotes": _FOOTNOTES,
        "markdown.extensions.tables": _TABLES,
        "markdown.extensions.abbr": _ABBREVIATIONS,
    },
    "pymdownx.fancylists": {
        "additional_ordered_styles": _list_of(_choice("roman", "alpha", "generic")),
        **_flags("inject_style", "inject_class"),
    },
    "pymdownx.highlight": _HIGHLIGHT,
    "pymdownx.inlinehilite": {"style_plain_text": _LABEL, "css_class": _TEXT},
    "pymdownx.keys": {
        **_flags("strict", "camel_case"),
        **_texts("separator", "class"),
        "key_map": _mapping_of(_TEXT),
    },
    "pymdownx.magiclink": {
        **_flags(
            "hide_protocol", "repo_url_shortener", "social_url_shortener", "repo_url_shorthand",
            "social_url_shorthand", "normalize_issue_symbols",
        ),
        "shortener_user_exclude": _mapping_of(_list_of(_NAME)),
        "provider": _NAME,
        "labels": _mapping_of(_TEXT),
        **_texts("user", "repo"),
        "custom": _mapping_of(
            _with_keys(
                {
                    "type": _choice("github", "gitlab", "bitbucket"),
                    "label": _TEXT,
                    "host": _matching("an address", r"https?://[\w.:/-]{1,200}"),
                },
                {"www": _FLAG},
            )
        ),
    },
    "pymdownx.mark": _flags("smart_mark"),
    "pymdownx.progressbar": {
        "level_class": _FLAG,
        "progress_increment": _whole(1, 100),
        "add_classes": _TEXT,
    },
    "pymdownx.quotes": _flags("callouts"),
    "pymdownx.smartsymbols": _flags(
        "trademark", "copyright", "registered", "plusminus", "arrows", "notequal", "fractions",
        "ordinal_numbers", "care_of",
    ),
    "pymdownx.striphtml": {
        **_flags("strip_comments", "strip_js_on_attributes"),
        "strip_attributes": _list_of(_NAME),
    },
    "pymdownx.superfences": _SUPERFENCES,
    "pymdownx.tabbed": _TABS,
    "pymdownx.tasklist": _flags("custom_checkbox", "clickable_checkbox"),
    "pymdownx.tilde": _flags("smart_delete", "delete", "subscript", "no_space", "punctuation"),
}  # fmt: skip
"""Extensions by module."""

NOT_LOADED = ("pymdownx.snippets",)
"""Accepted so that settings of a MkDocs site work, and never loaded, because it reads files.

``render/tools`` reports what it would add to a card.
"""

REASONS = {
    "pymdownx.b64": "leave it out: images are packed without it",
    "pymdownx.pathconverter": "leave it out: images are found beside the file that shows them",
}
"""Hints for extensions that read files or write paths."""

_PACKAGES = {
    **dict.fromkeys(("callouts", "github-callouts"), "markdown-callouts"),
    "customblocks": "markdown-customblocks",
    "material": "mkdocs-material",
    "mdx_gfm": "py-gfm",
    "mdx_math": "python-markdown-math",
    "neoteroi": "neoteroi-mkdocs",
    "pymdownx": "pymdown-extensions",
}
"""PyPI packages of well-known extensions, by the first part of the extension's name."""

_OF_THEIR_NAME = """
markdown_captions markdown_checklist markdown_del_ins markdown_gfm_admonition markdown_grid_tables
markdown_include markdown_katex md_mermaid mdx_breakless_lists mdx_gh_links mdx_include mdx_linkify
mdx_spanner mdx_truly_sane_lists mdx_unimoji mdx_wikilink_plus mkdocs-click mkdocs_click
plantuml_markdown yafg
"""
"""Those whose package has the same name, with hyphens."""


def package_of(name: str) -> str:
    """Return the PyPI package of an extension, ``""`` if we do not know it."""
    module = name.split(":")[0].split(".")[0]
    own = module.replace("_", "-") if module in _OF_THEIR_NAME.split() else ""
    return _PACKAGES.get(module, own)
