"""Small synthetic packages, made with the ledger as an archive would, and the means to forge them."""

import hashlib
import json
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from liuhen.ledger import canonical, chain, commitment, merkle, notes

BUREAU = "jinpu-fgj"
MANIFEST, TAGMANIFEST = "manifest-sha256.txt", "tagmanifest-sha256.txt"
PDF, PHOTO = b"%PDF-1.7 decision", b"\xff\xd8 photo"
AT = "2026-03-02T01:30:00Z"


def signing_key(name, kind, byte):
    return notes.SigningKey(name, kind, Ed25519PrivateKey.from_private_bytes(bytes([byte]) * 32))


LOG_KEY = signing_key("liuhen.jinpu-fgj", notes.LOG, 1)
WITNESS_KEY = signing_key("witness.jinpu-fgj", notes.WITNESS, 2)
FORGED_KEY = signing_key("liuhen.jinpu-fgj", notes.LOG, 3)


def sha256(data):
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


DOCUMENT = "data/documents/0001-penalty_decision-r1.pdf"
ORIGINAL = f"data/originals/{sha256(PHOTO)[7:]}.jpg"


def deposited(data, place="vault"):
    return {"digest": sha256(data), "place": place}


@dataclass
class Record:
    """Entries by stream as lines of a package, and all entry hashes in the order of the log."""

    streams: dict = field(default_factory=dict)
    log: list = field(default_factory=list)

    def append(self, stream, kind, body):
        entries = self.streams.setdefault(stream, [])
        seed = hashlib.sha256(f"{stream}{len(entries)}".encode()).digest()
        nodes = commitment.nodes(body, seed)
        header = {
            "v": 1,
            "bureau": BUREAU,
            "stream": stream,
            "position": len(entries) + 1,
            "kind": kind,
            "kind_version": 1,
            "at": AT[:10] if kind == "Filed" else AT,
            "recorded_at": AT,
            "actor": "u7",
            "origin": "made",
            "measures": "2026.1",
            "commitment": commitment.commit(nodes),
        }
        if entries:
            header["previous"] = entries[-1]["hash"]
        line = {"header": header, "hash": chain.entry_hash(header), "body": nodes}
        entries.append(line)
        self.log.append(line["hash"])
        return line


@dataclass
class Package:
    """All that a package is written from; tests change it before it is written."""

    record: Record
    case: list
    office: list
    archived: dict
    files: dict
    kind: str = "complete"
    log_key: notes.SigningKey = LOG_KEY
    size: int | None = None


def record_of_a_case():
    record = Record()
    record.append("office/certificates", "Certified", {"person": "u7", "number": "辽01"})
    record.append(
        "case/c1", "Filed", {"document": "d1", "values": {"situation": "查\n实", "people": [{"name": "甲"}]}}
    )
    record.append("case/c1", "Rendered", {"document": "d1", "digest": sha256(PDF)})
    record.append("case/c1", "Deposited", deposited(PHOTO))
    return record


def complete(record=None, without=(), files=None):
    """A complete package of a case, with its ``Archived`` and every entry sealed; files left out or added."""
    record = record or record_of_a_case()
    case = list(record.streams["case/c1"])
    office = [line for stream, lines in record.streams.items() if stream != "case/c1" for line in lines]
    usual = {
        "data/catalogue.json": canonical.encode({"items": []}),
        "data/catalogue.pdf": b"%PDF-1.7 catalogue",
        DOCUMENT: PDF,
        ORIGINAL: PHOTO,
        "verify/verify.py": b"# the verifier\n",
        "verify/README.txt": "说明\n".encode(),
    }
    kept = {path: data for path, data in usual.items() if path not in without}
    package = Package(record, case, office, {}, kept | (files or {}))
    payload = payload_of(package)
    body = {
        "cut_at": len(case),
        "head": case[-1]["hash"],
        "manifest": sha256(manifest(payload)),
        "files": len(payload),
        "bytes": sum(map(len, payload.values())),
    }
    package.archived = record.append("case/c1", "Archived", body)
    return package


