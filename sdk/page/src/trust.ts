const loopback = /^((.+\.)?localhost|127(\.\d+){3}|\[::1\])$/;

/**
 * Reports whether an origin may be the host of this page: loopback, another port of the page's own host name,
 * or an origin that the mini app names.
 */
export function isTrusted(origin: string, hosts: readonly string[]): boolean {
  if (hosts.includes(origin)) return true;
  try {
    const { protocol, hostname } = new URL(origin);
    return /^https?:$/.test(protocol) && (loopback.test(hostname) || hostname === location.hostname);
  } catch {
    return false; // the origin of a sandboxed page or of a data: page is "null"
  }
}
