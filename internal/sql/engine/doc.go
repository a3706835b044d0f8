// Package engine runs SQL on SQLite and on PostgreSQL, so that a store is
// written once for both. It knows no noun of the product.
//
// In it: opening and pools, transactions, group commit, retries, migrations, the
// owner of a database, the translation of errors, and the rule for texts. Not in it:
// tables, queries of stores, and caches of rows.
//
//	          Write                              Read
//	SQLite    one writer, which folds waiting    a pool of connections that
//	          transactions into one commit       cannot write
//	Postgres  a connection for each, at READ     a pool of its own, so that a
//	          COMMITTED, run again after a       writer that reads never waits
//	          conflict                           for itself
//
// On both, a transaction that was acknowledged survives a power cut.
package engine
