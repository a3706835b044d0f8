package document

import (
	"crypto/sha256"
	"encoding/base64"
	"net/url"
	"slices"
	"strings"
)

// TrustedPolicy is the name under which the first script makes trusted addresses.
const TrustedPolicy = "selasar"

// policy is what a content security policy of a document says about scripts.
type policy struct {
	sources  sources
	self     *url.URL // the document
	restrict bool     // whether it says anything
	report   bool     // whether it only reports
}

// HeaderPolicies changes the value of a Content-Security-Policy header, which may have several policies. What a policy
// allows to GoPay's script, it then allows to Selasar's, and the first script may run. report says that the policies only
// report.
func (r *Rewriter) HeaderPolicies(value string, report bool) string {
	parts := strings.Split(value, ",")
	for i, part := range parts {
		parts[i] = r.changePolicy(r.trustFirst(r.withoutUpgrade(part)), report, r.allowances)
	}
	return strings.Join(parts, ",")
}

// metaPolicy changes a policy in <meta>. The first script has run before it.
func (r *Rewriter) metaPolicy(value string) string {
	return r.changePolicy(r.withoutUpgrade(value), false, r.metaAllowances)
}

// directiveNames decide about a script element. The first one that a policy has counts.
var directiveNames = []string{"script-src-elem", "script-src", "default-src"}

func (r *Rewriter) changePolicy(text string, report bool, allowances func(sources) []string) string {
	directives := strings.Split(text, ";")
	at, name, list := scriptDirective(directives)
	p := policy{sources: list, self: r.config.URL, restrict: at >= 0, report: report}
	r.policies = append(r.policies, p)
	if p.refuses() && strings.TrimSpace(text) != "" {
		r.changes.Refused = append(r.changes.Refused, strings.TrimSpace(directives[at]))
	}
	if at >= 0 {
		if added := allowances(list); len(added) > 0 {
			r.policyChanged(name + " " + strings.Join(added, " "))
			if list.has("'none'") && len(list) == 1 {
				list = nil
			}
			words := strings.Join(append(slices.Clone(list), added...), " ")
			if name == "default-src" { // only scripts get more
				directives = append(directives, " script-src "+words)
			} else {
				directives[at] = " " + strings.Fields(directives[at])[0] + " " + words
			}
		}
	}
	return strings.TrimPrefix(strings.Join(directives, ";"), " ")
}

// withoutUpgrade removes a directive that lets WebKit ask for the page's own files by https, which this origin does not
// have. The phone has https, so nothing is upgraded there.
func (r *Rewriter) withoutUpgrade(text string) string {
	if r.config.URL.Scheme == "https" {
		return text
	}
	return strings.Join(slices.DeleteFunc(strings.Split(text, ";"), func(directive string) bool {
		return strings.EqualFold(strings.TrimSpace(directive), "upgrade-insecure-requests")
	}), ";")
}

// trustFirst lets the first script make trusted addresses: https://www.w3.org/TR/trusted-types/.
func (r *Rewriter) trustFirst(text string) string {
	directives := strings.Split(text, ";")
	for i, directive := range directives {
		words := strings.Fields(directive)
		if r.config.First == "" || len(words) == 0 || !strings.EqualFold(words[0], "trusted-types") {
			continue
		}
		if names := sources(words[1:]); !names.has("*") {
			kept := slices.DeleteFunc(slices.Clone(words), func(word string) bool { return strings.EqualFold(word, "'none'") })
			directives[i] = " " + strings.Join(append(kept, TrustedPolicy), " ")
			r.policyChanged("trusted-types " + TrustedPolicy)
		}
		break
	}
	return strings.Join(directives, ";")
}

func (r *Rewriter) policyChanged(what string) {
	if !slices.Contains(r.changes.Policies, what) {
		r.changes.Policies = append(r.changes.Policies, what)
	}
}

// scriptDirective returns the directive that decides about script elements; at is -1 if there is none.
func scriptDirective(directives []string) (at int, name string, list sources) {
	for _, name := range directiveNames {
		for i, directive := range directives {
			if words := strings.Fields(directive); len(words) > 0 && strings.EqualFold(words[0], name) {
				return i, name, words[1:]
			}
		}
	}
	return -1, "", nil
}

// allowances returns what a policy in a header needs.
func (r *Rewriter) allowances(list sources) (added []string) {
	if r.config.First == "" {
		return r.scriptAllowance(list)
	}
	loads := list.allowsURL(r.first(), r.config.URL)
	byNonce := list.hasHash() || (!loads && (list.hasNonce() || list.isStrict()))
	switch {
	case byNonce:
		added = append(added, "'nonce-"+r.config.Nonce+"'") // also for elements that the policy allows by their hash
	case !loads:
		added = append(added, r.first())
	}
	if !byNonce && (policy{sources: list, self: r.config.URL, restrict: true}).mayLoad() && !list.allowsEveryInline() {
		added = append(added, hashOf(ImportMap(r.config.Script)))
	}
	return append(added, r.scriptAllowance(list)...)
}

// metaAllowances returns what a policy in <meta> needs.
func (r *Rewriter) metaAllowances(list sources) (added []string) {
	if list.hasHash() && r.config.Nonce != "" {
		added = append(added, "'nonce-"+r.config.Nonce+"'") // for elements that the policy allows by their hash
	}
	return append(added, r.scriptAllowance(list)...)
}

// scriptAllowance returns the address of Selasar's script, if the policy allows GoPay's by its address.
func (r *Rewriter) scriptAllowance(list sources) []string {
	if list.allowsURL(Documented, r.config.URL) && !list.allowsURL(r.config.Script, r.config.URL) {
		return []string{r.config.Script}
	}
	return nil
}

func hashOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// first returns the absolute address of the first script.
func (r *Rewriter) first() string {
	return r.config.URL.Scheme + "://" + r.config.URL.Host + r.config.First
}

// mayLoad reports whether a document with this policy can load GoPay's script in any way.
func (p policy) mayLoad() bool {
	return !p.restrict || p.sources.hasNonce() || p.sources.hasHash() || p.sources.isStrict() || p.sources.allowsURL(Documented, p.self)
}

func (p policy) refuses() bool { return !p.report && !p.mayLoad() }

// mayImport reports whether an import of GoPay's script is possible under all policies.
func (r *Rewriter) mayImport() bool { return !slices.ContainsFunc(r.policies, policy.refuses) }

// allowsInline reports whether the policies allow an inline script, and whether one allows it by its hash only.
func (r *Rewriter) allowsInline(nonce, text string) (byHash, allowed bool) {
	for _, p := range r.policies {
		switch {
		case !p.restrict || p.report || p.sources.allowsEveryInline() || (nonce != "" && slices.Contains(p.sources, "'nonce-"+nonce+"'")):
		case p.sources.allowsHash(text):
			byHash = true
		default:
			return false, false
		}
	}
	return byHash && nonce == "", true
}
