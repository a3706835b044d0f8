package chain

import (
	"bytes"
	"fmt"
)

// Row is an entry as the database has it.
type Row struct {
	Link
	ID         string
	Commitment []byte
	Intact     bool // the commitment is the content's
	Erased     bool // its content was erased on purpose
}

// Walk checks the entries of a ledger, chain by chain in the order of their numbers.
// Entries may be added during the check.
type Walk struct {
	ledger *Ledger
	heads  []Head // before the entries were read
	last   []Link // of each chain, the last one that was checked
	anchor map[int64]Link
	report Report
}

// Walk starts a check. The heads must be read before the first entry, in order. The
// anchor may be nil.
func (l *Ledger) Walk(heads []Head, anchor Anchor) *Walk {
	w := &Walk{ledger: l, heads: heads, anchor: map[int64]Link{}, report: Report{Ledger: l.name}}
	for _, empty := range l.Heads() {
		w.last = append(w.last, empty.Link)
	}
	w.checkHeads(heads)
	for _, link := range anchor {
		if w.anchor[link.Chain] = link; link.Chain >= l.chains {
			w.fault(RolledBack, link, "", "the anchor belongs to another ledger: this one has %d chains", l.chains)
		}
	}
	return w
}

func (w *Walk) checkHeads(heads []Head) {
	for i, head := range heads {
		if head.Chain != int64(i) || int64(i) >= w.ledger.chains {
			w.fault(HeadFault, head.Link, "", "the heads of the chains are not the ones that were made")
		} else if !w.ledger.Sealed(head) {
			w.fault(HeadFault, head.Link, "", "the head of chain %d was altered", head.Chain)
		}
	}
	if n := int64(len(heads)); n < w.ledger.chains {
		w.fault(HeadFault, Link{Chain: n}, "", "%d of %d heads were removed", w.ledger.chains-n, w.ledger.chains)
	}
}

// Check checks the next entry. It returns false once a fault was found.
func (w *Walk) Check(r Row) bool {
	if w.report.Fault == nil {
		w.check(r)
	}
	return w.report.Fault == nil
}

func (w *Walk) check(r Row) {
	if r.Chain < 0 || r.Chain >= w.ledger.chains {
		w.fault(Inserted, r.Link, r.ID, "entry %s is in chain %d, which does not exist", r.ID, r.Chain)
		return
	}
	last := w.last[r.Chain]
	want := w.ledger.link(last, r.Chain, r.Commitment)
	anchor, anchored := w.anchor[r.Chain]
	switch {
	case r.Number <= last.Number:
		w.fault(Inserted, r.Link, r.ID, "entry %s has the number %d, after number %d", r.ID, r.Number, last.Number)
	case r.Number > want.Number:
		w.fault(Removed, want, "", "%d entries are missing before entry %s", r.Number-want.Number, r.ID)
	case !r.Intact:
		w.fault(Altered, r.Link, r.ID, "the content of entry %s was changed", r.ID)
	case !want.same(r.Link):
		w.fault(Altered, r.Link, r.ID, "entry %s was changed, or is not in its place", r.ID)
	case w.heads[r.Chain].Number == r.Number && !w.heads[r.Chain].same(r.Link):
		w.fault(HeadFault, r.Link, r.ID, "the head of chain %d has another hash than entry %s", r.Chain, r.ID)
	case anchored && anchor.Number == r.Number && !bytes.HasPrefix(r.Hash, anchor.Hash):
		w.fault(RolledBack, r.Link, r.ID, "entry %s is another one than in the anchor", r.ID)
	}
	w.last[r.Chain] = r.Link
	w.report.Entries++
	if r.Erased {
		w.report.Erased++
	}
}

// End ends the check. The heads must be read after the last entry.
func (w *Walk) End(heads []Head) Report {
	w.checkHeads(heads)
	for i := range w.last {
		last := w.last[i]
		if w.report.Fault != nil {
			return w.report
		}
		w.report.Adopted += heads[i].Adopted
		anchor := w.anchor[last.Chain]
		switch next := (Link{Chain: last.Chain, Number: last.Number + 1}); {
		case w.heads[i].Number > last.Number:
			w.fault(Removed, next, "", "the newest %d entries of chain %d are missing", w.heads[i].Number-last.Number, last.Chain)
		case heads[i].Number < last.Number:
			w.fault(HeadFault, last, "", "the head of chain %d was set back to number %d", last.Chain, heads[i].Number)
		case anchor.Number > last.Number:
			w.fault(RolledBack, next, "", "the anchor has %d entries in chain %d, the ledger has %d", anchor.Number, last.Chain, last.Number)
		}
	}
	if w.report.Fault == nil {
		w.report.Anchor = Anchor(w.last).String()
	}
	return w.report
}

// fault records the first fault.
func (w *Walk) fault(kind Kind, at Link, id, format string, args ...any) {
	if w.report.Fault == nil {
		w.report.Fault = &Fault{kind, at.Chain, at.Number, id, fmt.Sprintf(format, args...)}
	}
}
