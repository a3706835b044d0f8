package proxy

import (
	"bufio"
	"io"
	"net/http"

	"github.com/selasar/selasar/internal/dev/document"
	"github.com/selasar/selasar/internal/journal/event"
)

// documentWriter changes the documents among the answers, and passes the others on.
//
// A document flows through a pipe to a goroutine that changes, writes and flushes it. From then
// on the goroutine owns the ResponseWriter; finish waits for it.
type documentWriter struct {
	http.ResponseWriter
	proxy    *Proxy
	request  *http.Request
	opens    bool // a browser opens the document
	path     string
	answered func(status int)

	status int // set, and not yet written: the first bytes tell the type
	began  bool
	pipe   *io.PipeWriter
	done   chan error
}

// Unwrap lets the reverse proxy take over the connection of a WebSocket.
func (d *documentWriter) Unwrap() http.ResponseWriter { return d.ResponseWriter }

func (d *documentWriter) WriteHeader(status int) {
	if status >= 100 && status < 200 {
		if status == http.StatusEarlyHints {
			d.changeLinks(d.proxy.rewriter(d.request, false, false))
		}
		d.ResponseWriter.WriteHeader(status)
		return
	}
	if d.began || d.status != 0 {
		return
	}
	h := d.Header()
	d.status = status
	if h.Get("Content-Type") != "" || h.Get("Content-Encoding") != "" || h.Get("X-Content-Type-Options") != "" {
		d.begin()
	}
}

func (d *documentWriter) Write(data []byte) (int, error) {
	if !d.began {
		if d.status == 0 {
			d.status = http.StatusOK
		}
		if h := d.Header(); h.Get("Content-Type") == "" && h.Get("Content-Encoding") == "" && len(data) > 0 {
			h.Set("Content-Type", http.DetectContentType(data)) // as net/http does
		}
		d.begin()
	}
	if d.pipe != nil {
		return d.pipe.Write(data)
	}
	return d.ResponseWriter.Write(data)
}

// FlushError passes on what was written. A document is flushed by its goroutine. A header without a type waits for the
// first bytes.
func (d *documentWriter) FlushError() error {
	if d.pipe != nil || (!d.began && d.status != 0) {
		return nil
	}
	return http.NewResponseController(d.ResponseWriter).Flush()
}

// begin writes the header and starts the rewriter of a document.
func (d *documentWriter) begin() {
	d.began = true
	if d.answered != nil {
		d.answered(d.status)
	}
	h := d.Header()
	charset, xml, isDocument := documentKind(h)
	r := d.proxy.rewriter(d.request, d.opens, xml)
	d.changeLinks(r)
	encoding := h.Get("Content-Encoding")
	if isDocument && d.hasBody() {
		if reason, value := unread(encoding, charset); reason != "" {
			d.stays(reason, value)
		} else {
			d.changeHeaders(r)
			defer d.start(r)
		}
	}
	d.ResponseWriter.WriteHeader(d.status)
}

func (d *documentWriter) hasBody() bool {
	return d.request.Method != http.MethodHead && d.status >= 200 && d.status != http.StatusNoContent &&
		d.status != http.StatusPartialContent && d.status != http.StatusNotModified
}

// unread returns why a document cannot be read.
func unread(encoding, charset string) (reason event.UnreadReason, value string) {
	switch {
	case encoding != "":
		return event.UnknownEncoding, encoding // see decode
	case !document.Readable(charset):
		return event.WideCharset, charset
	}
	return "", ""
}

func (d *documentWriter) changeLinks(r *document.Rewriter) {
	for i, value := range d.Header()["Link"] {
		d.Header()["Link"][i] = r.HeaderLinks(value)
	}
}

func (d *documentWriter) changeHeaders(r *document.Rewriter) {
	h := d.Header()
	for _, name := range []string{"Content-Length", "Content-MD5", "Content-Digest", "Accept-Ranges"} {
		h.Del(name)
	}
	if !d.opens {
		return
	}
	for name, report := range map[string]bool{"Content-Security-Policy": false, "Content-Security-Policy-Report-Only": true} {
		for i, value := range h[name] {
			h[name][i] = r.HeaderPolicies(value, report)
		}
	}
}

// start starts the goroutine that changes the document.
func (d *documentWriter) start(r *document.Rewriter) {
	in, pipe := io.Pipe()
	d.pipe, d.done = pipe, make(chan error, 1)
	go func() {
		err := d.change(r, in)
		_ = in.CloseWithError(err)
		d.done <- err
	}()
}

func (d *documentWriter) change(r *document.Rewriter, in *io.PipeReader) error {
	read := bufio.NewReader(flushing{in, http.NewResponseController(d.ResponseWriter)})
	write := func(data []byte) error { _, err := d.ResponseWriter.Write(data); return err }
	if start, _ := read.Peek(2); document.HasWideMark(start) {
		d.stays(event.WideCharset, "UTF-16")
		_, err := io.Copy(d.ResponseWriter, read)
		return err
	}
	if err := r.Copy(write, read); err != nil {
		return err
	}
	d.proxy.noteChanges(d.path, d.proxy.scriptURL(d.request), r.Changes())
	return nil
}

// flushing flushes what was written before it waits for more.
type flushing struct {
	in  *io.PipeReader
	out *http.ResponseController
}

func (f flushing) Read(data []byte) (int, error) {
	_ = f.out.Flush() // a broken connection shows at the next write
	return f.in.Read(data)
}

// finish ends the answer. whole is false if the handler did not write all of it.
func (d *documentWriter) finish(whole bool) {
	if !d.began && d.status != 0 {
		d.begin()
	}
	if d.pipe == nil {
		return
	}
	if !whole {
		_ = d.pipe.CloseWithError(io.ErrUnexpectedEOF)
		<-d.done
		return
	}
	_ = d.pipe.Close()
	if err := <-d.done; err != nil {
		panic(http.ErrAbortHandler) // the browser must not take a part for the whole
	}
}

func (d *documentWriter) stays(reason event.UnreadReason, value string) {
	d.proxy.noteUnread(event.Unread{Path: d.path, Reason: reason, Value: value})
}
