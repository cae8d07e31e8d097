"""Roster files (名单表格): reading workbooks, the words that offices write in them, and the report that goes back."""
