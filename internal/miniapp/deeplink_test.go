package miniapp

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

var kopiLinks = []string{"gopay://tabungan", "gopay://home/promo", "https://gopay.co.id/bantuan/"}

func TestAllowed(t *testing.T) {
	for name, tc := range map[string]struct {
		link string
		want bool
	}{
		"the_entry_itself":                    {"gopay://tabungan", true},
		"with_a_closing_slash":                {"gopay://tabungan/", true},
		"a_path_below_a_bare_host":            {"gopay://tabungan/buka/sekarang", true},
		"a_query":                             {"gopay://tabungan?from=kopi&name=Budi%20Santoso", true},
		"a_query_that_holds_a_link":           {"gopay://tabungan?back=https://kopi.example/%25", true},
		"the_entry's_path":                    {"gopay://home/promo", true},
		"a_segment_below_the_entry's_path":    {"gopay://home/promo/7", true},
		"an_entry_with_a_closing_slash":       {"https://gopay.co.id/bantuan", true},
		"below_an_entry_with_a_closing_slash": {"https://gopay.co.id/bantuan/bayar", true},
		"a_longer_word_is_another_segment":    {"gopay://home/promotion", false},
		"above_the_entry's_path":              {"gopay://home", false},
		"path_of_another_case":                {"gopay://home/Promo", false},
		"another_host":                        {"gopay://transfer", false},
		"a_host_that_begins_like_the_entry":   {"gopay://tabunganku", false},
		"a_host_below_the_entry":              {"gopay://x.tabungan", false},
		"a_dot_at_the_end_of_the_host":        {"https://gopay.co.id./bantuan", false},
		"another_scheme":                      {"gojek://tabungan", false},
		"scheme_of_another_case":              {"GOPAY://tabungan", false},
		"host_of_another_case":                {"gopay://Tabungan", false},
		"climbing_out":                        {"gopay://home/promo/../transfer", false},
		"climbing_out_escaped":                {"gopay://home/promo/%2e%2e/transfer", false},
		"climbing_out_escaped_twice":          {"gopay://home/promo/%252e%252e/transfer", false},
		"an_escaped_slash":                    {"gopay://home/promo%2f..%2ftransfer", false},
		"a_dot_segment_with_a_parameter":      {"gopay://home/promo/..;/transfer", false},
		"an_empty_segment":                    {"gopay://home/promo//transfer", false},
		"an_escaped_host":                     {"gopay://t%61bungan", false},
		"a_user":                              {"gopay://tabungan@transfer", false},
		"the_entry_as_a_user":                 {"https://gopay.co.id@evil.example/bantuan", false},
		"the_entry_as_user_and_password":      {"https://gopay.co.id:x@evil.example/bantuan", false},
		"a_port":                              {"https://gopay.co.id:8443/bantuan", false},
		"an_empty_port":                       {"https://gopay.co.id:/bantuan", false},
		"a_backslash":                         {`gopay://tabungan\@transfer`, false},
		"backslashes_for_slashes":             {`gopay:\\tabungan`, false},
		"one_slash":                           {"gopay:/tabungan", false},
		"three_slashes":                       {"gopay:///tabungan", false},
		"a_fragment":                          {"gopay://transfer#gopay://tabungan", false},
		"a_fragment_on_an_allowed_link":       {"gopay://tabungan#x", false},
		"a_leading_space":                     {" gopay://tabungan", false},
		"a_closing_new_line":                  {"gopay://tabungan\n", false},
		"a_tab_inside":                        {"gopay://tabu\tngan", false},
		"a_null_byte":                         {"gopay://tabungan\x00.evil", false},
		"an_escaped_null_byte_in_the_query":   {"gopay://tabungan?x=%00", false},
		"an_escaped_new_line_in_the_query":    {"gopay://tabungan?x=%0d%0aLocation:x", false},
		"a_broken_escape_in_the_query":        {"gopay://tabungan?x=%zz", false},
		"a_cyrillic_a":                        {"gopay://t\u0430bungan", false},
		"a_full-width_slash":                  {"gopay://home\uff0fpromo", false},
		"a_zero-width_space":                  {"gopay://tabungan\u200b", false},
		"a_kelvin_sign_for_k":                 {"https://\u212aopi.example", false},
		"invalid_utf8":                        {"gopay://tabungan\xff", false},
		"javascript":                          {"javascript:alert(1)//gopay://tabungan", false},
		"javascript_with_a_host":              {"javascript://tabungan/%0aalert(1)", false},
		"intent":                              {"intent://tabungan#Intent;scheme=gopay;end", false},
		"data":                                {"data:text/html,gopay://tabungan", false},
		"a_link_inside_a_link":                {"gopay://transfer?next=gopay://tabungan", false},
		"nothing":                             {"", false},
		"only_a_scheme":                       {"gopay://", false},
		"no_scheme":                           {"//tabungan", false},
		"only_a_host":                         {"tabungan", false},
		"an_endless_link":                     {"gopay://tabungan/" + strings.Repeat("a", maxDeeplink), false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := Allowed(kopiLinks, tc.link); got != tc.want {
				_, err := ParseDeeplink(tc.link)
				t.Errorf("Allowed(%q) = %v, want %v (parse: %v)", tc.link, got, tc.want, err)
			}
		})
	}
}

