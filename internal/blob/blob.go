// Package blob keeps bytes that are too large for an answer or the journal, such
// as a picture: calls and asks carry a reference, and a host reads the bytes with
// the launch token.
//
// A blob belongs to one launch. It expires after [Life], and is not readable
// once its launch has ended. Nothing of its bytes is in an ask or the journal.
package blob

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/id"
	"github.com/selasar/selasar/internal/launch"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/store"
)

// The limits.
const (
	Most      = 20 << 20         // bytes of one blob
	PerLaunch = 16               // blobs of a launch at a time
	Life      = 10 * time.Minute // from its making
)

// Types are the media types that a blob can have.
var Types = []string{"image/jpeg", "image/png", "image/webp", "image/heic", "application/pdf"}

// Blob is bytes with a media type.
type Blob struct {
	ID        string
	LaunchID  string
	Type      string
	Bytes     []byte
	CreatedAt int64 // ms since the epoch
	ExpiresAt int64
}

// Store keeps blobs.
type Store interface {
	Insert(ctx context.Context, b Blob) error
	// Get returns a blob, or a problem NotFound.
	Get(ctx context.Context, id string) (Blob, error)
	// Live returns how many blobs of a launch expire after now.
	Live(ctx context.Context, launchID string, now int64) (int, error)
}

// Tx is what blobs touch.
type Tx interface {
	Launches() launch.Store
	Blobs() Store
}

// Service keeps and reads blobs.
type Service struct {
	DB    store.Database[Tx]
	Clock clock.Clock
	IDs   *id.Source
}

// Put keeps bytes for a launch. Its problems: BadRequest for a type that is not
// in Types and for no bytes, TooLarge, Conflict for a launch with too many, and those of a launch that
// does not run.
func (s *Service) Put(ctx context.Context, launchID, mediaType string, data []byte) (Blob, error) {
	switch {
	case !slices.Contains(Types, mediaType):
		return Blob{}, problem.New(problem.BadRequest, "the type %.40q is not kept; there are %s", mediaType, strings.Join(Types, ", "))
	case len(data) == 0:
		return Blob{}, problem.New(problem.BadRequest, "the body is empty")
	case len(data) > Most:
		return Blob{}, problem.New(problem.TooLarge, "the body is larger than %d bytes", Most)
	}
	now := s.Clock.Now()
	b := Blob{
		ID: s.IDs.New(), LaunchID: launchID, Type: mediaType, Bytes: data,
		CreatedAt: now.UnixMilli(), ExpiresAt: now.Add(Life).UnixMilli(),
	}
	return b, s.DB.Write(ctx, func(tx Tx) error { return insert(ctx, tx, b) })
}

// Takes reports whether a blob can have a type and a size in bytes.
func Takes(mediaType string, size int) bool {
	return slices.Contains(Types, mediaType) && size > 0 && size <= Most
}

// insert counts under the lock of the launch, so that two uploads cannot both
// take the last place.
func insert(ctx context.Context, tx Tx, b Blob) error {
	l, err := tx.Launches().Get(ctx, b.LaunchID)
	if err != nil {
		return err
	}
	if err := l.Running(); err != nil {
		return err
	}
	live, err := tx.Blobs().Live(ctx, b.LaunchID, b.CreatedAt)
	if err != nil {
		return err
	}
	if live >= PerLaunch {
		return problem.New(problem.Conflict, "the launch has %d blobs already; each expires %v after its upload", live, Life)
	}
	return tx.Blobs().Insert(ctx, b)
}

// Get returns a blob of a launch. A blob of another launch, one that has
// expired, and one that never was are NotFound alike.
func (s *Service) Get(ctx context.Context, launchID, blobID string) (b Blob, err error) {
	err = s.DB.Read(ctx, func(tx Tx) error {
		l, err := tx.Launches().Get(ctx, launchID)
		if err != nil {
			return err
		}
		if err := l.Running(); err != nil {
			return err
		}
		b, err = Of(ctx, tx.Blobs(), launchID, blobID, s.Clock.Now())
		return err
	})
	return b, err
}

// Find returns a blob of any running launch, for a caller that may read it. Its problems
// are those of Get.
func (s *Service) Find(ctx context.Context, blobID string) (b Blob, err error) {
	err = s.DB.Read(ctx, func(tx Tx) error {
		found, err := tx.Blobs().Get(ctx, blobID)
		if err != nil {
			return err
		}
		l, err := tx.Launches().Get(ctx, found.LaunchID)
		if err == nil {
			err = l.Running()
		}
		if err == nil {
			b, err = Of(ctx, tx.Blobs(), l.ID, blobID, s.Clock.Now())
		}
		return err
	})
	return b, err
}

// Of returns a blob of a running launch, as Get does.
func Of(ctx context.Context, s Store, launchID, blobID string, now time.Time) (Blob, error) {
	b, err := s.Get(ctx, blobID)
	if err == nil && (b.LaunchID != launchID || b.ExpiresAt <= now.UnixMilli()) {
		err = Unknown(blobID)
	}
	if err != nil {
		return Blob{}, err
	}
	return b, nil
}

// Unknown is the problem of a blob that a launch does not have.
func Unknown(blobID string) error {
	return problem.New(problem.NotFound, "there is no blob %.40q of this launch; it may have expired", blobID)
}
