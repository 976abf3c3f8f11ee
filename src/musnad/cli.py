"""The command ``musnad``: arguments in, readings out, one line for each input set aside.

Exit status: 0 all inputs were read, 1 some were set aside, 2 nothing was read or the call makes no sense,
130 interrupted, 141 the reader of the output went away.
"""

from __future__ import annotations

import argparse
import gc
import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import IO, Any

from musnad import __version__
from musnad.errors import MusnadError, UsageError
from musnad.mistakes import guarded
from musnad.progress import Progress
from musnad.settings import GARBAGE
from musnad.show.bidi import AUTODETECT_OFF, AUTODETECT_ON, BIDI_OPTIONS, choose_order
from musnad.show.formats import FORMATS, SUFFIXES
from musnad.show.labels import LANGS, Lang
from musnad.show.text import Look
from musnad.streams import inputs, output
from musnad.types import Article, Reading
from musnad.verbs import register

_VALUE_IDS = "tqp"  # first letters of the ids of times, quantities and places
OK, SET_ASIDE, FAILED, INTERRUPTED, PIPE_GONE = 0, 1, 2, 130, 141

_EXAMPLES = """examples:
  musnad read story.txt --outlet "BBC Arabic" --published 2016-11-03
  musnad read archive.jsonl pages/ --format jsonl -o readings.jsonl
  musnad read story.html --format html -o story-read.html
  curl -s https://example.org/story | musnad read -
  musnad explain story.txt s4

exit status: 0 all read, 1 some inputs set aside, 2 nothing read or wrong usage
"""
_READ_EXAMPLES = """A PATH is a text file, JSONL (id, text, title, outlet, published, url), an HTML file, a folder of
such files, or - for standard input. Inputs that cannot be read are named on standard error; the others are still read.
Articles are read sixteen at a time and printed in the order given.

examples:
  musnad read story.txt
  musnad read archive.jsonl --format jsonl -o readings.jsonl
  musnad read archive.jsonl --format jsonl --authority my-actors.tsv
  musnad read story.html --format html --lang ar -o page.html
  musnad read story.txt --published 2016-11-03 --only times
"""
_EXPLAIN_EXAMPLES = """examples:
  musnad explain story.txt s4
  musnad explain story.txt t2
  musnad explain archive.jsonl s4 --article a-2016-1103
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit status."""
    try:
        args = _parser().parse_args(argv)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else FAILED
    _use_utf8()
    gc.set_threshold(GARBAGE)
    try:
        status: int = args.run(args)
        sys.stdout.flush()
        return status
    except MusnadError as error:
        _complain(str(error))
        return FAILED
    except BrokenPipeError:
        # The interpreter flushes standard output once more at its end; there must be something to take it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_GONE
    except KeyboardInterrupt:
        _complain("stopped")
        return INTERRUPTED
    except OSError as error:
        _complain(f"cannot-write: {error.strerror or error}: {error.filename or 'standard output'}")
        return FAILED


def _parser() -> argparse.ArgumentParser:
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        prog="musnad",
        description="Who is reported to have said what in Arabic news, through whom, and who checked it.",
        epilog=_EXAMPLES,
        formatter_class=raw,
    )
    parser.add_argument("--version", action="version", version=f"musnad {__version__}")
    verbs = parser.add_subparsers(title="commands", dest="verb", required=True, metavar="COMMAND")

    read = verbs.add_parser(
        "read", help="find the reported statements of articles", epilog=_READ_EXAMPLES, formatter_class=raw
    )
    read.add_argument("paths", nargs="*", metavar="PATH", help="what to read; - is standard input")
    read.add_argument("--format", choices=FORMATS, help="output (default: by the ending of FILE, else text)")
    read.add_argument(
        "--input-format",
        choices=("text", "jsonl", "html"),
        help="what the inputs are (default: told from name and content)",
    )
    read.add_argument("--published", metavar="DATE", help="date of publication where the input names none (YYYY-MM-DD)")
    read.add_argument("--outlet", metavar="NAME", help="who published the articles where the input does not say")
    read.add_argument(
        "--only",
        metavar="KINDS",
        help="print these alone, with commas between: times,quantities,places (formats text and jsonl)",
    )
    read.add_argument(
        "--authority",
        metavar="FILE",
        action="append",
        default=[],
        help="a table of actors of your own, or a folder of such tables; may be given several times",
    )
    read.add_argument("--quiet", "-q", action="store_true", help="no progress and no summary")
    looks(read)
    read.set_defaults(run=_read)

    explain = verbs.add_parser(
        "explain", help="the decisions behind one statement or value", epilog=_EXPLAIN_EXAMPLES, formatter_class=raw
    )
    explain.add_argument("path", metavar="PATH", help="the input that holds the article")
    explain.add_argument("statement", metavar="STATEMENT", help="id of the statement (s4) or of a value (t2)")
    explain.add_argument("--article", metavar="ID", help="id of the article, where PATH holds several")
    looks(explain)
    explain.set_defaults(run=_explain)

    schema = verbs.add_parser("schema", help="the JSON Schema of a reading")
    schema.add_argument("-o", "--output", metavar="FILE", help="write there instead of standard output")
    schema.set_defaults(run=_schema)
    register(verbs)
    return parser


def looks(parser: argparse.ArgumentParser) -> None:
    """Add the options of output."""
    parser.add_argument("-o", "--output", metavar="FILE", help="write there instead of standard output")
    parser.add_argument(
        "--lang", choices=LANGS, default=_own_lang(), help="language of the labels (default: %(default)s)"
    )
    parser.add_argument(
        "--bidi",
        choices=BIDI_OPTIONS,
        default="auto",
        help="who puts Arabic in order on the screen: the terminal, or musnad (visual); default: a guess",
    )
    parser.add_argument("--unfold", action="store_true", help="show words labelled as calls to violence")


