// Provider is a small provider for `selasar serve`: the operator's own wallets and users.
// It keeps its books in one file, and survives a kill at any moment.
//
//	go run . -secret-file secret.txt -data ledger.jsonl
//
// The API is spec/provider.yaml of Selasar. signature.go checks and makes the signatures,
// ledger.go moves the money, and serve.go has the requests.
package main

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"
)

//go:embed users.json
var defaultUsers []byte

func main() {
	if err := run(); err != nil {
		log.Fatal("provider: ", err)
	}
}

func run() error {
	listen := flag.String("listen", "127.0.0.1:7410", "address of the API")
	data := flag.String("data", "ledger.jsonl", "file of the ledger")
	secretFile := flag.String("secret-file", "", "file with the secret that Selasar has too: one line, or two while it is changed")
	usersFile := flag.String("users", "", "JSON file of the users (default: the two users of users.json)")
	flag.Parse()
	text, err := os.ReadFile(*secretFile)
	if err != nil {
		return fmt.Errorf("reading -secret-file: %w", err)
	}
	secrets := strings.Fields(string(text))
	if len(secrets) == 0 || len(secrets) > 2 {
		return errors.New("-secret-file must have one or two lines")
	}
	people, err := readUsers(*usersFile)
	if err != nil {
		return err
	}
	books, err := openLedger(*data, people)
	if err != nil {
		return err
	}
	defer books.close()
	listener, err := net.Listen("tcp", *listen)
	if err != nil {
		return err
	}
	log.Printf("provider: http://%s", listener.Addr())
	return serve(listener, &server{books, people, secrets})
}

func readUsers(path string) (map[string]person, error) {
	text := defaultUsers
	if path != "" {
		var err error
		if text, err = os.ReadFile(path); err != nil {
			return nil, fmt.Errorf("reading -users: %w", err)
		}
	}
	var list []person
	if err := json.Unmarshal(text, &list); err != nil {
		return nil, fmt.Errorf("reading -users: %w", err)
	}
	people := map[string]person{}
	for _, p := range list {
		people[p.ID] = p
	}
	return people, nil
}

func serve(listener net.Listener, handler http.Handler) error {
	s := &http.Server{Handler: handler, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	ended := make(chan error, 1)
	go func() {
		<-ctx.Done()
		limited, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		ended <- s.Shutdown(limited)
	}()
	if err := s.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return <-ended
}
