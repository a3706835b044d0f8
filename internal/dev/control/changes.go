package control

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"sync"
)

// changes remembers in which revision each member of the state, and each user, last
// changed. So an open simulator gets what changed since the state that it has.
type changes struct {
	mu       sync.Mutex
	run      string // of this process; the revisions of another one start with another text
	revision int64
	since    int64            // the revision of the last reset: older ones are unknown
	cleared  int64            // the journal_after of that reset
	parts    map[string]dated // by name
}

// dated is a part of the state, with the revision of its last change.
type dated struct {
	text     string
	revision int64
}

// stateSince returns the whole state, or the members and users that changed since a
// revision. After a reset, and for an unknown revision, it is the whole state.
func (d *door) stateSince(r *http.Request, since string) (map[string]json.RawMessage, error) {
	c := &d.changes
	c.mu.Lock()
	defer c.mu.Unlock() // one after another, so that no revision has an older state than the one before
	v, err := d.wholeState(r)
	if err != nil {
		return nil, err
	}
	c.begin(d.IDs.New, v.JournalAfter)
	after, partial := c.parse(since)
	users := []userView{}
	for _, u := range v.Users {
		if c.changed("user "+u.ID, encoded(u), after) || !partial {
			users = append(users, u)
		}
	}
	v.Users = users
	var state map[string]json.RawMessage
	if err := json.Unmarshal([]byte(encoded(v)), &state); err != nil {
		return nil, err
	}
	for name, value := range state {
		text := string(value)
		switch name {
		case "apps":
			text = encoded(v.registered) // without the addresses, which depend on the caller's Host
		case "clock":
			continue // the time has always changed
		}
		keep := c.changed(name, text, after)
		if name == "users" {
			keep = len(users) > 0
		}
		if partial && !keep {
			delete(state, name)
		}
	}
	state["revision"] = json.RawMessage(strconv.Quote(c.text()))
	if partial {
		state["since"] = json.RawMessage(strconv.Quote(since))
	}
	return state, nil
}

// begin begins a revision. A reset forgets the parts: everything is new after it.
func (c *changes) begin(newID func() string, cleared int64) {
	if c.run == "" {
		c.run = newID()
	}
	c.revision++
	if c.parts == nil || c.cleared != cleared {
		c.parts, c.cleared, c.since = map[string]dated{}, cleared, c.revision
	}
}

// changed reports whether a part has changed after a revision.
func (c *changes) changed(name, text string, after int64) bool {
	part, known := c.parts[name]
	if !known || part.text != text {
		part = dated{text, c.revision}
		c.parts[name] = part
	}
	return part.revision > after
}

// text returns the current revision for a caller.
func (c *changes) text() string { return c.run + "." + strconv.FormatInt(c.revision, 10) }

// parse returns the number of a caller's revision. It is not known if it belongs to
// another process, or is older than the last reset.
func (c *changes) parse(text string) (revision int64, known bool) {
	run, number, _ := strings.Cut(text, ".")
	revision, err := strconv.ParseInt(number, 10, 64)
	return revision, run == c.run && err == nil && revision >= c.since && revision < c.revision
}

// encoded returns a part as JSON.
func encoded(v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		return err.Error() // a view always marshals
	}
	return string(data)
}
