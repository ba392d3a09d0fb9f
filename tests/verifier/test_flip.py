"""Whatever single bit of a package is flipped, in whatever file, the verifier finds it and names the file."""

import pytest

MANIFESTS = {"manifest-sha256.txt", "tagmanifest-sha256.txt"}
FILES = [
    "bagit.txt",
    "bag-info.txt",
    "manifest-sha256.txt",
    "tagmanifest-sha256.txt",
    "data/catalogue.json",
    "data/catalogue.pdf",
    "data/documents/0001-penalty_decision-r1.pdf",
    "data/originals/9fb48ffcd0d1a3496e905119d9538e309977751b6a83dcbfdc5574869739f1d9.jpg",
    "data/entries/case.jsonl",
    "data/entries/office.jsonl",
    "proof/archived.json",
    "proof/inclusion.json",
    "proof/checkpoint.txt",
    "proof/keys.json",
    "verify/verify.py",
    "verify/README.txt",
]


def test_every_file_of_the_package_is_flipped(build, pristine):
    assert sorted(FILES) == build.files_of(pristine)


def flips(path, step=1):
    """Flip one bit in every ``step``-th byte, all eight bits in turn, and leave the file as it was."""
    whole = path.read_bytes()
    with path.open("r+b", buffering=0) as file:
        for position in range(0, len(whole), step):
            byte = whole[position]
            file.seek(position)
            file.write(bytes([byte ^ 1 << position % 8]))
            yield position
            file.seek(position)
            file.write(bytes([byte]))


@pytest.mark.parametrize("name", FILES)
def test_no_flipped_bit_passes(verifier, package, keys, name):
    for position in flips(package / name):
        report = verifier.verify(package, *keys)
        assert report.verdict == verifier.DIFFERS, position
        if name not in MANIFESTS:
            assert ("DIGEST", name) in {(each.code, each.where) for each in report.problems}, position
    assert verifier.verify(package, *keys).verdict == verifier.WHOLE


@pytest.mark.parametrize("name", [name for name in FILES if name.startswith(("data/", "proof/"))])
def test_no_flipped_bit_passes_when_the_manifests_are_made_to_fit(verifier, build, package, keys, name):
    for position in flips(package / name, step=3):
        build.reseal(package)
        verdict = verifier.verify(package, *keys).verdict
        assert verdict in (verifier.DIFFERS, verifier.UNWITNESSED), position
        if name != "proof/checkpoint.txt":
            assert verdict == verifier.DIFFERS, position
