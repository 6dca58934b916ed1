"""diff: two files, two futures, two revisions; for people, for pull requests, for programs."""

from __future__ import annotations

import html
import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import GOOD, ROOT, Ran

EARLIER = """
map "M" { calendar = 8h/day; demand = 20/month }
team ops "Operations"
customer shop "Shop"
control plan "Planning"
step dev "Develop" pt=3d lt=5d ca=85%
step review "Code review" pt=1h ca=90%
queue wait=3d
step "Manual test" pt=4h
step release "Release" pt=1h team=ops
rework "Manual test" -> dev 20%
info shop -> plan "Orders" every=1d
kaizen slo "Faster" on dev { owner="Ana"; set dev lt=4d }
note "Hello"
"""
LATER = """
map "M" { calendar = 8h/day; demand = 25/month }
team ops "Operations"
customer shop "Shop"
control plan "Planning"
step dev "Develop it" pt=3d lt=4d ca=85% team=ops
step review "Code review" pt=1h ca=90%
queue wait=1d
parallel "Checks" {
  step auto "Automated checks" pt=15min ca=97%
  step sec "Security scan" pt=1h
}
step release "Release" pt=1h team=ops tool="Spinnaker"
rework release -> dev 10% "rollback"
info shop -> plan "Orders" every=1w
kaizen slo "Faster" on dev { owner="Bob"; set dev lt=3d }
kaizen new "Pair up" on review { owner="Zoe"; due=2027-03-01; effort=2d; set review ca=99% }
goal lead_time <= 5d
"""
TOLD = [
    "+ New parallel work Checks after Code review (with Automated checks, Security scan)",
    "- Step Manual test removed",
    "~ Step Develop is now called Develop it",
    "~ Develop it: lead time 5 d → 4 d, team not given → Operations",
    "~ Waiting before Automated checks: 3 d → 1 d",
    "~ Release: tool not given → Spinnaker",
    "~ Information Shop → Planning Orders: every 1d → 1w",
    "+ New rework Release → Develop it rollback (share 10 %)",
    "+ New kaizen Pair up on Code review (owner Zoe, due 2027-03-01, effort 2 d)",
    "~ Kaizen Faster on Develop it: owner Ana → Bob, it promises other changes now",
    "- Note Hello removed",
    "+ New goal lead_time <= 5d",
    "~ Map, demand: 20/month → 25/month",
    "- Gone with what was removed: rework Manual test → Develop",
]

Vsm = Callable[..., Ran]
Git = Callable[..., None]


@pytest.fixture
def git(folder: Path) -> Git:
    """A repository in the folder, with one commit of all that is there."""

    def run(*arguments: str) -> None:
        names = ("-c", "user.name=Ana", "-c", "user.email=ana@example.com")
        subprocess.run(
            ["git", "-C", str(folder), *names, *arguments], check=True, capture_output=True
        )

    run("init", "-q", "-b", "main")
    run("add", ".")
    run("commit", "-qm", "First")
    return run


def test_two_files(vsm: Vsm, folder: Path) -> None:
    (folder / "new.vsm").write_text(GOOD.replace("wait=12d", "wait=6d"), encoding="utf-8")
    ran = vsm("diff", "good.vsm", "new.vsm")
    assert ran.code == 0
    assert "Lead time falls from 17 d to 11 d, 35 % less (1 change)." in ran.out
    assert "~ Waiting in Ideas: 12 d → 6 d" in ran.out
    assert "−6 d (−35 %)" in ran.out


def test_two_clocks_are_not_subtracted(vsm: Vsm, folder: Path) -> None:
    (folder / "new.vsm").write_text(GOOD.replace("8h/day", "7h/day"), encoding="utf-8")
    out = vsm("diff", "good.vsm", "new.vsm").out
    assert "Lead time is 17 d; it was 17 d on another clock" in out
    assert "The clock of the map: 1 d = 8 h, 5 d/week → 1 d = 7 h, 5 d/week" in out
    assert "(1 change)" in out


def test_everything_that_can_be_told(vsm: Vsm, folder: Path) -> None:
    (folder / "new.vsm").write_text(LATER, encoding="utf-8")
    (folder / "old.vsm").write_text(EARLIER, encoding="utf-8")
    out = vsm("diff", "old.vsm", "new.vsm").out
    assert [line.strip() for line in out.split("What changed\n")[1].splitlines()] == TOLD


