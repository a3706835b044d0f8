package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"path/filepath"
)

// platform is a running Selasar with the data for a host and a mini app's backend.
type platform struct {
	*process
	basic    string    // Authorization of the mini app's backend
	operator *operator // of `selasar serve`; nil for `selasar dev`
}

// startPlatform starts Selasar with policies that allow every ask.
func (b *bench) startPlatform(ctx context.Context, data string) (*platform, error) {
	p, err := b.startSelasar(ctx, data)
	if err != nil {
		return nil, err
	}
	platform := &platform{process: p}
	if err := platform.prepare(); err != nil {
		p.kill()
		return nil, err
	}
	return platform, nil
}

func (p *platform) prepare() error {
	if err := p.ask("PATCH", "/control/v1/answers", `{"consent":"allow"}`, nil); err != nil {
		return err
	}
	return p.readBasic()
}

// readBasic reads the Authorization of the mini app's backend.
func (p *platform) readBasic() error {
	var credentials struct {
		ID     string `json:"client_id"`
		Secret string `json:"client_secret"`
	}
	err := p.credentials(&credentials)
	p.basic = "Basic " + base64.StdEncoding.EncodeToString([]byte(credentials.ID+":"+credentials.Secret))
	return err
}

// launch is an open mini app.
type launch struct {
	ID    string `json:"launch_id"`
	Token string `json:"token"`
	State string `json:"state"`
}

func (p *platform) open() (l launch, err error) {
	if p.operator != nil {
		return l, p.operator.ask("POST", "/launches", `{"mini_app_id":"bench","user_id":"u-1","device":{"os":"android","app_version":"2.45.0"}}`, &l)
	}
	err = p.ask("POST", "/host/v1/launches", "{}", &l)
	if err == nil && l.State != "open" {
		err = fmt.Errorf("the launch is %s", l.State)
	}
	return l, err
}

// call returns the request of a JSAPI call.
func (p *platform) call(l launch, method string) []byte {
	return post(p.address, "/host/v1/launches/"+l.ID+"/calls", "Bearer "+l.Token, `{"method":"`+method+`","params":{}}`)
}

func (p *platform) ask(method, path, body string, answer any) error {
	return askAt(p.address, "", method, path, body, answer)
}

// askAt sends a request with an Authorization and decodes the answer; nil decodes nothing.
func askAt(address, authorization, method, path, body string, answer any) error {
	request, err := http.NewRequest(method, "http://"+address+path, bytes.NewBufferString(body))
	if err != nil {
		return err
	}
	if authorization != "" {
		request.Header.Set("Authorization", authorization)
	}
	got, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer got.Body.Close()
	if got.StatusCode/100 != 2 {
		return fmt.Errorf("%s %s: %s", method, path, got.Status)
	}
	if answer == nil {
		return nil
	}
	return json.NewDecoder(got.Body).Decode(answer)
}

// each returns the work of a number of clients.
func each(clients int, one func() (work, error)) ([]work, error) {
	var all []work
	for range clients {
		w, err := one()
		if err != nil {
			return nil, err
		}
		all = append(all, w)
	}
	return all, nil
}

// startBoth starts a platform and an empty server as its floor; stop ends both.
func (b *bench) startBoth(ctx context.Context, name string) (ours *platform, floor *process, stop func(), err error) {
	if ours, err = b.startPlatform(ctx, filepath.Join(b.scratch, name)); err != nil {
		return nil, nil, nil, err
	}
	if floor, err = b.startEmpty(ctx); err != nil {
		ours.stop()
		return nil, nil, nil, err
	}
	return ours, floor, func() { floor.stop(); ours.stop() }, nil
}

// emptyWork returns work that sends a request the given number of times to an empty
// server.
func emptyWork(address string, request []byte, unit int) func() (work, error) {
	return func() (work, error) {
		c, err := dial(address)
		return func() error {
			for range unit {
				if _, err := c.send(request); err != nil {
					return err
				}
			}
			return nil
		}, err
	}
}
