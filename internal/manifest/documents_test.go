package manifest

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/selasar/selasar/internal/spelling"
)

// documents are checked with the parser and with the schema. The parser's error contains wrong; when wrong is empty,
// both accept the document. onlyHere marks a document that only the parser refuses, for a rule that a schema cannot
// express.
var documents = map[string]struct {
	text     string
	wrong    string
	onlyHere bool
}{
	"the_least":            {text: `{"id":"kopi"}`},
	"empty_parts":          {text: `{"id":"a","dev":{},"consents":[],"deeplinks":[],"domains":[]}`},
	"a_schema_for_editors": {text: `{"$schema":"x","id":"a"}`},
	"entry_is_a_url":       {text: `{"id":"a","entry":"https://kopi.example/start?x=1"}`},
	"entry_with_hash":      {text: `{"id":"a","entry":"/#/home"}`},
	"every_consent":        {text: `{"id":"a","consents":[{"name":"location"},{"name":"camera"},{"name":"device_info"},{"name":"wifi"},{"name":"bank_account"},{"name":"profile"}]}`},
	"documented_consents":  {text: `{"id":"a","consents":[{"name":"getLocation"},{"name":"getCamera"},{"name":"getDeviceInfo"},{"name":"getProfile"}]}`},
	"a_name_in_any_script": {text: `{"id":"a","name":"咖啡 ☕"}`},
	"escaped_key":          {text: `{"\u0069d":"a"}`},

	"history_is_a_path": {text: `{"id":"a","order_history_url":"/orders?all=1"}`},
	"jsapis":            {text: `{"id":"a","jsapis":["getLocation","GP.authorize","GPConsent.getUserConsent"]}`},
	"no_jsapi":          {text: `{"id":"a","jsapis":[]}`},
	"drafts":            {text: `{"id":"a","drafts":true}`},
	"variants":          {text: `{"id":"a","variants":{"error-keys":"snake","events":"param"}}`},
	"no_variant":        {text: `{"id":"a","variants":{}}`},
	"jsapi_unknown":     {text: `{"id":"a","jsapis":["GPLocation.getLocatio"]}`, wrong: `jsapis[0] must be a JSAPI such as getLocation or GPLocation.getLocation, did you mean "GPLocation.getLocation"?`, onlyHere: true},
	"jsapi_twice":       {text: `{"id":"a","jsapis":["getLocation","getLocation"]}`, wrong: `jsapis[1] repeats "getLocation"`},
	"drafts_is_text":    {text: `{"id":"a","drafts":"yes"}`, wrong: `drafts must be true or false, got "yes"`},
	"variant_unknown":   {text: `{"id":"a","variants":{"eror-keys":"snake"}}`, wrong: `unknown key "eror-keys" in variants, did you mean "error-keys"?`},
	"variant_reading":   {text: `{"id":"a","variants":{"events":"both"}}`, wrong: `variants.events must be one of param+detail, param, detail, got "both"`},
	"templates":         {text: `{"id":"a","templates":[{"name":"HK_PDS_NOTIFY","kind":"push","title":"{a}","text":"☕"},{"name":"HK_PDS_NOTIFY","kind":"reminder"}]}`},
	"no_template":       {text: `{"id":"a","templates":[]}`},
	"rewards":           {text: `{"id":"a","rewards":{"types":["GOPAY_COINS","GOPAY_GEMS"],"max_gems":500}}`},
	"no_rewards":        {text: `{"id":"a","rewards":{"types":[]}}`},
	"rewards_are_empty": {text: `{"id":"a","rewards":{}}`},

	"template_is_string":  {text: `{"id":"a","templates":["x"]}`, wrong: `templates[0] must be an object, got "x"`},
	"templates_is_object": {text: `{"id":"a","templates":{}}`, wrong: "templates must be a list, got an object"},
	"template_sans_name":  {text: `{"id":"a","templates":[{"kind":"push"}]}`, wrong: "templates[0].name is missing"},
	"template_sans_kind":  {text: `{"id":"a","templates":[{"name":"x"}]}`, wrong: "templates[0].kind is missing"},
	"template_name":       {text: `{"id":"a","templates":[{"name":"a b","kind":"push"}]}`, wrong: "templates[0].name must be 1 to 255 letters"},
	"template_kind":       {text: `{"id":"a","templates":[{"name":"x","kind":"sms"}]}`, wrong: `templates[0].kind must be push or reminder, got "sms"`},
	"template_title":      {text: `{"id":"a","templates":[{"name":"x","kind":"push","title":"a\nb"}]}`, wrong: "templates[0].title must be one line"},
	"template_text":       {text: `{"id":"a","templates":[{"name":"x","kind":"push","text":"` + strings.Repeat("a", 501) + `"}]}`, wrong: "templates[0].text must be one line of 0 to 500"},
	"reminder_template":   {text: `{"id":"a","templates":[{"name":"BILL","kind":"reminder","due":"{date}","cta":"Pay now","url":"/bills/{bill}?from=card"}]}`},
	"reminder_to_a_url":   {text: `{"id":"a","templates":[{"url":"https://kopi.example/bills/{bill}","kind":"reminder","name":"BILL"}]}`},
	"template_due":        {text: `{"id":"a","templates":[{"name":"x","kind":"reminder","due":"a\nb"}]}`, wrong: "templates[0].due must be one line"},
	"template_cta":        {text: `{"id":"a","templates":[{"name":"x","kind":"reminder","cta":"` + strings.Repeat("a", 31) + `"}]}`, wrong: "templates[0].cta must be one line of 0 to 30"},
	"template_url":        {text: `{"id":"a","templates":[{"name":"x","kind":"reminder","url":"javascript:alert(1)"}]}`, wrong: "templates[0].url must be a path that begins"},
	"template_url_long":   {text: `{"id":"a","templates":[{"name":"x","kind":"reminder","url":"/` + strings.Repeat("a", 2000) + `"}]}`, wrong: "templates[0].url must have at most 2000"},
	"template_url_number": {text: `{"id":"a","templates":[{"name":"x","kind":"reminder","url":7}]}`, wrong: "templates[0].url must be"},
	"due_of_a_push":       {text: `{"id":"a","templates":[{"name":"x","kind":"push","due":"today"}]}`, wrong: "templates[0].due: only a reminder has it", onlyHere: true},
	"url_of_a_push":       {text: `{"id":"a","templates":[{"url":"/a","name":"x","kind":"push"}]}`, wrong: "templates[0].url: only a reminder has it", onlyHere: true},
	"key_in_template":     {text: `{"id":"a","templates":[{"name":"x","kind":"push","titel":"a"}]}`, wrong: `unknown key "titel" in templates[0], did you mean "title"?`},
	"reward_type":         {text: `{"id":"a","rewards":{"types":["COINS"]}}`, wrong: `rewards.types[0] must be one of EMONEY, GOPAY_COINS, GOPAY_GEMS, got "COINS"`},
	"reward_type_twice":   {text: `{"id":"a","rewards":{"types":["EMONEY","EMONEY"]}}`, wrong: `rewards.types[1] repeats "EMONEY"`},
	"rewards_is_a_list":   {text: `{"id":"a","rewards":["EMONEY"]}`, wrong: "rewards must be an object, got a list"},
	"max_gems_is_zero":    {text: `{"id":"a","rewards":{"max_gems":0}}`, wrong: "rewards.max_gems must be a whole number from 1 to 99999999999, got 0"},
	"max_gems_is_text":    {text: `{"id":"a","rewards":{"max_gems":"5"}}`, wrong: `rewards.max_gems must be a whole number from 1 to 99999999999, got "5"`},
	"max_gems_is_part":    {text: `{"id":"a","rewards":{"max_gems":1.5}}`, wrong: "rewards.max_gems must be a whole number"},
	"max_gems_is_huge":    {text: `{"id":"a","rewards":{"max_gems":100000000000}}`, wrong: "rewards.max_gems must be a whole number"},
	"template_twice":      {text: `{"id":"a","templates":[{"name":"x","kind":"push"},{"name":"x","kind":"push"}]}`, wrong: `templates[1] repeats the push template "x"`, onlyHere: true},

	"no_id":               {text: `{}`, wrong: `the key "id" is missing`},
	"empty_id":            {text: `{"id":""}`, wrong: "id must be 1 to 64 letters"},
	"id_with_space":       {text: `{"id":"a b"}`, wrong: "id must be"},
	"id_with_new_line":    {text: `{"id":"a\n"}`, wrong: "id must be"},
	"long_id":             {text: `{"id":"` + strings.Repeat("a", 65) + `"}`, wrong: "id must be"},
	"id_is_a_number":      {text: `{"id":7}`, wrong: "id must be a string, got 7"},
	"id_is_null":          {text: `{"id":null}`, wrong: "id must be a string, got null"},
	"a_list":              {text: `["id"]`, wrong: "the manifest must be an object, got a list"},
	"a_string":            {text: `"id"`, wrong: `the manifest must be an object, got "id"`},
	"key_of_another_case": {text: `{"ID":"a"}`, wrong: `unknown key "ID", did you mean "id"?`},
	"unknown_key":         {text: `{"id":"a","colour":1}`, wrong: `unknown key "colour" (there are $schema, id, name`},
	"camel_case":          {text: `{"id":"a","notificationUrl":"https://x"}`, wrong: `did you mean "notification_url"?`},
	"key_in_dev":          {text: `{"id":"a","dev":{"comand":"x"}}`, wrong: `unknown key "comand" in dev, did you mean "command"?`},
	"key_in_consent":      {text: `{"id":"a","consents":[{"name":"wifi","mandatori":true}]}`, wrong: `unknown key "mandatori" in consents[0], did you mean "mandatory"?`},
	"prototype_key":       {text: `{"id":"a","__proto__":{}}`, wrong: `unknown key "__proto__"`},
	"blank_name":          {text: `{"id":"a","name":" "}`, wrong: "name must be one line"},
	"two_line_name":       {text: `{"id":"a","name":"a\nb"}`, wrong: "name must be one line of 1 to 60"},
	"icon_is_relative":    {text: `{"id":"a","icon":"icon.svg"}`, wrong: `icon must be a path that begins with "/" or a URL`},
	"icon_is_script":      {text: `{"id":"a","icon":"javascript:alert(1)"}`, wrong: "icon must be"},
	"icon_without_scheme": {text: `{"id":"a","icon":"//evil.example/x"}`, wrong: "icon must be a path"},
	"generation":          {text: `{"id":"a","generation":"v2"}`, wrong: `generation must be one of webview, container-v1, container-v2, got "v2"`},
	"dev_is_a_string":     {text: `{"id":"a","dev":"npm start"}`, wrong: `dev must be an object, got "npm start"`},
	"blank_command":       {text: `{"id":"a","dev":{"command":"  "}}`, wrong: "dev.command must be a shell command"},
	"dev_url":             {text: `{"id":"a","dev":{"url":"localhost:5173"}}`, wrong: "dev.url must be a URL"},
	"url_with_password":   {text: `{"id":"a","notification_url":"https://u:p@kopi.example"}`, wrong: "no user or password"},
	"url_without_host":    {text: `{"id":"a","dev":{"url":"https://"}}`, wrong: "names no host"},
	"mandatory":           {text: `{"id":"a","consents":[{"name":"wifi","mandatory":"yes"}]}`, wrong: `consents[0].mandatory must be true or false, got "yes"`},
	"consents_is_object":  {text: `{"id":"a","consents":{"location":true}}`, wrong: "consents must be a list, got an object"},
	"consent_is_string":   {text: `{"id":"a","consents":["location"]}`, wrong: `consents[0] must be an object, got "location"`},
	"unknown_consent":     {text: `{"id":"a","consents":[{"name":"locaton"}]}`, wrong: `there is no consent "locaton", did you mean "location"?`},
	"consent_sans_name":   {text: `{"id":"a","consents":[{"mandatory":true}]}`, wrong: "consents[0].name is missing"},
	"empty_consent_name":  {text: `{"id":"a","consents":[{"name":""}]}`, wrong: `consents[0].name must be one of profile, location`},
	"deeplink_no_scheme":  {text: `{"id":"a","deeplinks":["tabungan"]}`, wrong: "deeplinks[0] must be a deeplink"},
	"deeplink_wildcard":   {text: `{"id":"a","deeplinks":["gopay://*"]}`, wrong: "deeplinks[0] must be a deeplink"},
	"deeplink_query":      {text: `{"id":"a","deeplinks":["gopay://x?a=1"]}`, wrong: "must have no query; gopay://x allows every query"},
	"deeplink_is_number":  {text: `{"id":"a","deeplinks":[1]}`, wrong: "deeplinks[0] must be a string, got 1"},
	"deeplink_twice":      {text: `{"id":"a","deeplinks":["gopay://x","gopay://x"]}`, wrong: `deeplinks[1] repeats "gopay://x"`},
	"domain_is_url":       {text: `{"id":"a","domains":["https://kopi.example"]}`, wrong: "domains[0] must be a host name"},

	"key_twice":           {text: `{"id":"a","id":"b"}`, wrong: `the key "id" appears twice`, onlyHere: true},
	"consent_by_alias":    {text: `{"id":"a","consents":[{"name":"location"},{"name":"getLocation"}]}`, wrong: `consents[1] repeats the consent "location"`, onlyHere: true},
	"deeplink_climbs":     {text: `{"id":"a","deeplinks":["gopay://x/../y"]}`, wrong: `"." or ".." segment`, onlyHere: true},
	"deeplink_is_intent":  {text: `{"id":"a","deeplinks":["intent://x"]}`, wrong: "the scheme intent is never opened", onlyHere: true},
	"deeplink_with_slash": {text: `{"id":"a","deeplinks":["gopay://x","gopay://x/"]}`, wrong: `deeplinks[1] repeats "gopay://x"`, onlyHere: true},
	"domain_of_two_cases": {text: `{"id":"a","domains":["kopi.example","Kopi.example"]}`, wrong: `domains[1] repeats "kopi.example"`, onlyHere: true},
	"bad_port":            {text: `{"id":"a","dev":{"url":"http://x:y"}}`, wrong: "dev.url must be a URL", onlyHere: true},

	"empty":              {text: "", wrong: "line 1, column 1: the file is empty, expected an object"},
	"trailing_comma":     {text: "{\n  \"id\": \"a\",\n}", wrong: `line 3, column 1: found '}' after a comma`},
	"missing_comma":      {text: "{\"id\": \"a\"\n  \"name\": \"b\"}", wrong: `line 2, column 3: invalid character '"' after object value (expecting ',' or '}')`},
	"missing_colon":      {text: `{"id" "a"}`, wrong: `column 7: invalid character '"' after object name (expecting ':')`},
	"unquoted_key":       {text: `{id: "a"}`, wrong: `line 1, column 2: found 'i', expected a key in double quotes`},
	"single_quotes":      {text: `{'id': "a"}`, wrong: `column 2: found a single quote, expected double quotes`},
	"comment":            {text: "{\"id\": \"a\", // the id\n}", wrong: `column 13: found a comment, and JSON has none`},
	"no_value":           {text: `{"id": }`, wrong: `column 8: found '}', expected a value`},
	"cut_off":            {text: "{\"id\": \"a\"", wrong: `column 11: the file ends too early, expected }`},
	"cut_off_list":       {text: `{"id":"a","domains":["x"`, wrong: `the file ends too early, expected ]`},
	"cut_off_string":     {text: `{"id": "a`, wrong: `the file ends too early`},
	"plain_text":         {text: "hello", wrong: `line 1, column 1: found 'h', expected an object`},
	"yaml":               {text: "\n  id: kopi", wrong: `line 2, column 3: found 'i', expected an object`},
	"a_page":             {text: "<html>", wrong: `found '<', expected an object`},
	"utf16":              {text: "\xff\xfe{\x00", wrong: "the file is UTF-16; save it as UTF-8"},
	"two_documents":      {text: "{\"id\":\"a\"}\n{}", wrong: `line 2, column 1: found '{' after the end of the manifest`},
	"one_brace_too_many": {text: `{"id":"a"}}`, wrong: `column 11: found '}' after the end of the manifest`},
	"broken_literal":     {text: `{"id":"a","consents":[{"mandatory":yes}]}`, wrong: `found 'y', expected a value`},
	"two_line_string":    {text: "{\"id\":\"a\n\"}", wrong: `line 1, column 9: invalid character '\n' in string`},
	"invalid_utf8":       {text: "{\"id\":\"\xff\"}", wrong: `line 1, column 8: invalid UTF-8`},
}

