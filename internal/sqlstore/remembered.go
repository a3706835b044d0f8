package sqlstore

import (
	"github.com/selasar/selasar/internal/apikey"
	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/credential"
	"github.com/selasar/selasar/internal/launch"
	"github.com/selasar/selasar/internal/miniapp"
)

// remembered caches the rows that every call needs.
type remembered struct {
	miniApps    *recent[miniapp.App]
	launches    *recent[launch.Launch]
	users       *recent[userRow]
	consents    *recent[consent.Entry]
	credentials *recent[credential.Record]
	apiKeys     *recent[apikey.Key]
}

func newRemembered(off bool) remembered {
	return remembered{
		newRecent[miniapp.App](off), newRecent[launch.Launch](off), newRecent[userRow](off), newRecent[consent.Entry](off),
		newRecent[credential.Record](off), newRecent[apikey.Key](off),
	}
}

func (r remembered) changeAll() {
	r.miniApps.changeAll()
	r.launches.changeAll()
	r.users.changeAll()
	r.consents.changeAll()
	r.credentials.changeAll()
	r.apiKeys.changeAll()
}

func (r remembered) settled() {
	r.miniApps.settled()
	r.launches.settled()
	r.users.settled()
	r.consents.settled()
	r.credentials.settled()
	r.apiKeys.settled()
}
