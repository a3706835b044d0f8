// Package control is the door of the control API. With it, a developer and the
// simulator's page control a development platform: the device, the answers policy, the
// clock, users, consents, payments, faults, and the journal.
//
// Routes below /control/v1, refused to pages of other origins:
//
//	GET          /state /wallet /messages /notifications /journal
//	GET|PATCH    /device /answers /consents
//	POST         /device/shake /device/blow
//	GET|POST     /clock /payments /files
//	GET          /files/{id}
//	GET|POST|PATCH  /users
//	PATCH        /mini-app
//	POST         /page/kill /page-troubles
//	GET          /credentials, POST /credentials/rotate
//	GET|POST|DELETE /faults, DELETE /faults/{id}
//	DELETE       /messages/{id}
//	POST         /notifications/{id}/replay
//	POST         /reset
//
// Callers are the simulator's own page and programs on this machine. There is no
// password, and credentials are in plain text, so no production platform serves this
// door.
package control
