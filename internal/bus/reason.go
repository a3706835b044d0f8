package bus

// Reason is a code for why the platform ended an ask, a subscription or a job. Hosts
// decide by it.
type Reason string

// The reasons.
const (
	Deadline         Reason = "deadline"
	LaunchOver       Reason = "launch_ended"
	PaymentCancelled Reason = "payment_cancelled"
	Stopped          Reason = "stopped"           // by a call of the mini app
	PageGone         Reason = "page_gone"         // the page of the call went away
	Elsewhere        Reason = "settled_elsewhere" // for example, the user gave the consent in the settings
	Answered         Reason = "answered"          // by another client of the launch
	SameSheet        Reason = "same_sheet"        // with another call that asked the same question
)

var words = map[Reason]string{
	Deadline: "deadline", LaunchOver: "launch ended", PaymentCancelled: "payment cancelled", Stopped: "stopped by the mini app",
	PageGone: "page gone", Elsewhere: "settled elsewhere", Answered: "answered by another client", SameSheet: "answered on the sheet of another call",
}

// Message explains the reason to a person.
func (r Reason) Message() string { return words[r] }
