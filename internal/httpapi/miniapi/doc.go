// Package miniapi is the door of the mini-app APIs. A mini app's backend logs users in,
// reads the data that they consented to, and sends them messages (backend-v2).
//
// Routes below /v1/mini-apps, with Basic credentials of the mini app:
//
//	POST   /authorizations/token   exchanges an auth code
//	POST   /bank-details           exchanges a bank token
//
// With an auth token as Bearer, on behalf of its user:
//
//	GET    /users/profile
//	PUT    /reminder
//	DELETE /reminder/{id}
//	POST   /notifications/push
//	POST   /rewards
//	GET    /gems/balance
//	POST   /gems/collect
//
// Callers are backends of mini apps. Every answer is the documented envelope: {success,
// data?, error?: {code?, description}}. Payments are in other doors.
package miniapi
