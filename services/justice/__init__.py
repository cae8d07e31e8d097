"""司法所: legal consultation, forwarding to legal aid, mediation."""
