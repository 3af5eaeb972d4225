"""Drawings made harmless, sized, and refused where they grow."""

from __future__ import annotations

import base64
import struct
import zlib
from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tinycss2 import parse_component_value_list

from cardwright.diagnostics import Code
from cardwright.media.picture import Picture, Refusal
from cardwright.media.svg import clean_svg
from cardwright.media.svg_css import clean_css
from tests.work import calls_of

OVERSIZED = Code.IMAGE_OVERSIZED
NAMESPACE = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def svg(inner: str, root: str = 'width="30" height="20" viewBox="0 0 30 20"') -> bytes:
    return f"<svg {NAMESPACE} {root}>{inner}</svg>".encode()


def cleaned(content: bytes | str) -> Picture:
    content = content if isinstance(content, bytes) else svg(content)
    picture = clean_svg(content)
    assert isinstance(picture, Picture)
    ElementTree.fromstring(picture.content)
    assert clean_svg(picture.content) == Picture(picture.content, "svg", is_clear=True)
    return picture


def text(content: bytes | str) -> str:
    return cleaned(content).content.decode()


def code(content: bytes) -> Code:
    refusal = clean_svg(content)
    assert isinstance(refusal, Refusal)
    return refusal.code


def empty_png(width: int, height: int) -> bytes:
    """A PNG that says how large it is and holds nothing."""
    size = b"IHDR" + struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    chunks = (size, b"IDAT" + zlib.compress(b""), b"IEND")
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (len(chunk) - 4).to_bytes(4) + chunk + zlib.crc32(chunk).to_bytes(4) for chunk in chunks
    )


def test_a_plain_drawing_is_written_as_it_is() -> None:
    inner = (
        '<title>Leaf &amp; root</title><defs><linearGradient id="g"><stop offset="0.5"/>'
        "</linearGradient></defs><style>.a &gt; .b{fill:url(#g)}</style>"
        '<g transform="rotate(30 4 5)" class="a"><path d="M0 0L9 9z" fill="url(#g)"/></g>'
        '<text x="1" y="2" xml:space="preserve">a  <tspan dy="3">b</tspan></text>'
    )
    root = 'xmlns="http://www.w3.org/2000/svg" width="9" height="9" viewBox="0 0 9 9"'
    plain = f"<svg {root}>{inner}</svg>\n"

    assert text(plain.encode()) == plain


@pytest.mark.parametrize(
    "inner",
    [
        "<script>alert(1)</script>",
        '<script xlink:href="http://example.org/x.js"/>',
        '<rect onclick="alert(1)" onLoad="alert(2)"/>',
        '<a xlink:href="javascript:alert(1)"><rect/></a>',
        '<a href="http://example.org/"><rect/></a>',
        '<set attributeName="onclick" to="alert(1)"/>',
        '<a id="x"><animate attributeName="href" values="javascript:alert(1)"/></a>',
        '<set attributeName="xlink:href" to="http://example.org/"/>',
        '<handler type="application/ecmascript">alert(1)</handler>',
        '<iframe xmlns="http://www.w3.org/1999/xhtml" src="http://example.org/"/>',
        '<x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script>',
        '<rect xml:base="http://example.org/"/>',
        '<?xml-stylesheet href="http://example.org/x.css"?>',
        "<!-- http://example.org alert -->",
        "<metadata>http://example.org alert</metadata>",
    ],
)
def test_scripts_and_links_of_a_drawing_go_without_a_message(inner: str) -> None:
    picture = cleaned(inner)

    written = picture.content.decode()
    for word in ("alert", "script", "example", " on"):
        assert word not in written
    assert picture.lost == ()


