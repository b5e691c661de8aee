/** The console's tables, as one step of the schema. They keep JSON as text, which can say what `json` can't. */
export const consoleTables = `CREATE TABLE documents (
    kind text NOT NULL,
    id text NOT NULL,
    document text NOT NULL,
    PRIMARY KEY (kind, id)
  );
  CREATE TABLE versions (number integer PRIMARY KEY, heading text NOT NULL, config text NOT NULL);
  CREATE TABLE audit (number bigserial PRIMARY KEY, target text NOT NULL, entry text NOT NULL);
  CREATE INDEX audit_target ON audit (target, number);
  CREATE TABLE sessions (hash text PRIMARY KEY, until bigint NOT NULL, session text NOT NULL);`

/** What came after them. */
export const jobTables = `CREATE TABLE jobs (number bigserial PRIMARY KEY, id text NOT NULL UNIQUE, job text NOT NULL);
  CREATE TABLE settings (key text PRIMARY KEY, value text NOT NULL);`

/** The hash by which a repeat of an activity is known from another activity under its id. */
export const appliedFingerprints = 'ALTER TABLE applied ADD COLUMN fingerprint TEXT'
