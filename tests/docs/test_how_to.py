"""`docs/how-to.md` can be followed as it stands: its code runs in order, its case script is judged as it says."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "how-to.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(python|yaml)\n(.*?)```", GUIDE, flags=re.DOTALL)
START = """
import django
django.setup()
from liuhen.scripts.facts import against_expected
from liuhen.scripts.script import read_script
"""
JUDGED = (
    "assert against_expected(read_script({text!r})) == ([], []), against_expected(read_script({text!r}))\n"
)


def program() -> str:
    """All blocks as one program; a script becomes the assertion that it is judged as it says."""
    return START + "\n".join(JUDGED.format(text=text) if kind == "yaml" else text for kind, text in BLOCKS)


def test_every_recipe_runs() -> None:
    """In a process of its own, since the examples declare kinds and rules."""
    assert {kind for kind, _ in BLOCKS} == {"python", "yaml"}
    done = subprocess.run(
        [sys.executable, "-c", program()],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "liuhen.project.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
