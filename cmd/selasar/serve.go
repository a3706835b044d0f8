package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/limit"
	"github.com/selasar/selasar/internal/serve"
	"github.com/selasar/selasar/internal/server"
)

// serveFlags configure a platform.
type serveFlags struct {
	Config            string        `env:"SELASAR_CONFIG" placeholder:"FILE" help:"JSON file with the flags as members, such as {\"listen\":\"0.0.0.0:7300\"}. Flags and environment variables win over it."`
	Listen            string        `env:"SELASAR_LISTEN" default:"127.0.0.1:7300" placeholder:"HOST:PORT" help:"Address of hosts and of mini apps' backends (default: ${default})."`
	AdminListen       string        `env:"SELASAR_ADMIN_LISTEN" default:"127.0.0.1:7400" placeholder:"HOST:PORT" help:"Address of the operator API (default: ${default})."`
	Data              string        `env:"SELASAR_DATA" default:"selasar-data" placeholder:"DIR" help:"Folder of the master key and of the SQLite database (default: ${default})."`
	Database          string        `env:"SELASAR_DATABASE" placeholder:"WHERE" help:"sqlite:PATH or postgres://USER:PASSWORD@HOST/NAME (default: selasar.db in the data folder)."`
	MasterKey         string        `env:"SELASAR_MASTER_KEY" hidden:""`
	PreviousMasterKey string        `env:"SELASAR_MASTER_KEY_PREVIOUS" hidden:""`
	MasterKeyCommand  string        `env:"SELASAR_MASTER_KEY_COMMAND" placeholder:"COMMAND" help:"Shell command that prints the master key, such as the client of a key management service (default: master.key in the data folder, or SELASAR_MASTER_KEY)."`
	PublicURL         string        `name:"public-url" env:"SELASAR_PUBLIC_URL" placeholder:"URL" help:"Base URL at which hosts and backends reach --listen (default: the address that a request has reached)."`
	HostOrigin        []string      `env:"SELASAR_HOST_ORIGIN" placeholder:"ORIGIN" help:"Origin of a web super app, such as https://super.example; may be repeated."`
	TrustedProxy      []string      `env:"SELASAR_TRUSTED_PROXY" placeholder:"IP|NETWORK" help:"Proxy whose X-Forwarded-For is believed, such as 10.0.0.0/8; may be repeated."`
	TLSCert           string        `name:"tls-cert" env:"SELASAR_TLS_CERT" placeholder:"FILE" help:"Certificate chain (PEM); read again when it changes."`
	TLSKey            string        `name:"tls-key" env:"SELASAR_TLS_KEY" placeholder:"FILE" help:"Private key of the certificate (PEM)."`
	AllowLoopback     bool          `env:"SELASAR_ALLOW_LOOPBACK" help:"Allow notifications to this machine, to try the platform out."`
	Provider          string        `env:"SELASAR_PROVIDER" placeholder:"URL" help:"Base address of the operator's provider of money and users, such as https://pay.example/selasar (default: the built-in wallet)."`
	ProviderSecret    string        `name:"provider-secret-file" env:"SELASAR_PROVIDER_SECRET_FILE" placeholder:"FILE" help:"File with the secret that the provider shares."`
	Operator          operatorFlags `embed:"" prefix:"operator-"`
	CodeLife          time.Duration `env:"SELASAR_CODE_LIFE" placeholder:"5m" help:"Lifetime of an auth code, 1m to 10m (default: 5m from MiniAppSDK, 6m from gpContainer)."`
	Window            time.Duration `name:"timestamp-window" env:"SELASAR_TIMESTAMP_WINDOW" placeholder:"5m" help:"Largest difference between X-TIMESTAMP and the clock, 1s to 1h (default: 5m)."`
	Limits            limitFlags    `embed:"" prefix:"limit-"`
	LogFormat         string        `env:"SELASAR_LOG_FORMAT" enum:"text,json" default:"text" placeholder:"text|json" help:"Form of the log (default: ${default})."`
	LogRequests       bool          `env:"SELASAR_LOG_REQUESTS" help:"Log every request of --listen; otherwise only its failures."`
}

type serveCommand struct {
	serveFlags
	Check bool `help:"Check the configuration and the database, say what a start would do, and exit."`
}

