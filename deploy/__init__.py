"""How Tanfang (探访) is started, migrated and packaged; nothing here decides anything about an elder."""
