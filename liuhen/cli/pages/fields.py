"""`docs/fields.md`: the words that a case script may use, and so the fields of every document and fact."""

from liuhen.scripts.reference import reference


def page() -> str:
    """The whole page in Markdown."""
    return reference()
