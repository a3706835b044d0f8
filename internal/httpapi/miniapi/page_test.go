package miniapi_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/testkit/apitest"
)

// A credential in a page can be read by everybody; the platform would not notice it.
func TestMiniAPI_warns_of_a_credential_that_a_page_sends(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	l := d.Open(apitest.AllowAll)
	fromPage := func(r *http.Request) {
		r.Header.Set("Origin", "http://127.0.0.1:7301")
		r.Header.Set("Sec-Fetch-Mode", "cors")
	}
	count := func() int { return strings.Count(string(d.Get("/control/v1/journal").Body), `"credential.exposed"`) }
	d.Post(apitest.TokenPath, `{"auth_code":"`+l.Code()+`"}`, d.Basic(), apitest.With("Sec-Fetch-Mode", "cors")).OK(200) // as fetch of Node sends it
	if count() != 0 {
		t.Error("a backend is taken for a page")
	}
	d.Post(apitest.TokenPath, `{"auth_code":"`+l.Code()+`"}`, d.Basic(), fromPage).OK(200)
	d.Send("GET", apitest.ProfilePath, "", apitest.Bearer(l.Login()), apitest.With("Request-Id", "1"), fromPage)
	if count() != 2 {
		t.Errorf("%d warnings", count())
	}
	d.Send("OPTIONS", apitest.TokenPath, "", fromPage, apitest.With("Access-Control-Request-Method", "POST")).OK(404)
	list := d.Requests()
	if last := list[len(list)-1]; !strings.HasPrefix(last.Title, "OPTIONS ") || !strings.Contains(last.Next, "from the mini app's backend") {
		t.Errorf("%+v", last)
	}
}

func TestMiniAPI_names_the_word_that_stands_for_a_token(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	for word, what := range map[string]string{
		"undefined": "the word undefined", "null": "the word null", "token": "the word token", "None": "the word None", "'null'": "the word 'null'",
		"[object Object]": "the text [object Object]", "[object Promise]": "the text [object Promise]", "${token}": "the text ${token}", "{{auth_token}}": "the text {{auth_token}}",
		"<your token>": "the text <your token>", "$AUTH_TOKEN": "the text $AUTH_TOKEN", "%TOKEN%": "the text %TOKEN%", "process.env.TOKEN": "the text process.env.TOKEN",
		"() => token": "the text () => token", `"abc"`: "quotation marks around the value", "Bearer abc": "the word Bearer twice",
	} {
		got := d.Send("GET", apitest.ProfilePath, "", apitest.Bearer(word), apitest.With("Request-Id", "1")).OK(401)
		if !strings.Contains(string(got.Body), "your code sent "+what+"; the token is data.auth_token") || !strings.Contains(string(got.Body), `"code":"110"`) {
			t.Errorf("%s", got.Body)
		}
		got = d.Post(apitest.TokenPath, `{"auth_code":"x"}`, func(r *http.Request) { r.SetBasicAuth("kopi", word) }).OK(401)
		if !strings.Contains(string(got.Body), "your code sent "+what+" instead of a credential") {
			t.Errorf("%s", got.Body)
		}
		code, err := json.Marshal(map[string]string{"auth_code": word})
		apitest.Must(t, err)
		got = d.Post(apitest.TokenPath, string(code), d.Basic()).OK(400)
		if hint := got.Text("error.hint"); hint != "your code sent "+what+"; the code is data.authCode of getAuthCode" {
			t.Errorf("%q: %s", word, hint)
		}
	}
}
