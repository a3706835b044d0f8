package outbound

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
)

// Download gets a file of at most most bytes, with its media type, without parameters. It follows at most
// three redirects to http and https addresses. The time limit is for all of them.
func (c *Client) Download(ctx context.Context, address string, most int) (mediaType string, data []byte, err error) {
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	for hops := 0; ; hops++ {
		response, err := c.get(ctx, address)
		if err != nil {
			return "", nil, c.explain(err)
		}
		next, err := response.Location()
		if response.StatusCode/100 != 3 || err != nil {
			mediaType, data, err = read(response, most)
			return mediaType, data, c.explain(err)
		}
		_ = response.Body.Close() // only its headers count
		switch {
		case hops == maxRedirects:
			return "", nil, fmt.Errorf("the server redirects more than %d times", maxRedirects)
		case next.Scheme != "http" && next.Scheme != "https":
			return "", nil, fmt.Errorf("the server redirects to the scheme %.20q", next.Scheme)
		}
		address = next.String()
	}
}

func (c *Client) get(ctx context.Context, address string) (*http.Response, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("User-Agent", "Selasar")
	response, err := c.transport.RoundTrip(request) // no cookies
	if err == nil {
		response.Request = request // Location resolves against it
	}
	return response, err
}

// read reads the body of the last answer.
func read(response *http.Response, most int) (mediaType string, data []byte, err error) {
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return "", nil, fmt.Errorf("the server answered with status %d", response.StatusCode)
	}
	tooLarge := fmt.Errorf("the file is larger than %d bytes", most)
	if response.ContentLength > int64(most) {
		return "", nil, tooLarge
	}
	data, err = io.ReadAll(io.LimitReader(response.Body, int64(most)+1))
	switch {
	case err != nil:
		return "", nil, err
	case len(data) > most:
		return "", nil, tooLarge
	case len(data) == 0:
		return "", nil, errors.New("the file is empty")
	}
	return typeOf(response.Header.Get("Content-Type"), data), data, nil
}

// typeOf returns the media type of a file: by its beginning, because servers often name a
// wrong type, or else the one that the server names.
func typeOf(named string, data []byte) string {
	found, _, _ := mime.ParseMediaType(http.DetectContentType(data))
	if named, _, err := mime.ParseMediaType(named); err == nil && (found == "application/octet-stream" || found == "text/plain") {
		return named
	}
	return found
}
