"""What a case means: rules, deadlines, findings, next steps. Pure: no framework, no clock, no disk."""

from liuhen.compliance import exits as _exits  # noqa: F401  # pyright: ignore[reportUnusedImport]
from liuhen.compliance import hearings as _hearings  # noqa: F401  # pyright: ignore[reportUnusedImport]
from liuhen.compliance import seizures as _seizures  # noqa: F401  # pyright: ignore[reportUnusedImport]
