"""原件: what is kept as one is a document, a picture, a recording or an archive by its bytes, whatever it is called."""

import io
import zipfile

import pytest
from PIL import Image

from liuhen.acts.originals import not_original
from tests.acts.drive import paper


def picture(format_="PNG"):
    out = io.BytesIO()
    Image.new("RGB", (20, 10), "white").save(out, format_)
    return out.getvalue()


def packed():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return out.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
MP4 = b"\x00\x00\x00\x18ftypmp42" + bytes(600)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("申请书.pdf", paper()), ("照片.png", picture()), ("照片.jpg", picture("JPEG")), ("申请.docx", packed()), ("附件.zip", packed()),
        ("报告.doc", OLE), ("报告.wps", OLE), ("报告.wps", packed()), ("公文.ofd", packed()), ("附件.7z", b"7z\xbc\xaf\x27\x1c" + bytes(600)),
        ("附件.rar", b"Rar!\x1a\x07\x01\x00" + bytes(600)), ("现场.mp4", MP4), ("说明.txt", "申请人说明。".encode()),
        ("说明.txt", ("申请人说明。" * 800).encode("gb18030")), ("清单.csv", "名称,数量\n玉米,3\n".encode()),
    ],
)  # fmt: skip
def test_documents_pictures_recordings_and_archives_are_kept(name, data):
    source = io.BytesIO(data)
    assert not_original(source, name) == ""
    assert source.tell() == 0


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("安装.exe", b"MZ" + bytes(600), "是可执行程序或者脚本，不能作为原件存入"),
        ("申请书.pdf", b"MZ" + bytes(600), "是可执行程序"),
        ("申请书", b"\x7fELF" + bytes(600), "是可执行程序"),
        ("运行.bat", b"del /q *", "是可执行程序"),
        ("申请书.pdf", b"plain words", "叫作 PDF，内容不是；请重新扫描，或者导出为 PDF"),
        ("申请书.pdf", picture(), "叫作 PDF，内容不是"),
        ("申请书.pdf", b"%PDF-1.4 and nothing of one", "打不开，不是完整的 PDF 文件"),
        ("照片.png", picture()[:40], "打不开，不是完整的 PNG 图片"),
        ("照片.jpg", paper(), "扩展名是 .jpg，内容是 PDF 文件；改成相符的扩展名再存入"),
        ("网页.html", b"<!DOCTYPE html><script>1</script>", "不是认得的文件；选择 PDF、图片、Office 文件、文本、音像或者压缩文件"),
        ("说明.txt", b"<html><script>1</script>", "不是认得的文件"),
        ("说明.txt", bytes(range(256)), "不是认得的文件"),
        ("数据.bin", b"\x01\x02\x03", "不是认得的文件"),
    ],
)  # fmt: skip
def test_what_is_none_is_refused_with_what_to_do(name, data, says):
    told = not_original(io.BytesIO(data), name)
    assert told.startswith(f"“{name}”")
    assert says in told
