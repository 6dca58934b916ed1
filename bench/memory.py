"""How much memory a program takes at its highest, in megabytes (10^6 bytes)."""

import resource
import subprocess
import sys


def main(*command: str) -> None:
    """Run a program to its end and print the most that it, or a child of it, held at once."""
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(peak / 1e6 if sys.platform == "darwin" else peak * 1024 / 1e6)


if __name__ == "__main__":
    main(*sys.argv[1:])
