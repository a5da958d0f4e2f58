"""`python -m yiwang.commands …` is `yiwang …`."""

import sys

from .line import main

if __name__ == "__main__":
    sys.exit(main())
