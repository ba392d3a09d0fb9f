"""Where each code is declared, which rules answer it and which tests cite it: found in the program, never written by hand."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import FunctionType
from typing import Any, cast

from liuhen.compliance import judge  # noqa: F401 - registers the rules
from liuhen.compliance.answers import RULES, Rule
from liuhen.measures import DOCUMENTS, FACTS, LIMITS, REQUIREMENTS
from liuhen.measures import documents as kinds
from liuhen.measures.vocabulary import A, Cite, Document, L, Limit

ROOT = Path(__file__).resolve().parents[3]
WITHOUT_RULE = Path(__file__).with_name("without_rule.toml")
CODE = re.compile(r"(?<![A-Za-z0-9.])(?:TL-\d\d(?:\.\d)?|K\d\d?|[A-Z]\d+\.\d+)(?![0-9A-Za-z])")
LAW_LETTERS = {"P": "罚", "L": "许", "F": "强", "C": "移", "A": "复", "S": "诉", "D": "档"}


@dataclass(frozen=True)
class Unruled:
    """Why some codes have no rule. ``held`` are the places (``file:name``) that keep them instead; ``titles`` names those
    codes that nothing declares; ``later``: a rule is possible and still to be written."""

    reason: str
    codes: tuple[str, ...]
    titles: Mapping[str, str]
    held: tuple[str, ...]
    later: bool


@lru_cache(maxsize=1)
def unruled() -> tuple[Unruled, ...]:
    """The groups of `without_rule.toml`."""
    groups = tomllib.loads(WITHOUT_RULE.read_text(encoding="utf-8"))["group"]
    return tuple(
        Unruled(
            group["reason"],
            (*group.get("codes", ()), *group.get("titles", {})),
            group.get("titles", {}),
            tuple(group.get("held", ())),
            group.get("later", False),
        )
        for group in groups
    )


@lru_cache(maxsize=1)
def without_bad_case() -> Mapping[str, str]:
    """The codes that no script can break, each with the reason."""
    return tomllib.loads(WITHOUT_RULE.read_text(encoding="utf-8"))["without_bad_case"]


def all_codes() -> list[str]:
    """Every code that is declared or named in `without_rule.toml`, in reading order."""
    named = {code for group in unruled() for code in group.codes}
    return sorted({*REQUIREMENTS, *LIMITS, *named}, key=order)


def order(code: str) -> tuple[int, list[int]]:
    """Articles of the Measures first, then statutes, conflicts of roles, limits."""
    return "RPLFCASDKT".index(code[0]), [int(digits) for digits in re.findall(r"\d+", code)]


def title_of(code: str) -> str:
    """The title of a requirement or limit; KeyError for a code nobody names."""
    declared = REQUIREMENTS.get(code) or LIMITS.get(code)
    if declared is not None:
        return declared.title
    return next(group.titles[code] for group in unruled() if code in group.titles)


def cites_of(code: str) -> tuple[Cite, ...]:
    """The citations of a declared code; of one that nothing declares, the article its code names."""
    declared = REQUIREMENTS.get(code) or LIMITS.get(code)
    if declared is not None:
        return declared.cites
    if code.startswith("TL-"):
        return ()
    article = int(code[1:].split(".")[0])
    return (A(article),) if code[0] == "R" else (L(LAW_LETTERS[code[0]], article),)


def rules_of(code: str) -> list[Rule]:
    """The rules that answer a code."""
    return [rule for rule in RULES if rule.code == code]


def limits_of(code: str) -> list[Limit]:
    """The limit of that code and those whose miss is found under it."""
    return [limit for limit in LIMITS.values() if code in (limit.code, limit.finding)]


def documents_of(code: str) -> list[Document]:
    """The document kinds whose completeness the code requires."""
    return [kind for kind in DOCUMENTS.values() if kind.requirement == code]


def has_rule(code: str) -> bool:
    """Whether something judges the code: a rule, or a declared limit."""
    return bool(rules_of(code) or limits_of(code))


def relative(file: str | None) -> str:
    """A source file as it is named within the repository."""
    assert file is not None
    return Path(file).resolve().relative_to(ROOT).as_posix()


def place(rule: Rule) -> str:
    """``file:function`` of a rule's predicate; for a predicate made by a function, that function."""
    name = rule.predicate.__qualname__.split(".")[0]
    return f"{relative(inspect.getsourcefile(rule.predicate))}:{name}"


