"""Whatever stands in a file, the verifier says what is wrong and never fails itself."""

import copy
import json

import pytest

JUNK = [
    b"",
    b"\n",
    b"\n\n",
    b"\xff\xfe",
    b"\xef\xbb\xbf{}\n",
    b"null\n",
    b"{}\n",
    b"[]\n",
    b"[1.5]\n",
    b"[NaN]\n",
    b'"\\ud800"\n',
    b'{"a":1,"a":1}\n',
    b"-0\n",
    b"1" * 5000 + b"\n",
    b"[" * 100_000 + b"]" * 100_000,
    b"[" * 60 + b"]" * 60 + b"\n",
    b"not json at all \x00\n",
    "— a b\n\n— c AAAA\n".encode(),
    b"o\n1\nAAAA\n\n\xe2\x80\x94 x AAAAAAA=\n",
]
PROVED = [
    "bagit.txt",
    "bag-info.txt",
    "data/catalogue.json",
    "data/entries/case.jsonl",
    "data/entries/office.jsonl",
    "proof/archived.json",
    "proof/inclusion.json",
    "proof/checkpoint.txt",
    "proof/keys.json",
]
JSON = [name for name in PROVED if name.endswith((".json", ".jsonl"))]


@pytest.mark.parametrize("name", PROVED)
def test_junk_in_place_of_a_file(verifier, build, package, keys, name):
    for junk in JUNK:
        (package / name).write_bytes(junk)
        build.reseal(package)
        report = verifier.verify(package, *keys)
        assert (report.verdict, bool(report.problems)) == (verifier.DIFFERS, True)


@pytest.mark.parametrize("name", ["manifest-sha256.txt", "tagmanifest-sha256.txt"])
def test_junk_in_place_of_a_manifest(verifier, package, keys, name):
    for junk in JUNK:
        (package / name).write_bytes(junk)
        assert verifier.verify(package, *keys).verdict == verifier.DIFFERS


@pytest.mark.parametrize("name", JSON)
def test_junk_in_every_place_of_every_value(verifier, build, package, keys, name):
    path = package / name
    lines = [json.loads(line) for line in path.read_bytes().splitlines()]
    for changed in mutations(lines):
        path.write_bytes(build.jsonl(changed))
        build.reseal(package)
        report = verifier.verify(package, *keys)
        assert report.verdict == (verifier.WHOLE if is_weaker_claim(changed, lines) else verifier.DIFFERS), (
            changed
        )


def is_weaker_claim(changed, lines):
    """To list no witness in keys.json takes nothing away from one whose key the caller brings along."""
    return "witnesses" in lines[0] and changed == [lines[0] | {"witnesses": []}]


def mutations(value):
    """Yield copies of a JSON value, each with one place replaced, removed, doubled or added to."""
    fillers = [[], {}, "", 0, -1, True, "\n", {"digest": "0" * 64}, [[[]]]]
    for number, path in enumerate(places(value, ())):
        for filler in (fillers[number % 9], fillers[(number + 4) % 9]):
            changed = copy.deepcopy(value)
            holder = at(changed, path[:-1])
            if holder[path[-1]] != filler or type(holder[path[-1]]) is not type(filler):
                holder[path[-1]] = filler
                yield changed
        changed = copy.deepcopy(value)
        del at(changed, path[:-1])[path[-1]]
        yield changed
        changed = copy.deepcopy(value)
        holder = at(changed, path[:-1])
        if isinstance(holder, list):
            holder.append(holder[path[-1]])
        else:
            holder["extra"] = 1
        yield changed


def places(value, path):
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield (*path, key)
        yield from places(item, (*path, key))


def at(value, path):
    for key in path:
        value = value[key]
    return value


SALT = "0" * 32


def leaf(path, value, salt=SALT):
    return {"path": path, "salt": salt, "value": value}


def container(form, items):
    return {"path": "/a", "salt": SALT, "form": form, "items": items}


@pytest.mark.parametrize(
    ("nodes", "says"),
    [
        ([leaf("/b", 1), leaf("/a", 1)], "排列"),
        ([leaf("/a", 1), leaf("/a", 1)], "重复"),
        ([leaf("/a", ["x"])], "逐项"),
        ([leaf("/a", {"x": 1})], "逐项"),
        ([leaf("/a", "x\ny")], "逐项"),
        ([leaf("a", 1)], "路径"),
        ([leaf("/a", 1, salt="0" * 31)], "salt"),
        ([container("set", [])], "form"),
        ([container("text", [leaf("/a/0", 1)])], "文字"),
        ([container("text", [leaf("/a/0", "x\ny")])], "文字"),
        ([container("list", [leaf("/a/1", 1)])], "路径"),
        ([container("list", [container("list", [])])], "缺少 value"),
        ([{"digest": "0" * 63}], "digest"),
        ([7], "对象"),
    ],
)
def test_nodes_that_no_body_has(verifier, nodes, says):
    with pytest.raises(verifier.FormatError, match=says):
        verifier._commitment(nodes, verifier.Body())


