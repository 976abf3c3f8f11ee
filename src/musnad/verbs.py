"""The verbs of the ledger on the command line: ``musnad add`` and all that asks what it holds."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from musnad.errors import MusnadError, UsageError
from musnad.printing import FORMATS, format_of, show
from musnad.progress import Progress
from musnad.streams import inputs, output

if TYPE_CHECKING:
    from musnad.keep.intake import Kept
    from musnad.keep.search import Wanted
    from musnad.ledger import Ledger

DEFAULT = "musnad.db"
_ADD_EXAMPLES = """Articles that the ledger has are not read again: a run that was stopped goes on where it stood. What
cannot be read is set aside with its reason (musnad failed). The ledger is musnad.db, or what MUSNAD_LEDGER names.

examples:
  musnad add archive.jsonl pages/
  musnad add archive.jsonl --ledger news.db --jobs 4
  zcat archive.jsonl.gz | musnad add - --ledger postgresql://me@localhost/news
"""
_CHECK = """exit status: 0 found, 1 not found, 2 the ledger cannot be read

examples:
  musnad check "QUOTATION"
  musnad check "QUOTATION" --ledger news.db --format json
"""
_FIND_EXAMPLES = """examples:
  musnad find ceasefire-words --since 2016-10-01 --act deny
  musnad find --voice "NAME" --limit 0 --format csv -o statements.csv
  musnad find --since 2026-01-01 --limit 0 -o statements.parquet
  musnad find --relay Reuters --status unverified --limit 0 --format jsonl
"""


_DECIDE = """accept ID                 the statement is right as it was read; or the voice as it is merged
correct ID FIELD=VALUE... speaker, act, form, status, anonymous, said; statement=no where there is none
merge ID ID...            statements are of one saying; or voices are one, under the first
split ID...               these leave what they are one with
undo NUMBER               a decision is taken back; it stays in the list
list [ID]                 what was decided, by whom and when

