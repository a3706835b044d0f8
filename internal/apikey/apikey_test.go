package apikey_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/apikey"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/store"
	"github.com/selasar/selasar/internal/testkit/stage"
)

// ring is a platform's keys.
type ring struct {
	*stage.Stage
	apikey.Service
}

func newRing(t *testing.T) *ring {
	s := stage.New(t)
	return &ring{s, apikey.Service{DB: stage.View[apikey.Tx](s), Clock: s.Clock, IDs: s.IDs}}
}

func (r *ring) create(w apikey.Wish) (k apikey.Key, text string, err error) {
	err = r.Try(func(tx *stage.Tx) error {
		k, text, err = r.Create(r.Ctx, tx, w)
		return err
	})
	return k, text, err
}

func (r *ring) valid(text string) string {
	_, err := r.Authenticate(r.Ctx, text)
	return stage.Code(err)
}

func TestAuthenticate_accepts_a_key_until_it_ends(t *testing.T) {
	r := newRing(t)
	_, first, err := r.First(r.Ctx)
	r.Must(err)
	_, again, err := r.First(r.Ctx)
	r.Must(err)
	stage.Is(t, "the second first key", again, "")
	k, text, err := r.create(apikey.Wish{Name: "ci", Role: apikey.Viewer, Life: time.Hour})
	r.Must(err)
	stage.Is(t, "a key", r.valid(text), "none")
	stage.Is(t, "a changed key", r.valid(text[:len(text)-1]+"x"), "unauthorized")
	stage.Is(t, "no key", r.valid("sak_"), "unauthorized")
	r.Pass(time.Hour - time.Millisecond)
	stage.Is(t, "the last moment", r.valid(text), "none")
	r.Pass(time.Millisecond)
	stage.Is(t, "after its time", r.valid(text), "unauthorized")
	stage.Is(t, "the first key", r.valid(first), "none")
	r.Write(func(tx *stage.Tx) error { _, err := r.Revoke(r.Ctx, tx, k.ID); return err })
	stage.Is(t, "a revoked key", r.valid(text), "unauthorized")
	stage.Is(t, "the database has the key", slices.ContainsFunc([]string{first, text}, func(text string) bool { return strings.Contains(r.Contents(), text) }), false)
}

func TestAuthenticate_records_the_use_once_a_minute(t *testing.T) {
	r := newRing(t)
	k, text, err := r.create(apikey.Wish{Name: "ci", Role: apikey.Viewer})
	r.Must(err)
	used := func() (at int64) {
		r.Read(func(tx *stage.Tx) error {
			kept, err := tx.Keys().Get(r.Ctx, k.ID)
			at = kept.UsedAt
			return err
		})
		return at
	}
	stage.Is(t, "before the first use", used(), 0)
	r.valid(text)
	first := used()
	stage.Is(t, "the first use", first, r.Stage.Clock.Now().Truncate(time.Minute).UnixMilli())
	before := r.Contents()
	r.valid(text)
	stage.Is(t, "the database", r.Contents(), before)
	r.Pass(time.Minute)
	r.valid(text)
	stage.Is(t, "a minute later", used(), first+60_000)
}

func TestMay_needs_the_role_and_the_scope(t *testing.T) {
	for _, one := range []struct {
		role    apikey.Role
		scopes  []apikey.Scope
		needs   apikey.Role
		scope   apikey.Scope
		allowed bool
	}{
		{apikey.Owner, nil, apikey.Viewer, apikey.KeysRead, true},
		{apikey.Viewer, nil, apikey.Viewer, apikey.PaymentsRead, true},
		{apikey.Viewer, nil, apikey.Reviewer, apikey.MiniAppsReview, false},
		{apikey.Reviewer, nil, apikey.Operator, apikey.MiniAppsWrite, false},
		{apikey.Operator, []apikey.Scope{apikey.LaunchesCreate}, apikey.Operator, apikey.LaunchesCreate, true},
		{apikey.Operator, []apikey.Scope{apikey.LaunchesCreate}, apikey.Viewer, apikey.PaymentsRead, false},
		{apikey.Operator, []apikey.Scope{apikey.LaunchesCreate}, apikey.Viewer, "", true},
		{"root", nil, apikey.Viewer, apikey.PaymentsRead, false},
	} {
		err := apikey.Key{Role: one.role, Scopes: one.scopes}.May(one.needs, one.scope)
		if (err == nil) != one.allowed || err != nil && !problem.Is(err, problem.Forbidden) {
			t.Errorf("%s %v for %s %s: %v", one.role, one.scopes, one.needs, one.scope, err)
		}
	}
}

