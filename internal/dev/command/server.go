package command

import (
	"context"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"sync"
	"time"
)

// Server is where a command's server listens.
type Server struct {
	Scheme string // http or https
	Host   string // host:port, as a browser on this machine names it: localhost:5173
	Dial   string // host:port to connect to: [::1]:5173
}

// Search says how to find the server of a command that does not listen on Config.Listens.
type Search struct {
	Path string                    // the path of the page to ask a server for; default /
	Own  func(netip.AddrPort) bool // reports whether an address is Selasar's own, which is never the command's; may be nil
}

// settle is how long a server may take to answer with a page before an address without a page counts as the server.
const settle = 3 * time.Second

// place is an address on which the command may listen.
type place struct {
	address netip.AddrPort
	scheme  string
	printed bool // the command printed it
	held    bool // a process of the command holds it
	seen    time.Time
	page    bool // it answered with a page
}

// server returns the place as a browser on this machine would name it.
func (p *place) server() Server {
	address := p.address
	if ip := address.Addr(); ip.IsUnspecified() {
		loopback := netip.AddrFrom4([4]byte{127, 0, 0, 1})
		if ip.Is6() && !ip.Is4In6() {
			loopback = netip.IPv6Loopback()
		}
		address = netip.AddrPortFrom(loopback, address.Port())
	}
	s := Server{Scheme: p.scheme, Host: address.String(), Dial: address.String()}
	if address.Addr().IsLoopback() {
		_, port, _ := net.SplitHostPort(s.Dial)
		s.Host = net.JoinHostPort("localhost", port)
	}
	return s
}

// look compares the places on which a command listens. Two of them are common: the server of the pages, and a debugger,
// a hot-reload socket or an API.
type look struct {
	search *Search
	leader int
	print  func() []printed

	mu     sync.Mutex
	places map[netip.AddrPort]*place
	asking sync.WaitGroup
}

func newLook(search *Search, leader int, print func() []printed) *look {
	return &look{search: search, leader: leader, print: print, places: map[netip.AddrPort]*place{}}
}

// best returns the server, if one is known. It is certain when it answers with a page; otherwise a better one may come.
func (l *look) best(ctx context.Context) (s Server, certain, found bool) {
	l.refresh(ctx)
	l.mu.Lock()
	defer l.mu.Unlock()
	var candidates []*place
	for _, p := range l.places {
		if p.page || time.Since(p.seen) >= settle {
			candidates = append(candidates, p)
		}
	}
	if len(candidates) == 0 {
		return s, false, false
	}
	first := slices.MinFunc(candidates, func(a, b *place) int {
		for _, differ := range []int{order(b.page, a.page), order(b.held, a.held), order(b.printed, a.printed)} {
			if differ != 0 {
				return differ
			}
		}
		return a.address.Compare(b.address)
	})
	return first.server(), first.page, true
}

// order compares false with true.
func order(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// refresh adds the addresses that are new, asks each for its page, and removes what is gone.
func (l *look) refresh(ctx context.Context) {
	now := map[netip.AddrPort]*place{}
	for _, address := range listening(l.leader) {
		now[address] = &place{address: address, held: true, scheme: "http", seen: time.Now()}
	}
	for _, one := range l.print() {
		p := held(now, one.port)
		if p == nil {
			if p = l.elsewhere(ctx, one); p == nil {
				continue
			}
			now[p.address] = p
		}
		p.printed, p.scheme = true, one.scheme
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for address, p := range now {
		before := l.places[address]
		switch {
		case l.search.Own != nil && l.search.Own(address):
			delete(now, address)
		case before == nil || before.scheme != p.scheme:
			l.asking.Go(func() { l.ask(ctx, p) })
		default:
			before.printed, before.held = p.printed, p.held
			now[address] = before
		}
	}
	l.places = now
}

// elsewhere returns the place of a printed address that no process of the command holds, such as a container's. It
// connects once.
func (l *look) elsewhere(ctx context.Context, one printed) *place {
	l.mu.Lock()
	for address, p := range l.places {
		if address.Port() == one.port && !p.held {
			l.mu.Unlock()
			return &place{address: address, seen: p.seen}
		}
	}
	l.mu.Unlock()
	address, ok := one.reached(ctx)
	if !ok {
		return nil
	}
	return &place{address: address, seen: time.Now()}
}

// held returns the place of a process with a port.
func held(places map[netip.AddrPort]*place, port uint16) *place {
	for address, p := range places {
		if address.Port() == port && p.held {
			return p
		}
	}
	return nil
}

// ask requests the page. The answer counts as a page if it is HTML with a status of success or a redirect.
func (l *look) ask(ctx context.Context, p *place) {
	s := p.server()
	path := l.search.Path
	if path == "" {
		path = "/"
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, s.Scheme+"://"+s.Host+path, nil)
	if err != nil {
		return
	}
	r.Header.Set("Accept", "text/html,*/*;q=0.8")
	transport := asking(s.Dial)
	defer transport.CloseIdleConnections()
	answer, err := transport.RoundTrip(r)
	if err != nil {
		return
	}
	_ = answer.Body.Close()
	l.mu.Lock()
	defer l.mu.Unlock()
	p.page = isPage(answer)
}

// end waits for the requests that run; the caller has ended their context.
func (l *look) end() { l.asking.Wait() }
