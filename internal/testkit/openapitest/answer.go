package openapitest

import (
	"bytes"
	"fmt"
	"mime"
	"net/http"
	"strconv"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// CheckAnswer returns an error if an answer is not one that the document has for the
// request. It accepts every answer to a path that is not in the document.
func (d *Document) CheckAnswer(r *http.Request, status int, header http.Header, body []byte) error {
	name := d.operationOf(r.Method, r.URL.Path)
	if name == "" {
		return nil
	}
	method, path, _ := strings.Cut(name, " ")
	value, pointer := d.At("/paths", path, strings.ToLower(method), "responses", strconv.Itoa(status))
	response, ok := value.(map[string]any)
	if !ok {
		return fmt.Errorf("the document has no status %d: %.300s", status, body)
	}
	content, _ := response["content"].(map[string]any)
	kind, _, _ := mime.ParseMediaType(header.Get("Content-Type"))
	switch {
	case content == nil && len(body) == 0 || status == http.StatusSeeOther:
		return nil
	case content[kind] == nil:
		return fmt.Errorf("the document has no %q for status %d: %.300s", kind, status, body)
	case kind != "application/json":
		return nil
	}
	parsed, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
	if err == nil {
		err = d.Validate(pointer+"/content/application~1json/schema", parsed)
	}
	if err != nil {
		return fmt.Errorf("status %d is not as the document says: %w\n%.600s", status, err, body)
	}
	return nil
}
