"""Writes the rules of a verdict into verdicts.md: python docs/theory/write.py"""

from pathlib import Path

from edgewise.discovery.verdict import RULES

PAGE = Path(__file__).parent / "verdicts.md"
BEGIN, END = "<!-- rules -->\n", "<!-- end of rules -->"


def write() -> str:
    """The page with the rules as the code has them."""
    before, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
    after = rest.split(END)[1]
    rules = "".join(f"{k}. *{rule.name}.* {rule.asks}\n" for k, rule in enumerate(RULES, 1))
    return before + BEGIN + rules + END + after


if __name__ == "__main__":
    PAGE.write_text(write(), encoding="utf-8")
