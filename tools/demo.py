"""Draws every file of `samples/` in every form into `build/demo/`, with a page to look at them.

Run by `make demo`. It goes in by the front door, the command line, several files a call.
"""

import html
import json
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples"
DEMO = ROOT / "build" / "demo"
FORMS = (("svg", "render"), ("png", "render"), ("html", "report"), ("pdf", "report"))
FIGURES = (("Lead time", "lead_time"), ("Process time", "process_time"))
RATIOS = (("Flow efficiency", "flow_efficiency"), ("Rolled %C&A", "rolled_ca"))


class Result(NamedTuple):
    """What one call of the command line came to."""

    code: int
    output: str
    messages: str


def main() -> int:
    """Draw the samples and write the index page; return 1 when something could not be drawn."""
    start = time.monotonic()
    samples = sorted(SAMPLES.glob("**/*.vsm"))
    DEMO.mkdir(parents=True, exist_ok=True)
    for old in DEMO.glob("*.*"):
        old.unlink()
    with ThreadPoolExecutor(max_workers=2) as pool:
        drawn = list(pool.map(lambda form: _draw(samples, *form), FORMS))
    index = DEMO / "index.html"
    index.write_text(_page(samples), encoding="utf-8")
    missing = [name for sample in samples for name in _names(sample) if not (DEMO / name).exists()]
    _tell([result for result in drawn if result.code], missing)
    print(f"Drew {len(samples)} maps in {time.monotonic() - start:.1f} s. Open this page:\n{index}")
    return 1 if missing or not samples else 0


def _draw(samples: list[Path], form: str, verb: str) -> Result:
    return _vsm(verb, *map(str, samples), "-f", form, "-o", str(DEMO))


def _vsm(*arguments: str) -> Result:
    command = [sys.executable, "-m", "vsmdsl", *arguments]
    done = subprocess.run(
        command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return Result(done.returncode, done.stdout, done.stderr)


def _names(sample: Path) -> list[str]:
    return [f"{sample.stem}.{form}" for form, _ in FORMS]


def _tell(failed: list[Result], missing: list[str]) -> None:
    for message in dict.fromkeys(result.messages.strip() for result in failed):
        print(message, file=sys.stderr)
    if missing:
        print(f"Could not be drawn: {', '.join(missing)}", file=sys.stderr)


# ---------------------------------------------------------------------------------- the index page


def _page(samples: list[Path]) -> str:
    template = (ROOT / "tools" / "demo.html").read_text(encoding="utf-8")
    maps = _maps(samples)
    cards = (_card(sample, maps.get(sample.stem, {})) for sample in samples)
    return template.replace("<!-- cards -->", "\n".join(cards))


def _maps(samples: list[Path]) -> dict[str, dict[str, Any]]:
    result = _vsm("stats", "--json", *map(str, samples))
    try:
        maps = json.loads(result.output)["maps"]
    except (ValueError, KeyError):
        return {}  # the page then goes without figures
    return {Path(one["file"]).stem: one for one in maps}


def _card(sample: Path, known: dict[str, Any]) -> str:
    title = html.escape(known.get("title") or sample.stem)
    metrics = known.get("metrics", {})
    figures = "".join(
        f"<div><dt>{html.escape(label)}</dt><dd>{html.escape(metrics[key]['text'])}</dd></div>"
        for label, key in FIGURES + RATIOS
        if metrics.get(key)
    )
    links = "".join(
        f'<a href="{sample.stem}.{form}">{form.upper()}</a>'
        for form, _ in FORMS
        if (DEMO / f"{sample.stem}.{form}").exists()
    )
    picture = f'<img src="{sample.stem}.svg" alt="{title}" loading="lazy">'
    source = html.escape(sample.read_text(encoding="utf-8"))
    return f"""
<article>
  <h2>{title}</h2>
  <a class="map" href="{sample.stem}.svg">{picture}</a>
  <dl>{figures}</dl>
  <nav>{links}</nav>
  <details><summary>{html.escape(sample.name)}</summary><pre>{source}</pre></details>
</article>"""


if __name__ == "__main__":
    sys.exit(main())
