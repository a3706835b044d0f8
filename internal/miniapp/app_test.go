package miniapp

import (
	"encoding/json"
	"testing"

	"github.com/selasar/selasar/internal/money"
)

func TestOrderHistory(t *testing.T) {
	for page, want := range map[string]string{
		"":                                    "",
		"/orders":                             "http://127.0.0.1:7301/orders?reference_no=A1%26b",
		"/orders?all=1":                       "http://127.0.0.1:7301/orders?all=1&reference_no=A1%26b",
		"https://kopi.example/o":              "https://kopi.example/o?reference_no=A1%26b",
		"https://kopi.example/?reference_no=": "https://kopi.example/?reference_no=A1%26b",
	} {
		if got := (App{Origin: "http://127.0.0.1:7301", OrderHistoryURL: page}).OrderHistory("A1&b"); got != want {
			t.Errorf("%q leads to %q, want %q", page, got, want)
		}
	}
}

// A nil list and an empty list have different meanings, also after the app was
// stored and read again.
func TestApp_tells_missing_lists_from_empty_ones(t *testing.T) {
	push := Template{Name: "T", Kind: PushTemplate, Text: "x"}
	for name, one := range map[string]struct {
		app           App
		template      bool // push T
		other         bool // reminder T
		coins         bool
		mostGems      money.Rupiah
		wantedOfOther Template
	}{
		"without lists":    {App{}, true, true, true, money.Max, Template{Name: "T", Kind: ReminderTemplate}},
		"with lists":       {App{Templates: []Template{push}, Rewards: Rewards{Types: []RewardType{Coins}, MaxGems: 5}}, true, false, true, 5, Template{}},
		"with empty lists": {App{Templates: []Template{}, Rewards: Rewards{Types: []RewardType{}}}, false, false, false, money.Max, Template{}},
	} {
		t.Run(name, func(t *testing.T) {
			data, err := json.Marshal(one.app)
			if err != nil {
				t.Fatal(err)
			}
			var app App
			if err := json.Unmarshal(data, &app); err != nil {
				t.Fatal(err)
			}
			_, has := app.Template(PushTemplate, "T")
			reminder, other := app.Template(ReminderTemplate, "T")
			if has != one.template || other != one.other || reminder != one.wantedOfOther || app.Rewarding(Coins) != one.coins || app.MaxGems() != one.mostGems {
				t.Errorf("push %v, reminder %v %+v, coins %v, most gems %d", has, other, reminder, app.Rewarding(Coins), app.MaxGems())
			}
		})
	}
}
