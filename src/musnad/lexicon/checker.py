"""Whether the tables keep their contracts: ``python -m musnad.lexicon.checker``.

Every table is checked for its columns, empty and untrimmed cells, values that ``schema.SCHEMAS`` does not know, rows
that say the same thing twice, and examples that do not show the row. Tables of other packages (without a schema)
must have source, region and example in every row, unless a script writes them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

from musnad.errors import LexiconError
from musnad.lexicon.loader import ALTERNATIVES, Row, index, rows, tables
from musnad.lexicon.schema import COMMON, REGIONS, SCHEMAS, Schema
from musnad.read.fold import fold_word

_PROCLITICS = tuple(chr(code) for code in (0x0648, 0x0641, 0x0628, 0x0644, 0x0643, 0x0633))
_ARTICLE = chr(0x0627) + chr(0x0644)
_LAM = chr(0x0644)
_WEAK = tuple(chr(code) for code in (0x0621, 0x0627, 0x0647, 0x064A))
_ENDING = 3
"""Longest pronoun ending that is taken off, in letters."""


def spellings(word: str) -> Iterator[str]:
    """The folded ``word`` with up to two proclitics, the article and a pronoun ending taken off in all ways."""
    starts = {0}
    for _ in range(2):
        starts |= {at + 1 for at in starts if word[at : at + 1] in _PROCLITICS and len(word) > at + 2}
    for at in sorted(starts):
        rest = word[at:]
        yield rest
        if rest.startswith(_ARTICLE) and len(rest) > 3:
            yield rest[2:]
        if rest.startswith(_LAM) and at and len(rest) > 3:
            yield rest[1:]
        for ending in range(1, _ENDING + 1):
            if len(rest) > ending + 1:
                yield rest[:-ending]


def words(text: str) -> list[str]:
    """The folded words of ``text``; marks set words apart."""
    return "".join(c if c.isalnum() else " " for c in fold_word(text)).split()


def shows(example: str, forms: Iterable[str]) -> bool:
    """Whether ``example`` has one of ``forms``, as words in a row, the first and last with clitics or without."""
    found = words(example)
    for form in forms:
        wanted = words(form)
        width = len(wanted)
        for at in range(len(found) - width + 1):
            run = found[at : at + width]
            if run and run[1:-1] == wanted[1:-1] and _meets(run[0], wanted[0]) and _meets(run[-1], wanted[-1]):
                return True
    return False


def _meets(word: str, wanted: str) -> bool:
    """Whether ``word`` is ``wanted``, with clitics; a weak last letter of it may have changed before an ending."""
    if len(wanted) == 1:
        return word.startswith(wanted)
    weak = wanted[:-1] if len(wanted) > 2 and wanted[-1] in _WEAK else None
    return any(shape == wanted or shape[:-1] == weak for shape in spellings(word))


def check_columns(table: str, row: Row, schema: Schema | None) -> Iterator[str]:
    """What is wrong with the columns of ``table``, seen at its first row."""
    given = row.header.columns
    free = row.header.generator is not None
    wanted = (() if schema is None else schema.columns) + (() if free else COMMON)
    for column in wanted:
        if column not in given:
            yield f"{table}: no column {column}"
    if schema is not None:
        for column in given:
            if column not in schema.columns + COMMON:
                yield f"{table}: unknown column {column}"
        if free != schema.generated:
            yield f"{table}: {'a script writes it' if free else 'no script writes it'}, the schema says otherwise"


def check_row(table: str, row: Row, schema: Schema | None) -> Iterator[str]:
    """What is wrong with the cells of one row."""
    where = f"{table}:{row.line}"
    for column, cell in zip(row.header.columns, row.cells, strict=True):
        if cell != cell.strip() or "  " in cell:
            yield f"{where}: spaces in {column}"
        if cell and (cell[0] == ALTERNATIVES or cell[-1] == ALTERNATIVES or ALTERNATIVES * 2 in cell):
            yield f"{where}: an empty alternative in {column}"
    if row.header.generator is None:
        for column in COMMON:
            if not row.get(column):
                yield f"{where}: no {column}"
    if schema is None:
        return
    if row.get("region", "all") not in REGIONS:
        yield f"{where}: unknown region {row.get('region')}"
    for column in schema.required:
        if not row.get(column):
            yield f"{where}: no {column}"
    for column, allowed in schema.values.items():
        for value in row.all(column):
            if value not in allowed:
                yield f"{where}: unknown {column} {value}"


def check_duplicates(table: str, found: tuple[Row, ...], columns: tuple[str, ...]) -> Iterator[str]:
    """Rows of ``table`` that have the same cells under ``columns``."""
    seen: dict[tuple[str, ...], int] = {}
    for row in found:
        key = tuple(row.get(column) for column in columns)
        first = seen.setdefault(key, row.line)
        if first != row.line:
            yield f"{table}:{row.line}: the same as line {first}: {' '.join(key)}"


def check_examples(table: str, found: tuple[Row, ...], schema: Schema) -> Iterator[str]:
    """Rows whose example shows none of their forms."""
    for row in found:
        forms = [form for column in schema.forms for form in row.all(column)]
        if forms and not shows(row.get("example"), forms):
            yield f"{table}:{row.line}: the example does not show {row.key}"


def check_verbs() -> Iterator[str]:
    """Examples without their verb, forms and verbs without each other, and lemmas of other tables without a verb."""
    forms, lemmas = index("speech/verb_forms"), {row["lemma"] for row in rows("speech/verbs")}
    for row in rows("speech/verbs"):
        shapes = (shape for word in words(row["example"]) for shape in spellings(word))
        if not any(form["lemma"] == row["lemma"] for shape in shapes for form in forms.get(shape, ())):
            yield f"speech/verbs:{row.line}: the example does not show {row.key}"
    made = {row["lemma"] for row in rows("speech/verb_forms")}
    for lemma in sorted(lemmas ^ made):
        yield f"speech/verb_forms: {lemma} in one of the two tables only: run tools/build_verbs.py"
    for table in ("speech/participles", "speech/light_verbs", "speech/act_shifts", "speech/relays", "speech/labels"):
        for row in rows(table):
            column = "words" if table == "speech/labels" else "lemma"
            if table != "speech/labels" or row["class"] == "lemma":
                for lemma in row.all(column):
                    if lemma not in lemmas:
                        yield f"{table}:{row.line}: {lemma} is not in speech/verbs"


def check() -> list[str]:
    """Everything that is wrong with the tables, one line each; empty where all is well."""
    wrong: list[str] = []
    present = tables()
    wrong.extend(f"{table}: missing" for table in SCHEMAS if table not in present)
    for table in present:
        schema = SCHEMAS.get(table)
        try:
            found = rows(table)
        except LexiconError as error:
            wrong.append(str(error))
            continue
        if not found:
            wrong.append(f"{table}: no rows")
            continue
        wrong.extend(check_columns(table, found[0], schema))
        for row in found:
            wrong.extend(check_row(table, row, schema))
        if schema is not None:
            wrong.extend(check_duplicates(table, found, schema.unique))
            if found[0].header.generator is None:
                wrong.extend(check_examples(table, found, schema))
    if not any(line.startswith("speech/verb") and line.endswith("missing") for line in wrong):
        wrong.extend(check_verbs())
    return wrong


def main() -> int:
    """Print what is wrong; 0 where nothing is."""
    wrong = check()
    for line in wrong:
        print(line)
    print(f"{len(tables())} tables, {len(wrong)} problems", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
