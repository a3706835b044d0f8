package npm

import "testing"

func TestSetDependency_changes_nothing_else(t *testing.T) {
	const name, spec = "@gopay/miniapp-client", "file:vendor/x.tgz"
	for before, after := range map[string]string{
		"{}":                   "{\n  \"dependencies\": {\n    \"@gopay/miniapp-client\": \"file:vendor/x.tgz\"\n  }\n}",
		"{\n\t\"b\": 1.0\n}\n": "{\n\t\"b\": 1.0,\n\t\"dependencies\": {\n\t\t\"@gopay/miniapp-client\": \"file:vendor/x.tgz\"\n\t}\n}\n",
		"{\n    \"dependencies\": {\n        \"a\": \"1\"\n    },\n    \"z\": \"\\u00e9\"\n}": "{\n    \"dependencies\": {\n        \"a\": \"1\",\n        \"@gopay/miniapp-client\": \"file:vendor/x.tgz\"\n    },\n    \"z\": \"\\u00e9\"\n}",
		`{"dependencies":{}}`: "{\"dependencies\":{\n    \"@gopay/miniapp-client\": \"file:vendor/x.tgz\"\n  }}",
		`{"dependencies":{"@gopay/miniapp-client": "^0.3.19" },"x":{"@gopay/miniapp-client":"1"}}`: `{"dependencies":{"@gopay/miniapp-client": "file:vendor/x.tgz" },"x":{"@gopay/miniapp-client":"1"}}`,
		`{"dependencies":{"a":"1"},"devDependencies":{"@gopay/miniapp-client":"*"}}`:               `{"dependencies":{"a":"1"},"devDependencies":{"@gopay/miniapp-client":"file:vendor/x.tgz"}}`,
	} {
		got, err := SetDependency([]byte(before), name, spec)
		if err != nil || string(got) != after {
			t.Errorf("%s\nbecame %s\nwant   %s (%v)", before, got, after, err)
		}
		again, err := SetDependency(got, name, spec)
		if err != nil || string(again) != string(got) {
			t.Errorf("a second time: %s (%v)", again, err)
		}
	}
	for _, bad := range []string{"", "[]", "{", `{"dependencies":{"a"}}`, "null"} {
		if got, err := SetDependency([]byte(bad), name, spec); err == nil {
			t.Errorf("%q became %s", bad, got)
		}
	}
}