def test_nothing_changed(vsm: Vsm) -> None:
    ran = vsm("diff", "good.vsm", "good.vsm", "--exit-code")
    assert (ran.code, "Nothing changed" in ran.out) == (0, True)


def test_the_exit_code_says_that_something_changed(vsm: Vsm) -> None:
    assert vsm("diff", "checkout.vsm", "--future", "q1").code == 0
    assert vsm("diff", "checkout.vsm", "--future", "q1", "--exit-code").code == 1


def test_acme_from_current_to_future(vsm: Vsm) -> None:
    """23.6 d and 188 s become 4.5 d and 169 s."""
    ran = vsm("diff", str(ROOT / "samples" / "acme.vsm"), "--future", "leveled")
    assert "Lead time falls from 23.6 d to 4.5 d, 81 % less" in ran.out
    assert "188 s" in ran.out
    assert "169 s" in ran.out
    assert "+ New step Weld and assembly cell after Stamped parts" in ran.out
    assert "- Step Spot weld 1 removed" in ran.out


def test_two_futures_and_the_short_form(vsm: Vsm) -> None:
    short = vsm("diff", "checkout.vsm:q1")
    assert short.out == vsm("diff", "checkout.vsm", "--future", "q1").out
    back = vsm("diff", "checkout.vsm:q1", "checkout.vsm")
    assert "Lead time rises from 22.9 d to 30.6 d" in back.out


def test_the_comment_on_a_pull_request(vsm: Vsm) -> None:
    ran = vsm("diff", "checkout.vsm", "--future", "q1", "-f", "markdown")
    lines = ran.out.splitlines()
    assert lines[0] == "### Checkout feature delivery"
    assert lines[2] == "**Lead time falls from 30.6 d to 22.9 d, 25 % less (3 changes).**"
    assert "| Lead time | 30.6 d | 22.9 d | **−7.8 d (−25 %)** |" in lines
    assert "- Waiting in `Change request`: 6 d → 0 s" in lines


def test_nothing_in_a_name_becomes_markup(vsm: Vsm, folder: Path) -> None:
    bad = 'map "<img src=x> @all" { calendar = 8h/day }\nstep a "[x](http://y) `b` |" pt=1d\n'
    (folder / "bad1.vsm").write_text(bad, encoding="utf-8")
    (folder / "bad2.vsm").write_text(bad.replace("1d", "2d"), encoding="utf-8")
    out = vsm("diff", "bad1.vsm", "bad2.vsm", "-f", "markdown").out
    assert "### `<img src=x> @all`" in out  # a forge finds `@all` behind a backslash, too
    assert "- `[x](http://y) 'b' |`: process time 8 h → 16 h" in out


def test_as_json(vsm: Vsm) -> None:
    ran = vsm("diff", "checkout.vsm", "--future", "q1", "--json")
    document = json.loads(ran.out)
    assert (document["schema"], document["changed"]) == (1, True)
    (map_,) = document["maps"]
    assert map_["metrics"]["lead_time"] == {
        "before": "30.6 d",
        "after": "22.9 d",
        "delta": {"seconds": -223200, "ratio": -0.253061},
        "better": True,
    }
    assert [one["what"] for one in map_["changes"]] == ["changed"] * 3


def test_a_map_against_its_last_commit(vsm: Vsm, folder: Path, git: Git) -> None:
    (folder / "good.vsm").write_text(GOOD.replace("12d", "2d"), encoding="utf-8")
    ran = vsm("diff", "good.vsm")
    assert "HEAD:good.vsm → good.vsm" in ran.out
    assert "Waiting in Ideas: 12 d → 2 d" in ran.out
    assert vsm("diff", "HEAD:good.vsm", "good.vsm").out == ran.out
    assert vsm("diff", "main:./good.vsm", "good.vsm").code == 0


