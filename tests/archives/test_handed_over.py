"""A package made after the log's key changed verifies for whoever holds an earlier public key."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from liuhen.acts import archiving, keys
from liuhen.cli.__main__ import main
from liuhen.ledger import notes
from liuhen.records import seal
from liuhen.records.checkpoints import handovers
from tests.archives import making


def test_the_earlier_public_key_vouches_through_the_handover(bureau, tmp_path, verifier, capsys):
    keys.register_log_key()
    old = str(seal.signing_key().verifier)
    assert main(["key", "rotate", str(tmp_path)]) == 0
    new = str(seal.signing_key().verifier)
    assert new in capsys.readouterr().out
    assert (tmp_path / "handover-1.txt").read_text() == handovers()[0]
    bag = archiving.publish(making.archived(bureau).case, tmp_path / "bag")
    for given in (old, new):
        report = verifier.verify(bag, [given])
        assert not report.problems
        assert report.log_key_given
    forged = notes.SigningKey(seal.log_name(), notes.LOG, Ed25519PrivateKey.generate())
    assert {each.code for each in verifier.verify(bag, [str(forged.verifier)]).problems} == {"LOG_KEY"}
