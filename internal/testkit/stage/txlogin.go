package stage

import (
	"context"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/bank"
	"github.com/selasar/selasar/internal/credential"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/login"
	"github.com/selasar/selasar/internal/message"
	"github.com/selasar/selasar/internal/request"
	"github.com/selasar/selasar/internal/store"
)

type asks struct {
	ask.Store
	*fault
}

func (s asks) Insert(ctx context.Context, a ask.Ask) error {
	if err := s.before(); err != nil {
		return err
	}
	return s.Store.Insert(ctx, a)
}

func (s asks) Get(ctx context.Context, id string) (v ask.Ask, err error) {
	if err := s.before(); err != nil {
		return v, err
	}
	return s.Store.Get(ctx, id)
}

func (s asks) Open(ctx context.Context, launchID string) (v []ask.Ask, err error) {
	if err := s.before(); err != nil {
		return v, err
	}
	return s.Store.Open(ctx, launchID)
}

func (s asks) Sharing(ctx context.Context, id string) (v []ask.Ask, err error) {
	if err := s.before(); err != nil {
		return v, err
	}
	return s.Store.Sharing(ctx, id)
}

func (s asks) Waiting(ctx context.Context, userID, miniAppID string) (v []ask.Ask, err error) {
	if err := s.before(); err != nil {
		return v, err
	}
	return s.Store.Waiting(ctx, userID, miniAppID)
}

func (s asks) Due(ctx context.Context, now int64, limit int) (v []ask.Ask, err error) {
	if err := s.before(); err != nil {
		return v, err
	}
	return s.Store.Due(ctx, now, limit)
}

func (s asks) Take(ctx context.Context, id string, to ask.State, now int64) (v bool, err error) {
	if err := s.before(); err != nil {
		return v, err
	}
	return s.Store.Take(ctx, id, to, now)
}

type tokens struct {
	login.Store
	*fault
}

func (s tokens) Insert(ctx context.Context, t login.Token) (v bool, err error) {
	if err := s.before(); err != nil {
		return v, err
	}
	return s.Store.Insert(ctx, t)
}

func (s tokens) Get(ctx context.Context, id string) (v1 login.Token, v2 bool, err error) {
	if err := s.before(); err != nil {
		return v1, v2, err
	}
	return s.Store.Get(ctx, id)
}

func (s tokens) Revoke(ctx context.Context, id string, now int64) error {
	if err := s.before(); err != nil {
		return err
	}
	return s.Store.Revoke(ctx, id, now)
}

type bankTokens struct {
	bank.Store
	*fault
}

func (s bankTokens) Insert(ctx context.Context, id, miniAppID, userID string, now int64) (v bool, err error) {
	if err := s.before(); err != nil {
		return v, err
	}
	return s.Store.Insert(ctx, id, miniAppID, userID, now)
}

type requests struct {
	request.Store
	*fault
}

func (s requests) Get(ctx context.Context, r request.Request, since int64) (v1 request.Request, v2 bool, err error) {
	if err := s.before(); err != nil {
		return v1, v2, err
	}
	return s.Store.Get(ctx, r, since)
}

func (s requests) Insert(ctx context.Context, r request.Request, since int64) error {
	if err := s.before(); err != nil {
		return err
	}
	return s.Store.Insert(ctx, r, since)
}

type credentials struct {
	credential.Store
	*fault
}

func (s credentials) Insert(ctx context.Context, r credential.Record) error {
	if err := s.before(); err != nil {
		return err
	}
	return s.Store.Insert(ctx, r)
}

func (s credentials) Get(ctx context.Context, miniAppID string) (v1 credential.Record, v2 bool, err error) {
	if err := s.before(); err != nil {
		return v1, v2, err
	}
	return s.Store.Get(ctx, miniAppID)
}

func (s credentials) Change(ctx context.Context, miniAppID string, fn func(*credential.Record) error) error {
	if err := s.before(); err != nil {
		return err
	}
	return s.Store.Change(ctx, miniAppID, fn)
}

type messages struct {
	message.Store
	*fault
}

func (s messages) Put(ctx context.Context, m message.Message) error {
	if err := s.before(); err != nil {
		return err
	}
	return s.Store.Put(ctx, m)
}

func (s messages) Get(ctx context.Context, id string) (v message.Message, err error) {
	if err := s.before(); err != nil {
		return v, err
	}
	return s.Store.Get(ctx, id)
}

func (s messages) Reminder(ctx context.Context, miniAppID, userID, reminderID string) (v message.Message, err error) {
	if err := s.before(); err != nil {
		return v, err
	}
	return s.Store.Reminder(ctx, miniAppID, userID, reminderID)
}

func (s messages) List(ctx context.Context, userID string, p store.Page) (v []message.Message, err error) {
	if err := s.before(); err != nil {
		return v, err
	}
	return s.Store.List(ctx, userID, p)
}

func (s messages) Remove(ctx context.Context, id string, now int64) (v bool, err error) {
	if err := s.before(); err != nil {
		return v, err
	}
	return s.Store.Remove(ctx, id, now)
}

type entries struct {
	journal.Appender
	*fault
}

func (s entries) Append(ctx context.Context, list ...journal.Entry) error {
	if err := s.before(); err != nil {
		return err
	}
	return s.Appender.Append(ctx, list...)
}
