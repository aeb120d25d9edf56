"""`python -m sos_lint`, for where the command itself is not on the path."""

from __future__ import annotations

import sys

from sos_lint.cli import main

sys.exit(main())
