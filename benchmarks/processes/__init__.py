"""Whether equations of fields are found again in their own solutions."""
