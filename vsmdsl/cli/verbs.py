"""The verbs of `vsm`.

A verb is `command` in the module of its name, loaded only when it is asked for: start-up is a
feature. The sentences stand here so that `vsm --help` need not load them either.
"""

from __future__ import annotations

from importlib import import_module

from vsmdsl.cli.declared import Verb

ASKED = "_VSM_COMPLETE"  # what a shell sets to ask what may come next
VERBS = {
    "render": "Draw maps as SVG, PNG, PDF, HTML, DOT or JSON.",
    "report": "Write an HTML or PDF report for stakeholders.",
    "check": "Show mistakes, advice and findings.",
    "stats": "Show the headline figures and the ranked waits.",
    "diff": "Tell what changed between two states of a map.",
    "trend": "Show the figures of a map over the history of its file.",
    "kaizen": "List the improvements: who, until when, for what gain.",
    "fmt": "Write maps in their canonical form.",
    "init": "Write a starter map.",
    "explain": "Tell what a message means and how to mend it.",
    "doctor": "Tell which parts are installed.",
    "completion": "Print the completion script of a shell.",
}


def declared(name: str) -> Verb:
    """The verb of this name, one of VERBS, with all that can be said to it."""
    verb: Verb = import_module(f"vsmdsl.cli.{name}").command
    return verb