@pytest.mark.parametrize(
    "inner",
    [
        '<image href="http://example.org/x.png"/>',
        '<image xlink:href="//example.org/x.png"/>',
        '<image href="file:///etc/example"/>',
        '<image href="data:image/svg+xml;base64,example"/>',
        '<use href="other-example.svg#part"/>',
        '<filter><feImage href="https://example.org/x.png"/></filter>',
        '<rect fill="url(http://example.org/x.svg#a)"/>',
        "<rect style=\"fill: url( '//example.org/a' )\"/>",
        '<rect style="background: u\\72l(http://example.org/)"/>',
        '<rect style="mask-image: image-set(&quot;//example.org/a&quot; 1x)"/>',
        '<rect mask="image-set(&quot;//example.org/a&quot; 1x)"/>',
        "<style>@import 'http://example.org/x.css';</style>",
        "<style>@\\69mport url(http://example.org/x.css);</style>",
        "<style>@font-face{src:url(http://example.org/x.woff2)}</style>",
        "<style>a{fill:url(http://example.org/x</style>",
        "<style>a{fill:url(&quot;http://example.org/x</style>",
        "<style><![CDATA[a{fill:url(http://example.org/x)}]]></style>",
        "<style>a{content:'url(#'} a{fill:url(http://example.org/x.svg#a)}</style>",
        "<style>a{fill:URL/**/(x);mask:url(/**/http://example.org)}</style>",
        '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">example</p></foreignObject>',
        '<animate attributeName="fill" to="url(http://example.org/a)"/>',
    ],
)
def test_missing_parts_of_a_drawing_are_reported(inner: str) -> None:
    picture = cleaned(f"<rect/>{inner}")

    assert "example" not in picture.content.decode()
    assert len(picture.lost) == 1


@pytest.mark.parametrize(
    "inner",
    ['<image href="{}"/>', '<rect style="fill:url({})"/>', "<style>a{{fill:url({})}}</style>"],
)
def test_an_embedded_image_with_too_many_pixels_is_removed(inner: str) -> None:
    address = f"data:image/png;base64,{base64.b64encode(empty_png(60_000, 60_000)).decode()}"

    picture = cleaned(inner.format(address))

    assert b"data:" not in picture.content
    assert len(picture.lost) == 1


def test_what_is_left_around_a_rule_makes_no_rule() -> None:
    css, is_cut = clean_css("@im@import 'a';port 'http://example.org/x.css';")

    assert "@import" not in css
    assert is_cut


def test_what_a_switch_has_a_substitute_for_is_not_missing() -> None:
    inner = '<switch><foreignObject><p xmlns="http://www.w3.org/1999/xhtml">a</p></foreignObject>'

    picture = cleaned(inner + "<text>a</text></switch>")

    assert picture.lost == ()
    assert "<switch><text>a</text></switch>" in picture.content.decode()
    assert cleaned(f"{inner}</switch>").lost == ("<foreignObject>",)


def test_what_is_in_the_drawing_stays() -> None:
    pixel = "data:image/png;base64,iVBORw0KGgo="
    inner = (
        f'<image href="{pixel}"/><use xlink:href="#a"/><a href="http://x/"><g id="a"/></a>'
        f"<style>@font-face{{src:url(data:font/woff2;base64,d09GMg==)}}"
        f"@media (prefers-color-scheme:dark){{.a{{fill:url('#b')}}}}</style>"
    )

    written = text(inner)

    assert f'href="{pixel}"' in written
    assert 'xlink:href="#a"' in written
    assert '<g id="a"/>' in written
    assert 'url("data:font/woff2;base64,d09GMg==")' in written
    assert ".a{fill:url(#b)}" in written


def test_other_namespaces_go() -> None:
    inner = (
        '<i:g xmlns:i="http://i.example/"><rect/></i:g><rect i:x="1" xmlns:i="http://i.example/"/>'
    )

    assert text(inner).endswith('viewBox="0 0 30 20"><rect/></svg>\n')


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_every_encoding_becomes_utf_8(encoding: str) -> None:
    declaration = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>'
    content = f"{declaration}<svg {NAMESPACE}><text>Blätter</text></svg>".encode(encoding)

    assert "<text>Blätter</text>" in text(content)


def test_a_prefix_is_no_hindrance() -> None:
    content = b'<s:svg xmlns:s="http://www.w3.org/2000/svg" width="9" height="9"><s:rect/></s:svg>'

    assert "<rect/>" in text(content)


