package container

import (
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/jsapi/operation"
)

func launchURI() *jsapi.Binding {
	return &jsapi.Binding{Operation: operation.OpenURI, Class: "GPNavigator", Method: "launchUri"}
}

func push() *jsapi.Binding {
	return draft(&jsapi.Binding{Operation: operation.PushPage, Class: "GPNavigator", Method: "push"})
}

func pop() *jsapi.Binding {
	return draft(&jsapi.Binding{Operation: operation.PopPage, Class: "GPNavigator", Method: "pop"})
}

func share() *jsapi.Binding {
	return &jsapi.Binding{Operation: operation.ShareText, Class: "GPShare", Method: "share"}
}

func copyToClipboard() *jsapi.Binding {
	return &jsapi.Binding{Operation: operation.WriteClipboard, Class: "GPBase", Method: "copyToClipboard"}
}

func toast() *jsapi.Binding {
	return &jsapi.Binding{Operation: operation.ShowToast, Class: "GPUIToast", Method: "toast"}
}

func updateBar() *jsapi.Binding {
	return &jsapi.Binding{Operation: operation.ChangeBar, Class: "GPNavigationBar", Method: "update"}
}

// barHeight has its values in data and beside it: the documentation shows none, and the
// underlying container has them beside.
func barHeight() *jsapi.Binding {
	beside := operation.ReadBarSize.Result
	return &jsapi.Binding{
		Operation: operation.ReadBarSize, Class: "GPNavigationBar", Method: "getHeight",
		BesideSchema: &beside, Beside: func(_ *jsapi.Call, data any) any { return data },
	}
}
