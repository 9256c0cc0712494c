//! The study file: SQLite, migrations, the operation log, undo, packages and backups. The only place with SQL.