ID is that of a statement (ARTICLE#s3), or a name or key of a voice. Decisions count at once and outlast every new
reading.

examples:
  musnad decide correct harbour-7#s2 speaker="NAME" status=denied --note "see the recording"
  musnad decide merge harbour-7#s2 bees-1#s4 --by Maryam
  musnad decide split "NAME" --ledger news.db
  musnad decide undo 12
"""
_VERSIONS = """Words cut stand in [-...-], words added in {+...+}, words moved in {~...~}; in colour on a terminal,
unless NO_COLOR is set.

examples:
  musnad versions                          all articles that were edited after they were first kept
  musnad versions harbour-7#s2
  musnad versions harbour-7 --ledger news.db
  musnad versions harbour-7#s2 --lang ar | less -R
"""
_VOICES = """examples:
  musnad voices --limit 20
  musnad voices "NAME" --format json
"""


def register(verbs: Any) -> None:
    """Add the verbs to the parser of the command."""
    add = _verb(verbs, "add", "read articles and keep them in a ledger", _add, epilog=_ADD_EXAMPLES, shows=False)
    add.add_argument("paths", nargs="*", metavar="PATH", help="what to read; - is standard input")
    add.add_argument("--input-format", choices=("text", "jsonl", "html"), help="what the inputs are")
    add.add_argument("--published", metavar="DATE", help="date of publication where the input names none")
    add.add_argument("--outlet", metavar="NAME", help="who published the articles where the input does not say")
    add.add_argument("--authority", metavar="FILE", action="append", default=[], help="a table of actors of your own")
    again = _verb(verbs, "reread", "read what is kept anew with this version of the reader", _reread, shows=False)
    again.add_argument("--all", action="store_true", help="also what this version has read")
    for verb in (add, again):
        verb.add_argument(
            "--jobs", type=_count, default=0, metavar="N", help="processes that read (default: all cores)"
        )
        verb.add_argument("--quiet", "-q", action="store_true", help="no progress and no summary")

    find = _verb(verbs, "find", "statements by words, speaker, outlet, day, act, place", _find, epilog=_FIND_EXAMPLES)
    find.add_argument("words", nargs="*", metavar="WORD", help="words that the statement holds, in any order")
    find.add_argument("--voice", metavar="NAME", help="who spoke")
    line = _verb(verbs, "timeline", "statements by day", _timeline)
    line.add_argument("words", nargs="*", metavar="WORD", help="words that the statement holds, in any order")
    line.add_argument("--voice", metavar="NAME", help="who spoke")
    voice = _verb(verbs, "voice", "everything reported of one speaker, by day", _voice)
    voice.add_argument("voice", metavar="NAME", help="a name, in any spelling, or the key of a voice")
    for verb in (find, line, voice):
        _filters(verb, limit=0 if verb is voice else 50)
    voices = _verb(verbs, "voices", "speakers, with all their names and why they are one", _voices, epilog=_VOICES)
    voices.add_argument("name", nargs="?", metavar="NAME", help="a name, in any spelling, or the key of a voice")
    voices.add_argument("--limit", type=_count, default=50, metavar="N", help="at most so many; 0 for all")
    trace = _verb(verbs, "trace", "the chain of one statement", _trace)
    trace.add_argument("statement", metavar="ID", help="id of the statement: ARTICLE#s3")

    check = _verb(verbs, "check", "is a quotation known: versions, first appearance, sources", _check, epilog=_CHECK)
    check.add_argument("quotation", metavar="QUOTATION", help="the words, in any spelling; - is standard input")
    check.add_argument("--limit", type=_count, default=10, metavar="N", help="sayings at most (default: %(default)s)")
    told = "what differs between the versions of a statement, or of an article, word by word"
    versions = _verb(verbs, "versions", told, _versions, epilog=_VERSIONS)
    versions.add_argument(
        "id", metavar="ID", nargs="?", help="ARTICLE#s3, or ARTICLE for the texts its URL has served; none: all edited"
    )
    sources = _verb(verbs, "sources", "how many independent sources a statement has, and why", _sources)
    sources.add_argument("statement", metavar="ID", help="id of the statement: ARTICLE#s3")
    _verb(verbs, "copies", "articles that are one text, with the probable origin", _copies)
    _verb(verbs, "sayings", "which statements report the same words of the same speaker", _sayings)
    _verb(verbs, "alarms", "changed numbers and negations, headlines without their quotation ...", _alarms)

    decide = _verb(verbs, "decide", "accept, correct, merge and split; undo; what was decided", _decide, epilog=_DECIDE)
    decide.add_argument("what", choices=("accept", "correct", "merge", "split", "undo", "list"), help="see below")
    decide.add_argument("targets", nargs="*", metavar="ID", help="what is decided on; see below")
    decide.add_argument("--by", metavar="NAME", help="who decides (default: MUSNAD_BY, else your login)")
    decide.add_argument("--note", metavar="TEXT", help="why")
    _register_upkeep(verbs)


def _register_upkeep(verbs: Any) -> None:
    """The verbs that look after a ledger."""
    _verb(verbs, "stats", "what the ledger holds", _stats)
    raw = _verb(verbs, "raw", "the bytes that an article was read from: file, page, or line", _raw, shows=False)
    raw.add_argument("id", metavar="ARTICLE", help="id of the article")
    raw.add_argument("--edition", type=_count, metavar="N", help="which edition (default: the newest)")
    raw.add_argument("-o", "--output", metavar="FILE", help="write there instead of standard output")
    _verb(verbs, "failed", "inputs that could not be read, with reasons", _failed)
    _verb(verbs, "verify", "look for damage in the ledger", _verify)
    dump = _verb(verbs, "dump", "the whole ledger as JSON lines", _dump, shows=False)
    dump.add_argument("-o", "--output", metavar="FILE", help="write there instead of standard output")
    load = _verb(verbs, "load", "put a dump into a new ledger", _load, shows=False)
    load.add_argument("path", metavar="FILE", help="what musnad dump wrote; - is standard input")


def _verb(
    verbs: Any, name: str, told: str, run: Callable[[argparse.Namespace], int], *, epilog: str = "", shows: bool = True
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = verbs.add_parser(
        name, help=told, description=told, epilog=epilog, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--ledger",
        metavar="PATH|URL",
        default=os.environ.get("MUSNAD_LEDGER") or DEFAULT,
        help="a file, or postgresql://... (default: %(default)s)",
    )
    if shows:
        from musnad.cli import looks

        parser.add_argument("--format", choices=FORMATS, help="output (default: by the ending of FILE, else text)")
        looks(parser)
    parser.set_defaults(run=run)
    return parser


def _filters(parser: argparse.ArgumentParser, *, limit: int) -> None:
    parser.add_argument("--outlet", metavar="NAME", help="who published it")
    parser.add_argument("--relay", metavar="NAME", help="through whom it came")
    parser.add_argument("--since", metavar="DATE", help="first day of publication")
    parser.add_argument("--until", metavar="DATE", help="last day of publication")
    parser.add_argument("--act", metavar="ACT", help="say, deny, accuse ... (docs/reading.md)")
    parser.add_argument("--form", metavar="FORM", help="direct, indirect or mixed")
    parser.add_argument("--status", metavar="STATUS", help="unverified, verified, denied ...")
    parser.add_argument("--place", metavar="PLACE", help="a country code, or a place that the article names")
    parser.add_argument("--anonymous", action=argparse.BooleanOptionalAction, default=None, help="of unnamed sources")
    parser.add_argument("--limit", type=_count, default=limit, metavar="N", help="at most so many; 0 for all")


def _count(value: str) -> int:
    if not value.isdecimal():
        raise argparse.ArgumentTypeError(f"{value} is no number")
    return int(value)


def _open(args: argparse.Namespace, *, create: bool = False) -> Ledger:
    from musnad.ledger import Ledger

    return Ledger(args.ledger, create=create)


def _add(args: argparse.Namespace) -> int:
    from musnad.call import actor_files, iso_date
    from musnad.cli import outcome

    paths = args.paths or ([] if sys.stdin is None or sys.stdin.isatty() else ["-"])
    if not paths:
        raise UsageError("nothing to add", remedy="name a PATH, or - for standard input")
    published = iso_date(args.published) if args.published else None
    actors = actor_files(args.authority)
    given = inputs(paths, args.input_format, published, args.outlet)
    progress = Progress(quiet=args.quiet)
    with _open(args, create=True) as ledger, progress:
        ledger.add(articles=given, jobs=args.jobs, authority=actors, told=_telling(progress), known=progress.pass_over)
    return outcome(progress)


def _reread(args: argparse.Namespace) -> int:
    progress = Progress(quiet=args.quiet)
    with _open(args) as ledger, progress:
        done = ledger.reread(jobs=args.jobs, force=args.all, told=_telling(progress))
    return 1 if done.failed else 0


def _telling(progress: Progress) -> Callable[[Kept, list[Any]], None]:
    def told(_: Kept, batch: list[Any]) -> None:
        for item in batch:
            if isinstance(item, MusnadError):
                progress.lose(item)
            else:
                progress.count(*item.counts)

    return told


def _wanted(args: argparse.Namespace) -> Wanted:
    from musnad.call import iso_date
    from musnad.keep.search import Wanted

    days: dict[str, Any] = {n: iso_date(getattr(args, n)) for n in ("since", "until") if getattr(args, n)}
    names = ("voice", "relay", "outlet", "act", "form", "status", "place", "anonymous", "limit")
    return Wanted(**{name: getattr(args, name) for name in names}, **days)


def _find(args: argparse.Namespace) -> int:
    with _open(args) as ledger:
        found = ledger.find(" ".join(args.words), _wanted(args))
        return show(args, found, "statement")


def _timeline(args: argparse.Namespace) -> int:
    with _open(args) as ledger:
        return show(args, ledger.timeline(" ".join(args.words), _wanted(args)), "statement")


def _voice(args: argparse.Namespace) -> int:
    with _open(args) as ledger:
        found = ledger.voice(args.voice, _wanted(args))
        if format_of(args) == "text":  # people see first who counts as this voice
            found = [*(voice for voice in ledger.voices(args.voice, limit=5) if voice["merged"]), *found]
        return show(args, found, "spoken" if format_of(args) == "text" else "statement")


def _voices(args: argparse.Namespace) -> int:
    with _open(args) as ledger:
        found = ledger.voices(args.name, limit=args.limit)
        return show(args, found, "voice")


def _decide(args: argparse.Namespace) -> int:
    with _open(args) as ledger:
        if args.what == "list":
            return show(args, ledger.decisions(*args.targets[:1]), "decision")
        values = {}
        targets = args.targets
        if args.what == "correct":
            targets = targets[:1]
            for given in args.targets[1:]:
                name, sign, value = given.partition("=")
                if not sign:
                    raise UsageError("no FIELD=VALUE", value=given, remedy="write speaker=NAME, act=deny ...")
                values[name] = value
        made = ledger.decide(args.what, targets, by=args.by or _login(), values=values, note=args.note)
        return show(args, made, "decision")


def _login() -> str:
    import getpass

    try:
        return os.environ.get("MUSNAD_BY") or getpass.getuser()
    except (KeyError, OSError):
        raise UsageError("nobody decides", remedy="say who with --by NAME") from None


def _trace(args: argparse.Namespace) -> int:
    with _open(args) as ledger:
        return show(args, ledger.trace(args.statement), "chain")


def _check(args: argparse.Namespace) -> int:
    quotation = sys.stdin.read() if args.quotation == "-" else args.quotation
    with _open(args) as ledger:
        found = ledger.check(quotation, limit=args.limit or 1_000)
    show(args, found, "answers")
    return 0 if found["sayings"] else 1


def _versions(args: argparse.Namespace) -> int:
    with _open(args) as ledger:
        if args.id is None:
            return show(args, ledger.edits(), "edited")
        if "#s" in args.id:
            return show(args, ledger.versions_of(args.id), "versions")
        return show(args, ledger.article(args.id), "editions")


def _sources(args: argparse.Namespace) -> int:
    with _open(args) as ledger:
        return show(args, ledger.sources(args.statement), "saying")


def _copies(args: argparse.Namespace) -> int:
    with _open(args) as ledger:
        return show(args, ledger.copies(), "copies")


def _sayings(args: argparse.Namespace) -> int:
    with _open(args) as ledger:
        return show(args, ledger.sayings(), "saying")


def _alarms(args: argparse.Namespace) -> int:
    with _open(args) as ledger:
        return show(args, ledger.alarms(), "alarm")


def _stats(args: argparse.Namespace) -> int:
    with _open(args) as ledger:
        return show(args, ledger.stats(), "facts")


def _failed(args: argparse.Namespace) -> int:
    with _open(args) as ledger:
        return show(args, ledger.failed(), "failed")


def _raw(args: argparse.Namespace) -> int:
    with _open(args) as ledger:
        found = ledger.input(args.id, edition=args.edition)
    if args.output in (None, "-"):
        sys.stdout.buffer.write(found)
        return 0
    try:
        Path(args.output).write_bytes(found)
    except OSError as error:
        raise UsageError(f"cannot write: {error.strerror}", value=args.output, remedy="name another file") from error
    return 0


def _verify(args: argparse.Namespace) -> int:
    with _open(args) as ledger:
        faults = ledger.verify()
    show(args, {"ledger": args.ledger, "faults": faults}, "facts")
    return 2 if faults else 0


def _dump(args: argparse.Namespace) -> int:
    from musnad.show.formats import dumps

    with _open(args) as ledger, output(args.output) as out:
        for record in ledger.dump():
            out.write(dumps(record) + "\n")
    return 0


def _load(args: argparse.Namespace) -> int:
    with _open(args, create=True) as ledger:
        if args.path == "-":
            done = ledger.load(sys.stdin)
        else:
            try:
                with Path(args.path).open(encoding="utf-8") as lines:
                    done = ledger.load(lines)
            except (OSError, UnicodeDecodeError) as error:
                raise UsageError(
                    f"cannot read: {error}", value=args.path, remedy="name what musnad dump wrote"
                ) from error
    print(f"musnad: {done.new} articles loaded", file=sys.stderr)
    return 0