func TestCreate_refuses_what_a_key_must_not_be(t *testing.T) {
	r := newRing(t)
	limited := apikey.Key{ID: "k", Name: "k", Role: apikey.Operator, Scopes: []apikey.Scope{apikey.UsersRead}}
	for what, one := range map[string]struct {
		wish apikey.Wish
		code string
	}{
		"no name":                {apikey.Wish{Role: apikey.Viewer}, "bad_request"},
		"a name of two lines":    {apikey.Wish{Name: "a\nb", Role: apikey.Viewer}, "bad_request"},
		"an unknown role":        {apikey.Wish{Name: "a", Role: "root"}, "bad_request"},
		"an unknown scope":       {apikey.Wish{Name: "a", Role: apikey.Viewer, Scopes: []apikey.Scope{"x"}}, "bad_request"},
		"a scope twice":          {apikey.Wish{Name: "a", Role: apikey.Viewer, Scopes: []apikey.Scope{apikey.UsersRead, apikey.UsersRead}}, "bad_request"},
		"a negative life":        {apikey.Wish{Name: "a", Role: apikey.Viewer, Life: -1}, "bad_request"},
		"more than its maker":    {apikey.Wish{Name: "a", Role: apikey.Owner, Scopes: []apikey.Scope{apikey.UsersRead}, By: limited}, "forbidden"},
		"wider than its maker":   {apikey.Wish{Name: "a", Role: apikey.Viewer, By: limited}, "forbidden"},
		"other than its maker":   {apikey.Wish{Name: "a", Role: apikey.Viewer, Scopes: []apikey.Scope{apikey.KeysRead}, By: limited}, "forbidden"},
		"no more than its maker": {apikey.Wish{Name: "a", Role: apikey.Viewer, Scopes: []apikey.Scope{apikey.UsersRead}, By: limited}, "none"},
	} {
		_, _, err := r.create(one.wish)
		stage.Is(t, what, stage.Code(err), one.code)
	}
}

func TestRevoke_keeps_the_last_owner(t *testing.T) {
	r := newRing(t)
	first, _, err := r.First(r.Ctx)
	r.Must(err)
	revoke := func(id string) error {
		return r.Try(func(tx *stage.Tx) error { _, err := r.Revoke(r.Ctx, tx, id); return err })
	}
	r.Refused(revoke(first.ID), problem.Conflict)
	_, _, err = r.create(apikey.Wish{Name: "short", Role: apikey.Owner, Life: time.Hour})
	r.Must(err)
	_, _, err = r.create(apikey.Wish{Name: "limited", Role: apikey.Owner, Scopes: []apikey.Scope{apikey.KeysWrite}})
	r.Must(err)
	r.Refused(revoke(first.ID), problem.Conflict)
	second, _, err := r.create(apikey.Wish{Name: "second", Role: apikey.Owner})
	r.Must(err)
	r.Whole(func() error { return revoke(first.ID) })
	r.Must(revoke(first.ID)) // again is no error
	r.Refused(revoke(second.ID), problem.Conflict)
	r.Refused(revoke("none"), problem.KeyUnknown)
}

func TestRotate_keeps_the_rights_and_the_overlap(t *testing.T) {
	r := newRing(t)
	old, oldText, err := r.create(apikey.Wish{Name: "ci", Role: apikey.Operator, Scopes: []apikey.Scope{apikey.LaunchesCreate}, Life: 48 * time.Hour})
	r.Must(err)
	r.Pass(time.Hour)
	var next apikey.Key
	var text string
	rotate := func(overlap time.Duration) error {
		return r.Try(func(tx *stage.Tx) error {
			k, made, err := r.Rotate(r.Ctx, tx, old.ID, overlap)
			if err == nil {
				next, text = k, made
			}
			return err
		})
	}
	r.Refused(rotate(-time.Second), problem.BadRequest)
	r.Refused(rotate(apikey.MaxOverlap+1), problem.BadRequest)
	r.Must(rotate(time.Hour))
	stage.Is(t, "the rights", []any{next.Name, next.Role, len(next.Scopes), next.ExpiresAt - next.CreatedAt}, []any{"ci", apikey.Operator, 1, int64(48 * 3600 * 1000)})
	r.Pass(time.Hour - time.Millisecond)
	stage.Is(t, "both keys", r.valid(oldText)+" "+r.valid(text), "none none")
	r.Refused(rotate(0), problem.Conflict)
	r.Pass(time.Millisecond)
	stage.Is(t, "after the overlap", r.valid(oldText)+" "+r.valid(text), "unauthorized none")
	r.Read(func(tx *stage.Tx) error {
		list, err := tx.Keys().List(r.Ctx, store.First(10))
		stage.Is(t, "the keys", len(list), 2)
		return err
	})
}
