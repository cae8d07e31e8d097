"""Roster files (名单表格): workbooks in, the words that offices write in them, the report back."""
