package proxy

import (
	"html"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/testkit/porttest"
)

const navigation = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"

func TestProxy_waits_for_a_starting_command(t *testing.T) {
	address := porttest.Address(t)
	tried := make(chan struct{}, 1000)
	app := front(t, Config{
		Target: mustURL("http://" + address), Command: "npm run dev", Wait: 5 * time.Minute,
		Ended: func() (event.Command, bool) { tried <- struct{}{}; return event.Command{}, false },
	})
	answers := make(chan *http.Response, 2)
	for _, accept := range []string{navigation, "*/*"} {
		go func() {
			r, _ := http.NewRequest("GET", app.url+"/", nil)
			r.Header.Set("Accept", accept)
			answer, err := http.DefaultClient.Do(r)
			if err != nil {
				t.Error(err)
			}
			answers <- answer
		}()
	}
	for range 4 { // both requests failed to connect and retry
		<-tried
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	server := &httptest.Server{Listener: listener, Config: &http.Server{Handler: http.NotFoundHandler(), ReadHeaderTimeout: time.Minute}}
	server.Start()
	defer server.Close()
	for range 2 {
		answer := <-answers
		if answer.StatusCode != http.StatusNotFound || answer.Header.Get(unreachableHeader) != "" {
			t.Errorf("got %d", answer.StatusCode)
		}
		_ = answer.Body.Close()
	}
	if log := app.entries(); len(log) != 0 {
		t.Errorf("journal %+v", log)
	}
}

func TestProxy_shows_the_remedy_when_nothing_answers(t *testing.T) {
	address := porttest.Address(t)
	app := front(t, Config{Target: mustURL("http://" + address), Wait: 10 * time.Millisecond})

	answer := app.send(t, "GET", "/", "", "Accept", navigation)
	body := text(t, answer)
	if answer.StatusCode != http.StatusBadGateway || answer.Header.Get(unreachableHeader) == "" || answer.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("%d %v", answer.StatusCode, answer.Header)
	}
	for _, want := range []string{"http://" + address, "connection refused", "Start the mini app&#39;s server there", `lang="en"`, "reloads automatically"} {
		if !strings.Contains(body, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if strings.Contains(body, "{{") || strings.Contains(body, "http://www") || strings.Contains(body, "src=") {
		t.Errorf("the page needs other files: %s", body)
	}

	answer = app.send(t, "GET", "/data.json", "", "Accept", "application/json")
	if body := text(t, answer); answer.StatusCode != http.StatusBadGateway || strings.Count(body, "\n") != 1 || strings.Contains(body, "<") {
		t.Errorf("%d %q", answer.StatusCode, body)
	}
	answer = app.send(t, "GET", "/", "", "Accept", navigation, "Accept-Language", "id-ID,id;q=0.9")
	if body := text(t, answer); !strings.Contains(body, `lang="id"`) || !strings.Contains(body, "Halaman tidak dapat dibuka") || !strings.Contains(body, "Tidak ada yang menjawab di http://") {
		t.Errorf("not in Indonesian: %s", body)
	}
	if log := app.entries(); len(log) != 1 || log[0].Outcome != journal.Failed || log[0].Next == "" {
		t.Errorf("journal %+v", log)
	}
}

func TestProxy_names_a_command_that_does_not_listen(t *testing.T) {
	app := front(t, Config{Target: mustURL("http://" + porttest.Address(t)), Command: "npm run <dev>", Wait: 10 * time.Millisecond})
	body := text(t, app.send(t, "GET", "/", "", "Accept", navigation))
	if !strings.Contains(body, "$ npm run &lt;dev&gt;") || !strings.Contains(body, "dev.url") {
		t.Error(body)
	}
}

// The page, the journal and the terminal say the same about a command whose port is not found.
func TestProxy_says_one_sentence_about_a_command_without_a_port(t *testing.T) {
	late := make(chan struct{})
	proxy, app := frontAndProxy(t, Config{
		Command: "npm run dev", Wait: time.Hour, Find: func() (Server, bool) { return Server{}, false },
		Late: func() bool {
			select {
			case <-late:
				return true
			default:
				return false
			}
		},
	})
	sentence := proxy.Silence()
	close(late) // requests do not wait for an hour
	what, next, _ := strings.Cut(sentence, "; ")
	if !strings.Contains(what, `"npm run dev" is running, but Selasar finds no port`) || !strings.Contains(next, "PORT") || !strings.Contains(next, "dev.url") {
		t.Error(sentence)
	}
	page := html.UnescapeString(text(t, app.send(t, "GET", "/", "", "Accept", navigation)))
	if !strings.Contains(page, what+".") || !strings.Contains(page, next[1:]+".") {
		t.Errorf("the page says %s", page)
	}
	if plain := text(t, app.send(t, "GET", "/x.json", "")); plain != sentence+"\n" {
		t.Errorf("a request says %q", plain)
	}
	if log := app.entries(); len(log) != 1 || log[0].Message != what || log[0].Next != next {
		t.Errorf("journal %+v", log)
	}
}

// The command's server may choose its own port, and move.
func TestProxy_follows_the_server_of_a_command(t *testing.T) {
	var hosts []string
	remember := func(_ http.ResponseWriter, r *http.Request) { hosts = append(hosts, r.Host) }
	first, second := httptest.NewServer(http.HandlerFunc(remember)), serve(t, remember)
	var mu sync.Mutex
	now, lost := Server{}, make(chan struct{}, 100)
	move := func(u *url.URL) {
		mu.Lock()
		defer mu.Unlock()
		now = Server{Origin: mustURL("http://localhost:" + u.Port()), Dial: u.Host}
	}
	app := front(t, Config{
		Command: "npm run dev", Wait: time.Minute, Lost: func() { lost <- struct{}{} },
		Find: func() (Server, bool) { mu.Lock(); defer mu.Unlock(); return now, now.Origin != nil },
	})
	answers := make(chan int, 1)
	go func() { answers <- app.send(t, "GET", "/", "").StatusCode }()
	move(mustURL(first.URL))
	if status := <-answers; status != http.StatusOK {
		t.Errorf("the first answer is %d", status)
	}
	first.Close()
	go func() { answers <- app.send(t, "GET", "/", "").StatusCode }()
	<-lost
	move(second)
	if status := <-answers; status != http.StatusOK {
		t.Errorf("after the move: %d", status)
	}
	app.send(t, "GET", "/", "")
	if got := hosts[len(hosts)-1]; got != "localhost:"+second.Port() {
		t.Errorf("the moved server sees the host %s", got)
	}
}

func TestProxy_does_not_wait_for_an_ended_command(t *testing.T) {
	began := time.Now()
	app := front(t, Config{
		Target: mustURL("http://" + porttest.Address(t)), Command: "npm run dev", Wait: 10 * time.Minute,
		Ended: func() (event.Command, bool) {
			last := []string{"<script>alert(1)</script>", "SyntaxError"}
			return event.Command{Command: "npm run dev", Reason: event.ExitedFailed, Error: "exit status 1", Last: last}, true
		},
	})
	body := text(t, app.send(t, "GET", "/", "", "Accept", navigation))
	for _, want := range []string{"ended with exit status 1", "SyntaxError", "&lt;script&gt;alert(1)", "start selasar dev again"} {
		if !strings.Contains(body, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if took := time.Since(began); took > 5*time.Minute {
		t.Errorf("took %s", took)
	}
}

func TestProxy_records_when_the_target_goes_and_comes_back(t *testing.T) {
	address := porttest.Address(t)
	app := front(t, Config{Target: mustURL("http://" + address), Wait: 10 * time.Millisecond})
	app.send(t, "GET", "/", "")
	app.send(t, "GET", "/", "")
	listener, err := net.Listen("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	server := &httptest.Server{Listener: listener, Config: &http.Server{Handler: http.NotFoundHandler(), ReadHeaderTimeout: time.Minute}}
	server.Start()
	app.send(t, "GET", "/", "")
	app.send(t, "GET", "/", "")
	server.Close()
	app.send(t, "GET", "/", "")
	var titles []string
	for _, e := range app.entries() {
		titles = append(titles, e.Title)
	}
	want := "the mini app's page is unreachable, the mini app's page is reachable again, the mini app's page is unreachable"
	if got := strings.Join(titles, ", "); got != want {
		t.Errorf("journal: %s", got)
	}
}

func TestAsksForPage(t *testing.T) {
	for _, tc := range []struct {
		method, accept, destination string
		want                        bool
	}{
		{"GET", navigation, "", true},
		{"GET", navigation, "iframe", true},
		{"HEAD", "*/*", "document", true},
		{"GET", "*/*", "", false},
		{"GET", navigation, "empty", false},
		{"GET", "*/*", "script", false},
		{"POST", navigation, "", false},
	} {
		r := httptest.NewRequest(tc.method, "/", nil)
		r.Header.Set("Accept", tc.accept)
		if tc.destination != "" {
			r.Header.Set("Sec-Fetch-Dest", tc.destination)
		}
		if got := asksForPage(r); got != tc.want {
			t.Errorf("%+v: %v", tc, got)
		}
	}
}
