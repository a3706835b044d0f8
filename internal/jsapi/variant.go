package jsapi

import (
	"cmp"

	"github.com/selasar/selasar/internal/miniapp"
)

// Variant returns the chosen reading of a variant: the device's, else the mini app's,
// else an empty string, which stands for the default.
func (c *Call) Variant(name miniapp.VariantName) string {
	return cmp.Or(c.Device.Variants[name], c.App.Variants[name])
}