@pytest.mark.parametrize(
    "change",
    [
        {"v": 2},
        {"position": 0},
        {"kind_version": 0},
        {"origin": "guessed"},
        {"at": "2026-02-30"},
        {"at": "2026-3-02"},
        {"at": "2026-03-02T01:30:00+08:00"},
        {"recorded_at": "2026-03-02"},
        {"recorded_at": "2026-03-02T01:30:00.5Z"},
        {"commitment": "0" * 63},
        {"previous": ""},
        {"assertion": "yes"},
        {"more": 1},
    ],
)
def test_headers_that_no_entry_has(verifier, build, change):
    header = build.record_of_a_case().streams["case/c1"][0]["header"] | change
    with pytest.raises(verifier.FormatError):
        verifier._check_header(header)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("data/catalogue.json", b"{ }", "JSON"),
        ("data/entries/case.jsonl", b"{}", "JSON"),
        ("data/entries/office.jsonl", b"{}\n", "SHAPE"),
        ("proof/archived.json", b"", "SHAPE"),
        ("proof/archived.json", b"{}\n{}\n", "SHAPE"),
        ("proof/inclusion.json", b"[]", "SHAPE"),
        ("proof/checkpoint.txt", b"\xff", "CHECKPOINT"),
        ("proof/checkpoint.txt", b"o\n1\n\n", "CHECKPOINT"),
        ("proof/keys.json", b"{}", "KEYS"),
    ],
)
def test_what_is_malformed_is_named_with_its_file(verifier, build, package, keys, name, content, code):
    (package / name).write_bytes(content)
    build.reseal(package)
    problems = verifier.verify(package, *keys).problems
    assert any(each.code == code and each.where.startswith(name) for each in problems)


def test_a_file_beyond_all_measure_is_not_read(verifier, package, codes, monkeypatch):
    monkeypatch.setattr(verifier, "MAX_FILE", 100)
    verdict, found = codes(package)
    assert (verdict, "SHAPE" in found) == (1, True)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"null", "空值"),
        (b'{"a":[null]}', "空值"),
        (b"1.0", "小数"),
        (b"Infinity", "小数"),
        (b"9007199254740992", "整数过大"),
        ('{"😀":1}'.encode(), "基本平面"),
        (b"[" * 66 + b"]" * 66, "嵌套过深"),
        (b'{"b":1,"a":1}', "写法不唯一"),
        (b'{"a":1,"a":1}', "写法不唯一"),
        (b'"\\u0041"', "写法不唯一"),
        (b" 1", "写法不唯一"),
        (b'"\\ud800"', "无法解读"),
        (b"\xff", "无法解读"),
        (b"[" * 100_000, "无法解读"),
    ],
)
def test_bytes_that_are_not_the_one_encoding_of_a_value(verifier, data, says):
    with pytest.raises(verifier.JsonError, match=says):
        verifier._parse_json(data)


ROOT = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (f"o\n1\n{ROOT}\n", "空行"),
        (f"o\n1\n{ROOT}\n\n— x AAAAAAA=", "空行"),
        (f"o\r\n1\n{ROOT}\n\n— x AAAAAAA=\n", "空行"),
        (f"o\n01\n{ROOT}\n\n— x AAAAAAA=\n", "三行"),
        (f"o\n1\n{ROOT}\nextension\n\n— x AAAAAAA=\n", "三行"),
        (f"\n1\n{ROOT}\n\n— x AAAAAAA=\n", "三行"),
        ("o\n1\nAAAA\n\n— x AAAAAAA=\n", "32 字节"),
        (f"o\n1\n{ROOT[:-2]}B=\n\n— x AAAAAAA=\n", "不唯一"),
        (f"o\n1\n{ROOT[:-1]}\n\n— x AAAAAAA=\n", "Base64"),
        (f"o\n1\n{ROOT}\n\n- x AAAAAAA=\n", "签名行"),
        (f"o\n1\n{ROOT}\n\n— x y AAAAAAA=\n", "签名行"),
        (f"o\n1\n{ROOT}\n\n— x AAAAAA==\n", "过短"),
        (f"o\n1\n{ROOT}\n\n" + "— x AAAAAAA=\n" * 65, "过多"),
    ],
)
def test_checkpoints_in_another_form(verifier, text, says):
    with pytest.raises(verifier.FormatError, match=says):
        verifier._parse_checkpoint(text.encode())
