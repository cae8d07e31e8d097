"""The sender of notices (通知): what workflows meant people to be told leaves the house here."""