func TestParse(t *testing.T) {
	for name, tc := range documents {
		t.Run(name, func(t *testing.T) {
			_, err := Parse([]byte(tc.text))
			switch {
			case tc.wrong == "" && err != nil:
				t.Errorf("Parse(%s): %v", tc.text, err)
			case tc.wrong != "" && err == nil:
				t.Errorf("Parse(%s) has nothing against it", tc.text)
			case tc.wrong != "" && !strings.Contains(err.Error(), tc.wrong):
				t.Errorf("Parse(%s)\n     got %v\n    want %s", tc.text, err, tc.wrong)
			}
		})
	}
}

func TestSchema_says_what_the_parser_says(t *testing.T) {
	schema := compileSchema(t)
	for name, tc := range documents {
		t.Run(name, func(t *testing.T) {
			if !json.Valid([]byte(tc.text)) || strings.Contains(tc.text, "\xff") {
				t.Skip("not JSON")
			}
			accepts := validate(schema, tc.text) == nil
			if want := tc.wrong == "" || tc.onlyHere; accepts != want {
				t.Errorf("the schema's answer to %s is %v, want %v", tc.text, accepts, want)
			}
		})
	}
}

// TestSchema_has_the_parser's_keys reads the parser's keys off its own message about an unknown one.
func TestSchema_has_the_parsers_keys(t *testing.T) {
	var schema struct {
		Properties map[string]json.RawMessage `json:"properties"`
	}
	if err := json.Unmarshal(readSchema(t), &schema); err != nil {
		t.Fatal(err)
	}
	_, err := Parse([]byte(`{"id":"a","????????????????":1}`))
	_, keys, _ := strings.Cut(err.Error(), "(there are ")
	known := strings.Split(strings.TrimSuffix(keys, ")"), ", ")
	for _, key := range known {
		if _, ok := schema.Properties[key]; !ok {
			t.Errorf("the schema lacks %q", key)
		}
	}
	if len(known) != len(schema.Properties) {
		t.Errorf("the parser knows %d keys, the schema %d", len(known), len(schema.Properties))
	}
	if _, ok := spelling.Nearest("????????????????", known); ok {
		t.Error("the unknown key of this test is close to a known one")
	}
}

func compileSchema(t testing.TB) *jsonschema.Schema {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(readSchema(t)))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("manifest.schema.json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("manifest.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func validate(schema *jsonschema.Schema, text string) error {
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(strings.TrimPrefix(text, "\xef\xbb\xbf")))
	if err != nil {
		return err
	}
	return schema.Validate(value)
}
