package engine

// syncFolder does nothing: Windows makes the renaming of a file durable itself.
func syncFolder(string) error { return nil }
