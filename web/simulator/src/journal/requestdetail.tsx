import { Json } from "@selasar/ui/parts/json";
import { usePanelText } from "../text/say";
import { Named, Part } from "./part";
import type { RequestEntry } from "./entry";

/** A request of the mini app's backend, from its headers to the response. */
export function RequestDetailView({ entry }: { entry: RequestEntry }) {
  const say = usePanelText();
  const { method, path, query, status, request_headers, request_body, response_body } = entry.detail;
  return (
    <div class="parts two-parts">
      <Part title={say("request")}>
        <p class="mono">
          {method} {path}
        </p>
        {query && Object.keys(query).length > 0 ? (
          <Named name={say("query")}>
            <Json value={query} />
          </Named>
        ) : null}
        {request_headers ? (
          <Named name={say("headers")}>
            <Json value={request_headers} />
          </Named>
        ) : null}
        <Named name={say("body")}>{hasBody(request_body) ? <Json value={request_body} /> : <p class="faint">{say("noBody")}</p>}</Named>
      </Part>
      <Part title={say("answer")}>
        <p class="mono">{status}</p>
        <Named name={say("body")}>{hasBody(response_body) ? <Json value={response_body} /> : <p class="faint">{say("noBody")}</p>}</Named>
      </Part>
    </div>
  );
}

const hasBody = (body: unknown) => body !== undefined && body !== null && body !== "";
