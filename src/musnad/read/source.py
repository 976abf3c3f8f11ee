"""Where articles come from: files, folders and standard input, as one stream in the order they were given.

Nothing vanishes: every file, and every line of JSONL, gives an article or the error for which it was set aside.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import re
import sys
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import IO, Any, BinaryIO, cast

from musnad.errors import BadRecord, EmptyInput, InputError, TooLarge, UnreadablePath, UsageError
from musnad.read.dateline import find_dateline, publication_date
from musnad.read.decode import decode, is_wide
from musnad.read.language import check_text
from musnad.read.moments import publication_moment
from musnad.read.records import encoded, lines, members
from musnad.settings import LIMITS
from musnad.types import Article, Note

__all__ = ["FORMATS", "STDIN", "articles", "check_text"]

STDIN = "-"
FORMATS = ("text", "jsonl", "html")
_BY_SUFFIX = {
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "jsonl",
    ".html": "html", ".htm": "html", ".xhtml": "html", ".shtml": "html",
}  # fmt: skip
_SNIFFED = 4096  # bytes looked at to tell a format
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_FIELDS = ("title", "outlet", "url")


def articles(
    paths: Sequence[str],
    *,
    stdin: BinaryIO | None = None,
    input_format: str | None = None,
    published: str | None = None,
    outlet: str | None = None,
) -> Iterator[Article | InputError]:
    """Read articles one by one, in the order of ``paths``.

    Args:
        paths: files (also gzip), folders (all files in them, sorted, hidden ones aside), or ``-`` for ``stdin``.
        stdin: what ``-`` reads; the standard input if None.
        input_format: ``text``, ``jsonl`` or ``html``; told from name and content if None.
        published: date for articles that give none themselves; for HTML it goes before what the page declares.
        outlet: the same for the outlet.

    Yields:
        An ``Article`` (its ``text`` has passed ``check_text``), or the ``InputError`` for which an input was set
        aside, with the path (and line) as its ``value``. Errors are yielded, not raised.

    Raises:
        UsageError: ``input_format`` is unknown.
        MissingExtra: a page of HTML is met and the extra for it is not installed.
    """
    if input_format not in (None, *FORMATS):
        raise UsageError("unknown input format", value=input_format, remedy=f"use one of {', '.join(FORMATS)}")
    given = _Given(input_format, published, outlet)
    for path in paths:
        if path == STDIN:
            stream: IO[bytes] = stdin if stdin is not None else sys.stdin.buffer
            yield from _guarded("standard input", _from_stream(stream, "standard input", "", given))
        else:
            yield from _from_path(Path(path), given)


class _Given:
    """What the caller said about all inputs."""

    __slots__ = ("input_format", "notes", "outlet", "published")

    def __init__(self, input_format: str | None, published: str | None, outlet: str | None) -> None:
        self.input_format = input_format
        self.outlet = outlet
        self.published, self.notes = _iso_date(published)


def _from_path(path: Path, given: _Given) -> Iterator[Article | InputError]:
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        yield _unreadable(str(path), error)
        return
    if not S_ISDIR(mode):
        yield from _from_file(path, given)
        return
    found = False
    for part in _files_below(path):
        found = True
        if isinstance(part, Path):
            yield from _from_file(part, given)
        else:
            yield part
    if not found:
        yield EmptyInput("the folder has no files", value=str(path), remedy="give a folder with articles")


def _files_below(folder: Path) -> Iterator[Path | InputError]:
    """The files below ``folder`` in the order of their paths, hidden ones aside; errors where one cannot look."""
    try:
        names = sorted(entry.name for entry in os.scandir(folder))
    except OSError as error:
        yield _unreadable(str(folder), error)
        return
    for name in names:
        if name.startswith("."):
            continue
        path = folder / name
        try:
            mode = path.stat().st_mode
        except OSError as error:
            yield _unreadable(str(path), error)
            continue
        if S_ISDIR(mode):
            if path.is_symlink():
                yield _unreadable(str(path), "a link to a folder is not followed")
            else:
                yield from _files_below(path)
        elif S_ISREG(mode):
            yield path
        else:
            yield _unreadable(str(path), "not a regular file")


def _unreadable(source: str, error: object) -> UnreadablePath:
    told = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return UnreadablePath(f"cannot read: {told}", value=source, remedy="check the path and its permissions")


def _from_file(path: Path, given: _Given) -> Iterator[Article | InputError]:
    source = str(path)
    suffixes = [suffix.lower() for suffix in path.suffixes]
    packed = suffixes[-1:] == [".gz"]
    suffix = "".join(suffixes[-2:-1] if packed else suffixes[-1:])
    with ExitStack() as opened:
        try:
            plain = opened.enter_context(path.open("rb"))
            stream = cast(IO[bytes], opened.enter_context(gzip.GzipFile(fileobj=plain))) if packed else plain
        except (OSError, ValueError) as error:
            yield _unreadable(source, error)
            return
        yield from _guarded(source, _from_stream(stream, source, suffix, given))


def _guarded(source: str, found: Iterator[Article | InputError]) -> Iterator[Article | InputError]:
    """Pass on what is found; an error of reading ends this input, not the run."""
    try:
        yield from found
    except InputError as error:
        yield _named(error, source)
    except (OSError, EOFError, zlib.error) as error:
        yield _unreadable(source, error)


def _named(error: InputError, source: str) -> InputError:
    """The same error with the input as its value."""
    return type(error)(error.message, value=source, remedy=error.remedy)


def _from_stream(stream: IO[bytes], source: str, suffix: str, given: _Given) -> Iterator[Article | InputError]:
    head = _read(stream, _SNIFFED)
    kind = given.input_format or _BY_SUFFIX.get(suffix) or _sniff(head)
    if kind == "jsonl" and not (suffix == ".json" and _is_document(head)):
        yield from _from_lines(_Rest(head, stream), source, given)
        return
    data = head + _read(stream, LIMITS.max_bytes + 1 - len(head))
    if len(data) > LIMITS.max_bytes:
        remedy = f"give files of at most {LIMITS.max_bytes // 1_000_000} MB"
        yield TooLarge("the input is too large", value=source, remedy=remedy)
    elif not data.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe"):
        yield EmptyInput("there is no text", value=source, remedy="give the text of an article")
    elif kind == "html":
        yield _from_html(data, source, given)
    elif kind == "jsonl":
        yield from _from_document(data, source, given)
    else:
        text, _, notes = decode(data)
        yield _with_raw(_article({"text": text}, source, given, notes), data)


def _read(stream: IO[bytes], size: int) -> bytes:
    """Up to ``size`` bytes; a pipe may give them piecemeal."""
    parts: list[bytes] = []
    while size > 0:
        part = stream.read(min(size, 1 << 20))
        if not part:
            break
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _sniff(head: bytes) -> str:
    """The format of an input by its first bytes."""
    wide = is_wide(head)
    start = head[: len(head) & ~3].decode(wide or "utf-8", errors="replace").lstrip("\N{ZERO WIDTH NO-BREAK SPACE}")
    if _HTML.match(start):
        return "html"
    line = start.lstrip().split("\n", 1)[0]
    return "jsonl" if re.match(r'\{\s*"(?:[^"\\]|\\.){0,80}"\s*:', line) else "text"


def _is_document(head: bytes) -> bool:
    """Whether a ``.json`` file is one document (a list, or one record over many lines), not lines of records."""
    first = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    return first[:1] == b"[" or (first[:1] == b"{" and first.split(b"\n", 1)[0].strip() == b"{")


class _Rest(io.RawIOBase):
    """A stream with its first bytes put back."""

    def __init__(self, head: bytes, stream: IO[bytes]) -> None:
        super().__init__()
        self._head = head
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._head[: len(buffer)] or self._stream.read(len(buffer)) or b""
        self._head = self._head[len(data) :]
        buffer[: len(data)] = data
        return len(data)


def _from_lines(raw: _Rest, source: str, given: _Given) -> Iterator[Article | InputError]:
    stream = io.BufferedReader(raw)
    wide = is_wide(stream.peek(_SNIFFED)[:_SNIFFED])
    found = False
    for number, line in enumerate(lines(stream, wide), 1):
        where = f"{source}:{number}"
        if isinstance(line, int):
            found = True
            yield TooLarge(f"the record has more than {line:,} bytes", value=where, remedy="split it into articles")
        elif line.strip(b" \t\r\n\xef\xbb\xbf"):
            found = True
            yield _from_line(line, where, given, wide)
    if not found:
        yield EmptyInput("there are no records", value=source, remedy="give one JSON object a line")


def _from_line(line: bytes, where: str, given: _Given, wide: str | None) -> Article | InputError:
    line = line.rstrip(b"\r\n")
    try:
        text, _, notes = decode(line)
        raw = encoded(text, wide) if wide else line
        return _with_raw(_record(json.loads(text), where, given, notes), raw)
    except InputError as error:
        return _named(error, where)
    except (ValueError, RecursionError) as error:
        return BadRecord(f"the line is no JSON: {_reason(error)}", value=where, remedy="give one JSON object a line")


def _from_document(data: bytes, source: str, given: _Given) -> Iterator[Article | InputError]:
    """A ``.json`` file: one record, or a list of them."""
    text, encoding, notes = decode(data)
    try:
        found = json.loads(text)
        parts = members(text) if isinstance(found, list) else ()
    except (ValueError, RecursionError) as error:
        yield BadRecord(f"the file is no JSON: {_reason(error)}", value=source, remedy="give JSON lines")
        return
    if not isinstance(found, list):
        yield _with_raw(_record(found, source, given, notes), data)
        return
    if not found:
        yield EmptyInput("there are no records", value=source, remedy="give a list of JSON objects")
    for number, (record, (start, end)) in enumerate(zip(found, parts, strict=True), 1):
        raw = encoded(text[start:end], encoding)
        yield _with_raw(_record(record, f"{source}:{number}", given, notes), raw)


def _reason(error: Exception) -> str:
    return "nested too deep" if isinstance(error, RecursionError) else str(error).split(":", 1)[0].lower()


def _record(record: object, where: str, given: _Given, notes: tuple[Note, ...]) -> Article | InputError:
    remedy = "give an object with a text, and id, title, outlet, published and url where known"
    if not isinstance(record, dict):
        return BadRecord("the record is no JSON object", value=where, remedy=remedy)
    if not isinstance(record.get("text"), str):
        return BadRecord("the record has no text", value=where, remedy=remedy)
    return _article(record, where, given, notes)


def _from_html(data: bytes, source: str, given: _Given) -> Article | InputError:
    from musnad.read.markup import extract  # an optional dependency, loaded where it is needed

    page = extract(data)
    record = {"text": page.text, "title": page.title, "url": page.url}
    record |= {"outlet": given.outlet or page.outlet, "published": given.published or page.moment or page.published}
    return _with_raw(_article(record, source, given, page.notes), data)


def _with_raw(made: Article | InputError, data: bytes) -> Article | InputError:
    """``made`` with the bytes that it was read from."""
    return replace(made, raw=data) if isinstance(made, Article) else made


def _article(record: Mapping[str, Any], source: str, given: _Given, notes: tuple[Note, ...]) -> Article | InputError:
    """The article of a record whose ``text`` is a string; an error where it cannot be read."""
    told = list(notes)
    text = _sound(record["text"], "text", told)
    try:
        check_text(text)
    except InputError as error:
        return _named(error, source)
    fields: dict[str, str | None] = {}
    for name in _FIELDS:
        value = record.get(name)
        if value is not None and not isinstance(value, str):
            told.append(Note(code="bad-field", text=f"{name} is no string; it is left out"))
            value = None
        fields[name] = _sound(value, name, told) or None if value else None
    published, more = _iso_date(record.get("published"))
    moment = publication_moment(record["published"]) if published and isinstance(record["published"], str) else None
    told.extend(more)
    if published is None:
        published = given.published
        told.extend(given.notes)
    if published is None:
        dateline = find_dateline(text)
        if dateline and dateline.date:
            published = dateline.date
            told.append(
                Note(code="date-from-dateline", text="published is taken from the dateline", span=dateline.span)
            )
    fields["outlet"] = fields["outlet"] or given.outlet
    return Article(
        text=text,
        id=_id(record.get("id"), text),
        published=published,
        moment=moment if moment and moment[:10] == published else None,
        source=source,
        notes=tuple(told),
        title=fields["title"],
        outlet=fields["outlet"],
        url=fields["url"],
    )


def _sound(text: str, name: str, notes: list[Note]) -> str:
    """``text`` with U+FFFD for each lone surrogate, which no encoding can write."""
    first = _SURROGATE.search(text)
    if first is None:
        return text
    sound, count = _SURROGATE.subn(_REPLACEMENT, text)
    span = first.span() if name == "text" else None
    notes.append(Note(code="lone-surrogate", text=f"{count} lone surrogates in {name} were replaced", span=span))
    return sound


def _id(given: object, text: str) -> str:
    if isinstance(given, (str, int)) and not isinstance(given, bool) and str(given).strip():
        return _SURROGATE.sub(_REPLACEMENT, str(given))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def _iso_date(value: object) -> tuple[str | None, tuple[Note, ...]]:
    """The ISO date of a given date; a note where it is none."""
    if value is None or value == "":
        return None, ()
    found = publication_date(value) if isinstance(value, str) else None
    if found:
        return found, ()
    shown = _SURROGATE.sub(_REPLACEMENT, str(value)[:40])
    return None, (Note(code="bad-date", text=f"published is no date that musnad can read: {shown}"),)
