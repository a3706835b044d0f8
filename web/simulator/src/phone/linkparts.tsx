interface Parts {
  scheme: string;
  place: string;
  query: [string, string][];
}

/** A link with its parts marked, and a list of its parameters. */
export function LinkParts({ link }: { link: string }) {
  const { scheme, place, query } = partsOf(link);
  return (
    <div class="deeplink mono">
      <div>
        <span class="faint">{scheme}</span>
        <strong>{place}</strong>
      </div>
      {query.map(([key, value], i) => (
        <div key={i}>
          <span class="faint">{key}</span> {value}
        </div>
      ))}
    </div>
  );
}

/** Splits a link for a reader. A text that is no link has only a place. */
export function partsOf(link: string): Parts {
  const match = /^([a-z][a-z0-9+.-]*:(?:\/\/)?)([^?#]*)(?:\?([^#]*))?/i.exec(link);
  if (!match) return { scheme: "", place: link, query: [] };
  return { scheme: match[1] ?? "", place: match[2] ?? "", query: [...new URLSearchParams(match[3] ?? "")] };
}