func TestAllowed_ignores_malformed_entries(t *testing.T) {
	for _, entry := range []string{"", "*", "gopay://*", "gopay://", "javascript:", "javascript://x", "intent://x", "gopay://a/../b"} {
		for _, link := range []string{entry, "gopay://a", "gopay://b", "javascript://x/y", "intent://x"} {
			if Allowed([]string{entry}, link) {
				t.Errorf("entry %q lets %q pass", entry, link)
			}
		}
	}
	if Allowed(nil, "gopay://tabungan") {
		t.Error("an empty allow-list lets a link pass")
	}
}

// Ten thousand times, an allowed link is mutated at random places, so that it has another target or is ambiguous. No
// mutated link may pass (F10).
func TestAllowed_refuses_mutated_links(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 11))
	passed := 0
	for range 10_000 {
		link := mutate(random)
		if Allowed(kopiLinks, link) {
			passed++
			t.Errorf("passes: %q", link)
		}
		if passed > 5 {
			t.FailNow()
		}
	}
}

func mutate(random *rand.Rand) string {
	link := []string{"gopay://tabungan", "gopay://home/promo", "gopay://home/promo/7", "https://gopay.co.id/bantuan"}[random.IntN(4)]
	for n := 1 + random.IntN(3); n > 0; n-- {
		link = mutations[random.IntN(len(mutations))](random, link)
	}
	return link
}

// Each mutation leaves a mark that no other mutation removes, so that several of them never make an allowed link again.
var mutations = []func(*rand.Rand, string) string{
	func(r *rand.Rand, s string) string { // a forbidden character anywhere
		marks := []string{"\x00", "\n", "\r", "\t", " ", "\\", "\u0430", "\uff0f", "\u200b", "\u202e", "#", "<", "\"", "\x7f", "\xff", "\u2024"}
		at := r.IntN(len(s) + 1)
		return s[:at] + marks[r.IntN(len(marks))] + s[at:]
	},
	func(r *rand.Rand, s string) string { // one byte escaped once, twice or three times
		at := r.IntN(len(s))
		return s[:at] + "%" + strings.Repeat("25", r.IntN(3)) + fmt.Sprintf("%02x", s[at]) + s[at+1:]
	},
	func(r *rand.Rand, s string) string { // one letter in upper case
		at := r.IntN(len(s))
		for s[at] < 'a' || s[at] > 'z' {
			at = (at + 1) % len(s)
		}
		return s[:at] + strings.ToUpper(s[at:at+1]) + s[at+1:]
	},
	func(r *rand.Rand, s string) string { // a parent segment
		ups := []string{"/..", "/../", "/.", "/%2e%2e", "/%2E.", "/.%2e/", "/..%2f", "/..;/", "//", "/%252e%252e", "/..%5c", "/%c0%ae%c0%ae"}
		return s + ups[r.IntN(len(ups))] + "/transfer"
	},
	func(r *rand.Rand, s string) string { // a user or a port
		inside := []string{"x@", "x:y@", "transfer%40", "evil.example:80@", ":80@"}
		return strings.Replace(s, "://", "://"+inside[r.IntN(len(inside))], 1)
	},
	func(r *rand.Rand, s string) string { // another scheme, with the link inside
		fronts := []string{"javascript:", "javascript://", "intent://", "data:text/html,", "gojek://", "gopay:x", "x", "view-source:", "file://", "gopay://transfer/", "gopay://transfer?u="}
		return fronts[r.IntN(len(fronts))] + s
	},
	func(r *rand.Rand, s string) string { // a longer host
		tails := []string{".evil.example", "ku", "-x", ":80", ":", ".", "%00", "\u0000", "@evil.example"}
		scheme, rest, _ := strings.Cut(s, "://")
		host, path, _ := strings.Cut(rest, "/")
		return scheme + "://" + host + tails[r.IntN(len(tails))] + "/" + path
	},
	func(r *rand.Rand, s string) string { // a broken "://"
		bent := []string{":/", ":", `:\\`, ":/\\", "%3a//", ":%2f%2f", "//", ";//", "：//"}
		return strings.Replace(s, "://", bent[r.IntN(len(bent))], 1)
	},
}

func FuzzDeeplink(f *testing.F) {
	for _, link := range append(kopiLinks, "gopay://home/promo/../x", "gopay://a@b", "javascript://x/%0a", "gopay://tabungan?x=%41#") {
		f.Add(link)
	}
	f.Fuzz(func(t *testing.T, link string) {
		parsed, err := ParseDeeplink(link)
		if err != nil {
			if Allowed(kopiLinks, link) {
				t.Fatalf("allowed, and cannot be read: %q", link)
			}
			return
		}
		if again, err := ParseDeeplink(parsed.String()); err != nil || again != parsed {
			t.Fatalf("%q was read as %+v, and that as %+v (%v)", link, parsed, again, err)
		}
		if !Allowed(kopiLinks, link) {
			return
		}
		// A program that splits the link by hand must find the same target.
		place, _, _ := strings.Cut(link, "?")
		place = strings.TrimSuffix(place, "/") + "/"
		for _, entry := range kopiLinks {
			if strings.HasPrefix(place, strings.TrimSuffix(entry, "/")+"/") {
				return
			}
		}
		t.Fatalf("allowed, though no entry begins it: %q", link)
	})
}