// limitFlags are the rates of requests (docs/limits.md).
type limitFlags struct {
	Address limit.Rate `env:"SELASAR_LIMIT_ADDRESS" default:"1000:5000" placeholder:"RATE" help:"Requests per second of an address, and at once, or off (default: ${default})."`
	Key     limit.Rate `env:"SELASAR_LIMIT_KEY" default:"500:2500" placeholder:"RATE" help:"Requests with a key of the operator API (default: ${default})."`
	MiniApp limit.Rate `env:"SELASAR_LIMIT_MINI_APP" default:"500:2500" placeholder:"RATE" help:"Requests of a mini app's backend (default: ${default})."`
	User    limit.Rate `env:"SELASAR_LIMIT_USER" default:"50:250" placeholder:"RATE" help:"Calls in a launch of a user (default: ${default})."`
}

// operatorFlags are the operator in receipts of consents (docs/consents.md).
type operatorFlags struct {
	Name      string   `env:"SELASAR_OPERATOR_NAME" placeholder:"TEXT" help:"The operator in receipts of consents: the name of the company."`
	Address   string   `env:"SELASAR_OPERATOR_ADDRESS" placeholder:"TEXT" help:"Its postal address."`
	Email     string   `env:"SELASAR_OPERATOR_EMAIL" placeholder:"ADDRESS" help:"Its address for questions about personal data."`
	URL       string   `name:"url" env:"SELASAR_OPERATOR_URL" placeholder:"URL" help:"Its website."`
	Phone     string   `env:"SELASAR_OPERATOR_PHONE" placeholder:"NUMBER" help:"Its phone for questions about personal data."`
	Policy    string   `env:"SELASAR_OPERATOR_POLICY" placeholder:"URL" help:"Its privacy policy."`
	Law       string   `env:"SELASAR_OPERATOR_LAW" placeholder:"COUNTRY" help:"The jurisdiction, such as ID."`
	Storage   []string `env:"SELASAR_OPERATOR_STORAGE" placeholder:"PLACE" help:"Where personal data is stored; may be repeated."`
	Retention string   `env:"SELASAR_OPERATOR_RETENTION" placeholder:"TEXT" help:"How long shared data is kept (default: until the withdrawal)."`
}

// configuration returns the configuration of package serve.
func (c *serveFlags) configuration() serve.Config {
	return serve.Config{
		Listen: c.Listen, AdminListen: c.AdminListen, Data: c.Data, Database: c.Database, MasterKey: c.MasterKey, PreviousMasterKey: c.PreviousMasterKey, MasterKeyCommand: c.MasterKeyCommand, PublicURL: c.PublicURL,
		HostOrigins: c.HostOrigin, TrustedProxies: c.TrustedProxy, TLSCert: c.TLSCert, TLSKey: c.TLSKey, AllowLoopback: c.AllowLoopback,
		Provider: c.Provider, ProviderSecret: c.ProviderSecret, Operator: consent.Operator(c.Operator), LogRequests: c.LogRequests, Version: version(),
		Limits: server.Limits{CodeLife: c.CodeLife, TimestampWindow: c.Window, Rates: limit.Rates(c.Limits)},
	}
}

// Run runs the platform until ctx is cancelled.
func (c *serveCommand) Run(ctx context.Context, s streams) error {
	for _, one := range [][2]string{{"--listen", c.Listen}, {"--admin-listen", c.AdminListen}} {
		if err := checkAddress(one[1]); err != nil {
			return fmt.Errorf("%s %s: %w", one[0], one[1], err)
		}
	}
	if c.Check {
		return c.check(ctx, s)
	}
	collectLess()
	setServeLog(s.err, c.LogFormat)
	platform, err := serve.Start(ctx, c.configuration())
	if err != nil {
		return err
	}
	_, _ = fmt.Fprintf(s.out, "  public     %s\n  operator   %s/admin/v1\n", platform.Public, platform.Admin)
	if platform.FirstKey != "" {
		_, _ = fmt.Fprintf(s.out, "\n  first owner's key, shown only now:\n  %s\n", platform.FirstKey)
	}
	select {
	case err = <-platform.Failed():
	case <-ctx.Done():
	}
	return errors.Join(err, platform.Close())
}

// check prints a report, and fails if a start would.
func (c *serveCommand) check(ctx context.Context, s streams) error {
	report, err := serve.Check(ctx, c.configuration())
	for _, line := range report {
		_, _ = fmt.Fprintf(s.out, "  %s\n", line)
	}
	if err != nil {
		return err
	}
	_, _ = fmt.Fprintln(s.out, "  ready to start")
	return nil
}
