import type { Launch } from "./api.js";
import { HostError } from "./problem.js";
import type { OpenOptions } from "./session.js";

/** Returns the launch of the options. Throws a {@link HostError} `bad_launch` that names the mistake. */
export function readLaunch({ launch, miniAppId, userId, path }: OpenOptions): Launch {
  if ([miniAppId, userId, path].some((option) => option !== undefined)) {
    throw mistake("the operator's backend has chosen the mini app, the user and the path; leave out miniAppId, userId and path");
  }
  for (const name of ["launch_id", "token", "state"] as const) {
    if (typeof launch?.[name] !== "string" || launch[name] === "") throw mistake(`it has no ${name}`);
  }
  if (typeof launch?.app?.origin !== "string") throw mistake("it has no app with an origin");
  return launch;
}

const mistake = (what: string): HostError => new HostError("bad_launch", `launch must be the answer of POST /admin/v1/launches: ${what}`);
