package proxy

import (
	"crypto/rand"
	_ "embed"
	"fmt"
	"html"
	"net"
	"net/http"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/language"
)

//go:embed unreachable.html
var unreachablePage string

// unreachableHeader marks this package's own answers, so that the page detects when the target is back.
const unreachableHeader = "Selasar-Unreachable"

// unreachable answers for an unreachable target: with a page for a navigation, and with one line for other requests.
func (p *Proxy) unreachable(w http.ResponseWriter, r *http.Request, err error) {
	why := p.diagnose(err)
	p.turn(true, event.PageUnreachable.Entry(event.Scope{}, why))
	w.Header().Set(unreachableHeader, "1")
	w.Header().Set("Cache-Control", "no-store")
	if !asksForPage(r) {
		http.Error(w, line(why), http.StatusBadGateway)
		return
	}
	in := textOf(r).code
	showPage(w, r, http.StatusBadGateway, page{
		what: event.PageUnreachable.Message(in, event.Scope{}, why), next: event.PageUnreachable.Next(in, why),
		command: p.config.Command, last: why.LastLines, waits: true,
	})
}

// diagnose returns the fault of an unreachable target. Its texts have no final full stop.
func (p *Proxy) diagnose(err error) event.Unreachable {
	why := event.Unreachable{Command: p.config.Command, Cause: cause(err), Reason: event.ServerSilent}
	switch server, found := p.server(); {
	case !found:
		why.Reason, why.Cause = event.CommandElsewhere, ""
	case why.Command != "":
		why.Target, why.Reason = server.Origin.Redacted(), event.CommandSilent
	default:
		why.Target = server.Origin.Redacted()
	}
	if p.config.Ended != nil {
		if how, ended := p.config.Ended(); ended {
			why.Reason, why.Cause, why.Ended, why.LastLines = event.CommandGone, "", &how, how.Last
		}
	}
	return why
}

// server returns the server where it is known.
func (p *Proxy) server() (Server, bool) {
	if p.config.Find != nil {
		return p.config.Find()
	}
	return Server{Origin: p.config.Target}, true
}

// Silence returns what the page and the journal say while the command's server cannot be reached, and records it in the
// journal.
func (p *Proxy) Silence() (sentence string) {
	err := errUnknown
	if server, known := p.server(); known {
		conn, failed := net.DialTimeout("tcp", server.Origin.Host, time.Second)
		if failed == nil {
			_ = conn.Close()
			return ""
		}
		err = failed
	}
	why := p.diagnose(err)
	p.turn(true, event.PageUnreachable.Entry(event.Scope{}, why))
	return line(why)
}

// line returns a fault and its remedy in one English line.
func line(why event.Unreachable) string {
	return event.PageUnreachable.Message(language.English, event.Scope{}, why) + "; " + event.PageUnreachable.Next(language.English, why)
}

// cause returns the last part of a network error, which names the reason.
func cause(err error) string {
	text := err.Error()
	if at := strings.LastIndex(text, ": "); at >= 0 {
		text = text[at+2:]
	}
	return text
}

func (p *Proxy) reached() { p.turn(false, event.PageReachable.Entry(event.Scope{}, event.None{})) }

// turn records once that the target is unreachable, or reachable again.
func (p *Proxy) turn(down bool, entry journal.Entry) {
	p.mu.Lock()
	turned := p.wasDown != down
	p.wasDown = down
	p.mu.Unlock()
	if turned && p.config.Report != nil {
		p.config.Report(entry)
	}
}

// page is the content of one of this package's own pages.
type page struct {
	what, next, command string
	last                []string
	waits               bool // the page reloads when the target is reachable
}

// sentence returns text with an initial capital letter.
func sentence(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}

func showPage(w http.ResponseWriter, r *http.Request, status int, p page) {
	nonce := rand.Text()
	hide := func(when bool) string {
		if when {
			return "hidden"
		}
		return ""
	}
	in := textOf(r)
	words := strings.NewReplacer(
		"{{lang}}", string(in.code), "{{title}}", in.title, "{{waiting}}", in.waiting, "{{lines}}", in.lines,
		"{{nonce}}", nonce,
		"{{what}}", html.EscapeString(sentence(p.what)),
		"{{next}}", html.EscapeString(sentence(p.next)),
		"{{command}}", html.EscapeString(p.command),
		"{{nocommand}}", hide(p.command == ""),
		"{{last}}", html.EscapeString(strings.Join(p.last, "\n")),
		"{{nolast}}", hide(len(p.last) == 0),
		"{{nowaiting}}", hide(!p.waits),
	)
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", fmt.Sprintf("default-src 'none'; style-src 'nonce-%s'; script-src 'nonce-%s'; connect-src 'self'; base-uri 'none'; form-action 'none'", nonce, nonce))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = words.WriteString(w, unreachablePage)
	}
}
