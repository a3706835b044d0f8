package bus

// Reason is a code for why the platform ended an ask, a subscription or a job. Hosts
// decide by it.
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

// Message explains the reason to a person.
func (r Reason) Message() string { return words[r] }
