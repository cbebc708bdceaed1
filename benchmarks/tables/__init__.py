"""How good estimators of tables are without settings: every table, everybody's defaults."""
