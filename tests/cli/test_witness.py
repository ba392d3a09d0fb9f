"""A witness on another machine cosigns only a log that continues what it saw; its cosignature comes back into packages (R34.3)."""

import json

import pytest

from liuhen.acts import cases
from liuhen.cli.__main__ import main
from liuhen.ledger import merkle, notes
from liuhen.records import checkpoints
from liuhen.records.models import Checkpoint
from liuhen.records.seal import checkpoint_folder, keep_daily, log_name, signing_key


@pytest.fixture
def log(bureau):
    """The log's own machine."""
    cases.open_case(bureau["jia"], title="第一案")
    return bureau


@pytest.fixture
def away(tmp_path_factory):
    """The witness's machine: a folder outside the log's data."""
    return tmp_path_factory.mktemp("witness")


class Witness:
    """The witness's side: a key, what was seen last, and the command."""

    def __init__(self, folder, capsys):
        self.folder, self.capsys = folder, capsys
        assert main(["witness", "key", str(folder / "key"), "witness.example"]) == 0
        self.vkey = capsys.readouterr().out.splitlines()[0]

    def cosign(self, note, proof=None, log_key=None):
        (self.folder / "note").write_text(note)
        more = []
        if proof is not None:
            (self.folder / "proof.json").write_text(proof)
            more = ["--consistency", str(self.folder / "proof.json")]
        key = log_key or str(signing_key().verifier)
        told = ["--key", str(self.folder / "key"), "--log-key", key, "--last", str(self.folder / "last")]
        code = main(["witness", "cosign", str(self.folder / "note"), *told, *more])
        printed = self.capsys.readouterr()
        return code, printed.out if code == 0 else printed.err


@pytest.fixture
def witness(log, away, capsys):
    return Witness(away, capsys)


def newest():
    return Checkpoint.objects.order_by("-size").first()


def test_the_first_and_the_next_checkpoint(log, witness, capsys):
    first = newest()
    code, signed = witness.cosign(first.note)
    assert (code, notes.verify_cosignature(signed, notes.VerifierKey.parse(witness.vkey)) > 0) == (0, True)

    cases.open_case(log["jia"], title="第二案")
    second = newest()
    assert main(["consistency", str(first.size), str(second.size)]) == 0
    proof = capsys.readouterr().out
    assert witness.cosign(second.note)[0] == 1
    assert witness.cosign(second.note, proof)[0] == 0
    code, said = witness.cosign(first.note)
    assert (code, "变短" in said) == (1, True)


def forged(*hashes):
    """A checkpoint by the holder of the log's key over other entries."""
    leaves = [merkle.leaf_hash(bytes([n]) * 32) for n in hashes]
    return notes.sign_checkpoint(len(leaves), merkle.root(leaves), signing_key())


def test_a_log_rewritten_with_its_own_key_is_refused(log, witness):
    """Same size or longer: no proof can be made, and none is believed."""
    first = newest()
    assert witness.cosign(first.note)[0] == 0
    for size in (first.size, first.size + 3):
        for nodes in ([], ["00" * 32], ["00" * 32] * 5):
            code, said = witness.cosign(forged(*range(size)), json.dumps({"proof": nodes}))
            assert (code, "拒绝共签" in said) == (1, True)
    assert notes.parse_checkpoint((witness.folder / "last").read_text()).root.hex() == first.root


def test_what_is_not_this_logs_is_refused(log, witness):
    stranger = notes.SigningKey.generate(log_name(), notes.LOG)
    note = newest().note
    assert witness.cosign(note, log_key=str(stranger.verifier))[0] == 1
    assert witness.cosign(note.replace(log_name(), "liuhen.other"))[0] == 1
    assert witness.cosign("没有签名")[0] == 1
    assert witness.cosign(note, proof="{}")[0] == 1
    assert witness.cosign(note, proof='{"proof": ["zz"]}')[0] == 1
    assert witness.cosign(note, log_key="不是公钥")[0] == 1
    assert not (witness.folder / "last").exists()


def test_what_was_signed_is_kept_before_it_is_handed_out(log, witness, monkeypatch):
    """A witness that dies between the two has signed nothing that it does not remember."""
    from liuhen.cli import witness as command

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(command, "write_whole", full)
    with pytest.raises(OSError, match="space"):
        witness.cosign(newest().note)
    assert witness.capsys.readouterr().out == ""


