package control

import (
	"net/http"
	"time"

	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/problem"
)

func (d *door) device(*http.Request) (any, error)  { return d.Simulator.Now(), nil }
func (d *door) answers(*http.Request) (any, error) { return d.Simulator.Answers(), nil }

func (d *door) changeDevice(r *http.Request) (any, error) {
	patch, err := edge.ReadBody(r)
	if err != nil {
		return nil, err
	}
	return d.Simulator.Change(r.Context(), patch)
}

func (d *door) choose(r *http.Request) (any, error) {
	patch, err := edge.ReadBody(r)
	if err != nil {
		return nil, err
	}
	return d.Simulator.Choose(r.Context(), patch)
}

type clockView struct {
	Now      int64 `json:"now"`
	OffsetMS int64 `json:"offset_ms"`
}

func (d *door) clockNow() clockView {
	return clockView{d.Clock.Now().UnixMilli(), d.Clock.Offset().Milliseconds()}
}

func (d *door) clock(*http.Request) (any, error) { return d.clockNow(), nil }

func (d *door) advance(r *http.Request) (any, error) {
	var in struct {
		Advance string `json:"advance"`
	}
	if err := edge.Decode(r, &in); err != nil {
		return nil, err
	}
	by, err := time.ParseDuration(in.Advance)
	if err != nil {
		return nil, problem.New(problem.BadRequest, `advance is a duration such as "90s", "5m" or "24h", not %q`, edge.Excerpt(in.Advance))
	}
	if err := d.Simulator.Advance(r.Context(), by); err != nil {
		return nil, err
	}
	return d.clockNow(), d.Sweep(r.Context())
}
