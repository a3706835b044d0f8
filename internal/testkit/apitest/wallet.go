package apitest

import (
	"fmt"
)

// held is what the current user's wallet holds, and how it came.
type held struct {
	Balance     struct{ Value string }
	Coins, Gems int64
	Entries     []movement
}

type movement struct {
	ID, Unit, Title, Payment, Cause string
	Amount, Balance                 int64
	App                             string `json:"app_name"`
	History                         string `json:"order_history_url"`
}

func (d *Platform) Wallet() (h held) {
	d.T.Helper()
	d.Get("/control/v1/wallet").Into(&h)
	return h
}

// Sums are rupiah, coins and gems.
func (h held) Sums() string { return fmt.Sprint(h.Balance.Value, " ", h.Coins, " ", h.Gems) }