def test_a_map_without_a_title_is_called_as_its_file(vsm: Vsm, folder: Path, git: Git) -> None:
    (folder / "flow.vsm").write_text("queue q 9d\nstep a 1h\n")
    git("add", ".")
    git("commit", "-qm", "a flow")
    assert vsm("diff", "flow.vsm", "--exit-code").code == 0
    (folder / "flow.vsm").write_text("queue q 9d\nstep a 1h # often\n")
    assert "Nothing changed" in vsm("diff", "HEAD:flow.vsm", "flow.vsm").out


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_no_name_of_a_file_steers_who_reads(vsm: Vsm, folder: Path, form: str) -> None:
    for name in ("old.vsm", "odd\x1b[31m\u202e\x07.vsm"):
        (folder / name).write_text("queue q 9d\nstep a 1h\n", encoding="utf-8")
    ran = vsm("diff", "old.vsm", "odd\x1b[31m\u202e\x07.vsm", "-f", form)
    assert "Odd" in ran.out
    assert not {"\x1b", "\u202e", "\x07"} & {*ran.out}


def test_a_link_to_itself_is_no_mistake_of_ours(vsm: Vsm, folder: Path, git: Git) -> None:
    (folder / "loop.vsm").symlink_to("loop.vsm")
    ran = vsm("diff", "--git", "HEAD")
    assert (ran.code, ran.err.count("\n")) == (3, 1)
    assert "loop.vsm: too many levels of symbolic links" in ran.err


def test_from_a_folder_below(
    vsm: Vsm, folder: Path, git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "below").mkdir()
    (folder / "good.vsm").write_text(GOOD.replace("12d", "2d"), encoding="utf-8")
    monkeypatch.chdir(folder / "below")
    for path in ("HEAD:good.vsm", "HEAD:../good.vsm"):
        assert "Waiting in Ideas: 12 d → 2 d" in vsm("diff", path, "../good.vsm").out
    assert (
        "there is no `../../x.vsm` at `HEAD`" in vsm("diff", "HEAD:../../x.vsm", "../good.vsm").err
    )


def test_nothing_of_a_hostile_repository_is_run(vsm: Vsm, folder: Path, git: Git) -> None:
    for key in ("core.fsmonitor", "core.pager", "diff.external", "diff.evil.textconv", "alias.log"):
        git("config", key, f"!touch '{folder}/{key}'")
        git("config", key, f"touch '{folder}/{key}'")
    git("config", "log.showSignature", "true")
    git("config", "gpg.program", f"{folder}/evil")
    (folder / ".gitattributes").write_text("*.vsm diff=evil\n", encoding="utf-8")
    names = {path.name for path in folder.iterdir()}
    assert vsm("diff", "good.vsm").code == 0
    assert vsm("diff", "--git", "HEAD", "good.vsm").code == 0
    assert vsm("trend", "good.vsm").code == 0
    assert {path.name for path in folder.iterdir()} == names


def test_a_revision_reads_what_it_included_then(vsm: Vsm, folder: Path, git: Git) -> None:
    (folder / "part.vsm").write_text("queue Ideas wait=9d\n", encoding="utf-8")
    text = 'map "All" { calendar = 8h/day }\ninclude "part.vsm"\nstep Do pt=1d\n'
    (folder / "all.vsm").write_text(text, encoding="utf-8")
    git("add", ".")
    git("commit", "-qm", "Second")
    (folder / "part.vsm").write_text("queue Ideas wait=3d\n", encoding="utf-8")
    assert "Waiting in Ideas: 9 d → 3 d" in vsm("diff", "HEAD:all.vsm", "all.vsm").out


def test_all_maps_of_a_checkout(vsm: Vsm, folder: Path, git: Git) -> None:
    (folder / "good.vsm").write_text(GOOD.replace("12d", "2d"), encoding="utf-8")
    (folder / "more.vsm").write_text(GOOD, encoding="utf-8")
    (folder / "bad.vsm").unlink()
    ran = vsm("diff", "--git", "main", "-f", "markdown")
    assert ran.code == 0
    assert ran.out.count("### ") == 1  # what did not change is not spoken of
    assert "more.vsm: new, it was not there at main" in ran.err
    assert "bad.vsm: gone, it was there at main" in ran.err


