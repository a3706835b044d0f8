// Every starter project under `selasar dev`, except for Vite with React, which `make test` has.
import { starters } from "../../test/starters/starters.mjs";
import { testStarter } from "../../test/starters/hotreload.mjs";

for (const name of Object.keys(starters)) {
  if (name !== "react") testStarter(name);
}
