"""What a user passes as a table: its columns and their names, its targets, CSV files."""
