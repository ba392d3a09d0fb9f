"""Sketches are read only as we write them (R7.3): the same shapes back, and nothing that could run, load or link."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuhen.casefile.sketch import HIGH, MOST_BYTES, MOST_SHAPES, WIDE, BadSketch, Shape, read, tidy, write
from liuhen.casefile.values import problems
from liuhen.measures import DOCUMENTS

POINT = st.tuples(st.integers(0, WIDE), st.integers(0, HIGH))
WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1, max_size=20)
SHAPES = st.one_of(
    st.lists(POINT, min_size=2, max_size=5).map(lambda ps: Shape("line", tuple(n for p in ps for n in p))),
    st.tuples(POINT, POINT).map(
        lambda ps: Shape(
            "box",
            (
                min(ps[0][0], ps[1][0]),
                min(ps[0][1], ps[1][1]),
                max(ps[0][0], ps[1][0]),
                max(ps[0][1], ps[1][1]),
            ),
        )
    ),
    st.builds(Shape, st.just("text"), POINT, WORDS),
    st.builds(
        Shape,
        st.just("pin"),
        POINT,
        st.integers(1, 99).map(str),
        st.sampled_from(["", "sha256:" + "a" * 64]),
        st.one_of(st.just(""), WORDS),
    ),
)
DRAWN = write([Shape("line", (10, 10, 200, 20)), Shape("text", (5, 50), '大门 <东> & "西"')])
OPEN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 700">'


@given(st.lists(SHAPES, max_size=6))
def test_what_is_written_is_read_back(shapes: list[Shape]) -> None:
    assert read(write(shapes)) == shapes
    assert tidy(write(shapes)) == (write(shapes) if shapes else "")


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<image href="https://example.org/a.png" x="0" y="0" width="1" height="1"/>',
        '<foreignObject width="9" height="9"/>',
        '<a href="javascript:alert(1)"><rect x="1" y="1" width="1" height="1"/></a>',
        '<rect x="1" y="1" width="1" height="1" onload="alert(1)"/>',
        '<rect x="1" y="1" width="1" height="1" style="fill:url(//example.org)"/>',
        '<rect x="url(#a)" y="1" width="1" height="1"/>',
        '<rect x="1e9" y="1" width="1" height="1"/>',
        '<rect x="1" y="1" width="1" height="1"><animate attributeName="x"/></rect>',
        '<polyline points="1,1"/>',
        '<polyline points="1,1 2"/>',
        '<text x="1" y="1" fill="#111" stroke="none"><tspan>里</tspan></text>',
        '<text x="1" y="1" fill="#111" stroke="none"></text>',
        f'<text x="1" y="1" fill="#111" stroke="none">{"长" * 61}</text>',
        '<g data-photo="javascript:1"><circle cx="1" cy="1" r="16"/><text x="1" y="1">1</text></g>',
        '<g><circle cx="1" cy="1" r="16" onclick="x"/><text x="1" y="1">1</text></g>',
        '<g><circle cx="1" cy="1" r="16"/><text x="1" y="1" onclick="x">1</text></g>',
        '<g><title><b xmlns="http://www.w3.org/1999/xhtml">1</b></title><circle cx="1" cy="1" r="16"/><text x="1" y="1">1</text></g>',
        '<rect xmlns="http://www.w3.org/1999/xhtml" x="1" y="1" width="1" height="1"/>',
        "<rect",
        '<polyline points="1,1 2,2"/>' * (MOST_SHAPES + 1),
    ],
)
def test_nothing_else_is_accepted(inside: str) -> None:
    with pytest.raises(BadSketch):
        read(f"{OPEN}{inside}</svg>")


def test_declarations_entities_and_size_are_refused() -> None:
    with pytest.raises(BadSketch):
        read('<!DOCTYPE svg [<!ENTITY a "aaaa">]>' + OPEN + "</svg>")
    with pytest.raises(BadSketch):
        read('<?xml-stylesheet href="x"?>' + OPEN + "</svg>")
    with pytest.raises(BadSketch):
        read(OPEN + " " * MOST_BYTES + "</svg>")


def test_what_lies_outside_the_field_is_held_at_its_edge() -> None:
    assert read(f'{OPEN}<polyline points="-20,5 1200.4,900"/></svg>') == [Shape("line", (0, 5, WIDE, HIGH))]


def test_a_draft_with_a_bad_sketch_is_told_so_at_the_field() -> None:
    fields = [DOCUMENTS["site_survey_record"].field("sketch")]
    assert problems(fields, {"sketch": [{"drawn": DRAWN, "name": "图"}]}) == []
    (wrong,) = problems(fields, {"sketch": [{"drawn": f"{OPEN}<script/></svg>", "name": "图"}]})
    assert "不能接受" in wrong.message
    assert not wrong.missing
