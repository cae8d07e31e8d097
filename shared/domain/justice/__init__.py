"""What a judicial office (司法所) may do next, and until when: rules on what has happened in one record."""
