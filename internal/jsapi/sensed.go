package jsapi

import (
	"encoding/json"

	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/strict"
)

// Answer is the answer of a host, a person or the simulated device. The kind of ask
// decides which members count.
type Answer struct {
	Answer   string          `json:"answer"`
	Consents []string        `json:"consents"`
	Data     json.RawMessage `json:"data"`
	Photo    string          `json:"photo"` // the id of a blob
}

func readAnswer(raw json.RawMessage) (Answer, error) {
	var a Answer
	if err := strict.Loosely(raw, &a); err != nil {
		return a, problem.New(problem.AnswerInvalid, `an answer is an object with the member "answer"; it: %v`, err)
	}
	return a, nil
}

// maxSensed is the largest reading of a sensor in bytes, because the page and the
// journal receive it.
const maxSensed = 16 << 10

// Sensed decodes a sensor's reading into data.
func (a Answer) Sensed(data any) error {
	switch a.Answer {
	case "ok":
		if len(a.Data) > maxSensed {
			return problem.New(problem.AnswerInvalid, `the answer's "data" is %d bytes long; at most %d`, len(a.Data), maxSensed)
		}
		if err := json.Unmarshal(a.Data, data); err != nil {
			return problem.New(problem.AnswerInvalid, `the answer's "data" cannot be read: %v`, err)
		}
		return nil
	case "denied":
		return problem.New(problem.NotPermitted, "the device's own settings do not permit the super app to read this")
	case "unavailable":
		return problem.New(problem.DeviceLacks, "the device cannot give this now")
	case "failed":
		return problem.New(problem.Internal, "the super app could not read the device")
	default:
		return problem.New(problem.AnswerInvalid, `answer %q: a sensor is answered ok, denied, unavailable or failed`, a.Answer)
	}
}
