package operation

import (
	"context"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/problem"
)

// choice is the Resume of an operation whose sheet has two answers: yes, which succeeds
// without a result, and no, which is the refusal. what names the sheet in messages.
func choice(what, yes, no string, refusal problem.Code, why string) func(context.Context, *jsapi.Call, ask.Ask, jsapi.Answer) (jsapi.Step, error) {
	return func(_ context.Context, _ *jsapi.Call, _ ask.Ask, answer jsapi.Answer) (jsapi.Step, error) {
		switch answer.Answer {
		case yes:
			return jsapi.Step{}, nil
		case no:
			return jsapi.Step{}, problem.New(refusal, "%s", why)
		default:
			return jsapi.Step{}, problem.New(problem.AnswerInvalid, "answer %q: %s is answered %q or %q", answer.Answer, what, yes, no)
		}
	}
}
