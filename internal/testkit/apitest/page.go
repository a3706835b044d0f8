package apitest

import (
	"net/url"
)

// Paper is a payment made for its page.
type Paper struct {
	*Platform
	Ref, Path string
}

func (d *Platform) Payment(body string) Paper {
	d.T.Helper()
	ref := d.Post("/control/v1/payments", body).OK(201).Text("referenceNo")
	return Paper{d, ref, "/app/merchanttransfer?tref=" + ref}
}

// Shows loads the page and checks its state and words.
func (p Paper) Shows(state string, words ...string) {
	p.T.Helper()
	p.Get(p.Path, With("Accept-Language", "en")).Page(200, state, words...)
}

// Press sends the form as the page does, and stays where it leads.
func (p Paper) Press(choice string, more ...string) Answer {
	p.T.Helper()
	form := url.Values{"choice": {choice}}
	if choice == "pay" && len(more) == 0 {
		more = []string{"123456"}
	}
	if len(more) > 0 {
		form.Set("pin", more[0])
	}
	return p.Post(p.Path, form.Encode(), With("Content-Type", "application/x-www-form-urlencoded"), With("Accept-Language", "en"),
		With("Origin", p.URLs.API), With("Sec-Fetch-Site", "same-origin"))
}

func (d *Platform) Balance() string {
	d.T.Helper()
	var got struct {
		Users []struct {
			Current bool
			Balance struct{ Value string }
		}
	}
	d.Get("/control/v1/users").Into(&got)
	for _, u := range got.Users {
		if u.Current {
			return u.Balance.Value
		}
	}
	return ""
}
