"""The statements that know coordination's tables, and what it reads of others."""