@pytest.mark.parametrize(
    ("root", "size"),
    [
        ('viewBox="0 0 48 24"', ("48", "24", "0 0 48 24")),
        ('viewBox="0,0,48,24" width="100%" height="100%"', ("48", "24", "0,0,48,24")),
        ('viewBox="0 0 48 24" width="96"', ("96", "48", "0 0 48 24")),
        ('viewBox="0 0 48 24" height="1in"', ("192", "96", "0 0 48 24")),
        ('viewBox="0 0 48 24" width="10" height="10"', ("10", "10", "0 0 48 24")),
        ('viewBox="0 0 40000 20000"', ("1000", "500", "0 0 40000 20000")),
        ('viewBox="0 0 1 0.5"', ("300", "150", "0 0 1 0.5")),
        ('width="60" height="30px"', ("60", "30px", "0 0 60 30")),
        ('width="3cm" height="10mm"', ("3cm", "10mm", "0 0 113.3858 37.7953")),
        ('viewBox="0 0 0 0" width="60"', ("60", None, "0 0 0 0")),
        ("", (None, None, None)),
    ],
)
def test_a_drawing_has_a_size(root: str, size: tuple[str | None, ...]) -> None:
    written = ElementTree.fromstring(text(svg("<rect/>", root)))

    assert tuple(written.get(name) for name in ("width", "height", "viewBox")) == size


def test_namespaces_that_illustrator_writes_as_entities() -> None:
    start = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://x/svg11.dtd" [<!ENTITY s "http://www.w3.org/2000/svg">]>'

    assert "<rect/>" in text(f'{start}<svg xmlns="&s;" width="9" height="9"><rect/></svg>'.encode())


def laughs(depth: int = 9) -> bytes:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, depth))
    return f'<!DOCTYPE svg [<!ENTITY a0 "ha">{entities}]>'.encode() + svg(
        f"<text>&a{depth - 1};</text>"
    )


def uses(depth: int = 7) -> bytes:
    levels = (f'<g id="a{n}">{f"<use href=~#a{n - 1}~/>" * 10}</g>' for n in range(1, depth))
    return svg('<g id="a0"><rect/></g>' + "".join(levels).replace("~", '"'))


@pytest.mark.parametrize(
    "content",
    [
        laughs(),
        b'<!DOCTYPE svg [<!ENTITY a "%s">]>' % (b"x" * 1_001) + svg("<text>&a;</text>"),
        b'<!DOCTYPE svg [<!ENTITY a "%s">]>' % (b"x" * 999) + svg("&a;" * 30_000),
        b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + svg("<text>&x;</text>"),
        b'<!DOCTYPE svg [<!ENTITY % x SYSTEM "http://example.org/x.dtd">%x;]>' + svg(""),
        uses(),
        svg("<g>" * 300 + "</g>" * 300),
        svg("", 'width="30001" height="1"'),
        svg("", 'width="1" height="900000in"'),
    ],
    ids=["laughs", "long", "many", "file", "parameter", "uses", "deep", "wide", "high"],
)
def test_what_grows_when_it_is_opened_is_refused_at_once(content: bytes) -> None:
    """The work is for what is in the file, not for what would become of it."""
    codes: list[Code] = []

    assert calls_of(lambda: codes.append(code(content))) < 10 * len(content) + 1000
    assert codes == [Code.IMAGE_OVERSIZED]


def test_more_elements_than_a_phone_draws_are_refused() -> None:
    assert code(svg("<g/>" * 200_001)) is Code.IMAGE_OVERSIZED


def test_an_id_that_is_used_often_costs_no_more_time() -> None:
    assert cleaned('<g id="a"><path id="a"/><path id="b"/></g>' * 2_000).lost == ()


def test_the_work_grows_with_elements_and_not_with_depth() -> None:
    def calls(depth: int) -> int:
        levels = "".join(f'<g id="a{n}">' for n in range(depth))
        content = svg(levels + "<path/>" * 2_000 + "</g>" * depth)
        return calls_of(lambda: clean_svg(content))

    assert calls(200) < 2 * calls(2)


TEN = {
    "pattern": '<rect width="9" height="9" fill="url(#{})"/>',
    "pattern stroke": '<path d="M0 0h9" style="stroke : url( #{} ) ; fill:red"/>',
    "marker": '<path d="M0 0h9" marker-end="url(#{})"/>',
    "marker shorthand": '<path d="M0 0h9" style="marker:url(&quot;#{}&quot;)"/>',
    "mask": '<g mask="url(#{})"><rect/></g>',
    "clipPath": '<rect clip-path="url(#{})"/>',
    "filter": '<feImage href="#{}"/>',
}


@pytest.mark.parametrize("name", TEN)
def test_a_drawing_that_multiplies_its_own_parts_is_refused(name: str) -> None:
    holder = name.split()[0]

    assert code(svg(levels(holder, lambda n: TEN[name].format(f"a{n}") * 10))) is OVERSIZED
    assert cleaned(levels(holder, lambda n: TEN[name].format(f"a{n}") * 10, depth=3)).lost == ()


