package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"time"

	"github.com/selasar/selasar/internal/operator"
	"github.com/selasar/selasar/internal/serve"
)

type doctorCommand struct {
	serveFlags
	connection
}

// Run prints findings about the files of a platform, and about the running platform if
// there is an API key. A failing check is the exit code 1.
func (c *doctorCommand) Run(ctx context.Context, s streams) error {
	found := serve.Examine(ctx, c.configuration(), time.Now())
	if c.KeyFile != "" || os.Getenv("SELASAR_KEY") != "" {
		found = append(found, c.examineServer(ctx)...)
	} else {
		found = append(found, serve.Finding{Check: "server", State: serve.OK, Message: "not checked; set SELASAR_KEY to check the running platform"})
	}
	failing := 0
	for _, one := range found {
		if one.State == serve.Failing {
			failing++
		}
		if !c.JSON {
			_, _ = fmt.Fprintf(s.out, "%-8s %-14s %s\n", one.State, one.Check, one.Message)
		}
	}
	if c.JSON {
		if err := printJSON(s, map[string]any{"findings": found}); err != nil {
			return err
		}
	}
	if failing > 0 {
		return exitError{findingsCode, nil}
	}
	return nil
}

// mostPending is how many notifications of each state are counted.
const mostPending = 1000

func (c *doctorCommand) examineServer(ctx context.Context) []serve.Finding {
	client, err := c.client()
	if err != nil {
		return []serve.Finding{{Check: "server", State: serve.Failing, Message: err.Error()}}
	}
	began := time.Now()
	a, err := client.Do(ctx, lookup("whoami"))
	if err != nil {
		return []serve.Finding{{Check: "server", State: serve.Failing, Message: err.Error()}}
	}
	found := []serve.Finding{{Check: "server", State: serve.OK, Message: "it answers on " + c.Server}, skew(began, a.At, time.Now())}
	var key struct {
		Name      string
		ExpiresAt int64 `json:"expires_at"`
	}
	if err := json.Unmarshal(a.Body, &key); err == nil && key.ExpiresAt != 0 {
		found = append(found, serve.Ends("API key", time.UnixMilli(key.ExpiresAt), time.Now(), fmt.Sprintf("the key %q", key.Name), "replace it with selasar key rotate"))
	}
	return append(found, pending(ctx, client, "dead", "find them with selasar delivery list --state dead, and send them again with selasar delivery recover"),
		pending(ctx, client, "waiting", ""))
}

// maxSkew is the largest difference between clocks that is no warning. Signed requests
// allow five minutes.
const maxSkew = 30 * time.Second

// skew compares the clock of the server with the clock of this machine, to the second.
func skew(began, server, ended time.Time) serve.Finding {
	f := serve.Finding{Check: "clock", State: serve.OK, Message: "the server's clock agrees with the one of this machine"}
	ahead := server.Sub(ended)
	if behind := began.Add(-time.Second).Sub(server); behind > 0 {
		ahead = -behind
	}
	if ahead > maxSkew || ahead < -maxSkew {
		f.State, f.Message = serve.Warning, fmt.Sprintf("the server's clock differs by %s from the one of this machine; let NTP set both", ahead.Round(time.Second))
	}
	return f
}

// pending returns a finding about the notifications in a state. With a remedy, any
// notification is a warning.
func pending(ctx context.Context, client *operator.Client, state, remedy string) serve.Finding {
	name := state + " deliveries"
	rows, err := client.List(ctx, at("deliveries"), "deliveries", chosen("state", state), "", mostPending)
	if err != nil {
		return serve.Finding{Check: name, State: serve.Failing, Message: err.Error()}
	}
	count := fmt.Sprint(len(rows.Rows))
	if rows.Next != "" {
		count = "more than " + count
	}
	if remedy != "" && len(rows.Rows) > 0 {
		return serve.Finding{Check: name, State: serve.Warning, Message: count + "; " + remedy}
	}
	return serve.Finding{Check: name, State: serve.OK, Message: count}
}
