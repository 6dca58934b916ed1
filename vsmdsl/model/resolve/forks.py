"""The shares of a choice: they make 100 %, and one branch may leave its own out."""

from __future__ import annotations

from fractions import Fraction

from vsmdsl.language.codes import quantities, structure
from vsmdsl.language.diagnostics import Label
from vsmdsl.language.source import Span
from vsmdsl.model.quantity import Percent, percent
from vsmdsl.model.resolve.fields import Fields
from vsmdsl.model.resolve.log import Log
from vsmdsl.model.resolve.shares import decimal
from vsmdsl.model.stream import Branch
from vsmdsl.record import replace

ZERO, ALL = Fraction(0), Fraction(1)


def stray_keys(fields: Fields, fork: str, log: Log) -> None:
    """`share` belongs to a choice, `joins` to a parallel; the other is taken away."""
    key, why = ("share", "all branches happen") if fork == "parallel" else ("joins", "one is taken")
    if fields.values.pop(key, None) is not None:
        message = f"a branch of `{fork}` has no `{key}`: of a `{fork}`, {why}"
        other = "choice" if fork == "parallel" else "parallel"
        hint = f"take it away, or make it a `{other}`"
        log.add(structure.UNKNOWN_KEY.at(fields.places[key], message, hint=hint))


def shared(branches: list[Branch], log: Log | None, fields: Fields) -> tuple[Branch, ...]:
    """Every branch with its share; the one that leaves it out gets the rest."""
    log = log or Log()
    silent = [branch for branch in branches if branch.share is None]
    if len(silent) > 1:
        labels = tuple(Label(branch.span, "and this one") for branch in silent[1:4])
        message = f"{len(silent)} branches leave their share out; one can get the rest"
        hint = "as in `branch slow 20% { … }`"
        found = quantities.SHARE_LEFT_OUT_TWICE.at(
            silent[0].span, message, hint=hint, labels=labels
        )
        log.add(found)
    else:
        check_sum(branches, fields.span, log)
    return settled(branches)


def check_sum(branches: list[Branch], span: Span, log: Log) -> None:
    """Say so where the shares do not make 100 %."""
    told = sum_of(branches)
    silent = any(is_rest(branch) for branch in branches)
    if told > 1 or (told != 1 and not silent):
        message = f"the shares make {decimal(told * 100)} %, not 100 %"
        hint = "leave the share of one branch out: it gets the rest" if told < 1 else ""
        told_here = [branch for branch in branches if not is_rest(branch)]
        labels = tuple(Label(b.span, f"{b.share.text} here") for b in told_here[:4] if b.share)
        log.add(quantities.SHARES_DO_NOT_SUM.at(span, message, hint=hint, labels=labels))


def settled(branches: list[Branch]) -> tuple[Branch, ...]:
    """Shares that make 100 %, so that a wrong map can still be drawn."""
    told = sum_of(branches)
    silent = sum(is_rest(branch) for branch in branches)
    if silent and told <= 1:
        rest = percent((ALL - told) / silent)
        return tuple(replace(b, share=rest) if is_rest(b) else b for b in branches)
    if not told:
        return tuple(replace(b, share=percent(Fraction(1, len(branches)))) for b in branches)
    return tuple(replace(branch, share=_part(branch, told)) for branch in branches)


def sum_of(branches: list[Branch]) -> Fraction:
    """What the written shares make together."""
    return sum((b.share.ratio for b in branches if b.share and not is_rest(b)), ZERO)


def is_rest(branch: Branch) -> bool:
    """Whether the branch gets the rest: its share was never written."""
    return branch.share is None or not branch.share.text


def _part(branch: Branch, told: Fraction) -> Percent:
    if branch.share is None or is_rest(branch):
        return percent(ZERO)
    if told == 1:
        return branch.share
    ratio = branch.share.ratio / told
    return Percent(ratio, ratio, ratio, branch.share.text)
