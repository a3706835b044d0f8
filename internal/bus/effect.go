package bus

// Toast is the data of ToastShown: a short text above the page.
type Toast struct {
	Source
	Message    string `json:"message"`
	DurationMS int    `json:"duration_ms"`
}

// NavigationBar is the data of BarChanged: the options that change, and no others.
type NavigationBar struct {
	Source
	Title           *string `json:"title,omitempty"`
	TitleColor      string  `json:"title_color,omitempty"`      // #RRGGBB or #RRGGBBAA
	BackgroundColor string  `json:"background_color,omitempty"` // #RRGGBB or #RRGGBBAA
	BarStyle        string  `json:"bar_style,omitempty"`        // normal or float
	Theme           string  `json:"theme,omitempty"`            // light or dark
	HideBackButton  *bool   `json:"hide_back_button,omitempty"`
}

// Vibration is the data of Vibrated.
type Vibration struct {
	Source
	DurationMS int `json:"duration_ms"`
}

// Clipboard is the data of ClipboardSet.
type Clipboard struct {
	Source
	Text string `json:"text"`
}

// Page is the data of PagePushed: the page to open above the one that called.
type Page struct {
	Source
	Path string `json:"path"` // on the mini app's origin, with query and fragment
}

// Effects are the names of events that a call causes on the host's screen or device.
var Effects = map[Name]bool{ToastShown: true, BarChanged: true, Vibrated: true, ClipboardSet: true, PagePushed: true, PagePopped: true}