def test_nothing_changed_in_a_checkout(vsm: Vsm, git: Git) -> None:
    ran = vsm("diff", "--git", "HEAD", "good.vsm", "-f", "markdown", "--exit-code")
    assert (ran.code, ran.out) == (0, "**No value stream changed.**\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("diff",), "give two states"),
        (("diff", "godo.vsm"), "no such file: godo.vsm; did you mean `good.vsm`?"),
        (("diff", "nowhere:good.vsm", "good.vsm"), "git knows no revision `nowhere`"),
        (("diff", "--git", "--output=x"), "git knows no revision `--output=x`"),
        (("diff", "--git", "-p"), "git knows no revision `-p`"),
        (("diff", "HEAD:nothing.vsm", "good.vsm"), "there is no `nothing.vsm` at `HEAD`"),
        (("diff", "checkout.vsm", "--future", "q9"), "no future is called `q9`"),
    ],
)
def test_wrong_usage(vsm: Vsm, git: Git, arguments: tuple[str, ...], said: str) -> None:
    ran = vsm(*arguments)
    assert ran.code == 2
    assert said in ran.err


def test_a_map_with_mistakes_cannot_be_compared(vsm: Vsm) -> None:
    ran = vsm("diff", "good.vsm", "bad.vsm")
    assert (ran.code, ran.out) == (1, "")
    assert "error[E" in ran.err


def test_outside_of_a_repository(vsm: Vsm, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(folder.parent))
    ran = vsm("diff", "good.vsm")
    assert ran.code == 2
    assert "not in a git repository" in ran.err


# --- pictures and pages


def test_two_files_as_a_picture_and_as_a_page(vsm: Vsm, folder: Path) -> None:
    (folder / "old.vsm").write_text(GOOD, encoding="utf-8")
    (folder / "new.vsm").write_text(GOOD.replace("12d", "2d"), encoding="utf-8")
    picture = vsm("diff", "old.vsm", "new.vsm", "-f", "svg")
    assert picture.code == 0
    assert picture.out.startswith("<svg ")
    assert "Lead time: 17 d before, 7 d after." in picture.out
    assert ">BEFORE<" in picture.out
    written = vsm("diff", "old.vsm", "new.vsm", "-o", "changes.html")
    assert (written.code, written.out) == (0, "")
    assert "wrote changes.html" in written.err
    page = (folder / "changes.html").read_text(encoding="utf-8")
    assert "Lead time falls from 17 d to 7 d, 59 % less (1 change)." in page
    assert "<svg " in page
    assert "<code>Ideas</code>: 12 d → 2 d" in page
    assert "default-src 'none'" in html.unescape(page)
    assert not re.search(r'(?:src|href)="(?!#)', page)


def test_what_people_wrote_is_no_markup_of_the_page(vsm: Vsm, folder: Path) -> None:
    wild = '<script>x</script> `code` "'
    (folder / "old.vsm").write_text(GOOD, encoding="utf-8")
    text = GOOD.replace('"Sketch"', json.dumps(wild)) + f"step {json.dumps(wild)} pt=1h\n"
    (folder / "new.vsm").write_text(text, encoding="utf-8")
    page = vsm("diff", "old.vsm", "new.vsm", "-f", "html").out
    assert "<script" not in page.lower()
    assert "&lt;script&gt;" in page


def test_the_maps_of_a_checkout_on_one_page_and_as_pictures(
    vsm: Vsm, folder: Path, git: Git
) -> None:
    (folder / "bad.vsm").unlink()
    for name in ("good", "checkout"):
        file = folder / f"{name}.vsm"
        file.write_text(file.read_text("utf-8").replace("12d", "2d"), encoding="utf-8")
    page = vsm("diff", "--git", "HEAD", "-f", "html").out
    assert page.count("<svg ") == 2
    refused = vsm("diff", "--git", "HEAD", "-f", "svg")
    assert refused.code == 2
    assert "give a folder with `-o`" in refused.err
    assert vsm("diff", "--git", "HEAD", "-f", "svg", "-o", "pictures/").code == 0
    assert {one.name for one in (folder / "pictures").iterdir()} == {"good.svg", "checkout.svg"}


def test_small_shares_change_by_what_they_say(vsm: Vsm, folder: Path) -> None:
    acme = (ROOT / "samples" / "acme.vsm").read_text(encoding="utf-8")
    (folder / "acme.vsm").write_text(acme, encoding="utf-8")
    told = vsm("diff", "acme.vsm", "--future", "leveled").out
    assert "Lead time falls from 23.6 d to 4.5 d, 81 % less (13 changes)." in told
    assert "+0.054 points" in told
