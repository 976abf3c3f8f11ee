"""Check all tables of the lexicon and whether the generated ones equal a rebuild, as far as their sources are here.

Usage: ``python tools/check_lexicon.py``; the exit status is 0 where all is well.
"""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from musnad.lexicon.checker import main as check_tables

HERE = Path(__file__).resolve().parent
BUILDERS = {"build_verbs.py": "mazini", "build_names.py": "arabic_name_romanizer"}
"""Script → the package that it reads."""


def main() -> int:
    """Check tables, then rebuilds; returns the exit status."""
    failed = check_tables()
    for script, package in BUILDERS.items():
        if importlib.util.find_spec(package) is None:
            print(f"{script}: not checked, {package} is not installed", file=sys.stderr)
            continue
        failed |= subprocess.run([sys.executable, str(HERE / script), "--check"], check=False).returncode
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
