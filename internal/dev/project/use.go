package project

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/jsapi/dialect"
	"github.com/selasar/selasar/internal/miniapp"
)

// Use says how the sources of a mini app use the JSAPIs.
type Use struct {
	Generation miniapp.Generation
	Reason     string // of the generation, with its place in the sources
	Consents   []Found
	Deeplinks  []Found
	Drafts     *Found // a method that the documentation only drafts; nil without one
	Files      int    // read
	Bound      bool   // whether there are more files
}

// Found is a name with its place in the sources.
type Found struct{ Name, Place, What string }

// clue is a kind of trace.
type clue int

const (
	miniAppSDK   clue = iota // of @gopay/miniapp-client
	gpContainer              // of GoPay's script
	windVane                 // of a bundled ZIP, for containers of the first generation
	calledMethod             // trace.what is the method's name
	askedConsent
	openedLink
	readProfile
)

// trace is one place in the sources.
type trace struct {
	kind  clue
	what  string
	place string
}

// marks are what the traces look like. The first group is trace.what.
var marks = []struct {
	kind clue
	form *regexp.Regexp
}{
	{miniAppSDK, regexp.MustCompile(`(@(?:gopay|selasar)/miniapp-client|\bnew MiniAppSDK\b)`)},
	{gpContainer, regexp.MustCompile(`(gp-container(?:\.min)?\.js|@selasar/gp-container|\bgpContainer\b)`)},
	{windVane, regexp.MustCompile(`(?i)(\bwindvane\b)`)},
	{calledMethod, regexp.MustCompile(`["'\x60](GP[A-Za-z]*)["'\x60]\s*,\s*["'\x60]([A-Za-z]+)["'\x60]`)},
	{calledMethod, regexp.MustCompile(`\.([a-z][A-Za-z]+)\s*\(`)},
	{askedConsent, regexp.MustCompile(`\bgetConsent\s*\(\s*["'\x60]([A-Za-z_]+)["'\x60]`)},
	{askedConsent, regexp.MustCompile(`\bconsent_name["'\x60]?\s*:\s*["'\x60]([A-Za-z_]+)["'\x60]`)},
	{openedLink, regexp.MustCompile(`["'\x60](gopay://[^"'\x60\s?#]+)`)},
	{readProfile, regexp.MustCompile(`(/v1/mini-apps/users/profile)`)},
}

// read finds the traces in a file.
func (r *reading) read(name string, text []byte) {
	for _, mark := range marks {
		for _, at := range mark.form.FindAllSubmatchIndex(text, -1) {
			what := string(text[at[2]:at[3]])
			if len(at) > 4 {
				what += "." + string(text[at[4]:at[5]])
			}
			if mark.kind == calledMethod && binding(what) == nil {
				continue
			}
			r.traces = append(r.traces, trace{mark.kind, what, fmt.Sprintf("%s:%d", name, lineOf(text, at[0]))})
		}
	}
}

// first returns the first trace of a kind.
func (r *reading) first(kind clue) *trace {
	at := slices.IndexFunc(r.traces, func(t trace) bool { return t.kind == kind })
	if at < 0 {
		return nil
	}
	return &r.traces[at]
}

// use draws the conclusions from the traces.
func (r *reading) use() (u Use) {
	u.Files, u.Bound = r.files, r.bound
	u.Generation, u.Reason = r.generation()
	known := r.first(miniAppSDK) != nil || r.first(gpContainer) != nil
	for _, t := range r.traces {
		switch t.kind {
		case calledMethod:
			if b := binding(t.what); known {
				u.addConsent(b.Operation.Consent, t.place, "calls "+t.what)
				if b.Draft && u.Drafts == nil {
					u.Drafts = &Found{t.what, t.place, "calls " + t.what}
				}
			}
		case askedConsent:
			if name, ok := consent.Parse(t.what); ok {
				u.addConsent(name, t.place, "asks for it")
			}
		case readProfile:
			u.addConsent(consent.Profile, t.place, "reads "+t.what)
		case openedLink:
			u.addLink(t)
		}
	}
	slices.SortStableFunc(u.Consents, func(a, b Found) int {
		return cmp.Compare(slices.Index(consent.Names, consent.Name(a.Name)), slices.Index(consent.Names, consent.Name(b.Name)))
	})
	return u
}

// generation returns the generation of the mini app, and why. MiniAppSDK works in containers, too.
func (r *reading) generation() (miniapp.Generation, string) {
	called := func(t trace) bool { return t.kind == calledMethod && onlyV1(t.what) }
	if at := slices.IndexFunc(r.traces, called); at >= 0 {
		return miniapp.ContainerV1, fmt.Sprintf("%s calls %s, which only V1 has", r.traces[at].place, r.traces[at].what)
	}
	if t := r.first(windVane); t != nil {
		return miniapp.ContainerV1, fmt.Sprintf("%s names %s, the bundled container", t.place, t.what)
	}
	if t := r.first(gpContainer); t != nil {
		return miniapp.ContainerV2, fmt.Sprintf("%s uses %s", t.place, t.what)
	}
	if t := r.first(miniAppSDK); t != nil {
		return miniapp.Webview, fmt.Sprintf("%s uses %s", t.place, t.what)
	}
	return miniapp.ContainerV2, "the sources use no SDK of GoPay yet; MiniAppSDK works in it, too"
}

// onlyV1 reports whether a method, with its class, exists in containers of the first generation only.
func onlyV1(method string) bool {
	in := map[miniapp.Generation]bool{}
	for _, d := range dialect.All {
		if strings.Contains(method, ".") && d.Binding(method) != nil {
			in[d.Generation] = true
		}
	}
	return in[miniapp.ContainerV1] && !in[miniapp.ContainerV2]
}

// binding returns the binding of a method in the first dialect that has it, or nil.
func binding(method string) *jsapi.Binding {
	for _, d := range dialect.All {
		if b := d.Binding(method); b != nil {
			return b
		}
	}
	return nil
}

func (u *Use) addConsent(name consent.Name, place, what string) {
	if name != "" && !slices.ContainsFunc(u.Consents, func(f Found) bool { return f.Name == string(name) }) {
		u.Consents = append(u.Consents, Found{string(name), place, what})
	}
}

// addLink adds a deeplink that the manifest must allow. The platform allows the ones of payments by itself.
func (u *Use) addLink(t trace) {
	link, err := miniapp.ParseDeeplink(strings.TrimRight(t.what, "/"))
	if err != nil || link.Host == "merchanttransfer" {
		return
	}
	text := link.String()
	if !slices.ContainsFunc(u.Deeplinks, func(f Found) bool { return f.Name == text }) {
		u.Deeplinks = append(u.Deeplinks, Found{text, t.place, "names it"})
	}
}
