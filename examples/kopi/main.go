// Kopi is a coffee shop as a mini app: a page and the backend behind it.
//
//	main.go      starts the server
//	web.go       what the page asks of it
//	platform.go  what it asks of the super app's platform: who the user is
//	bisnap.go    the signed requests that payments are made with
//	payment.go   payments: make, ask, refund
//	notify.go    what the platform tells it of a payment
//	session.go   who is logged in
//	order.go     the menu and the orders
//	shop.go      the shops and how far they are
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	log.SetFlags(0)
	if err := run(); err != nil {
		log.Fatal(err)
	}
}

// run serves until it is told to stop. Everything that differs from machine to machine comes from the environment.
func run() error {
	platform, err := platformFromEnv(os.Getenv)
	if err != nil {
		return err
	}
	snap, err := biSNAPFromEnv(os.Getenv)
	if err != nil {
		return err
	}
	port := os.Getenv("PORT")
	if port == "" {
		port = "8080"
	}
	server := &http.Server{
		Addr:              net.JoinHostPort("127.0.0.1", port),
		Handler:           newWeb(platform, snap).handler(),
		ReadHeaderTimeout: 10 * time.Second,
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	ended := make(chan error, 1)
	go func() { ended <- server.ListenAndServe() }()
	log.Printf("kopi listens on %s", server.Addr)
	select {
	case err := <-ended:
		return fmt.Errorf("serving: %w", err)
	case <-ctx.Done():
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	if err := server.Shutdown(ctx); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return nil
}
