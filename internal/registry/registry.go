// Package registry has the mini apps of an operator: their versions, permissions and
// status.
//
// A version is what a developer submits: the manifest, and the origin of the pages. A
// reviewer approves or rejects it:
//
//	submitted ──▶ live ──▶ replaced    (a later version was approved)
//	    └───────▶ rejected
//
// Permissions are what the operator lets the mini app do, for all versions. A
// registration changes like this:
//
//	draft ──▶ active ◀──▶ suspended    (active since the first approved version)
//	  └─────────┴──────────┴──▶ deleting ──▶ deleted    (when its consents are withdrawn)
//
// After each change, the registry writes the mini app as it runs to [miniapp.Store]: the
// live version, limited by the permissions. The rules of calls and payments read only that.
package registry

import (
	"context"
	"strconv"

	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/store"
)

// Status is the status of a registration.
type Status string

// The statuses.
const (
	Draft     Status = "draft" // no version was approved yet
	Active    Status = "active"
	Suspended Status = "suspended"
	Deleting  Status = "deleting" // its consents are being withdrawn
	Deleted   Status = "deleted"
)

// Registration is a mini app as its operator manages it.
type Registration struct {
	ID          string
	Name        string
	Status      Status
	Reason      string // why it is suspended; otherwise empty
	Live        int64  // the number of the live version; 0 for none
	Versions    int64  // the number of the newest version
	Revision    int64  // counts changes, from 1
	Permissions Permissions
	// Times are ms since the epoch.
	CreatedAt int64
	ChangedAt int64
	// NextExpiry is when the next grant of a JSAPI expires; 0 for never.
	NextExpiry int64
}

// Gone reports whether the mini app was deleted.
func (r Registration) Gone() bool { return r.Status == Deleting || r.Status == Deleted }

// Unknown returns the problem for a mini app that is not registered.
func Unknown(id string) error {
	return problem.New(problem.MiniAppUnknown, "mini app %q is not registered on this platform", id)
}

// Store stores registrations with their versions.
type Store interface {
	// Insert stores a registration. It returns false if the id is taken, also by a
	// deleted mini app.
	Insert(ctx context.Context, r Registration) (bool, error)
	// Get returns a registration, or a problem MiniAppUnknown.
	Get(ctx context.Context, id string) (Registration, error)
	// List returns a page of the registrations that are not deleted, by id.
	List(ctx context.Context, p store.Page) ([]Registration, error)
	// Change loads a registration, calls fn to change it, and saves it.
	Change(ctx context.Context, id string, fn func(*Registration) error) error
	// Deleting returns the ids of registrations in this status, at most limit.
	Deleting(ctx context.Context, limit int) ([]string, error)
	// Expiring returns the ids of registrations with a grant that has expired at now, at
	// most limit.
	Expiring(ctx context.Context, now int64, limit int) ([]string, error)

	InsertVersion(ctx context.Context, v Version) error
	// GetVersion returns a version, or a problem VersionUnknown.
	GetVersion(ctx context.Context, id string, number int64) (Version, error)
	// ListVersions returns a page of the versions of a mini app, newest first.
	ListVersions(ctx context.Context, id string, p store.Page) ([]Version, error)
	// DecideVersion saves the state of a version, with its decision.
	DecideVersion(ctx context.Context, v Version) error
}

// Tx is the part of a transaction that the registry uses.
type Tx interface {
	Registrations() Store
	MiniApps() miniapp.Store
	consent.LedgerTx
}

// ETag returns the value of the header ETag, without its quotation marks.
func (r Registration) ETag() string { return "r" + strconv.FormatInt(r.Revision, 10) }
