"""`python -m vsmdsl` is `vsm`."""

import sys

from vsmdsl.cli import main

sys.exit(main())
