"""Identity (账号与权限): accounts, units, roles, territories and sign-ins."""
