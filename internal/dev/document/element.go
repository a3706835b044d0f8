package document

import (
	"net/url"
	"slices"
	"strings"
)

// startTag changes a start tag. It keeps the tag of an import map back until its text has come.
func (r *Rewriter) startTag(t *tag) string {
	switch t.name {
	case "base":
		r.setBase(t)
	case "meta":
		if a, ok := t.get("content"); ok && slices.Equal(t.words("http-equiv"), []string{"content-security-policy"}) {
			if changed := r.metaPolicy(a.value); changed != a.value {
				t.set(a, changed)
			}
		}
	case "link":
		r.link(t)
	case "script":
		if strings.EqualFold(strings.TrimSpace(t.value("type")), "importmap") && !r.foreign.inside() {
			r.mapped = t
			return ""
		}
		r.script(t)
	}
	return t.String()
}

// setBase follows the first base element: https://html.spec.whatwg.org/#the-base-element.
func (r *Rewriter) setBase(t *tag) {
	a, ok := t.get("href")
	if !ok || r.base != r.config.URL || r.inert > 0 {
		return
	}
	if place, _, ok := resolve(a.value, r.config.URL); ok {
		if base, err := url.Parse(place); err == nil {
			r.base = base
		}
	}
}

// script replaces the address of GoPay's script in a script element. SVG writes it as href.
func (r *Rewriter) script(t *tag) {
	for _, name := range []string{"src", "href", "xlink:href"} {
		if a, ok := t.get(name); ok {
			r.replace(t, a)
		}
	}
}

// replace replaces an address, and removes the hash of what was there. If a policy knows the hash, the element gets a
// nonce instead.
func (r *Rewriter) replace(t *tag, a attribute) bool {
	with, ok := r.replacement(a.value)
	if !ok {
		return false
	}
	r.replaced(a.value)
	t.set(a, with)
	if _, ok := t.get("integrity"); ok {
		t.remove("integrity")
		_, own := t.get("nonce")
		if !own && r.config.Nonce != "" && slices.ContainsFunc(r.policies, func(p policy) bool { return p.sources.hasHash() }) {
			t.add("nonce", r.config.Nonce)
		}
	}
	return true
}

// link replaces the address of GoPay's script in a link that loads it in advance. A link that connects to GoPay's host
// connects to Selasar instead.
func (r *Rewriter) link(t *tag) {
	a, ok := t.get("href")
	if !ok || r.replace(t, a) {
		return
	}
	connects := func(rel string) bool { return rel == "preconnect" || rel == "dns-prefetch" }
	if slices.ContainsFunc(t.words("rel"), connects) && r.isHost(a.value) {
		r.replaced(a.value)
		t.set(a, r.scriptOrigin())
	}
}

// scriptOrigin returns the origin of Selasar's script, as a reference.
func (r *Rewriter) scriptOrigin() string {
	u, err := url.Parse(r.config.Script)
	if err != nil {
		return r.config.Script
	}
	return u.Scheme + "://" + u.Host + "/"
}
