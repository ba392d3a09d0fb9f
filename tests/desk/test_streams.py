"""Parts of files on demand, and folders as one stream."""

import io
import zipfile

import pytest
from django.http import FileResponse
from hypothesis import given
from hypothesis import strategies as st

from liuhen.desk import ranges, zipping


@pytest.mark.parametrize(
    ("header", "span"),
    [
        ("bytes=0-", (0, 9)), ("bytes=2-4", (2, 4)), ("bytes=2-99", (2, 9)), ("bytes=-3", (7, 9)), ("bytes=-99", (0, 9)),
        ("", None), ("bytes=", None), ("bytes=-", None), ("bytes=4-2", None), ("bytes=0-1,3-4", None), ("items=0-1", None),
        ("bytes=a-b", None),
    ],
)  # fmt: skip
def test_which_part_a_header_asks_for(header, span):
    """RFC 9110 §14.1.2; what is malformed or several is ignored and the whole is sent (§14.2)."""
    assert ranges.part(header, 10) == span


@pytest.mark.parametrize("header", ["bytes=10-", "bytes=99-", "bytes=-0"])
def test_a_part_outside_the_file_is_refused(header):
    with pytest.raises(ValueError, match="bytes"):
        ranges.part(header, 10)


@given(st.binary(min_size=1, max_size=2000), st.data())
def test_the_part_is_the_bytes_asked_for(content, data):
    first = data.draw(st.integers(0, len(content) - 1))
    last = data.draw(st.integers(first, len(content) - 1))
    answer = ranges.cut(FileResponse(io.BytesIO(content)), (first, last), len(content))
    body = b"".join(answer.streaming_content)
    assert body == content[first : last + 1]
    assert answer["Content-Range"] == f"bytes {first}-{last}/{len(content)}"
    assert int(answer["Content-Length"]) == len(body)


def test_a_folder_comes_out_of_its_stream_as_it_went_in(tmp_path):
    """Long and Chinese names too; equal folders give equal streams."""
    folder = tmp_path / "案卷"
    contents = {
        "bagit.txt": b"BagIt", "data/空.txt": b"", "data/" + "长" * 80 + ".bin": bytes(range(256)) * 7, "data/a/b.pdf": b"x" * 512,
    }  # fmt: skip
    for name, content in contents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    stream = b"".join(zipping.stream(folder, "LC-P-2026-0001"))
    with zipfile.ZipFile(io.BytesIO(stream)) as packed:
        assert packed.testzip() is None
        found = {name: packed.read(name) for name in packed.namelist()}

    assert found == {f"LC-P-2026-0001/{name}": content for name, content in contents.items()}
    assert stream == b"".join(zipping.stream(folder, "LC-P-2026-0001"))
