package sqlstore

// PrepareNothing has a database go on as behind a pooler (see wire).
func PrepareNothing(db *DB) { db.engine.(*postgres).unprepared.Store(true) }
