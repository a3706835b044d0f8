package chain

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/secret"
)

var key = secret.New([secret.KeySize]byte{1})

// ledger returns a ledger of two chains with three entries in each, as the database has
// them.
func ledger(key *secret.Key) (l *Ledger, rows []Row, heads []Head) {
	l = New(key, "test", 2)
	heads = l.Heads()
	for chain := range heads {
		for n := range 3 {
			commitment := l.Commit([]byte("salt"), Content{}.Text(fmt.Sprint("entry ", chain, n)))
			heads[chain] = l.Next(heads[chain], commitment)
			rows = append(rows, Row{Link: heads[chain].Link, ID: fmt.Sprint(chain, ".", n+1), Commitment: commitment, Intact: true})
		}
	}
	return l, rows, heads
}

func check(l *Ledger, rows []Row, before, after []Head, anchor Anchor) Report {
	w := l.Walk(before, anchor)
	slices.SortStableFunc(rows, func(a, b Row) int { return cmp.Or(cmp.Compare(a.Chain, b.Chain), cmp.Compare(a.Number, b.Number)) })
	for _, r := range rows {
		if !w.Check(r) {
			break
		}
	}
	return w.End(after)
}

func TestWalk_names_the_first_fault(t *testing.T) {
	for name, one := range map[string]struct {
		change func(l *Ledger, rows *[]Row, heads *[]Head)
		want   string // kind and place
	}{
		"nothing":                       {func(*Ledger, *[]Row, *[]Head) {}, ""},
		"a content is changed":          {func(_ *Ledger, rows *[]Row, _ *[]Head) { (*rows)[4].Intact = false }, "altered 1.2"},
		"a commitment is changed":       {func(_ *Ledger, rows *[]Row, _ *[]Head) { (*rows)[1].Commitment = []byte("other") }, "altered 0.2"},
		"a hash is changed":             {func(_ *Ledger, rows *[]Row, _ *[]Head) { (*rows)[5].Hash = []byte("other") }, "altered 1.3"},
		"two entries change places":     {func(_ *Ledger, rows *[]Row, _ *[]Head) { swap(*rows, 0, 1) }, "altered 0.1"},
		"two chains change places":      {func(_ *Ledger, rows *[]Row, _ *[]Head) { swap(*rows, 0, 3) }, "altered 0.1"},
		"the first entry is removed":    {func(_ *Ledger, rows *[]Row, _ *[]Head) { *rows = (*rows)[1:] }, "removed 0.1"},
		"an inner entry is removed":     {func(_ *Ledger, rows *[]Row, _ *[]Head) { *rows = append((*rows)[:1:1], (*rows)[2:]...) }, "removed 0.2"},
		"the newest entries are":        {func(_ *Ledger, rows *[]Row, _ *[]Head) { *rows = (*rows)[:4] }, "removed 1.2"},
		"an entry is there twice":       {func(_ *Ledger, rows *[]Row, _ *[]Head) { *rows = append(*rows, (*rows)[5]) }, "inserted 1.3"},
		"an entry is in no chain":       {func(_ *Ledger, rows *[]Row, _ *[]Head) { (*rows)[5].Chain = 2 }, "inserted 2.3"},
		"an entry has a negative chain": {func(_ *Ledger, rows *[]Row, _ *[]Head) { (*rows)[0].Chain = -1 }, "inserted -1.1"},
		"an entry has the number 0":     {func(_ *Ledger, rows *[]Row, _ *[]Head) { (*rows)[0].Number = 0 }, "inserted 0.0"},
		"a head is removed":             {func(_ *Ledger, _ *[]Row, heads *[]Head) { *heads = (*heads)[:1] }, "head 1.0"},
		"a head is another one's":       {func(_ *Ledger, _ *[]Row, heads *[]Head) { (*heads)[0].Chain = 1 }, "head 1.3"},
		"there are too many heads":      {func(l *Ledger, _ *[]Row, heads *[]Head) { *heads = append(*heads, New(key, "test", 3).Heads()[2]) }, "head 2.0"},
		"a head's count is changed":     {func(_ *Ledger, _ *[]Row, heads *[]Head) { (*heads)[1].Adopted = 1 }, "head 1.3"},
		"the newest entry and the head": {func(_ *Ledger, rows *[]Row, heads *[]Head) { truncate(rows, heads) }, "head 1.2"},
		"a chain begins again":          {func(l *Ledger, rows *[]Row, heads *[]Head) { *rows, (*heads)[1].Link = (*rows)[:3], l.Heads()[1].Link }, "head 1.0"},
		"an altered head is continued": {func(l *Ledger, rows *[]Row, heads *[]Head) {
			truncate(rows, heads)
			commitment := l.Commit(nil, nil)
			(*heads)[1] = l.Next((*heads)[1], commitment)
			*rows = append(*rows, Row{Link: (*heads)[1].Link, Commitment: commitment, Intact: true})
		}, "head 1.3"},
	} {
		l, rows, heads := ledger(key)
		one.change(l, &rows, &heads)
		if got := found(check(l, rows, heads, heads, nil)); got != one.want {
			t.Errorf("%s: found %q, want %q", name, got, one.want)
		}
	}
	l, rows, heads := ledger(key)
	if r := check(l, rows, heads, heads, nil); r.Entries != 6 || r.Adopted != 0 || r.Ledger != "test" {
		t.Errorf("the report is %+v", r)
	}
	stranger, _, _ := ledger(secret.Random())
	if got := found(check(stranger, rows, heads, heads, nil)); got != "head 0.3" {
		t.Errorf("with another key: found %q", got)
	}
}

