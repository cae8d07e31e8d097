"""How long what somebody writes in words may be."""

from marshmallow import validate

LONGEST_NOTE = 500
NOTE = validate.Length(max=LONGEST_NOTE)
WORDS = validate.Length(min=1, max=LONGEST_NOTE)
