"""The door of the command line: finds the verb, runs it, and turns every ending into an exit code.

0 fine · 1 the input has errors · 2 wrong usage · 3 the environment · 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from vsmdsl.cli import console, hearing, lightly, patience, plain
from vsmdsl.cli.declared import Verb
from vsmdsl.cli.refusals import Misuse, Refusal, Trouble
from vsmdsl.cli.verbs import ASKED, VERBS, declared


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `vsm` with these arguments (else those of the process) and return its exit code."""
    console.prepare()
    if arguments is None:
        hearing.listen()
    try:
        code = _outcome(list(arguments) if arguments is not None else sys.argv[1:])
    finally:
        patience.end()
    return max(code, console.finish())


def _outcome(arguments: list[str]) -> int:
    try:
        return _done(arguments)
    except Refusal as error:
        console.show(error)
        return error.exit_code
    except KeyboardInterrupt as error:
        console.say()
        return _interrupted(error)
    except EOFError as error:
        return cut_short(error)
    except (MemoryError, SystemError) as error:  # the other is how Python fails where it gets none
        return _out_of_memory(error)
    except RecursionError:
        console.show(console.too_deep())
        return 1
    except OSError as error:
        console.show(console.trouble(error))
        return 3
    except (ImportError, RuntimeError) as error:
        return _lacking(error)
    except Exception as error:
        return _our_mistake(error)


def _done(words: list[str]) -> int:
    """Do what the words say: without `click` where there is nothing to be said about them."""
    if os.environ.get(ASKED):
        return _answer()
    verb = declared(words[0]) if words and words[0] in VERBS else None
    said = plain.read(verb, words[1:]) if verb else None
    try:
        return _by_click(words) if verb is None or said is None else verb.run(**said)
    except Misuse as misuse:
        misuse.usage = misuse.usage or (_usage(verb) if verb else ())
        raise


def _answer() -> int:
    lightly.import_click()
    from vsmdsl.cli import asked

    return asked.answer()


def _by_click(words: list[str]) -> int:
    lightly.import_click()
    from vsmdsl.cli import clicked

    return clicked.run(words)


def _usage(verb: Verb) -> tuple[str, ...]:
    lightly.import_click()
    from vsmdsl.cli import clicked

    return clicked.usage(verb)


def cut_short(error: EOFError) -> int:
    """A file of the installation ends too early: mend what can be mended, and begin again."""
    from vsmdsl.cli.bytecode import mend  # hardly ever needed

    console.show(Trouble(mend(error)))
    return 3


def _interrupted(error: KeyboardInterrupt) -> int:
    who = error if isinstance(error, hearing.Ended) else None
    return _ended(error, who.code if who else 130, "ended" if who else "interrupted")


def _ended(error: BaseException, code: int, otherwise: str) -> int:
    ours = patience.said(error)
    console.say(ours or otherwise)
    return patience.code() if ours else code


def _out_of_memory(error: BaseException) -> int:
    _let_go(error)
    return _ended(error, 3, console.refusal(Trouble("out of memory")))


def _let_go(error: BaseException) -> None:
    """Give back what the work had made: without any memory, Python may crash in a simple call."""
    error.__traceback__ = error.__context__ = error.__cause__ = None  # which hold all of it


def _lacking(error: Exception) -> int:
    from vsmdsl.memory import lacking  # hardly ever needed

    return _out_of_memory(error) if lacking(error) else _our_mistake(error)


def _our_mistake(error: Exception) -> int:
    if os.environ.get("VSM_TRACEBACK"):
        raise error
    what = f"{type(error).__name__}: {error}"
    console.say(f"vsm: this is a mistake in vsmdsl, not in your map ({what})")
    console.say("     set VSM_TRACEBACK=1 to see where it happens, and please report it")
    return 3
