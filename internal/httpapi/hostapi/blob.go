package hostapi

import (
	"context"
	"errors"
	"io"
	"mime"
	"net/http"

	"github.com/selasar/selasar/internal/blob"
	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/problem"
)

// blobView is a blob by reference.
type blobView struct {
	ID        string `json:"id"`
	Type      string `json:"type"`
	Size      int    `json:"size"`
	ExpiresAt int64  `json:"expires_at"`
}

// putBlob keeps the body for a launch. The reference may be used in the answer to
// an ask.
func (d *door) putBlob(ctx context.Context, launchID string, r *http.Request) (any, error) {
	data, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, blob.Most))
	if _, tooLong := errors.AsType[*http.MaxBytesError](err); tooLong {
		return nil, problem.New(problem.TooLarge, "the body is larger than %d bytes", blob.Most)
	}
	if err != nil {
		return nil, problem.New(problem.BadRequest, "the body could not be read to its end")
	}
	mediaType, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")) // an unreadable one is none
	b, err := d.Blobs.Put(ctx, launchID, mediaType, data)
	if err != nil {
		return nil, err
	}
	return edge.Created{Body: blobView{b.ID, b.Type, len(b.Bytes), b.ExpiresAt}}, nil
}

// getBlob writes the bytes.
func (d *door) getBlob(w http.ResponseWriter, r *http.Request) {
	launchID, err := d.launchOf(r)
	var b blob.Blob
	if err == nil {
		b, err = d.Blobs.Get(r.Context(), launchID, r.PathValue("blob"))
	}
	if err != nil {
		edge.WriteProblem(w, r, err)
		return
	}
	edge.WriteFile(w, b.Type, b.Bytes)
}
