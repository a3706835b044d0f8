package simulator

import (
	"strconv"
	"strings"

	"github.com/selasar/selasar/internal/device"
	"github.com/selasar/selasar/internal/problem"
)

// extensions are the endings of the names that the device makes.
var extensions = map[string]string{
	"image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif", "image/webp": ".webp", "image/heic": ".heic", "application/pdf": ".pdf",
	"text/plain": ".txt", "video/mp4": ".mp4",
}

// newName returns the documented default name of a file, timestamp_gpwebkit.
func (s *Simulator) newName(mediaType string) string {
	return strconv.FormatInt(s.clock.Now().UnixMilli(), 10) + "_gpwebkit" + extensions[mediaType]
}

// savable reports whether a device saves files of a type in a folder. The documentation
// says that iOS saves images and PDF. The folders of pictures take only pictures.
func savable(d device.Download, mediaType string) error {
	picture := strings.HasPrefix(mediaType, "image/")
	switch {
	case d.OS == device.IOS && !picture && mediaType != "application/pdf":
		return problem.New(problem.ParamValue, "the file is %s; iOS saves images and PDF only", oneLine(mediaType))
	case (d.Folder == device.Pictures || d.Folder == device.DCIM) && !picture:
		return problem.New(problem.ParamValue, "the file is %s; %s takes only pictures, save it to DOWNLOADS", oneLine(mediaType), d.Folder)
	default:
		return nil
	}
}

// oneLine returns a text from outside that fits into a message.
func oneLine(text string) string {
	const most = 300
	text = strings.ToValidUTF8(strings.Join(strings.Fields(text), " "), "?")
	if len(text) > most {
		text = strings.ToValidUTF8(text[:most], "") + "…"
	}
	return text
}
