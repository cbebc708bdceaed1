"""What a user passes becomes numbers: one reader of arrays, of tables, of targets and of CSV."""