def levels(holder: str, inner: Callable[[int], str], depth: int = 9) -> str:
    """Parts ``a0``, ``a1`` …, ``inner`` of the part before in each, and one that uses the last."""
    first = f'<{holder} id="a0"><path d="M0 0h1"/></{holder}>'
    parts = (f'<{holder} id="a{n}">{inner(n - 1)}</{holder}>' for n in range(1, depth))
    return first + "".join(parts) + inner(depth - 1)


@pytest.mark.parametrize(
    "inner",
    [
        '<g fill="url(#a{n})">RECTS</g>',
        '<g style="stroke:url(#a{n})"><g fill="red">RECTS</g></g>',
        '<g class="b l{n}">RECTS</g>',
        '<g><use href="#rects" fill="url(#a{n})"/></g>',
    ],
)
def test_what_is_inherited_is_drawn_by_each_child(inner: str) -> None:
    rules = "".join(f"g.l{n}:not(x) , #none {{ fill: url(#a{n}) }}" for n in range(9))
    ten = '<g id="rects">' + "<rect/>" * 10 + "</g>"
    css = f"<style>@media screen {{ {rules} }}</style>{ten}"
    content = levels("pattern", lambda n: inner.format(n=n).replace("RECTS", "<rect/>" * 10))

    assert code(svg(css + content)) is OVERSIZED


@pytest.mark.parametrize(
    "shape",
    [
        '<polyline points="{points}" marker-mid="url(#m)"/>',
        '<g marker-mid="url(#m)"><path d="M0,0{points}"/></g>',
        '<path d="M0 0 L {points}" class="dotted"/>',
    ],
)
def test_a_marker_is_drawn_at_every_vertex(shape: str) -> None:
    marker = f'<style>.dotted{{marker-mid:url(#m)}}</style><marker id="m">{"<path/>" * 99}</marker>'

    def drawing(vertices: int) -> bytes:
        return svg(marker + shape.format(points="1 2 " * vertices))

    assert code(drawing(2_100)) is OVERSIZED
    assert cleaned(drawing(1_500)).lost == ()


def test_gradients_and_clips_of_a_large_drawing_are_no_bomb() -> None:
    stops = "<stop/>" * 50
    paint = f'<linearGradient id="g">{stops}</linearGradient><clipPath id="c"><rect/></clipPath>'
    css = "<style>.a{fill:url(#g)} .b{fill:url(#g)} rect{stroke:url(#g)}</style>"
    shapes = '<rect class="a b" fill="url(#g)" clip-path="url(#c)"/>' * 5_000

    assert cleaned(css + paint + shapes).lost == ()


def test_patterns_in_a_circle_are_not_followed() -> None:
    inner = '<rect fill="url(#a)"/>'

    assert cleaned(f'<pattern id="a">{inner * 50}</pattern>{inner}').lost == ()


def holder(tag: str, id_: str = "p") -> str:
    """A part of 900 elements."""
    return f'<{tag} id="{id_}">{"<path/>" * 900}</{tag}>'


RECTS = "<rect/>" * 900
DETOURS = {
    "escapes": "".join(
        f'<g id="a{n}"><use href="#%61{n + 1}"/><use href="#a{n + 1}"/></g>' for n in range(40)
    ),
    "marks from outside": f'<path id="a" d="M0 0{"1 1 " * 900}"/>{holder("marker")}'
    '<g marker-mid="url(#p)"><use href="#a"/></g>',
    "paint from outside": f'<g id="a">{RECTS}</g>{holder("pattern")}'
    '<use href="#a" fill="url(#p)"/>',
    "paint from around": '<pattern id="a0"><rect/></pattern>'
    + "".join(
        f'<g fill="url(#a{n})"><pattern id="a{n + 1}">{"<rect/>" * 10}</pattern></g>'
        for n in range(9)
    )
    + '<rect fill="url(#a9)"/>',
    "an animation": f'{RECTS}{holder("pattern")}<set attributeName="fill" to="url(#p)"/>',
    "one of two values": f"<style>rect{{fill:url(#p);fill:url(#q)}}</style>{RECTS}"
    f'{holder("pattern")}<pattern id="q"/>',
    "nested rules": f"<style>.a{{.b{{x:y}}*|rect{{fill:url(#p)}}}}</style>{RECTS}"
    + holder("pattern"),
    "rules in a place": f"""<style>{
        "".join(f"#a{n} rect{{fill:url(#a{n - 1})}}" for n in range(9))
    }</style>{levels("pattern", lambda n: f'<rect x="{n}"/>' * 10)}""",
    "a pattern like another": f'{holder("pattern")}<pattern id="q" href="#p"/>'
    + '<rect fill="url(#q)"/>' * 900,
}


