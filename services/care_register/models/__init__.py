"""The tables of `care_register`; row policies and views: `deploy/migrations/sql/30_care_register.sql`."""
