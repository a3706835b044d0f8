package apitest

const (
	TokenPath   = "/v1/mini-apps/authorizations/token"
	ProfilePath = "/v1/mini-apps/users/profile"
	BankPath    = "/v1/mini-apps/bank-details"
)

// EnvelopeSeen is an answer of the mini apps' backend.
type EnvelopeSeen struct {
	Success bool
	Error   struct{ Code, Description, Hint string }
}

const (
	PushPath     = "/v1/mini-apps/notifications/push"
	ReminderPath = "/v1/mini-apps/reminder"
)

func RequestID(id string) Header { return With("Request-Id", id) }

const (
	RewardsPath = "/v1/mini-apps/rewards"
	BalancePath = "/v1/mini-apps/gems/balance"
	CollectPath = "/v1/mini-apps/gems/collect"
)
