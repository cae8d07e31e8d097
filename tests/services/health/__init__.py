"""The community health centre: its own records, through its handlers, pages and API."""
