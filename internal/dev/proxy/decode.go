package proxy

import (
	"io"
	"net/http"

	"github.com/selasar/selasar/internal/dev/document"
	"github.com/selasar/selasar/internal/journal/event"
)

// decode decodes a document that the server compresses although it was asked not to. A document in an encoding that
// nothing here knows stays as it is.
func (p *Proxy) decode(r *http.Response) {
	encoding := r.Header.Get("Content-Encoding")
	open, known := document.Decoder(encoding)
	if _, _, isDocument := documentKind(r.Header); !isDocument || !known || encoding == "" ||
		r.StatusCode == http.StatusPartialContent || r.StatusCode == http.StatusNotModified || r.Request.Method == http.MethodHead {
		return
	}
	r.Header.Del("Content-Encoding")
	r.Header.Del("Content-Length")
	r.ContentLength = -1
	path := r.Request.URL.EscapedPath()
	r.Body = &decoded{from: r.Body, open: open, broken: func(err error) {
		p.noteUnread(event.Unread{Path: path, Reason: event.BrokenEncoding, Value: err.Error()})
	}}
}

// decoded is the plain body of an answer. It opens the decoder at the first read, as that waits for the first bytes.
type decoded struct {
	from   io.ReadCloser
	open   func(io.Reader) (io.Reader, error)
	plain  io.Reader
	broken func(error)
}

func (d *decoded) Read(data []byte) (n int, err error) {
	if d.plain == nil {
		if d.plain, err = d.open(d.from); err != nil {
			d.broken(err)
			return 0, err
		}
	}
	n, err = d.plain.Read(data)
	if err != nil && err != io.EOF {
		d.broken(err)
	}
	return n, err
}

func (d *decoded) Close() error { return d.from.Close() }