def redacted(paths=("/values/people/0", "/number", "/digest")):
    """A redacted copy of the same case: values withheld, no documents, the photograph left out."""
    package = complete()
    package.kind = "redacted"
    package.case = [withheld(line, paths) for line in package.case]
    package.office = [withheld(line, paths) for line in package.office]
    package.files = {
        path: data for path, data in package.files.items() if path.startswith(("verify", "data/cat"))
    }
    return package


def withheld(line, paths):
    return {**line, "body": commitment.withhold(line["body"], paths)}


def payload_of(package):
    lines = {"case": package.case, "office": package.office}
    entries = {f"data/entries/{name}.jsonl": jsonl(each) for name, each in lines.items()}
    return entries | {path: data for path, data in package.files.items() if path.startswith("data/")}


def jsonl(lines):
    return b"".join(canonical.encode(line) + b"\n" for line in lines)


def manifest(files):
    lines = [f"{hashlib.sha256(data).hexdigest()}  {path}\n" for path, data in sorted(files.items())]
    return "".join(lines).encode()


def proof_of(package):
    """The files under proof/, from the log as far as its first ``size`` entries."""
    log = package.record.log[: package.size]
    leaves = [merkle.leaf_hash(bytes.fromhex(each)) for each in log]
    store = {}
    merkle.append(store, leaves)
    root = merkle.root(leaves)
    note = notes.sign_checkpoint(len(log), root, package.log_key)
    known = {each: index for index, each in enumerate(log)}
    lines = [*package.case, *package.office, package.archived]
    proofs = [proof(line["hash"], known.get(line["hash"], 0), len(log), store) for line in lines]
    inclusion = {"origin": package.log_key.name, "size": len(log), "root": root.hex(), "entries": proofs}
    keys = {"log": [str(package.log_key.verifier)], "witnesses": [str(WITNESS_KEY.verifier)]}
    return {
        "proof/archived.json": canonical.encode(package.archived),
        "proof/inclusion.json": canonical.encode(inclusion),
        "proof/checkpoint.txt": notes.cosign(note, WITNESS_KEY, 1772415000).encode(),
        "proof/keys.json": canonical.encode(keys),
    }


def proof(entry_hash, index, size, store):
    path = merkle.inclusion_proof(index, size, lambda *key: store[key])
    return {"hash": entry_hash, "index": index, "proof": [each.hex() for each in path]}


def write(package, root):
    """Write a package into a folder and return the folder."""
    payload = payload_of(package)
    oxum = f"{sum(map(len, payload.values()))}.{len(payload)}"
    tags = {path: data for path, data in package.files.items() if not path.startswith("data/")}
    tags |= proof_of(package) | {
        "bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "bag-info.txt": f"Liuhen-Package: {package.kind}\nPayload-Oxum: {oxum}\n".encode(),
    }
    for path, data in (payload | tags).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    reseal(root)
    return root


def files_of(root):
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())


def reseal(root):
    """Make both manifests fit whatever the folder holds now, as a careful forger would."""
    files = {
        path: (root / path).read_bytes() for path in files_of(root) if path not in (MANIFEST, TAGMANIFEST)
    }
    payload = {path: data for path, data in files.items() if path.startswith("data/")}
    (root / MANIFEST).write_bytes(manifest(payload))
    tags = {path: data for path, data in files.items() if path not in payload}
    tags[MANIFEST] = (root / MANIFEST).read_bytes()
    (root / TAGMANIFEST).write_bytes(manifest(tags))


def edit_json(path, change):
    """Change a canonical JSON file in place by a function on its value."""
    value = json.loads(path.read_bytes())
    changed = change(value)
    path.write_bytes(canonical.encode(value if changed is None else changed))


def edit_lines(path, change):
    """Change the lines of a JSON Lines file in place by a function on the list of its values."""
    lines = [json.loads(line) for line in path.read_bytes().splitlines()]
    changed = change(lines)
    path.write_bytes(jsonl(lines if changed is None else changed))
