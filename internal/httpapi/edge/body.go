package edge

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"os"

	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/strict"
)

// maxBody is the largest body of a request, in bytes.
const maxBody = 1 << 20

// ReadBody reads a whole body. Its problems: TooLarge, BodySlow, BadRequest.
func ReadBody(r *http.Request) ([]byte, error) { return ReadUpTo(r, maxBody) }

// ReadUpTo is ReadBody with a limit in bytes of its own.
func ReadUpTo(r *http.Request, most int64) ([]byte, error) {
	data, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, most))
	if tooLong, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return nil, problem.New(problem.TooLarge, "the body is larger than %d bytes", tooLong.Limit)
	}
	if errors.Is(err, os.ErrDeadlineExceeded) {
		return nil, problem.New(problem.BodySlow, "the body stopped to arrive after %d bytes; send all that Content-Length announces", len(data))
	}
	if err != nil {
		return nil, problem.New(problem.BadRequest, "the body could not be read to its end")
	}
	return data, nil
}

// Decode reads a JSON body into v and refuses unknown members. An empty body is
// an empty object.
func Decode(r *http.Request, v any) error {
	data, err := ReadBody(r)
	if err != nil || len(bytes.TrimSpace(data)) == 0 {
		return err
	}
	if err := strict.Decode(data, v); err != nil {
		return problem.New(problem.BadRequest, "the body: %v", err)
	}
	return nil
}
