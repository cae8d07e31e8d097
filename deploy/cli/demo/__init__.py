"""The demonstration: invented people and six weeks of their lives."""
