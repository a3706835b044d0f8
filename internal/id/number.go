package id

import (
	"crypto/rand"
	"time"

	"github.com/selasar/selasar/internal/clock"
)

// Number returns a reference number or payment id in the documented form, such
// as 0120250107121627eTRXfvlCZ6ID (reward-coins-emoney-v2): a prefix of two
// characters, the time in Jakarta, ten random characters, and "ID".
func Number(prefix string, now time.Time) string {
	return prefix + now.In(clock.Jakarta).Format("20060102150405") + rand.Text()[:10] + "ID"
}
