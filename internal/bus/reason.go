package bus

// Reason is why an ask, a subscription or a job ended without its own doing, as
// a code. Hosts decide by it.
type Reason string

// The reasons.
const (
	Deadline         Reason = "deadline"
	LaunchOver       Reason = "launch_ended"
	PaymentCancelled Reason = "payment_cancelled"
	Stopped          Reason = "stopped" // by a call of the mini app
)

var words = map[Reason]string{
	Deadline: "deadline", LaunchOver: "launch ended", PaymentCancelled: "payment cancelled", Stopped: "stopped by the mini app",
}

// Message is the reason in words, for a person.
func (r Reason) Message() string { return words[r] }
