// Package jsapi is the engine behind the JavaScript APIs that mini apps call.
//
// An [Operation] defines what happens: the consent and the device that it needs, what
// it permits, how it runs, and the schema of its result. A [Binding] defines how a
// dialect writes an operation: class and method name, aliases, parameters, result,
// version gate, page. A [Dialect] has its bindings, its error codes, and the envelope
// around results.
//
// The engine runs operations and encodes nothing itself. It imports neither
// operations nor dialects: its Config names the dialects, which name their
// operations. Every call of every dialect passes the same checks in the same
// order; see [Engine.Call]. An operation that needs the host, to show a sheet
// or to read a sensor, returns an ask; the engine never waits for a person.
package jsapi
