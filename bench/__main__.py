"""All measurements in one run: `make bench`. Each part prints ratios beside its peers; nothing here judges.

`python -m bench scoring totals` runs only the parts named.
"""

from __future__ import annotations

import importlib
import sys

PARTS = ("scoring", "answers", "totals")


def main() -> int:
    """Runs the named parts, or all of them, one after the other in this process."""
    chosen = sys.argv[1:] or list(PARTS)
    unknown = [name for name in chosen if name not in PARTS]
    if unknown:
        print(f"no such part: {', '.join(unknown)}; there are: {', '.join(PARTS)}")
        return 2
    for name in chosen:
        print(f"\n== {name} ==")
        importlib.import_module(f"bench.bench_{name}").main()
    return 0


if __name__ == "__main__":
    sys.exit(main())
