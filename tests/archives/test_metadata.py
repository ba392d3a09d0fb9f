"""Metadata of files, recordings, people and acts, valid by the schema that lies beside them (DA/T 46, DA/T 63)."""

import hashlib
from pathlib import Path

import pytest
from lxml import etree

from liuhen.archives import metadata
from tests.archives.making import CANARY

NS = {"m": metadata.NAMESPACE}


@pytest.fixture(scope="module")
def root(given):
    return etree.fromstring((given.complete / metadata.PLACE).read_bytes())


def texts(root, path):
    return [node.text for node in root.xpath(path, namespaces=NS)]


def test_the_package_carries_the_schema_and_keeps_to_it(given, root):
    shipped = given.complete / metadata.SCHEMA_PLACE
    assert shipped.read_bytes() == Path(metadata.SCHEMA).read_bytes()
    etree.XMLSchema(etree.parse(str(shipped))).assertValid(root)
    assert metadata.check((given.complete / metadata.PLACE).read_bytes()) is not None


def test_the_file_its_papers_and_its_recordings_are_entities(given, root):
    assert texts(root, "m:文件实体[1]/m:聚合层次") == ["案卷"]
    assert texts(root, "m:文件实体[1]/m:档号项/m:保管期限") == ["30年"]
    assert "行政处罚决定书" in " ".join(texts(root, "m:文件实体/m:题名"))
    assert len(root.findall("m:录音录像实体", NS)) == 1
    assert {"定稿", "审批", "签发", "送达", "存入"} == set(texts(root, "m:业务实体/m:业务行为"))
    assert {"执法人员甲", "副局长辛"} <= set(texts(root, "m:机构人员实体/m:机构人员名称"))


def test_who_served_a_paper_did_so_and_not_who_wrote_it(root):
    """A27: the servers sign the proof of service; both are named."""
    names = {
        a.get("实体标识符"): a.findtext("m:机构人员名称", namespaces=NS)
        for a in root.findall("m:机构人员实体", NS)
    }
    served = {
        b.get("实体标识符")
        for b in root.findall("m:业务实体", NS)
        if b.findtext("m:业务行为", namespaces=NS) == "送达"
    }
    by = [
        (r.get("自"), names.get(r.get("至"))) for r in root.findall("m:实体关系", NS) if r.get("自") in served
    ]
    assert served
    for act in served:
        assert {name for start, name in by if start == act} == {"执法人员甲", "执法人员乙"}


def test_every_digest_is_that_of_the_file_of_that_name(given, root):
    files = {path.name: path for path in (given.complete / "data").rglob("*") if path.is_file()}
    named = root.xpath("m:文件实体/m:电子属性", namespaces=NS)
    ours = [n for n in named if n.findtext("m:计算机文件名", namespaces=NS) in files]
    assert len(ours) > 10
    for node in ours:
        data = files[node.findtext("m:计算机文件名", namespaces=NS)].read_bytes()
        assert node.findtext("m:数字摘要", namespaces=NS) == hashlib.sha256(data).hexdigest()
        assert node.findtext("m:计算机文件大小", namespaces=NS) == str(len(data))


def test_no_field_of_a_paper_stands_in_it(given, root):
    """What people said is in the papers; the metadata name papers, people of the bureau, and acts."""
    assert CANARY not in (given.complete / metadata.PLACE).read_text("utf-8")


def test_a_redacted_copy_carries_none(given):
    """Titles and digests of what was left out would tell of it."""
    assert not (given.redacted / metadata.PLACE).exists()
    assert not (given.redacted / metadata.SCHEMA_PLACE).exists()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<保管期限>30年</保管期限>", "<保管期限>很久</保管期限>"),
        ("<语种>zh</语种>", ""),
        ('自="B1"', '自="B999"'),
        ("<聚合层次>案卷</聚合层次>", "<聚合层次>一堆</聚合层次>"),
    ],
)
def test_what_does_not_keep_to_the_schema_is_named(given, old, new):
    text = (given.complete / metadata.PLACE).read_text("utf-8")
    assert old in text
    with pytest.raises(metadata.BadMetadata):
        metadata.check(text.replace(old, new, 1).encode())
