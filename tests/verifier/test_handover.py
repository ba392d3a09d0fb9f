"""A package signed by a later key of the log is vouched for by an earlier one that handed over to it."""

import json

import pytest

from liuhen.ledger import canonical, handover, notes


@pytest.fixture
def bag(build, tmp_path):
    return build.write(build.complete(), tmp_path / "bag")


def carry(build, bag, told):
    path = bag / "proof/keys.json"
    path.write_bytes(canonical.encode(json.loads(path.read_bytes()) | {"handovers": told}))
    build.reseal(bag)


@pytest.fixture
def older(build):
    return build.signing_key("liuhen.jinpu-fgj", notes.LOG, 7)


def test_who_has_the_earlier_key_needs_no_other(verifier, build, bag, older):
    first = build.signing_key("liuhen.jinpu-fgj", notes.LOG, 6)
    carry(build, bag, [handover.written(older, build.LOG_KEY), handover.written(first, older)])
    witness = [str(build.WITNESS_KEY.verifier)]
    for key in (first, older, build.LOG_KEY):
        report = verifier.verify(bag, [str(key.verifier)], witness)
        assert report.verdict == verifier.WHOLE
        assert report.log_key == str(build.LOG_KEY.verifier)


def test_a_forged_log_cannot_hand_itself_over_from_the_real_key(verifier, build, bag, older):
    real = handover.written(older, build.LOG_KEY)
    stranger = build.signing_key("liuhen.jinpu-fgj", notes.LOG, 8)
    body = f"liuhen.jinpu-fgj/handover\n{older.verifier}\n{build.LOG_KEY.verifier}\n"
    forged = notes.sign_note(body, stranger) + notes.sign_note(body, build.LOG_KEY).rpartition("\n\n")[2]
    assert forged != real
    carry(build, bag, [forged])
    codes = {problem.code for problem in verifier.verify(bag, [str(older.verifier)]).problems}
    assert codes == {"HANDOVER", "LOG_KEY"}


@pytest.mark.parametrize("told", ["x", [1], ["x"], ["a\nb\nc\n\n— x y\n"], [{}]])
def test_what_is_no_handover_is_named(verifier, build, bag, told):
    carry(build, bag, told)
    codes = {problem.code for problem in verifier.verify(bag).problems}
    assert codes & {"HANDOVER", "KEYS"}
