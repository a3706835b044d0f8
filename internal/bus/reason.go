package bus

// Reason is why something ended, as a code. A host decides by it; a person
// reads the message that stands beside it.
type Reason string

// The reasons.
const (
	Deadline         Reason = "deadline"
	LaunchOver       Reason = "launch_ended"
	PaymentCancelled Reason = "payment_cancelled"
	HostGone         Reason = "host_gone"
	UserClosed       Reason = "user_closed"
	PlatformReset    Reason = "platform_reset"
	Stopped          Reason = "stopped" // by a call of the mini app
)

var messages = map[Reason]string{
	Deadline:         "the deadline passed without an answer",
	LaunchOver:       "the launch has ended",
	PaymentCancelled: "the payment was cancelled",
	HostGone:         "its host has gone and did not come back",
	UserClosed:       "the user closed the mini app",
	PlatformReset:    "the platform was reset",
	Stopped:          "the mini app stopped it",
}

// Message is the reason in words.
func (r Reason) Message() string { return messages[r] }
