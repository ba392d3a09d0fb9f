"""What must be recorded: the Measures and the law they rest on, as declarations and nothing else."""

from __future__ import annotations

from liuhen.measures.articles import ARTICLES, STATUTES
from liuhen.measures.documents import DOCUMENTS
from liuhen.measures.duties import DUTIES
from liuhen.measures.facts import FACTS
from liuhen.measures.limits import LIMITS
from liuhen.measures.procedures import PROCEDURES
from liuhen.measures.requirements import REQUIREMENTS

__all__ = [
    "ARTICLES",
    "DOCUMENTS",
    "DUTIES",
    "FACTS",
    "LIMITS",
    "PROCEDURES",
    "REQUIREMENTS",
    "STATUTES",
]