def _own_lang() -> Lang:
    name = next((value for key in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(key))), "")
    return "ar" if name.startswith("ar") else "en"


def _read(args: argparse.Namespace) -> int:
    from musnad.call import actor_files, iso_date
    from musnad.many import read_all

    paths = args.paths or ([] if sys.stdin is None or sys.stdin.isatty() else ["-"])
    if not paths:
        raise UsageError("nothing to read", remedy="name a PATH, or - for standard input")
    published = iso_date(args.published) if args.published else None
    actors = actor_files(args.authority)
    kind = args.format or SUFFIXES.get(Path(args.output or "").suffix.lower(), "text")
    progress = Progress(quiet=args.quiet)
    given = inputs(paths, args.input_format, published, args.outlet)
    if args.only:
        return _read_only(args, given, kind)
    with output(args.output) as out, progress:
        found = _readings(read_all(given, authority=actors), progress)
        write(out, FORMATS[kind](found, look_of(args, out)), tty=kind == "text" and out.isatty())
    return outcome(progress)


def outcome(progress: Progress) -> int:
    """The exit status after inputs were read."""
    done = progress.read or progress.known
    return OK if done and not progress.set_aside else SET_ASIDE if done else FAILED


def _read_only(args: argparse.Namespace, inputs: Iterable[Article | MusnadError], kind: str) -> int:
    """``musnad read --only KINDS``."""
    from musnad.pipeline import read_values
    from musnad.show.values import as_lines, as_rows
    from musnad.values import KINDS

    kinds = tuple(dict.fromkeys(filter(None, args.only.split(","))))
    if not kinds or not set(kinds) <= set(KINDS):
        raise UsageError("no such kind of values", value=args.only, remedy=f"choose of {', '.join(KINDS)}")
    if kind not in ("text", "jsonl"):
        raise UsageError("values alone have no such format", value=kind, remedy="choose text or jsonl")
    progress = Progress(quiet=args.quiet, kinds=kinds)
    with output(args.output) as out, progress:
        read = (item if isinstance(item, MusnadError) else guarded(partial(read_values, item, kinds), item)
                for item in inputs)  # fmt: skip
        found = _readings(read, progress)
        parts = as_lines(found, kinds, look_of(args, out)) if kind == "text" else as_rows(found, kinds)
        write(out, parts, tty=kind == "text" and out.isatty())
    return outcome(progress)


def _readings(found: Iterable[Reading | MusnadError], progress: Progress) -> Iterator[Reading]:
    """The readings of what was ``found``; whatever cannot be read is reported and left out."""
    for item in found:
        if isinstance(item, MusnadError):
            progress.lose(item)
        else:
            progress.add(item)
            yield item


def _explain(args: argparse.Namespace) -> int:
    from musnad.pipeline import read_article, trace
    from musnad.show.explain import render

    article = _chosen(inputs([args.path]), args)
    if args.statement[:1] in _VALUE_IDS:
        return _explain_value(args, article)
    wanted = args.statement if not args.statement.isdecimal() else f"s{args.statement}"
    steps = trace(article, wanted)
    with output(args.output) as out:
        write(out, [render(read_article(article), wanted, steps, look=look_of(args, out))], tty=out.isatty())
    return OK


def _explain_value(args: argparse.Namespace, article: Article) -> int:
    """``musnad explain PATH t3``: the rule and the lexicon row of one value."""
    from musnad.pipeline import read_article
    from musnad.show.values import explained
    from musnad.values import KINDS

    reading = read_article(article)
    with output(args.output) as out:
        write(out, [explained(reading, args.statement, KINDS, look_of(args, out))], tty=out.isatty())
    return OK


def _chosen(inputs: Iterable[Article | MusnadError], args: argparse.Namespace) -> Article:
    first: Article | None = None
    several = False
    for item in inputs:
        if isinstance(item, MusnadError):
            if not args.article:
                raise item
        elif args.article is None:
            several = first is not None
            first = first or item
            if several:
                break
        elif item.id == args.article:
            return item
    if first is None:
        raise UsageError(
            "no such article", value=args.article or args.path, remedy="see the ids of musnad read --format jsonl"
        )
    if several:
        raise UsageError(
            "the input holds several articles", value=args.path, remedy=f"add --article ID, such as {first.id}"
        )
    return first


def _schema(args: argparse.Namespace) -> int:
    from musnad.show.schema import schema_text

    with output(args.output) as out:
        out.write(schema_text())
    return OK


def look_of(args: argparse.Namespace, out: IO[str]) -> Look:
    """How to draw for ``out``."""
    tty = out.isatty()
    plain = "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb"
    columns = min(100, max(40, shutil.get_terminal_size().columns)) if tty else Look().columns
    order = choose_order(args.bidi, tty=tty, env=os.environ)
    return Look(lang=args.lang, columns=columns, colour=tty and not plain, order=order, unfold=args.unfold)


def write(out: IO[str], parts: Iterable[str], *, tty: bool) -> None:
    """Write ``parts``, each as soon as it is there; VTE is asked to find the direction of lines meanwhile."""
    detect = tty and "VTE_VERSION" in os.environ
    try:
        if detect:
            out.write(AUTODETECT_ON)
        for part in parts:
            out.write(part)
            out.flush()
    finally:
        if detect:
            out.write(AUTODETECT_OFF)


def _use_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Any = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def _complain(line: str) -> None:
    print(f"musnad: {line}", file=sys.stderr)
