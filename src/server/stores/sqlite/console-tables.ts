/** The console's tables, as one step of the schema. Their ids are JSON, so that any text can be one. */
export const consoleTables = `CREATE TABLE documents (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (kind, id)
  );
  CREATE TABLE versions (number INTEGER NOT NULL PRIMARY KEY, heading TEXT NOT NULL, config TEXT NOT NULL);
  CREATE TABLE audit (number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, target TEXT NOT NULL, entry TEXT NOT NULL);
  CREATE INDEX audit_target ON audit (target, number);
  CREATE TABLE sessions (hash TEXT NOT NULL PRIMARY KEY, until INTEGER NOT NULL, session TEXT NOT NULL);`

/** What came after them. */
export const jobTables = `CREATE TABLE jobs (
    number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    job TEXT NOT NULL
  );
  CREATE TABLE settings (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL);`

/** The hash by which a repeat of an activity is known from another activity under its id. */
export const appliedFingerprints = 'ALTER TABLE applied ADD COLUMN fingerprint TEXT'
