// Package edge has the parts that every HTTP door shares: the adaptor from endpoints to
// JSON, guards, the reading of bodies and fields, event streams, and the one exchange
// that serves every API of mini-app backends.
//
// It has no routes and decides no rule. Each door below internal/httpapi adds
// its own dialect: codes, envelopes and authentication.
package edge
