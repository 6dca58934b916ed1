"""Distributions by their mean, with the ends between which nearly all values lie.

Means that are not rational enter to 12 digits; their ends are the 5th and 95th percentile.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

from vsmdsl.language import syntax
from vsmdsl.language.codes import quantities
from vsmdsl.language.limits import refusal
from vsmdsl.language.source import Source
from vsmdsl.model.includes import SAMPLES, OutsideProjectError, Samples, TooManySamplesError
from vsmdsl.model.resolve.log import Log
from vsmdsl.model.resolve.numbers import Ends
from vsmdsl.model.resolve.spelling import nearest
from vsmdsl.model.resolve.texts import reason, shorten

Z95 = 1.6448536269514722  # the 95th percentile of the standard normal distribution
Seconds = Callable[[syntax.Value], Fraction | None]


def distribution(
    call: syntax.Call,
    seconds: Seconds,
    log: Log,
    samples: Samples | None,
) -> Ends | None:
    """Mean and ends of a distribution call, or None after a diagnostic."""
    name = call.name.text.lower()
    if name == "empirical":
        return _empirical(call, seconds, log, samples)
    shape = SHAPES.get(name)
    if shape is None:
        hint = nearest(name, (*SHAPES, "empirical"), f"one of {', '.join(SHAPES)}, empirical")
        message = f"`{call.name.text}` is no distribution"
        log.add(quantities.UNKNOWN_DISTRIBUTION.at(call.name.span, message, hint=hint))
        return None
    given = [seconds(argument.value) for argument in call.arguments]
    values = [value for value in given if value is not None]
    if len(values) < len(given):
        return None  # said already
    ends = shape[1](_named(call, values, shape[0]))
    if ends is None:
        hint = f"as in `{shape[2]}`"
        message = f"`{call.span.text}` makes no {name} distribution"
        log.add(quantities.BAD_DISTRIBUTION.at(call.span, message, hint=hint))
    return ends


def _named(
    call: syntax.Call, values: list[Fraction], names: tuple[str, ...]
) -> dict[str, Fraction]:
    """The arguments by name; what has none, or the name of another, gets one that nobody wants."""
    found: dict[str, Fraction] = {}
    for place, (argument, value) in enumerate(zip(call.arguments, values, strict=True)):
        fallback = names[place] if place < len(names) else f"argument {place}"
        name = argument.name.text.lower() if argument.name else fallback
        found[name if name not in found else f"{name} again"] = value
    return found


def _lognormal(given: dict[str, Fraction]) -> Ends | None:
    """mean = exp(μ + σ²/2), μ and σ from two percentiles."""
    points = sorted((int(name[1:]), value) for name, value in given.items() if _is_percentile(name))
    if len(points) != 2 or len(given) != 2:
        return None
    (p1, v1), (p2, v2) = points
    if not 0 < v1 < v2:
        return None
    sigma = math.log(v2 / v1) / (_normal(p2) - _normal(p1))
    mu = math.log(v1) - sigma * _normal(p1)
    if sigma > 10:
        return None
    low, high = math.exp(mu - Z95 * sigma), math.exp(mu + Z95 * sigma)
    return Ends(_digits(math.exp(mu + sigma**2 / 2)), _digits(low), _digits(high))


def _is_percentile(name: str) -> bool:
    return name[:1] == "p" and name[1:].isdecimal() and 0 < int(name[1:]) < 100


def _normal(percent: int) -> float:
    from statistics import NormalDist

    return NormalDist().inv_cdf(percent / 100)


def _plain_normal(given: dict[str, Fraction]) -> Ends | None:
    mean, deviation = given.get("mean"), given.get("sd")
    if mean is None or deviation is None or len(given) != 2:
        return None
    reach = _digits(Z95 * float(deviation))
    return Ends(mean, max(mean - reach, Fraction(0)), mean + reach)


def _exponential(given: dict[str, Fraction]) -> Ends | None:
    mean = given.get("mean")
    if mean is None or len(given) != 1:
        return None
    return Ends(mean, _digits(-math.log(0.95) * mean), _digits(-math.log(0.05) * mean))


def _triangular(given: dict[str, Fraction]) -> Ends | None:
    low, mode, high = (given.get(name) for name in ("low", "mode", "high"))
    if low is None or mode is None or high is None or not low <= mode <= high or len(given) != 3:
        return None
    return Ends((low + mode + high) / 3, low, high)


def _empirical(
    call: syntax.Call,
    seconds: Seconds,
    log: Log,
    samples: Samples | None,
) -> Ends | None:
    path = call.arguments[0].value if len(call.arguments) == 1 else None
    if not isinstance(path, syntax.Text):
        message = "`empirical` takes the name of one file"
        log.add(
            quantities.BAD_DISTRIBUTION.at(call.span, message, hint='write `empirical("x.csv")`')
        )
        return None
    try:
        if samples is None:
            raise OSError("a text that is no file reads none")
        if not path.text.lower().endswith(SAMPLES):
            raise OSError(f"only files that end in {' or '.join(SAMPLES)} are")
        found = _samples(samples, samples(path.text, call.span.source), seconds, path)
    except TooManySamplesError as much:
        log.add(refusal(path.span, "file_size", much.most, much.size, "letters of samples"))
        return None
    except (OSError, ValueError) as problem:
        why = f"it {problem}" if isinstance(problem, OutsideProjectError) else reason(problem)
        message = f"`{shorten(path.text, 60)}` cannot be read: {why}"
        hint = "one time a line, each with its unit, in the first column"
        log.add(quantities.SAMPLES_UNREADABLE.at(path.span, message, hint=hint))
        return None
    return Ends(*found)


def _samples(
    samples: Samples, source: Source, seconds: Seconds, at: syntax.Text
) -> tuple[Fraction, Fraction, Fraction]:
    """Mean, least and most of the times in a file; many steps may name the same one."""
    if source.name not in samples.values:
        times, units = _times(source, seconds, at)
        ends = sum(times, Fraction(0)) / len(times), min(times), max(times)
        samples.values[source.name] = ends, units
    ends, written = samples.values[source.name]
    for one in written:  # whoever reads them notes their units
        seconds(one)
    return ends


def _times(
    source: Source, seconds: Seconds, at: syntax.Text
) -> tuple[list[Fraction], list[syntax.Measure]]:
    from vsmdsl.language.quoted import parse_value

    values, units = [], {}
    read: dict[str, Fraction | None] = {}  # what was measured often stands there often
    for number, line in enumerate(source.text.split("\n")):
        cell = line.partition(",")[0].strip().strip('"')
        if cell not in read:
            node = parse_value(syntax.Text(cell, at.span)) if cell else None
            read[cell] = seconds(node) if isinstance(node, syntax.Measure) else None
            if read[cell] is not None and isinstance(node, syntax.Measure):
                units[node.parts[0].unit] = node
        known = read[cell]
        if known is not None:
            values.append(known)
        elif cell and number:  # the first line may be a heading
            # It may be no file of samples at all: nothing of it is shown.
            raise ValueError(f"its line {number + 1} begins with no time")
    if not values:
        raise ValueError("no times in it")
    return values, list(units.values())


def _digits(number: float) -> Fraction:
    return Fraction(f"{number:.12g}")


SHAPES: dict[str, tuple[tuple[str, ...], Callable[[dict[str, Fraction]], Ends | None], str]] = {
    "lognormal": (("p50", "p85"), _lognormal, "lognormal(p50=2d, p85=6d)"),
    "normal": (("mean", "sd"), _plain_normal, "normal(3d, 1d)"),
    "exponential": (("mean",), _exponential, "exponential(2d)"),
    "triangular": (("low", "mode", "high"), _triangular, "triangular(1h, 2h, 8h)"),
}
