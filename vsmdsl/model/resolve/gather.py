"""One list of statements out of a file, what it includes, and the map that it is a future of."""

from __future__ import annotations

from vsmdsl.language import syntax
from vsmdsl.language.codes import structure
from vsmdsl.language.diagnostics import Diagnostic, Label
from vsmdsl.language.parser import parse
from vsmdsl.language.source import Source
from vsmdsl.limits import Limits
from vsmdsl.model.includes import MAP, Loader, OutsideProjectError
from vsmdsl.model.resolve.fields import block_statements
from vsmdsl.model.resolve.log import Log
from vsmdsl.model.resolve.schema import ADDED_WORDS, SHAPES, STREAM_WORDS
from vsmdsl.model.resolve.texts import reason, shorten
from vsmdsl.record import record

OUTSIDE = STREAM_WORDS | ADDED_WORDS | {"supplier", "customer", "control", "span", "future"}


@record
class Gathered:
    """All statements in order; `borrowed` are the futures that belong to another file."""

    statements: tuple[syntax.Statement, ...]
    source: Source  # the file of the map itself
    borrowed: frozenset[int] = frozenset()  # ids of statements that came from an `of` file


def gather(tree: syntax.Tree, load: Loader | None, log: Log, limits: Limits) -> Gathered:
    """The statements of a tree with those of its includes; the file of a `future … of` first."""
    gathering = _Gathering(load, log, limits)
    own = gathering.statements(tree, (tree.source,))
    base, source = gathering.base(own, tree.source, (tree.source,))
    borrowed = frozenset(id(s) for s in base if s.word == "future")
    return Gathered((*base, *own), source, borrowed)


