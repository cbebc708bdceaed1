"""The evidence: one folder per question, results as one tidy CSV per question. Not installed."""
