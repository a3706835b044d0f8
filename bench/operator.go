package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"sync"
	"time"
)

// operator is the operator API of a running `selasar serve`, with the first owner's key.
type operator struct{ address, key string }

func (o *operator) ask(method, path, body string, answer any) error {
	return askAt(o.address, "Bearer "+o.key, method, "/admin/v1"+path, body, answer)
}

// lines collects what a process prints.
type lines struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *lines) Write(data []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(data)
}

var firstKey = regexp.MustCompile(`sak_\w+`)

// find waits until the process prints text of this form.
func (l *lines) find(form *regexp.Regexp) (string, error) {
	for began := time.Now(); time.Since(began) < startPatience; time.Sleep(time.Millisecond) {
		l.mu.Lock()
		found := form.FindString(l.text.String())
		l.mu.Unlock()
		if found != "" {
			return found, nil
		}
	}
	return "", fmt.Errorf("the program printed no %s", form)
}

// startServe starts `selasar serve` on a new data folder, with a mini app that may run and
// a user.
func (b *bench) startServe(ctx context.Context, data string) (*platform, error) {
	address, err := freeAddress()
	if err != nil {
		return nil, err
	}
	admin, err := freeAddress()
	if err != nil {
		return nil, err
	}
	p, err := start(ctx, address, "/healthz", filepath.Join(b.programs, "selasar"), "serve", "--listen", address, "--admin-listen", admin, "--data", data,
		"--limit-address", "off", "--limit-key", "off", "--limit-mini-app", "off", "--limit-user", "off")
	if err != nil {
		return nil, err
	}
	ours := &platform{process: p, operator: &operator{address: admin}}
	if ours.operator.key, err = p.stdout.find(firstKey); err == nil {
		err = errors.Join(ours.operator.register(), ours.readBasic())
	}
	if err != nil {
		p.kill()
		return nil, err
	}
	return ours, nil
}

// register registers a mini app with its permissions, approves it, and registers a user.
func (o *operator) register() (err error) {
	for _, one := range [][3]string{
		{"POST", "/mini-apps", `{"origin":"http://localhost:9000","manifest":{"id":"bench","name":"Bench","generation":"webview"}}`},
		{"PUT", "/mini-apps/bench/permissions", `{"jsapis":[{"name":"getAuthCode"}]}`},
		{"POST", "/mini-apps/bench/versions/1/approve", `{"reason":"to measure"}`},
		{"PUT", "/users/u-1", `{"name":"Sari","balance":50000}`},
	} {
		err = errors.Join(err, o.ask(one[0], one[1], one[2], nil))
	}
	return err
}
