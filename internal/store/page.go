package store

// Page selects a part of a list.
type Page struct {
	Cursor string // the cursor of the last row of the page before; empty for the first page
	Limit  int    // the largest number of rows
}

// First returns the first page of a list.
func First(limit int) Page { return Page{Limit: limit} }