@lru_cache(maxsize=1)
def _modules() -> Mapping[str, str]:
    return {
        kind.code: relative(module.__file__)
        for module in vars(kinds).values()
        if inspect.ismodule(module) and hasattr(module, "DOCUMENTS")
        for kind in module.DOCUMENTS
    }


def file_of(kind: Document) -> str:
    """The module that declares a document kind."""
    return _modules()[kind.code]


def facts_of(code: str) -> list[str]:
    """The facts that the rules of a code name in their source, helpers included."""
    found = {text for rule in rules_of(code) for text in _texts(cast("FunctionType", rule.predicate), set())}
    return [fact for fact in FACTS if fact in found or f"state:{fact}" in found or f"fact:{fact}" in found]


def _texts(function: FunctionType, seen: set[Callable[..., Any]]) -> Iterator[str]:
    """Every text constant of a function and of the functions of its room that it names."""
    seen.add(function)
    for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(function)))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        if isinstance(node, ast.Name):
            named = function.__globals__.get(node.id)
            if (
                isinstance(named, FunctionType)
                and named.__module__ == function.__module__
                and named not in seen
            ):
                yield from _texts(named, seen)
            elif isinstance(named, (str, tuple)):
                yield from (text for text in _flat(named) if isinstance(text, str))


def _flat(value: Any) -> Iterable[Any]:
    return [value] if isinstance(value, str) else value


@lru_cache(maxsize=1)
def tests() -> Mapping[str, list[str]]:
    """Code → the tests that cite it: modules and case scripts under ``tests``, those of the documentation left out."""
    folder = ROOT / "tests"
    found: dict[str, list[str]] = {}
    for path in sorted([*folder.rglob("*.py"), *folder.rglob("*.yaml")]):
        if (folder / "docs") in path.parents:
            continue
        for code in sorted(set(CODE.findall(path.read_text(encoding="utf-8")))):
            found.setdefault(code, []).append(relative(str(path)))
    return found


def bad_cases(code: str) -> list[str]:
    """The minimal bad cases of a code, ``tests/bad/<code>[-variant].yaml``; of a limit those of the code under which its
    miss is found."""
    limit = LIMITS.get(code)
    named = limit.finding if limit and limit.finding else code
    pattern = re.compile(rf"tests/bad/{re.escape(named)}(-.*)?\.yaml")
    return [path for path in tests().get(named, ()) if pattern.fullmatch(path)]


def other_tests(code: str) -> list[str]:
    """The test modules that cite a code."""
    return [path for path in tests().get(code, ()) if path.endswith(".py")]


def declarations_of(code: str) -> list[str]:
    """What declares a code: the requirement, the limit, the document kinds it makes complete, the facts its rules ask."""
    tables = (("requirement", REQUIREMENTS), ("limit", LIMITS))
    found = [f"{table}:{code}" for table, declared in tables if code in declared]
    found += [f"limit:{limit.code}" for limit in limits_of(code) if limit.code != code]
    found += [f"document:{kind.code}" for kind in documents_of(code)]
    return found + [f"fact:{fact}" for fact in facts_of(code)]


def judges_of(code: str) -> list[str]:
    """The rules that answer a code, and the limits that count it."""
    return [place(rule) for rule in rules_of(code)] + [f"limit:{limit.code}" for limit in limits_of(code)]


def exists(reference: str) -> bool:
    """Whether ``file`` or ``file:name`` is there: the name a function, class or value of that module."""
    file, _, name = reference.partition(":")
    path = ROOT / file
    if not path.exists() or not name:
        return path.exists()
    return name.split("(")[0] in set(_defined(ast.parse(path.read_text(encoding="utf-8")).body))


def _defined(body: list[ast.stmt]) -> Iterator[str]:
    for node in body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            yield node.name
            yield from (
                f"{node.name}.{inner}" for inner in _defined(node.body) if isinstance(node, ast.ClassDef)
            )
        targets = (
            node.targets
            if isinstance(node, ast.Assign)
            else [node.target]
            if isinstance(node, ast.AnnAssign)
            else []
        )
        yield from (target.id for target in targets if isinstance(target, ast.Name))
