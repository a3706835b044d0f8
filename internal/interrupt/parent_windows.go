package interrupt

// awaitOrphan does nothing: a process on Windows does not learn that its parent is gone.
func awaitOrphan(func()) {}
