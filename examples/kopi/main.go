// Kopi is a coffee shop as a mini app: a page and the backend behind it.
//
//	main.go      starts the server
//	web.go       the API for the page
//	platform.go  the mini-app API of the platform: tokens and profiles
//	bisnap.go    signed requests for payments
//	payment.go   create, query and refund payments
//	notify.go    payment notifications from the platform
//	session.go   login sessions
//	order.go     the menu and the orders
//	shop.go      the shops and their distance
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
	"slices"
	"syscall"
	"time"
)

func main() {
	log.SetFlags(0)
	if err := run(); err != nil {
		log.Fatal(err)
	}
}

// run serves until it receives a signal. The environment contains the configuration. The argument "gpcontainer" makes the
// page use gpContainer instead of MiniAppSDK.
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
		Handler:           newWeb(platform, snap, slices.Contains(os.Args[1:], "gpcontainer")).handler(),
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
