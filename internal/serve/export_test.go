package serve

import "time"

// LookAtCertificate makes the next handshake look at the certificate's files.
func (p *Platform) LookAtCertificate() {
	p.tls.mu.Lock()
	defer p.tls.mu.Unlock()
	p.tls.looked = time.Time{}
}
