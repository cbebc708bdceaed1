"""Search rows for a formula: enumerated terms, linear forms, variable projection, repairs."""