def test_a_key_in_the_logs_own_data_folder_is_no_witness(log, away, capsys, settings):
    inside = settings.LIUHEN_DATA / "keys" / "witness"
    assert main(["witness", "key", str(inside), "witness.example"]) == 1
    assert "同一数据目录里的密钥不能作见证" in capsys.readouterr().err
    notes.save_key(notes.SigningKey.generate("witness.example", notes.WITNESS), inside)
    (away / "note").write_text(newest().note)
    told = ["--log-key", str(signing_key().verifier), "--last", str(away / "last")]
    assert main(["witness", "cosign", str(away / "note"), "--key", str(inside), *told]) == 1
    assert "同一数据目录" in capsys.readouterr().err
    # The same, run with another data folder set: the log's key beside it tells.
    settings.LIUHEN_DATA = away
    assert main(["witness", "cosign", str(away / "note"), "--key", str(inside), *told]) == 1


def test_a_witness_key_found_beside_the_logs_cannot_be_registered(log, tmp_path, capsys, settings):
    key = notes.SigningKey.generate("witness.example", notes.WITNESS)
    notes.save_key(key, settings.LIUHEN_DATA / "keys" / "witness.pem")
    (tmp_path / "back").write_text(notes.cosign(newest().note, key, 5))
    told = ["checkpoint", "import", str(tmp_path / "back"), "--witness-key", str(key.verifier)]
    assert main(told) == 1
    assert "同一数据目录" in capsys.readouterr().err
    assert checkpoints.registered("witness") == []


def test_a_cosignature_comes_back(log, witness, capsys):
    _, signed = witness.cosign(newest().note)
    back = witness.folder / "back"
    back.write_text(signed)
    assert main(["checkpoint", "import", str(back)]) == 1
    assert "已登记见证人" in capsys.readouterr().err
    assert main(["checkpoint", "import", str(back), "--witness-key", witness.vkey]) == 0
    assert main(["checkpoint", "import", str(back)]) == 0
    assert [seen.note for seen in checkpoints.cosigned()] == [signed]
    assert [str(key) for key in checkpoints.registered("witness")] == [witness.vkey]


def test_only_what_stands_on_this_log_is_taken_in(log, witness, capsys):
    key = notes.load_key(witness.folder / "key")
    other = notes.SigningKey.generate(log_name(), notes.LOG)
    for number, note in enumerate(
        (
            forged(*range(3)),
            notes.sign_checkpoint(newest().size, bytes.fromhex(newest().root), other),
            forged(),
        )
    ):
        back = witness.folder / f"back{number}"
        back.write_text(notes.cosign(note, key, 5))
        assert main(["checkpoint", "import", str(back), "--witness-key", witness.vkey]) == 1
    assert checkpoints.cosigned() == []


def test_a_tampered_file_among_the_cosigned_is_passed_over(log, witness):
    folder = checkpoint_folder() / "cosigned"
    folder.mkdir(parents=True)
    (folder / "9-x.txt").write_text("no note")
    (folder / "9-y.txt").write_bytes(b"\xff")
    assert checkpoints.cosigned() == []
    assert checkpoints.best(0).note == newest().note


def test_export_writes_the_checkpoint_and_a_page_to_print(log, away, capsys):
    assert main(["checkpoint", "export", str(away / "out")]) == 0
    path, page = sorted((away / "out").iterdir(), key=lambda each: "打印" in each.name)
    assert capsys.readouterr().out.strip() == str(path)
    assert path.read_text() == newest().note
    text = page.read_text()
    assert str(signing_key().verifier) in text
    assert text.replace(" ", "").count(newest().root) == 1
    assert main(["audit", "--checkpoint", str(path)]) == 0


def test_the_days_first_checkpoint_is_kept_as_a_file(log):
    keep_daily("first")
    keep_daily("second")
    assert [path.read_text() for path in checkpoint_folder().glob("????-??-??.txt")] == ["first"]


def test_consistency_beyond_the_log_is_refused(log, capsys):
    assert main(["consistency", "1", "9999"]) == 1
    assert main(["consistency", "5", "2"]) == 1
    assert "日志只有" in capsys.readouterr().err
