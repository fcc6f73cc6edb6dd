"""`python -m jobformidler` is the `jobformidler` command."""

import sys

from jobformidler.config.cli import run

if __name__ == "__main__":
    sys.exit(run())