class _Gathering:
    def __init__(self, load: Loader | None, log: Log, limits: Limits) -> None:
        self.load = load
        self.log = log
        self.limits = limits
        self.size = 0  # letters of all files that are in
        self.names: set[str] = set()  # of the files that are in; each is taken in once

    def statements(
        self, tree: syntax.Tree, above: tuple[Source, ...]
    ) -> tuple[syntax.Statement, ...]:
        self.names.add(tree.source.name)
        self.size += len(tree.source.text)
        found: list[syntax.Statement] = []
        for before, entry in zip((None, *tree.entries), tree.entries, strict=False):
            if isinstance(entry, syntax.AttributeLine):
                if not isinstance(before, syntax.AttributeLine):  # one message for a run of them
                    self._outside(entry, found)
            elif entry.word == "include":
                found.extend(self._included(entry, above))
            else:
                found.extend(with_strays(entry))
        return tuple(found)

    def _outside(self, line: syntax.AttributeLine, found: list[syntax.Statement]) -> None:
        key = line.attrs[0].key.text if line.attrs else line.span.text
        message = f"`{shorten(key)}` belongs to nothing here"
        hint = "a `key = value` line stands inside a block"
        if found and found[-1].block is None and found[-1].span.source is line.span.source:
            owner = shorten(found[-1].span.text, 30)
            hint = f"write it on the line of `{owner}`, or open a block there with `{{`"
        self.log.add(structure.ATTRIBUTE_OUTSIDE.at(line.span, message, hint=hint))

    def _included(
        self, statement: syntax.Statement, above: tuple[Source, ...]
    ) -> tuple[syntax.Statement, ...]:
        paths = statement.of_kind(syntax.Text)
        return self._file(paths[0], above) if paths else ()  # without, the parser has said so

    def _file(self, path: syntax.Text, above: tuple[Source, ...]) -> tuple[syntax.Statement, ...]:
        source = self._read(path, path.span.source)
        if source is None:
            return ()
        names = [one.name for one in above]
        if source.name in names:
            way = " → ".join((*names[names.index(source.name) :], source.name))
            message = f"`{path.text}` comes back to itself: {way}"
            hint = "take one of the lines out that make the circle"
            self.log.add(structure.INCLUDE_CIRCLE.at(path.span, message, hint=hint))
            return ()
        if source.name in self.names:
            return ()
        if len(above) > (most := self.limits.include_depth):
            from vsmdsl.language.limits import raising  # only a mistake needs it

            message = f"`{path.text}` lies more than {most} files deep"
            hint = f"include it from a file nearer to the map; {raising('include_depth', most)}"
            self.log.add(structure.INCLUDE_TOO_DEEP.at(path.span, message, hint=hint))
            return ()
        if refused := self._beyond(path, source):
            self.log.add(refused)
            return ()
        parsed = parse(source, self.limits)
        for diagnostic in parsed.diagnostics:
            self.log.add(diagnostic)
        return self.statements(parsed.tree, (*above, source))

    def _beyond(self, path: syntax.Text, source: Source) -> Diagnostic | None:
        """The message that there are too many files, or too large ones."""
        from vsmdsl.language.limits import refusal  # few maps include others

        limits, size = self.limits, self.size + len(source.text)
        if len(self.names) > limits.includes:
            actual, what = len(self.names), "files are included"
            return refusal(path.span, "includes", limits.includes, actual, what)
        if size > limits.file_size:
            what = "letters with this file"
            return refusal(path.span, "file_size", limits.file_size, size, what)
        return None

    def _read(self, path: syntax.Text, here: Source) -> Source | None:
        shown = shorten(path.text, 60)
        try:
            if self.load is None:
                raise OSError("a text that is no file includes none")
            if not path.text.lower().endswith(MAP):  # a message could show what stands in it
                raise OutsideProjectError("is no map", f"only files that end in `{MAP}` are")
            return self.load(path.text, here)
        except OutsideProjectError as refused:
            message = f"`{shown}` is not read: it {refused}"
            self.log.add(structure.INCLUDE_OUTSIDE.at(path.span, message, hint=refused.hint))
        except (OSError, ValueError) as problem:
            message = f"`{shown}` cannot be read: {reason(problem)}"
            hint = "the path starts at the folder of the file that names it"
            self.log.add(structure.INCLUDE_UNREADABLE.at(path.span, message, hint=hint))
        return None

    # --- the map that a file is a future of

    def base(
        self, own: tuple[syntax.Statement, ...], source: Source, above: tuple[Source, ...]
    ) -> tuple[tuple[syntax.Statement, ...], Source]:
        """The statements of the file that a `future … of "x.vsm"` is about, and that file."""
        paths = self._bases(own)
        if not paths:
            return (), source
        found = self._file(paths[0], above)
        if not found:
            return (), source
        below = found[0].span.source
        deeper, root = self.base(found, below, (*above, below))
        return (*deeper, *found), root

    def _bases(self, own: tuple[syntax.Statement, ...]) -> list[syntax.Text]:
        futures = (statement for statement in own if statement.word == "future")
        clauses = (clause for one in futures for clause in one.of_kind(syntax.Clause))
        refs = [clause.refs[0] for clause in clauses if clause.word == "of" and clause.refs]
        for other in refs[1:]:
            if other.text != refs[0].text:
                labels = (Label(refs[0].span, "the first one"),)
                message = "a file holds futures of one map; this is another one"
                hint = "write its futures into a file of their own"
                found = structure.SECOND_MAP.at(other.span, message, hint=hint, labels=labels)
                self.log.add(found)
        return [syntax.Text(ref.text, ref.span) for ref in refs[:1]]


def with_strays(statement: syntax.Statement) -> list[syntax.Statement]:
    """A statement, and after it those of its block that belong outside of it.

    A brace too many swallows all that follows. It is answered once, where the statement is read;
    the names that were swallowed are still known to all other lines.
    """
    shape = SHAPES.get(statement.word)
    found = [statement]
    for entry in block_statements(statement) if shape else ():
        if shape and entry.word in OUTSIDE and entry.word not in shape.holds:
            found.extend(with_strays(entry))
    return found