func swap(rows []Row, i, j int) { rows[i].Link, rows[j].Link = rows[j].Link, rows[i].Link }

// truncate removes the newest entry, and sets the head to the one before, as somebody
// without the key can.
func truncate(rows *[]Row, heads *[]Head) {
	*rows = (*rows)[:5]
	(*heads)[1].Link = (*rows)[4].Link
}

func found(r Report) string {
	if r.Fault == nil {
		return ""
	}
	return fmt.Sprintf("%s %d.%d", r.Fault.Kind, r.Fault.Chain, r.Fault.Number)
}

// Entries that are added while a check reads are no fault; a head that is set back is.
func TestWalk_of_a_ledger_in_use(t *testing.T) {
	l, rows, after := ledger(key)
	before := []Head{l.Heads()[0], l.Heads()[1]}
	if got := found(check(l, rows, before, after, nil)); got != "" {
		t.Errorf("entries are added during the check: found %q", got)
	}
	if got := found(check(l, rows[:3], before, after, nil)); got != "" {
		t.Errorf("entries are added after their chain was read: found %q", got)
	}
	if got := found(check(l, rows, before, before, nil)); got != "head 0.3" {
		t.Errorf("the heads are an older copy: found %q", got)
	}
}

func TestWalk_finds_that_a_whole_ledger_was_set_back(t *testing.T) {
	l, rows, heads := ledger(key)
	text := check(l, rows, heads, heads, nil).Anchor
	anchor, err := ParseAnchor(text)
	if err != nil || !strings.HasPrefix(text, "3:") && !strings.HasPrefix(text, "0.3:") || len(anchor) != 2 {
		t.Fatalf("the anchor %q is %v, %v", text, anchor, err)
	}
	if got := found(check(l, rows, heads, heads, anchor)); got != "" {
		t.Errorf("the same ledger: found %q", got)
	}
	older := []Row{rows[0], rows[1], rows[2], rows[3]}
	back := heads[1]
	back.Link = rows[3].Link
	back.Seal = l.seal(back)
	if got := found(check(l, older, []Head{heads[0], back}, []Head{heads[0], back}, anchor)); got != "rolled_back 1.2" {
		t.Errorf("an older copy: found %q", got)
	}
	forged := New(key, "test", 2).Heads()
	var again []Row
	for i := range 3 {
		commitment := l.Commit(nil, Content{}.Number(int64(i)))
		forged[0] = l.Next(forged[0], commitment)
		again = append(again, Row{Link: forged[0].Link, Commitment: commitment, Intact: true})
	}
	if got := found(check(l, again, forged, forged, anchor)); got != "rolled_back 0.3" {
		t.Errorf("a ledger that was begun again: found %q", got)
	}
	if got := found(check(New(key, "test", 1), nil, New(key, "test", 1).Heads(), New(key, "test", 1).Heads(), anchor)); got != "rolled_back 1.3" {
		t.Errorf("another ledger: found %q", got)
	}
}

func TestParseAnchor_refuses_other_texts(t *testing.T) {
	hash := strings.Repeat("0f", 16)
	for text, want := range map[string]string{
		"": "", "7:" + hash: "7:" + hash, "0.7:" + hash + ", 12.1:" + hash: "0.7:" + hash + ",12.1:" + hash,
	} {
		if a, err := ParseAnchor(text); err != nil || a.String() != want {
			t.Errorf("%q is read as %q, %v", text, a, err)
		}
	}
	for _, text := range []string{"7", "7:", "0:" + hash, "-1:" + hash, "-1.7:" + hash, "7:" + hash + "00", "7:" + hash[2:], "x:" + hash, "7:" + hash + ",", "7.x:" + hash, "7:zz" + hash[2:]} {
		if a, err := ParseAnchor(text); err == nil {
			t.Errorf("%q is read as %q", text, a)
		}
	}
}

// Values that follow one another differ from the same bytes in other values.
func TestContent_is_unambiguous(t *testing.T) {
	l := New(key, "test", 1)
	seen := map[string]string{}
	for name, c := range map[string]Content{
		"none": nil, "empty": Content{}.Text(""), "ab c": Content{}.Text("ab").Text("c"), "a bc": Content{}.Text("a").Text("bc"),
		"abc": Content{}.Text("abc"), "one": Content{}.Number(1), "two": Content{}.Number(2),
	} {
		sum := string(l.Commit(nil, c))
		if seen[sum] != "" {
			t.Errorf("%s and %s have one commitment", name, seen[sum])
		}
		seen[sum] = name
	}
	if string(l.Commit([]byte("a"), nil)) == string(l.Commit([]byte("b"), nil)) {
		t.Error("the salt has no effect")
	}
}

func TestLedger_spreads_subjects_over_its_chains(t *testing.T) {
	l, hits := New(key, "test", 64), map[int64]int{}
	for i := range 6400 {
		hits[l.Of(fmt.Sprint("user ", i))]++
	}
	for chain := range int64(64) {
		if hits[chain] < 50 || hits[chain] > 160 {
			t.Errorf("chain %d has %d of 6400 subjects", chain, hits[chain])
		}
	}
	if first := l.Of("sari"); len(hits) != 64 || l.Of("sari") != first {
		t.Errorf("%d chains", len(hits))
	}
}
