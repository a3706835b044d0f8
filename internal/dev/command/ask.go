package command

import (
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"strings"
)

// asking returns a transport for one question to a server on this machine.
func asking(dial string) *http.Transport {
	return &http.Transport{
		DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, network, dial)
		},
		TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, // a development server on this machine signs its own certificate
	}
}

// isPage reports whether an answer is a page or leads to one.
func isPage(answer *http.Response) bool {
	if answer.StatusCode >= 300 && answer.StatusCode < 400 {
		return answer.Header.Get("Location") != ""
	}
	return answer.StatusCode < 300 && strings.HasPrefix(answer.Header.Get("Content-Type"), "text/html")
}
