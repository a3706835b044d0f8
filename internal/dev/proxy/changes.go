package proxy

import (
	"fmt"
	"slices"
	"strings"

	"github.com/selasar/selasar/internal/dev/document"
	"github.com/selasar/selasar/internal/journal/event"
)

// noteChanges records what a document got instead of GoPay's script, once for each page and set of changes.
func (p *Proxy) noteChanges(path, script string, c document.Changes) {
	allowed := slices.ContainsFunc(c.Policies, func(added string) bool { return strings.Contains(added, script) })
	if c.Places == 0 && !c.Merged && !allowed {
		return
	}
	data := event.ScriptPlaced{
		Path: path, Script: script, Replaced: c.Replaced, Places: c.Places, ImportMap: c.Merged, Policies: c.Policies, Refused: c.Refused,
	}
	p.note(fmt.Sprintf("%+v", data), event.PageScript.Entry(event.Scope{}, data))
}

// noteUnread records that a document stays as it is, once for each page and reason.
func (p *Proxy) noteUnread(data event.Unread) {
	p.note(fmt.Sprintf("%+v", data), event.PageUnread.Entry(event.Scope{}, data))
}
