"""Texts that the tests of the language share: the first file of the reference, and a busy one."""

from __future__ import annotations

FIRST = """\
# Observed by walking the stream on 2026-11-12.
map "Checkout feature delivery" {
  state = current
  date = 2026-11-12
  scope = "from customer request to running in production"
  calendar = 8h/day, 5d/week
  demand = 20/month
  item = "feature"
}

team product "Product"
team checkout "Checkout squad" people=6

supplier "Customer request"
customer "Online shoppers"
control jira "Product planning" system="Jira"

queue     backlog "Idea backlog" wait=12d wip=11
step      refine "Refine story" team=product pt=2h lt=1d ca=70%
handoff   "Ready column" wait=3d
step      dev "Develop" team=checkout pt=3d lt=5d ca=85% people=4
queue     inbox "Waiting for review" wait=1d wip=1
step      test "Integration test" team=checkout pt=4h lt=2d ca=75%
handoff   approve "Change request" via=email wait=6d

rework test -> dev 20% "defects found"
info customer -> jira "feature requests" by=electronic every=1w
waste waiting on approve "the board meets once a week"
metric deployment_frequency = 2/week
span cycle "Cycle time" from dev to test

kaizen slo "Review within four hours" on inbox {
  owner = "Ravi"
  due = 2026-12-15
  set inbox wait=2h
}

future q1 "Target, first quarter 2027" {
  apply slo, auto
  set test ca=95% lt=1d
}

goal lead_time <= 24d in q1
"""

BUSY = '''\
# one
map "x" { # two
  // three

  state = current # four
  # five
}
# six


parallel {
  # seven
  branch { step a } # eight

  branch b "Slow" 20 % { queue x 3d 4; step c 2h/1d 70% } // nine
} # ten
stream Refine 2 hours / 1d 70% -> 3d -> Develop 3d/5d 85% team=ana # eleven
  # twelve
  -> 6d -> „Code review“ 1h # thirteen
metric a = b.c
metric lead_time = 23.6d source = 'whiteboard'
PROCESS A 2h..8h/1d 70 % team: ana, ravi, LT=1d 4h C/T=3s %C&A = 50%; lt=4d
set test -> dev 10%
set test.ca = 95%
set demand=12000 L + 6400 R / month
set "Code review" "New" pt=lognormal(p50=2d, 6d)
waste waiting on approve, dev "x"
kaizen slo "t" on inbox
# fourteen
{ owner = "R"; set inbox wait=2h }  step next qty="3"
note on test -> dev """
  several
    lines
""" # fifteen
goal lead_time ≤ ~24d in q1
replace a to b { step x }
remove jira -> refine, test
info A → B, C "Label" every="Tue" url=https://x.y/#frag
rework l1 a->b ? "l"
future { insert after dev { step new pt=none wait=? } ; move new before dev }
'''
