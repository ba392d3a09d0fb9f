"""What can go wrong in a vault; `str()` of each is the sentence to show."""

import errno
from datetime import datetime


class VaultError(Exception):
    """Any refusal of the vault."""


class DigestInvalid(VaultError):
    """What was given as a digest is none."""

    def __init__(self, digest: str) -> None:
        super().__init__(f"不是有效的校验值：{digest}")


class DigestDiffers(VaultError):
    """The bytes received are not those announced; nothing was stored."""

    def __init__(self, expected: str, found: str) -> None:
        self.expected, self.found = expected, found
        super().__init__(f"收到的文件与登记的校验值不符，未存入：应为 {expected}，实为 {found}")


class ObjectMissing(VaultError):
    """No object of this digest is here."""

    def __init__(self, digest: str) -> None:
        self.digest = digest
        super().__init__(f"库中没有这份原件：{digest}")


class ObjectAltered(VaultError):
    """The object stored under this digest no longer has it. It is left as found, since it is evidence."""

    def __init__(self, digest: str) -> None:
        self.digest = digest
        super().__init__(f"库中的原件已与校验值不符，请先查明原因并从另一份恢复：{digest}")


class ObjectUnreadable(VaultError):
    """The disk does not give the object back; whether it is altered is not known."""

    def __init__(self, digest: str, reason: str) -> None:
        self.digest = digest
        super().__init__(f"原件无法读取（{reason}）：{digest}")


class NotProved(VaultError):
    """What the store gives back is not what it was given; nothing counts as stored."""

    def __init__(self, digest: str, address: str) -> None:
        self.digest, self.address = digest, address
        super().__init__(f"存放处读回的内容与存入的不符，没有存入，请检查存放处 {address}：{digest}")


class ObjectLocked(VaultError):
    """The store lets nobody remove the object yet."""

    def __init__(self, digest: str, until: datetime) -> None:
        self.digest, self.until = digest, until
        super().__init__(f"存放处锁定着这份原件，{until.date().isoformat()} 以后才能销毁：{digest}")


class StoreUnreachable(VaultError):
    """The store does not answer, or refuses us; whether an object is there is not known."""

    def __init__(self, address: str, reason: str) -> None:
        self.address, self.reason = address, reason
        super().__init__(f"存放处用不了（{reason}）：{address}")


class AddressInvalid(VaultError):
    """What was given as the address of a store is none."""

    def __init__(self, address: str, reason: str) -> None:
        super().__init__(f"存放处地址不对（{reason}）：{address}")


# What a disk calls it when there is no room for more, or for more of this account.
NO_ROOM = (errno.ENOSPC, errno.EDQUOT)


class VaultFull(VaultError):
    """There is no room; nothing was stored."""

    def __init__(self, needed: int, free: int) -> None:
        self.needed, self.free = needed, free
        super().__init__(f"原件库空间不足，未存入：需要 {_mebibytes(needed)}，可用 {_mebibytes(free)}")


def _mebibytes(size: int) -> str:
    return f"{-(-size // 1024**2):,} MiB"
