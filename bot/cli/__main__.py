"""`python -m bot.cli`: the same as `kaoping`."""

import sys

from bot.cli import main

sys.exit(main())
