"""``python -m musnad``: the command."""

from musnad.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
