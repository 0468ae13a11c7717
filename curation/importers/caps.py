"""How much one import may take: what is larger is refused with the name of the cap, never tried (T12)."""

MAX_BYTES = 2 * 1024**3
"""Bytes of one file, counted after decompression."""

MAX_WHOLE_BYTES = 256 * 1024**2
"""Bytes of a file that cannot be read row by row: a JSON array, an Excel workbook."""

MAX_RATIO = 100
"""How many times larger than itself a compressed file may become …"""

RATIO_FLOOR = 16 * 1024**2
"""… once it has given this many bytes: small files of one repeated line are harmless."""

MAX_DEPTH = 64
"""Lists and objects inside one another."""

MAX_LINE_BYTES = 8 * 1024**2
"""Bytes of one line."""

MAX_CELL = 1024**2
"""Characters of one text."""

MAX_COLUMNS = 10_000
"""Fields of one row."""

MAX_ROWS = 5_000_000
"""Rows of one file."""
