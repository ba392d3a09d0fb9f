"""`liuhen witness`, `consistency`, `checkpoint`: the log's heads as they go out and come back cosigned.

`witness` runs on the witness's machine and needs no database. On the log's side: `checkpoint export` writes the newest
checkpoint and a page to print, `consistency` the proof that the log only grew, `checkpoint import` takes in what came back.
"""

import argparse
import json
import sys
import time
from contextlib import suppress
from pathlib import Path

from cryptography import x509
from django.conf import settings

from liuhen.acts.bureau import SYSTEM
from liuhen.acts.keys import register_witness
from liuhen.casefile.moments import ZONE, day
from liuhen.cli.witnessing import server, submit
from liuhen.ledger import handover, notes
from liuhen.ledger.witness import observe
from liuhen.records import checkpoints, clock
from liuhen.records.models import Checkpoint
from liuhen.records.seal import key_path, seal, signing_key, size, write_whole
from liuhen.records.stamping import StampError, place, stamp

DONE, REFUSED = 0, 1


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    witness = subparsers.add_parser("witness", help="见证：在另一台机器上核对并共签检查点")
    actions = witness.add_subparsers(title="操作", metavar="操作", dest="action", required=True)
    command = actions.add_parser("key", help="生成见证密钥，显示公钥")
    command.add_argument("path", type=Path, help="密钥文件，放在日志服务器以外")
    command.add_argument("name", help="见证人名称，如 witness.sifaju")
    command.set_defaults(run=_key)
    command = actions.add_parser("cosign", help="核对检查点与上次所见一致，然后共签")
    command.add_argument("checkpoint", type=Path, help="日志方送来的检查点文件")
    _keys(command)
    command.add_argument(
        "--last", type=Path, required=True, help="上次共签的检查点，本命令自己更新；第一次还没有这个文件"
    )
    command.add_argument("--consistency", type=Path, help="一致性证明（liuhen consistency 的输出）")
    command.set_defaults(run=_cosign)
    command = actions.add_parser("serve", help="见证服务：按 C2SP tlog-witness 应答日志的共签请求")
    _keys(command)
    command.add_argument("--last", type=Path, required=True, help="上次共签的检查点，由本命令保存和更新")
    command.add_argument("--address", default="127.0.0.1", help="监听地址（默认 127.0.0.1）")
    command.add_argument("--port", type=int, default=8100, help="监听端口（默认 8100）")
    command.set_defaults(run=_serve)
    command = subparsers.add_parser("consistency", help="输出日志只增不改的证明")
    command.add_argument("m", type=int, help="见证人上次所见的条数")
    command.add_argument("n", type=int, help="这次检查点的条数")
    command.set_defaults(run=_consistency)
    _register_checkpoint(subparsers.add_parser("checkpoint", help="检查点：送出、收回"))


def _keys(command: argparse.ArgumentParser) -> None:
    """The witness's own key, and those by which it knows the log."""
    command.add_argument("--key", type=Path, required=True, help="见证密钥文件")
    command.add_argument("--log-key", required=True, help="日志公钥（一行文字），第一次当面核对指纹")
    command.add_argument(
        "--handover",
        action="append",
        default=[],
        type=Path,
        help="日志更换密钥时的交接文件（liuhen key rotate 写出），可以给多个",
    )


def _register_checkpoint(checkpoint: argparse.ArgumentParser) -> None:
    actions = checkpoint.add_subparsers(title="操作", metavar="操作", dest="action", required=True)
    command = actions.add_parser("export", help="写出最新检查点和可打印的一页")
    command.add_argument("folder", type=Path, help="放到哪个文件夹")
    command.set_defaults(run=_export)
    command = actions.add_parser("submit", help="把最新检查点送给见证服务，收回共签")
    command.add_argument("url", help="见证服务的地址，如 http://192.0.2.7:8100")
    command.set_defaults(run=_submit)
    command = actions.add_parser(
        "stamp", help="请时间戳机构（RFC 3161）为最新检查点加盖时间戳，以后的案卷包附上它"
    )
    command.add_argument("url", help="时间戳机构的地址")
    command.add_argument("--ca", type=Path, required=True, help="时间戳机构的根证书（PEM 文件）")
    command.set_defaults(run=_stamp)
    command = actions.add_parser("import", help="收回见证人共签的检查点")
    command.add_argument("file", type=Path, help="共签后的检查点文件")
    command.add_argument("--witness-key", help="登记新的见证公钥（一行文字）；已登记的不必再给")
    command.set_defaults(run=_import)


def _refused(error: Exception) -> int:
    print(error, file=sys.stderr)
    return REFUSED


def beside_a_log(path: Path) -> bool:
    """Whether a key file lies in a log's data folder: this one's, or any folder above it that holds a log's key."""
    place = path.resolve()
    if place.is_relative_to(Path(settings.LIUHEN_DATA).resolve()):
        return True
    name = key_path().name
    return any((folder / name).exists() or (folder / "keys" / name).exists() for folder in place.parents)


def _key(args: argparse.Namespace) -> int:
    if beside_a_log(args.path):
        return _refused(notes.NoteError("同一数据目录里的密钥不能作见证"))
    try:
        key = notes.SigningKey.generate(args.name, notes.WITNESS)
        notes.save_key(key, args.path)
    except FileExistsError:
        return _refused(notes.NoteError(f"{args.path.name} 已经存在，密钥从不覆盖"))
    except notes.NoteError as error:
        return _refused(error)
    print(key.verifier)
    print(f"指纹：{spaced(key.verifier.fingerprint)}")
    return DONE


