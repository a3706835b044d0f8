package operation

import (
	"context"
	"regexp"

	"github.com/selasar/selasar/internal/bus"
	"github.com/selasar/selasar/internal/device"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/jsapi/schema"
	"github.com/selasar/selasar/internal/problem"
)

var colorForm = regexp.MustCompile(`^#[0-9A-Fa-f]{6}([0-9A-Fa-f]{2})?$`)

func colorOf(what string) schema.Schema {
	return schema.String().Length(1, 20).Doc("The colour of the " + what + ", `#RRGGBB` or `#RRGGBBAA`. The last two digits are the opacity.")
}

// ChangeBar changes the navigation bar of the mini app.
var ChangeBar = &jsapi.Operation{
	Name: "navigation_bar.change", Summary: "Changes the navigation bar. An absent option stays as it is.",
	Params: schema.Object(
		schema.Optional("title", schema.String().Length(0, 200).Doc("Text, never HTML.")),
		schema.Optional("titleColor", colorOf("title")),
		schema.Optional("barStyle", schema.Enum("normal", "float").Doc("`float`: the bar is above the page.")),
		schema.Optional("backgroundColor", colorOf("bar")),
		schema.Optional("hideBackButton", schema.Any().Doc("`'true'` or `'false'`, as the documentation writes it, or a boolean.")),
		schema.Optional("theme", schema.Enum("light", "dark").Doc("The buttons on the right side.")),
	),
	Result: schema.Null(),
	Check: func(c *jsapi.Call) error {
		for _, name := range []string{"titleColor", "backgroundColor"} {
			if value, given := c.Params[name]; given && !colorForm.MatchString(c.Params.Text(name)) {
				return problem.New(problem.ParamValue, "%s of %s is no colour: %.40q; write #RRGGBB or #RRGGBBAA", name, c.Name(), value)
			}
		}
		_, err := hidesBack(c)
		return err
	},
	Run: func(_ context.Context, c *jsapi.Call) (jsapi.Step, error) {
		bar := bus.NavigationBar{
			Source: c.Source(), TitleColor: c.Params.Text("titleColor"), BackgroundColor: c.Params.Text("backgroundColor"),
			BarStyle: c.Params.Text("barStyle"), Theme: c.Params.Text("theme"),
		}
		if title, given := c.Params["title"].(string); given {
			bar.Title = &title
		}
		var err error
		if bar.HideBackButton, err = hidesBack(c); err != nil || len(c.Params) == 0 {
			return jsapi.Step{}, err
		}
		return tell(bus.BarChanged, bar)
	},
}

// hidesBack reads hideBackButton; nil if it is absent.
func hidesBack(c *jsapi.Call) (*bool, error) {
	hides := false
	switch value := c.Params["hideBackButton"].(type) {
	case nil:
		return nil, nil
	case bool:
		hides = value
	case string:
		if hides = value == "true"; value != "true" && value != "false" {
			return nil, problem.New(problem.ParamValue, `hideBackButton of %s must be "true" or "false", got %.40q`, c.Name(), value)
		}
	default:
		return nil, problem.New(problem.ParamType, `hideBackButton of %s must be "true" or "false", or a boolean`, c.Name())
	}
	return &hides, nil
}

// BarSize is the result of [ReadBarSize], in CSS pixels.
type BarSize struct {
	Height       int `json:"height"`
	ScreenWidth  int `json:"screenWidth"`
	ScreenHeight int `json:"screenHeight"`
}

// barHeights are the heights of navigation bars on both systems.
var barHeights = map[device.OS]int{device.Android: 56, device.IOS: 44}

// ReadBarSize reads the height of the navigation bar and the size of the screen.
var ReadBarSize = &jsapi.Operation{
	Name: "navigation_bar.size", Summary: "Returns the height of the navigation bar and the size of the screen, in CSS pixels.",
	Params: nothing,
	Result: schema.Object(
		schema.Required("height", schema.Integer()), schema.Required("screenWidth", schema.Integer()), schema.Required("screenHeight", schema.Integer()),
	),
	Run: func(_ context.Context, c *jsapi.Call) (jsapi.Step, error) {
		return jsapi.Step{Data: BarSize{barHeights[c.Device.OS], c.Device.ScreenWidth, c.Device.ScreenHeight}}, nil
	},
}
