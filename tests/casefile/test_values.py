"""What is missing in a list is told of every row at once (desk.md no. 6)."""

from liuhen.casefile.values import problems
from liuhen.measures.vocabulary import Field

ROWS = Field(
    name="rows", label="材料清单", type="list", required=True, minimum=1,
    columns=(Field(name="name", label="材料名称", required=True), Field(name="state", label="状态", type="enum", options=("齐全",), required=True)),
)  # fmt: skip


def test_every_row_that_lacks_something_is_named():
    rows = [{"name": "甲"}, {"name": "乙", "state": "齐全"}, {"name": "丙"}, {"state": "齐全"}]
    assert [p.message for p in problems([ROWS], {"rows": rows})] == [
        "“材料清单”第 1、3 项：选择“状态”；第 4 项：填写“材料名称”"
    ]
