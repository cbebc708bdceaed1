"""Writes the list of named laws into laws.md: python docs/write_laws.py"""

from pathlib import Path

import edgewise as ew

PAGE = Path(__file__).parent / "laws.md"
BEGIN, END = "<!-- laws -->\n", "<!-- end of laws -->"


def write() -> str:
    """The page with the laws as the code has them, a table a field."""
    before, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
    after = rest.split(END)[1]
    count = len(ew.laws.names())
    parts = [f"There are {count} laws in {len(ew.laws.fields())} fields.\n"]
    for field in ew.laws.fields():
        parts.append(f"\n### {field[0].upper()}{field[1:]}\n\n")
        parts.append("| name | law | formula | source |\n|---|---|---|---|\n")
        for name in ew.laws.names(field):
            law = ew.laws.get(name)
            also = f" (also {', '.join(law.also)})" if law.also else ""
            same = f" (as `{law.same_as}`)" if law.same_as else ""
            parts.append(
                f"| `{name}` | {law.title}{also} | `{law.formula}`{same} | {law.source} |\n"
            )
    return before + BEGIN + "".join(parts) + END + after


if __name__ == "__main__":
    PAGE.write_text(write(), encoding="utf-8")