def spaced(fingerprint: str) -> str:
    """A fingerprint in groups of eight, to be read out."""
    return " ".join(fingerprint[i : i + 8] for i in range(0, len(fingerprint), 8))


def _logs(args: argparse.Namespace) -> list[notes.VerifierKey]:
    """The keys of the log: the one confirmed face to face, and those that it handed over to."""
    texts = [path.read_text(encoding="utf-8") for path in args.handover]
    return handover.trusted([notes.VerifierKey.parse(args.log_key)], texts)


def _cosign(args: argparse.Namespace) -> int:
    try:
        if beside_a_log(args.key):
            raise notes.NoteError("同一数据目录里的密钥不能作见证")
        note = args.checkpoint.read_text(encoding="utf-8")
        last = args.last.read_text(encoding="utf-8") if args.last.exists() else None
        logs, key = _logs(args), notes.load_key(args.key)
        signed = observe(note, logs, last, proof_of(args.consistency), key, int(time.time()))
    except (notes.NoteError, OSError, UnicodeDecodeError) as error:
        return _refused(error)
    # Kept before it is handed out: a witness that forgets what it signed could be made to sign a second story.
    write_whole(args.last, signed)
    print(signed, end="")
    return DONE


def _serve(args: argparse.Namespace) -> int:
    try:
        if beside_a_log(args.key):
            raise notes.NoteError("同一数据目录里的密钥不能作见证")
        logs, key = _logs(args), notes.load_key(args.key)
        if key.type != notes.WITNESS or any(key.verifier.public == log.public for log in logs):
            raise notes.NoteError("共签须用见证密钥，日志自己的密钥不能作见证")
        listening = server((args.address, args.port), logs, key, args.last)
    except (notes.NoteError, OSError) as error:
        return _refused(error)
    print(f"见证服务：http://{args.address}:{listening.server_port}（按 Ctrl+C 停止）", flush=True)
    with listening, suppress(KeyboardInterrupt):
        listening.serve_forever()
    return DONE


def _submit(args: argparse.Namespace) -> int:
    seal()
    try:
        print(submit(args.url))
    except notes.NoteError as error:
        return _refused(error)
    return DONE


def _stamp(args: argparse.Namespace) -> int:
    seal()
    found = checkpoints.best(max(size() - 1, 0))
    try:
        if found is None:
            raise notes.NoteError("日志还是空的，没有检查点")
        roots = x509.load_pem_x509_certificates(args.ca.read_bytes())
        at = stamp(found.note, args.url, roots)
    except (notes.NoteError, StampError, OSError, ValueError) as error:
        return _refused(error)
    print(
        f"{found.size} 条的检查点，北京时间 {at.astimezone(ZONE):%Y-%m-%d %H:%M:%S} 加盖：{place(found.note)}"
    )
    return DONE


def proof_of(path: Path | None) -> list[bytes]:
    """The nodes of a consistency proof file; none without a file. Raises NoteError, OSError."""
    if path is None:
        return []
    try:
        return [bytes.fromhex(node) for node in json.loads(path.read_text(encoding="utf-8"))["proof"]]
    except (ValueError, KeyError, TypeError) as error:
        raise notes.NoteError(f"不是一致性证明：{path.name}") from error


def _consistency(args: argparse.Namespace) -> int:
    try:
        proof = checkpoints.consistency(args.m, args.n)
    except ValueError as error:
        return _refused(error)
    print(json.dumps({"from": args.m, "to": args.n, "proof": proof}))
    return DONE


def _export(args: argparse.Namespace) -> int:
    seal()
    found = Checkpoint.objects.order_by("-size").first()
    if found is None:
        return _refused(notes.NoteError("日志还是空的，没有检查点"))
    name = f"{day(clock.now()).isoformat()}-{found.size}"
    write_whole(args.folder / f"{name}.txt", found.note)
    write_whole(args.folder / f"{name}-打印.txt", page(found))
    print(args.folder / f"{name}.txt")
    return DONE


def page(checkpoint: Checkpoint) -> str:
    """The page to print and put away: size, root, and the key to compare."""
    key = signing_key().verifier
    return (
        "留痕日志检查点\n"
        "\n"
        f"日志名称　{key.name}\n"
        f"日　　期　{day(checkpoint.at).isoformat()}\n"
        f"条目总数　{checkpoint.size}\n"
        f"树　　根　{spaced(checkpoint.root)}\n"
        f"日志公钥　{key}\n"
        f"公钥指纹　{spaced(key.fingerprint)}\n"
        "\n"
        "签署原文：\n"
        "\n"
        f"{checkpoint.note}"
        "\n"
        "本页另行存放。以后日志若被整体改写，用本页（liuhen audit --checkpoint）可以看出。\n"
        "\n"
        "存放人（签名）　　　　　　　　　　　　年　　月　　日\n"
    )


def _import(args: argparse.Namespace) -> int:
    try:
        if args.witness_key:
            register_witness(SYSTEM, args.witness_key)
        print(checkpoints.take_in(args.file.read_text(encoding="utf-8")))
    except (notes.NoteError, OSError, UnicodeDecodeError) as error:
        return _refused(error)
    return DONE
