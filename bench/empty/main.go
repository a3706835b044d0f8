// Empty is a minimal Go HTTP server, the floor of bench. It reads each request to its
// end and answers two bytes.
package main

import (
	"io"
	"log"
	"net/http"
	"os"
)

func main() {
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		_, _ = io.WriteString(w, "{}")
	})
	log.Fatal(http.ListenAndServe(os.Args[1], handler))
}
