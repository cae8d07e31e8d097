"""The SQLAlchemy kit: engine, unit of work, types, outbox, history, idempotency and search tokens."""
