package main

import (
	"github.com/selasar/selasar/internal/bus"
	"github.com/selasar/selasar/internal/jsapi/schema"
)

// eventSchemas writes the events of a launch, and the union of them.
func eventSchemas(events []bus.Declaration) (all schema.Node) {
	var refs []any
	for _, e := range events {
		refs = append(refs, ref(e.Type))
		all = append(all, schema.Pair{Name: e.Type, Value: eventSchema(e)})
	}
	return append(all, union("LaunchEvent", "oneOf", "An event of a launch, by the stream or the socket.", refs))
}

func eventSchema(e bus.Declaration) schema.Node {
	members := []schema.Member{
		schema.Required("name", schema.Enum(e.Name.Wire())),
		schema.Required("event", schema.Enum(string(e.Name))),
	}
	if e.Report {
		members = append(members, schema.Required("seq", schema.Integer().Doc("The number of this report. It increases within the launch.")))
	}
	members = append(members, schema.Required("data", e.Data))
	return schema.Object(members...).Doc(e.Summary).Definition(components)
}
