"""The search for a formula in rows: terms, linear forms, variable projection, evidence."""
