package main

import (
	"context"
	"fmt"
	"time"

	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/provider"
	"github.com/selasar/selasar/internal/provider/trial"
)

type providerCommand struct {
	Check providerCheckCommand `cmd:"" help:"Try a provider for races, replays, lost answers and wrong signatures."`
}

type providerCheckCommand struct {
	URL        string        `arg:"" name:"url" help:"The base address of the provider's API, such as https://pay.example/selasar."`
	SecretFile string        `required:"" type:"path" placeholder:"FILE" help:"File with the provider's secret; of two lines, the first one signs."`
	User       string        `required:"" placeholder:"ID" help:"A test user of the provider, whose money is charged and refunded."`
	Balance    int64         `required:"" placeholder:"RUPIAH" help:"The exact balance of that user, in whole rupiah: 2 or more."`
	Timeout    time.Duration `default:"5s" placeholder:"5s" help:"How long one request may take (default: ${default})."`
	JSON       bool          `name:"json" help:"Print the report as JSON."`
}

// Run prints the report about a provider.
func (c *providerCheckCommand) Run(ctx context.Context, s streams) error {
	report, err := c.try(ctx)
	if err == nil {
		err = printReport(s, report, c.JSON)
	}
	return concluded(ctx, report.Findings, err, "the check was interrupted; the test user may not have the whole balance back")
}

func (c *providerCheckCommand) try(ctx context.Context) (trial.Report, error) {
	secrets, err := provider.ReadSecrets(c.SecretFile)
	if err != nil {
		return trial.Report{}, fmt.Errorf("--secret-file: %w", err)
	}
	return trial.Run(ctx, trial.Config{URL: c.URL, Secrets: secrets, UserID: c.User, Balance: money.Rupiah(c.Balance), Timeout: c.Timeout})
}
