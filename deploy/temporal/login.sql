-- The Temporal server's own login, made when the cluster is new; the schema job makes its databases.
\getenv temporal_password TEMPORAL_PASSWORD
CREATE ROLE temporal LOGIN CREATEDB PASSWORD :'temporal_password';
