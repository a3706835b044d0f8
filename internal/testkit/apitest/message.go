package apitest

// messageSeen is a message as the simulator shows it.
type messageSeen struct {
	ID, Kind, Title, Text, CTA string
	App                        string         `json:"app_name"`
	Template                   string         `json:"template_name"`
	Parameters                 map[string]any `json:"template_parameters"`
	ReminderID                 string         `json:"reminder_id"`
	At                         int64          `json:"created_at"`
}

func (d *Platform) Messages() (list []messageSeen) {
	d.T.Helper()
	d.Get("/control/v1/messages").Into(&struct{ Messages *[]messageSeen }{&list})
	return list
}

// Entries gives the journal's entries of a kind, in order.
func (d *Platform) Entries(kind string) (list []backendEntry) {
	d.T.Helper()
	var all []backendEntry
	d.Get("/control/v1/journal").Into(&struct{ Entries *[]backendEntry }{&all})
	for _, e := range all {
		if e.Kind == kind {
			list = append(list, e)
		}
	}
	return list
}