@pytest.mark.parametrize("name", DETOURS)
def test_no_detour_hides_what_is_drawn(name: str) -> None:
    assert code(svg(DETOURS[name])) is OVERSIZED


def test_an_animation_gives_no_class() -> None:
    assert "class" not in text('<rect><set attributeName="class" to="a"/></rect>')


@pytest.mark.parametrize(
    "shape",
    [
        lambda n: (
            "<style>" + ".a{fill:url(#b)}" * n + '</style><g class="a">' + "<rect/>" * n + "</g>"
        ),
        lambda n: f'<g class="{" ".join(f"c{i}" for i in range(n))}">{"<rect/>" * n}</g>',
        lambda n: f'<g fill="{"url(#a) " * n}">{"<rect/>" * n}</g>',
        lambda n: f'<rect style="{"a" * n} {"fill:url(#a);" * n}"/>',
        lambda n: "<style>" + "(" * n + "[" * n + "a{" * n + "</style>",
        lambda n: "".join(f'<g id="a{i}" fill="url(#a{i + 1})"><rect/></g>' for i in range(n)),
        lambda n: f'<path d="{"M 1" * n}" marker-mid="url(#a)"/>',
    ],
)
def test_the_work_of_counting_grows_with_the_drawing(shape: Callable[[int], str]) -> None:
    def calls(count: int) -> int:
        return calls_of(lambda: clean_svg(svg(shape(count))))

    calls(1)

    assert calls(400) < 2.6 * calls(200) + 200


@pytest.mark.parametrize(
    "inner",
    ['<image href="{}"/>', '<rect style="fill:url({0})"/>', "<style>a{{fill:url({0})}}</style>"],
)
def test_the_images_in_a_drawing_are_counted_together(inner: str) -> None:
    address = f"data:image/png;base64,{base64.b64encode(empty_png(5_000, 5_000)).decode()}"

    assert code(svg(inner.format(address) * 5)) is OVERSIZED
    assert cleaned(inner.format(address) * 4).lost == ()


def test_uses_in_a_circle_are_not_followed() -> None:
    assert cleaned('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>').lost == ()


@pytest.mark.parametrize(
    "content", [b"<svg", b"", svg("<g>"), svg("&nbsp;"), svg("\x01"), b"<svg xmlns='\xff'/>"]
)
def test_what_is_no_xml_is_damaged(content: bytes) -> None:
    assert code(content) is Code.IMAGE_DAMAGED


def test_xml_of_another_kind_is_no_drawing() -> None:
    assert code(b'<x><svg xmlns="http://www.w3.org/2000/svg"/></x>') is Code.IMAGE_UNUSABLE


@given(st.text(alphabet="<>/ \"'=&;#svgausedefhrl:()\\@%![]-?x0", max_size=60))
def test_no_text_breaks_it(inner: str) -> None:
    assert isinstance(clean_svg(svg(inner)), Picture | Refusal)
    assert isinstance(clean_svg(svg("<rect/>", inner)), Picture | Refusal)


@given(st.text(alphabet="@import url(\"'#data:/*)\\69 ;{}a-set", max_size=40))
def test_css_is_clean_after_once(css: str) -> None:
    once, _ = clean_css(css)

    assert clean_css(once) == (once, False)
    waiting = parse_component_value_list(once)
    while waiting:
        value = waiting.pop()
        assert value.type != "at-keyword" or value.lower_value != "import"
        assert value.type != "url" or value.value.startswith(("#", "data:"))
        waiting += getattr(value, "arguments", None) or getattr(value, "content", None) or ()


def test_a_line_end_in_an_embedded_address_cannot_end_its_string() -> None:
    image = "data:image/png;base64,iVBO\\A AAAA"
    css = f'a{{b:url("{image}");c:")}} rect{{fill:url(http://example.org/x)}} z{{"}}'

    once, _ = clean_css(css)

    assert "\n" not in once
    assert clean_css(once) == (once, False)
