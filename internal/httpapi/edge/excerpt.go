package edge

import (
	"encoding/json"
	"net/url"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"
)

// shownQuery returns the parameters of a query. Their secrets are masked together with
// the whole detail.
func shownQuery(raw string) map[string]string {
	if raw == "" {
		return nil
	}
	shown := map[string]string{}
	query, _ := url.ParseQuery(raw) // the parameters before an error are still read
	for name := range query {
		shown[Excerpt(name)] = query.Get(name)
	}
	return shown
}

const maxShown = 4096

// shownBody returns a body for the journal, with the secrets of valid JSON masked
// (mask.Members). It omits any other body, because secrets in it cannot be found.
func shownBody(data []byte) json.RawMessage {
	switch {
	case len(data) == 0:
		return json.RawMessage("null")
	case len(data) > maxShown:
		return instead(data, " bytes)")
	case !jsontext.Value(data).IsValid(jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true)):
		return instead(data, " bytes that are not JSON)")
	default:
		return data
	}
}

func instead(data []byte, what string) json.RawMessage {
	return json.RawMessage(`"(` + strconv.Itoa(len(data)) + what + `"`)
}
