package check

import (
	"maps"

	"github.com/selasar/selasar/internal/miniapp"
)

// setting is how one visit finds the phone.
type setting struct {
	app        miniapp.App
	appVersion string
	consents   string
	payment    string
	variants   map[miniapp.VariantName]string
}

// setting returns the setting of a visit, under readings that are not the default.
func (c *checker) setting(trials ...trial) setting {
	s := setting{app: c.app, appVersion: c.AppVersion, consents: c.Consents, payment: c.Payment, variants: map[miniapp.VariantName]string{}}
	for _, t := range trials {
		s.variants[t.report.Name] = t.report.Reading
	}
	return s
}

// device is the change of the simulated device.
func (s setting) device() map[string]any {
	change := map[string]any{}
	if s.appVersion != "" {
		change["app_version"] = s.appVersion
	}
	if len(s.variants) > 0 {
		readings := maps.Clone(s.app.Variants)
		if readings == nil {
			readings = map[miniapp.VariantName]string{}
		}
		maps.Copy(readings, s.variants)
		change["variants"] = readings
	}
	return change
}

// answer is the user's answer to a consent sheet.
func (s setting) answer() string {
	if s.consents == ConsentsDeclined {
		return "decline"
	}
	return "allow"
}
