// Package hostapi is the door of hosts. A host is the super app around a mini app, such
// as the simulator, a web super app or a native shell. The door carries the host
// protocol over plain HTTP, server-sent events, and one WebSocket for each launch.
//
// Routes:
//
//	POST   /host/v1/launches                     from the simulator's own page and from programs
//	GET    /host/v1/launches/{id}                with the launch token, as all that follow
//	DELETE /host/v1/launches/{id}
//	POST   /host/v1/launches/{id}/calls
//	GET    /host/v1/launches/{id}/capabilities
//	GET    /host/v1/launches/{id}/background     the subscriptions and jobs that run
//	DELETE /host/v1/launches/{id}/background     a page has gone: ends its subscriptions
//	GET    /host/v1/launches/{id}/events         server-sent events
//	GET    /host/v1/launches/{id}/socket         WebSocket; the token comes in its first message
//	POST   /host/v1/launches/{id}/blobs          the bytes as the body
//	GET    /host/v1/launches/{id}/blobs/{blob}
//	POST   /host/v1/asks/{id}/answer
//	DELETE /host/v1/asks/{id}                    nobody will answer it
//
// Callers are hosts. A mini app's page never calls this door: its host forwards the
// page's calls. Package jsapi decides the result of a call. A call and a request for
// capabilities may name a dialect of the platform; the default is webview.
package hostapi
